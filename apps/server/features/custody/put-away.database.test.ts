import assert from "node:assert/strict";
import { test } from "node:test";
import { peopleAccount } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { presenceInTest } from "../../platform/test-walk.ts";
import { openCheck } from "../checks/open-check.ts";
import { readStampingView } from "../stamping/read-model.ts";
import { endStamping } from "../stamping/report.ts";
import { lookInTest, openInTest, reportInTest, walkToHand } from "../stamping/test-stamping.ts";
import { factOf, placeForTests, type StampingPlace } from "../stamping/test-stamping-place.ts";
import type { BringFor } from "./bring-purposes.ts";
import { bringOut, confirmOpening, lockAway } from "./move-piece.ts";
import { postMove } from "./postings.ts";
import { readOwnCustody } from "./read-model.ts";
import { readPauses } from "./stampings-of-piece.ts";

let place: StampingPlace;
placeForTests((made) => {
  place = made;
});

/** The custodian brings the contract seal out, and who holds the second lock opens it. */
async function bring(wanted: Partial<BringFor>, bodyId = place.contractPiece): Promise<void> {
  const { env, crew } = place;
  const { openingId } = await bringOut(env, crew.people.custodian, {
    ...{ bodyId, purpose: "other", aboutId: null, reason: "", ...wanted },
  });
  if (openingId) await confirmOpening(env, crew.people.secondCustodian, openingId);
}
const putAway = (reason?: string): Promise<void> =>
  lockAway(place.env, place.crew.people.custodian, {
    ...{ bodyId: place.contractPiece, containerId: place.containerId },
    ...(reason === undefined ? {} : { reason }),
  });
const pieceOf = async () =>
  (await readOwnCustody(place.env, place.crew.people.custodian)).items.find(
    (one) => one.bodyId === place.contractPiece,
  );
const pausesOf = (requestId: string) =>
  place.env.db
    .selectFrom("events")
    .select(["type", "comment"])
    .where("request_id", "=", requestId)
    .where("type", "in", ["StampingPaused", "StampingResumed"])
    .orderBy("event_id")
    .execute();

test("C13 in the middle of a stamping the seal is put away with a reason, the register tells it, and it goes on once the seal is out for the same request again", async () => {
  const { env, crew } = place;
  const { custodian, supervisor } = crew.people;
  const requestId = await place.begin("contract", { copies: 3 });
  const other = await walkToHand(env, crew, place.contract, { copies: 1 });
  await openInTest(env, crew, other);
  await reportInTest(env, custodian, requestId, 1);
  assert.deepEqual(
    (await pieceOf())?.stampings.map(({ requestId: id, open, total, released }) => [id, open, total, released]),
    [
      [requestId, 2, 3, true],
      [other, 1, 1, true],
    ],
  );
  assert.deepEqual(await codesOf(putAway()), ["custody.stamping-open"]);
  assert.deepEqual(await codesOf(putAway("  ")), ["custody.stamping-open"]);
  await putAway("The office closes");
  const [piece] = (await readStampingView(env, supervisor, requestId)).pieces;
  assert.deepEqual(
    [piece?.inHand, piece?.putAway?.open, piece?.putAway?.total, piece?.putAway?.reason],
    [false, 2, 3, "The office closes"],
  );
  assert.deepEqual(await codesOf(reportInTest(env, custodian, requestId, 2)), ["stamping.seal-put-away"]);

  await bring({ purpose: "stamping", aboutId: other });
  assert.deepEqual(
    await codesOf(reportInTest(env, custodian, requestId, 2)),
    ["stamping.seal-put-away"],
    "it is out, for another request",
  );
  await reportInTest(env, custodian, other, 1);
  await putAway("Back to the first one");
  await bring({ purpose: "stamping", aboutId: requestId });
  assert.equal((await readStampingView(env, supervisor, requestId)).pieces[0]?.putAway, null);
  for (const nth of [2, 3]) await reportInTest(env, custodian, requestId, nth);
  await putAway();
  assert.deepEqual(
    (await pausesOf(requestId)).map(({ type }) => type),
    ["StampingPaused", "StampingResumed"],
    "it paused once, whatever else the seal was out for",
  );
  await lookInTest(env, supervisor, requestId);
  const [line] = await place.linesOf(requestId);
  assert.equal(factOf(line, "putAway"), "2/3 The office closes");
  assert.equal(factOf((await place.linesOf(other))[0], "putAway"), "1/1 The office closes");
});

test("C13 what is not pressed, and the end, are said while the seal is away; of what was pressed nothing is taken before it is out again", async () => {
  const { env, crew } = place;
  const { custodian } = crew.people;
  const requestId = await place.begin("contract", { copies: 2 });
  await putAway("A visitor");
  await reportInTest(env, custodian, requestId, 1, "not-pressed");
  assert.deepEqual(await codesOf(reportInTest(env, custodian, requestId, 2, "spoiled")), ["stamping.seal-put-away"]);
  await endStamping(env, custodian, requestId, "");
  assert.equal(
    (await readStampingView(env, custodian, requestId)).pieces[0]?.putAway,
    null,
    "nothing goes on any more",
  );
  assert.deepEqual(await place.statesOf(requestId), ["released", "released"]);
});

test("C13 a seal comes out for a request that is released and has impressions left, for a check that has to find it, and for anything else with a word that is told", async () => {
  const { env, crew } = place;
  const { inspector } = crew.people;
  const requestId = await walkToHand(env, crew, place.contract, { copies: 1 });
  const stamping = { purpose: "stamping", aboutId: requestId } as const;
  assert.deepEqual(await codesOf(bring(stamping)), ["custody.no-stamping"], "it is not released");
  await presenceInTest(env, crew.people.custodian, "release", requestId);
  assert.deepEqual(
    (await pieceOf())?.stampings.map((one) => [one.requestId, one.open, one.begun, one.released]),
    [[requestId, 1, false, true]],
  );
  assert.deepEqual(await codesOf(bring(stamping, place.departmentPiece)), ["custody.no-stamping"], "another seal");
  await bring(stamping);
  await putAway();
  await presenceInTest(env, crew.people.supervisor, "confirm", requestId);
  assert.deepEqual(await codesOf(bring(stamping, place.departmentPiece)), ["custody.stamping-done"], "another seal");
  await bring(stamping);
  await reportInTest(env, crew.people.custodian, requestId, 1);
  await putAway();
  assert.deepEqual(await codesOf(bring(stamping)), ["custody.stamping-not-open"], "it has ended");
  for (const purpose of ["matter", "check"] as const)
    assert.deepEqual(await codesOf(bring({ purpose, aboutId: "none" })), ["custody.no-record"]);
  assert.deepEqual(await codesOf(bring({ reason: "-" })), ["custody.reason-missing"]);
  const told = () => env.db.selectFrom("findings").selectAll().where("source", "=", "custody.brought-out").execute();
  const before = (await told()).length;
  const { checkId } = await openCheck(env, {
    ...{ entityId: crew.entityId, kind: "surprise", count: 5, openedBy: inspector },
  });
  assert.ok((await pieceOf())?.checks.some((one) => one.checkId === checkId));
  await bring({ purpose: "check", aboutId: checkId });
  await putAway();
  assert.equal((await told()).length, before, "a check is its own record");
  await bring({ reason: "Cleaning" });
  await putAway();
  const findings = await told();
  assert.equal(findings.length, before + 1);
  assert.deepEqual(findings.map(({ control, facts }) => [control, (facts as { reason?: string }).reason]).at(-1), [
    "C13",
    "Cleaning",
  ]);
});

test("C13 C14 a seal that is handed to another in the middle of a stamping pauses it, whatever way it goes", async () => {
  const { env, crew } = place;
  const { custodian, secondCustodian } = crew.people;
  const requestId = await place.begin("contract", { copies: 2 });
  await reportInTest(env, custodian, requestId, 1);
  const move = (to: string, actorId: string) =>
    transact(env.db, (tx) =>
      postMove(tx, env, {
        ...{ sealId: place.contract, bodyId: place.contractPiece, kind: "physical", book: "place" },
        ...{ to: peopleAccount([to]), actorId },
      }),
    );
  await move(secondCustodian, secondCustodian);
  const [pause] = await readPauses(env.db, [requestId]);
  assert.deepEqual([pause?.open, pause?.total, pause?.by_person], [1, 2, secondCustodian]);
  await move(custodian, custodian);
  assert.deepEqual(
    await codesOf(reportInTest(env, custodian, requestId, 2)),
    ["stamping.seal-put-away"],
    "in hand again, and not brought out for the request",
  );
  await endStamping(env, custodian, requestId, "");
  await putAway();
});

test("the tables let a pause end once, with the seal out for its request, and change in nothing else", async () => {
  const { env, crew } = place;
  const requestId = await place.begin("contract", { copies: 1 });
  await putAway("A visitor");
  const of = env.db.updateTable("stamping_pauses").where("request_id", "=", requestId);
  await assert.rejects(of.set({ reason: "Nothing" }).execute());
  const pause = await env.db
    .selectFrom("stamping_pauses")
    .selectAll()
    .where("request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  const resumed = { resumed_by: pause.event_id, resumed_at: new Date(env.clock.now()) };
  await assert.rejects(of.set(resumed).execute(), /once its seal was brought out for it again/);
  await bring({ purpose: "stamping", aboutId: requestId });
  await assert.rejects(of.set(resumed).execute(), /a pause of a stamping ends once/);
  await endStamping(env, crew.people.custodian, requestId, "");
  await putAway();
});
