import type { Place } from "@chancery/printed-copy";
import { createThreadPool } from "../../platform/run-in-thread.ts";

export interface PrintCopyTask {
  /** The approved document. */
  readonly bytes: Uint8Array;
  readonly requestId: string;
  /** Numbers of the copies that the file is to hold, each complete and in order. */
  readonly copies: readonly number[];
  /** Which pages, counted from 1; left out for all. */
  readonly pages?: readonly number[];
  /**
   * What people read beside the code, in the words of the caller: `{page}`, `{pages}`, `{copy}` and `{digest}` stand for
   * what they name.
   */
  readonly lines: readonly string[];
  /** Stands before the code, so that a telephone opens the page about it; empty for none. See writePageCode. */
  readonly address: string;
  /** Of page codes alone: MasterKey.derive("page codes"). */
  readonly key: string;
}

export type PrintCopyAnswer =
  | {
      readonly ok: true;
      readonly bytes: Uint8Array;
      /** Where the code stands on each page of a copy, without its quiet zone. */
      readonly codes: readonly { readonly page: number; readonly place: Place }[];
    }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Pages of one file; more are printed in several. */
export const mostPrintedPages = 3000;
const write = createThreadPool<PrintCopyTask, PrintCopyAnswer>(
  new URL("./write-print-copy-worker.ts", import.meta.url),
  {
    ...{ timeMs: 120_000, memoryMb: 768, mostAtOnce: 1, mostWaiting: 10 },
  },
);

/**
 * The approved document, ready to print: on each page of each copy a code that only this platform makes, and what it says in
 * words. The same task gives the same bytes, so that a photo can be compared later with exactly what was printed.
 */
export async function writePrintCopy(task: PrintCopyTask): Promise<PrintCopyAnswer> {
  const outcome = await write(task);
  if (outcome.ok) return outcome.answer;
  if (outcome.why === "busy")
    return { ok: false, code: "print.busy", message: "Other files are being made just now. Try again in a minute." };
  if (outcome.why === "too-slow")
    return {
      ok: false,
      code: "print.too-slow",
      message: "The file takes too long to draw. Print fewer copies at once.",
    };
  return {
    ok: false,
    code: "print.failed",
    message: "The file cannot be drawn. Save it as a new PDF, and use that file.",
  };
}
