import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { countForms } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { applyInTest, approveInTest, releaseInTest } from "../../platform/test-walk.ts";
import { checkRequest } from "../requests/check-request.ts";
import { discardDraft } from "../requests/draft-service.ts";
import { digestOfRequest, loadRequest } from "../requests/load-request.ts";
import { submitRequest, withdrawRequest } from "../requests/submit-service.ts";
import { runSealJob } from "../sealing/seal-job.ts";
import { sealingPorts } from "../sealing/test-sealing.ts";
import { returnForms, useForms } from "./move-forms.ts";
import { readHoldings } from "./post-forms.ts";
import { nameForms, readRequestForms } from "./request-forms.ts";
import { issueInTest, makeFormKeeperInTest, openSeriesInTest } from "./test-forms.ts";

let place: TestEnvironment;
let env: Environment;
let crew: TestCrew;
let people: TestCrew["people"];
let contract: string;
let seriesId: string;
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
  people = crew.people;
  contract = await crew.registerSeal("contract", "LX-02");
  const at = { actorId: people.sealAdministrator, entityId: crew.entityId, personId: people.stranger };
  await makeFormKeeperInTest(env, at);
  seriesId = await openSeriesInTest(env, {
    ...{ entityId: crew.entityId, administratorId: people.sealAdministrator, keeperId: people.stranger },
    sealId: contract,
  });
  await issueInTest(env, { seriesId, keeperId: people.stranger, toId: people.applicant, numbers: "1-20" });
});
after(() => place.close());

const refused = (code: string) => (error: unknown) =>
  error instanceof ProblemError && error.refusals.some((one) => one.code === code);
const counts = async () => countForms(await readHoldings(env.db, seriesId));
const name = (requestId: string, numbers: string, personId = people.applicant) =>
  nameForms(env, personId, requestId, [{ seriesId, numbers }]);

test("C05 a request names only what its applicant has in hand, and what no other request names", async () => {
  const requestId = await applyInTest(env, crew, contract);
  await assert.rejects(name(requestId, "20-21"), refused("forms.not-yours"));
  await assert.rejects(name(requestId, "1", people.head), { code: "subject.not-found" });
  await name(requestId, "1-3");
  await name(requestId, "1-2");
  const shown = await readRequestForms(env, people.applicant, requestId);
  assert.deepEqual(
    [shown.items.map((one) => one.written), shown.inHand.map((one) => one.written), shown.mayChange],
    [["A00001–A00002"], ["A00001–A00020"], true],
  );
  const other = await applyInTest(env, crew, contract);
  await name(other, "2");
  await submitRequest(env, people.applicant, requestId);
  await assert.rejects(submitRequest(env, people.applicant, other), refused("forms.held-by-request"));
  await assert.rejects(name(requestId, "5"), refused("request.command-not-possible"));
  const use = { seriesId, numbers: "1", requestId: null, reason: "Cash" };
  await assert.rejects(useForms(env, people.applicant, use), refused("forms.held-by-request"));
  await assert.rejects(returnForms(env, people.stranger, { seriesId, numbers: "2" }), refused("forms.held-by-request"));
  await discardDraft(env, people.applicant, other);
  await withdrawRequest(env, people.applicant, requestId, "");
  await returnForms(env, people.stranger, { seriesId, numbers: "2" });
  const check = await checkRequest(env.db, env, await loadRequest(env.db, requestId));
  assert.ok(
    check.refusals.some((one) => one.code === "forms.not-yours"),
    "what was free again went elsewhere",
  );
});

test("C05 the forms are part of what is approved, and are used when the request is registered", async () => {
  const before_ = await counts();
  const requestId = await applyInTest(env, crew, contract);
  await name(requestId, "10-12");
  const loaded = await loadRequest(env.db, requestId);
  assert.notEqual(digestOfRequest(loaded), digestOfRequest({ ...loaded, forms: [] }));
  await submitRequest(env, people.applicant, requestId);
  await approveInTest(env, crew, requestId);
  await releaseInTest(env, crew, requestId);
  assert.deepEqual(await counts(), before_);
  await runSealJob(env, sealingPorts(place), requestId);
  const { row } = await loadRequest(env.db, requestId);
  assert.equal(row.state, "registered");
  assert.deepEqual(await counts(), { ...before_, issued: before_.issued - 3, used: before_.used + 3 });
  const posting = await env.db
    .selectFrom("form_postings")
    .select(["first_no", "last_no", "actor_id"])
    .where("request_id", "=", requestId)
    .execute();
  assert.deepEqual(posting, [{ first_no: "10", last_no: "12", actor_id: people.applicant }]);
});
