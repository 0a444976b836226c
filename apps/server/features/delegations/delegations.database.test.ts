import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { addDays } from "@chancery/domain";
import { newId } from "../../platform/ids.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { dayInTest } from "../../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { applyInTest, presenceInTest, presentInTest } from "../../platform/test-walk.ts";
import { decideStep } from "../approvals/service.ts";
import { readPermissions } from "../identity/permissions.ts";
import { readTimeline } from "../ledger/timeline.ts";
import { submitMatter, withdrawMatter } from "../matters/ask-matter.ts";
import { decideMatterStepOf } from "../matters/decide-matter.ts";
import { getMatter, readSteps } from "../matters/store.ts";
import { askMatterInTest, presentForMatterInTest } from "../matters/test-matters.ts";
import { endGrant } from "../organisation/people-service.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import { loadRequest } from "../requests/load-request.ts";
import { submitRequest, withdrawRequest } from "../requests/submit-service.ts";
import { listSummaries } from "../requests/summaries.ts";
import { beginDraft, saveDraft } from "../rules/draft-service.ts";
import { readVersion } from "../rules/read-model.ts";
import { readRulesInForce } from "../rules/read-rules.ts";
import { findHoles } from "../separation/prove.ts";
import { readProofFacts } from "../separation/read-proof.ts";
import { delegationHandlers } from "./routes.ts";
import { type DelegationToGive, endDelegation, giveDelegation } from "./service.ts";
import { turnDelegations } from "./ticks.ts";

let place: TestEnvironment;
let crew: TestCrew;
let sealId: string;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  sealId = await crew.registerSeal("contract", "LX-02");
});
after(() => place?.close());

const today = (): string => dayInTest(place.env.clock.now());
const at = (days: number) => ({ ...place.env, clock: { now: () => place.env.clock.now() + days * 86_400_000 } });
let people = 0;
async function addPerson(): Promise<string> {
  const personId = newId("per", place.env.clock.now());
  people += 1;
  const { organisation_id } = await place.env.db
    .selectFrom("installation")
    .select("organisation_id")
    .executeTakeFirstOrThrow();
  await place.env.db
    .insertInto("people")
    .values({
      ...{
        person_id: personId,
        organisation_id: organisation_id ?? "",
        entity_id: crew.entityId,
        unit_id: crew.unitId,
      },
      ...{ name_en: `Deputy ${people}`, name_zh: `代理${people}`, login: `deputy-${people}`, state: "active" },
      ...{ ledger_salt: randomBytes(16), created_at: new Date() },
    })
    .execute();
  return personId;
}
const grantOf = async (personId: string): Promise<string> =>
  (
    await place.env.db
      .selectFrom("grants")
      .select("grant_id")
      .where("person_id", "=", personId)
      .where("state", "=", "given")
      .executeTakeFirstOrThrow()
  ).grant_id;
async function delegate(
  delegatorId: string,
  delegateId: string,
  change: Partial<DelegationToGive> = {},
  env = place.env,
): Promise<string> {
  const given = await giveDelegation(env, delegatorId, {
    ...{
      grantId: change.grantId ?? (await grantOf(delegatorId)),
      scope: { kind: "entity", id: crew.entityId },
      delegateId,
    },
    ...{ from: today(), to: addDays(today(), 6), reason: "On leave", ...change },
  });
  return given.delegationId;
}
const refused = (code: string) => (error: unknown) =>
  error instanceof ProblemError && (error.code === code || error.refusals.some((one) => one.code === code));
async function decide(requestId: string, personId: string, env = place.env): Promise<void> {
  const { row, steps } = await loadRequest(env.db, requestId);
  const digest = row.digest ?? "";
  await decideStep(env, personId, {
    ...{ requestId, stepId: steps.find((one) => one.state === "current")?.stepId ?? "", decision: "approve" },
    ...{ comment: "", digest },
    presence: { stepUpId: await presentInTest(env, personId, "approve", requestId, digest), method: "password" },
  });
}
const delegationsOf = (personId: string) => {
  const call = { person: () => ({ personId, permissions: new Set() }) } as never;
  return delegationHandlers(place.env)["GET /v1/delegations"]({ query: { view: "mine" } } as never, call);
};
async function submit(applicantId = crew.people.applicant): Promise<string> {
  const requestId = await applyInTest(place.env, crew, sealId, { applicantId });
  await submitRequest(place.env, applicantId, requestId);
  return requestId;
}
const waitingFor = async (personId: string, env = place.env): Promise<string[]> =>
  (await listSummaries(env, personId, { view: "waiting" })).items.map((item) => item.requestId);

test("C11: a delegate decides what waits, in the delegator's place, and it is told with the decision", async () => {
  const { env } = place;
  const { head, lawyer, signatory } = crew.people;
  const deputy = await addPerson();
  const requestId = await submit();
  await decide(requestId, head);
  await decide(requestId, lawyer);
  await assert.rejects(decide(requestId, deputy), refused("approval.not-a-candidate"));
  // The request was there before the delegation: whoever stands in is asked too for what waits.
  const delegationId = await delegate(signatory, deputy);
  assert.deepEqual(await waitingFor(deputy), [requestId]);
  const permissions = await readPermissions(env.db, deputy, env.clock.now());
  assert.equal(permissions.has("request.decide"), true);
  assert.equal(permissions.has("person.confirm"), false, "accounts are not confirmed in another's place");
  await decide(requestId, deputy);
  const { row, steps } = await loadRequest(env.db, requestId);
  assert.equal(row.state, "authorised");
  assert.deepEqual([steps[2]?.decidedBy, steps[2]?.decidedFor], [deputy, signatory]);
  const entry = (await readTimeline(env.db, { requestId })).find(
    (one) => one.type === "SealUseStepApproved" && one.actor?.personId === deputy,
  );
  assert.equal(entry?.standsFor?.personId, signatory);
  assert.equal(entry?.facts.delegation, delegationId);
  await endDelegation(env, signatory, delegationId, "Back again");
  assert.equal((await readPermissions(env.db, deputy, env.clock.now())).has("request.decide"), false);
});

test("C11: a signatory delegates one seal alone: the delegate decides on its uses, and on no other seal's", async () => {
  const { env } = place;
  const { signatory } = crew.people;
  const [deputy, another, other] = [await addPerson(), await addPerson(), await crew.registerSeal("business", "LX-03")];
  const [grant] = (await delegationsOf(signatory)).grants;
  const part = grant?.parts.find((one) => one.scope.kind === "seal" && one.scope.sealId === other);
  assert.equal(part?.name.en.endsWith("LX-03"), true);
  await delegate(signatory, deputy, { scope: { kind: "seal", id: sealId } });
  await delegate(signatory, another, { scope: { kind: "seal", id: other } });
  assert.deepEqual((await delegationsOf(deputy)).grants, [], "what is delegated is not passed on");
  const { steps } = await loadRequest(env.db, await submit());
  const asked = steps.find((step) => step.kind === "signatory")?.candidates ?? [];
  assert.deepEqual([asked.includes(deputy), asked.includes(another)], [true, false]);
  const { grants } = await readProofFacts(env.db, env.clock.now());
  assert.deepEqual(
    grants.filter((one) => one.personId === another).map((one) => one.scope),
    [{ kind: "seal", id: other }],
    "the proof sees just that part",
  );
});

test("C11: when a delegation ends, the delegate is asked no more and decides no more", async () => {
  const { head, lawyer, signatory } = crew.people;
  const deputy = await addPerson();
  const delegationId = await delegate(signatory, deputy);
  const requestId = await submit();
  await decide(requestId, head);
  await decide(requestId, lawyer);
  assert.deepEqual(await waitingFor(deputy), [requestId]);
  await endDelegation(place.env, deputy, delegationId, "I am away too");
  assert.deepEqual(await waitingFor(deputy), []);
  await assert.rejects(decide(requestId, deputy), refused("approval.not-a-candidate"));
  await decide(requestId, signatory);
});

test("C11: a conflict of interest travels: nobody decides in the place of who asks", async () => {
  const { env } = place;
  const { head, lawyer, signatory } = crew.people;
  const deputy = await addPerson();
  const second = await addPerson();
  await env.db
    .insertInto("grants")
    .values({
      ...{ grant_id: newId("grant", env.clock.now()), person_id: second, role: "signatory", scope_kind: "entity" },
      ...{ scope_id: crew.entityId, from_on: today(), state: "given", granted_by: null, granted_at: new Date() },
    })
    .execute();
  await confirmPositionsInTest(env, second);
  const delegationId = await delegate(signatory, deputy);
  const requestId = await submit(signatory);
  await decide(requestId, head);
  await decide(requestId, lawyer);
  const { steps } = await loadRequest(env.db, requestId);
  assert.deepEqual(steps[2]?.candidates, [second], "the applicant's delegate is not asked");
  // Even if he had been asked, the rule is asked again when he decides.
  await env.db
    .updateTable("request_steps")
    .set({ candidates: [second, deputy] })
    .where("step_id", "=", steps[2]?.stepId ?? "")
    .execute();
  await assert.rejects(decide(requestId, deputy), refused("approval.delegator-concerned"));
  await decide(requestId, second);
  await endDelegation(env, signatory, delegationId, "Back again");
  await endGrant(env, crew.people.sealAdministrator, await grantOf(second), "Over");
});

test("C11: a head further up who decides by the nearest one's delegation decides in his place, and he has had his part", async () => {
  const { env } = place;
  const { head, lawyer, signatory } = crew.people;
  const upper = await addPerson();
  const officeId = newId("unit", env.clock.now());
  const { parent_unit_id: top } = await env.db
    .selectFrom("units")
    .select("parent_unit_id")
    .where("unit_id", "=", crew.unitId)
    .executeTakeFirstOrThrow();
  await env.db
    .insertInto("units")
    .values({
      ...{ unit_id: officeId, entity_id: crew.entityId, parent_unit_id: top },
      ...{ name_en: "Office", name_zh: "办公室", created_at: new Date() },
    })
    .execute();
  await env.db.updateTable("units").set({ parent_unit_id: officeId }).where("unit_id", "=", crew.unitId).execute();
  await env.db
    .insertInto("grants")
    .values({
      ...{ grant_id: newId("grant", env.clock.now()), person_id: upper, role: "unit-head", scope_kind: "unit" },
      ...{ scope_id: officeId, from_on: today(), state: "given", granted_by: null, granted_at: new Date() },
    })
    .execute();
  await confirmPositionsInTest(env, upper);
  const askedOf = async (requestId: string, nth: number) =>
    (await loadRequest(env.db, requestId)).steps[nth]?.candidates;
  const scope = { kind: "unit" as const, id: crew.unitId };

  const left = await submit();
  assert.deepEqual(await askedOf(left, 0), [head], "without the delegation she is not asked");
  const forHead = await delegate(head, upper, { scope });
  const forLawyer = await delegate(lawyer, head);
  assert.deepEqual(await askedOf(left, 0), [head, upper]);
  const requestId = await submit();
  assert.deepEqual((await askedOf(requestId, 1))?.toSorted(), [lawyer, head].toSorted());
  await decide(requestId, upper);
  const { steps } = await loadRequest(env.db, requestId);
  assert.deepEqual([steps[0]?.decidedBy, steps[0]?.decidedFor], [upper, head]);
  const entry = (await readTimeline(env.db, { requestId })).find((one) => one.type === "SealUseStepApproved");
  assert.deepEqual([entry?.facts.delegation, entry?.standsFor?.personId], [forHead, head]);
  // He is asked no more for what he would decide for another; asked all the same, he is refused.
  assert.deepEqual(await askedOf(requestId, 1), [lawyer]);
  assert.equal((await waitingFor(head)).includes(requestId), false);
  await env.db
    .updateTable("request_steps")
    .set({ candidates: [lawyer, head] })
    .where("step_id", "=", steps[1]?.stepId ?? "")
    .execute();
  await assert.rejects(decide(requestId, head), refused("approval.part-already"));
  await decide(requestId, lawyer);
  await decide(requestId, signatory);

  // Where he alone was asked for legal review, the lawyer is asked after all, away or not.
  const lone = await submit();
  await env.db
    .updateTable("request_steps")
    .set({ candidates: [head] })
    .where("request_id", "=", lone)
    .where("kind", "=", "legal-review")
    .execute();
  await decide(lone, head);
  assert.deepEqual(await askedOf(lone, 1), [lawyer]);

  await endDelegation(env, head, forHead, "Back again");
  await endDelegation(env, lawyer, forLawyer, "Back again");
  assert.deepEqual(await askedOf(left, 0), [head], "who was asked by it alone is asked no more");
  await endGrant(env, crew.people.sealAdministrator, await grantOf(upper), "Over");
  await env.db.updateTable("units").set({ parent_unit_id: top }).where("unit_id", "=", crew.unitId).execute();
});

test("C11: a delegate decides no change of the rules, in whoever's place; a matter of a seal's life he does", async () => {
  const { env } = place;
  const { sealAdministrator, signatory } = crew.people;
  const deputy = await addPerson();
  const { versionId: from, rules } = await readRulesInForce(env.db);
  const versionId = await beginDraft(env, sealAdministrator, { from, note: "looser" });
  await saveDraft(env, sealAdministrator, versionId, { revision: 1, note: "looser", rules });
  const { digest } = await readVersion(env, versionId, { personId: sealAdministrator, mayWrite: true });
  const ask = (kind: "change-rules" | "stop") =>
    kind === "stop"
      ? askMatterInTest(env, crew, { kind, sealId })
      : askMatterInTest(env, crew, { kind, data: { versionId, digest } });
  const candidatesOf = async (matterId: string) =>
    (await readSteps(env.db, await getMatter(env.db, matterId))).flatMap(({ candidates }) => candidates);
  const before = await ask("change-rules");
  await submitMatter(env, sealAdministrator, before);
  const delegationId = await delegate(signatory, deputy);
  assert.deepEqual(await candidatesOf(before), [signatory], "he is not asked for what waits");
  const approve = async (matterId: string): Promise<void> => {
    const row = await getMatter(env.db, matterId);
    const [step] = await readSteps(env.db, row);
    const now = row.digest ?? "";
    const presence = await presentForMatterInTest(env, deputy, "matter-approve", matterId, now);
    await decideMatterStepOf(env, deputy, {
      ...{ matterId, stepId: step?.step_id ?? "", decision: "approve", comment: "", digest: now, presence },
    });
  };
  await assert.rejects(approve(before), refused("matter.in-office"));
  // Even if he had been asked, the rule is asked again when he decides.
  await env.db
    .updateTable("matter_steps")
    .set({ candidates: [signatory, deputy] })
    .where("matter_id", "=", before)
    .execute();
  await assert.rejects(approve(before), refused("matter.in-office"));
  await withdrawMatter(env, sealAdministrator, before, "");
  await submitMatter(env, sealAdministrator, before);
  assert.deepEqual(await candidatesOf(before), [signatory], "nor for what comes");
  await withdrawMatter(env, sealAdministrator, before, "");
  const stop = await ask("stop");
  await submitMatter(env, sealAdministrator, stop);
  assert.ok((await candidatesOf(stop)).includes(deputy));
  await withdrawMatter(env, sealAdministrator, stop, "");
  await endDelegation(env, signatory, delegationId, "Back again");
});

test("C04 C11: a supervisor's delegate confirms in his place; the event says by which delegation", async () => {
  const { env } = place;
  const { head, lawyer, signatory, custodian, supervisor } = crew.people;
  const deputy = await addPerson();
  const delegationId = await delegate(supervisor, deputy, { scope: { kind: "seal", id: sealId } });
  const requestId = await submit();
  for (const person of [head, lawyer, signatory]) await decide(requestId, person);
  await presenceInTest(env, custodian, "release", requestId);
  assert.equal((await presenceInTest(env, deputy, "confirm", requestId)).sealing, true);
  const entry = (await readTimeline(env.db, { requestId })).find((one) => one.type === "SealUseConfirmed");
  assert.deepEqual([entry?.facts.delegation, entry?.standsFor?.personId], [delegationId, supervisor]);
});

test("C11: only one's own grant is delegated, to somebody fit, within its scope and for no longer than the setting", async () => {
  const { env } = place;
  const { signatory, lawyer, custodian, secondCustodian } = crew.people;
  const deputy = await addPerson();
  const later = { from: addDays(today(), 60), to: addDays(today(), 70) };
  const delegationId = await delegate(signatory, deputy, later);
  await assert.rejects(
    delegate(deputy, lawyer, { grantId: delegationId, ...later }),
    refused("delegation.of-delegated"),
  );
  await assert.rejects(delegate(deputy, lawyer, { grantId: await grantOf(signatory) }), refused("subject.not-found"));
  await assert.rejects(delegate(signatory, deputy, later), refused("delegation.given-already"));
  await assert.rejects(delegate(signatory, signatory), refused("grant.to-oneself"));
  await assert.rejects(delegate(signatory, deputy, { to: addDays(today(), 30) }), refused("delegation.too-long"));
  const keeps = { scope: { kind: "seal" as const, id: sealId } };
  await assert.rejects(delegate(custodian, deputy, keeps), refused("delegation.role-stays"));
  // The matrix says no, and the proof shows the chain that would come of it.
  await assert.rejects(delegate(signatory, secondCustodian), refused("separation.duties-meet"));
  await assert.rejects(delegate(signatory, secondCustodian), (error: unknown) => {
    const hole =
      error instanceof ProblemError ? error.refusals.find((one) => one.code === "proof.lone-chain") : undefined;
    assert.match(hole?.sentence.en ?? "", /LX-02 .* signatory by a delegation, custodian by a grant/);
    return true;
  });
  const call = { person: () => ({ personId: signatory, permissions: new Set() }) } as never;
  const handlers = delegationHandlers(env);
  const scope = { kind: "entity" as const, entityId: crew.entityId };
  const body = { grantId: await grantOf(signatory), scope, delegateId: secondCustodian, from: today(), to: today() };
  const checked = await handlers["POST /v1/delegations/check"]({ body }, call);
  assert.deepEqual(
    [checked.allowed, [...new Set(checked.refusals.map((one) => one.code))]],
    [false, ["separation.duties-meet", "proof.lone-chain"]],
  );
  const list = await handlers["GET /v1/delegations"]({ query: { view: "mine" } }, call);
  assert.equal(list.items.find((one) => one.delegationId === delegationId)?.state, "future");
  assert.deepEqual([list.grants.map((one) => one.role), list.mostDays], [["signatory"], 30]);
  assert.deepEqual(await findHoles(env.db, env.clock.now()), []);
});

test("C11: of two delegations and a grant that exclude one another, given at once, exactly one takes force", async () => {
  const { env } = place;
  const { signatory, lawyer } = crew.people;
  const deputy = await addPerson();
  const results = await Promise.allSettled([
    delegate(signatory, deputy),
    delegate(lawyer, deputy),
    delegate(signatory, deputy),
    delegate(lawyer, deputy),
  ]);
  assert.equal(results.filter((result) => result.status === "fulfilled").length, 1);
  const roles = (await readGrantsInForce(env.db, env.clock.now(), { personId: deputy })).map((grant) => grant.role);
  assert.equal(roles.length, 1);
});

test("C11: a delegation takes force on its first day and ends by itself after the last one, each once on record", async () => {
  const { env } = place;
  const { lawyer } = crew.people;
  const deputy = await addPerson();
  const requestId = await submit();
  const delegationId = await delegate(lawyer, deputy, { from: addDays(today(), 1), to: addDays(today(), 3) });
  const roles = async (days: number) =>
    (await readGrantsInForce(env.db, at(days).clock.now(), { personId: deputy })).map((grant) => grant.role);
  assert.deepEqual(
    [await roles(0), await roles(1), await roles(3), await roles(4)],
    [[], ["legal-reviewer"], ["legal-reviewer"], []],
  );
  const candidates = async () => (await loadRequest(env.db, requestId)).steps[1]?.candidates.includes(deputy);
  await turnDelegations(env);
  assert.equal(await candidates(), false);
  await turnDelegations(at(1));
  assert.equal(await candidates(), true);
  await turnDelegations(at(4));
  await turnDelegations(at(4));
  assert.equal(await candidates(), false);
  const events = await env.db
    .selectFrom("events")
    .select(["type", "actor_id", "facts"])
    .where("type", "like", "Delegation%")
    .where("person_id", "=", deputy)
    .orderBy("at")
    .execute();
  assert.deepEqual(
    events.map(({ type, actor_id, facts }) => [type, actor_id, facts.cause ?? null]),
    [
      ["DelegationGiven", lawyer, null],
      ["DelegationEnded", null, "days-over"],
    ],
  );
  const lines = await env.db
    .selectFrom("register_lines")
    .select(["kind", "facts"])
    .where("register", "=", "authority")
    .orderBy("running")
    .execute();
  assert.deepEqual(
    lines.filter(({ facts }) => facts.delegation === delegationId).map(({ kind }) => kind),
    ["delegated", "delegation-ended"],
  );
  await withdrawRequest(env, crew.people.applicant, requestId, "Over");
});

test("C11: with the delegator's grant the delegation ends at once", async () => {
  const { env } = place;
  const { lawyer, sealAdministrator } = crew.people;
  const deputy = await addPerson();
  const delegationId = await delegate(lawyer, deputy);
  const grantId = await grantOf(lawyer);
  await endGrant(env, sealAdministrator, grantId, "Leaves the company");
  assert.deepEqual(await readGrantsInForce(env.db, env.clock.now(), { personId: deputy }), []);
  await turnDelegations(env);
  const row = await env.db
    .selectFrom("delegations")
    .select(["end_cause", "ended_by"])
    .where("delegation_id", "=", delegationId)
    .executeTakeFirstOrThrow();
  assert.deepEqual(row, { end_cause: "grant-over", ended_by: null });
  await assert.rejects(endDelegation(env, lawyer, delegationId, "Again"), refused("delegation.over"));
});

test("C11: a stranger neither ends a delegation nor learns of it; the seal administrator may", async () => {
  const { env } = place;
  const { signatory, sealAdministrator, stranger } = crew.people;
  const delegationId = await delegate(signatory, await addPerson(), {
    from: addDays(today(), 90),
    to: addDays(today(), 91),
  });
  await assert.rejects(endDelegation(env, stranger, delegationId, "No"), refused("subject.not-found"));
  await endDelegation(env, sealAdministrator, delegationId, "Not needed");
});
