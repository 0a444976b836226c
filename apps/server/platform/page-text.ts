import { Worker } from "node:worker_threads";
import type { PageText } from "@chancery/domain";

export type PageTextAnswer =
  | { ok: true; pages: PageText[] }
  | { ok: false; code: "text.unreadable" | "text.too-slow" | "text.too-many-pages" };

/** Pages read at the most; a longer document is refused rather than half checked. */
export const mostPages = 2000;
const timeLimit = 30_000;

/**
 * Reads the text of every page with its places in millimetres from the top left of the page as it is shown. It runs in
 * a thread of its own with a limit of time and memory, because the file is whatever somebody uploaded.
 */
export function readPageTexts(bytes: Uint8Array): Promise<PageTextAnswer> {
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
