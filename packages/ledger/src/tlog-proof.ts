import { type CheckpointCode, type OpenedCheckpoint, openCheckpoint } from "./checkpoint.ts";
import type { HashPort } from "./merkle-hash.ts";
import { hashSize } from "./merkle-hash.ts";
import { type Ed25519Verify, maxNoteLength } from "./note.ts";
import type { Outcome } from "./outcome.ts";
import { refuse, succeed } from "./outcome.ts";
import { encodeBase64, parseBase64, parseDecimal, parseUtf8 } from "./strict-text.ts";
import type { VerifierKey } from "./verifier-key.ts";
import { type InclusionCode, verifyInclusion } from "./verify-proof.ts";

/**
 * A proof that an entry is in a log (C2SP tlog-proof): its index, the inclusion proof, and the log's checkpoint, word
 * for word. `extra` is not authenticated; where it holds the entry's body, hashing that body is what authenticates it.
 */
export type TlogProof = {
  readonly extra?: Uint8Array;
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  readonly checkpoint: string;
};

export type TlogProofFormCode = "tlog-proof.too-large" | "tlog-proof.form-invalid";
export type TlogProofCode = TlogProofFormCode | CheckpointCode | InclusionCode;

/** The name that files with such a proof end in. */
export const tlogProofExtension = ".tlog-proof";

const header = "c2sp.org/tlog-proof@v1";
const maxHashes = 63;
const maxExtraSize = 128 * 1024;
const maxLength = maxNoteLength + 2 * maxExtraSize;

/** The proof as text. Throws TypeError for values that the format cannot hold. */
export function encodeTlogProof(proof: TlogProof): string {
  const { extra, index, hashes, checkpoint } = proof;
  if (!Number.isSafeInteger(index) || index < 0) throw new TypeError("An index is a whole number below 2^53.");
  if (hashes.length > maxHashes || hashes.some((hash) => hash.length !== hashSize)) {
    throw new TypeError(`A proof has at most ${maxHashes} hashes of ${hashSize} bytes.`);
  }
  if (extra !== undefined && extra.length > maxExtraSize) {
    throw new TypeError(`The extra data have at most ${maxExtraSize} bytes.`);
  }
  const extraLines = extra === undefined || extra.length === 0 ? [] : [`extra ${encodeBase64(extra)}`];
  return [header, ...extraLines, `index ${index}`, ...hashes.map(encodeBase64), "", checkpoint].join("\n");
}

/** Reads a proof (C2SP tlog-proof, 'Format') as UTF-8 bytes or text. Nothing is verified here. */
export function parseTlogProof(input: string | Uint8Array): Outcome<TlogProof, TlogProofFormCode> {
  if (input.length > maxLength * (typeof input === "string" ? 1 : 3)) {
    return refuse("tlog-proof.too-large", `A proof has at most ${maxLength} characters.`);
  }
  const text = parseUtf8(input);
  if (text === undefined) return refuse("tlog-proof.form-invalid", "The proof is not valid UTF-8.");
  if (text.length > maxLength) return refuse("tlog-proof.too-large", `A proof has at most ${maxLength} characters.`);
  const end = text.indexOf("\n\n");
  if (end < 0) return refuse("tlog-proof.form-invalid", "A proof ends with an empty line and a checkpoint.");
  const [first, ...rest] = text.slice(0, end).split("\n");
  if (first !== header) return refuse("tlog-proof.form-invalid", `The first line is not '${header}'.`);
  const extraText = rest[0]?.startsWith("extra ") ? rest.shift()?.slice("extra ".length) : undefined;
  const extra = extraText === undefined ? undefined : parseBase64(extraText);
  // Absent extra data have one spelling: no line.
  if (extraText === "" || (extraText !== undefined && extra === undefined) || (extra?.length ?? 0) > maxExtraSize) {
    return refuse("tlog-proof.form-invalid", "The extra data are not 1 to 131072 bytes in base64.");
  }
  const [indexLine, ...hashLines] = rest;
  const index = indexLine?.startsWith("index ") ? parseDecimal(indexLine.slice("index ".length)) : undefined;
  if (index === undefined) {
    return refuse("tlog-proof.form-invalid", "The line 'index' with a number without leading zeroes is missing.");
  }
  if (hashLines.length > maxHashes)
    return refuse("tlog-proof.form-invalid", `A proof has at most ${maxHashes} hashes.`);
  const hashes: Uint8Array[] = [];
  for (const line of hashLines) {
    const hash = parseBase64(line);
    if (hash?.length !== hashSize) {
      return refuse("tlog-proof.form-invalid", `A proof line is not ${hashSize} bytes in base64.`);
    }
    hashes.push(hash);
  }
  return succeed({ ...(extra === undefined ? {} : { extra }), index, hashes, checkpoint: text.slice(end + 2) });
}

/**
 * Verifies offline that the entry with this leaf hash (hashLeaf of its body) is in the log: the checkpoint's signatures
 * under keys that were had by another way, then the path from leaf to root. Nothing in the proof is believed before.
 */
export async function verifyTlogProof(
  ports: { readonly hash: HashPort; readonly verify: Ed25519Verify },
  proof: TlogProof,
  leafHash: Uint8Array,
  knownKeys: readonly VerifierKey[],
): Promise<Outcome<OpenedCheckpoint, TlogProofCode>> {
  const opened = await openCheckpoint(proof.checkpoint, knownKeys, ports.verify);
  if (!opened.ok) return opened;
  const { size, root } = opened.value.checkpoint;
  const included = verifyInclusion(ports.hash, { index: proof.index, size, leafHash, proof: proof.hashes, root });
  return included.ok ? opened : included;
}
