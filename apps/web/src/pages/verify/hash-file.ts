import { writeHex } from "../../proof/path-layout.ts";

/** Up to here the browser's own SHA-256 takes the file in one go, well under a second; it tells no progress. */
const wholeBytes = 64 * 1024 * 1024;
/** Read and hashed at a time: short enough for the page to stay alive between two pieces. */
const pieceBytes = 2 * 1024 * 1024;

/**
 * The SHA-256 of a file as `sha256:` and 64 digits, computed here; the file goes nowhere. A large one is hashed piece by
 * piece, and `onProgress` hears how many bytes are done. Throws where the browser cannot read the file, or `signal` says
 * to stop.
 */
export async function hashFile(
  file: Blob,
  onProgress: (done: number) => void = () => undefined,
  signal?: AbortSignal,
  whole: number = wholeBytes,
): Promise<string> {
  signal?.throwIfAborted();
  const { subtle } = globalThis.crypto;
  if (file.size <= whole && subtle !== undefined) {
    const digest = await subtle.digest("SHA-256", await file.arrayBuffer());
    onProgress(file.size);
    return `sha256:${writeHex(new Uint8Array(digest))}`;
  }
  const { sha256 } = await import("@noble/hashes/sha2.js");
  const hash = sha256.create();
  for (let at = 0; at < file.size; at += pieceBytes) {
    signal?.throwIfAborted();
    hash.update(new Uint8Array(await file.slice(at, at + pieceBytes).arrayBuffer()));
    onProgress(Math.min(at + pieceBytes, file.size));
  }
  return `sha256:${writeHex(hash.digest())}`;
}

/** Whether the file begins as a PDF does: its header stands within the first 1024 bytes. */
export async function beginsAsPdf(file: Blob): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, 1024 + 4).arrayBuffer());
  return Array.from(start, (byte) => String.fromCharCode(byte))
    .join("")
    .includes("%PDF-");
}
