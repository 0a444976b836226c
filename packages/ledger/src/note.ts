import type { Outcome } from "./outcome.ts";
import { refuse, succeed } from "./outcome.ts";
import { encodeBase64, encodeUtf8, hasControlCharacter, parseBase64, parseUtf8 } from "./strict-text.ts";
import { isKeyName, joinBytes, readUint32, type VerifierKey } from "./verifier-key.ts";

/**
 * Checks an Ed25519 signature (RFC 8032): raw 32-byte public key, message, 64-byte signature; other lengths never reach
 * it. May answer later. Answers false, and does not throw, for bytes that are no point or no signature.
 */
export type Ed25519Verify = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean | Promise<boolean>;

/** Makes the 64-byte Ed25519 signature of a message with a key that stays behind the port. */
export type Ed25519Sign = (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** A public key together with the port to its private half. */
export type NoteSigner = { readonly key: VerifierKey; readonly sign: Ed25519Sign };

/** One signature line: whose it says it is, and the signature bytes without the key ID. */
export type NoteSignature = { readonly name: string; readonly keyId: number; readonly signature: Uint8Array };

/** A note as parsed. Its text means nothing before a signature of a known key has been verified (openNote). */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };

/** A verified text and the known keys whose signatures verified, each once. */
export type OpenedNote = { readonly text: string; readonly verifiedBy: readonly VerifierKey[] };

export type NoteCode =
  | "note.too-large"
  | "note.encoding-invalid"
  | "note.form-invalid"
  | "note.signature-line-invalid"
  | "note.too-many-signatures"
  | "note.signature-invalid"
  | "note.no-known-signature";

/** Largest accepted note in characters: room for 16 post-quantum signatures, which C2SP signed-note asks for, and more. */
export const maxNoteLength: number = 256 * 1024;

const maxSignatures = 100;
const keyIdSize = 4;
const ed25519SignatureSize = 64;
const lineStart = "— ";

/** Reads a signed note (C2SP signed-note, 'Format') as UTF-8 bytes or text. Signatures are not checked here. */
export function parseNote(input: string | Uint8Array): Outcome<Note, NoteCode> {
  // UTF-8 needs up to three bytes for what a string counts as one.
  if (input.length > maxNoteLength * (typeof input === "string" ? 1 : 3)) {
    return refuse("note.too-large", `A note has at most ${maxNoteLength} characters.`);
  }
  const note = parseUtf8(input);
  if (note === undefined) return refuse("note.encoding-invalid", "The note is not valid UTF-8.");
  if (note.length > maxNoteLength) return refuse("note.too-large", `A note has at most ${maxNoteLength} characters.`);
  if (hasControlCharacter(note)) return refuse("note.form-invalid", "The note has control characters.");
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !note.endsWith("\n")) {
    return refuse("note.form-invalid", "A note is text, an empty line, and signature lines, each ended by a newline.");
  }
  const lines = note.slice(split + 2, -1).split("\n");
  if (lines.length > maxSignatures) {
    return refuse("note.too-many-signatures", `A note has at most ${maxSignatures} signatures.`);
  }
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignatureLine(line);
    if (signature === undefined) {
      return refuse("note.signature-line-invalid", "A line after the empty one is no signature line.");
    }
    signatures.push(signature);
  }
  return succeed({ text: note.slice(0, split + 1), signatures });
}

/** Writes a note. Throws TypeError where the text or a key name cannot stand in one. */
export function encodeNote(note: Note): string {
  if (!isNoteText(note.text)) {
    throw new TypeError("A note's text is well-formed, ends in a newline and has no control characters.");
  }
  const lines = note.signatures.map(({ name, keyId, signature }) => {
    if (!isKeyName(name)) throw new TypeError("A key name is not empty and has no white space and no plus sign.");
    const bytes = new Uint8Array(keyIdSize);
    new DataView(bytes.buffer).setUint32(0, keyId);
    return `${lineStart}${name} ${encodeBase64(joinBytes(bytes, signature))}\n`;
  });
  if (lines.length === 0) throw new TypeError("A note has at least one signature.");
  return `${note.text}\n${lines.join("")}`;
}

/** Signs a text, which ends in a newline, with each signer in turn. Throws TypeError where the text cannot be a note's. */
export async function signNote(text: string, signers: readonly NoteSigner[]): Promise<string> {
  if (!isNoteText(text)) {
    throw new TypeError("A note's text is well-formed, ends in a newline and has no control characters.");
  }
  const message = encodeUtf8(text);
  const signatures: NoteSignature[] = [];
  for (const { key, sign } of signers) {
    signatures.push({ name: key.name, keyId: key.keyId, signature: await sign(message) });
  }
  return encodeNote({ text, signatures });
}

/**
 * Reads a note and verifies it against known keys (C2SP signed-note, 'Signatures'). Signatures of unknown keys are
 * ignored, also those that share only the name or only the ID with a known one; every signature of a known key must
 * verify, and there must be at least one.
 */
export async function openNote(
  input: string | Uint8Array,
  knownKeys: readonly VerifierKey[],
  verify: Ed25519Verify,
): Promise<Outcome<OpenedNote, NoteCode>> {
  const note = parseNote(input);
  if (!note.ok) return note;
  const message = encodeUtf8(note.value.text);
  const verifiedBy = new Set<VerifierKey>();
  for (const { name, keyId, signature } of note.value.signatures) {
    // Two known keys may share name and ID by collision: the line then counts for the one that verifies.
    const candidates = knownKeys.filter((key) => key.name === name && key.keyId === keyId);
    let verified = candidates.length === 0;
    for (const key of candidates) {
      if (signature.length === ed25519SignatureSize && (await verify(key.publicKey, message, signature))) {
        verified = true;
        verifiedBy.add(key);
      }
    }
    if (!verified) return refuse("note.signature-invalid", `The signature of ${name} does not belong to this text.`);
  }
  if (verifiedBy.size === 0) return refuse("note.no-known-signature", "No signature is by a known key.");
  return succeed({ text: note.value.text, verifiedBy: [...verifiedBy] });
}

function isNoteText(text: string): boolean {
  return text.length > 0 && text.endsWith("\n") && text.isWellFormed() && !hasControlCharacter(text);
}

function parseSignatureLine(line: string): NoteSignature | undefined {
  if (!line.startsWith(lineStart)) return undefined;
  const [name, encoded, ...rest] = line.slice(lineStart.length).split(" ");
  if (name === undefined || encoded === undefined || rest.length > 0 || !isKeyName(name)) return undefined;
  const bytes = parseBase64(encoded);
  if (bytes === undefined || bytes.length <= keyIdSize) return undefined;
  return { name, keyId: readUint32(bytes), signature: bytes.subarray(keyIdSize) };
}
