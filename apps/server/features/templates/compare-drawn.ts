import type { PageText, TemplateComparison } from "@chancery/domain";
import type { GlyphShape } from "@chancery/domain/compare";
import type { PageBox } from "../../platform/pdf-objects.ts";
import { createThreadPool, type ThreadOutcome } from "../../platform/run-in-thread.ts";

interface DrawnTemplate {
  /** Of its bytes. */
  readonly digest: string;
  readonly bytes: Uint8Array;
  readonly texts: unknown;
  readonly marks: unknown;
}
/** What is drawn of a template in any case, page by page: how it looks, and how the characters of its text do. */
export interface TemplateLook {
  readonly names: readonly string[];
  /** Where its form fields are: what is in them is filled in. */
  readonly fields: readonly (readonly PageBox[])[];
  readonly shapes: readonly GlyphShape[];
}
interface DrawnTask {
  readonly template: DrawnTemplate;
  readonly document: { readonly bytes: Uint8Array; readonly pages: readonly PageText[] };
  readonly comparison: TemplateComparison;
}
export type LookTask = { readonly kind: "look"; readonly template: DrawnTemplate };
export type CompareDrawnTask = DrawnTask & { readonly kind: "compare"; readonly look: TemplateLook };

/** Pages are drawn from whatever somebody uploaded: aside, with a limit. */
const draw = createThreadPool<LookTask | CompareDrawnTask, TemplateLook | TemplateComparison | null>(
  new URL("./drawn-worker.ts", import.meta.url),
  { timeMs: 20_000, memoryMb: 512, mostAtOnce: 2, mostWaiting: 20 },
);

/** Looks of templates kept in memory: a template's bytes never change, and a document follows one of few. */
const mostLooks = 50;
const looks = new Map<string, TemplateLook>();

/** Compares what is drawn on a document with its template; the answer is null where one of them cannot be drawn. */
export async function compareDrawn(task: DrawnTask): Promise<ThreadOutcome<TemplateComparison | null>> {
  const { template } = task;
  let look = looks.get(template.digest);
  if (!look) {
    const outcome = (await draw({ kind: "look", template })) as ThreadOutcome<TemplateLook | null>;
    if (!outcome.ok) return outcome;
    if (outcome.answer === null) return { ok: true, answer: null };
    look = outcome.answer;
    if (looks.size >= mostLooks) looks.delete(looks.keys().next().value ?? "");
    looks.set(template.digest, look);
  }
  return (await draw({ ...task, kind: "compare", look })) as ThreadOutcome<TemplateComparison | null>;
}
