import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import type { RuleSet } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { applyInTest, presentInTest } from "../../platform/test-walk.ts";
import { readTimeline } from "../ledger/timeline.ts";
import { submitMatter } from "../matters/ask-matter.ts";
import { approveMatterInTest, askMatterInTest } from "../matters/test-matters.ts";
import { endGrants } from "../organisation/end-grants.ts";
import { giveGrant } from "../organisation/grants.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import { loadRequest } from "../requests/load-request.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { beginDraft, saveDraft } from "../rules/draft-service.ts";
import { readVersion } from "../rules/read-model.ts";
import { readRulesInForce } from "../rules/read-rules.ts";
import { askAnewWhereAllLeft } from "./overdue-ticks.ts";
import { decideStep } from "./service.ts";

let place: TestEnvironment;
let crew: TestCrew;
let sealId: string;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  sealId = await crew.registerSeal("contract", "LX-02");
  await give(crew.people.stranger, "signatory");
  await confirmPositionsInTest(place.env);
});
after(() => place?.close());

const give = (personId: string, role: "signatory" | "unit-head") =>
  transact(place.env.db, (tx) =>
    giveGrant(tx, place.env, {
      ...{ actorId: crew.people.head, personId, role, scope: { kind: "entity", id: crew.entityId } },
    }),
  );
const codes = (results: readonly PromiseSettledResult<unknown>[]): string[] =>
  results.flatMap((result) => {
    if (result.status === "fulfilled") return [];
    assert.ok(result.reason instanceof ProblemError, String(result.reason));
    return [result.reason.code];
  });
/** Puts rules in force by which `quorum` signatories agree. */
async function proposeQuorum(quorum: number): Promise<string> {
  const { env } = place;
  const { sealAdministrator } = crew.people;
  const { versionId: from, rules } = await readRulesInForce(env.db);
  const rows = rules.route.rows.map((row) => {
    const mode = quorum > 1 ? ("quorum" as const) : ("any" as const);
    return row.output.decider === "signatory"
      ? { ...row, output: { ...row.output, mode, quorum: Math.max(2, quorum) } }
      : row;
  });
  const versionId = await beginDraft(env, sealAdministrator, { from, note: "quorum" });
  const changed: RuleSet = { ...rules, route: { ...rules.route, rows } };
  await saveDraft(env, sealAdministrator, versionId, { revision: 1, note: "quorum", rules: changed });
  const { digest } = await readVersion(env, versionId, { personId: sealAdministrator, mayWrite: true });
  const matterId = await askMatterInTest(env, crew, { kind: "change-rules", data: { versionId, digest } });
  await submitMatter(env, sealAdministrator, matterId);
  return matterId;
}
const submit = async (): Promise<string> => {
  const requestId = await applyInTest(place.env, crew, sealId);
  await submitRequest(place.env, crew.people.applicant, requestId);
  return requestId;
};
const openSteps = async (requestId: string): Promise<string[]> =>
  (await loadRequest(place.env.db, requestId)).steps.filter((one) => one.state === "current").map((one) => one.stepId);
async function decide(requestId: string, personId: string, stepId?: string): Promise<void> {
  const { row } = await loadRequest(place.env.db, requestId);
  const digest = row.digest ?? "";
  await decideStep(place.env, personId, {
    ...{ requestId, stepId: stepId ?? (await openSteps(requestId))[0] ?? "", decision: "approve", comment: "", digest },
    presence: { stepUpId: await presentInTest(place.env, personId, "approve", requestId, digest), method: "password" },
  });
}

test("C01: rules take force while a request is submitted: it is promised the old ones or the new ones, and its steps are theirs", async () => {
  const { env } = place;
  for (let round = 0; round < 4; round += 1) {
    const quorum = round % 2 === 0 ? 2 : 1;
    const before = (await readRulesInForce(env.db)).versionId;
    const matterId = await proposeQuorum(quorum);
    const requestId = await applyInTest(env, crew, sealId);
    const results = await Promise.allSettled([
      submitRequest(env, crew.people.applicant, requestId),
      approveMatterInTest(env, matterId, crew.people.signatory),
    ]);
    assert.deepEqual(codes(results), []);
    const now = (await readRulesInForce(env.db)).versionId;
    assert.notEqual(now, before);
    const { row, steps } = await loadRequest(env.db, requestId);
    assert.ok(row.rules_version === before || row.rules_version === now, `${row.rules_version}`);
    const byNew = row.rules_version === now;
    const needed = steps.filter((one) => one.kind === "signatory").length;
    assert.equal(needed, byNew === (quorum === 2) ? 2 : 1);
  }
});

test("C01: two of a quorum decide at once: both agreements count, also where both saw the same place open, and nobody's twice", async () => {
  await approveMatterInTest(place.env, await proposeQuorum(2), crew.people.signatory);
  const { head, lawyer, signatory, stranger } = crew.people;
  for (const same of [false, true, false, true]) {
    const requestId = await submit();
    for (const person of [head, lawyer]) await decide(requestId, person);
    const [one, two] = await openSteps(requestId);
    const results = await Promise.allSettled([
      decide(requestId, signatory, one),
      decide(requestId, stranger, same ? one : two),
    ]);
    assert.deepEqual(codes(results), []);
    const { row } = await loadRequest(place.env.db, requestId);
    assert.equal(row.state, "authorised");
    const told = (await readTimeline(place.env.db, { requestId })).map((entry) => entry.type);
    assert.equal(told.filter((type) => type === "SealUseRequestAuthorised").length, 1);
  }
  const requestId = await submit();
  for (const person of [head, lawyer]) await decide(requestId, person);
  const [one, two] = await openSteps(requestId);
  const twice = await Promise.allSettled([decide(requestId, signatory, one), decide(requestId, signatory, two)]);
  assert.equal(codes(twice).length, 1);
  assert.equal((await loadRequest(place.env.db, requestId)).row.state, "in-review");
  // A page that shows no step of his any more names none: he is told that he decided, not of a duty he never had.
  const told = await codesOf(decide(requestId, lawyer, "step_gone"));
  assert.deepEqual(told, ["approval.decided-already"]);
  assert.deepEqual(await codesOf(decide(requestId, crew.people.custodian, "step_gone")), ["approval.step-not-current"]);
});

async function addPerson(name: string): Promise<string> {
  const { env } = place;
  const [personId, now] = [newId("per", env.clock.now()), new Date(env.clock.now())];
  const { organisation_id } = await env.db
    .selectFrom("installation")
    .select("organisation_id")
    .executeTakeFirstOrThrow();
  await env.db
    .insertInto("people")
    .values({
      ...{
        person_id: personId,
        organisation_id: organisation_id ?? "",
        entity_id: crew.entityId,
        unit_id: crew.unitId,
      },
      ...{ name_en: name, name_zh: name, login: name, state: "active", ledger_salt: randomBytes(16), created_at: now },
    })
    .execute();
  return personId;
}

test("C11: a person leaves while his step waits: he decided it before, or somebody else is asked, and never both", async () => {
  const { env } = place;
  let head = crew.people.head;
  for (let round = 0; round < 3; round += 1) {
    const requestId = await submit();
    const leaver = head;
    const grants = await env.db
      .selectFrom("grants")
      .select("grant_id")
      .where("person_id", "=", leaver)
      .where("state", "=", "given")
      .execute();
    const ids = grants.map((one) => one.grant_id);
    const by = { actorId: crew.people.sealAdministrator, reason: "left" };
    const acts = [() => decide(requestId, leaver), () => transact(env.db, (tx) => endGrants(tx, env, ids, by))];
    // Once he left before, so that it is asked of another for certain.
    if (round === 2) await acts[1]?.();
    const results = await Promise.allSettled((round % 2 ? acts.toReversed() : acts).map((act) => act()));
    assert.ok(codes(results).every((code) => code === "approval.grant-ended"));
    const decided = codes(results).length === 0;
    head = await addPerson(`deputy-${round}`);
    await give(head, "unit-head");
    await confirmPositionsInTest(env);
    await Promise.all([askAnewWhereAllLeft(env), askAnewWhereAllLeft(env)]);
    const told = (await readTimeline(env.db, { requestId })).filter((one) => one.type === "SealUseStepEscalated");
    assert.deepEqual(
      told.map((one) => one.person?.personId),
      decided ? [] : [head],
    );
    if (!decided) await decide(requestId, head);
    const first = (await loadRequest(env.db, requestId)).steps.find((one) => one.kind === "unit-head");
    assert.equal(first?.decidedBy, decided ? leaver : head);
  }
});
