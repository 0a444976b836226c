import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";

/** `sha256:` and 64 hex digits. */
export type FileDigest = `sha256:${string}`;
export type StoreAnswer =
  | { ok: true; digest: FileDigest; sizeBytes: number }
  | { ok: false; code: "file.too-large"; limitBytes: number };
export type ReadAnswer = { ok: true; bytes: Buffer } | { ok: false; code: "file.missing" | "file.changed" };

/** Files by the SHA-256 of their bytes. A stored file never changes; what is read is checked against its name. */
export interface FileStore {
  /** Streams to the store; the digest is computed here, never taken from the caller. Over the limit nothing is kept. */
  store(source: Readable | AsyncIterable<Uint8Array>, limitBytes: number): Promise<StoreAnswer>;
  storeBytes(bytes: Uint8Array): Promise<{ digest: FileDigest; sizeBytes: number }>;
  read(digest: string): Promise<ReadAnswer>;
  stream(digest: string): Readable;
  /** Removes a file that nothing refers to (bytes sealed but never settled). Missing is fine. */
  remove(digest: string): Promise<void>;
  /** Every file in the store with the time it was written (epoch milliseconds), for the sweep. */
  list(): AsyncIterable<{ digest: FileDigest; storedAt: number }>;
}

export async function openFileStore(root: string): Promise<FileStore> {
  const incoming = join(root, "incoming");
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  // What was being written when the process ended was never acknowledged to anybody.
  for (const left of await readdir(incoming)) await rm(join(incoming, left), { force: true });
  const pathOf = (digest: string): string => {
    const hex = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1];
    if (hex === undefined) throw new Error("not a file digest");
    return join(root, "sha256", hex.slice(0, 2), hex.slice(2, 4), hex);
  };

  const store = async (source: Readable | AsyncIterable<Uint8Array>, limitBytes: number): Promise<StoreAnswer> => {
    const temporary = join(incoming, randomBytes(12).toString("hex"));
    const handle = await open(temporary, "wx", 0o600);
    const hash = createHash("sha256");
    let size = 0;
    try {
      for await (const chunk of source as AsyncIterable<Uint8Array>) {
        size += chunk.length;
        if (size > limitBytes) return { ok: false, code: "file.too-large", limitBytes };
        hash.update(chunk);
        await handle.write(chunk);
      }
      await handle.sync();
      const digest: FileDigest = `sha256:${hash.digest("hex")}`;
      const path = pathOf(digest);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await rename(temporary, path);
      const folder = await open(dirname(path), "r");
      await folder.sync().finally(() => folder.close());
      return { ok: true, digest, sizeBytes: size };
    } finally {
      await handle.close();
      await rm(temporary, { force: true });
    }
  };

  return {
    store,
    storeBytes: async (bytes) => {
      const answer = await store(
        (async function* () {
          yield bytes;
        })(),
        Number.POSITIVE_INFINITY,
      );
      if (!answer.ok) throw new Error("a store without limit refused");
      return answer;
    },
    read: async (digest) => {
      const bytes = await readFile(pathOf(digest)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return null;
        throw error;
      });
      if (bytes === null) return { ok: false, code: "file.missing" };
      const real = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
      return real === digest ? { ok: true, bytes } : { ok: false, code: "file.changed" };
    },
    stream: (digest) => createReadStream(pathOf(digest)),
    remove: async (digest) => {
      await unlink(pathOf(digest)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOENT") throw error;
      });
    },
    list: async function* () {
      const base = join(root, "sha256");
      if ((await stat(base).catch(() => null)) === null) return;
      for (const a of await readdir(base)) {
        for (const b of await readdir(join(base, a))) {
          for (const hex of await readdir(join(base, a, b))) {
            const found = await stat(join(base, a, b, hex)).catch(() => null);
            if (found) yield { digest: `sha256:${hex}`, storedAt: found.mtimeMs };
          }
        }
      }
    },
  };
}
