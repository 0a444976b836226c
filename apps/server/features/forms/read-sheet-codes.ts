import type { SheetCodesRead } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { readPageTexts } from "../../platform/page-text.ts";
import { createThreadPool } from "../../platform/run-in-thread.ts";
import { startsAsPdf } from "../evidence/inspect-picture.ts";

/** The file is whatever somebody sent: it is unpacked in a thread, with limits of time and memory. */
const readSquares = createThreadPool<{ bytes: Uint8Array }, string[]>(
  new URL("./read-sheet-codes-worker.ts", import.meta.url),
  { timeMs: 60_000, memoryMb: 512, mostAtOnce: 1, mostWaiting: 20 },
);

/**
 * The codes that are seen on a scan or photo, in squares and in letters. What cannot be read shows none: that is no fault of who brings
 * it, and whoever confirms it reads the paper himself.
 */
export async function readSheetCodes(env: Environment, digest: string): Promise<SheetCodesRead> {
  const file = await env.files.read(digest);
  if (!file.ok) throw new Error(`a file of evidence cannot be read: ${file.code}`);
  const bytes = new Uint8Array(file.bytes);
  const texts = startsAsPdf(bytes) ? await readPageTexts(bytes, []) : null;
  const squares = await readSquares({ bytes });
  return {
    squares: squares.ok ? squares.answer : [],
    texts: texts?.ok
      ? texts.pages.map((page) => [...page.runs, ...(page.unseen ?? [])].map(({ text }) => text).join(" "))
      : [],
  };
}
