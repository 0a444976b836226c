import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ProblemError } from "../../platform/problems.ts";
import { createTestApp } from "../../platform/test-app.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { applyInTest, approveInTest, presentInTest } from "../../platform/test-walk.ts";
import { readPermissions } from "../identity/permissions.ts";
import { readTimeline } from "../ledger/timeline.ts";
import { readDetail } from "../requests/detail.ts";
import { loadRequest } from "../requests/load-request.ts";
import { seesRequest } from "../requests/may-see.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { listSummaries } from "../requests/summaries.ts";
import { addReviewer, readStepPeople, transferStep } from "./change-step.ts";
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

const submit = async (): Promise<string> => {
  const requestId = await applyInTest(place.env, crew, sealId);
  await submitRequest(place.env, crew.people.applicant, requestId);
  return requestId;
};
const steps = async (requestId: string) => (await loadRequest(place.env.db, requestId)).steps;
const current = async (requestId: string, personId: string) => {
  const step = (await steps(requestId)).find((one) => one.state === "current" && one.candidates.includes(personId));
  return { requestId, stepId: step?.stepId ?? "" };
};
const refused = (code: string) => (error: unknown) =>
  error instanceof ProblemError && (error.code === code || error.refusals.some((one) => one.code === code));
async function decide(requestId: string, personId: string): Promise<void> {
  const { row } = await loadRequest(place.env.db, requestId);
  const digest = row.digest ?? "";
  await decideStep(place.env, personId, {
    ...{ ...(await current(requestId, personId)), decision: "approve", comment: "", digest },
    presence: { stepUpId: await presentInTest(place.env, personId, "approve", requestId, digest), method: "password" },
  });
}
const ask = async (requestId: string, by: string, personId: string, place_: "before" | "after", reason = "Knows it") =>
  addReviewer(place.env, by, { ...(await current(requestId, by)), personId, place: place_, reason });

test("a reviewer before a step decides first, one after it before the next; other steps ask for as many as before", async () => {
  const { env } = place;
  const { head, lawyer, signatory, stranger, administrator } = crew.people;
  const requestId = await submit();
  const whole = (await steps(requestId)).length;
  assert.equal((await readPermissions(env.db, stranger, env.clock.now())).has("request.decide"), false);
  const people = await readStepPeople(env, head, await current(requestId, head));
  assert.ok(people.reviewers.some((one) => one.personId === stranger));
  assert.ok(people.reviewers.every(({ personId }) => ![head, lawyer, crew.people.applicant].includes(personId)));
  assert.deepEqual(await ask(requestId, head, stranger, "before"), { neededBefore: whole, neededAfter: whole + 1 });
  assert.equal((await readPermissions(env.db, stranger, env.clock.now())).has("request.decide"), true);
  await assert.rejects(decide(requestId, head), refused("approval.step-not-current"));
  await decide(requestId, stranger);
  await ask(requestId, head, administrator, "after");
  await decide(requestId, head);
  assert.deepEqual(
    (await steps(requestId)).map(({ kind, state }) => `${kind} ${state}`),
    ["named approved", "unit-head approved", "named current", "legal-review waiting", "signatory waiting"],
  );
  await decide(requestId, administrator);
  await approveInTest(env, crew, requestId);
  const { row } = await loadRequest(env.db, requestId);
  assert.equal(row.state, "authorised");
  const told = (await readTimeline(env.db, { requestId })).find((one) => one.type === "SealUseReviewerAdded");
  assert.deepEqual(
    [told?.person?.personId, told?.comment, told?.facts.neededAfter],
    [administrator, "Knows it", whole + 2],
  );
  assert.equal((await steps(requestId)).at(-1)?.decidedBy, signatory, "the signatory decides last");
});

test("whoever asks a reviewer before himself still reads the request, is told whom he waits for, and decides after him", async () => {
  const { env } = place;
  const { head, stranger } = crew.people;
  const requestId = await submit();
  await ask(requestId, head, stranger, "before");
  assert.equal(await seesRequest(env.db, head, requestId, env.clock.now()), true);
  const { steps: shown, waiting, myStepId } = await readDetail(env, head, requestId);
  assert.deepEqual(
    [myStepId, waiting.map(({ people }) => people.map(({ personId }) => personId))],
    [null, [[stranger]]],
  );
  assert.equal(shown[0]?.added?.by?.personId, head);
  await decide(requestId, stranger);
  await decide(requestId, head);
});

test("whoever comes a moment after another decided in his step is told so, and not that his roles do not allow it", async () => {
  const { app, signIn } = await createTestApp(place);
  const { head, stranger, administrator } = crew.people;
  const requestId = await submit();
  await ask(requestId, head, stranger, "before");
  // As a rule that names two people asks either of them.
  const step = await current(requestId, stranger);
  await place.env.db
    .updateTable("request_steps")
    .set({ candidates: [stranger, administrator] })
    .where("step_id", "=", step.stepId)
    .execute();
  const { row } = await loadRequest(place.env.db, requestId);
  await decide(requestId, stranger);
  const { cookie, csrf } = await signIn(administrator);
  const headers = {
    cookie,
    "x-csrf-token": csrf,
    host: "localhost:8080",
    origin: "http://localhost:8080",
    "idempotency-key": "a-moment-late",
  };
  const answer = await app.inject({
    ...{ method: "POST", url: `/v1/seal-use-requests/${requestId}/decisions`, headers },
    payload: { stepId: step.stepId, decision: "approve", comment: "", digest: row.digest },
  });
  const { refusals } = answer.json<{ refusals: { code: string }[] }>();
  assert.equal(refusals[0]?.code, "approval.decided-by-another", answer.body);
  await app.close();
});

test("C11: nobody with another duty is added, nobody twice, nobody by somebody else, and nobody after the signatory", async () => {
  const { applicant, head, lawyer, signatory, custodian, supervisor, stranger } = crew.people;
  const requestId = await submit();
  for (const person of [applicant, custodian, supervisor])
    await assert.rejects(ask(requestId, head, person, "before"), refused("step.not-eligible"), person);
  for (const person of [head, lawyer])
    await assert.rejects(ask(requestId, head, person, "after"), refused("step.asked-already"));
  await assert.rejects(ask(requestId, head, stranger, "after", " "), refused("step.reason-missing"));
  const at = await current(requestId, head);
  const other = { ...at, personId: stranger, place: "after", reason: "because" } as const;
  await assert.rejects(addReviewer(place.env, lawyer, other), refused("approval.not-a-candidate"));
  await assert.rejects(readStepPeople(place.env, lawyer, at), ProblemError);
  for (const person of [head, lawyer]) await decide(requestId, person);
  await assert.rejects(ask(requestId, signatory, stranger, "after"), refused("step.after-signatory"));
  assert.equal((await readStepPeople(place.env, signatory, await current(requestId, signatory))).after, false);
});

test("an added reviewer opens the request from then on, and nobody opens it who merely works beside him", async () => {
  const { app, signIn } = await createTestApp(place);
  const { head, stranger, administrator } = crew.people;
  const requestId = await submit();
  const { documents } = await loadRequest(place.env.db, requestId);
  const answers = async (personId: string): Promise<number[]> => {
    const { cookie } = await signIn(personId);
    const urls = [`/v1/seal-use-requests/${requestId}`, `/v1/documents/${documents[0]?.documentId}/file`];
    const sent = urls.map((url) => app.inject({ url, headers: { cookie, host: "localhost:8080" } }));
    return (await Promise.all(sent)).map(({ statusCode }) => statusCode);
  };
  assert.deepEqual(await answers(stranger), [404, 404], "before he was added");
  await ask(requestId, head, stranger, "before");
  assert.deepEqual(await answers(stranger), [200, 200]);
  assert.deepEqual(await answers(administrator), [404, 404]);
  await decide(requestId, stranger);
  assert.deepEqual(await answers(stranger), [200, 200], "who decided reads on what");
  await app.close();
});

test("a part in a step is passed on to somebody entitled alone, and whoever passed it on still sees the request", async () => {
  const { env } = place;
  const { head, stranger, administrator, lawyer } = crew.people;
  const requestId = await submit();
  const pass = async (by: string, personId: string) =>
    transferStep(env, by, { ...(await current(requestId, by)), personId, reason: "Away tomorrow" });
  await assert.rejects(pass(head, stranger), refused("step.not-entitled"));
  await ask(requestId, head, stranger, "before");
  await assert.rejects(pass(stranger, lawyer), refused("step.not-entitled"), "he is asked later on");
  await pass(stranger, administrator);
  assert.equal(await seesRequest(env.db, stranger, requestId, env.clock.now()), true);
  await assert.rejects(decide(requestId, stranger), ProblemError);
  await decide(requestId, administrator);
  const waits = await listSummaries(env, head, { view: "waiting" });
  assert.ok(waits.items.some((item) => item.requestId === requestId));
  const told = (await readTimeline(env.db, { requestId })).find((one) => one.type === "SealUseStepTransferred");
  assert.deepEqual(
    [told?.actor?.personId, told?.person?.personId, told?.comment],
    [stranger, administrator, "Away tomorrow"],
  );
});

test("a reviewer is added while the step is decided: the step is decided and nobody added, or it waits for the reviewer", async () => {
  for (let round = 0; round < 3; round += 1) {
    const requestId = await submit();
    const results = await Promise.allSettled([
      decide(requestId, crew.people.head),
      ask(requestId, crew.people.head, crew.people.stranger, "before"),
    ]);
    assert.equal(results.filter((result) => result.status === "fulfilled").length, 1);
    const now = await steps(requestId);
    const [decided] = results;
    assert.equal(
      now.some((one) => one.added !== null),
      decided.status === "rejected",
    );
    assert.equal(now.filter((one) => one.state === "current").length, 1);
  }
});
