import { Readable } from "node:stream";
import { crc32 } from "node:zlib";

/** A file of an archive; its bytes are read when its turn comes. */
export interface ArchiveFile {
  readonly name: string;
  read(): Promise<Uint8Array>;
}

const marks = { local: 0x04034b50, entry: 0x02014b50, end: 0x06054b50 } as const;
/** Names are UTF-8 (bit 11 of the flags). */
const utf8 = 0x0800;
/** An archive of this form ends here. */
const mostBytes = 0xffff_ffff;

/** An archive (ZIP) as it is written: the head of each file before its bytes, nothing packed, and the list of all at the end. */
export function beginArchive(): { head(name: string, content: Uint8Array): Buffer; end(): Buffer } {
  const entries: Buffer[] = [];
  let at = 0;
  return {
    head: (name, content) => {
      const title = Buffer.from(name);
      // Version, flags, method, time, day; then what both heads say alike.
      const common = Buffer.alloc(26);
      common.writeUInt16LE(20, 0);
      common.writeUInt16LE(utf8, 2);
      // 1 January 1980, the first day the form knows: the same files are the same archive.
      common.writeUInt16LE(0x0021, 8);
      common.writeUInt32LE(crc32(content), 10);
      common.writeUInt32LE(content.length, 14);
      common.writeUInt32LE(content.length, 18);
      common.writeUInt16LE(title.length, 22);
      const place = Buffer.alloc(14);
      place.writeUInt32LE(at, 10);
      entries.push(Buffer.concat([mark(marks.entry), Buffer.from([20, 0]), common, place, title]));
      const head = Buffer.concat([mark(marks.local), common, title]);
      at += head.length + content.length;
      if (at > mostBytes) throw new Error("an archive is larger than its form allows");
      return head;
    },
    end: () => {
      const index = Buffer.concat(entries);
      const end = Buffer.alloc(18);
      end.writeUInt16LE(entries.length, 4);
      end.writeUInt16LE(entries.length, 6);
      end.writeUInt32LE(index.length, 8);
      end.writeUInt32LE(at, 12);
      return Buffer.concat([index, mark(marks.end), end]);
    },
  };
}

/** An archive as a stream: one file after the other, never more than one of them in memory. */
export function streamArchive(files: readonly ArchiveFile[]): Readable {
  return Readable.from(writeFiles(files), { objectMode: false });
}

async function* writeFiles(files: readonly ArchiveFile[]): AsyncGenerator<Uint8Array> {
  const archive = beginArchive();
  for (const { name, read } of files) {
    const content = await read();
    yield archive.head(name, content);
    yield content;
  }
  yield archive.end();
}

function mark(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}
