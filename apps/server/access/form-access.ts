import { Readable } from "node:stream";
import type { RouteKey } from "@chancery/api/client";
import { countStock } from "../features/forms/count-forms.ts";
import { giveLetterhead } from "../features/forms/letterhead.ts";
import { issueForms } from "../features/forms/move-forms.ts";
import { reportSheets } from "../features/forms/sheet-reports.ts";
import {
  askForSheetsInTest,
  confirmReceiptsInTest,
  draftSheetsInTest,
  issueInTest,
  openSeriesInTest,
  openSheetSeriesInTest,
  photoInTest,
} from "../features/forms/test-forms.ts";
import { approveMatterInTest } from "../features/matters/test-matters.ts";
import { loadRequest } from "../features/requests/load-request.ts";
import { dayInTest } from "../platform/test-days.ts";
import { makeTestPdf } from "../platform/test-pdf.ts";
import { redPicture } from "../platform/test-picture.ts";
import type { Access } from "./access-table.ts";
import { type Actor, everyone, except, foreign, own } from "./test-actors.ts";
import type { TestCall } from "./test-calls.ts";
import type { World } from "./test-world.ts";

type Mine = Extract<RouteKey, `${string}/form-series${string}` | `${string}/forms`>;

const series = "a series of the own entity";
const applicant = own("applicant");
const keeper = own("certificate-keeper");
const watchers = own("supervisor seal-administrator inspector");
/** Who keeps it, who watches forms of the entity, and who has some of its numbers. */
const knowing = [...keeper, ...watchers, ...applicant];
const readers = own("applicant unit-head legal-reviewer signatory custodian supervisor inspector");
const ofKeeper = (of: string): Access => ({ of, allowed: keeper, hidden: foreign("certificate-keeper") });
const ofAdministrator = (of: string): Access => ({
  ...{ of, allowed: own("seal-administrator"), hidden: foreign("seal-administrator") },
});
const mayApply = except(everyone, [
  ...own("inspector system-administrator"),
  ...foreign("inspector system-administrator"),
]);

export const formAccess: Readonly<Record<Mine, readonly Access[]>> = {
  "GET /v1/form-series": [{ of: series, allowed: knowing, absent: except(everyone, knowing) }],
  "POST /v1/form-series": [ofAdministrator("in the own entity")],
  "GET /v1/form-series/:seriesId": [{ of: series, allowed: knowing, hidden: except(everyone, knowing) }],
  "PUT /v1/form-series/:seriesId": [ofAdministrator(series)],
  "POST /v1/form-series/:seriesId/receive": [ofKeeper(series)],
  "POST /v1/form-series/:seriesId/issue": [ofKeeper(series)],
  "GET /v1/form-series/:seriesId/sheets/:matterId/file": [ofKeeper("blank sheets that were given out")],
  "POST /v1/form-series/:seriesId/sheets/:matterId/request": [
    { of: "the applicant's blank sheets", allowed: applicant, hidden: except(mayApply, applicant) },
  ],
  "GET /v1/form-series/:seriesId/sheets/:matterId/sealed/:documentId": [
    {
      ...{ of: "the applicant's sealed sheets", allowed: [...applicant, ...keeper] },
      hidden: except(everyone, [...applicant, ...keeper]),
    },
  ],
  "GET /v1/form-series/:seriesId/letterhead": [
    { of: "blank sheets with a letterhead", allowed: knowing, hidden: except(everyone, knowing) },
  ],
  "POST /v1/form-series/:seriesId/letterhead": [ofAdministrator("blank sheets that were given out")],
  "DELETE /v1/form-series/:seriesId/letterhead": [ofAdministrator("blank sheets that were given out")],
  "POST /v1/form-series/:seriesId/return": [ofKeeper(series)],
  "POST /v1/form-series/:seriesId/stock-takes": [ofKeeper(series)],
  "POST /v1/form-series/:seriesId/postings/:postingId/receipt": [
    { of: "what was issued to the applicant", allowed: applicant, hidden: except(everyone, applicant) },
  ],
  "POST /v1/form-series/:seriesId/use": [
    {
      ...{ of: "the applicant's numbers", allowed: applicant, hidden: except(everyone, knowing) },
      refused: [409, "forms.other-hand", [...keeper, ...watchers]],
    },
  ],
  "POST /v1/form-series/:seriesId/sheet-reports": [
    {
      ...{ of: "the applicant's blank sheets", allowed: applicant, hidden: except(everyone, knowing) },
      refused: [409, "forms.other-hand", [...keeper, ...watchers]],
    },
  ],
  "POST /v1/form-series/:seriesId/sheet-reports/:reportId/decision": [
    {
      ...{ of: "what the applicant reported", allowed: keeper, hidden: except(everyone, knowing) },
      refused: [409, "sheets.confirm-keeper-first", watchers],
      refusedToo: [409, "sheets.confirm-own", applicant],
    },
  ],
  "POST /v1/form-series/:seriesId/void": [
    {
      ...{ of: "the applicant's numbers", allowed: [...applicant, ...keeper], hidden: except(everyone, knowing) },
      refused: [409, "forms.other-hand", watchers],
    },
  ],
  "POST /v1/form-series/:seriesId/stock-takes/:countId/decision": [
    {
      ...{ of: "the keeper's count", allowed: watchers, hidden: except(everyone, [...keeper, ...watchers]) },
      refused: [409, "forms.count-own", keeper],
    },
  ],
  "GET /v1/seal-use-requests/:requestId/forms": [
    { of: "an authorised request", allowed: readers, hidden: except(everyone, readers) },
  ],
  "PUT /v1/seal-use-requests/:requestId/forms": [
    { of: "a draft", allowed: applicant, hidden: except(mayApply, applicant) },
  ],
};

type Make = (world: World, who: Actor) => Promise<TestCall> | TestCall;
const opened = new WeakMap<World, Promise<string>>();
let prefixes = 0;

/** A series with numbers in stock, and some that the applicant has and confirmed; these are never all used up. */
function seriesOf(world: World): Promise<string> {
  const there = opened.get(world) ?? openIt(world);
  opened.set(world, there);
  return there;
}
async function openIt(world: World): Promise<string> {
  await world.subjects.sealOf("own");
  prefixes += 1;
  const keeperId = world.person("own certificate-keeper");
  const seriesId = await openSeriesInTest(world.env, {
    ...{ entityId: world.own.entityId, administratorId: world.person("own seal-administrator"), keeperId },
    ...{ sealId: null, prefix: `W${prefixes}-` },
  });
  await issueInTest(world.env, { seriesId, keeperId, toId: world.person("own applicant"), numbers: "1-40" });
  return seriesId;
}

/** The first numbers that are in this state, as people write them. */
async function some(world: World, seriesId: string, state: "in-stock" | "issued"): Promise<string> {
  const { first_no: first } = await world.env.db
    .selectFrom("form_holdings as h")
    .innerJoin("form_postings as p", "p.posting_id", "h.posting_id")
    .select("h.first_no")
    .where("h.series_id", "=", seriesId)
    .where("h.until", "is", null)
    .where("h.state", "=", state)
    .where((eb) => (state === "issued" ? eb("p.receipt_at", "is not", null) : eb.lit(true)))
    .orderBy("h.first_no")
    .limit(1)
    .executeTakeFirstOrThrow();
  return first;
}

const given = new WeakMap<World, Promise<{ seriesId: string; matterId: string }>>();
/** Blank sheets that the applicant was given, approved by two. */
function sheetsOf(world: World): Promise<{ seriesId: string; matterId: string }> {
  const there = given.get(world) ?? giveSheets(world);
  given.set(world, there);
  return there;
}
async function giveSheets(world: World): Promise<{ seriesId: string; matterId: string }> {
  await world.subjects.sealOf("own");
  const { entityId } = world.own;
  const administratorId = world.person("own seal-administrator");
  const keeperId = world.person("own certificate-keeper");
  const seriesId = await openSheetSeriesInTest(world.env, { entityId, administratorId, keeperId });
  const matterId = await giveMore(world);
  await confirmReceiptsInTest(world.env, { seriesId, personId: world.person("own applicant") });
  return { seriesId, matterId };
}
async function giveMore(world: World): Promise<string> {
  const backBy = dayInTest(world.env.clock.now() + 7 * 86_400_000);
  const matterId = await askForSheetsInTest(world.env, {
    ...{ entityId: world.own.entityId, backBy, askerId: world.person("own unit-head") },
    takerId: world.person("own applicant"),
  });
  const deciders = [world.person("own signatory"), world.person("own seal-administrator")] as const;
  await approveMatterInTest(world.env, matterId, ...deciders);
  return matterId;
}

const letterhead = makeTestPdf(["Own Ltd"]);
const giveIt = (world: World, seriesId: string): Promise<void> =>
  giveLetterhead(world.env, world.person("own seal-administrator"), seriesId, {
    ...{ stream: Readable.from([letterhead]), fileName: "letterhead.pdf" },
  });

const sealedSheets = new WeakMap<World, Promise<{ seriesId: string; matterId: string; documentId: string }>>();
/** Sheets of another matter of the applicant's, sealed. */
function sealedOf(world: World): Promise<{ seriesId: string; matterId: string; documentId: string }> {
  const there = sealedSheets.get(world) ?? sealSheets(world);
  sealedSheets.set(world, there);
  return there;
}
async function sealSheets(world: World) {
  const { seriesId } = await sheetsOf(world);
  const sealId = await world.subjects.sealOf("own");
  const matterId = await giveMore(world);
  await confirmReceiptsInTest(world.env, { seriesId, personId: world.person("own applicant") });
  const taken = { seriesId, matterId, sealId, takerId: world.person("own applicant") };
  const { documentClass } = world.draftBody({});
  const requestId = await draftSheetsInTest(world.env, taken, { documentClass });
  const { documents } = await loadRequest(world.env.db, requestId);
  const documentId = documents[0]?.documentId ?? "";
  await world.subjects.sealDraft({ requestId, documentId });
  return { seriesId, matterId, documentId };
}

let shades = 0;
/** A report on the last of the sheets that were given out first, with a scan of its own. */
async function reportOf(world: World, personId: string) {
  shades += 1;
  const { matterId } = await sheetsOf(world);
  const { last_no: numbers } = await world.env.db
    .selectFrom("blank_sheets")
    .select("last_no")
    .where("matter_id", "=", matterId)
    .executeTakeFirstOrThrow();
  const evidenceId = await photoInTest(world.env, personId, redPicture(3000 + shades));
  return { numbers, end: "returned" as const, requestId: null, reason: "Visa", evidenceId };
}
/** What the applicant reported and nobody decided yet. */
async function reportedOf(world: World): Promise<{ seriesId: string; reportId: string }> {
  const { seriesId } = await sheetsOf(world);
  const open = await world.env.db
    .selectFrom("sheet_reports")
    .select("report_id")
    .where("series_id", "=", seriesId)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  if (open) return { seriesId, reportId: open.report_id };
  const applicantId = world.person("own applicant");
  const matterId = await giveMore(world);
  await confirmReceiptsInTest(world.env, { seriesId, personId: applicantId });
  const { last_no: numbers } = await world.env.db
    .selectFrom("blank_sheets")
    .select("last_no")
    .where("matter_id", "=", matterId)
    .executeTakeFirstOrThrow();
  const report = { ...(await reportOf(world, applicantId)), numbers };
  return { seriesId, ...(await reportSheets(world.env, applicantId, { seriesId, ...report })) };
}

const kept = async (world: World) => ({ seriesId: await seriesOf(world) });
const change = (world: World) => ({
  ...{
    name: { en: "Receipts", zh: "收据" },
    sealId: null,
    keeperId: world.person("own certificate-keeper"),
    lowMark: 1,
  },
});
const withNumbers =
  (state: "in-stock" | "issued", more: (world: World, who: Actor) => Promise<object> | object = () => ({})): Make =>
  async (world, who) => {
    const params = await kept(world);
    return { params, body: { numbers: await some(world, params.seriesId, state), ...(await more(world, who)) } };
  };

/** Nothing waits for a second person any more. */
async function countOf(world: World): Promise<{ seriesId: string; countId: string }> {
  const { seriesId } = await kept(world);
  const open = await world.env.db
    .selectFrom("form_counts")
    .select("count_id")
    .where("series_id", "=", seriesId)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  if (open) return { seriesId, countId: open.count_id };
  const numbers = await stockOf(world, seriesId);
  return { seriesId, ...(await countStock(world.env, world.person("own certificate-keeper"), { seriesId, numbers })) };
}
async function stockOf(world: World, seriesId: string): Promise<string> {
  const rows = await world.env.db
    .selectFrom("form_holdings")
    .select(["first_no", "last_no"])
    .where("series_id", "=", seriesId)
    .where("until", "is", null)
    .where("state", "=", "in-stock")
    .execute();
  return rows.map((row) => `${row.first_no}-${row.last_no}`).join(", ");
}

let nextNumber = 1000;
export const formCalls: Readonly<Record<Mine, Readonly<Record<string, Make>>>> = {
  "GET /v1/form-series": {
    [series]: async (world) => {
      const { seriesId } = await kept(world);
      return { shows: (text) => text.includes(seriesId) };
    },
  },
  "POST /v1/form-series": {
    "in the own entity": (world) => {
      prefixes += 1;
      const fresh = { entityId: world.own.entityId, kind: "receipt", prefix: `X${prefixes}-`, digits: 5 };
      return { keeps: true, body: { ...change(world), ...fresh } };
    },
  },
  "GET /v1/form-series/:seriesId": { [series]: async (world) => ({ params: await kept(world) }) },
  "PUT /v1/form-series/:seriesId": {
    [series]: async (world) => ({ keeps: true, params: await kept(world), body: change(world) }),
  },
  "POST /v1/form-series/:seriesId/receive": {
    [series]: async (world) => {
      nextNumber += 1;
      const came = { count: 1, from: "Printer", receivedOn: "2026-11-02", evidenceId: null };
      return { keeps: true, params: await kept(world), body: { numbers: String(nextNumber), ...came } };
    },
  },
  "POST /v1/form-series/:seriesId/issue": {
    [series]: withNumbers("in-stock", (world) => ({ toId: world.person("own applicant"), purpose: "Deposits" })),
  },
  "GET /v1/form-series/:seriesId/sheets/:matterId/file": {
    "blank sheets that were given out": async (world) => ({ params: await sheetsOf(world) }),
  },
  "POST /v1/form-series/:seriesId/sheets/:matterId/request": {
    "the applicant's blank sheets": async (world) => ({ keeps: true, params: await sheetsOf(world) }),
  },
  "GET /v1/form-series/:seriesId/sheets/:matterId/sealed/:documentId": {
    "the applicant's sealed sheets": async (world) => ({ params: await sealedOf(world) }),
  },
  "GET /v1/form-series/:seriesId/letterhead": {
    "blank sheets with a letterhead": async (world) => {
      const { seriesId } = await sheetsOf(world);
      await giveIt(world, seriesId);
      return { params: { seriesId } };
    },
  },
  "POST /v1/form-series/:seriesId/letterhead": {
    "blank sheets that were given out": async (world) => ({
      ...{ keeps: true, params: { seriesId: (await sheetsOf(world)).seriesId } },
      file: { name: "letterhead.pdf", bytes: letterhead },
    }),
  },
  "DELETE /v1/form-series/:seriesId/letterhead": {
    "blank sheets that were given out": async (world) => ({
      ...{ keeps: true, params: { seriesId: (await sheetsOf(world)).seriesId } },
    }),
  },
  "POST /v1/form-series/:seriesId/return": { [series]: withNumbers("issued") },
  "POST /v1/form-series/:seriesId/stock-takes": {
    [series]: async (world) => {
      const { seriesId } = await kept(world);
      await world.env.db
        .updateTable("form_counts")
        .set({ state: "declined", decided_by: world.person("own inspector"), decided_at: new Date() })
        .where("series_id", "=", seriesId)
        .where("state", "=", "waiting")
        .execute();
      return { keeps: true, params: { seriesId }, body: { numbers: await stockOf(world, seriesId) } };
    },
  },
  "POST /v1/form-series/:seriesId/postings/:postingId/receipt": {
    "what was issued to the applicant": async (world) => {
      const { seriesId } = await kept(world);
      const open = () =>
        world.env.db
          .selectFrom("form_postings")
          .select("posting_id")
          .where("series_id", "=", seriesId)
          .where("act", "=", "issue")
          .where("receipt_at", "is", null)
          .executeTakeFirst();
      if (!(await open())) {
        const numbers = await some(world, seriesId, "in-stock");
        const to = { toId: world.person("own applicant"), purpose: "Deposits" };
        await issueForms(world.env, world.person("own certificate-keeper"), { seriesId, numbers, ...to });
      }
      return { params: { seriesId, postingId: (await open())?.posting_id ?? "" } };
    },
  },
  "POST /v1/form-series/:seriesId/use": {
    "the applicant's numbers": withNumbers("issued", () => ({ requestId: null, reason: "Cash" })),
  },
  "POST /v1/form-series/:seriesId/sheet-reports": {
    "the applicant's blank sheets": async (world, who) => ({
      params: { seriesId: (await sheetsOf(world)).seriesId },
      body: await reportOf(world, world.person(who === "nobody" ? "own member" : who)),
    }),
  },
  "POST /v1/form-series/:seriesId/sheet-reports/:reportId/decision": {
    "what the applicant reported": async (world) => ({
      params: await reportedOf(world),
      body: { confirmed: true, codes: "", reason: "The foot is torn off" },
    }),
  },
  "POST /v1/form-series/:seriesId/void": {
    "the applicant's numbers": withNumbers("issued", async (world, who) => ({
      reason: "Spoiled",
      evidenceId: await world.subjects.evidenceOf(world.person(who === "nobody" ? "own member" : who)),
    })),
  },
  "POST /v1/form-series/:seriesId/stock-takes/:countId/decision": {
    "the keeper's count": async (world) => ({ params: await countOf(world), body: { numbers: null, note: "" } }),
  },
  "GET /v1/seal-use-requests/:requestId/forms": {
    "an authorised request": async (world) => ({
      params: { requestId: (await world.subjects.authorised()).requestId },
    }),
  },
  "PUT /v1/seal-use-requests/:requestId/forms": {
    "a draft": async (world) => ({
      ...{ keeps: true, params: { requestId: (await world.subjects.draft()).requestId }, body: { items: [] } },
    }),
  },
};
