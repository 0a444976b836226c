import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addDays, addWorkingDays, plainCalendar } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { dayInTest } from "../../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { applyInTest } from "../../platform/test-walk.ts";
import { changeLockHolder } from "../custody/containers.ts";
import { listUnfitness } from "../custody/fit-to-hold.ts";
import { giveLock } from "../custody/locks.ts";
import {
  addPieceInTest,
  addSafeInTest,
  confirmInTest,
  photographInTest,
  submitInTest,
} from "../custody/test-custody.ts";
import { giveDelegation } from "../delegations/service.ts";
import { leaveStepsOfAbsent, turnDelegations } from "../delegations/ticks.ts";
import { submitMatter } from "../matters/ask-matter.ts";
import { carryOutDueMatters } from "../matters/carry-out-matter.ts";
import { approveMatterInTest, askMatterInTest } from "../matters/test-matters.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { readProofFacts } from "../separation/read-proof.ts";
import { readAbsentNow, readAwayUntil } from "./absences.ts";
import { endTasksOfTheReturned } from "./leaver-tasks.ts";

let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
let sealId: string;
/** One that is taken out. */
let ordinary: string;
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
  sealId = await crew.registerSeal("contract", "LX-1");
  ordinary = await crew.registerSeal("personnel", "LX-2");
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
const later = (days: number): Environment => ({
  ...env,
  clock: { now: () => env.clock.now() + days * 86_400_000 },
});
const today = (): string => dayInTest(env.clock.now());
async function happens(personId: string, kind: "person-leave" | "person-departure", change = {}): Promise<string> {
  const { sealAdministrator, signatory } = crew.people;
  const matterId = await askMatterInTest(env, crew, { kind, personId, ...change });
  await submitMatter(env, sealAdministrator, matterId);
  return approveMatterInTest(env, matterId, signatory);
}
async function submit(): Promise<string> {
  const requestId = await applyInTest(env, crew, sealId);
  await submitRequest(env, crew.people.applicant, requestId);
  return requestId;
}
const asked = async (requestId: string): Promise<string[]> =>
  (
    await env.db
      .selectFrom("request_steps")
      .select("candidates")
      .where("request_id", "=", requestId)
      .where("kind", "=", "legal-review")
      .executeTakeFirstOrThrow()
  ).candidates;
const delegate = async (delegatorId: string, delegateId: string): Promise<string> => {
  const { grant_id: grantId } = await env.db
    .selectFrom("grants")
    .select("grant_id")
    .where("person_id", "=", delegatorId)
    .executeTakeFirstOrThrow();
  const { delegationId } = await giveDelegation(env, delegatorId, {
    ...{ grantId, scope: { kind: "entity", id: crew.entityId }, delegateId },
    ...{ from: today(), to: addDays(today(), 5), reason: "On leave" },
  });
  return delegationId;
};

test("C11: somebody on leave is asked for nothing that his delegate may decide, and again when nobody stands in any more", async () => {
  const { lawyer, stranger } = crew.people;
  const before = await submit();
  assert.deepEqual(await asked(before), [lawyer]);
  assert.equal(await happens(lawyer, "person-leave", { data: { untilOn: addDays(today(), 5) } }), "done");
  assert.deepEqual(await readAbsentNow(env.db, env.clock.now()), [lawyer]);
  await leaveStepsOfAbsent(env);
  assert.deepEqual(await asked(before), [lawyer], "leave without a delegate slows business and never stops it");
  assert.deepEqual(await asked(await submit()), [lawyer]);

  await delegate(lawyer, stranger);
  await leaveStepsOfAbsent(env);
  assert.deepEqual(await asked(before), [stranger]);
  const during = await submit();
  assert.deepEqual(await asked(during), [stranger]);
  // The delegation ends by itself: what waited for the delegate goes back to who may decide it.
  await turnDelegations(later(7));
  assert.deepEqual([await asked(before), await asked(during)], [[lawyer], [lawyer]]);
  assert.deepEqual(await readAbsentNow(env.db, later(7).clock.now()), []);
});

test("C12 C11: leave stands in the proof; who is on leave takes no custody and stands in for nobody", async () => {
  const { lawyer, head, supervisor } = crew.people;
  const from = addDays(today(), 20);
  assert.equal(
    await happens(supervisor, "person-leave", { effectiveOn: from, data: { untilOn: addDays(from, 4) } }),
    "approved",
    "it takes effect on its day",
  );
  const past = { effectiveOn: addDays(today(), -9), data: { untilOn: addDays(today(), -2) } };
  assert.equal(await codeOf(happens(head, "person-leave", past)), "person.leave-over");
  const { absences = [] } = await readProofFacts(env.db, env.clock.now());
  assert.deepEqual(
    absences.map(({ personId, from: first, to }) => [personId, first, to]).toSorted(),
    [
      [lawyer, today(), addDays(today(), 5)],
      [supervisor, from, addDays(from, 4)],
    ].toSorted(),
  );
  assert.deepEqual(await readAbsentNow(env.db, env.clock.now()), [lawyer], "next month's leave is not today's");
  assert.deepEqual(
    [await readAwayUntil(env.db, lawyer, env.clock.now()), await readAwayUntil(env.db, supervisor, env.clock.now())],
    [addDays(today(), 5), null],
    "one's own page tells until when",
  );
  const seal = await env.db.selectFrom("seals").selectAll().where("seal_id", "=", sealId).executeTakeFirstOrThrow();
  const codes = async (personId: string) =>
    (await listUnfitness(env.db, env, personId, [seal])).map(({ code }) => code);
  assert.equal((await codes(lawyer)).includes("person.on-leave"), true);
  assert.equal((await codes(head)).includes("person.on-leave"), false);
  const { grant_id: grantId } = await env.db
    .selectFrom("grants")
    .select("grant_id")
    .where("person_id", "=", head)
    .executeTakeFirstOrThrow();
  const standIn = giveDelegation(env, head, {
    ...{ grantId, scope: { kind: "unit", id: crew.unitId }, delegateId: lawyer, reason: "A trip" },
    ...{ from: today(), to: today() },
  });
  assert.equal(await codeOf(standIn), "delegation.delegate-away");
});

test("C13 who leaves for good knows locks and may have seals out: each is a task, done when the lock has another holder", async () => {
  const { keeper, stranger, sealAdministrator } = crew.people;
  const { containerId, lockIds } = await addSafeInTest(env, crew, []);
  await changeLockHolder(env, sealAdministrator, { containerId, lockId: lockIds[0] ?? "", personId: keeper });
  await happens(keeper, "person-departure");
  const tasks = () =>
    env.db
      .selectFrom("tasks")
      .select(["kind", "state", "person_id", "facts"])
      .where("kind", "=", "change-lock")
      .execute();
  const [task, ...more] = await tasks();
  assert.deepEqual([more.length, task?.state, task?.person_id, task?.facts.lock], [0, "open", keeper, "K1"]);
  await transact(env.db, (tx) =>
    giveLock(tx, env, { containerId, lockId: lockIds[0] ?? "" }, stranger, {
      actorId: sealAdministrator,
      matterId: null,
    }),
  );
  assert.equal((await tasks())[0]?.state, "done");
});

test("C11: who is back before the end of his leave decides again, and who stood in for these days no more", async () => {
  const { lawyer, stranger, head, administrator } = crew.people;
  assert.equal(await happens(lawyer, "person-leave", { data: { untilOn: addDays(today(), 5) } }), "done");
  const step = await submit();
  await delegate(lawyer, stranger);
  await leaveStepsOfAbsent(env);
  assert.deepEqual(await asked(step), [stranger]);
  const returns = (asker: string, change = {}) =>
    askMatterInTest(env, crew, { ...{ kind: "leave-end", asker, personId: lawyer }, ...change }).then((matterId) =>
      submitMatter(env, asker, matterId),
    );
  assert.equal(await codeOf(returns(head)), "person.return-of-another");
  assert.equal(await codeOf(returns(lawyer, { effectiveOn: addDays(today(), -1) })), "person.return-backwards");
  assert.equal(await codeOf(returns(lawyer, { effectiveOn: addDays(today(), 6) })), "person.not-on-leave");
  // Said beforehand, it takes effect on its day.
  assert.equal((await returns(administrator, { effectiveOn: addDays(today(), 3) })).state, "approved");
  assert.deepEqual(await readAbsentNow(env.db, later(2).clock.now()), [lawyer]);
  assert.deepEqual(await readAbsentNow(env.db, later(3).clock.now()), []);
  assert.deepEqual(await asked(step), [stranger]);
  const checks = () =>
    env.db.selectFrom("separation_checks").select("asked_by").where("asked_by", "is", null).execute();
  const before = (await checks()).length;
  await carryOutDueMatters(later(3));
  assert.deepEqual(await asked(step), [lawyer]);
  assert.equal((await checks()).length, before + 1, "the proof was asked anew");
  const open = await env.db
    .selectFrom("delegations")
    .select("end_cause")
    .where("delegator_id", "=", lawyer)
    .where("ended_at", "is", null)
    .execute();
  assert.deepEqual(open, []);
  // Leave that is asked for afterwards is not cut by an earlier return.
  assert.equal(await happens(lawyer, "person-leave", { data: { untilOn: addDays(today(), 5) } }), "done");
  assert.deepEqual(await readAbsentNow(env.db, later(4).clock.now()), [lawyer]);
});

test("C13 who is on leave holds locks and has a seal out: each is a task for others, due by working days, until he is back", async () => {
  const { secondCustodian, custodian, sealAdministrator, applicant, signatory } = crew.people;
  const { containerId, lockIds } = await addSafeInTest(env, crew, []);
  await changeLockHolder(env, sealAdministrator, { containerId, lockId: lockIds[1] ?? "", personId: secondCustodian });
  const bodyId = await addPieceInTest(env, ordinary);
  const takeOut = await submitInTest(env, crew, "take-out", applicant, {
    sealId: ordinary,
    data: {
      ...{ bodyId, escort: [custodian, secondCustodian], place: "Registry", documents: [] },
      ...{ mostImpressions: 1, dueAt: new Date(env.clock.now() + 3_600_000).toISOString() },
    },
  });
  await approveMatterInTest(env, takeOut, signatory);
  await photographInTest(env, custodian, takeOut, "issue");
  await confirmInTest(env, custodian, takeOut, "keeper", { condition: "good" });
  await confirmInTest(env, secondCustodian, takeOut, "companion", { condition: "good" });

  const tasks = async () =>
    (
      await env.db
        .selectFrom("tasks")
        .select(["kind", "state", "assignee_role", "due_at"])
        .where("person_id", "=", secondCustodian)
        .where("kind", "in", ["change-lock", "bring-back"])
        .orderBy("kind")
        .execute()
    ).map((task) => ({ ...task, due_at: dayInTest(task.due_at?.getTime() ?? 0) }));
  const leave = await askMatterInTest(env, crew, {
    ...{ kind: "person-leave", personId: secondCustodian, data: { untilOn: addDays(today(), 9) } },
  });
  await submitMatter(env, sealAdministrator, leave);
  await approveMatterInTest(env, leave, signatory);
  const due = addWorkingDays(today(), 3, plainCalendar);
  const task = (kind: string, state: string) => ({ kind, state, assignee_role: "seal-administrator", due_at: due });
  assert.deepEqual(await tasks(), [task("bring-back", "open"), task("change-lock", "open")]);
  await endTasksOfTheReturned(later(9));
  assert.equal((await tasks())[0]?.state, "open", "on his last day away he is away");
  await endTasksOfTheReturned(later(10));
  assert.deepEqual(await tasks(), [task("bring-back", "cancelled"), task("change-lock", "cancelled")]);
});
