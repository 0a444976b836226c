import { parentPort, workerData } from "node:worker_threads";
import type { SheetCheckpoint, SheetFormat, SheetHead, SheetRow, SheetWriter } from "./sheet.ts";
import { createBookWriter } from "./write-book.ts";
import { createCsvWriter, createXlsxWriter } from "./write-sheets.ts";

export type ToSheetWorker = { readonly rows: readonly SheetRow[] } | { readonly checkpoint: SheetCheckpoint };
/** `bytes` is the whole file, after the checkpoint; otherwise the rows are written. */
export interface FromSheetWorker {
  readonly bytes: Uint8Array | null;
}

const writers: Readonly<Record<SheetFormat, (head: SheetHead) => SheetWriter>> = {
  csv: createCsvWriter,
  xlsx: createXlsxWriter,
  book: createBookWriter,
};

const { format, head } = workerData as { format: SheetFormat; head: SheetHead };
const writer = writers[format](head);
parentPort?.on("message", (message: ToSheetWorker) => {
  if ("rows" in message) {
    writer.add(message.rows);
    parentPort?.postMessage({ bytes: null } satisfies FromSheetWorker);
    return;
  }
  void writer.end(message.checkpoint).then((bytes) => {
    parentPort?.postMessage({ bytes } satisfies FromSheetWorker);
  });
});
