import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { READER_PARTS, type ReaderPart, readingOf } from "@chancery/domain";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { testContract } from "../../platform/test-pdf.ts";
import { applyInTest, approveInTest, releaseInTest } from "../../platform/test-walk.ts";
import { addReviewer, transferStep } from "../approvals/change-step.ts";
import { requireReviews } from "../emergency/review.ts";
import { readTimeline } from "../ledger/timeline.ts";
import { checkRequest } from "../requests/check-request.ts";
import { commentOnRequest } from "../requests/comments.ts";
import { readDetail } from "../requests/detail.ts";
import { saveDraft } from "../requests/draft-service.ts";
import { loadRequest } from "../requests/load-request.ts";
import { mayKnow, maySee, readParts, requireMaySee, seesRequest } from "../requests/may-see.ts";
import { submitRequest, withdrawRequest } from "../requests/submit-service.ts";
import { listSummaries } from "../requests/summaries.ts";
import { runSealJob } from "../sealing/seal-job.ts";
import { sealingPorts } from "../sealing/test-sealing.ts";
import { takeAccess } from "./access.ts";
import { addReader, removeReader } from "./readers.ts";

let place: TestEnvironment;
let crew: TestCrew;
let seal: string;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  seal = await crew.registerSeal("contract", "LX-02");
});
after(() => place?.close());

const problem = (code: string) => (error: unknown) => error instanceof ProblemError && error.code === code;
const now = (): number => place.env.clock.now();

/** Saves a draft as confidential, or not, as it else stands. */
async function save(requestId: string, confidential: { reason: string; readers: string[] } | null, change = {}) {
  const { row, documents } = await loadRequest(place.env.db, requestId);
  await saveDraft(place.env, crew.people.applicant, requestId, {
    ...{ title: row.title, documentClass: row.document_class, external: row.external, currency: row.currency },
    ...{ counterparty: row.counterparty, purpose: row.purpose, amount: row.amount, wantedBy: null, validUntil: null },
    ...{ entityId: row.entity_id, handlerId: row.handler_id, version: row.version, confidential },
    documents: documents.map(({ documentId, placements }) => ({
      ...{ documentId, answers: [] },
      placements: placements.map(({ sealId, page, xMm, yMm }) => ({ sealId, page, xMm, yMm })),
    })),
    ...change,
  });
}
async function secret(readers: string[] = [], pdf = testContract()): Promise<string> {
  const requestId = await applyInTest(place.env, crew, seal, { pdf });
  await save(requestId, { reason: "A merger", readers });
  await submitRequest(place.env, crew.people.applicant, requestId);
  return requestId;
}
const readersOf = async (requestId: string): Promise<string[]> => {
  const names = [];
  for (const [name, personId] of Object.entries(crew.people))
    if (await seesRequest(place.env.db, personId, requestId, now())) names.push(name);
  return names.toSorted();
};

test("C11: it is read by those with a part in it while they have one, from the draft to the register", async () => {
  const { env } = place;
  const { applicant } = crew.people;
  const requestId = await applyInTest(env, crew, seal);
  await save(requestId, { reason: "A merger", readers: [crew.people.stranger] });
  assert.deepEqual(await readersOf(requestId), ["applicant"], "a draft is its writer's alone");
  await submitRequest(env, applicant, requestId);
  assert.deepEqual(await readersOf(requestId), ["applicant", "head", "stranger"]);
  await approveInTest(env, crew, requestId);
  const decided = ["applicant", "head", "lawyer", "signatory", "stranger"];
  assert.deepEqual(
    await readersOf(requestId),
    [...decided, "custodian", "secondCustodian", "supervisor"].toSorted(),
    "who keeps and supervises its seal reads it while it is to be sealed",
  );
  await releaseInTest(env, crew, requestId);
  await runSealJob(env, sealingPorts(place), requestId);
  assert.equal((await loadRequest(env.db, requestId)).row.state, "registered");
  assert.deepEqual(
    await readersOf(requestId),
    [...decided, "custodian", "supervisor"].toSorted(),
    "and afterwards who released and confirmed it",
  );
});

test("C11: the database reads what the domain's rule says, for everybody and every part", async () => {
  const { env } = place;
  const requests = [await secret([crew.people.keeper]), await applyInTest(env, crew, seal)];
  await submitRequest(env, crew.people.applicant, requests[1] ?? "");
  for (const requestId of requests) await approveInTest(env, crew, requestId);
  await takeAccess(env, crew.people.inspector, requests[0] ?? "", "An audit");
  const met = new Set<ReaderPart>();
  for (const requestId of requests)
    for (const personId of Object.values(crew.people)) {
      const facts = await readParts(env.db, personId, requestId, now());
      assert.ok(facts);
      for (const part of facts.parts) met.add(part);
      const found = await env.db
        .selectFrom("seal_use_requests as r")
        .select((eb) => [
          maySee(personId, now())(eb as never).as("opens"),
          mayKnow(personId, now())(eb as never).as("knows"),
        ])
        .where("r.request_id", "=", requestId)
        .executeTakeFirstOrThrow();
      const reading = readingOf(facts);
      assert.deepEqual(
        [Boolean(found.opens), Boolean(found.knows)],
        [reading === "open", reading !== "hidden"],
        `${personId} ${facts.parts.join(" ")}`,
      );
    }
  for (const part of ["applicant", "decided", "was-asked", "named", "sealing", "keeping", "inspecting"] as const)
    assert.ok(met.has(part) && READER_PARTS.includes(part), part);
});

test("C11: an inspector opens it by saying why, for a day; its readers see who did, and he is asked again", async () => {
  const { env } = place;
  const { inspector, applicant, stranger } = crew.people;
  const requestId = await secret();
  await assert.rejects(requireMaySee(env.db, inspector, requestId, now()), problem("confidential.needs-access"));
  await assert.rejects(requireMaySee(env.db, stranger, requestId, now()), problem("subject.not-found"));
  const [masked] = (await listSummaries(env, inspector, { view: "all" })).items.filter(
    (one) => one.requestId === requestId,
  );
  assert.deepEqual(
    [masked?.confidential, masked?.title, masked?.counterparty, masked?.amount, masked?.documentClass],
    ["masked", "", "", null, null],
  );
  assert.ok(masked?.number);
  const found = (await listSummaries(env, inspector, { view: "all", search: "Supply" })).items;
  assert.ok(found.length > 0 && found.every((one) => one.requestId !== requestId), "its title finds others alone");
  assert.equal((await listSummaries(env, inspector, { view: "all", search: masked.number })).items.length, 1);
  await assert.rejects(takeAccess(env, inspector, requestId, "  "), problem("confidential.access-reason"));
  await assert.rejects(takeAccess(env, stranger, requestId, "Curious"), problem("subject.not-found"));
  await assert.rejects(takeAccess(env, applicant, requestId, "Mine"), problem("confidential.open-already"));
  const { until } = await takeAccess(env, inspector, requestId, "Complaint 7");
  const left = Date.parse(until) - now();
  assert.ok(left <= 86_400_000 && left > 86_300_000, `${left} ms`);
  await requireMaySee(env.db, inspector, requestId, now());
  const detail = await readDetail(env, applicant, requestId);
  assert.deepEqual(
    detail.confidentiality?.accesses.map((one) => [one.by?.personId, one.reason, one.until]),
    [[inspector, "Complaint 7", until]],
  );
  const told = (await readTimeline(env.db, { requestId })).find((one) => one.type === "SealUseConfidentialOpened");
  assert.deepEqual([told?.actor?.personId, told?.comment], [inspector, "Complaint 7"]);
  await assert.rejects(
    requireMaySee(env.db, inspector, requestId, Date.parse(until)),
    problem("confidential.needs-access"),
  );
  const both = await Promise.allSettled([
    takeAccess(env, inspector, await secret(), "Two at once"),
    takeAccess(env, inspector, requestId, "Open already"),
  ]);
  assert.deepEqual(
    both.map((one) => one.status),
    ["fulfilled", "rejected"],
  );
});

test("C11: two accesses in the same moment are one: the second finds it open", async () => {
  const { env } = place;
  const requestId = await secret();
  const both = await Promise.allSettled(
    ["first", "second"].map((reason) => takeAccess(env, crew.people.inspector, requestId, reason)),
  );
  assert.deepEqual(both.map((one) => one.status).toSorted(), ["fulfilled", "rejected"]);
  const rows = await env.db
    .selectFrom("request_accesses")
    .select("reason")
    .where("request_id", "=", requestId)
    .execute();
  assert.equal(rows.length, 1);
});

test("C11: added, passed on to, and no longer: who is asked reads it while his part lasts", async () => {
  const { env } = place;
  const { head, stranger, keeper } = crew.people;
  const requestId = await secret([], testContract({}, "gauges that a reviewer was added for"));
  const [step] = (await loadRequest(env.db, requestId)).steps;
  await addReviewer(env, head, {
    ...{ requestId, stepId: step?.stepId ?? "", personId: stranger, place: "before", reason: "Knows it" },
  });
  assert.deepEqual(await readersOf(requestId), ["applicant", "head", "stranger"], "the head waits for him");
  const added = (await loadRequest(env.db, requestId)).steps.find((one) => one.added !== null);
  await transferStep(env, stranger, { requestId, stepId: added?.stepId ?? "", personId: keeper, reason: "Away" });
  assert.deepEqual(await readersOf(requestId), ["applicant", "head", "keeper"], "who passed it on reads it no more");
  await withdrawRequest(env, crew.people.applicant, requestId, "");
  assert.deepEqual(await readersOf(requestId), ["applicant"]);
});

test("C11: readers alone are mentioned, but by the applicant, who names them by it and takes them off again", async () => {
  const { env } = place;
  const { applicant, head, stranger, lawyer } = crew.people;
  const requestId = await secret();
  const comment = { text: "Please look", mentions: [stranger] };
  await assert.rejects(commentOnRequest(env, head, requestId, comment), problem("comment.confidential"));
  await commentOnRequest(env, head, requestId, { text: "Please look", mentions: [applicant] });
  await commentOnRequest(env, applicant, requestId, comment);
  await addReader(env, applicant, requestId, lawyer);
  assert.deepEqual(await readersOf(requestId), ["applicant", "head", "lawyer", "stranger"]);
  await assert.rejects(addReader(env, head, requestId, lawyer), problem("subject.not-found"));
  await assert.rejects(removeReader(env, head, requestId, lawyer), problem("subject.not-found"));
  await removeReader(env, applicant, requestId, stranger);
  assert.deepEqual(await readersOf(requestId), ["applicant", "head", "lawyer"], "mentioned, and read no more");
  await assert.rejects(removeReader(env, applicant, requestId, stranger), problem("subject.not-found"));
  await env.db.updateTable("people").set({ guest: true }).where("person_id", "=", stranger).execute();
  await assert.rejects(addReader(env, applicant, requestId, stranger), problem("confidential.not-to-be-named"));
  await env.db.updateTable("people").set({ guest: false }).where("person_id", "=", stranger).execute();
  const types = (await readTimeline(env.db, { requestId })).map((one) => one.type);
  assert.equal(types.filter((one) => one === "SealUseReaderNamed").length, 2);
  assert.equal(types.filter((one) => one === "SealUseReaderEnded").length, 1);
});

test("C11: without a reason, or with a reader who does not fit, it is not submitted; once submitted it stays what it was", async () => {
  const { env } = place;
  const { applicant, stranger } = crew.people;
  const requestId = await applyInTest(env, crew, seal);
  await save(requestId, { reason: "", readers: [] });
  await assert.rejects(submitRequest(env, applicant, requestId), problem("confidential.reason-missing"));
  await env.db.updateTable("people").set({ state: "departed" }).where("person_id", "=", stranger).execute();
  await save(requestId, { reason: "A merger", readers: [stranger] });
  await assert.rejects(submitRequest(env, applicant, requestId), problem("confidential.not-to-be-named"));
  await env.db.updateTable("people").set({ state: "active" }).where("person_id", "=", stranger).execute();
  await submitRequest(env, applicant, requestId);
  await withdrawRequest(env, applicant, requestId, "");
  await assert.rejects(save(requestId, null), problem("confidential.fixed"));
  await save(requestId, { reason: "A merger, still", readers: [] });
  const types = (await readTimeline(env.db, { requestId })).map((one) => one.type);
  assert.ok(types.includes("SealUseReaderEnded"), "whom the applicant takes off is told");
  await assert.rejects(
    env.db
      .updateTable("seal_use_requests")
      .set({ confidential_reason: null })
      .where("request_id", "=", requestId)
      .execute(),
    /stays as it was submitted/,
  );
  const plain = await applyInTest(env, crew, seal);
  await submitRequest(env, applicant, plain);
  await withdrawRequest(env, applicant, plain, "");
  await assert.rejects(save(plain, { reason: "Too late", readers: [] }), problem("confidential.fixed"));
});

test("C11: what the tables are told without the application is refused: an access without its event, a changed one", async () => {
  const { env } = place;
  const requestId = await secret();
  const { event_id: other } = await env.db
    .selectFrom("events")
    .select("event_id")
    .where("request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  const at = new Date(now());
  await assert.rejects(
    env.db
      .insertInto("request_accesses")
      .values({
        ...{ event_id: other, request_id: requestId, person_id: crew.people.stranger, reason: "x", at },
        until: new Date(now() + 1000),
      })
      .execute(),
    /told by its event/,
  );
  await assert.rejects(env.db.deleteFrom("request_accesses").execute(), /permission denied/);
  await assert.rejects(env.db.updateTable("request_accesses").set({ reason: "y" }).execute(), /permission denied/);
});

test("C11: a question about another request says that a confidential one is there, and nothing of it", async () => {
  const { env } = place;
  const { applicant, head } = crew.people;
  const first = await secret();
  const second = await applyInTest(env, crew, seal);
  const { questions } = await checkRequest(env.db, env, await loadRequest(env.db, second));
  const repeated = questions.find((one) => one.kind === "repeated-document");
  assert.ok(repeated, "asked");
  assert.ok(repeated.related.includes(first), "the very same file");
  assert.deepEqual(Object.keys(repeated.facts).toSorted(), ["confidential", "count"]);
  await submitRequest(env, applicant, second);
  await removeFromSight(first, head);
  const shown = (await readDetail(env, head, second)).questions.find((one) => one.kind === "repeated-document");
  assert.match(shown?.sentence.en ?? "", /^A confidential request may belong/);
  const { number } = (await loadRequest(env.db, first)).row;
  assert.ok(!JSON.stringify(shown).includes(number ?? "-"), "not even its number");
  assert.ok((shown?.untold ?? 0) > 0);
});

/** Takes the request back, so that who was asked about it reads it no more. */
async function removeFromSight(requestId: string, personId: string): Promise<void> {
  await withdrawRequest(place.env, crew.people.applicant, requestId, "");
  assert.equal(await seesRequest(place.env.db, personId, requestId, now()), false);
}

test("an emergency that is confidential is reviewed by one who has opened it", async () => {
  const { env } = place;
  const { applicant, sealAdministrator } = crew.people;
  const requestId = await applyInTest(env, crew, seal, { emergency: "The bid closes at noon today, no later." });
  await save(requestId, { reason: "A bid", readers: [] }, { emergency: "The bid closes at noon today, no later." });
  await submitRequest(env, applicant, requestId);
  await approveInTest(env, crew, requestId);
  await assert.rejects(requireReviews(env, sealAdministrator, { requestId }), problem("confidential.needs-access"));
  await takeAccess(env, sealAdministrator, requestId, "To review it");
  await requireReviews(env, sealAdministrator, { requestId });
});
