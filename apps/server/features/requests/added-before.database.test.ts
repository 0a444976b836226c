import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Environment } from "../../platform/environment.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { testContract } from "../../platform/test-pdf.ts";
import { applyInTest, presentInTest, type TestApplication } from "../../platform/test-walk.ts";
import { addReviewer } from "../approvals/change-step.ts";
import { decideStep } from "../approvals/service.ts";
import { checkRequest } from "./check-request.ts";
import { readDetail } from "./detail.ts";
import { loadRequest } from "./load-request.ts";
import { submitRequest, withdrawRequest } from "./submit-service.ts";

let on: TestEnvironment;
let env: Environment;
let crew: TestCrew;
let sealId: string;
before(async () => {
  on = await createTestEnvironment();
  env = on.env;
  crew = await createTestCrew(env);
  sealId = await crew.registerSeal("contract", "LX-02");
});
after(() => on?.close());

const ask = async (pdf: Buffer, change: Omit<TestApplication, "pdf"> = {}): Promise<string> => {
  const requestId = await applyInTest(env, crew, sealId, { pdf, ...change });
  await submitRequest(env, change.applicantId ?? crew.people.applicant, requestId);
  return requestId;
};
const current = async (requestId: string, personId: string): Promise<string> =>
  (await loadRequest(env.db, requestId)).steps.find(
    (one) => one.state === "current" && one.candidates.includes(personId),
  )?.stepId ?? "";
async function approve(requestId: string, personId: string): Promise<void> {
  const { row } = await loadRequest(env.db, requestId);
  const digest = row.digest ?? "";
  const stepUpId = await presentInTest(env, personId, "approve", requestId, digest);
  const stepId = await current(requestId, personId);
  await decideStep(env, personId, {
    ...{ requestId, stepId, decision: "approve", comment: "", digest },
    presence: { stepUpId, method: "password" },
  });
}
/** Asked for, a reviewer added by the lawyer beside his own step, and taken back. */
async function shed(pdf: Buffer, change: Omit<TestApplication, "pdf"> = {}): Promise<string> {
  const requestId = await ask(pdf, change);
  const { head, lawyer, stranger, applicant } = crew.people;
  await approve(requestId, head);
  const at = { requestId, stepId: await current(requestId, lawyer) };
  await addReviewer(env, lawyer, { ...at, personId: stranger, place: "after", reason: "Look at the gauges" });
  await approve(requestId, lawyer);
  await withdrawRequest(env, applicant, requestId, "Asked anew");
  return requestId;
}
const kinds = async (requestId: string): Promise<string[]> =>
  (await loadRequest(env.db, requestId)).steps.map(({ kind, candidates }) =>
    kind === "named"
      ? `named ${candidates.map((one) => (one === crew.people.stranger ? "stranger" : one)).join(" ")}`
      : kind,
  );
const carried = ["unit-head", "legal-review", "named stranger", "signatory"];
const questionsOf = async (requestId: string, personId: string) =>
  (await readDetail(env, personId, requestId)).questions.filter(({ kind }) => kind === "added-reviewer");

test("C02: who was added goes with the document to a new application, told with the earlier number, until he agreed", async () => {
  const { applicant, head, lawyer, stranger, signatory } = crew.people;
  const file = testContract({}, "twelve gauges, shed");
  const earlier = await shed(file);
  const { number } = (await loadRequest(env.db, earlier)).row;
  assert.ok(number);
  const draft = await applyInTest(env, crew, sealId, { pdf: file });
  const check = await checkRequest(env.db, env, await loadRequest(env.db, draft), applicant);
  assert.ok(
    check.route.some(({ reason, candidates }) => reason === "route.added-before" && candidates[0] === stranger),
  );
  assert.ok(check.questions.some(({ kind, related }) => kind === "added-reviewer" && related[0] === earlier));

  const requestId = await ask(Buffer.concat([file, Buffer.from("\n% saved anew\n")]));
  assert.deepEqual(await kinds(requestId), carried);
  const [question] = await questionsOf(requestId, head);
  assert.deepEqual([question?.related.map((one) => one.number), question?.unlisted], [[number], 0]);
  const step = (await readDetail(env, head, requestId)).steps[2];
  assert.deepEqual([step?.added?.by?.personId, step?.added?.reason], [lawyer, `${number}: Look at the gauges`]);
  await approve(requestId, head);
  await approve(requestId, lawyer);
  await assert.rejects(approve(requestId, signatory), "he is waited for");
  await approve(requestId, stranger);
  await approve(requestId, signatory);

  // He agreed to the document: it may come again.
  const again = await ask(file);
  assert.deepEqual(await kinds(again), ["unit-head", "legal-review", "signatory"]);
  assert.deepEqual(await questionsOf(again, head), []);
});

test("C02: taken back once more he is carried still; another document is none of his", async () => {
  const { applicant } = crew.people;
  const file = testContract({}, "ten gauges, shed twice");
  await shed(file);
  const second = await ask(file);
  await withdrawRequest(env, applicant, second, "Once more");
  await submitRequest(env, applicant, second);
  assert.deepEqual(await kinds(second), carried, "the next round of the same request");
  await withdrawRequest(env, applicant, second, "And anew");
  assert.deepEqual(await kinds(await ask(file)), carried, "and a third application");
  assert.deepEqual(await kinds(await ask(testContract({}, "another document"))), [
    ...["unit-head", "legal-review", "signatory"],
  ]);
});

test("C02: of a confidential request nobody learns number, reason or who added him; after the window it is over", async () => {
  const { head, inspector } = crew.people;
  const file = testContract({}, "nine gauges, secret");
  const earlier = await shed(file, { confidential: "A purchase nobody knows of" });
  const { number } = (await loadRequest(env.db, earlier)).row;
  const requestId = await ask(file);
  assert.deepEqual(await kinds(requestId), carried);
  const detail = await readDetail(env, inspector, requestId);
  assert.equal(detail.steps[2]?.added, null);
  const [question] = await questionsOf(requestId, inspector);
  const answer = JSON.stringify([question, detail.steps]);
  for (const secret of [number ?? "", earlier, "Look at the gauges"]) assert.ok(!answer.includes(secret), secret);
  assert.equal((await questionsOf(requestId, head)).length, 1);

  await env.db
    .updateTable("seal_use_requests")
    .set({ submitted_at: new Date(env.clock.now() - 181 * 86_400_000) })
    .where("request_id", "in", [earlier, requestId])
    .execute();
  assert.deepEqual(await kinds(await ask(file)), ["unit-head", "legal-review", "signatory"]);
});
