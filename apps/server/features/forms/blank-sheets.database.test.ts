import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Environment } from "../../platform/environment.ts";
import { readPageTexts } from "../../platform/page-text.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { dayInTest } from "../../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { approveMatterInTest } from "../matters/test-matters.ts";
import { printSheets, tellOverdueSheets } from "./blank-sheets.ts";
import { codeOfSheet } from "./code-of-sheet.ts";
import { countStock, decideStockCount } from "./count-forms.ts";
import { confirmFormReceipt, issueForms, receiveForms, returnForms } from "./move-forms.ts";
import { readHoldings } from "./post-forms.ts";
import { readSeries } from "./read-model.ts";
import { reportSheets } from "./sheet-reports.ts";
import {
  askForSheetsInTest,
  destroyInTest,
  makeFormKeeperInTest,
  openSheetSeriesInTest,
  photoInTest,
  settleSheetsInTest,
} from "./test-forms.ts";

let place: TestEnvironment;
let env: Environment;
let crew: TestCrew;
let people: TestCrew["people"];
let seriesId: string;
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
  people = crew.people;
  await makeFormKeeperInTest(env, {
    ...{ actorId: people.sealAdministrator, entityId: crew.entityId, personId: people.stranger },
  });
});
after(() => place?.close());

const dayIn = (days: number): string => dayInTest(env.clock.now() + days * 86_400_000);
const ask = (change: { askerId?: string; takerId?: string; count?: number; backBy?: string } = {}) =>
  askForSheetsInTest(env, {
    ...{ entityId: crew.entityId, askerId: people.head, takerId: people.applicant, backBy: dayIn(5) },
    ...change,
  });
async function give(change: Parameters<typeof ask>[0] = {}): Promise<string> {
  const matterId = await ask(change);
  assert.equal(await approveMatterInTest(env, matterId, people.signatory, people.sealAdministrator), "done");
  return matterId;
}
const confirmReceipts = async (personId: string): Promise<void> => {
  const open = await env.db
    .selectFrom("form_postings")
    .select("posting_id")
    .where("series_id", "=", seriesId)
    .where("act", "=", "issue")
    .where("person_id", "=", personId)
    .where("receipt_at", "is", null)
    .execute();
  for (const { posting_id: postingId } of open) await confirmFormReceipt(env, personId, { seriesId, postingId });
};
const states = async () => (await readHoldings(env.db, seriesId)).map((one) => `${one.first}-${one.last} ${one.state}`);
const openTasks = async (kind: string) =>
  (
    await env.db
      .selectFrom("tasks")
      .select("assignee_id")
      .where("kind", "=", kind)
      .where("state", "=", "open")
      .execute()
  ).length;
const findings = async (source: string) =>
  (await env.db.selectFrom("findings").select("control").where("source", "=", source).execute()).length;

test("C05 C11: blank sheets are given out by a matter that two approve, numbered, and by nothing else", async () => {
  assert.deepEqual(await codesOf(ask()), ["sheets.no-series"]);
  seriesId = await openSheetSeriesInTest(env, {
    ...{ entityId: crew.entityId, administratorId: people.sealAdministrator, keeperId: people.stranger },
  });
  assert.deepEqual(await codesOf(ask({ count: 21 })), ["sheets.count"]);
  assert.deepEqual(await codesOf(ask({ backBy: dayIn(40) })), ["sheets.day"]);
  assert.deepEqual(await codesOf(ask({ takerId: people.stranger })), ["sheets.keeper-takes"]);
  const matterId = await ask();
  assert.deepEqual(await states(), [], "it waits for two");
  assert.equal(await approveMatterInTest(env, matterId, people.signatory, people.sealAdministrator), "done");
  assert.deepEqual(await states(), ["1-3 issued"]);
  assert.equal(await openTasks("blank-sheets-back"), 1);

  const came = { seriesId, numbers: "9", count: 1, from: "x", receivedOn: dayIn(0), evidenceId: null };
  assert.deepEqual(await codesOf(receiveForms(env, people.stranger, came)), ["forms.sheets-by-matter"]);
  assert.deepEqual(await codesOf(ask({ askerId: people.applicant })), ["permission.missing"]);
  const out = { seriesId, numbers: "1", toId: people.head, purpose: "x" };
  assert.deepEqual(await codesOf(issueForms(env, people.stranger, out)), ["forms.sheets-by-matter"]);
  const posting = await env.db.selectFrom("form_postings").selectAll().executeTakeFirstOrThrow();
  const { nr: _, ...again } = posting;
  await assert.rejects(
    env.db
      .insertInto("form_postings")
      .values({ ...again, posting_id: "fpo_x", first_no: 4, last_no: 90 })
      .execute(),
    /by a matter that was approved/,
  );
  await assert.rejects(env.db.updateTable("blank_sheets").set({ printed: 5 }).execute(), /stay as they were/);
});

test("C05: each sheet bears its number and a code; printing it again is a question to people", async () => {
  const { sheets, actions } = await readSeries(env, people.stranger, seriesId, {});
  assert.ok(!actions.includes("receive") && !actions.includes("issue"));
  const [given] = sheets;
  assert.ok(given);
  assert.deepEqual(
    [given.written, given.out, given.overdue, given.printed],
    ["BZ00001–BZ00003", "BZ00001–BZ00003", false, 0],
  );
  const { matterId } = given;
  assert.deepEqual(await codesOf(printSheets(env, people.applicant, { seriesId, matterId })), ["subject.not-found"]);
  const { bytes } = await printSheets(env, people.stranger, { seriesId, matterId });
  const sizes = Array.from({ length: 3 }, () => ({ widthMm: 210, heightMm: 297 }));
  const read = await readPageTexts(bytes, sizes);
  assert.ok(read.ok);
  const texts = read.pages.map((page) => page.runs.map((run) => run.text).join(""));
  assert.equal(texts.length, 3);
  texts.forEach((text, at) => {
    assert.ok(text.includes(`BZ0000${at + 1}`) && text.includes(codeOfSheet(matterId, at + 1)), text);
  });
  assert.equal(new Set([1, 2, 3].map((number) => codeOfSheet(matterId, number))).size, 3);
  assert.equal(await findings("sheets.printed-again"), 0);
  await printSheets(env, people.stranger, { seriesId, matterId });
  assert.equal(await findings("sheets.printed-again"), 1);
});

test("C05 C24: a sheet is settled by the scan of what it became once its keeper confirmed it, or comes back and is destroyed by two", async () => {
  await confirmReceipts(people.applicant);
  const report = { seriesId, numbers: "1", end: "returned", requestId: null, reason: "Visa of Xu Qing" } as const;
  assert.deepEqual(await codesOf(reportSheets(env, people.applicant, { ...report, evidenceId: null })), [
    "forms.copy-missing",
  ]);
  const scan = await photoInTest(env, people.applicant);
  await settleSheetsInTest(
    env,
    { seriesId, numbers: "1", reporterId: people.applicant, confirmerId: people.stranger },
    { evidenceId: scan },
  );
  const sameFile = await photoInTest(env, people.applicant);
  assert.deepEqual(
    await codesOf(reportSheets(env, people.applicant, { ...report, numbers: "2", evidenceId: sameFile })),
    ["forms.copy-of-others"],
    "one paper is one sheet's, by whatever upload",
  );
  await returnForms(env, people.stranger, { seriesId, numbers: "2-3" });
  assert.deepEqual(await states(), ["1-1 used", "2-3 in-stock"]);
  assert.equal(await openTasks("blank-sheets-back"), 0);

  await destroyInTest(env, crew, { seriesId, first: 2 });
  assert.deepEqual(await states(), ["1-1 used", "2-2 destroyed", "3-3 in-stock"]);

  // A sheet that came back and is not there any more.
  const { countId } = await countStock(env, people.stranger, { seriesId, numbers: "" });
  await decideStockCount(env, people.inspector, { seriesId, countId, numbers: "", note: "" });
  assert.deepEqual(await states(), ["1-1 used", "2-2 destroyed", "3-3 missing"]);
  assert.equal(await findings("forms.missing"), 1);
});

test("C05: who owes sheets past their day is given no others, and it is a finding until they are back", async () => {
  await give({ count: 2, backBy: dayIn(1) });
  await tellOverdueSheets(env);
  assert.equal(await findings("sheets.overdue"), 0);
  await confirmReceipts(people.applicant);
  const then = env.clock.now() + 3 * 86_400_000;
  const now = env;
  env = { ...now, clock: { ...now.clock, now: () => then } };
  await tellOverdueSheets(env);
  await tellOverdueSheets(env);
  assert.equal(await findings("sheets.overdue"), 1);
  assert.deepEqual(await codesOf(ask()), ["sheets.owed"]);
  assert.deepEqual(await codesOf(ask({ takerId: people.lawyer })), [], "it is his debt alone");
  const [given] = (await readSeries(env, people.applicant, seriesId, {})).sheets;
  assert.deepEqual([given?.overdue, given?.out], [true, "BZ00004–BZ00005"]);
  await returnForms(env, people.stranger, { seriesId, numbers: "4-5" });
  await give({ count: 1 });
});
