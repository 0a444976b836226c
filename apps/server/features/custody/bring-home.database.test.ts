import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { containerAccount } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { applyInTest } from "../../platform/test-walk.ts";
import { approveMatterInTest } from "../matters/test-matters.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { freezeSeal, unfreezeSeal } from "../seals/service.ts";
import { lockAway } from "./move-piece.ts";
import { readHeldNow } from "./postings.ts";
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
const stateOf = async (): Promise<string> =>
  (await env.db.selectFrom("seal_bodies").select("state").where("body_id", "=", bodyId).executeTakeFirstOrThrow())
    .state;
const placeOf = async (): Promise<string | undefined> => (await readHeldNow(env.db, [bodyId]))(bodyId).place?.to;
const looked = { condition: "good" };

async function takeOut(): Promise<string> {
  const { custodian, applicant, signatory } = crew.people;
  const matterId = await submitInTest(env, crew, "take-out", applicant, {
    sealId,
    data: {
      ...{ bodyId, escort: [custodian, applicant], place: "Registry", documents: [{ title: "Deed", impressions: 1 }] },
      ...{ mostImpressions: 1, dueAt: new Date(env.clock.now() + 3_600_000).toISOString() },
    },
  });
  await approveMatterInTest(env, matterId, signatory);
  await photographInTest(env, custodian, matterId, "issue");
  await confirmInTest(env, custodian, matterId, "keeper", looked);
  await confirmInTest(env, applicant, matterId, "companion", looked);
  assert.equal(await stateOf(), "taken-out");
  return matterId;
}
const act = (personId: string) => ({ actorId: personId, sealId, reason: "A doubt", stepUpId: null });
/** Brings it home: asked for and signed by these. */
async function bringHome(takeOutId: string, asker: string, keeper: string): Promise<string> {
  const checkerId = crew.people.secondCustodian;
  const matterId = await submitInTest(env, crew, "take-out-return", asker, {
    sealId,
    data: { takeOutId, checkerId, containerId: null, usedImpressions: 0, condition: "good" },
  });
  await photographInTest(env, asker, matterId, "return");
  await confirmInTest(env, keeper, matterId, "keeper", looked);
  return confirmInTest(env, checkerId, matterId, "checker", looked);
}

test("C13 where a seal lies is told to who has to do with it; to others whom to ask, until they have a use of it under way", async () => {
  const { applicant, custodian } = crew.people;
  const official = await crew.registerSeal("contract", "LX-2");
  const ask = (personId: string) => readCustodyHistory(env, personId, { sealId: official });
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

test("C13 where the keeper who travelled has left, who travelled with him or the seal administrator brings it home", async () => {
  const { custodian, applicant, sealAdministrator, stranger } = crew.people;
  const takeOutId = await takeOut();
  await env.db.updateTable("people").set({ state: "departed" }).where("person_id", "=", custodian).execute();
  assert.equal(await codeOf(bringHome(takeOutId, stranger, stranger)), "take-out.not-yours");
  assert.equal(await bringHome(takeOutId, sealAdministrator, applicant), "done");
  assert.equal(await placeOf(), containerAccount(containerId));
});
