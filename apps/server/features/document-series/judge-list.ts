import type { SeriesFault, SeriesLine } from "@chancery/domain";
import { createThreadPool } from "../../platform/run-in-thread.ts";
import { documentBusy } from "../requests/read-upload.ts";
import type { FormSource } from "./form.ts";

export interface JudgeTask {
  readonly form: FormSource;
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
}
export type JudgeAnswer =
  | { readonly ok: true; readonly lines: readonly SeriesLine[]; readonly faults: readonly SeriesFault[] }
  /** The field that cannot be written into; null where the template as a whole cannot be read. */
  | { readonly ok: false; readonly unfit: string | null };

const judgeInThread = createThreadPool<JudgeTask, JudgeAnswer>(new URL("./judge-worker.ts", import.meta.url), {
  ...{ timeMs: 30_000, memoryMb: 512, mostAtOnce: 1, mostWaiting: 20 },
});

/** Reads every line of a list as it would be written into the template; aside, because the list is whatever somebody sent. */
export async function judgeList(task: JudgeTask): Promise<JudgeAnswer> {
  const outcome = await judgeInThread(task);
  if (!outcome.ok && outcome.why === "busy") throw documentBusy();
  return outcome.ok ? outcome.answer : { ok: false, unfit: null };
}
