export {
  type CanonicalJsonCode,
  encodeCanonicalJson,
  type JsonValue,
  parseCanonicalJson,
} from "./canonical-json.ts";
export {
  type Checkpoint,
  type CheckpointCode,
  type CheckpointRefusalCode,
  decideCheckpoint,
  encodeCheckpointText,
  type OpenedCheckpoint,
  openCheckpoint,
  parseCheckpointText,
  signCheckpoint,
} from "./checkpoint.ts";
export {
  type EntryBundleCode,
  encodeEntryBundle,
  maxEntrySize,
  parseEntryBundle,
  verifyEntries,
} from "./entry-bundle.ts";
export {
  type Appended,
  appendLeafHashes,
  emptyFrontier,
  encodeFrontier,
  type Frontier,
  getRoot,
  parseFrontier,
  type TileSlice,
} from "./frontier.ts";
export { type HashPort, hashEmptyTree, hashLeaf, hashNode, hashSize, maxTreeSize } from "./merkle-hash.ts";
export {
  type Ed25519Sign,
  type Ed25519Verify,
  encodeNote,
  type Note,
  type NoteCode,
  type NoteSignature,
  type NoteSigner,
  type OpenedNote,
  openNote,
  parseNote,
  signNote,
} from "./note.ts";
export type { Outcome, Refusal, Verdict } from "./outcome.ts";
export {
  type EntryBundleAddress,
  encodeEntryBundlePath,
  encodeTilePath,
  getTileWidth,
  parseTilePath,
  type TileAddress,
  type TileResource,
  tileWidth,
} from "./tile.ts";
export {
  type ConsistencyProofCode,
  computeRoot,
  type InclusionProofCode,
  listConsistencyTiles,
  listInclusionTiles,
  listRootTiles,
  proveConsistency,
  proveInclusion,
  type TileCode,
  type TileReader,
} from "./tile-proof.ts";
export {
  encodeTlogProof,
  parseTlogProof,
  type TlogProof,
  type TlogProofCode,
  type TlogProofFormCode,
  tlogProofExtension,
  verifyTlogProof,
} from "./tlog-proof.ts";
export {
  createVerifierKey,
  encodeVerifierKey,
  isKeyName,
  parseVerifierKey,
  type VerifierKey,
  type VerifierKeyCode,
} from "./verifier-key.ts";
export {
  type ConsistencyClaim,
  type ConsistencyCode,
  type InclusionClaim,
  type InclusionCode,
  type InclusionStep,
  listInclusionSteps,
  verifyConsistency,
  verifyInclusion,
} from "./verify-proof.ts";
export { type TilesFinding, verifyTiles } from "./verify-tiles.ts";
