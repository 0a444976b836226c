import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { transact } from "../../platform/db.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { applyInTest, presentInTest } from "../../platform/test-walk.ts";
import { runRound } from "../clockwork/ticks.ts";
import { readTimeline } from "../ledger/timeline.ts";
import { giveGrant } from "../organisation/grants.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import { readDetail } from "../requests/detail.ts";
import { loadRequest } from "../requests/load-request.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { listSummaries } from "../requests/summaries.ts";
import { followOverdueSteps } from "./overdue-ticks.ts";
import { decideStep } from "./service.ts";

let place: TestEnvironment;
let crew: TestCrew;
let sealId: string;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  sealId = await crew.registerSeal("contract", "LX-02");
});
after(() => place?.close());

/** The environment some hours later. */
const later = (hours: number) => ({ ...place.env, clock: { now: () => place.env.clock.now() + hours * 3_600_000 } });
const submit = async (): Promise<string> => {
  const requestId = await applyInTest(place.env, crew, sealId);
  await submitRequest(place.env, crew.people.applicant, requestId);
  return requestId;
};
const told = async (requestId: string): Promise<string[]> =>
  (await readTimeline(place.env.db, { requestId })).map((one) => one.type).filter((type) => /Remind|Escal/.test(type));
const tasksAbout = (requestId: string) =>
  place.env.db.selectFrom("tasks").select(["state", "assignee_role"]).where("subject_key", "=", requestId).execute();

test("a step that waits too long is told once, and escalated once to the next superior", async () => {
  const { env } = place;
  const { head, stranger } = crew.people;
  const [requestId, other] = [await submit(), await submit()];
  await followOverdueSteps(later(47));
  assert.deepEqual(await told(requestId), []);
  await Promise.all([followOverdueSteps(later(49)), followOverdueSteps(later(49))]);
  await followOverdueSteps(later(50));
  assert.deepEqual(await told(requestId), ["SealUseStepReminded"]);
  // Nobody else heads anything yet: nobody is asked as well, none is said to be, and whoever runs the seals is told, once.
  await Promise.all([followOverdueSteps(later(97)), followOverdueSteps(later(97))]);
  await followOverdueSteps(later(98));
  assert.deepEqual(await told(requestId), ["SealUseStepReminded"]);
  assert.deepEqual(await tasksAbout(requestId), [{ state: "open", assignee_role: "seal-administrator" }]);
  const [alone, next] = (await readDetail(later(98), head, requestId)).steps;
  assert.deepEqual([alone?.nobodyElse, alone?.escalatedAt, next?.nobodyElse], [true, null, false]);
  await transact(env.db, (tx) =>
    giveGrant(tx, env, {
      ...{ actorId: head, personId: stranger, role: "unit-head", scope: { kind: "entity", id: crew.entityId } },
    }),
  );
  await confirmPositionsInTest(env);
  await Promise.all([followOverdueSteps(later(99)), followOverdueSteps(later(99))]);
  await followOverdueSteps(later(200));
  assert.deepEqual(await told(requestId), ["SealUseStepEscalated", "SealUseStepReminded"]);
  const { steps } = await loadRequest(env.db, requestId);
  assert.deepEqual(await tasksAbout(requestId), [{ state: "cancelled", assignee_role: "seal-administrator" }]);
  assert.equal((await readDetail(later(200), head, requestId)).steps[0]?.nobodyElse, false);
  assert.deepEqual(steps[0]?.candidates, [head, stranger], "who was asked first is asked still");
  assert.ok(steps.slice(1).every((step) => step.escalatedAt === null && step.remindedAt === null));
  const waits = await listSummaries(later(97), stranger, { view: "waiting" });
  assert.deepEqual(waits.items.map((item) => item.requestId).toSorted(), [requestId, other].toSorted());
  assert.ok(waits.items.every((item) => item.overdueSince !== null));
  assert.notEqual((await readDetail(later(97), stranger, requestId)).steps[0]?.overdueSince, null);
});

test("what is overdue stands first in the inbox, longest first", async () => {
  const requestId = await submit();
  const { items } = await listSummaries(later(1), crew.people.head, { view: "waiting" });
  assert.equal(items[0]?.overdueSince, null);
  await place.env.db
    .updateTable("request_steps")
    .set({ due_at: new Date(place.env.clock.now() - 1000) })
    .where("request_id", "=", requestId)
    .where("state", "=", "current")
    .execute();
  await place.env.db
    .updateTable("seal_use_requests")
    .set({ updated_at: new Date(0) })
    .where("request_id", "=", requestId)
    .execute();
  const sorted = await listSummaries(place.env, crew.people.head, { view: "waiting" });
  assert.equal(sorted.items[0]?.requestId, requestId);
  assert.ok(sorted.items.length > 1 && sorted.items.slice(1).every((item) => item.overdueSince === null));
});

test("whole rounds of the clockwork: reminded, then asked of the next superior too, who finds it in his inbox and decides it", async () => {
  const { env } = place;
  const { head, stranger } = crew.people;
  const requestId = await submit();
  const at = async (hours: number) => {
    await runRound(later(hours));
    const waits = await listSummaries(later(hours), stranger, { view: "waiting" });
    const { steps } = await loadRequest(env.db, requestId);
    return {
      inbox: waits.items.filter((item) => item.requestId === requestId).map((item) => item.overdueSince),
      step: [steps[0]?.remindedAt !== null, steps[0]?.escalatedAt !== null],
      told: await told(requestId),
    };
  };
  assert.deepEqual(await at(47), { inbox: [], step: [false, false], told: [] });
  assert.deepEqual(await at(49), { inbox: [], step: [true, false], told: ["SealUseStepReminded"] });
  const escalated = await at(97);
  assert.deepEqual(
    [escalated.step, escalated.told],
    [
      [true, true],
      ["SealUseStepEscalated", "SealUseStepReminded"],
    ],
  );
  const due = new Date(env.clock.now() + 48 * 3_600_000).getTime();
  assert.equal(escalated.inbox.length, 1, "it stands in the inbox of who is asked now");
  assert.ok(
    Math.abs(new Date(escalated.inbox[0] ?? "").getTime() - due) < 60_000,
    "with the hour since which it is overdue",
  );
  const [toWhom] = (await readTimeline(env.db, { requestId })).filter((one) => one.type === "SealUseStepEscalated");
  assert.equal(toWhom?.person?.personId, stranger, "the ledger says of whom it is asked as well");
  assert.deepEqual((await at(98)).told, escalated.told, "and says it once");
  const { row, steps } = await loadRequest(env.db, requestId);
  const digest = row.digest ?? "";
  const stepUpId = await presentInTest(env, stranger, "approve", requestId, digest);
  await decideStep(env, stranger, {
    ...{ requestId, stepId: steps[0]?.stepId ?? "", digest, decision: "approve", comment: "" },
    presence: { stepUpId, method: "password" },
  });
  const [decided, next] = (await loadRequest(env.db, requestId)).steps;
  assert.deepEqual([decided?.decidedBy, decided?.state, next?.state], [stranger, "approved", "current"]);
  assert.deepEqual(
    (await listSummaries(later(98), head, { view: "waiting" })).items.filter((item) => item.requestId === requestId),
    [],
  );
});
