import { Worker } from "node:worker_threads";
import type { PdfVerification, VerifyOptions } from "@chancery/pdf-seal/verify";
import { ProblemError } from "../../platform/problems.ts";

export type VerifyTask = VerifyOptions & { readonly bytes: Uint8Array };

const timeLimit = 20_000;
const mostAtOnce = 2;
const mostWaiting = 20;
let running = 0;
const waiting: (() => void)[] = [];

/**
 * Verifies a file in a thread of its own with a limit of time and memory, because the file is whatever somebody dropped
 * on a public page. A few at once; more wait their turn, and beyond that callers are asked to come back.
 */
export async function verifyInWorker(task: VerifyTask, limit: number = timeLimit): Promise<PdfVerification> {
  if (running >= mostAtOnce) {
    if (waiting.length >= mostWaiting) throw busy();
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  running += 1;
  try {
    return await runWorker(task, limit);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function runWorker(task: VerifyTask, limit: number): Promise<PdfVerification> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL("./verify-worker.ts", import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    const finish = (answer: PdfVerification): void => {
      clearTimeout(timer);
      resolve(answer);
      void worker.terminate();
    };
    const timer = setTimeout(() => finish(undecided("verify.too-slow")), limit);
    worker.once("message", (answer: PdfVerification) => finish(answer));
    worker.once("error", () => finish(undecided("verify.failed")));
    worker.once("exit", () => finish(undecided("verify.failed")));
  });
}

const undecided = (code: string): PdfVerification => ({
  verdict: "indeterminate",
  trust: null,
  covers: null,
  level: null,
  code,
  seals: [],
});

const busy = (): ProblemError =>
  new ProblemError(503, "verification.busy", {
    en: "Many files are being verified just now. Try again in a minute.",
    zh: "当前正在验证的文件较多。请一分钟后再试。",
  });
