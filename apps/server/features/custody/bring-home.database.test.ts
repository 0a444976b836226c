import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { containerAccount } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { applyInTest } from "../../platform/test-walk.ts";
import { getMatter } from "../matters/store.ts";
import { approveMatterInTest } from "../matters/test-matters.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { getSeal } from "../seals/read-model.ts";
import { reportLoss } from "../seals/report-loss.ts";
import { freezeSeal, unfreezeSeal } from "../seals/service.ts";
import { listTasks } from "../tasks/read-model.ts";
import { listTakeOuts } from "./list-take-outs.ts";
import { lockAway } from "./move-piece.ts";
import { readHeldNow } from "./postings.ts";
import { prepareHandover } from "./prepare-handover.ts";
import { readCustodyHistory } from "./read-model.ts";
import { addPieceInTest, addSafeInTest, confirmInTest, photographInTest, submitInTest } from "./test-custody.ts";

let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
let sealId: string;
let bodyId: string;
let containerId: string;
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
  sealId = await crew.registerSeal("personnel", "LX-1");
  bodyId = await addPieceInTest(env, sealId);
  ({ containerId } = await addSafeInTest(env, crew, [crew.people.custodian, crew.people.secondCustodian]));
  await lockAway(env, crew.people.custodian, { bodyId, containerId });
});
after(() => place?.close());

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return "done";
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
};
const stateOf = async (id = bodyId): Promise<string> =>
  (await env.db.selectFrom("seal_bodies").select("state").where("body_id", "=", id).executeTakeFirstOrThrow()).state;
const placeOf = async (): Promise<string | undefined> => (await readHeldNow(env.db, [bodyId]))(bodyId).place?.to;
const looked = { condition: "good" };

async function takeOut(of = { sealId, bodyId }): Promise<string> {
  const { custodian, applicant, signatory } = crew.people;
  const matterId = await submitInTest(env, crew, "take-out", applicant, {
    sealId: of.sealId,
    data: {
      ...{
        bodyId: of.bodyId,
        escort: [custodian, applicant],
        place: "Registry",
        documents: [{ title: "Deed", impressions: 1 }],
      },
      ...{ mostImpressions: 1, dueAt: new Date(env.clock.now() + 3_600_000).toISOString() },
    },
  });
  await approveMatterInTest(env, matterId, signatory);
  await photographInTest(env, custodian, matterId, "issue");
  await confirmInTest(env, custodian, matterId, "keeper", looked);
  await confirmInTest(env, applicant, matterId, "companion", looked);
  assert.equal(await stateOf(of.bodyId), "taken-out");
  return matterId;
}
const act = (personId: string) => ({ actorId: personId, sealId, reason: "A doubt", stepUpId: null });
/** Brings it home: asked for and signed by these. */
async function bringHome(takeOutId: string, asker: string, keeper: string): Promise<string> {
  const checkerId = crew.people.secondCustodian;
  const matterId = await submitInTest(env, crew, "take-out-return", asker, {
    sealId,
    data: {
      takeOutId,
      checkerId,
      containerId: null,
      usedImpressions: 0,
      condition: "good",
      difference: "It was not signed.",
    },
  });
  await photographInTest(env, asker, matterId, "return");
  await confirmInTest(env, keeper, matterId, "keeper", looked);
  return confirmInTest(env, checkerId, matterId, "checker", looked);
}

test("C13 where a seal lies is told to who has to do with it; to others whom to ask, until they have a use of it under way", async () => {
  const { applicant, custodian } = crew.people;
  const official = await crew.registerSeal("contract", "LX-2");
  const ask = (personId: string) => readCustodyHistory(env, personId, { sealId: official });
  const tomorrow = new Date(env.clock.now() + 86_400_000).toISOString();
  await assert.rejects(
    readCustodyHistory(env, crew.people.custodian, { sealId: official, at: tomorrow }),
    { code: "input.incomplete" },
    "the books say nothing of a day that has not come",
  );
  const narrow = await ask(applicant);
  assert.deepEqual([narrow.whole, narrow.bodies], [false, []]);
  const keeper = narrow.keepers.find((one) => one.person.personId === custodian);
  assert.equal(keeper?.unit?.en, "Purchasing");
  assert.equal((await ask(custodian)).bodies.length, 1);
  const requestId = await applyInTest(env, crew, official);
  assert.equal((await ask(applicant)).whole, false, "a draft is nothing yet");
  await submitRequest(env, applicant, requestId);
  assert.equal((await ask(applicant)).whole, true);
  assert.equal((await ask(crew.people.stranger)).whole, false);
});

test("C13 frozen on the way a taken-out seal comes home all the same, by its return alone, and rests there frozen", async () => {
  const { custodian, supervisor } = crew.people;
  const takeOutId = await takeOut();
  await freezeSeal(env, act(supervisor));
  assert.equal(await stateOf(), "frozen");
  assert.equal(await codeOf(lockAway(env, custodian, { bodyId, containerId: null })), "custody.state");
  assert.equal(await bringHome(takeOutId, custodian, custodian), "done");
  assert.deepEqual([await stateOf(), await placeOf()], ["frozen", containerAccount(containerId)]);
  await unfreezeSeal(env, act(crew.people.sealAdministrator));
  assert.equal(await stateOf(), "in-use");
});

test("C13 unfrozen on the way it is out again, not in use at its desk", async () => {
  const { custodian, supervisor, sealAdministrator } = crew.people;
  const takeOutId = await takeOut();
  await freezeSeal(env, act(supervisor));
  await unfreezeSeal(env, act(sealAdministrator));
  assert.equal(await stateOf(), "taken-out");
  assert.equal(await bringHome(takeOutId, custodian, custodian), "done");
  assert.deepEqual([await stateOf(), await placeOf()], ["in-use", containerAccount(containerId)]);
});

test("C13 what comes back damaged rests frozen, shows it, stands so in the next inventory, and is looked at by the seal administrator", async () => {
  const { custodian, secondCustodian, sealAdministrator, stranger, keeper } = crew.people;
  const other = await crew.registerSeal("personnel", "LX-4");
  const piece = await addPieceInTest(env, other);
  const takeOutId = await takeOut({ sealId: other, bodyId: piece });
  const back = await submitInTest(env, crew, "take-out-return", custodian, {
    sealId: other,
    data: { takeOutId, checkerId: secondCustodian, containerId: null, usedImpressions: 1, condition: "good" },
  });
  await photographInTest(env, custodian, back, "return");
  await confirmInTest(env, custodian, back, "keeper", looked);
  // One look that finds it damaged is enough.
  assert.equal(await confirmInTest(env, secondCustodian, back, "checker", { condition: "damaged" }), "done");
  assert.equal(await stateOf(piece), "frozen");
  const page = await getSeal(env, sealAdministrator, other);
  assert.equal(page.bodies.find((one) => one.bodyId === piece)?.condition, "damaged");
  const move = { sealId: other, leavingId: custodian, comingId: stranger, witnessId: keeper, dueOn: "" };
  const words = { cause: "rotation", title: { en: "Rotation", zh: "轮岗" }, reason: "Due" } as const;
  const { data } = await prepareHandover(env.db, crew.entityId, move, words);
  assert.ok(JSON.stringify(data.bodies).includes(`{"bodyId":"${piece}","condition":"damaged"}`));
  const open = async (): Promise<string[]> =>
    (await listTasks(env, sealAdministrator, { view: "all" })).items
      .filter((one) => one.seal?.sealId === other)
      .map((one) => one.kind);
  assert.deepEqual(await open(), ["damaged-piece"]);
  await unfreezeSeal(env, { ...act(sealAdministrator), sealId: other });
  assert.deepEqual([await stateOf(piece), await open()], ["in-use", []]);
});

test("C13 a take-out whose piece is lost ends by that: nobody is awaited, nothing asked of it is left, its register says so", async () => {
  const { applicant, custodian, secondCustodian, inspector, sealAdministrator } = crew.people;
  const other = await crew.registerSeal("personnel", "LX-3");
  const gone = await addPieceInTest(env, other);
  const takeOutId = await takeOut({ sealId: other, bodyId: gone });
  // Who has nothing to do with the seal learns that it is away, and neither where nor with whom.
  const listedFor = async (personId: string) =>
    (await listTakeOuts(env, personId, true)).find((one) => one.takeOutId === takeOutId);
  const narrow = await listedFor(crew.people.stranger);
  assert.deepEqual(
    [narrow?.opens, narrow?.title, narrow?.place, narrow?.escort, narrow?.keeper],
    [false, null, null, [], null],
  );
  const wide = await listedFor(applicant);
  assert.deepEqual([wide?.opens, wide?.place, wide?.escort.length], [true, "Registry", 2]);
  const back = await submitInTest(env, crew, "take-out-return", custodian, {
    sealId: other,
    data: {
      takeOutId,
      checkerId: secondCustodian,
      containerId: null,
      usedImpressions: 0,
      condition: "good",
      difference: "It was not signed.",
    },
  });
  assert.equal((await getMatter(env.db, back)).state, "approved");
  await reportLoss(env, { sealId: other, bodyId: gone, reason: "Left in a taxi", actorId: inspector });
  assert.equal((await getMatter(env.db, back)).state, "cancelled");
  const listed = (await listTakeOuts(env, applicant, false)).find((one) => one.takeOutId === takeOutId);
  assert.deepEqual([listed?.ended?.as, listed?.overdue], ["lost", false]);
  assert.equal((await listTakeOuts(env, applicant, true)).length, 0);
  const extension = submitInTest(env, crew, "take-out-extension", custodian, {
    sealId: other,
    data: { takeOutId, dueAt: new Date(env.clock.now() + 7_200_000).toISOString() },
  });
  assert.equal(await codeOf(extension), "take-out.not-away");
  const lines = await env.db
    .selectFrom("register_lines")
    .select("kind")
    .where("register", "=", "take-out")
    .where("seal_id", "=", other)
    .orderBy("running")
    .execute();
  assert.deepEqual(
    lines.map((line) => line.kind),
    ["issued", "lost"],
  );
  const page = await getSeal(env, sealAdministrator, other);
  assert.equal(page.bodies.find((one) => one.bodyId === gone)?.returnDue, null);
});

test("C13 who has not brought a seal back in time is given no other one until he has", async () => {
  const { custodian, secondCustodian } = crew.people;
  const other = await crew.registerSeal("personnel", "LX-5");
  const piece = await addPieceInTest(env, other);
  const first = await takeOut();
  await env.db
    .updateTable("take_outs")
    .set({ due_at: new Date(env.clock.now() - 60_000) })
    .where("matter_id", "=", first)
    .execute();
  assert.equal(await codeOf(takeOut({ sealId: other, bodyId: piece })), "take-out.owes-one");
  assert.equal(await bringHome(first, custodian, custodian), "done");
  const second = await takeOut({ sealId: other, bodyId: piece });
  const back = await submitInTest(env, crew, "take-out-return", custodian, {
    sealId: other,
    data: { takeOutId: second, checkerId: secondCustodian, containerId: null, usedImpressions: 1, condition: "good" },
  });
  assert.equal((await getMatter(env.db, back)).state, "approved");
});

test("C13 where the keeper who travelled has left, who travelled with him or the seal administrator brings it home", async () => {
  const { custodian, applicant, sealAdministrator, stranger } = crew.people;
  const takeOutId = await takeOut();
  await env.db.updateTable("people").set({ state: "departed" }).where("person_id", "=", custodian).execute();
  assert.equal(await codeOf(bringHome(takeOutId, stranger, stranger)), "take-out.not-yours");
  assert.equal(await bringHome(takeOutId, sealAdministrator, applicant), "done");
  assert.equal(await placeOf(), containerAccount(containerId));
});
