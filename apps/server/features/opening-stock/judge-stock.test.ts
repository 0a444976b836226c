import assert from "node:assert/strict";
import { test } from "node:test";
import { type Judgement, judgeOnce } from "./judge-stock.ts";

const judgement = (unread = 0): Judgement => ({ read: { sheets: [], lines: [] }, verdicts: [], unread }) as never;

test("the same sheets by the same facts are judged once, also by two at the same moment; by other facts anew", async () => {
  let judged = 0;
  const judge = async (): Promise<Judgement> => {
    judged += 1;
    return judgement();
  };
  const facts = { today: "2026-11-28", seals: new Map([["a", 1]]) };
  await Promise.all([judgeOnce(["once", facts], judge), judgeOnce(["once", facts], judge)]);
  await judgeOnce(["once", { ...facts, seals: new Map([["a", 1]]) }], judge);
  assert.equal(judged, 1);
  await judgeOnce(["once", { ...facts, seals: new Map([["a", 2]]) }], judge);
  assert.equal(judged, 2);
});

test("a judgement that failed, or of a file that was not there, is made again", async () => {
  let judged = 0;
  const judge = async (): Promise<Judgement> => {
    judged += 1;
    if (judged === 1) throw new Error("out of time");
    return judgement(judged === 2 ? 1 : 0);
  };
  await assert.rejects(judgeOnce("again", judge), /out of time/);
  assert.equal((await judgeOnce("again", judge)).unread, 1);
  assert.equal((await judgeOnce("again", judge)).unread, 0);
  await judgeOnce("again", judge);
  assert.equal(judged, 3);
});

test("only the last few judgements are kept", async () => {
  let judged = 0;
  const judge = async (): Promise<Judgement> => {
    judged += 1;
    return judgement();
  };
  for (const subject of ["k1", "k2", "k3", "k4", "k1"]) await judgeOnce(subject, judge);
  assert.equal(judged, 5);
});
