import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import type { Environment } from "../../platform/environment.ts";
import { redPicture } from "../../platform/test-picture.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { answerCheck } from "../checks/answer-check.ts";
import { openCheck } from "../checks/open-check.ts";
import { listChecks } from "../checks/read-model.ts";
import { uploadEvidence } from "../evidence/service.ts";
import { walkToHand } from "../stamping/test-stamping.ts";
import { notice } from "../stamping/test-stamping-place.ts";
import { judgeWaitingReadings } from "./read-counters.ts";
import { type BoxAtWork, boxForTests, type ControllerPlace } from "./test-controller-place.ts";

let place: ControllerPlace;
let box: BoxAtWork;
boxForTests((made, first) => {
  place = made;
  box = first;
});

const hour = 3_600_000;
const at = (time: number): Environment => ({ ...place.env, clock: { now: () => time } });

/** A stock-take of the mounted piece alone, answered by its custodian with what he read off the box. */
async function answer(counter: number | null, note = ""): Promise<{ checkId: string; codes: string[] }> {
  const { env, crew } = place;
  const bodyId = place.departmentPiece;
  const of = { entityId: crew.entityId, kind: "stock-take" as const, count: 1, openedBy: crew.people.inspector };
  const { checkId } = await openCheck(env, { ...of, only: [bodyId] });
  return { checkId, codes: await answerOf(checkId, counter, note) };
}
async function answerOf(checkId: string, counter: number | null, note = ""): Promise<string[]> {
  const { env, crew } = place;
  const { custodian } = crew.people;
  const stream = Readable.from([redPicture()]);
  const { evidenceId } = await uploadEvidence(env, custodian, { stream, fileName: "now.png" });
  const found = { checkId, bodyId: place.departmentPiece, containerId: place.boxContainer, holderId: null };
  return codesOf(answerCheck(env, custodian, { ...found, evidenceId, counter, note }));
}
const readingOf = async (checkId: string) => {
  const { items } = await listChecks(place.env, place.crew.people.inspector);
  return items.find((one) => one.checkId === checkId)?.items[0]?.reading;
};
const cases = () =>
  place.env.db
    .selectFrom("findings")
    .select(["source", "facts", "finding_id"])
    .where("source", "like", "counts.reading-%")
    .orderBy("opened_at")
    .execute();

/** Presses once at the box, which tells nobody of it yet. */
async function pressUntold(): Promise<void> {
  const { env, crew } = place;
  const requestId = await walkToHand(env, crew, place.department, { ...notice, copies: 1 });
  await place.open(requestId);
  await box.meet();
  const token = box.controller.view().tokens.find(({ claims }) => claims.sub === requestId);
  assert.ok(token);
  assert.ok((await box.controller.choose(token.claims.jti)).ok);
  assert.ok((await box.controller.present("fp:2")).ok);
  const pressed = await box.controller.press();
  assert.equal(pressed.ok ? pressed.value.out : pressed.code, "done");
}

test("C09 C18: in a stock-take the number on the controller is read and held against what it told; a difference is a case", async () => {
  const { crew } = place;
  const first = await answer(null);
  assert.deepEqual(first.codes, ["check.counter-missing"]);
  assert.deepEqual(await answerOf(first.checkId, 0), []);
  assert.deepEqual(await readingOf(first.checkId), { read: 0, verdict: "agrees" });
  assert.deepEqual(await cases(), []);

  const dead = await answer(null, "The screen is dark");
  assert.deepEqual(await readingOf(dead.checkId), { read: null, verdict: "unread" });
  const [unread] = await cases();
  assert.deepEqual([unread?.source, unread?.facts], ["counts.reading-unread", { serial: "B-1", slot: 0, known: 0 }]);
  const [explain] = await place.openTasks("explain-finding", unread?.finding_id ?? "");
  const { custodian, secondCustodian } = crew.people;
  assert.ok([custodian, secondCustodian].includes(explain?.assignee_id ?? ""), "who keeps it explains it");
});

test("C09 C18: a stroke on its way explains a number that is ahead; one that never comes is a case after a day", async () => {
  const { env } = place;
  await pressUntold();
  const ahead = await answer(1);
  assert.deepEqual(await readingOf(ahead.checkId), { read: 1, verdict: "waits" });
  await judgeWaitingReadings(env);
  assert.deepEqual(await readingOf(ahead.checkId), { read: 1, verdict: "waits" });
  await box.meet();
  await judgeWaitingReadings(env);
  assert.deepEqual(await readingOf(ahead.checkId), { read: 1, verdict: "agrees" }, "the stroke came");

  const behind = await answer(0);
  assert.deepEqual(await readingOf(behind.checkId), { read: 0, verdict: "less" });
  const hidden = await answer(4);
  await judgeWaitingReadings(at(env.clock.now() + 23 * hour));
  assert.deepEqual(await readingOf(hidden.checkId), { read: 4, verdict: "waits" });
  for (const hours of [24, 48]) await judgeWaitingReadings(at(env.clock.now() + hours * hour));
  assert.deepEqual(await readingOf(hidden.checkId), { read: 4, verdict: "more" });
  assert.deepEqual(
    (await cases()).map(({ source, facts }) => [source, facts]),
    [
      ["counts.reading-unread", { serial: "B-1", slot: 0, known: 0 }],
      ["counts.reading-less", { serial: "B-1", slot: 0, known: 1, read: 0, count: 1 }],
      ["counts.reading-more", { serial: "B-1", slot: 0, known: 1, read: 4, count: 3 }],
    ],
  );
  const judged = await env.db
    .selectFrom("events")
    .select("facts")
    .where("type", "=", "CounterReadingJudged")
    .orderBy("at")
    .execute();
  assert.deepEqual(
    judged.map(({ facts }) => (facts as { verdict: string }).verdict),
    ["agrees", "more"],
  );
});
