import type { FormFieldFact, FormPlace, UncertainFact } from "@chancery/domain";
import { createThreadPool } from "../../platform/run-in-thread.ts";
import { documentProblem } from "./document-problems.ts";

export type Inspection =
  | {
      ok: true;
      pages: { widthMm: number; heightMm: number }[];
      fields: FormFieldFact[];
      signatures: number;
      uncertain: readonly UncertainFact[];
      /** Where the fields of its form stand that somebody fills in. */
      formPlaces: readonly FormPlace[];
    }
  | { ok: false; code: string; sentence: { en: string; zh: string } };

const inspect = createThreadPool<{ bytes: Uint8Array }, Inspection>(new URL("./inspect-worker.ts", import.meta.url), {
  timeMs: 20_000,
  memoryMb: 512,
  mostAtOnce: 2,
  mostWaiting: 20,
});

const stopped = { "too-slow": "pdf.too-complex", failed: "pdf.too-complex", busy: "document.busy" } as const;

/**
 * Whether a file is a PDF that may be sealed here, with what the entry check wants to know of it. Nothing is sealed. It
 * runs in a thread of its own: a file can be made to take all the time and memory there is.
 */
export async function inspectDocument(bytes: Uint8Array, timeMs?: number): Promise<Inspection> {
  const outcome = await inspect({ bytes }, timeMs);
  return outcome.ok ? outcome.answer : { ok: false, ...documentProblem(stopped[outcome.why]) };
}
