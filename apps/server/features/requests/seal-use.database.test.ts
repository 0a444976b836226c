import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { makeTestPdf, testContract } from "../../platform/test-pdf.ts";
import { applyInTest, approveInTest, presenceInTest, presentInTest, walkToReserved } from "../../platform/test-walk.ts";
import { decideStep } from "../approvals/service.ts";
import { runSealJob } from "../sealing/seal-job.ts";
import { sealingPorts } from "../sealing/test-sealing.ts";
import { freezeSeal } from "../seals/service.ts";
import { askGateFor } from "../stamping/service.ts";
import { checkRequest } from "./check-request.ts";
import { readDetail } from "./detail.ts";
import { discardDraft, saveDraft } from "./draft-service.ts";
import { loadRequest } from "./load-request.ts";
import { requireMaySee } from "./may-see.ts";
import { readOverview } from "./overview.ts";
import { submitRequest, withdrawRequest } from "./submit-service.ts";
import { listSummaries } from "./summaries.ts";
import { uploadDocument } from "./upload-document.ts";

let test_: TestEnvironment;
let crew: TestCrew;
let contract: string;
let department: string;
before(async () => {
  test_ = await createTestEnvironment();
  crew = await createTestCrew(test_.env);
  contract = await crew.registerSeal("contract", "LX-02");
  department = await crew.registerSeal("department", "LX-11");
});
after(() => test_.close());

const refusal = (code: string) => (error: unknown) =>
  error instanceof ProblemError && error.refusals.some((one) => one.code === code);
const problem = (code: string) => (error: unknown) => error instanceof ProblemError && error.code === code;

async function decide(
  requestId: string,
  personId: string,
  decision: "approve" | "reject" | "return",
  change: { digest?: string; present?: boolean; comment?: string } = {},
) {
  const { row, steps } = await loadRequest(test_.env.db, requestId);
  const step = steps.find((one) => one.state === "current");
  const digest = change.digest ?? row.digest ?? "";
  const presence =
    change.present === false
      ? null
      : {
          stepUpId: await presentInTest(test_.env, personId, decision, requestId, digest),
          method: "password" as const,
        };
  return decideStep(test_.env, personId, {
    requestId,
    stepId: step?.stepId ?? "step_0",
    decision,
    comment: change.comment ?? "",
    digest,
    presence,
  });
}

test("C06: a department seal is refused on an external document, the right seal is named, and the draft stays", async () => {
  const requestId = await applyInTest(test_.env, crew, department, {
    documentClass: "internal-notice",
    external: true,
  });
  await assert.rejects(
    submitRequest(test_.env, crew.people.applicant, requestId),
    refusal("entry.internal-seal-outside"),
  );
  const { row } = await loadRequest(test_.env.db, requestId);
  assert.equal(row.state, "draft");
  assert.equal(row.number, null);
  const refused = await test_.env.db
    .selectFrom("events")
    .select("facts")
    .where("request_id", "=", requestId)
    .where("type", "=", "SealUseRequestRefused")
    .execute();
  assert.equal(refused.length, 1);
});

test("C07: a seal outside its scope is refused", async () => {
  const requestId = await applyInTest(test_.env, crew, contract, { documentClass: "employment-certificate" });
  await assert.rejects(submitRequest(test_.env, crew.people.applicant, requestId), refusal("entry.wrong-seal"));
});

test("C05: a blank that is not answered is refused, an answered one passes, an empty page never", async () => {
  const open = makeTestPdf([
    "Supply contract between two companies about gauges",
    "",
    "",
    "",
    "Price: CNY ______ in words",
    "",
    "",
    "",
    "",
    "",
    "Signed for the buyer:",
  ]);
  const requestId = await applyInTest(test_.env, crew, contract, { pdf: open });
  await assert.rejects(submitRequest(test_.env, crew.people.applicant, requestId), refusal("entry.unfinished"));
  const { row, documents } = await loadRequest(test_.env.db, requestId);
  const draft = {
    title: row.title,
    documentClass: row.document_class,
    external: row.external,
    counterparty: row.counterparty,
    amount: row.amount,
    currency: row.currency,
    purpose: row.purpose,
    wantedBy: null,
    validUntil: null,
    entityId: row.entity_id,
    handlerId: null,
  };
  await saveDraft(test_.env, crew.people.applicant, requestId, {
    ...draft,
    version: row.version,
    documents: documents.map((document) => ({
      documentId: document.documentId,
      placements: document.placements.map(({ sealId, page, xMm, yMm }) => ({ sealId, page, xMm, yMm })),
      answers: document.unfinished.map((place) => ({
        placeId: place.placeId,
        reason: "The price is agreed in annex 2.",
      })),
    })),
  });
  assert.match((await submitRequest(test_.env, crew.people.applicant, requestId)).number, /^LX-\d{4}-\d{6}$/);

  const empty = await applyInTest(test_.env, crew, contract, { pdf: makeTestPdf([]) });
  await assert.rejects(submitRequest(test_.env, crew.people.applicant, empty), refusal("entry.empty-page"));
});

test("a draft saved in two windows: the second is refused and loses nothing, and goes on from the newer version", async () => {
  const requestId = await applyInTest(test_.env, crew, contract);
  const { row, documents } = await loadRequest(test_.env.db, requestId);
  const draft = (title: string, version: number) => ({
    title,
    version,
    documentClass: row.document_class,
    external: row.external,
    counterparty: row.counterparty,
    amount: row.amount,
    currency: row.currency,
    purpose: row.purpose,
    wantedBy: null,
    validUntil: null,
    entityId: row.entity_id,
    handlerId: null,
    documents: documents.map(({ documentId }) => ({ documentId, placements: [], answers: [] })),
  });
  const save = (title: string, version: number) =>
    saveDraft(test_.env, crew.people.applicant, requestId, draft(title, version));
  const results = await Promise.allSettled([save("one window", row.version), save("another", row.version)]);
  assert.deepEqual(results.map((result) => result.status).toSorted(), ["fulfilled", "rejected"]);
  const refused = results.find((result) => result.status === "rejected");
  assert.ok(problem("subject.changed-meanwhile")(refused?.reason));
  const winner = results[0]?.status === "fulfilled" ? "one window" : "another";
  const after = await loadRequest(test_.env.db, requestId);
  assert.equal(after.row.title, winner);
  assert.equal((await readDetail(test_.env, crew.people.applicant, requestId)).version, after.row.version);
  assert.equal((await save("on top of it", after.row.version)).version, after.row.version + 1);
  assert.equal((await loadRequest(test_.env.db, requestId)).row.title, "on top of it");
});

test("a seal over the edge of its page is refused, and every seal of the entity is judged before it is placed", async () => {
  const requestId = await applyInTest(test_.env, crew, contract, { placements: 4 });
  const check = await checkRequest(test_.env.db, test_.env, await loadRequest(test_.env.db, requestId));
  assert.deepEqual(
    check.refusals.map(({ code, facts }) => [code, facts.page]),
    [["entry.off-page", 1]],
  );
  assert.deepEqual(
    check.seals.map(({ sealId, refusals }) => [sealId, refusals.map(({ code }) => code)]).toSorted(),
    [
      [contract, []],
      [department, ["entry.internal-seal-outside"]],
    ].toSorted(),
  );
  await assert.rejects(submitRequest(test_.env, crew.people.applicant, requestId), refusal("entry.off-page"));
});

test("C03: a document that makes rights goes through legal review; one that does not, does not", async () => {
  const requestId = await applyInTest(test_.env, crew, contract);
  await submitRequest(test_.env, crew.people.applicant, requestId);
  assert.deepEqual(
    (await loadRequest(test_.env.db, requestId)).steps.map((step) => step.kind),
    ["unit-head", "legal-review", "signatory"],
  );
  const notice = await applyInTest(test_.env, crew, department, { documentClass: "internal-notice", external: false });
  await submitRequest(test_.env, crew.people.applicant, notice);
  assert.deepEqual(
    (await loadRequest(test_.env.db, notice)).steps.map((step) => step.kind),
    ["unit-head", "signatory"],
  );
});

test("C09: numbers have no gap when many submit at once and some are refused", async () => {
  const { env } = test_;
  const before = await env.db
    .selectFrom("number_counters")
    .select("last")
    .where("entity_id", "=", crew.entityId)
    .executeTakeFirst();
  const good = await Promise.all(Array.from({ length: 6 }, () => applyInTest(env, crew, contract)));
  const bad = await Promise.all(
    Array.from({ length: 3 }, () => applyInTest(env, crew, contract, { documentClass: "employment-certificate" })),
  );
  const results = await Promise.allSettled(
    [...good, ...bad].map((requestId) => submitRequest(env, crew.people.applicant, requestId)),
  );
  const numbers = results
    .flatMap((result) => (result.status === "fulfilled" ? [Number(result.value.number.slice(-6))] : []))
    .toSorted((a, b) => a - b);
  assert.deepEqual(
    numbers,
    Array.from({ length: 6 }, (_, at) => (before?.last ?? 0) + 1 + at),
  );
});

test("a double click submits once", async () => {
  const requestId = await applyInTest(test_.env, crew, contract);
  const results = await Promise.allSettled([
    submitRequest(test_.env, crew.people.applicant, requestId),
    submitRequest(test_.env, crew.people.applicant, requestId),
  ]);
  assert.deepEqual(results.map((result) => result.status).toSorted(), ["fulfilled", "rejected"]);
});

test("C01 C11: only the person asked decides, never the applicant, and an important seal asks for presence", async () => {
  const requestId = await applyInTest(test_.env, crew, contract);
  await submitRequest(test_.env, crew.people.applicant, requestId);
  await assert.rejects(decide(requestId, crew.people.applicant, "approve"), refusal("approval.not-a-candidate"));
  await assert.rejects(decide(requestId, crew.people.lawyer, "approve"), refusal("approval.not-a-candidate"));
  await assert.rejects(
    decide(requestId, crew.people.head, "approve", { present: false }),
    refusal("approval.presence-missing"),
  );
  await assert.rejects(decide(requestId, crew.people.head, "reject"), refusal("approval.reason-missing"));
  assert.deepEqual(await decide(requestId, crew.people.head, "approve"), { state: "in-review" });
});

test("C17: a decision on another digest than the request's is refused; a returned request gets another one, on which who returned it decides", async () => {
  const requestId = await applyInTest(test_.env, crew, contract);
  await submitRequest(test_.env, crew.people.applicant, requestId);
  await assert.rejects(
    decide(requestId, crew.people.head, "approve", { digest: `sha256:${"0".repeat(64)}` }),
    refusal("approval.digest-differs"),
  );
  await decide(requestId, crew.people.head, "approve");
  await decide(requestId, crew.people.lawyer, "return", { comment: "Clause 9 is missing." });
  const { row } = await loadRequest(test_.env.db, requestId);
  assert.equal(row.state, "returned");
  const first = row.digest;
  await submitRequest(test_.env, crew.people.applicant, requestId);
  const again = await loadRequest(test_.env.db, requestId);
  assert.notEqual(again.row.digest, first);
  assert.equal(again.row.number, row.number, "the number stays");
  assert.deepEqual(
    again.steps.map((step) => step.state),
    ["approved", "current", "waiting"],
    "nothing changed of what the head of unit agreed to",
  );
});

test("C08 C04: only custodians release, only supervisors confirm, never one person both, never the applicant", async () => {
  const requestId = await applyInTest(test_.env, crew, contract);
  await submitRequest(test_.env, crew.people.applicant, requestId);
  await approveInTest(test_.env, crew, requestId);
  await assert.rejects(
    presenceInTest(test_.env, crew.people.applicant, "release", requestId),
    refusal("release.not-custodian"),
  );
  await assert.rejects(
    presenceInTest(test_.env, crew.people.signatory, "release", requestId),
    refusal("release.not-custodian"),
  );
  await assert.rejects(
    presenceInTest(test_.env, crew.people.stranger, "confirm", requestId),
    refusal("confirm.not-supervisor"),
  );
  const turnOf = async (personId: string) => {
    const { actions } = await readDetail(test_.env, personId, requestId);
    const { items } = await listSummaries(test_.env, personId, { view: "waiting" });
    const kind = items.find((item) => item.requestId === requestId)?.waitingKind ?? null;
    return [kind, actions.filter((action) => action === "release" || action === "confirm").join()];
  };
  assert.deepEqual(await turnOf(crew.people.custodian), ["release", "release"]);
  assert.deepEqual(await turnOf(crew.people.supervisor), [null, ""]);
  await assert.rejects(
    presenceInTest(test_.env, crew.people.supervisor, "confirm", requestId),
    refusal("confirm.not-released"),
  );
  const released = await presenceInTest(test_.env, crew.people.custodian, "release", requestId);
  assert.deepEqual(await turnOf(crew.people.custodian), [null, ""]);
  assert.deepEqual(await turnOf(crew.people.supervisor), ["confirmation", "confirm"]);
  assert.deepEqual(await turnOf(crew.people.secondCustodian), ["confirmation", "confirm"]);
  const { release, supervision } = await readDetail(test_.env, crew.people.applicant, requestId);
  assert.deepEqual([release.by?.personId, release.method], [crew.people.custodian, "password"]);
  assert.deepEqual([supervision.by, supervision.method], [null, null]);
  const { supervisor, secondCustodian } = crew.people;
  assert.deepEqual(
    supervision.candidates.map((one) => one.personId).toSorted(),
    [supervisor, secondCustodian].toSorted(),
  );
  assert.equal(released.sealing, false, "an important seal waits for its supervisor");
  assert.deepEqual(
    released.answer.conditions.filter((condition) => !condition.met).map((condition) => condition.id),
    ["supervisor-confirmed"],
  );
  await assert.rejects(
    presenceInTest(test_.env, crew.people.custodian, "confirm", requestId),
    refusal("gate.duties-apart.not"),
  );
  assert.equal((await presenceInTest(test_.env, crew.people.secondCustodian, "confirm", requestId)).sealing, true);
});

test("C10: a frozen seal stops the gate, and says so", async () => {
  const other = await crew.registerSeal("personnel", "LX-07");
  const requestId = await applyInTest(test_.env, crew, other, { documentClass: "employment-certificate" });
  await submitRequest(test_.env, crew.people.applicant, requestId);
  await approveInTest(test_.env, crew, requestId);
  await freezeSeal(test_.env, { actorId: crew.people.inspector, sealId: other, reason: "stock-take", stepUpId: null });
  const outcome = await presenceInTest(test_.env, crew.people.custodian, "release", requestId);
  assert.equal(outcome.sealing, false);
  assert.ok(outcome.answer.conditions.some((condition) => condition.id === "seal-in-use" && !condition.met));
  const impressions = await test_.env.db
    .selectFrom("impressions")
    .select("impression_id")
    .where("request_id", "=", requestId)
    .execute();
  assert.equal(impressions.length, 0);
});

test("a proof of presence serves once", async () => {
  const requestId = await applyInTest(test_.env, crew, contract);
  await submitRequest(test_.env, crew.people.applicant, requestId);
  const { row, steps } = await loadRequest(test_.env.db, requestId);
  const digest = row.digest ?? "";
  const stepUpId = await presentInTest(test_.env, crew.people.head, "approve", requestId, digest);
  const presence = { stepUpId, method: "password" as const };
  await decideStep(test_.env, crew.people.head, {
    requestId,
    stepId: steps[0]?.stepId ?? "",
    decision: "approve",
    comment: "",
    digest,
    presence,
  });
  await assert.rejects(
    decideStep(test_.env, crew.people.lawyer, {
      requestId,
      stepId: steps[1]?.stepId ?? "",
      decision: "approve",
      comment: "",
      digest,
      presence,
    }),
    problem("presence.expired"),
  );
});

test("C04: a second release makes the confirmation of the first one void", async () => {
  const requestId = await applyInTest(test_.env, crew, contract, {
    pdf: testContract({}, "nine gauges that are lost before they are sealed"),
  });
  await submitRequest(test_.env, crew.people.applicant, requestId);
  await approveInTest(test_.env, crew, requestId);
  const { documents } = await loadRequest(test_.env.db, requestId);
  await test_.env.files.remove(documents[0]?.digest ?? "");
  await presenceInTest(test_.env, crew.people.custodian, "release", requestId);
  await presenceInTest(test_.env, crew.people.supervisor, "confirm", requestId);
  await presenceInTest(test_.env, crew.people.secondCustodian, "release", requestId);
  const { row } = await loadRequest(test_.env.db, requestId);
  assert.deepEqual([row.released_by, row.confirmed_by], [crew.people.secondCustodian, null]);
});

test("two confirmations at the same moment reserve once", async () => {
  const requestId = await applyInTest(test_.env, crew, contract);
  await submitRequest(test_.env, crew.people.applicant, requestId);
  await approveInTest(test_.env, crew, requestId);
  await presenceInTest(test_.env, crew.people.custodian, "release", requestId);
  const results = await Promise.allSettled([
    presenceInTest(test_.env, crew.people.supervisor, "confirm", requestId),
    presenceInTest(test_.env, crew.people.secondCustodian, "confirm", requestId),
  ]);
  assert.equal(results.filter((result) => result.status === "fulfilled").length, 1);
  const impressions = await test_.env.db
    .selectFrom("impressions")
    .select("state")
    .where("request_id", "=", requestId)
    .execute();
  assert.deepEqual(
    impressions.map((one) => one.state),
    ["reserved"],
  );
});

test("who has no part in a request does not find it; a draft is its applicant's alone", async () => {
  const { env } = test_;
  const draft = await applyInTest(env, crew, contract);
  const now = env.clock.now();
  await requireMaySee(env.db, crew.people.applicant, draft, now);
  for (const person of [crew.people.head, crew.people.inspector, crew.people.custodian, crew.people.stranger])
    await assert.rejects(requireMaySee(env.db, person, draft, now), problem("subject.not-found"));
  await submitRequest(env, crew.people.applicant, draft);
  await requireMaySee(env.db, crew.people.head, draft, now);
  await requireMaySee(env.db, crew.people.inspector, draft, now);
  await assert.rejects(
    requireMaySee(env.db, crew.people.signatory, draft, now),
    problem("subject.not-found"),
    "the signatory sees it when it reaches him",
  );
  await assert.rejects(requireMaySee(env.db, crew.people.custodian, draft, now), problem("subject.not-found"));
  await assert.rejects(requireMaySee(env.db, crew.people.stranger, draft, now), problem("subject.not-found"));
  await assert.rejects(withdrawRequest(env, crew.people.stranger, draft, ""), problem("subject.not-found"));
  assert.deepEqual((await listSummaries(env, crew.people.stranger, { view: "all" })).items, []);
});

test("the inbox shows what waits for each person, and the request page what he may do", async () => {
  const { env } = test_;
  const requestId = await applyInTest(env, crew, contract);
  await submitRequest(env, crew.people.applicant, requestId);
  const waits = async (person: string) =>
    (await listSummaries(env, person, { view: "waiting" })).items.some((item) => item.requestId === requestId);
  assert.equal(await waits(crew.people.head), true);
  assert.equal(await waits(crew.people.lawyer), false);
  assert.deepEqual((await readDetail(env, crew.people.head, requestId)).actions, [
    "approve",
    "reject",
    "return",
    "comment",
  ]);
  await approveInTest(env, crew, requestId);
  assert.equal(await waits(crew.people.custodian), true);
  assert.equal(await waits(crew.people.supervisor), false, "until a custodian has released");
  const detail = await readDetail(env, crew.people.custodian, requestId);
  assert.ok(detail.actions.includes("release"));
  assert.equal(detail.gate?.conditions.length, 14);
});

test("of one's own requests those are counted as open that are neither draft, nor taken back, nor over", async () => {
  const { env } = test_;
  const applicantId = crew.people.stranger;
  const countOpen = async () => (await readOverview(env, applicantId)).counts.mine;
  const before = await countOpen();
  const requestId = await applyInTest(env, crew, contract, { applicantId });
  assert.equal(await countOpen(), before, "a draft");
  await submitRequest(env, applicantId, requestId);
  assert.equal(await countOpen(), before + 1, "in review");
  await approveInTest(env, crew, requestId);
  assert.equal(await countOpen(), before + 1, "authorised");
  await withdrawRequest(env, applicantId, requestId, "");
  assert.equal(await countOpen(), before, "withdrawn");
  const sealed = await walkToReserved(env, crew, contract, { applicantId });
  assert.equal(await countOpen(), before + 1, "being sealed");
  await runSealJob(env, sealingPorts(test_), sealed);
  assert.equal(await countOpen(), before, "registered");
});

test("the gate finds a stored file that was changed (C17, C24)", async () => {
  const requestId = await applyInTest(test_.env, crew, contract, {
    pdf: testContract({}, "twelve gauges of their own"),
  });
  await submitRequest(test_.env, crew.people.applicant, requestId);
  const { documents } = await loadRequest(test_.env.db, requestId);
  await test_.env.files.remove(documents[0]?.digest ?? "");
  const { answer } = await askGateFor(test_.env, requestId);
  assert.equal(
    answer.conditions.find((condition) => condition.id === "document-unchanged")?.code,
    "gate.document-unchanged.missing",
  );
});

test("a file that is no PDF, or is not the applicant's, is refused and leaves nothing", async () => {
  await assert.rejects(
    uploadDocument(test_.env, crew.people.applicant, {
      stream: Readable.from([Buffer.from("hello")]),
      fileName: "x.pdf",
    }),
    (error) => error instanceof ProblemError && error.status === 422,
  );
  const requestId = await walkToReserved(test_.env, crew, contract);
  await assert.rejects(discardDraft(test_.env, crew.people.applicant, requestId), ProblemError);
});
