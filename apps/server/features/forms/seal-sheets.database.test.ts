import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import { decideFormsMove } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readPageTexts } from "../../platform/page-text.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { dayInTest } from "../../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { makeTestPdf, testContract } from "../../platform/test-pdf.ts";
import { redPicture } from "../../platform/test-picture.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { approveInTest, presenceInTest, releaseInTest } from "../../platform/test-walk.ts";
import { listSealed } from "../document-series/read-model.ts";
import { approveMatterInTest } from "../matters/test-matters.ts";
import { beginDraft, saveDraft } from "../requests/draft-service.ts";
import { loadRequest } from "../requests/load-request.ts";
import { requestHandlers } from "../requests/routes.ts";
import { submitRequest, withdrawRequest } from "../requests/submit-service.ts";
import { uploadDocument } from "../requests/upload-document.ts";
import { runSealJob } from "../sealing/seal-job.ts";
import { sealingPorts } from "../sealing/test-sealing.ts";
import { askGateFor } from "../stamping/service.ts";
import { printSheets } from "./blank-sheets.ts";
import { codeOfSheet } from "./code-of-sheet.ts";
import { drawSheets } from "./draw-sheets.ts";
import { giveLetterhead, readLetterhead } from "./letterhead.ts";
import { returnForms, voidForms } from "./move-forms.ts";
import { postForms, readHoldings } from "./post-forms.ts";
import { readSeries } from "./read-model.ts";
import { nameForms } from "./request-forms.ts";
import { beginSealingSheets, downloadSealedSheets } from "./seal-sheets.ts";
import { holdSeries } from "./series.ts";
import { reportSheets } from "./sheet-reports.ts";
import {
  askForSheetsInTest,
  confirmReceiptsInTest,
  destroyInTest,
  draftSheetsInTest,
  makeFormKeeperInTest,
  openSheetSeriesInTest,
  photoInTest,
  settleSheetsInTest,
} from "./test-forms.ts";

let on: TestEnvironment;
let env: Environment;
let crew: TestCrew;
let people: TestCrew["people"];
let seriesId: string;
let sealId: string;
before(async () => {
  on = await createTestEnvironment();
  env = on.env;
  crew = await createTestCrew(env);
  people = crew.people;
  await makeFormKeeperInTest(env, {
    ...{ actorId: people.sealAdministrator, entityId: crew.entityId, personId: people.stranger },
  });
  seriesId = await openSheetSeriesInTest(env, {
    ...{ entityId: crew.entityId, administratorId: people.sealAdministrator, keeperId: people.stranger },
  });
  // Not important: nobody would have to watch it, were it not for what is sealed with it.
  sealId = await crew.registerSeal("business", "LX-21");
});
after(() => on.close());

async function give(takerId = people.applicant, count = 3): Promise<string> {
  const matterId = await askForSheetsInTest(env, {
    ...{ entityId: crew.entityId, askerId: people.head, takerId, count },
    backBy: dayInTest(env.clock.now() + 5 * 86_400_000),
  });
  assert.equal(await approveMatterInTest(env, matterId, people.signatory, people.sealAdministrator), "done");
  return matterId;
}
async function giveAndConfirm(takerId = people.applicant, count = 3): Promise<string> {
  const matterId = await give(takerId, count);
  await confirmReceiptsInTest(env, { seriesId, personId: takerId });
  return matterId;
}
const draft = (matterId: string, change = {}, more = {}): Promise<string> =>
  draftSheetsInTest(env, { seriesId, matterId, takerId: people.applicant, sealId, ...more }, change);
const submit = (requestId: string, personId = people.applicant) => submitRequest(env, personId, requestId);
const numbersOf = async (matterId: string) => {
  const row = await env.db
    .selectFrom("blank_sheets")
    .selectAll()
    .where("matter_id", "=", matterId)
    .executeTakeFirstOrThrow();
  return { first: Number(row.first_no), last: Number(row.last_no) };
};
const sealedNumbers = async (requestId: string) =>
  (
    await env.db
      .selectFrom("blank_sheets_sealed")
      .select("number")
      .where("request_id", "=", requestId)
      .orderBy("number")
      .execute()
  ).map((row) => Number(row.number));
const eventsOf = async (type: string) =>
  (await env.db.selectFrom("events").select("event_id").where("type", "=", type).execute()).length;

test("C05 C04: sheets that the platform made are sealed like any use, always before a second person, and each is told", async () => {
  const matterId = await give();
  assert.deepEqual(await codesOf(beginSealingSheets(env, people.applicant, { seriesId, matterId })), [
    "sheets.none-to-seal",
  ]);
  const [unconfirmed] = (await readSeries(env, people.applicant, seriesId, {})).sheets;
  assert.deepEqual(
    [unconfirmed?.toSeal, unconfirmed?.toConfirm],
    ["", "BZ00001–BZ00003"],
    "the page says what is missing",
  );
  await confirmReceiptsInTest(env, { seriesId, personId: people.applicant });
  assert.deepEqual(await codesOf(beginSealingSheets(env, people.head, { seriesId, matterId })), ["subject.not-found"]);
  const [given] = (await readSeries(env, people.applicant, seriesId, {})).sheets;
  assert.deepEqual([given?.toSeal, given?.toConfirm], ["BZ00001–BZ00003", ""]);

  const requestId = await draft(matterId);
  const { documents } = await loadRequest(env.db, requestId);
  assert.equal(documents.length, 1);
  assert.equal(documents[0]?.pages.length, 3);
  await submit(requestId);
  assert.equal((await loadRequest(env.db, requestId)).limits?.supervised, true);
  await approveInTest(env, crew, requestId);
  const { sealing } = await presenceInTest(env, people.custodian, "release", requestId);
  assert.equal(sealing, false, "a seal that is not important, and yet a second person has to confirm");
  assert.ok((await presenceInTest(env, people.supervisor, "confirm", requestId)).sealing);
  await runSealJob(env, sealingPorts(on), requestId);
  assert.equal((await loadRequest(env.db, requestId)).row.state, "registered");
  assert.deepEqual(await sealedNumbers(requestId), [1, 2, 3]);
  const lines = await env.db
    .selectFrom("register_lines")
    .select("facts")
    .where("request_id", "=", requestId)
    .where("register", "=", "use")
    .execute();
  assert.deepEqual(lines.map((line) => (line.facts as { blankSheets?: string }).blankSheets).toSorted(), [
    ...["BZ00001", "BZ00002", "BZ00003"],
  ]);

  // They stay with their taker until a scan settles each.
  assert.deepEqual(
    (await readHoldings(env.db, seriesId)).map((one) => one.state),
    ["issued"],
  );
  assert.deepEqual(await codesOf(beginSealingSheets(env, people.applicant, { seriesId, matterId })), [
    "sheets.none-to-seal",
  ]);
});

test("C05: the sealed sheets are downloaded by who keeps and who received them, by nobody else, and each time is told", async () => {
  const [given] = (await readSeries(env, people.applicant, seriesId, {})).sheets;
  const [file] = given?.sealed ?? [];
  assert.ok(given && file);
  assert.deepEqual([file.written, file.downloads, file.mayDownload], ["BZ00001–BZ00003", 0, true]);
  const wanted = { matterId: given.matterId, documentId: file.documentId };
  for (const personId of [people.head, people.custodian, people.signatory, people.inspector])
    assert.deepEqual(await codesOf(downloadSealedSheets(env, personId, wanted)), ["subject.not-found"]);
  const other = { ...wanted, matterId: "mat_x" };
  assert.deepEqual(await codesOf(downloadSealedSheets(env, people.applicant, other)), ["subject.not-found"]);
  await downloadSealedSheets(env, people.applicant, wanted);
  const { bytes } = await downloadSealedSheets(env, people.stranger, wanted);
  assert.ok(bytes.length > 0);
  assert.equal(await eventsOf("BlankSheetsDownloaded"), 2);
  // Printed unsealed as well, there may be two sheets of one number.
  const findings = async () =>
    (await env.db.selectFrom("findings").select("control").where("source", "=", "sheets.printed-again").execute())
      .length;
  assert.equal(await findings(), 0);
  await printSheets(env, people.stranger, { seriesId, matterId: given.matterId });
  assert.equal(await findings(), 1);

  // By the page of the request too: its readers read it, and do not get paper that is sealed.
  const handlers = requestHandlers(env);
  const call = (personId: string) =>
    ({ person: () => ({ personId }) }) as Parameters<(typeof handlers)["GET /v1/overview"]>[1];
  const input = { params: { requestId: file.requestId, documentId: file.documentId } } as never;
  const read = async (personId: string): Promise<void> => {
    await handlers["GET /v1/seal-use-requests/:requestId/sealed/:documentId"](input, call(personId));
  };
  assert.deepEqual(await codesOf(read(people.signatory)), ["subject.not-found"]);
  for (const personId of [people.signatory, people.applicant])
    assert.deepEqual(await codesOf(listSealed(env, personId, file.requestId)), ["subject.not-found"], "no archive");
  await read(people.applicant);
  assert.equal(await eventsOf("BlankSheetsDownloaded"), 3);

  // One of them is settled: what would be printed now is a second sealed paper of its number.
  const at = { seriesId, numbers: "1", reporterId: people.applicant, confirmerId: people.stranger };
  await settleSheetsInTest(
    env,
    { ...at, requestId: file.requestId },
    { evidenceId: await photoInTest(env, people.applicant) },
  );
  for (const personId of [people.applicant, people.stranger])
    assert.deepEqual(await codesOf(downloadSealedSheets(env, personId, wanted)), ["sheets.file-settled"]);
  assert.deepEqual(await codesOf(read(people.applicant)), ["sheets.file-settled"]);
  const [later] = (await readSeries(env, people.applicant, seriesId, {})).sheets;
  assert.deepEqual([later?.out, later?.sealed[0]?.mayDownload], ["BZ00002–BZ00003", false]);
  assert.equal(await eventsOf("BlankSheetsDownloaded"), 3);
});

test("C05: sheets that are not sealed yet are opened by who needs them, as a copy to look at, and each opening is told", async () => {
  const matterId = await giveAndConfirm();
  const requestId = await draft(matterId);
  const handlers = requestHandlers(env);
  const [document] = (await loadRequest(env.db, requestId)).documents;
  assert.ok(document);
  const open = async (personId: string): Promise<Uint8Array> => {
    const call = { person: () => ({ personId }) } as Parameters<(typeof handlers)["GET /v1/overview"]>[1];
    const input = { params: { documentId: document.documentId } } as never;
    const answer = await handlers["GET /v1/documents/:documentId/file"](input, call);
    return (answer as { body: Uint8Array }).body;
  };
  const before = await eventsOf("BlankSheetsOpened");
  const printed = await env.files.read(document.digest);
  assert.ok(printed.ok);
  const shown = await open(people.applicant);
  const texts = await readPageTexts(shown, document.pages);
  assert.ok(texts.ok && texts.pages.length === 3);
  assert.notDeepEqual(Buffer.from(shown), Buffer.from(printed.bytes), "the sheets themselves leave by print or sealed");
  assert.deepEqual(await codesOf(open(people.stranger)), ["subject.not-found"], "a draft is its applicant's alone");
  await submit(requestId);
  const asked = (await loadRequest(env.db, requestId)).steps.filter(({ state }) => state === "current");
  const [decider] = asked[0]?.candidates ?? [];
  assert.ok(decider);
  await open(decider);
  const readers = [people.inspector];
  for (const personId of readers) assert.deepEqual(await codesOf(open(personId)), ["sheets.not-to-open"], personId);
  for (const personId of [people.custodian, people.supervisor])
    assert.deepEqual(await codesOf(open(personId)), ["subject.not-found"], "not before it is authorised");
  await approveInTest(env, crew, requestId);
  for (const personId of [people.custodian, people.supervisor]) await open(personId);
  assert.deepEqual(await codesOf(open(decider)), ["sheets.not-to-open"], "who decided needs them no longer");
  await releaseInTest(env, crew, requestId);
  await runSealJob(env, sealingPorts(on), requestId);
  for (const personId of [people.custodian, people.supervisor, ...readers])
    assert.deepEqual(await codesOf(open(personId)), ["sheets.not-to-open"], "nor does who sealed");
  assert.equal((await eventsOf("BlankSheetsOpened")) - before, 4);
  const told = await env.db.selectFrom("events").select("facts").where("type", "=", "BlankSheetsOpened").execute();
  const { first } = await numbersOf(matterId);
  assert.ok(JSON.stringify(told.at(-1)?.facts).includes(`BZ0000${first}`));
});

test("C05: sheets of another person, a changed file of the same pages, and any other empty page stay refused", async () => {
  const matterId = await giveAndConfirm(people.lawyer);
  const theirs = await draft(matterId, {}, { takerId: people.lawyer });
  const { documents } = await loadRequest(env.db, theirs);
  const file = await env.files.read(documents[0]?.digest ?? "");
  assert.ok(file.ok);
  const askWith = async (pdf: Uint8Array, change: Partial<Parameters<typeof beginDraft>[2]> = {}, pages = 3) => {
    const stream = Readable.from([pdf]);
    const { documentId, unfinished } = await uploadDocument(env, people.applicant, { stream, fileName: "x.pdf" });
    const { requestId } = await beginDraft(env, people.applicant, {
      ...{ title: "Sheets", documentClass: "quotation", external: true, counterparty: "X", amount: null },
      ...{ currency: "CNY", purpose: "X", wantedBy: null, validUntil: null, entityId: crew.entityId, handlerId: null },
      documents: [
        {
          documentId,
          answers: unfinished.map(({ placeId }) => ({ placeId, reason: "It is to be so" })),
          placements: Array.from({ length: pages }, (_, page) => ({ sealId, page, xMm: 120, yMm: 200 })),
        },
      ],
      ...change,
    });
    return { requestId, codes: await codesOf(submit(requestId)) };
  };
  // The very bytes, handed in by somebody else.
  const { codes: stolen } = await askWith(file.bytes);
  assert.ok(stolen.includes("sheets.not-yours") && !stolen.includes("entry.empty-page"), stolen.join());

  // The applicant's own sheets, with a byte more.
  const mine = await giveAndConfirm();
  const own = await draft(mine);
  const made = await env.files.read((await loadRequest(env.db, own)).documents[0]?.digest ?? "");
  assert.ok(made.ok);
  const { codes: changed } = await askWith(Buffer.concat([made.bytes, Buffer.from("\n% and\n")]));
  assert.ok(changed.includes("sheets.other-file") && changed.includes("entry.empty-page"), changed.join());
  // The copy that is only looked at, and the same with something typed over it: they bear no code.
  const { first } = await numbersOf(mine);
  const sheet = await env.db
    .selectFrom("matters")
    .select("number")
    .where("matter_id", "=", mine)
    .executeTakeFirstOrThrow();
  const written = `BZ${String(first).padStart(5, "0")}`;
  const copied = await drawSheets(
    [{ number: written, code: codeOfSheet(mine, first), matter: sheet.number ?? "", backBy: "2026-12-01" }],
    { ground: null, at: new Date(env.clock.now()), view: true },
  );
  const { codes: viewed } = await askWith(copied, {}, 1);
  assert.ok(viewed.includes("sheets.other-file") && viewed.includes("entry.empty-page"), viewed.join());
  const cropped = makeTestPdf([`${written}   ${sheet.number}   2026-12-01`]);
  assert.ok((await askWith(cropped, {}, 1)).codes.includes("sheets.other-file"), "by its number alone");
  const told = makeTestPdf([
    ...["An offer of twelve pressure gauges", "to Beicheng Ltd of 30 November 2026 for CNY 1,286,000.00"],
    ...[`It goes with sheet ${written} of the matter ${sheet.number}.`, "Signed:"],
  ]);
  assert.deepEqual((await askWith(told, {}, 1)).codes, [], "a letter that names a sheet is none");
  // A full page that bears the code of a sheet.
  const posed = makeTestPdf([
    ...["An offer of twelve pressure gauges", "to Beicheng Ltd of 30 November 2026 for CNY 1,286,000.00"],
    ...[codeOfSheet(mine, first), "Signed:"],
  ]);
  assert.ok((await askWith(posed, {}, 1)).codes.includes("sheets.other-file"));
  // Letters that only look like a code.
  const alike = makeTestPdf([
    ...["An offer of twelve pressure gauges", "to Beicheng Ltd of 30 November 2026 for CNY 1,286,000.00"],
    ...["ABCD-EFGH-JKLM", "Signed:"],
  ]);
  assert.deepEqual((await askWith(alike, {}, 1)).codes, []);
  // Byte for byte the platform's, and handed in by who was given them, as an ordinary document under whatever title.
  const { codes: same, requestId } = await askWith(made.bytes, { title: "Quotation for gauges" });
  assert.deepEqual(same, ["sheets.by-route"]);
  await assert.rejects(
    env.db
      .updateTable("seal_use_requests")
      .set({ sheets_of: mine } as never)
      .where("request_id", "=", requestId)
      .execute(),
    /begun as one/,
  );
  // The document of the route in an ordinary draft is no other thing.
  const { documents: ofRoute } = await loadRequest(env.db, own);
  const moved = await beginDraft(env, people.applicant, {
    ...{ title: "Quotation", documentClass: "quotation", external: true, counterparty: "X", amount: null },
    ...{ currency: "CNY", purpose: "X", wantedBy: null, validUntil: null, entityId: crew.entityId, handlerId: null },
    documents: ofRoute.map(({ documentId, pages }) => ({
      ...{ documentId, answers: [] },
      placements: pages.map((_, page) => ({ sealId, page, xMm: 120, yMm: 200 })),
    })),
  });
  assert.deepEqual(await codesOf(submit(moved.requestId)), ["sheets.by-route"]);
  const empty = await askWith(makeTestPdf([""]), {}, 1);
  assert.deepEqual(empty.codes, ["entry.empty-page", "entry.unfinished"], "and a quotation says more");
});

test("C05: a request for sheets is nothing besides: not mixed, not confidential, and each sheet bears a seal", async () => {
  const matterId = await giveAndConfirm();
  const { first } = await numbersOf(matterId);
  const bare = await draft(matterId, {}, { pages: [0, 2] });
  assert.deepEqual(await codesOf(submit(bare)), ["sheets.bare"]);
  const confidential = await draft(matterId, { confidential: { reason: "A secret", readers: [] } });
  assert.deepEqual(await codesOf(submit(confidential)), ["sheets.with-confidential"]);
  const { documents, row } = await loadRequest(env.db, bare);
  const contract = await uploadDocument(env, people.applicant, {
    ...{ stream: Readable.from([testContract()]), fileName: "contract.pdf" },
  });
  const ids = [...documents.map(({ documentId }) => documentId), contract.documentId];
  await saveDraft(env, people.applicant, bare, {
    ...{ title: "x", documentClass: "quotation", external: true, counterparty: "X", amount: null, currency: "CNY" },
    ...{ purpose: "x", wantedBy: null, validUntil: null, handlerId: null, entityId: row.entity_id },
    version: row.version,
    documents: ids.map((documentId, at) => ({
      ...{ documentId, answers: [] },
      placements: (at === 0 ? [0, 1, 2] : [0]).map((page) => ({ sealId, page, xMm: 120, yMm: 200 })),
    })),
  });
  assert.ok((await codesOf(submit(bare))).includes("sheets.with-others"));
  // A sheet is no form that a request uses up: it could not be registered.
  const named = nameForms(env, people.applicant, bare, [{ seriesId, numbers: String(first) }]);
  assert.deepEqual(await codesOf(named), ["forms.sheets-named"]);
});

test("C05: of two requests for the same sheets at once exactly one is let in, and what it asks for stays where it is", async () => {
  const matterId = await giveAndConfirm();
  const { first, last } = await numbersOf(matterId);
  const [one, two] = [await draft(matterId), await draft(matterId)];
  const outcomes = await Promise.allSettled([submit(one), submit(two)]);
  assert.deepEqual(outcomes.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
  const isFirst = outcomes[0].status === "fulfilled";
  const [inReview, refused] = isFirst ? [one, two] : [two, one];
  assert.deepEqual(await codesOf(submit(refused)), ["forms.held-by-request"], "which other has them, and nothing else");
  const numbers = `${first}-${last}`;
  const evidenceId = await photoInTest(env, people.applicant, redPicture(219));
  for (const move of [
    () => returnForms(env, people.stranger, { seriesId, numbers }),
    () => voidForms(env, people.applicant, { seriesId, numbers, reason: "x", evidenceId }),
    () =>
      reportSheets(env, people.applicant, {
        ...{ seriesId, numbers, end: "returned", requestId: null, reason: "x", evidenceId },
      }),
  ])
    assert.deepEqual([...new Set(await codesOf(move()))], ["forms.held-by-request"]);
  await withdrawRequest(env, people.applicant, inReview, "");
  await submit(refused);
  await withdrawRequest(env, people.applicant, refused, "");
  // One of them is taken back while the draft waits: told as that, and not as a page that is empty.
  await returnForms(env, people.stranger, { seriesId, numbers: String(first) });
  const late: unknown = await submit(one).catch((thrown) => thrown);
  assert.ok(late instanceof ProblemError && late.refusals.length === 1);
  assert.match(
    late.refusals[0]?.sentence.en ?? "",
    new RegExp(`BZ${String(first).padStart(5, "0")} are not .* in stock`),
  );
});

test("C05: a sheet is sealed once, however often its sealing runs, and the tables let nobody say otherwise", async () => {
  const matterId = await giveAndConfirm();
  const { first, last } = await numbersOf(matterId);
  const requestId = await draft(matterId);
  await submit(requestId);
  await approveInTest(env, crew, requestId);
  await releaseInTest(env, crew, requestId);
  await Promise.allSettled([1, 2].map(() => runSealJob(env, sealingPorts(on), requestId)));
  assert.deepEqual(await sealedNumbers(requestId), [first, first + 1, last]);
  const kept = await env.db
    .selectFrom("blank_sheets_sealed")
    .selectAll()
    .where("request_id", "=", requestId)
    .where("number", "=", String(first))
    .executeTakeFirstOrThrow();
  const insert = (change: object) =>
    env.db
      .insertInto("blank_sheets_sealed")
      .values({ ...kept, ...change })
      .execute();
  await assert.rejects(insert({}), /duplicate key/);
  // A number that stands on another page than the impression, of another request, or of nobody.
  await assert.rejects(insert({ number: String(last + 1) }), /on its own page/);
  const other = await draft(await giveAndConfirm());
  await assert.rejects(insert({ request_id: other }), /on its own page/);
  await assert.rejects(
    env.db.updateTable("blank_sheets_sealed").set({ downloads: 7 }).execute(),
    /stays sealed|permission denied/,
  );
  // What would be sealed again is refused at the entry by the file it was sealed as.
  const { documents, row } = await loadRequest(env.db, requestId);
  const { requestId: again } = await beginDraft(env, people.applicant, {
    ...{ title: "again", documentClass: "quotation", external: true, counterparty: "X", amount: null, currency: "CNY" },
    ...{ purpose: "x", wantedBy: null, validUntil: null, handlerId: null, entityId: row.entity_id },
    documents: documents.map(({ documentId, placements }) => ({
      ...{ documentId, answers: [] },
      placements: placements.map(({ placementId: _, ...placement }) => placement),
    })),
  });
  const codes = await codesOf(submit(again));
  assert.ok(codes.includes("sheets.sealed-before") && !codes.includes("entry.empty-page"), codes.join());
});

test("C05 C11: a sealed sheet comes back as the scan of what it became or is destroyed by two, and in no other way", async () => {
  const matterId = await giveAndConfirm();
  const { first, last } = await numbersOf(matterId);
  const requestId = await draft(matterId);
  await submit(requestId);
  await approveInTest(env, crew, requestId);
  const numbers = String(last);
  const takeBack = () => codesOf(returnForms(env, people.stranger, { seriesId, numbers }));
  assert.deepEqual(await takeBack(), ["forms.held-by-request"], "its sealing is authorised");
  await releaseInTest(env, crew, requestId);
  // Taken back while it is sealed: one of the two is first, and neither way a sealed sheet is in stock.
  const [codes] = await Promise.all([takeBack(), runSealJob(env, sealingPorts(on), requestId)]);
  assert.match(codes.join(), /^(?:forms\.held-by-request|sheets\.sealed-stays)$/);
  assert.deepEqual(await sealedNumbers(requestId), [first, first + 1, last]);

  assert.deepEqual(await takeBack(), ["sheets.sealed-stays"]);
  for (const personId of [people.stranger, people.applicant]) {
    const evidenceId = await photoInTest(env, personId);
    const alone = voidForms(env, personId, { seriesId, numbers, reason: "Spoilt", evidenceId });
    assert.deepEqual(await codesOf(alone), ["sheets.sealed-stays"], "keeper or taker, nobody alone");
  }
  const stateOf = async (number: number) =>
    (await readHoldings(env.db, seriesId, { first: number, last: number })).map(({ state }) => state).join();
  assert.equal(await stateOf(last), "issued");
  const {
    posting_id: _,
    nr: __,
    ...posting
  } = await env.db
    .selectFrom("form_postings")
    .selectAll()
    .where("series_id", "=", seriesId)
    .orderBy("nr", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  for (const act of ["return", "void"] as const)
    await assert.rejects(
      env.db
        .insertInto("form_postings")
        .values({ ...posting, posting_id: "fpo_x", act, first_no: String(first), last_no: String(last) })
        .execute(),
      /neither back into stock nor void/,
    );

  // Destroyed by two, out of its taker's hand; what bears no seal is given back before.
  await destroyInTest(env, crew, { seriesId, first: last });
  assert.deepEqual([await stateOf(first), await stateOf(last)], ["issued", "destroyed"]);
  const plain = await numbersOf(await giveAndConfirm());
  assert.deepEqual(await codesOf(destroyInTest(env, crew, { seriesId, ...plain })), ["forms.elsewhere"]);
});

test("C05 C24: a sheet that is gone between approval and release is not sealed, and neither are those beside it", async () => {
  const matterId = await giveAndConfirm();
  const { first } = await numbersOf(matterId);
  const requestId = await draft(matterId);
  await submit(requestId);
  await approveInTest(env, crew, requestId);
  // By nothing people can do: it is taken past every question.
  await transact(env.db, async (tx) => {
    const series = await holdSeries(tx, seriesId);
    const range = { first, last: first };
    const moved = decideFormsMove(await readHoldings(tx, seriesId, range), { act: "return", ...range }, series);
    assert.ok(moved.ok);
    await postForms(tx, env, series, moved.events, {
      ...{ actorId: people.stranger, event: "FormsReturned", kind: "returned" },
      facts: () => ({ returnedBy: people.applicant, by: people.stranger }),
    });
  });
  await releaseInTest(env, crew, requestId);
  const { answer } = await askGateFor(env, requestId);
  assert.equal(answer.allowed, false);
  const unmet = answer.conditions.filter((one) => !one.met).map(({ code }) => code);
  assert.deepEqual(unmet, ["gate.document-finished.sheets"]);
  assert.deepEqual(await sealedNumbers(requestId), []);
  await withdrawRequest(env, people.applicant, requestId, "");

  // Those that remain are asked for in a file of their own.
  const rest = await draft(matterId);
  assert.equal((await loadRequest(env.db, rest)).documents[0]?.pages.length, 2);
  await submit(rest);
  await approveInTest(env, crew, rest);
  await releaseInTest(env, crew, rest);
  // And one that goes while its file is made, when the gate is asked once more.
  await runSealJob(
    env,
    sealingPorts(on, async (step) => {
      if (step !== "file-stored") return;
      await transact(env.db, async (tx) => {
        const series = await holdSeries(tx, seriesId);
        const range = { first: first + 1, last: first + 1 };
        const moved = decideFormsMove(await readHoldings(tx, seriesId, range), { act: "return", ...range }, series);
        assert.ok(moved.ok);
        await postForms(tx, env, series, moved.events, {
          ...{ actorId: people.stranger, event: "FormsReturned", kind: "returned" },
          facts: () => ({ returnedBy: people.applicant, by: people.stranger }),
        });
      });
    }),
    rest,
  );
  const { row, documents } = await loadRequest(env.db, rest);
  assert.equal(row.state, "authorised");
  assert.equal(documents[0]?.sealedDigest, null);
  assert.deepEqual(await sealedNumbers(rest), []);
});

test("C05: a letterhead is one page of A4 without programs, given by who may change the series", async () => {
  const page = makeTestPdf(["Lanxi Instruments Ltd"]);
  const head = (pdf: Uint8Array, personId = people.sealAdministrator, of = seriesId) =>
    giveLetterhead(env, personId, of, { stream: Readable.from([pdf]), fileName: "head.pdf" });
  for (const personId of [people.applicant, people.stranger, people.inspector])
    assert.deepEqual(await codesOf(head(page, personId)), ["subject.not-found"]);
  assert.deepEqual(await codesOf(head(Buffer.from("no pdf"))), ["pdf.not-pdf"]);
  const small = Buffer.from(page.toString("latin1").replace("[0 0 595 842]", "[0 0 420 595]"), "latin1");
  assert.deepEqual(await codesOf(head(small)), ["letterhead.size"]);
  const running = makeTestPdf(["x"], { catalog: "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>" });
  assert.deepEqual(await codesOf(head(running)), ["pdf.script"]);

  const before = await giveAndConfirm();
  await head(page);
  assert.deepEqual((await readLetterhead(env, people.stranger, seriesId)).bytes, page);
  const after = await giveAndConfirm();
  const [plain, headed] = [
    await printSheets(env, people.stranger, { seriesId, matterId: before }),
    await printSheets(env, people.stranger, { seriesId, matterId: after }),
  ];
  assert.ok(!Buffer.from(plain.bytes).includes("/Subtype /Image"), "what was given before stays plain");
  assert.equal(Buffer.from(headed.bytes).toString("latin1").split("/Subtype /Image").length - 1, 1, "one for all");
  // Headed sheets are sealed as plain ones are.
  const requestId = await draft(after);
  await submit(requestId);
  await withdrawRequest(env, people.applicant, requestId, "");
});

test("C05: of a taker who has left the keeper brings the scan, and of nobody else", async () => {
  const { first } = await numbersOf(await giveAndConfirm(people.lawyer, 1));
  const evidenceId = await photoInTest(env, people.stranger, redPicture(7));
  const numbers = String(first);
  const settle = () =>
    codesOf(
      settleSheetsInTest(
        env,
        { seriesId, numbers, reporterId: people.stranger, confirmerId: people.supervisor },
        { evidenceId },
      ),
    );
  assert.deepEqual(await settle(), ["forms.other-hand"], "he is here, and brings it himself");
  const mayReport = async () => (await readSeries(env, people.stranger, seriesId, {})).actions.includes("report");
  assert.equal(await mayReport(), false);
  await env.db.updateTable("people").set({ state: "departed" }).where("person_id", "=", people.lawyer).execute();
  assert.equal(await mayReport(), true);
  assert.deepEqual(await settle(), [], "the keeper reported it, so whoever watches confirms it");
  const [held] = await readHoldings(env.db, seriesId, { first, last: first });
  assert.equal(held?.state, "used");
});
