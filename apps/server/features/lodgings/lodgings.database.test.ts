import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { dayInTest } from "../../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { redPicture } from "../../platform/test-picture.ts";
import { requireSeesEvidence, uploadEvidence } from "../evidence/service.ts";
import { alarmOverdueEnds } from "../seals/life-ticks.ts";
import { reportLoss } from "../seals/report-loss.ts";
import { askAndApproveInTest, enterPieceInTest } from "../seals/test-seals.ts";
import { taskHandlers } from "../tasks/routes.ts";
import { listLodgings } from "./read-model.ts";
import { type CardToLodge, lodgeSpecimen, withdrawSpecimen } from "./service.ts";

let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
let [finance, name, department] = ["", "", ""];
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
  finance = await crew.registerSeal("personnel", "LX-02");
  name = await crew.registerSeal("cross-page", "LX-03");
  department = await crew.registerSeal("department", "LX-04");
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
const today = (): string => dayInTest(env.clock.now());
let shade = 0;
const upload = async (personId: string, picture: Uint8Array): Promise<string> =>
  (await uploadEvidence(env, personId, { stream: Readable.from([picture]), fileName: "card.png" })).evidenceId;
const photo = (personId = crew.people.sealAdministrator): Promise<string> => {
  shade += 1;
  return upload(personId, redPicture(shade));
};
const lodge = async (change: Partial<CardToLodge> = {}, personId = crew.people.sealAdministrator) =>
  lodgeSpecimen(env, personId, {
    ...{ entityId: crew.entityId, kind: "bank", placeName: "ICBC", branch: "West Lake", contact: "", card: "7" },
    ...{ sealIds: [finance, name], lodgedOn: "2026-01-05", evidenceId: await photo(personId), replaces: null },
    ...change,
  });
const withdraw = async (lodgingId: string, change: { withdrawnOn?: string; evidenceId?: string } = {}) =>
  withdrawSpecimen(env, crew.people.sealAdministrator, lodgingId, {
    ...{ withdrawnOn: today(), evidenceId: await photo(), note: "Receipt 12", ...change },
  });
const list = async (personId = crew.people.sealAdministrator, query: { sealId?: string; state?: "overdue" } = {}) =>
  (await listLodgings(env, personId, query)).items;
const tasks = () =>
  env.db.selectFrom("tasks").selectAll().where("kind", "=", "withdraw-specimen").orderBy("opened_at").execute();
const linesOf = async (sealId: string): Promise<string[]> =>
  (
    await env.db
      .selectFrom("register_lines")
      .select("kind")
      .where("register", "=", "seal")
      .where("seal_id", "=", sealId)
      .where("kind", "like", "specimen-%")
      .orderBy("running")
      .execute()
  ).map((line) => line.kind);

test("C10: a card of several seals stands in the book of each, and only the entity's administrator records it", async () => {
  assert.equal(await codeOf(lodge({}, crew.people.custodian)), "subject.not-found");
  assert.equal(await codeOf(lodge({ lodgedOn: "2999-01-01" })), "lodging.day-to-come");
  const { lodgingId } = await lodge({ evidenceId: await upload(crew.people.sealAdministrator, redPicture()) });
  assert.deepEqual([await linesOf(finance), await linesOf(name)], [["specimen-lodged"], ["specimen-lodged"]]);
  const [card] = await list();
  assert.deepEqual(
    [card?.lodgingId, card?.seals.map((seal) => seal.number), card?.task, card?.withdrawn],
    [lodgingId, ["LX-02", "LX-03"], null, null],
  );
  assert.equal((await list(crew.people.applicant)).length, 0, "which seal a bank compares with is not everybody's");
  assert.equal((await list(crew.people.inspector)).length, 1);
});

test("C10: stopping one seal of a card opens one task with its clock, ended by the withdrawal with new evidence alone", async () => {
  const { sealAdministrator, stranger } = crew.people;
  const [card] = await list();
  assert.ok(card);
  await askAndApproveInTest(env, { kind: "stop", asker: sealAdministrator, entityId: crew.entityId, sealId: finance });
  const [task, ...more] = await tasks();
  assert.ok(task);
  assert.deepEqual([more.length, task.assignee_role, task.facts.place], [0, "seal-administrator", "ICBC · West Lake"]);
  assert.ok((task.due_at?.getTime() ?? 0) > env.clock.now() + 2 * 86_400_000);
  // Stopping the other one asks for nothing more.
  await askAndApproveInTest(env, { kind: "stop", asker: sealAdministrator, entityId: crew.entityId, sealId: name });
  assert.equal((await tasks()).length, 1);

  const done = taskHandlers(env)["POST /v1/tasks/:taskId/done"];
  const call = { person: () => ({ personId: sealAdministrator }) } as unknown as Parameters<typeof done>[1];
  const body = { note: "Done", evidenceId: await photo() };
  assert.equal(
    await codeOf(Promise.resolve(done({ params: { taskId: task.task_id }, body, query: {} } as never, call))),
    "lodging.withdraw-there",
  );
  await assert.rejects(
    env.db.updateTable("tasks").set({ state: "done" }).where("task_id", "=", task.task_id).execute(),
    /withdrawn with its evidence/,
  );
  for (const [change, reason] of [
    [{ state: "cancelled" as const }, /whose seal no longer holds is withdrawn/],
    [{ kind: "collect" }, /stays what it was opened for/],
    [{ subject_key: "spl_x" }, /stays what it was opened for/],
  ] as const)
    await assert.rejects(
      env.db.updateTable("tasks").set(change).where("task_id", "=", task.task_id).execute(),
      reason,
      Object.keys(change).join(),
    );
  assert.equal(await codeOf(withdraw(card.lodgingId, { evidenceId: card.evidenceId })), "lodging.evidence-same");
  const again = await upload(sealAdministrator, redPicture());
  assert.notEqual(again, card.evidenceId);
  assert.equal(await codeOf(withdraw(card.lodgingId, { evidenceId: again })), "lodging.evidence-same");
  assert.equal(await codeOf(withdraw(card.lodgingId, { withdrawnOn: "2026-01-04" })), "lodging.day-before");
  assert.equal(
    await codeOf(withdraw(card.lodgingId, { evidenceId: await photo(stranger) })),
    "subject.not-found",
    "a file one may not see is no evidence",
  );
  const both = await Promise.all([codeOf(withdraw(card.lodgingId)), codeOf(withdraw(card.lodgingId))]);
  assert.deepEqual(both.sort(), ["done", "lodging.withdrawn-already"]);
  const [after] = await tasks();
  assert.deepEqual([after?.state, after?.ended_by, after?.evidence_id === null], ["done", sealAdministrator, false]);
  assert.deepEqual(await linesOf(finance), ["specimen-lodged", "specimen-withdrawn"]);
  await requireSeesEvidence(env, crew.people.inspector, after?.evidence_id ?? "");
  assert.equal(
    await codeOf(requireSeesEvidence(env, crew.people.applicant, after?.evidence_id ?? "")),
    "subject.not-found",
  );
  await assert.rejects(
    env.db
      .updateTable("specimens_lodged")
      .set({ withdrawal_note: "other" })
      .where("lodging_id", "=", card.lodgingId)
      .execute(),
    /stays as it is/,
  );
  const open = await lodge({ sealIds: [department] });
  const other = await crew.registerSeal("department", "LX-09");
  for (const lodging_id of [card.lodgingId, open.lodgingId])
    await assert.rejects(
      env.db.insertInto("specimens_lodged_seals").values({ lodging_id, seal_id: other }).execute(),
      /those it was recorded with/,
    );
  await withdraw(open.lodgingId);
});

test("C10: a loss calls the cards back; an overdue one stands first and is a finding, and a new card takes its place", async () => {
  const { sealAdministrator } = crew.people;
  const bodyId = await enterPieceInTest(env, department);
  const old = await lodge({ sealIds: [department], kind: "customs", placeName: "Customs", branch: "" });
  await lodge({ sealIds: [department], kind: "court", placeName: "Court", branch: "", lodgedOn: "2026-02-01" });
  await reportLoss(env, { actorId: sealAdministrator, sealId: department, bodyId, reason: "Not in its safe" });
  assert.equal((await tasks()).filter((task) => task.state === "open").length, 2);
  const late = { ...env, clock: { ...env.clock, now: () => env.clock.now() + 20 * 86_400_000 } };
  const overdue = (await listLodgings(late, sealAdministrator, { state: "overdue" })).items;
  assert.deepEqual([overdue.length, overdue[0]?.task?.overdue], [2, true]);
  await alarmOverdueEnds(late);
  await alarmOverdueEnds(late);
  const findings = await env.db
    .selectFrom("findings")
    .select(["control", "seal_id"])
    .where("source", "=", "life.specimen-overdue")
    .execute();
  assert.deepEqual(findings, Array(2).fill({ control: "C10", seal_id: department }));

  const next = await lodge({
    ...{ sealIds: [await crew.registerSeal("department", "LX-05")], kind: "customs", placeName: "Customs" },
    ...{ lodgedOn: today(), replaces: { lodgingId: old.lodgingId, evidenceId: await photo() } },
  });
  const cards = await list();
  assert.equal(cards.find((card) => card.lodgingId === next.lodgingId)?.replaces, old.lodgingId);
  assert.equal(cards.find((card) => card.lodgingId === old.lodgingId)?.withdrawn?.on, today());
  assert.deepEqual((await tasks()).map((task) => task.state).sort(), ["done", "done", "open"]);
  assert.equal(cards[0]?.placeName, "Court", "what is to be withdrawn stands first");
});

test("C10: a card of a seal that was stopped before is recorded with its task at once; back in use, the task goes", async () => {
  const { sealAdministrator } = crew.people;
  const seal = await crew.registerSeal("department", "LX-06");
  await enterPieceInTest(env, seal);
  await askAndApproveInTest(env, { kind: "stop", asker: sealAdministrator, entityId: crew.entityId, sealId: seal });
  const { lodgingId } = await lodge({ sealIds: [seal], kind: "tax", placeName: "Tax", branch: "" });
  const stateOf = async () =>
    (await tasks()).filter((task) => task.subject_key === lodgingId).map((task) => task.state);
  assert.deepEqual(await stateOf(), ["open"]);
  const { body_id: bodyId } = await env.db
    .selectFrom("seal_bodies")
    .select("body_id")
    .where("seal_id", "=", seal)
    .where("kind", "=", "physical")
    .executeTakeFirstOrThrow();
  await askAndApproveInTest(env, {
    ...{ kind: "resume", asker: sealAdministrator, entityId: crew.entityId, sealId: seal },
    data: { bodyIds: [bodyId] },
  });
  assert.deepEqual(await stateOf(), ["cancelled"]);
});
