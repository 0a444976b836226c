import { equalBytes, hashSize, isTreeSize } from "./merkle-hash.ts";
import { type Ed25519Verify, type NoteCode, type NoteSigner, openNote, signNote } from "./note.ts";
import type { Outcome, Verdict } from "./outcome.ts";
import { accepted, refuse, succeed } from "./outcome.ts";
import { encodeBase64, parseBase64, parseDecimal } from "./strict-text.ts";
import type { VerifierKey } from "./verifier-key.ts";

/** The head of a log at one size (C2SP tlog-checkpoint): `root` has 32 bytes; `extensions` are lines, usually none. */
export type Checkpoint = {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly extensions: readonly string[];
};

/** A checkpoint whose signatures verified, and the known keys that made them, the log's own among them. */
export type OpenedCheckpoint = { readonly checkpoint: Checkpoint; readonly verifiedBy: readonly VerifierKey[] };

export type CheckpointCode = "checkpoint.form-invalid" | "checkpoint.not-by-log" | NoteCode;
export type CheckpointRefusalCode = "checkpoint.origin-differs" | "checkpoint.size-smaller" | "checkpoint.root-differs";

/** The note text of a checkpoint. Throws TypeError for values that have no such text. */
export function encodeCheckpointText(checkpoint: Checkpoint): string {
  const { origin, size, root, extensions } = checkpoint;
  if (!isTreeSize(size) || root.length !== hashSize) {
    throw new TypeError(`A checkpoint has a size below 2^53 and a root of ${hashSize} bytes.`);
  }
  const lines = [origin, String(size), encodeBase64(root), ...extensions];
  if (lines.some((line) => line === "" || line.includes("\n"))) {
    throw new TypeError("Origin and extensions are lines that are not empty.");
  }
  return `${lines.join("\n")}\n`;
}

/** Reads the note text of a checkpoint (C2SP tlog-checkpoint, 'Note text'). Says nothing about who signed it. */
export function parseCheckpointText(text: string): Outcome<Checkpoint, "checkpoint.form-invalid"> {
  const lines = text.split("\n");
  if (lines.pop() !== "" || lines.some((line) => line === "")) {
    return refuse("checkpoint.form-invalid", "A checkpoint's lines are not empty, and each ends in a newline.");
  }
  const [origin, sizeLine, rootLine, ...extensions] = lines;
  if (origin === undefined || sizeLine === undefined || rootLine === undefined) {
    return refuse("checkpoint.form-invalid", "A checkpoint has the lines origin, tree size and root.");
  }
  const size = parseDecimal(sizeLine);
  if (size === undefined) {
    return refuse("checkpoint.form-invalid", "The tree size is a decimal number below 2^53 without leading zeroes.");
  }
  const root = parseBase64(rootLine);
  if (root?.length !== hashSize) {
    return refuse("checkpoint.form-invalid", `The root is ${hashSize} bytes in base64.`);
  }
  return succeed({ origin, size, root, extensions });
}

/**
 * The checkpoint as a signed note. The signers' private keys stay behind their ports. Whether this checkpoint may be
 * signed at all is decideCheckpoint's question.
 */
export async function signCheckpoint(checkpoint: Checkpoint, signers: readonly NoteSigner[]): Promise<string> {
  return signNote(encodeCheckpointText(checkpoint), signers);
}

/**
 * Reads a checkpoint and verifies it against known keys: the log's (whose name is the origin; several during a change
 * of keys) and, as may be, witnesses'. Refused unless a key under the checkpoint's own origin verified: a witness alone
 * does not speak for the log, nor does one log for another.
 */
export async function openCheckpoint(
  input: string | Uint8Array,
  knownKeys: readonly VerifierKey[],
  verify: Ed25519Verify,
): Promise<Outcome<OpenedCheckpoint, CheckpointCode>> {
  const note = await openNote(input, knownKeys, verify);
  if (!note.ok) return note;
  const checkpoint = parseCheckpointText(note.value.text);
  if (!checkpoint.ok) return checkpoint;
  if (!note.value.verifiedBy.some((key) => key.name === checkpoint.value.origin)) {
    return refuse("checkpoint.not-by-log", "No known key of the log that this checkpoint names has signed it.");
  }
  return succeed({ checkpoint: checkpoint.value, verifiedBy: note.value.verifiedBy });
}

/**
 * Whether a log that has signed `previous` may sign `next`: same origin, never a smaller size, never another root for a
 * signed size (C2SP tlog-checkpoint, 'Signatures'). A larger size also needs a consistency proof that verifies.
 */
export function decideCheckpoint(previous: Checkpoint | undefined, next: Checkpoint): Verdict<CheckpointRefusalCode> {
  if (previous === undefined) return accepted;
  if (next.origin !== previous.origin) return refuse("checkpoint.origin-differs", "The checkpoints name two logs.");
  if (next.size < previous.size) return refuse("checkpoint.size-smaller", "A larger tree has been signed already.");
  if (next.size === previous.size && !equalBytes(next.root, previous.root)) {
    return refuse("checkpoint.root-differs", "Another root has been signed for this size.");
  }
  return accepted;
}
