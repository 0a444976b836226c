import { open } from "node:fs/promises";
import { CommandFailure, exitCodes } from "./command.ts";

/** A file's bytes, of at most so many; throws `CommandFailure` for one that is larger or cannot be read. */
export async function readBounded(file: string, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of readParts(file)) {
    length += part.length;
    if (length > limit) throw new CommandFailure(exitCodes.failure, `file.too-large: ${file}`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** A file part by part, however large it is; throws `CommandFailure` where it cannot be read. */
export async function* readParts(file: string): AsyncGenerator<Uint8Array> {
  try {
    const handle = await open(file);
    for await (const part of handle.createReadStream()) if (part instanceof Uint8Array) yield part;
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new CommandFailure(exitCodes.failure, `file.unreadable: ${file} (${reason})`);
  }
}
