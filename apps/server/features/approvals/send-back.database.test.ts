import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { applyInTest, approveInTest, presentInTest } from "../../platform/test-walk.ts";
import { readTimeline } from "../ledger/timeline.ts";
import { loadRequest } from "../requests/load-request.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { listSummaries } from "../requests/summaries.ts";
import { addReviewer } from "./change-step.ts";
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

const refused = (code: string) => (error: unknown) =>
  error instanceof ProblemError && (error.code === code || error.refusals.some((one) => one.code === code));
const submit = async (): Promise<string> => {
  const requestId = await applyInTest(place.env, crew, sealId);
  await submitRequest(place.env, crew.people.applicant, requestId);
  return requestId;
};
async function decide(
  requestId: string,
  personId: string,
  decision: "approve" | "return" = "approve",
  backTo?: string,
  comment = "Clause 9",
): Promise<void> {
  const { row, steps } = await loadRequest(place.env.db, requestId);
  const digest = row.digest ?? "";
  const stepId = steps.find((one) => one.state === "current" && one.candidates.includes(personId))?.stepId ?? "";
  await decideStep(place.env, personId, {
    ...{ requestId, stepId, decision, comment, digest, backTo },
    presence: { stepUpId: await presentInTest(place.env, personId, decision, requestId, digest), method: "password" },
  });
}
const shown = async (requestId: string): Promise<string[]> =>
  (await loadRequest(place.env.db, requestId)).steps.map(({ kind, state }) => `${kind} ${state}`);
const stepOf = async (requestId: string, kind: string): Promise<string> =>
  (await loadRequest(place.env.db, requestId)).steps.find((one) => one.kind === kind)?.stepId ?? "";

test("C01: a step goes back to an earlier one: agreements from there on are void and asked again, the earlier ones stand", async () => {
  const { env } = place;
  const { head, lawyer, signatory, stranger } = crew.people;
  const requestId = await submit();
  const first = await stepOf(requestId, "unit-head");
  await addReviewer(env, head, { requestId, stepId: first, personId: stranger, place: "before", reason: "Knows it" });
  await decide(requestId, stranger);
  await decide(requestId, head);
  await decide(requestId, lawyer);
  const legal = await stepOf(requestId, "legal-review");
  await assert.rejects(decide(requestId, signatory, "return", legal, " "), refused("approval.reason-missing"));
  await assert.rejects(
    decide(requestId, signatory, "return", await stepOf(requestId, "signatory")),
    refused("step.not-earlier"),
  );
  const { digest } = (await loadRequest(env.db, requestId)).row;
  await decide(requestId, signatory, "return", legal);
  assert.deepEqual(await shown(requestId), [
    ...["named approved", "unit-head approved", "legal-review current", "signatory waiting"],
  ]);
  const waits = await listSummaries(env, lawyer, { view: "waiting" });
  assert.ok(waits.items.some((item) => item.requestId === requestId));
  await assert.rejects(decide(requestId, signatory), refused("approval.step-not-current"));
  // Back to the head, over the reviewer who was asked before him and stands.
  await decide(requestId, lawyer, "return", first);
  assert.deepEqual(await shown(requestId), [
    ...["named approved", "unit-head current", "legal-review waiting", "signatory waiting"],
  ]);
  await approveInTest(env, crew, requestId);
  const { row, steps } = await loadRequest(env.db, requestId);
  assert.equal(row.state, "authorised");
  assert.equal(row.digest, digest, "what is decided on did not change");
  assert.ok(steps.every((one) => one.decidedBy !== null));
  const told = (await readTimeline(env.db, { requestId })).filter((one) => one.type === "SealUseStepsReopened");
  assert.deepEqual(
    told.map(({ actor, comment, facts }) => [actor?.personId, comment, facts.to, facts.voided]),
    [
      [lawyer, "Clause 9", "unit-head", 1],
      [signatory, "Clause 9", "legal-review", 1],
    ],
  );
});

test("two signatories' moment: one returns it to the head while the other decision is given: one of both stands", async () => {
  const { head, lawyer, signatory } = crew.people;
  for (let round = 0; round < 3; round += 1) {
    const requestId = await submit();
    const first = await stepOf(requestId, "unit-head");
    await decide(requestId, head);
    await decide(requestId, lawyer);
    const acts = [() => decide(requestId, signatory, "return", first), () => decide(requestId, signatory)];
    const results = await Promise.allSettled((round % 2 ? acts.toReversed() : acts).map((act) => act()));
    assert.equal(results.filter((one) => one.status === "fulfilled").length, 1);
    const { row, steps } = await loadRequest(place.env.db, requestId);
    const approved = steps.filter((one) => one.state === "approved").length;
    assert.equal(approved, row.state === "authorised" ? 3 : 0);
  }
});
