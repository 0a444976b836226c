import { createHash } from "node:crypto";
import { serialize } from "node:v8";
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

/** Judged, with how many of the sheets could not be read. */
export type Judgement = JudgedStock & { readonly unread: number };

/** The last few judgements, each by the digest of everything it was made of. */
const judged = new Map<string, Promise<Judgement>>();
const mostKept = 3;

/**
 * The judgement of these sheets by these facts: a pure answer, so one that was given for the same is the same. In a
 * transaction it costs a comparison of digests where it was asked for beforehand, and is made there where the facts
 * have changed since.
 */
export async function judgeOnce(subject: unknown, judge: () => Promise<Judgement>): Promise<Judgement> {
  const key = createHash("sha256").update(serialize(subject)).digest("hex");
  const there = judged.get(key) ?? judge();
  judged.delete(key);
  judged.set(key, there);
  for (const oldest of [...judged.keys()].slice(0, Math.max(0, judged.size - mostKept))) judged.delete(oldest);
  try {
    const found = await there;
    // A file that could not be read may be there again the next time.
    if (found.unread > 0) judged.delete(key);
    return found;
  } catch (error) {
    judged.delete(key);
    throw error;
  }
}
