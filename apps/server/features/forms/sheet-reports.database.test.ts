import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import sharp from "sharp";
import type { Environment } from "../../platform/environment.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { dayInTest } from "../../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { redPicture } from "../../platform/test-picture.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { giveDelegation } from "../delegations/service.ts";
import { requireSeesEvidence } from "../evidence/service.ts";
import { approveMatterInTest } from "../matters/test-matters.ts";
import { drawPages } from "../printed-copies/draw-page.ts";
import { tellOverdueSheets } from "./blank-sheets.ts";
import { codeOfSheet } from "./code-of-sheet.ts";
import { drawSheets } from "./draw-sheets.ts";
import { handOnReports } from "./follow-reports.ts";
import { returnForms, useForms, voidForms } from "./move-forms.ts";
import { readHoldings } from "./post-forms.ts";
import { readSeries } from "./read-model.ts";
import { decideSheetReport, reportSheets } from "./sheet-reports.ts";
import {
  askForSheetsInTest,
  confirmReceiptsInTest,
  makeFormKeeperInTest,
  openSheetSeriesInTest,
  paperInTest,
  photoInTest,
} from "./test-forms.ts";

let on: TestEnvironment;
let env: Environment;
let crew: TestCrew;
let people: TestCrew["people"];
let seriesId: string;
before(async () => {
  on = await createTestEnvironment();
  env = on.env;
  crew = await createTestCrew(env);
  people = crew.people;
  await makeFormKeeperInTest(env, {
    ...{ actorId: people.sealAdministrator, entityId: crew.entityId, personId: people.stranger },
  });
  await crew.registerSeal("business", "LX-21");
  seriesId = await openSheetSeriesInTest(env, {
    ...{ entityId: crew.entityId, administratorId: people.sealAdministrator, keeperId: people.stranger },
  });
});
after(() => on?.close());

let shade = 100;
const photo = (personId = people.applicant): Promise<string> => {
  shade += 1;
  return photoInTest(env, personId, redPicture(shade));
};
/** Sheets that a person was given and confirmed, with their matter. */
async function give(count = 1, takerId = people.applicant): Promise<{ matterId: string; first: number }> {
  const backBy = dayInTest(env.clock.now() + 5 * 86_400_000);
  const about = { entityId: crew.entityId, askerId: people.head, takerId, count, backBy };
  const matterId = await askForSheetsInTest(env, about);
  assert.equal(await approveMatterInTest(env, matterId, people.signatory, people.sealAdministrator), "done");
  await confirmReceiptsInTest(env, { seriesId, personId: takerId });
  const row = await env.db
    .selectFrom("blank_sheets")
    .select("first_no")
    .where("matter_id", "=", matterId)
    .executeTakeFirstOrThrow();
  return { matterId, first: Number(row.first_no) };
}
async function report(first: number, change: object = {}, personId = people.applicant): Promise<string> {
  const { reportId } = await reportSheets(env, personId, {
    ...{ seriesId, numbers: String(first), end: "returned", requestId: null, reason: "Visa" },
    evidenceId: await photo(personId),
    ...change,
  });
  return reportId;
}
const decide = (reportId: string, personId: string, change: object = {}): Promise<string[]> =>
  codesOf(
    decideSheetReport(env, personId, {
      ...{ seriesId, reportId, confirmed: true, codes: "", reason: "The foot is torn off", ...change },
    }),
  );
const stateOf = async (number: number): Promise<string> =>
  (await readHoldings(env.db, seriesId, { first: number, last: number })).map(({ state }) => state).join();
const openTasks = (kind: string, subjectKey: string) =>
  env.db
    .selectFrom("tasks")
    .select(["assignee_id", "assignee_role"])
    .where("kind", "=", kind)
    .where("subject_key", "=", subjectKey)
    .where("state", "=", "open")
    .execute();

test("C05 C11: what became of a sheet counts once its keeper confirmed it; its taker settles nothing alone", async () => {
  const { matterId, first } = await give();
  const numbers = String(first);
  const evidenceId = await photo();
  assert.deepEqual(
    await codesOf(useForms(env, people.applicant, { seriesId, numbers, requestId: null, reason: "x", evidenceId })),
    ["sheets.report-first"],
  );
  assert.deepEqual(await codesOf(voidForms(env, people.applicant, { seriesId, numbers, reason: "x", evidenceId })), [
    "sheets.void-by-report",
  ]);
  const reportId = await report(first, { evidenceId });
  assert.equal(await stateOf(first), "issued");
  assert.equal((await openTasks("blank-sheets-back", matterId)).length, 1, "the clock of his debt runs on");
  assert.deepEqual(await openTasks("confirm-sheets", reportId), [
    { assignee_id: people.stranger, assignee_role: null },
  ]);
  const { reports, sheets } = await readSeries(env, people.stranger, seriesId, {});
  assert.deepEqual([reports[0]?.mayDecide, reports[0]?.waitsFor, reports[0]?.unread], [true, "keeper", "BZ00001"]);
  assert.deepEqual([sheets[0]?.out, sheets[0]?.reported], ["BZ00001", "BZ00001"]);
  assert.equal((await readSeries(env, people.applicant, seriesId, {})).reports[0]?.mayDecide, false);
  await requireSeesEvidence(env, people.stranger, evidenceId);

  assert.deepEqual(await decide(reportId, people.stranger, { reason: "" }), ["sheets.code-unread"]);
  assert.deepEqual(await decide(reportId, people.stranger, { codes: codeOfSheet(matterId, first + 1) }), [
    "sheets.code-other",
  ]);
  const codes = codeOfSheet(matterId, first);
  assert.deepEqual(await decide(reportId, people.stranger, { codes, reason: "" }), []);
  assert.equal(await stateOf(first), "used");
  for (const [kind, key] of [
    ["blank-sheets-back", matterId],
    ["confirm-sheets", reportId],
  ] as const)
    assert.deepEqual(await openTasks(kind, key), []);
  assert.deepEqual(await decide(reportId, people.stranger), ["subject.changed-meanwhile"]);
  const line = await env.db
    .selectFrom("register_lines")
    .select("facts")
    .where("register", "=", "controlled-forms")
    .where("kind", "=", "used")
    .executeTakeFirstOrThrow();
  const { reportedBy, confirmedBy } = line.facts as Record<string, unknown>;
  assert.deepEqual([reportedBy, confirmedBy], [people.applicant, people.stranger], "the register names both");
});

test("C11: neither taker nor asker confirms, in whatever role or place; another one does in the keeper's stead", async () => {
  const { first } = await give();
  const reportId = await report(first);
  for (const personId of [people.applicant, people.head])
    assert.deepEqual(await decide(reportId, personId), [
      personId === people.head ? "subject.not-found" : "sheets.confirm-own",
    ]);
  for (const personId of [people.supervisor, people.inspector, people.sealAdministrator])
    assert.deepEqual(await decide(reportId, personId), ["sheets.confirm-keeper-first"]);
  for (const personId of [people.custodian, people.signatory])
    assert.deepEqual(await decide(reportId, personId), ["subject.not-found"]);

  // The taker comes to keep the series: then it is still not he, and whoever watches does.
  const keep = (personId: string) =>
    env.db.updateTable("form_series").set({ keeper_id: personId }).where("series_id", "=", seriesId).execute();
  const other = await give(1, people.lawyer);
  const taken = await give();
  await keep(people.applicant);
  assert.deepEqual(await decide(reportId, people.applicant), ["sheets.confirm-own"]);
  const numbers = String(taken.first);
  assert.deepEqual(await codesOf(returnForms(env, people.applicant, { seriesId, numbers })), ["sheets.own-hand"]);
  const evidenceId = await photo();
  const own = { seriesId, numbers, reason: "Spoilt", evidenceId };
  assert.deepEqual(await codesOf(voidForms(env, people.applicant, own)), ["sheets.own-hand"]);
  assert.deepEqual(await decide(reportId, people.supervisor), []);
  assert.equal(await stateOf(first), "used");
  await keep(people.stranger);
  await returnForms(env, people.stranger, { seriesId, numbers: `${other.first}, ${numbers}` });
});

test("C11: who stands in for the taker does not confirm, not even as the keeper; others do", async () => {
  const { first } = await give(1, people.lawyer);
  const reportId = await report(first, {}, people.lawyer);
  const { grant_id: grantId } = await env.db
    .selectFrom("grants")
    .select("grant_id")
    .where("person_id", "=", people.lawyer)
    .where("role", "=", "legal-reviewer")
    .executeTakeFirstOrThrow();
  const scope = { kind: "entity", id: crew.entityId } as const;
  const days = { from: dayInTest(env.clock.now()), to: dayInTest(env.clock.now() + 3 * 86_400_000) };
  await giveDelegation(env, people.lawyer, { grantId, scope, delegateId: people.stranger, reason: "Leave", ...days });
  assert.deepEqual(await decide(reportId, people.stranger), ["sheets.confirm-in-place"]);
  const { reports } = await readSeries(env, people.supervisor, seriesId, {});
  assert.deepEqual([reports[0]?.waitsFor, reports[0]?.mayDecide], ["watchers", true]);
  assert.deepEqual(await decide(reportId, people.supervisor), []);
});

test("C05: a rejected report settles nothing, names its reason, and is made anew; a waiting one holds its sheets", async () => {
  const { matterId, first } = await give(2);
  const evidenceId = await photo();
  const reportId = await report(first, { end: "destroyed", evidenceId });
  assert.deepEqual(await codesOf(report(first)), ["sheets.report-waiting"]);
  for (const move of [
    () => returnForms(env, people.stranger, { seriesId, numbers: String(first) }),
    async () =>
      voidForms(env, people.stranger, {
        ...{ seriesId, numbers: String(first), reason: "x", evidenceId: await photo(people.stranger) },
      }),
  ])
    assert.deepEqual(await codesOf(move()), ["sheets.report-waiting"]);
  const [given] = (await readSeries(env, people.applicant, seriesId, {})).sheets;
  assert.equal(given?.toSeal, `BZ0000${first + 1}`, "it is not sealed meanwhile");
  assert.deepEqual(await decide(reportId, people.stranger, { confirmed: false, reason: "" }), [
    "sheets.reject-unexplained",
  ]);
  assert.deepEqual(await decide(reportId, people.stranger, { confirmed: false, reason: "I was not there" }), []);
  assert.equal(await stateOf(first), "issued");
  assert.equal((await openTasks("blank-sheets-back", matterId)).length, 1);
  const { reports } = await readSeries(env, people.applicant, seriesId, {});
  const told = reports.find((one) => one.reportId === reportId);
  assert.deepEqual([told?.state, told?.reason], ["rejected", "I was not there"]);
  const again = await report(first, { end: "destroyed", evidenceId });
  assert.deepEqual(await decide(again, people.stranger, { reason: "" }), []);
  assert.equal(await stateOf(first), "destroyed");
  await returnForms(env, people.stranger, { seriesId, numbers: String(first + 1) });
});

test("C05: a scan that bears another sheet's code is refused; its own code is read from paper and from a photo", async () => {
  const { matterId, first } = await give(3);
  const other = await give(1, people.lawyer);
  const paperOf = (number: number): Promise<Uint8Array> =>
    drawSheets(
      [{ number: `BZ0000${number}`, code: codeOfSheet(matterId, number), matter: "LX-M-1", backBy: "2026-12-01" }],
      { ground: null, at: new Date(env.clock.now()) },
    );
  const photoOf = async (number: number): Promise<Buffer> => {
    const drawn = await drawPages(await paperOf(number), (draw) => draw(0, 210, 297, 8));
    return sharp(drawn.rgb, { raw: { width: drawn.width, height: drawn.height, channels: 3 } })
      .png()
      .toBuffer();
  };
  const byPaper = await paperInTest(env, people.applicant, await paperOf(first + 1));
  assert.deepEqual(await codesOf(report(first, { evidenceId: byPaper })), ["sheets.code-other"]);
  const byPhoto = await photoInTest(env, people.applicant, await photoOf(first + 1));
  assert.deepEqual(await codesOf(report(first, { evidenceId: byPhoto })), ["sheets.code-other"]);
  assert.deepEqual(await codesOf(report(other.first, { evidenceId: byPhoto }, people.lawyer)), ["subject.not-found"]);

  const own = await report(first, { evidenceId: await photoInTest(env, people.applicant, await photoOf(first)) });
  const paper = await report(first + 1, { evidenceId: byPaper });
  const { reports } = await readSeries(env, people.stranger, seriesId, {});
  assert.deepEqual(
    reports.slice(0, 2).map(({ unread }) => unread),
    ["", ""],
    "both were read",
  );
  for (const reportId of [own, paper]) assert.deepEqual(await decide(reportId, people.stranger, { reason: "" }), []);
  await returnForms(env, people.stranger, { seriesId, numbers: `${first + 2}, ${other.first}` });
});

test("C05: the keeper who lets the time pass is followed by whoever watches, and the debt becomes a finding all the same", async () => {
  const { first } = await give();
  const reportId = await report(first);
  const now = env;
  const then = now.clock.now() + 8 * 86_400_000;
  env = { ...now, clock: { ...now.clock, now: () => then } };
  await tellOverdueSheets(env);
  for (let times = 0; times < 2; times += 1) await handOnReports(env);
  assert.deepEqual(await openTasks("confirm-sheets", reportId), [{ assignee_id: null, assignee_role: "supervisor" }]);
  const findings = await env.db.selectFrom("findings").select("facts").where("source", "=", "sheets.overdue").execute();
  assert.equal(findings.length, 1, "a report alone pays no debt");
  assert.deepEqual(await decide(reportId, people.inspector), []);
  env = now;
});

test("C05 C11: the tables let no report be made by another, decided by a party, or posted before it is confirmed", async () => {
  const { first } = await give();
  const reportId = await report(first);
  const row = await env.db
    .selectFrom("sheet_reports")
    .selectAll()
    .where("report_id", "=", reportId)
    .executeTakeFirstOrThrow();
  const add = (change: object) =>
    env.db
      .insertInto("sheet_reports")
      .values({ ...row, report_id: "shr_x", ...change })
      .execute();
  await assert.rejects(add({}), /one confirmation at a time/);
  await assert.rejects(add({ reported_by: people.head }), /by who took them/);
  await assert.rejects(add({ numbers: ["99"] }), /its matter gave out/);
  const decided = (decidedBy: string) =>
    env.db
      .updateTable("sheet_reports")
      .set({ state: "confirmed", decided_by: decidedBy, decided_at: new Date(), decided_event_id: row.event_id })
      .where("report_id", "=", reportId)
      .execute();
  await assert.rejects(decided(people.applicant), /without a part|check/);
  await assert.rejects(decided(people.head), /without a part/);
  const posting = await env.db
    .selectFrom("form_postings")
    .selectAll()
    .where("series_id", "=", seriesId)
    .where("act", "=", "use")
    .orderBy("nr", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  const { nr: _, ...again } = posting;
  const at = { posting_id: "fpo_x", first_no: String(first), last_no: String(first) };
  const post = (change: object) =>
    env.db
      .insertInto("form_postings")
      .values({ ...again, ...at, ...change })
      .execute();
  await assert.rejects(post({ report_id: null }), /once somebody confirmed/);
  await assert.rejects(post({ report_id: reportId, evidence_id: row.evidence_id }), /as it was reported and confirmed/);
  await assert.rejects(post({}), /as it was reported and confirmed/, "another sheet's report");
  assert.deepEqual(await decide(reportId, people.stranger), []);
});
