import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { applyInTest } from "../../platform/test-walk.ts";
import { readTimeline } from "../ledger/timeline.ts";
import { commentOnRequest } from "./comments.ts";
import { seesRequest } from "./may-see.ts";
import { submitRequest } from "./submit-service.ts";
import { listSummaries } from "./summaries.ts";

let place: TestEnvironment;
let crew: TestCrew;
let sealId: string;
let requestId: string;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  sealId = await crew.registerSeal("contract", "LX-02");
  requestId = await applyInTest(place.env, crew, sealId);
  await submitRequest(place.env, crew.people.applicant, requestId);
});
after(() => place?.close());

const copied = async (personId: string) => (await listSummaries(place.env, personId, { view: "copied" })).items;

test("whoever is mentioned sees the request from then on, and finds it among what he is copied on", async () => {
  const { env } = place;
  const { applicant, head, stranger } = crew.people;
  assert.equal(await seesRequest(env.db, stranger, requestId, env.clock.now()), false);
  const comment = { text: "Please look at clause 9.", mentions: [stranger, head, head, applicant] };
  await commentOnRequest(env, applicant, requestId, comment);
  await commentOnRequest(env, head, requestId, { text: "And at clause 10.", mentions: [stranger] });
  assert.equal(await seesRequest(env.db, stranger, requestId, env.clock.now()), true);
  for (const person of [stranger, head]) assert.equal((await copied(person))[0]?.requestId, requestId);
  assert.deepEqual(await copied(applicant), [], "nobody mentions himself");
  const told = (await readTimeline(env.db, { requestId })).filter((one) => one.type === "SealUseMentioned");
  assert.deepEqual(
    told.map((one) => [one.actor?.personId, one.person?.personId, one.facts.firstTime]),
    [
      [head, stranger, false],
      [applicant, head, true],
      [applicant, stranger, true],
    ],
  );
  await assert.rejects(env.db.deleteFrom("request_copies").execute(), /permission denied/);
});

test("C11: a guest who has no part in it is not shown it, and nothing of the comment is kept", async () => {
  const { env } = place;
  const { applicant, administrator } = crew.people;
  await env.db.updateTable("people").set({ guest: true }).where("person_id", "=", administrator).execute();
  const before = (await readTimeline(env.db, { requestId })).length;
  await assert.rejects(
    commentOnRequest(env, applicant, requestId, { text: "For you", mentions: [administrator] }),
    (error) => error instanceof ProblemError && error.code === "comment.not-to-be-mentioned",
  );
  assert.equal((await readTimeline(env.db, { requestId })).length, before);
  assert.deepEqual(await copied(administrator), []);
});

test("C11: nobody is mentioned in a draft, which he would not see, and nothing of the comment is kept", async () => {
  const { env } = place;
  const { applicant, stranger } = crew.people;
  const draft = await applyInTest(env, crew, sealId);
  assert.deepEqual(await codesOf(commentOnRequest(env, applicant, draft, { text: "For you", mentions: [stranger] })), [
    "comment.draft",
  ]);
  assert.equal(
    (await readTimeline(env.db, { requestId: draft })).filter((one) => /Comment|Mention/.test(one.type)).length,
    0,
  );
  await commentOnRequest(env, applicant, draft, { text: "For myself" });
});

test("a comment of characters that show nothing is refused", async () => {
  await assert.rejects(
    commentOnRequest(place.env, crew.people.applicant, requestId, { text: "\u200b\u2800" }),
    (error) => error instanceof ProblemError && error.code === "input.incomplete",
  );
});
