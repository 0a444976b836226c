import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { testContract } from "../../platform/test-pdf.ts";
import { applyInTest, presentInTest, walkToReserved } from "../../platform/test-walk.ts";
import { decideStep } from "../approvals/service.ts";
import { runSealJob } from "../sealing/seal-job.ts";
import { sealingPorts } from "../sealing/test-sealing.ts";
import { showQuestions } from "./ask-questions.ts";
import { checkRequest } from "./check-request.ts";
import { readDetail } from "./detail.ts";
import { saveDraft } from "./draft-service.ts";
import { digestOfRequest, loadRequest } from "./load-request.ts";
import { addQuick } from "./quick-decision.ts";
import { submitRequest } from "./submit-service.ts";
import { summarise } from "./summaries.ts";

let place: TestEnvironment;
let crew: TestCrew;
let seal: string;
let first: string;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  seal = await crew.registerSeal("contract", "LX-01");
  first = await applyAs("Gauges, lot 1", "9000000.00");
  await submitRequest(place.env, crew.people.applicant, first);
});
after(() => place?.close());

/** A draft with these facts; the file of every draft is the same. */
async function applyAs(purpose: string, amount: string, questionAnswers: { key: string; reason: string }[] = []) {
  const requestId = await applyInTest(place.env, crew, seal);
  await edit(requestId, { purpose, amount, questionAnswers });
  return requestId;
}
async function edit(
  requestId: string,
  change: {
    readonly purpose: string;
    readonly amount: string;
    readonly questionAnswers: { key: string; reason: string }[];
    readonly counterparty?: string;
  },
) {
  const { row, documents } = await loadRequest(place.env.db, requestId);
  await saveDraft(place.env, crew.people.applicant, requestId, {
    ...{ title: row.title, documentClass: row.document_class, external: row.external, currency: row.currency },
    ...{ counterparty: " 北辰（仪表） ", wantedBy: null, validUntil: null, entityId: row.entity_id, handlerId: null },
    documents: documents.map(({ documentId, placements }) => ({
      ...{ documentId, answers: [] },
      placements: placements.map(({ sealId, page, xMm, yMm }) => ({ sealId, page, xMm, yMm })),
    })),
    ...change,
    version: row.version,
  });
}
const check = async (requestId: string) =>
  (await checkRequest(place.env.db, place.env, await loadRequest(place.env.db, requestId))).questions;

test("C20: amounts split below a limit are asked about at the check, answered or not, and never refused", async () => {
  const { env } = place;
  const alone = await applyAs("Rent", "1000.00");
  assert.deepEqual(
    (await check(alone)).map(({ kind, facts }) => [kind, facts.otherPurpose]),
    [
      ["split", true],
      ["repeated-document", undefined],
    ],
    "another purpose is asked about by the counterparty alone",
  );
  const second = await applyAs("Gauges, lot 2", "2000000.00", [
    { key: "split", reason: "Two deliveries, ordered apart" },
  ]);
  const asked = await check(second);
  assert.deepEqual(
    asked.map(({ kind, related, answer }) => [kind, related, answer]),
    [
      ["split", [first], "Two deliveries, ordered apart"],
      ["repeated-document", [first], null],
    ],
  );
  await submitRequest(env, crew.people.applicant, second);
  const loaded = await loadRequest(env.db, second);
  assert.deepEqual([loaded.row.state, loaded.questions], ["in-review", asked]);
});

test("C20: what is split among a company and its branches is asked about, whoever comes first; a subsidiary is not", async () => {
  const { env } = place;
  const names = ["海润贸易有限公司", "海润贸易有限公司上海分公司", "海润贸易北京分公司", "海润贸易有限公司上海子公司"];
  const asked: (number | undefined)[] = [];
  for (const [at, counterparty] of names.entries()) {
    const requestId = await applyInTest(env, crew, seal);
    await edit(requestId, { purpose: `Pumps, lot ${at}`, amount: "6000000.00", questionAnswers: [], counterparty });
    const questions = await check(requestId);
    asked.push(questions.find(({ kind }) => kind === "split")?.related.length);
    if (at < 3) await submitRequest(env, crew.people.applicant, requestId);
  }
  assert.deepEqual(asked, [undefined, 1, 2, undefined]);
});

test("C20: what was asked and answered is under the digest, and stays while nobody edits the request", async () => {
  const { env } = place;
  const requestId = await applyAs("Gauges, lot 3", "3000000.00", [{ key: "split", reason: "Because" }]);
  await submitRequest(env, crew.people.applicant, requestId);
  const loaded = await loadRequest(env.db, requestId);
  assert.equal(loaded.row.digest, digestOfRequest(loaded));
  const other = loaded.questions.map((one) => ({ ...one, answer: "Another reason" }));
  assert.notEqual(loaded.row.digest, digestOfRequest({ ...loaded, questions: other }));
  await assert.rejects(
    env.db
      .updateTable("seal_use_requests")
      .set({ questions: JSON.stringify(other) })
      .where("request_id", "=", requestId)
      .execute(),
    /keeps what was asked/,
  );
});

test("C20: whoever decides sees question, reason and the other requests, and opens those he may see", async () => {
  const { env } = place;
  const { head, applicant, stranger } = crew.people;
  const requestId = await applyAs("Gauges, lot 4", "4000000.00", [{ key: "split", reason: "Because" }]);
  await submitRequest(env, applicant, requestId);
  const [split] = (await readDetail(env, head, requestId)).questions;
  assert.deepEqual([split?.kind, split?.answer, split?.untold], ["split", "Because", 0]);
  assert.ok(
    split?.related.every((one) => one.requestId !== null && one.number !== ""),
    "the head is asked about both",
  );
  const [asStranger] = (await readDetail(env, stranger, requestId)).questions;
  assert.ok(asStranger?.related.every((one) => one.requestId === null && one.number !== ""));
});

test("C11 C20: no draft tells its applicant of requests that he does not read; who decides is told once it is submitted", async () => {
  const { env } = place;
  const { stranger, head, secondCustodian } = crew.people;
  const draft = await applyInTest(env, crew, seal, { applicantId: secondCustodian });
  const { row, documents } = await loadRequest(env.db, draft);
  await saveDraft(env, secondCustodian, draft, {
    ...{ title: row.title, documentClass: row.document_class, external: row.external, currency: row.currency },
    ...{ counterparty: "北辰仪表", wantedBy: null, validUntil: null, entityId: row.entity_id, handlerId: null },
    documents: documents.map(({ documentId, placements }) => ({
      ...{ documentId, answers: [] },
      placements: placements.map(({ sealId, page, xMm, yMm }) => ({ sealId, page, xMm, yMm })),
    })),
    ...{ purpose: "Gauges, lot 9", amount: "2000000.00", version: row.version },
  });
  const hears = async (personId?: string) =>
    (await checkRequest(env.db, env, await loadRequest(env.db, draft), personId)).questions.map(({ kind }) => kind);
  assert.deepEqual(await hears(secondCustodian), [], "neither by amount nor by the file");
  assert.deepEqual(await hears(), ["split", "repeated-document"], "as it is submitted");
  const questions = (await checkRequest(env.db, env, await loadRequest(env.db, draft))).questions;
  const shown = async (personId: string, asks: boolean) =>
    (await showQuestions(env.db, env, questions, { personId, asks })).map(({ kind }) => kind);
  assert.deepEqual(await shown(secondCustodian, true), []);
  assert.deepEqual(await shown(head, false), ["split", "repeated-document"]);
  assert.deepEqual(await shown(stranger, false), ["split", "repeated-document"]);
});

test("C20: a stamped file is told as stamped; what is asked about is not approved with others", async () => {
  const { env } = place;
  const requestId = await walkToReserved(env, crew, seal, { external: true });
  await runSealJob(env, sealingPorts(place), requestId);
  const again = await applyAs("Something else", "1.00");
  const question = (await check(again)).find(({ kind }) => kind === "repeated-document");
  assert.ok(Number(question?.facts.sealed) > 0);
  await submitRequest(env, crew.people.applicant, again);
  const [told] = await addQuick(env, crew.people.head, await summarise(env.db, env, [again]));
  assert.equal(told?.quick, null);
});

test("C20: a file that was saved anew is the same document", async () => {
  const { env } = place;
  const asked = async (pdf: Buffer) =>
    (await check(await applyInTest(env, crew, seal, { pdf }))).filter(({ kind }) => kind === "repeated-document")
      .length;
  const savedAnew = Buffer.concat([testContract(), Buffer.from("\n% saved anew\n")]);
  assert.equal(await asked(savedAnew), 1);
  assert.equal(await asked(testContract({}, "gauges that nobody asked for before")), 0);
});

test("C20: whoever declares next to nothing counts by what his document says", async () => {
  const { env } = place;
  const little = await applyAs("Wires, lot 1", "1.00");
  await submitRequest(env, crew.people.applicant, little);
  const next = await applyAs("Wires, lot 2", "9500000.00");
  const split = (await check(next)).find(({ kind }) => kind === "split");
  assert.notEqual(
    split?.facts.otherPurpose,
    true,
    "one purpose: 9,500,000 and the 1,286,000 of the document pass the limit",
  );
  assert.ok(split?.related.includes(little));
  await submitRequest(env, crew.people.applicant, next);
  const [shown] = (await readDetail(env, crew.people.head, next)).questions.filter(({ kind }) => kind === "split");
  assert.ok(shown?.related.some(({ requestId, amount }) => requestId === little && amount === "1286000.00"));
});

test("C20: a request that was rejected is not added up", async () => {
  const { env } = place;
  const requestId = await applyAs("Cables, lot 1", "9000000.00");
  await submitRequest(env, crew.people.applicant, requestId);
  const { steps, row } = await loadRequest(env.db, requestId);
  const digest = row.digest ?? "";
  const stepUpId = await presentInTest(env, crew.people.head, "reject", requestId, digest);
  await decideStep(env, crew.people.head, {
    ...{ requestId, stepId: steps[0]?.stepId ?? "", decision: "reject", comment: "Not needed", digest },
    presence: { stepUpId, method: "password" },
  });
  const next = await applyAs("Cables, lot 2", "2000000.00");
  const split = (await check(next)).find(({ kind }) => kind === "split");
  assert.ok(split);
  assert.equal(split.facts.otherPurpose, true, "of the same purpose there is no other");
  assert.ok(!split.related.includes(requestId));
});
