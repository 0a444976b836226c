import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { drawPieces, type FieldKind, nameForDraw, sampleSize, type TemplateMark } from "@chancery/domain";
import { hashLeaf, hashNode } from "@chancery/ledger";
import { verifyPdf } from "@chancery/pdf-seal/verify";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { makeTestPdf } from "../../platform/test-pdf.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { presentInTest, releaseInTest } from "../../platform/test-walk.ts";
import { unpackWithin } from "../../platform/unpack-archive.ts";
import { decideStep } from "../approvals/service.ts";
import { checkRequest } from "../requests/check-request.ts";
import { readDetail } from "../requests/detail.ts";
import { prepareDocuments } from "../requests/document-reading.ts";
import { saveDraft } from "../requests/draft-service.ts";
import { digestOfRequest, loadRequest } from "../requests/load-request.ts";
import { submitRequest, withdrawRequest } from "../requests/submit-service.ts";
import { runSealJob } from "../sealing/seal-job.ts";
import { assertSettledOnce, readOutcome, runInChild, sealingPorts } from "../sealing/test-sealing.ts";
import { readTemplateVersion } from "../templates/read-model.ts";
import { draftTemplateInTest, registerTemplateInTest, withdrawTemplateInTest } from "../templates/test-templates.ts";
import { makeSeries } from "./make-series.ts";
import { openDrawn } from "./open-drawn.ts";
import { listLines, listSealed, proveLine, readSeries } from "./read-model.ts";
import { documentSeriesHandlers } from "./routes.ts";
import {
  applyForSeries,
  beginInTest,
  makeSeriesInTest,
  openAllDrawn,
  registerForm,
  seriesDraft,
  testForm,
  testHeads,
  testLine,
  testList,
} from "./test-series.ts";

let place: TestEnvironment;
let crew: TestCrew;
let seal: string;
let versionId: string;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  seal = await crew.registerSeal("contract", "LX-01");
  versionId = (await registerForm(place.env, crew)).versionId;
});
after(() => place?.close());

const some = (count: number, change: object = {}) =>
  Array.from({ length: count }, (_, at) => testLine(at + 1, at === 0 ? change : {}));
const make = (count: number, change: object = {}) => makeSeriesInTest(place.env, crew, versionId, some(count, change));
const apply = (seriesId: string, change: object = {}) => applyForSeries(place.env, crew, seal, seriesId, change);
const submit = (requestId: string) => submitRequest(place.env, crew.people.applicant, requestId);
const hex = (text: string): string => createHash("sha256").update(text).digest("hex");
const sha256 = (data: Uint8Array): Uint8Array => new Uint8Array(createHash("sha256").update(data).digest());

async function approve(requestId: string, opening = true): Promise<void> {
  const { env } = place;
  for (;;) {
    const { row, steps } = await loadRequest(env.db, requestId);
    const step = steps.find((one) => one.state === "current");
    const person = step?.candidates.find((id) => Object.values(crew.people).includes(id));
    if (!step || !person) return;
    if (opening) await openAllDrawn(env, person, requestId);
    const [digest, stepId] = [row.digest ?? "", step.stepId];
    const stepUpId = await presentInTest(env, person, "approve", requestId, digest);
    const presence = { stepUpId, method: "password" } as const;
    await decideStep(env, person, { requestId, stepId, decision: "approve", comment: "", digest, presence });
  }
}

test("C03 C05 C17: each document is the template but for its fields, and the same list makes the same bytes", async () => {
  const { env } = place;
  const seriesId = await make(4);
  const again = await readSeries(env, crew.people.applicant, await make(4));
  const series = await readSeries(env, crew.people.applicant, seriesId);
  assert.deepEqual(
    [series.state, series.made, series.largest, series.sum, series.counterparty, series.root],
    ["ready", 4, "1004.00", "4010.00", "Beicheng Works 1 Ltd. (+3)", again.root],
  );
  const rows = await env.db
    .selectFrom("document_series_lines as l")
    .innerJoin("document_comparisons as c", "c.document_id", "l.document_id")
    .innerJoin("documents as d", "d.document_id", "l.document_id")
    .select(["c.verdict", "d.unfinished", "d.name"])
    .where("l.series_id", "=", seriesId)
    .orderBy("l.nr")
    .execute();
  assert.deepEqual(
    rows.map((row) => [row.verdict, row.unfinished, row.name]),
    [1, 2, 3, 4].map((nr) => ["same-but-fields", [], `${nr} Beicheng Works ${nr} Ltd.pdf`]),
  );
  const changed = await readSeries(env, crew.people.applicant, await make(4, { goods: "gauges of another lot" }));
  assert.notEqual(changed.root, series.root, "one line is another: the digest over all is");
});

test("C01 C03: approved once, after each who decides has opened what the published seed drew; then every one is sealed", async () => {
  const { env } = place;
  const { applicant, supervisor } = crew.people;
  const count = 10;
  const seriesId = await make(count);
  const requestId = await apply(seriesId);
  await prepareDocuments(env, requestId);
  const { facts, refusals } = await checkRequest(env.db, env, await loadRequest(env.db, requestId));
  assert.deepEqual([refusals, facts.decisive.amountMinor, facts.disagreements], [[], 101_000, []]);
  await submit(requestId);
  const { row, series, documents } = await loadRequest(env.db, requestId);
  assert.equal(row.digest, digestOfRequest(await loadRequest(env.db, requestId)));
  const { seed } = await env.db
    .selectFrom("document_series")
    .select("seed")
    .where("series_id", "=", seriesId)
    .executeTakeFirstOrThrow();
  const names = documents.map(({ digest }, at) => nameForDraw(at + 1, digest));
  const chosen = drawPieces(seed, names, sampleSize(count), hex);
  assert.deepEqual(
    series?.drawn,
    names.flatMap((name, at) => (chosen.includes(name) ? [at + 1] : [])),
  );
  const begun = await env.db.selectFrom("events").select("facts").where("type", "=", "DocumentSeriesAdded").execute();
  assert.ok(
    begun.some((event) => event.facts.seedDigest === `sha256:${hex(seed)}`),
    "committed to before it drew",
  );

  assert.deepEqual(await codesOf(approve(requestId, false)), ["series.sample-not-opened"]);
  const [other] = documents.filter((_, at) => !series?.drawn.includes(at + 1));
  const [drawn] = documents.filter((_, at) => series?.drawn.includes(at + 1));
  await assert.rejects(openDrawn(env, crew.people.head, requestId, other?.documentId ?? ""), "what was not drawn");
  assert.deepEqual(await codesOf(openDrawn(env, supervisor, requestId, drawn?.documentId ?? "")), [
    "series.not-yours-to-open",
  ]);
  await approve(requestId);
  const told = await readDetail(env, applicant, requestId);
  assert.equal(told.series?.seed, seed);
  assert.equal(told.series?.opened.length, 2 * sampleSize(count), "by each of the two who decided");
  await releaseInTest(env, crew, requestId);
  await runSealJob(env, sealingPorts(place), requestId);
  await assertSettledOnce(place, requestId, count);
  const detail = await readDetail(env, applicant, requestId);
  assert.deepEqual(detail.counts, { authorised: count, sealed: count, settled: count, registered: count, released: 0 });
  const lines = await env.db
    .selectFrom("register_lines")
    .select("facts")
    .where("request_id", "=", requestId)
    .where("register", "=", "use")
    .execute();
  assert.deepEqual(
    lines.map(({ facts }) => facts.ofSeries).toSorted(),
    documents.map((_, at) => `${at + 1} / ${count}`).toSorted(),
  );

  const { sealed } = await listSealed(env, applicant, requestId);
  for (const { sealedDigest } of sealed) {
    const file = await env.files.read(sealedDigest);
    assert.ok(file.ok);
    assert.equal((await verifyPdf(file.bytes)).verdict, "valid");
  }
  const answer = await documentSeriesHandlers(env)["GET /v1/seal-use-requests/:requestId/sealed"](
    { params: { requestId } } as never,
    { person: () => ({ personId: applicant }) } as never,
  );
  const archive = Buffer.concat(await Array.fromAsync(answer.body as AsyncIterable<Buffer>));
  assert.equal(unpackWithin(archive, 100_000_000)?.length, count + 1, "every file and the proofs");
  const proof = await proveLine(env, applicant, seriesId, 7);
  let [hash, at, last] = [hashLeaf(sha256, Buffer.from(proof.leaf)), proof.nr - 1, proof.total - 1];
  for (const one of proof.hashes.map((text) => new Uint8Array(Buffer.from(text.slice(7), "hex")))) {
    // RFC 9162, 2.1.3.2.
    if (at % 2 === 1 || at === last) {
      hash = hashNode(sha256, one, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at >> 1, last >> 1];
    } else hash = hashNode(sha256, hash, one);
    [at, last] = [at >> 1, last >> 1];
  }
  assert.equal(`sha256:${Buffer.from(hash).toString("hex")}`, row.digest && proof.root);
  const found = await listLines(env, applicant, seriesId, { requestId, search: "Works 7" });
  assert.deepEqual(
    found.items.map(({ nr, sealed: isSealed }) => [nr, isSealed]),
    [[7, true]],
  );
});

test("C03 C05: a list with an error makes nothing, and tells every error with its line", async () => {
  const { env } = place;
  const count = async (): Promise<number> =>
    (await env.db.selectFrom("document_series").select("series_id").execute()).length;
  const before = await count();
  const wrong = testList([testLine(1), testLine(2, { buyer: "" }), testLine(3), testLine(3)]);
  const { seriesId, faults } = await beginInTest(env, crew, versionId, wrong);
  assert.equal(seriesId, null);
  assert.deepEqual(
    faults.map(({ row, refusal }) => `${row} ${refusal.code}`),
    ["3 series.cell-missing", "5 series.same-line"],
  );
  const heads = await beginInTest(env, crew, versionId, testList(some(2), testHeads.with(0, "Colour")));
  assert.deepEqual(
    heads.faults.map(({ refusal }) => refusal.code),
    ["series.head-unknown", "series.head-missing"],
  );
  await assert.rejects(beginInTest(env, crew, versionId, Buffer.from([0x50, 0x4b, 3, 4, 0, 0])));
  assert.equal(await count(), before);
  // What the document says and the list does not is found when it is made: the whole series is faulty.
  const lying = testList(some(3)).toString().replace('"1002.00"', '"2.00"');
  const begun = await beginInTest(env, crew, versionId, Buffer.from(lying));
  await makeSeries(env, begun.seriesId ?? "");
  const series = await readSeries(env, crew.people.applicant, begun.seriesId ?? "");
  assert.deepEqual(
    [series.state, series.faults.map(({ row, refusal }) => `${row} ${refusal.code}`)],
    ["faulty", ["3 series.says-other.amount"]],
  );
  await assert.rejects(apply(begun.seriesId ?? ""), "no request asks for it");
});

test("C03: a template with words in a field, or one that is in force no more, makes no series", async () => {
  const { env } = place;
  const bytes = makeTestPdf([
    "Supply contract for the northern works",
    "between Lanxi Instruments Ltd and {{buyer}} as the buyer.",
    "The seller delivers gauges to the buyer by 30 November 2026 at the price agreed.",
    "Signed for the buyer:",
  ]);
  const unfit = await registerTemplateInTest(env, crew, { bytes, documentClass: "contract" });
  const { faults } = await beginInTest(env, crew, unfit.versionId, testList(some(2)));
  assert.deepEqual(
    faults.map(({ refusal }) => refusal.code),
    ["series.template-unfit"],
  );
  const other = await registerForm(env, crew, "the old works");
  const seriesId = await makeSeriesInTest(env, crew, other.versionId, some(3));
  const requestId = await apply(seriesId);
  await withdrawTemplateInTest(env, crew, other.templateId);
  assert.ok((await codesOf(submit(requestId))).includes("series.template-ended"));
  assert.deepEqual(await codesOf(beginInTest(env, crew, other.versionId, testList(some(2)))), [
    "series.template-ended",
  ]);
});

test("C03: a found field that was changed to take a day makes its series; what makes none says so when it is registered", async () => {
  const { env } = place;
  const { sealAdministrator } = crew.people;
  const bytes = testForm("the eastern works");
  const plain = await draftTemplateInTest(env, crew, { bytes, documentClass: "contract" });
  const { fields, seriesFaults } = await readTemplateVersion(env, sealAdministrator, plain.versionId);
  assert.deepEqual(seriesFaults, []);
  const marksWith = (kind: FieldKind): TemplateMark[] =>
    fields.slice(1, 2).map(({ name, page, box }) => ({
      ...{ name, kind, mostCharacters: 40, page },
      place: { x: box.x - 0.5, y: box.y - 0.5, width: box.width + 1, height: box.height + 1 },
    }));
  // A day in words, written over its line, which is read between them.
  const lines = [1, 2].map((nr) => testLine(nr, { goods: `${nr} May 2027` }));
  const dated = await registerTemplateInTest(env, crew, { bytes, documentClass: "contract", marks: marksWith("date") });
  const series = await readSeries(
    env,
    crew.people.applicant,
    await makeSeriesInTest(env, crew, dated.versionId, lines),
  );
  assert.deepEqual([series.state, series.faults], ["ready", []]);
  const wrong = await beginInTest(env, crew, dated.versionId, testList(some(2)));
  assert.deepEqual(
    wrong.faults.map(({ row, column, refusal }) => `${row} ${column?.en} ${refusal.code}`),
    [2, 3].map((row) => `${row} The seller delivers series.cell.not-date`),
  );
  const short = fields.slice(1, 2).map(({ page, box }): TemplateMark => {
    return { name: "Day", kind: "date", mostCharacters: 3, page, place: { ...box } };
  });
  const unfit = await draftTemplateInTest(env, crew, { bytes, documentClass: "contract", marks: short });
  const warned = await readTemplateVersion(env, sealAdministrator, unfit.versionId);
  assert.deepEqual([warned.faults, warned.seriesFaults.map(({ code }) => code)], [[], ["series.cell.too-long"]]);
});

test("C06: a line that leaves out what its document states is told so, with what to write", async () => {
  const { env } = place;
  const empty = testList(some(2)).toString().replace('"1002.00"', '""');
  const { seriesId } = await beginInTest(env, crew, versionId, Buffer.from(empty));
  await makeSeries(env, seriesId ?? "");
  const series = await readSeries(env, crew.people.applicant, seriesId ?? "");
  assert.deepEqual(
    series.faults.map(({ row, column, refusal }) => [row, column?.en, refusal.code]),
    [[3, "Amount", "series.left-empty.amount"]],
  );
});

test("C02: a series is no emergency, for nobody would open what was drawn", async () => {
  const requestId = await apply(await make(3), { emergency: "The buyers all wait at the door today" });
  assert.ok((await codesOf(submit(requestId))).includes("series.with-emergency"));
});

test("C17: the list is replaced while the series is submitted: one of both, and what is asked for is one whole series", async () => {
  const { env } = place;
  const { applicant } = crew.people;
  const [one, two] = [await make(3), await make(4, { goods: "gauges of lot 9" })];
  const requestId = await apply(one);
  const { row } = await loadRequest(env.db, requestId);
  const replaced = { ...(await seriesDraft(env, crew, seal, two)), version: row.version };
  const outcome = await Promise.allSettled([submit(requestId), saveDraft(env, applicant, requestId, replaced)]);
  assert.ok(outcome.some(({ status }) => status === "fulfilled"));
  const after = await loadRequest(env.db, requestId);
  const isSubmitted = outcome[0]?.status === "fulfilled";
  assert.equal(after.row.state, isSubmitted ? "in-review" : "draft");
  if (isSubmitted) assert.equal(after.row.digest, digestOfRequest(after));
  assert.equal(after.documents.length, after.series?.total);
  assert.ok(after.documents.every(({ documentId }, at) => after.series?.lines.get(documentId)?.nr === at + 1));
});

test("C24: the job is killed in the middle and goes on: every document is sealed once", async () => {
  const { env } = place;
  const requestId = await apply(await make(4));
  await submit(requestId);
  await approve(requestId);
  await releaseInTest(env, crew, requestId);
  assert.equal(runInChild(place, { requestId, killAt: 18 }), "SIGKILL");
  const { states } = await readOutcome(place, requestId);
  assert.ok(states.includes("settled") && states.includes("reserved"), states.join(" "));
  await runSealJob(env, sealingPorts(place), requestId);
  await assertSettledOnce(place, requestId, 4);
});

test("two runs of the making at once make each document once", async () => {
  const { env } = place;
  const { seriesId } = await beginInTest(env, crew, versionId, testList(some(5)));
  await Promise.all([makeSeries(env, seriesId ?? ""), makeSeries(env, seriesId ?? "")]);
  const series = await readSeries(env, crew.people.applicant, seriesId ?? "");
  assert.deepEqual([series.state, series.made], ["ready", 5]);
});

test("C03: what was drawn stays drawn when the request is taken back and submitted again", async () => {
  const { env } = place;
  const seriesId = await make(9);
  const requestId = await apply(seriesId);
  await submit(requestId);
  const first = (await loadRequest(env.db, requestId)).series?.drawn;
  await withdrawRequest(env, crew.people.applicant, requestId, "");
  await submit(requestId);
  assert.deepEqual((await loadRequest(env.db, requestId)).series?.drawn, first);
});

test("C17 C24: the tables keep a series as it was made, and let no request ask for a part of it", async () => {
  const { env } = place;
  const seriesId = await make(3);
  const requestId = await apply(seriesId);
  const refused = /permission denied|guard|stays|whole|drawn|made/;
  const { db } = env;
  await assert.rejects(
    db.updateTable("document_series").set({ total: 9 }).where("series_id", "=", seriesId).execute(),
    refused,
  );
  await assert.rejects(
    db.updateTable("document_series").set({ state: "making" }).where("series_id", "=", seriesId).execute(),
    refused,
  );
  await assert.rejects(db.deleteFrom("document_series_lines").where("series_id", "=", seriesId).execute(), refused);
  const [line] = await db.selectFrom("document_series_lines").selectAll().where("series_id", "=", seriesId).execute();
  assert.ok(line);
  const spare = await make(2);
  await assert.rejects(
    db
      .insertInto("document_series_lines")
      .values({ ...line, series_id: spare, nr: 1 })
      .execute(),
    refused,
  );
  await db.deleteFrom("request_documents").where("request_id", "=", requestId).where("position", "=", 2).execute();
  await assert.rejects(
    db
      .updateTable("seal_use_requests")
      .set({ state: "in-review", number: "X-2026-9999", digest: `sha256:${"0".repeat(64)}` })
      .where("request_id", "=", requestId)
      .execute(),
    /whole of its series/,
  );
  assert.ok((await codesOf(submit(requestId))).includes("series.other-documents"));
  await assert.rejects(
    db
      .insertInto("series_openings")
      .values({
        ...{ request_id: requestId, person_id: crew.people.head, document_id: line.document_id },
        ...{ opened_at: new Date(env.clock.now()), event_id: "evt" },
      })
      .execute(),
    /on record|drawn/,
  );
});
