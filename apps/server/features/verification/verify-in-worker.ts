import type { PdfVerification, VerifyOptions } from "@chancery/pdf-seal/verify";
import { ProblemError } from "../../platform/problems.ts";
import { createThreadPool } from "../../platform/run-in-thread.ts";

export type VerifyTask = VerifyOptions & { readonly bytes: Uint8Array };

const verify = createThreadPool<VerifyTask, PdfVerification>(new URL("./verify-worker.ts", import.meta.url), {
  timeMs: 20_000,
  memoryMb: 512,
  mostAtOnce: 2,
  mostWaiting: 20,
});

/** Verifies a file in a thread of its own: it is whatever somebody dropped on a public page. */
export async function verifyInWorker(task: VerifyTask, limit?: number): Promise<PdfVerification> {
  const outcome = await verify(task, limit);
  if (outcome.ok) return outcome.answer;
  if (outcome.why === "busy") throw busy();
  return undecided(outcome.why === "too-slow" ? "verify.too-slow" : "verify.failed");
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
