import type { RawSheet, ReadSheets, StockFacts, StockVerdict } from "@chancery/domain";
import { createThreadPool } from "../../platform/run-in-thread.ts";
import { outcomeOf } from "./problems.ts";

export interface StockToJudge {
  readonly raw: readonly RawSheet[];
  readonly facts: StockFacts;
}
export interface JudgedStock {
  readonly read: ReadSheets;
  readonly verdicts: readonly StockVerdict[];
}

/** Each line is judged with all the others: a sheet made for it could take minutes, and holds up nobody else. */
const judgeInThread = createThreadPool<StockToJudge, JudgedStock>(new URL("./judge-stock-worker.ts", import.meta.url), {
  ...{ timeMs: 20_000, memoryMb: 512, mostAtOnce: 2, mostWaiting: 20 },
});

export async function judgeStock(task: StockToJudge): Promise<JudgedStock> {
  return outcomeOf(await judgeInThread(task));
}
