import type { PageText, TemplateComparison } from "@chancery/domain";
import { createThreadPool } from "../../platform/run-in-thread.ts";

export interface DrawnTask {
  readonly template: { readonly bytes: Uint8Array; readonly texts: unknown; readonly marks: unknown };
  readonly document: { readonly bytes: Uint8Array; readonly pages: readonly PageText[] };
  readonly comparison: TemplateComparison;
}

/** Pages are drawn from whatever somebody uploaded: aside, with a limit. */
export const compareDrawn = createThreadPool<DrawnTask, TemplateComparison | null>(
  new URL("./drawn-worker.ts", import.meta.url),
  { timeMs: 20_000, memoryMb: 512, mostAtOnce: 2, mostWaiting: 20 },
);
