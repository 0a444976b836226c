import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import { newId } from "../../platform/ids.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { testContract } from "../../platform/test-pdf.ts";
import { applyInTest, approveInTest, presentInTest, releaseInTest } from "../../platform/test-walk.ts";
import { addReviewer } from "../approvals/change-step.ts";
import { readDecisionEvidence } from "../approvals/decision-evidence.ts";
import { decideStep } from "../approvals/service.ts";
import { runSealJob } from "../sealing/seal-job.ts";
import { sealingPorts } from "../sealing/test-sealing.ts";
import { checkRequest } from "./check-request.ts";
import { readDetail } from "./detail.ts";
import { saveDraft } from "./draft-service.ts";
import { loadRequest } from "./load-request.ts";
import { showCheck } from "./show-check.ts";
import { submitRequest, withdrawRequest } from "./submit-service.ts";
import { uploadDocument } from "./upload-document.ts";
import type { Draft } from "./write-draft.ts";

let place: TestEnvironment;
let crew: TestCrew;
let seal: string;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  seal = await crew.registerSeal("contract", "LX-01");
});
after(() => place?.close());

let contracts = 0;
const contract = (): Buffer => {
  contracts += 1;
  return testContract({}, `twelve gauges of order ${contracts}`);
};
const submit = (requestId: string) => submitRequest(place.env, crew.people.applicant, requestId);
async function decide(requestId: string, personId: string, decision: "approve" | "return"): Promise<void> {
  const { env } = place;
  const { row, steps } = await loadRequest(env.db, requestId);
  const stepId = steps.find((step) => step.state === "current" && step.candidates.includes(personId))?.stepId ?? "";
  const digest = row.digest ?? "";
  const stepUpId = await presentInTest(env, personId, decision, requestId, digest);
  const comment = decision === "return" ? "Move the seal" : "";
  await decideStep(env, personId, {
    ...{ requestId, stepId, decision, comment, digest },
    presence: { stepUpId, method: "password" },
  });
}
/** A request that unit head and lawyer agreed to, and the signatory returned. */
async function returned(): Promise<string> {
  const { head, lawyer, signatory } = crew.people;
  const requestId = await applyInTest(place.env, crew, seal, { pdf: contract() });
  await submit(requestId);
  await decide(requestId, head, "approve");
  await decide(requestId, lawyer, "approve");
  await decide(requestId, signatory, "return");
  return requestId;
}
async function edit(requestId: string, change: Partial<Draft>, moved = 0): Promise<void> {
  const { row, documents } = await loadRequest(place.env.db, requestId);
  await saveDraft(place.env, crew.people.applicant, requestId, {
    ...{ title: row.title, documentClass: row.document_class, external: row.external, currency: row.currency },
    ...{ counterparty: row.counterparty, amount: row.amount, purpose: row.purpose, wantedBy: row.wanted_by },
    ...{ validUntil: row.valid_until, entityId: row.entity_id, handlerId: row.handler_id },
    documents: documents.map(({ documentId, placements, answers }) => ({
      ...{ documentId, answers },
      placements: placements.map(({ sealId, page, xMm, yMm }) => ({ sealId, page, xMm: xMm + moved, yMm })),
    })),
    ...change,
    version: row.version,
  });
}
const standing = async (requestId: string): Promise<string[]> =>
  (await loadRequest(place.env.db, requestId)).steps.map(({ kind, state }) => `${kind} ${state}`);

test("C02: after a return that moved the seal, head and lawyer have agreed; the signatory is asked, and it is sealed", async () => {
  const { env } = place;
  const { head, signatory } = crew.people;
  const requestId = await returned();
  await edit(requestId, {}, 12);
  const { keeping, route } = await checkRequest(env.db, env, await loadRequest(env.db, requestId));
  assert.deepEqual(
    keeping.map(({ kept }, at) => [route[at]?.kind, kept !== null]),
    [
      ["unit-head", true],
      ["legal-review", true],
      ["signatory", false],
    ],
    "told before it is submitted",
  );
  const before = await loadRequest(env.db, requestId);
  await submit(requestId);
  assert.deepEqual(await standing(requestId), ["unit-head approved", "legal-review approved", "signatory current"]);
  const { steps, allSteps } = await loadRequest(env.db, requestId);
  assert.deepEqual(
    [steps[0]?.decidedBy, steps[0]?.decidedAt, steps[0]?.keptFrom],
    [head, before.steps[0]?.decidedAt, before.steps[0]?.stepId],
    "as it was given, and when",
  );
  assert.ok(
    allSteps.filter((step) => step.round === 1).every((step) => step.state === "voided" || step.state === "returned"),
  );
  const shown = await readDetail(env, signatory, requestId);
  assert.deepEqual(
    shown.steps.map((step) => step.keptFromRound),
    [1, 1, null],
  );
  const earlier = await readDecisionEvidence(env, requestId, 1);
  assert.deepEqual(
    earlier.decisions.map((one) => one.person.personId),
    [head, crew.people.lawyer],
    "what stands is proved by what was decided on then",
  );
  assert.equal(`sha256:${createHash("sha256").update(earlier.subject).digest("hex")}`, earlier.digest);
  await approveInTest(env, crew, requestId);
  await releaseInTest(env, crew, requestId);
  await runSealJob(env, sealingPorts(place), requestId);
  assert.equal((await loadRequest(env.db, requestId)).row.state, "registered");
});

/** Whose step it is has somebody else asked first. */
async function askBefore(requestId: string, by: string, reviewer: string): Promise<void> {
  const { steps } = await loadRequest(place.env.db, requestId);
  const stepId = steps.find((step) => step.state === "current")?.stepId ?? "";
  const reason = "He knows the buyer";
  await addReviewer(place.env, by, { requestId, stepId, personId: reviewer, place: "before", reason });
}

/** A request whose lawyer asked a colleague first; all agreed, and the signatory returned it. */
async function returnedWithReviewer(reviewer: string): Promise<string> {
  const { head, lawyer, signatory } = crew.people;
  const requestId = await applyInTest(place.env, crew, seal, { pdf: contract() });
  await submit(requestId);
  await decide(requestId, head, "approve");
  await askBefore(requestId, lawyer, reviewer);
  await decide(requestId, reviewer, "approve");
  await decide(requestId, lawyer, "approve");
  await decide(requestId, signatory, "return");
  return requestId;
}

test("C02: a reviewer whom legal review had added stays on the route with what he agreed to, and is asked again where it changed", async () => {
  const { stranger, lawyer } = crew.people;
  const requestId = await returnedWithReviewer(stranger);
  await edit(requestId, {}, 5);
  await submit(requestId);
  const { steps } = await loadRequest(place.env.db, requestId);
  const shown = steps.map(({ kind, state, candidates, added }) => [
    kind,
    state,
    candidates.includes(stranger),
    added?.by,
  ]);
  assert.deepEqual(shown, [
    ["unit-head", "approved", false, undefined],
    ["named", "approved", true, lawyer],
    ["legal-review", "approved", false, undefined],
    ["signatory", "current", false, undefined],
  ]);
  const other = await returnedWithReviewer(stranger);
  await edit(other, { counterparty: "Nancheng" });
  await submit(other);
  const again = (await loadRequest(place.env.db, other)).steps;
  assert.deepEqual(
    again.map(({ kind, state }) => `${kind} ${state}`),
    ["unit-head current", "named waiting", "legal-review waiting", "signatory waiting"],
  );
  assert.equal(again[1]?.again?.code, "again.changed");
});

test("C02: what fell away after a return is named by the check", async () => {
  const { env } = place;
  const { stranger, applicant } = crew.people;
  const requestId = await returnedWithReviewer(stranger);
  await edit(requestId, { emergency: "The customer can not wait any longer" });
  const loaded = await loadRequest(env.db, requestId);
  const shown = await showCheck(env, applicant, {
    own: { loaded, check: await checkRequest(env.db, env, loaded) },
    other: null,
  });
  assert.deepEqual(
    shown.fallen.map(({ kind, people }) => `${kind} ${people.length}`),
    ["unit-head 1", "named 1", "legal-review 1"],
  );
  assert.match(shown.fallen[1]?.why.en ?? "", /put beside is not asked for now/);
});

test("C17: another file is asked of everybody again, and each step says what changed", async () => {
  const { env } = place;
  const { applicant, head } = crew.people;
  const requestId = await returned();
  const stream = Readable.from([contract()]);
  const { documentId } = await uploadDocument(env, applicant, { stream, fileName: "contract.pdf" });
  const placements = [{ sealId: seal, page: 0, xMm: 20, yMm: 200 }];
  await edit(requestId, { documents: [{ documentId, placements, answers: [] }] });
  await submit(requestId);
  assert.deepEqual(await standing(requestId), ["unit-head current", "legal-review waiting", "signatory waiting"]);
  const { steps } = await readDetail(env, head, requestId);
  assert.match(steps[0]?.again?.en ?? "", /changed since it was agreed: the documents/);
  assert.match(steps[1]?.again?.zh ?? "", /文件/);
  assert.equal(steps[2]?.again, null, "the signatory had agreed to nothing");
});

test("C02: a later last day is asked of the unit head again, while the lawyer's review stands", async () => {
  const requestId = await returned();
  const { row } = await loadRequest(place.env.db, requestId);
  const year = row.valid_until?.slice(0, 4);
  await edit(requestId, { validUntil: `${year}-12-30` });
  await submit(requestId);
  assert.deepEqual(await standing(requestId), ["unit-head current", "legal-review approved", "signatory waiting"]);
  await decide(requestId, crew.people.head, "approve");
  assert.deepEqual(await standing(requestId), ["unit-head approved", "legal-review approved", "signatory current"]);
});

test("C02: who took his request back begins anew: nothing stands", async () => {
  const { head, applicant } = crew.people;
  const requestId = await applyInTest(place.env, crew, seal, { pdf: contract() });
  await submit(requestId);
  await decide(requestId, head, "approve");
  await withdrawRequest(place.env, applicant, requestId, "");
  await submit(requestId);
  assert.deepEqual(await standing(requestId), ["unit-head current", "legal-review waiting", "signatory waiting"]);
});

test("C02: nobody sheds an added reviewer by taking his request back: he is asked again, with all others", async () => {
  const { stranger, head, applicant } = crew.people;
  const requestId = await applyInTest(place.env, crew, seal, { pdf: contract() });
  await submit(requestId);
  await askBefore(requestId, head, stranger);
  await withdrawRequest(place.env, applicant, requestId, "");
  await submit(requestId);
  assert.deepEqual(await standing(requestId), [
    "named current",
    "unit-head waiting",
    "legal-review waiting",
    "signatory waiting",
  ]);
  const { steps } = await loadRequest(place.env.db, requestId);
  assert.deepEqual([steps[0]?.candidates, steps[0]?.added?.by], [[stranger], head]);
});

test("C02 C24: the tables take an agreement that stands only as it was given, after a return, and never a signatory's", async () => {
  const { env } = place;
  const requestId = await returned();
  const { row, steps } = await loadRequest(env.db, requestId);
  const given = await env.db
    .selectFrom("request_steps")
    .selectAll()
    .where("step_id", "=", steps[0]?.stepId ?? "")
    .executeTakeFirstOrThrow();
  const values = {
    ...given,
    ...{ rule: JSON.stringify(given.rule), step_id: newId("step", env.clock.now()), round: row.round + 1 },
    kept_from: given.step_id,
  };
  const forged = [
    { decided_by: crew.people.stranger },
    { decided_at: new Date(env.clock.now() - 1000) },
    { kind: "signatory" },
    { round: row.round },
    { group_id: "another" },
    { kept_from: null },
  ];
  for (const change of forged)
    await assert.rejects(
      env.db
        .insertInto("request_steps")
        .values({ ...values, position: 9, ...change })
        .execute(),
      /kept as it was given|begins undecided/,
      JSON.stringify(change),
    );
});
