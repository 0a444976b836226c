import { Worker } from "node:worker_threads";
import type { SheetCheckpoint, SheetFormat, SheetHead, SheetRow } from "./sheet.ts";
import type { FromSheetWorker, ToSheetWorker } from "./sheet-worker.ts";

export interface SheetThread {
  /** Resolves when the rows are written: no more are read meanwhile. */
  add(rows: readonly SheetRow[]): Promise<void>;
  end(checkpoint: SheetCheckpoint): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Writes a sheet in a thread of its own with a limit of memory: a book of thousands of lines is seconds of work. */
export function openSheetThread(format: SheetFormat, head: SheetHead): SheetThread {
  const worker = new Worker(new URL("./sheet-worker.ts", import.meta.url), {
    workerData: { format, head },
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  // What it dies of is told to whoever waits for it then, or next.
  let ended: Error | null = null;
  let refuse: (error: Error) => void = () => undefined;
  const end = (error: Error): void => {
    ended ??= error;
    refuse(ended);
  };
  worker.once("error", (error) => end(error instanceof Error ? error : new Error(String(error))));
  worker.once("exit", () => end(new Error("the thread that writes a sheet has ended")));
  const ask = (message: ToSheetWorker): Promise<Uint8Array | null> =>
    new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      refuse = reject;
      worker.once("message", ({ bytes }: FromSheetWorker) => resolve(bytes));
      worker.postMessage(message);
    });
  return {
    add: async (rows) => {
      await ask({ rows });
    },
    end: async (checkpoint) => {
      const bytes = await ask({ checkpoint });
      if (!bytes) throw new Error("the thread that writes a sheet gave no file");
      return bytes;
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
