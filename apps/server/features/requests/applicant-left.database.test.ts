import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { RuleSet } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { applyInTest, approveInTest, presentInTest } from "../../platform/test-walk.ts";
import { decideStep } from "../approvals/service.ts";
import { readTimeline } from "../ledger/timeline.ts";
import { submitMatter } from "../matters/ask-matter.ts";
import { approveMatterInTest, askMatterInTest } from "../matters/test-matters.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { changeRulesInTest } from "../rules/test-rules.ts";
import { readDetail } from "./detail.ts";
import { endTasksOfOverRequests } from "./leaver-requests.ts";
import { loadRequest } from "./load-request.ts";
import { seesRequest } from "./may-see.ts";
import { submitRequest, withdrawRequest } from "./submit-service.ts";
import { summarise } from "./summaries.ts";

let on: TestEnvironment;
let env: Environment;
let crew: TestCrew;
let people: TestCrew["people"];
let sealId: string;
before(async () => {
  on = await createTestEnvironment();
  env = on.env;
  crew = await createTestCrew(env);
  people = crew.people;
  sealId = await crew.registerSeal("contract", "LX-02");
});
after(() => on?.close());

async function leaving(personId: string): Promise<string> {
  const matterId = await askMatterInTest(env, crew, { kind: "person-departure", personId });
  await submitMatter(env, people.sealAdministrator, matterId);
  return matterId;
}
async function leave(personId: string): Promise<void> {
  assert.equal(await approveMatterInTest(env, await leaving(personId), people.signatory), "done");
}
async function submit(): Promise<string> {
  const requestId = await applyInTest(env, crew, sealId, { handlerId: people.stranger });
  await submitRequest(env, people.applicant, requestId);
  return requestId;
}
async function decide(requestId: string, personId: string, decision: "approve" | "return"): Promise<void> {
  const { row, steps } = await loadRequest(env.db, requestId);
  const digest = row.digest ?? "";
  const stepId = steps.find((one) => one.state === "current" && one.candidates.includes(personId))?.stepId ?? "";
  await decideStep(env, personId, {
    ...{ requestId, stepId, decision, comment: "Which gauges?", digest },
    presence: { stepUpId: await presentInTest(env, personId, decision, requestId, digest), method: "password" },
  });
}
const idsOf = (list: readonly { personId: string }[]): string[] => list.map(({ personId }) => personId);
/** Everybody whom a request says it waits for: on its page, at the gate, and in a list. */
async function waitedFor(requestId: string) {
  const detail = await readDetail(env, people.inspector, requestId);
  const [summary] = await summarise(env.db, env, [requestId]);
  return {
    steps: detail.waiting.map(({ kind, people: asked }) => [kind, idsOf(asked)]),
    all: [
      ...detail.waiting.flatMap((one) => idsOf(one.people)),
      ...(detail.gate?.conditions ?? []).flatMap(({ who }) => idsOf(who)),
      ...idsOf(summary?.waitingFor ?? []),
    ],
  };
}

test("C01: who has left is named nowhere as somebody a request waits for; where the rules named nobody else it says so", async () => {
  const board = people.keeper;
  const named = (rules: RuleSet): RuleSet => {
    const [first, ...rest] = rules.route.rows;
    assert.ok(first);
    const title = { en: "Board", zh: "董事会" };
    const output = { ...first.output, decider: "named" as const, title, people: [board] };
    return { ...rules, route: { ...rules.route, rows: [{ ...first, rowId: "board", output }, first, ...rest] } };
  };
  await changeRulesInTest(env, crew, named);
  const requestId = await submit();
  const before = await waitedFor(requestId);
  assert.deepEqual(
    before.steps.find(([kind]) => kind === "named"),
    ["named", [board]],
  );
  assert.ok(before.all.filter((one) => one === board).length >= 3, "on the page, at the gate and in the list");
  await leave(board);
  const after = await waitedFor(requestId);
  assert.deepEqual(
    after.steps.find(([kind]) => kind === "named"),
    ["named", []],
    "it waits, and for nobody",
  );
  assert.ok(!after.all.includes(board));
  // Submitted again it is refused until the rules name somebody who is here, and then goes on.
  await withdrawRequest(env, people.applicant, requestId, "");
  assert.deepEqual(await codesOf(submitRequest(env, people.applicant, requestId)), ["route.named-missing"]);
  await changeRulesInTest(env, crew, (rules) => ({
    ...rules,
    route: { ...rules.route, rows: rules.route.rows.filter(({ rowId }) => rowId !== "board") },
  }));
  await submitRequest(env, people.applicant, requestId);
  await withdrawRequest(env, people.applicant, requestId, "");
});

test("C09: what an applicant who left asked for is taken back by his handler or who administers the seals, and by nobody else", async () => {
  const [returned, other, authorised] = [await submit(), await submit(), await submit()];
  for (const requestId of [returned, other]) await decide(requestId, people.head, "return");
  await approveInTest(env, crew, authorised);
  const { sealAdministrator, stranger: handler, head, signatory, custodian } = people;
  assert.equal(await seesRequest(env.db, sealAdministrator, returned, env.clock.now()), false);
  for (const personId of [sealAdministrator, handler])
    assert.deepEqual(await codesOf(withdrawRequest(env, personId, returned, "")), ["subject.not-found"], "he is here");
  assert.equal((await readDetail(env, custodian, authorised)).applicantLeft, null);
  await leave(people.applicant);
  const asked = () =>
    env.db
      .selectFrom("tasks")
      .select(["subject_key", "assignee_id", "state"])
      .where("kind", "=", "applicant-left")
      .orderBy("subject_key")
      .execute();
  const wanted = [returned, other, authorised].toSorted();
  assert.deepEqual(
    await asked(),
    wanted.map((subject_key) => ({ subject_key, assignee_id: people.stranger, state: "open" })),
  );

  // Whoever releases reads that nobody stands behind it any more who asked for it.
  const { timeZone } = await env.db
    .selectFrom("entities")
    .select("time_zone as timeZone")
    .where("entity_id", "=", crew.entityId)
    .executeTakeFirstOrThrow();
  const today = dayIn(timeZone, env.clock.now());
  assert.deepEqual((await readDetail(env, custodian, authorised)).applicantLeft, { on: today });
  const seen = await readDetail(env, sealAdministrator, returned);
  assert.deepEqual(
    seen.waiting.map(({ act, people: asked }) => [act, idsOf(asked).toSorted()]),
    [["take-back", [handler, sealAdministrator].toSorted()]],
  );
  assert.ok(seen.actions.includes("withdraw"));
  assert.equal(await seesRequest(env.db, sealAdministrator, returned, env.clock.now()), true);
  for (const personId of [head, signatory, custodian, people.inspector])
    assert.deepEqual(await codesOf(withdrawRequest(env, personId, returned, "")), ["subject.not-found"]);
  // Both at once: one of them does it.
  const both = await Promise.all(
    [handler, sealAdministrator].map((personId) => codesOf(withdrawRequest(env, personId, returned, "He left"))),
  );
  assert.deepEqual(both.flat(), ["request.command-not-possible"]);
  const told = (await readTimeline(env.db, { requestId: returned })).filter(
    ({ type }) => type === "SealUseRequestWithdrawn",
  );
  assert.equal(told.length, 1);
  assert.equal(told[0]?.person?.personId, people.applicant, "in whose place");
  assert.ok([handler, sealAdministrator].includes(told[0]?.actor?.personId ?? ""));
  assert.deepEqual((await readDetail(env, handler, returned)).waiting, [], "it is over, and waits for nobody");
  await withdrawRequest(env, handler, other, "");
  await withdrawRequest(env, sealAdministrator, authorised, "");
  assert.equal((await loadRequest(env.db, authorised)).row.state, "withdrawn");
  await endTasksOfOverRequests(env);
  assert.ok((await asked()).every(({ state }) => state === "done"));
});

test("C01: a person decides and leaves at once: he decided before he left, or it is another's, and never half of it", async () => {
  const requestId = await applyInTest(env, crew, sealId, { applicantId: people.stranger });
  await submitRequest(env, people.stranger, requestId);
  const matterId = await leaving(people.head);
  const [decided, left] = await Promise.allSettled([
    decide(requestId, people.head, "approve"),
    approveMatterInTest(env, matterId, people.signatory),
  ]);
  assert.equal(left.status, "fulfilled");
  const step = (await loadRequest(env.db, requestId)).steps.find((one) => one.kind === "unit-head");
  assert.equal(step?.decidedBy, decided.status === "fulfilled" ? people.head : null);
  assert.equal(step?.state, decided.status === "fulfilled" ? "approved" : "current");
  assert.ok(!(await waitedFor(requestId)).all.includes(people.head));
});
