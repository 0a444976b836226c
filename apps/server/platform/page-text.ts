import { Worker } from "node:worker_threads";
import type { PageText } from "@chancery/domain";

export type PageTextAnswer =
  | { ok: true; pages: PageText[] }
  | { ok: false; code: "text.unreadable" | "text.too-slow" | "text.too-many-pages" };

/** Pages read at the most; a longer document is refused rather than half checked. */
export const mostPages = 2000;
const timeLimit = 30_000;

/** The size of a page as it is shown. */
export interface ShownSize {
  widthMm: number;
  heightMm: number;
}

/**
 * Reads the text of every page with its places in millimetres from the top left of the page as it is shown. It runs in
 * a thread of its own with a limit of time and memory, because the file is whatever somebody uploaded. `shown` are the
 * sizes that seals are placed by: the reader of texts knows no user unit (ISO 32000-2, table 31), so its places are
 * brought to them.
 */
export async function readPageTexts(bytes: Uint8Array, shown: readonly ShownSize[]): Promise<PageTextAnswer> {
  const answer = await readInThread(bytes);
  return answer.ok ? { ok: true, pages: answer.pages.map((page) => scaleTo(page, shown[page.index])) } : answer;
}

function scaleTo(page: PageText, shown: ShownSize | undefined): PageText {
  const scale = shown && page.widthMm > 0 ? shown.widthMm / page.widthMm : 1;
  if (Math.abs(scale - 1) < 0.01) return page;
  return {
    ...page,
    widthMm: page.widthMm * scale,
    heightMm: page.heightMm * scale,
    runs: page.runs.map((run) => ({
      text: run.text,
      x: run.x * scale,
      y: run.y * scale,
      width: run.width * scale,
      height: run.height * scale,
    })),
  };
}

function readInThread(bytes: Uint8Array): Promise<PageTextAnswer> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL("./page-text-worker.ts", import.meta.url), {
      workerData: { bytes, mostPages },
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    const finish = (answer: PageTextAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
      void worker.terminate();
    };
    const timer = setTimeout(() => finish({ ok: false, code: "text.too-slow" }), timeLimit);
    worker.once("message", (answer: PageTextAnswer) => finish(answer));
    worker.once("error", () => finish({ ok: false, code: "text.unreadable" }));
    worker.once("exit", () => finish({ ok: false, code: "text.unreadable" }));
  });
}
