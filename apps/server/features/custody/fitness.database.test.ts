import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addDays, findLastFitDay } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { dayInTest } from "../../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { applyInTest, approveInTest, presenceInTest, presentInTest } from "../../platform/test-walk.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { sealActDigest } from "../seals/seal-acts.ts";
import { unfreezeSeal } from "../seals/service.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { listCustodianFitness } from "../training/read-model.ts";
import { commitInTest, passInTest } from "../training/test-fitness.ts";
import { readFitness } from "./fit-to-hold.ts";
import { freezeCustodyOfTheUnfit } from "./fitness-ticks.ts";
import { addPieceInTest, bodyOf, submitInTest } from "./test-custody.ts";

const day = 24 * 60 * 60_000;
let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
let number = 0;
/** The one important seal: its custodians may not keep all of an entity's. */
let official: Seal;
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
  official = await newSeal("official");
});
after(() => place?.close());

/** The same environment so many days later. */
const later = (days: number): Environment => ({ ...env, clock: { now: () => Date.now() + days * day } });
async function newSeal(type: "official" | "personnel") {
  number += 1;
  const sealId = await crew.registerSeal(type, `LX-F-${number}`);
  return { sealId, piece: await addPieceInTest(env, sealId), key: await bodyOf(env, sealId, "electronic") };
}
type Seal = Awaited<ReturnType<typeof newSeal>>;
const statesOf = async ({ sealId }: Seal): Promise<string[]> =>
  (await env.db.selectFrom("seal_bodies").select("state").where("seal_id", "=", sealId).execute()).map(
    (row) => row.state,
  );
const handover = (seal: Seal, at: Environment): Promise<string> => {
  const bodies = [seal.piece, seal.key].map((bodyId) => ({ bodyId, condition: "good" }));
  return submitInTest(at, crew, "handover", crew.people.custodian, {
    sealId: seal.sealId,
    data: {
      ...{ transferorId: crew.people.custodian, receiverId: crew.people.stranger, witnessId: crew.people.keeper },
      ...{ cause: "post-change", place: "Room 1", at: null, bodies, lockIds: [], deviceRights: "", books: "" },
      requestIds: [],
    },
  });
};

test("C12 only the fit take custody: after the days of beginning, a handover names what the receiver lacks", async () => {
  const { stranger, custodian, secondCustodian } = crew.people;
  const seal = await newSeal("personnel");
  const days = 31;
  // The commitment is demanded of everybody; training only of who holds an important seal.
  assert.deepEqual(await codesOf(handover(seal, later(days))), ["fitness.commitment-missing"]);
  await commitInTest(env, stranger);
  assert.deepEqual(await codesOf(handover(seal, later(days))), []);

  assert.deepEqual(await codesOf(handover(official, later(days))), ["fitness.training-missing"]);
  await passInTest(env, stranger);
  assert.deepEqual(await codesOf(handover(official, later(days))), []);
  for (const person of [custodian, secondCustodian]) await commitInTest(env, person);
});

test("C12 custody of the unfit freezes on the day, once, with a finding; a reminder comes 30 and 7 days before", async () => {
  const { custodian, secondCustodian, inspector } = crew.people;
  const seal = official;
  for (const person of [custodian, secondCustodian]) await passInTest(env, person);
  const { factsOf } = await readFitness(env.db, env, [custodian]);
  const row = await env.db.selectFrom("seals").selectAll().where("seal_id", "=", seal.sealId).executeTakeFirstOrThrow();
  const facts = factsOf(custodian, row, true);
  const last = findLastFitDay(facts);
  assert.ok(last);
  const left = Math.round((Date.parse(last) - Date.parse(facts.today)) / day);
  const tasks = () =>
    env.db
      .selectFrom("tasks")
      .select(["kind", "assignee_id", "assignee_role"])
      .where("person_id", "=", custodian)
      .where("kind", "in", ["stay-fit", "custodian-fitness-ends"])
      .orderBy("kind", "desc")
      .execute();
  await freezeCustodyOfTheUnfit(later(left - 31));
  assert.deepEqual(await tasks(), []);
  const own = { kind: "stay-fit", assignee_id: custodian, assignee_role: null };
  for (const before of [30, 29]) await freezeCustodyOfTheUnfit(later(left - before));
  assert.deepEqual(await tasks(), [own]);
  await freezeCustodyOfTheUnfit(later(left - 7));
  const forAdministrator = { kind: "custodian-fitness-ends", assignee_id: null, assignee_role: "seal-administrator" };
  assert.deepEqual(await tasks(), [own, forAdministrator]);
  await freezeCustodyOfTheUnfit(later(left));
  assert.deepEqual(await statesOf(seal), ["in-use", "in-use"]);

  await freezeCustodyOfTheUnfit(later(left + 1));
  await freezeCustodyOfTheUnfit(later(left + 1));
  assert.deepEqual(await statesOf(seal), ["frozen", "frozen"]);
  const findings = await env.db
    .selectFrom("findings")
    .select(["control", "source", "person_id"])
    .where("seal_id", "=", seal.sealId)
    .execute();
  assert.deepEqual(
    findings.toSorted((a, b) => (a.person_id ?? "").localeCompare(b.person_id ?? "")),
    [custodian, secondCustodian]
      .toSorted((a, b) => a.localeCompare(b))
      .map((person_id) => ({ control: "C12", source: "custodian.unfit", person_id })),
  );
  const list = await listCustodianFitness(later(left + 1), inspector, crew.entityId);
  const listed = list.items.filter((one) => one.seal.sealId === seal.sealId);
  assert.deepEqual(
    listed.map((one) => [one.fit, one.refusals[0]?.code]),
    [
      [false, "fitness.training-lapsed"],
      [false, "fitness.training-lapsed"],
    ],
  );

  // Nobody unfreezes it over the rule; once both have passed again, it goes on, and nothing freezes it anew.
  const unfreeze = async (at: Environment) => {
    const { sealAdministrator } = crew.people;
    const digest = await sealActDigest(env.db, "seal-unfreeze", seal.sealId);
    const stepUpId = await presentInTest(at, sealAdministrator, "seal-unfreeze", seal.sealId, digest);
    return codesOf(unfreezeSeal(at, { actorId: sealAdministrator, sealId: seal.sealId, reason: "Again", stepUpId }));
  };
  assert.deepEqual(await unfreeze(later(left + 1)), ["fitness.training-lapsed"]);
  for (const person of [custodian, secondCustodian]) await passInTest(later(left + 1), person);
  assert.equal((await tasks()).length, 2);
  const open = await env.db
    .selectFrom("tasks")
    .select("kind")
    .where("person_id", "=", custodian)
    .where("state", "=", "open")
    .execute();
  assert.deepEqual(open, []);
});

test("C12 a term that is over, and an account that was closed, freeze what the person holds", async () => {
  const { custodian, secondCustodian } = crew.people;
  const ended = await newSeal("personnel");
  await env.db
    .updateTable("grants")
    .set({ to_on: addDays(dayInTest(Date.now()), 3) })
    .where("scope_id", "=", ended.sealId)
    .where("person_id", "=", secondCustodian)
    .execute();
  await freezeCustodyOfTheUnfit(later(2));
  assert.deepEqual(await statesOf(ended), ["in-use", "in-use"]);
  await freezeCustodyOfTheUnfit(later(5));
  assert.deepEqual(await statesOf(ended), ["frozen", "frozen"]);

  const other = await newSeal("personnel");
  await env.db.updateTable("people").set({ state: "locked" }).where("person_id", "=", custodian).execute();
  await freezeCustodyOfTheUnfit(env);
  await env.db.updateTable("people").set({ state: "active" }).where("person_id", "=", custodian).execute();
  assert.deepEqual(await statesOf(other), ["frozen", "frozen"]);
});

test("C12 the gate asks again: who was fit when he released and is not now seals nothing", async () => {
  const { custodian } = crew.people;
  const { sealId } = await newSeal("personnel");
  const requestId = await applyInTest(env, crew, sealId, { documentClass: "employment-certificate" });
  await submitRequest(env, crew.people.applicant, requestId);
  await approveInTest(env, crew, requestId);
  await presenceInTest(env, custodian, "release", requestId);
  const fitNow = async (): Promise<boolean> => (await readGateFacts(env.db, env, requestId)).facts.releasedByFit;
  assert.equal(await fitNow(), true);
  await env.db
    .updateTable("grants")
    .set({ to_on: "2020-01-01" })
    .where("scope_id", "=", sealId)
    .where("person_id", "=", custodian)
    .execute();
  assert.equal(await fitNow(), false);
});
