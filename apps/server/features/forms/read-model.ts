import {
  compareCounts,
  countForms,
  type FormCounts,
  type FormHolding,
  type FormState,
  formKindNames,
  isFormStockLow,
  joinHoldings,
  mergeRanges,
  sizeOf,
  writeFormRange,
  writeFormRanges,
} from "@chancery/domain";
import { sql } from "kysely";
import type { HandlerAnswer, RouteInput } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { listDeparted } from "../organisation/still-here.ts";
import { titleForAll } from "../requests/may-see.ts";
import { readPeople } from "../requests/read-people.ts";
import { listSheetsGiven, rangeOf } from "./blank-sheets.ts";
import { readCounted, readSecond } from "./count-forms.ts";
import { drawBand } from "./draw-band.ts";
import { formWatchers } from "./knows-series.ts";
import { readHoldings } from "./post-forms.ts";
import { listSealable, listSealedSheets, listUnconfirmed } from "./seal-sheets.ts";
import { listKeeping } from "./series.ts";
import { listReported } from "./sheets-asked.ts";
import { showSheetReports } from "./show-sheet-reports.ts";

type Summary = HandlerAnswer<"GET /v1/form-series">["items"][number];
type Detail = HandlerAnswer<"GET /v1/form-series/:seriesId">;
const pageOfRanges = 100;
const lastPostings = 60;
const lastCounts = 6;

const seriesWith = (reader: Reader) =>
  reader
    .selectFrom("form_series as f")
    .innerJoin("entities as e", "e.entity_id", "f.entity_id")
    .leftJoin("seals as s", "s.seal_id", "f.seal_id")
    .selectAll("f")
    .select(["e.name_en as entity_en", "e.name_zh as entity_zh", "e.code"])
    .select(["s.number as seal_number", "s.name_en as seal_en", "s.name_zh as seal_zh"]);
type Row = Awaited<ReturnType<ReturnType<typeof seriesWith>["execute"]>>[number];

/** What a person sees of a series: all of it, or what is or was in his own hand. */
type Reach = "whole" | "own" | "none";
interface Viewer {
  readonly personId: string;
  readonly watched: ReadonlySet<string>;
  readonly own: ReadonlySet<string>;
}

async function readViewer(env: Environment, personId: string): Promise<Viewer> {
  const grants = await readGrantsInForce(env.db, env.clock.now(), { personId });
  const own = await env.db
    .selectFrom("form_postings")
    .select("series_id")
    .distinct()
    .where("person_id", "=", personId)
    .execute();
  return {
    personId,
    watched: new Set(grants.filter((one) => formWatchers.includes(one.role)).map((one) => one.entityId)),
    own: new Set(own.map((row) => row.series_id)),
  };
}

function reachOf(viewer: Viewer, row: Pick<Row, "series_id" | "entity_id" | "keeper_id">): Reach {
  if (row.keeper_id === viewer.personId || viewer.watched.has(row.entity_id)) return "whole";
  return viewer.own.has(row.series_id) ? "own" : "none";
}

/** Series with how many numbers are where; those of which little is left first. */
export async function listSeries(env: Environment, personId: string): Promise<{ items: Summary[] }> {
  const viewer = await readViewer(env, personId);
  const rows = (await seriesWith(env.db).orderBy("f.entity_id").orderBy("f.nr").execute()).filter(
    (row) => reachOf(viewer, row) !== "none",
  );
  const counts = await readCounts(
    env.db,
    rows.map((row) => row.series_id),
  );
  const person = await readPeople(
    env.db,
    rows.map((row) => row.keeper_id),
  );
  const items: Summary[] = [];
  for (const row of rows) {
    const whole = reachOf(viewer, row) === "whole";
    const counted = whole
      ? (counts.get(row.series_id) ?? countForms([]))
      : countForms(await readOwn(env.db, row.series_id, personId));
    items.push(await summarise(env, row, { whole, counts: counted, person }));
  }
  return { items: items.toSorted((a, b) => Number(b.low) - Number(a.low)) };
}

async function summarise(
  env: Environment,
  row: Row,
  about: { whole: boolean; counts: FormCounts; person: Awaited<ReturnType<typeof readPeople>> },
): Promise<Summary> {
  const name = { en: row.name_en, zh: row.name_zh };
  const keeper = about.person(row.keeper_id);
  if (!keeper) throw new Error("a series has a keeper nobody knows");
  const unfit = await listKeeping(env.db, env, {
    ...{ entityId: row.entity_id, keeperId: row.keeper_id, sealId: row.seal_id, name },
  });
  return {
    ...{ seriesId: row.series_id, kind: row.kind, kindName: formKindNames[row.kind], name },
    entity: { entityId: row.entity_id, name: { en: row.entity_en, zh: row.entity_zh }, code: row.code },
    ...{ prefix: row.prefix, digits: row.digits, keeper, keeperFit: unfit.length === 0 },
    seal: row.seal_id
      ? {
          ...{ sealId: row.seal_id, number: row.seal_number ?? "" },
          name: { en: row.seal_en ?? "", zh: row.seal_zh ?? "" },
        }
      : null,
    ...{ lowMark: row.low_mark, low: about.whole && isFormStockLow(about.counts["in-stock"], row.low_mark) },
    ...{ whole: about.whole, counts: { ...about.counts } },
  };
}

async function readCounts(reader: Reader, seriesIds: readonly string[]): Promise<ReadonlyMap<string, FormCounts>> {
  const rows = await reader
    .selectFrom("form_holdings")
    .select((eb) => ["series_id", "state", eb.fn.sum<string>(sql`last_no - first_no + 1`).as("count")])
    .where("series_id", "in", ["", ...seriesIds])
    .where("until", "is", null)
    .groupBy(["series_id", "state"])
    .execute();
  const counts = new Map<string, Record<FormState, number>>();
  for (const { series_id, state, count } of rows) {
    const of = counts.get(series_id) ?? { ...countForms([]) };
    of[state] = Number(count);
    counts.set(series_id, of);
  }
  return counts;
}

/** Numbers in the person's hand now, and those he used or voided. */
async function readOwn(reader: Reader, seriesId: string, personId: string): Promise<FormHolding[]> {
  const rows = await reader
    .selectFrom("form_holdings as h")
    .innerJoin("form_postings as p", "p.posting_id", "h.posting_id")
    .select(["h.first_no", "h.last_no", "h.state", "h.holder_id"])
    .where("h.series_id", "=", seriesId)
    .where("h.until", "is", null)
    .where("p.act", "in", ["issue", "use", "void", "destroy"])
    .where("p.person_id", "=", personId)
    .orderBy("h.first_no")
    .execute();
  return rows.map((row) => ({
    ...{ first: Number(row.first_no), last: Number(row.last_no), state: row.state, holderId: row.holder_id },
  }));
}

/** One series whole, or as far as it is the reader's. Throws `subject.not-found`. */
export async function readSeries(
  env: Environment,
  personId: string,
  seriesId: string,
  query: RouteInput<"GET /v1/form-series/:seriesId">["query"],
): Promise<Detail> {
  const viewer = await readViewer(env, personId);
  const row = await seriesWith(env.db).where("f.series_id", "=", seriesId).executeTakeFirst();
  if (!row || reachOf(viewer, row) === "none") throw problems.notFound();
  const whole = reachOf(viewer, row) === "whole";
  const holdings = whole ? await readHoldings(env.db, seriesId) : await readOwn(env.db, seriesId, personId);
  const joined = joinHoldings(holdings);
  const { from = 0, state } = query;
  const wanted = joined.filter((one) => one.last >= from && (state === undefined || one.state === state));
  const page = wanted.slice(0, pageOfRanges);
  const postings = await readPostings(env.db, seriesId, whole ? null : personId);
  const counts = whole ? await readStockTakes(env.db, seriesId) : [];
  const person = await readPeople(env.db, [
    ...[row.keeper_id, ...page.map((one) => one.holderId)],
    ...postings.flatMap((one) => [one.actor_id, one.person_id]),
    ...counts.flatMap((one) => [one.counted_by, one.decided_by]),
  ]);
  const takers = await env.db.selectFrom("blank_sheets").select("taker_id").where("series_id", "=", seriesId).execute();
  const taker = await readPeople(
    env.db,
    takers.map((one) => one.taker_id),
  );
  const keeps = row.keeper_id === personId;
  const isSheets = row.kind === "blank-sheet";
  const grants = await readGrantsInForce(env.db, env.clock.now(), { personId, entityId: row.entity_id });
  const administers = grants.some((one) => one.role === "seal-administrator");
  const inHand = holdings.some((one) => one.state === "issued" && one.holderId === personId);
  const out = holdings.flatMap((one) => (one.state === "issued" ? (one.holderId ?? []) : []));
  const left = keeps && row.kind === "blank-sheet" ? await listDeparted(env.db, out) : [];
  const usable = left.length > 0 || (inHand && (await hasConfirmed(env.db, seriesId, personId)));
  const actions: Detail["actions"] = [
    ...(keeps ? (["receive", "issue", "return", "void", "count", "destroy"] as const) : []),
    ...(usable ? ([isSheets ? "report" : "use"] as const) : []),
    ...(inHand && !keeps && !isSheets ? (["void"] as const) : []),
    ...(administers ? (["change", ...(keeps ? [] : ["destroy" as const])] as const) : []),
  ];
  return {
    ...(await summarise(env, row, { whole, counts: countForms(holdings), person })),
    ranges: page.map((one) => ({
      ...{ first: one.first, last: one.last, written: writeFormRange(row, one), size: sizeOf(one), state: one.state },
      holder: person(one.holderId),
    })),
    next: wanted[pageOfRanges]?.first ?? null,
    band: drawBand(joined),
    postings: postings.map((one) => {
      const range = { first: Number(one.first_no), last: Number(one.last_no) };
      return {
        ...{ postingId: one.posting_id, act: one.act, written: writeFormRange(row, range), size: sizeOf(range) },
        ...{ at: one.at.toISOString(), actor: person(one.actor_id), person: person(one.person_id) },
        request: one.request_id
          ? { requestId: one.request_id, number: one.request_number, title: one.request_title ?? "" }
          : null,
        matter: one.matter_id ? { matterId: one.matter_id, number: one.matter_number } : null,
        ...{ evidenceId: one.evidence_id, words: one.words, receivedOn: one.received_on },
        receiptAt: one.receipt_at?.toISOString() ?? null,
        mayConfirmReceipt: one.act === "issue" && one.person_id === personId && one.receipt_at === null && one.held,
      };
    }),
    stockTakes: counts.map((one) => {
      const mayDecide =
        one.state === "waiting" && !keeps && one.counted_by !== personId && viewer.watched.has(row.entity_id);
      const kept = readCounted(one.ranges);
      const second = readSecond(one.second);
      // Who counts after another counts what lies there, not what the other wrote.
      const counted = mayDecide ? readCounted({ counted: [], missing: [], found: [], unexpected: [] }) : kept;
      return {
        ...{ countId: one.count_id, state: one.state, countedBy: person(one.counted_by) },
        ...{
          countedAt: one.counted_at.toISOString(),
          total: mayDecide ? null : Number(one.total),
          expected: Number(one.expected),
        },
        ...{ counted: writeFormRanges(row, counted.counted), missing: writeFormRanges(row, counted.missing) },
        voidedMissing: writeFormRanges(row, counted.voidedMissing),
        ...{ found: writeFormRanges(row, counted.found), unexpected: writeFormRanges(row, counted.unexpected) },
        ...{ decidedBy: person(one.decided_by), decidedAt: one.decided_at?.toISOString() ?? null, note: one.note },
        second:
          second === null
            ? null
            : {
                counted: writeFormRanges(row, second),
                total: second.reduce((sum, range) => sum + sizeOf(range), 0),
                differing: writeFormRanges(row, compareCounts(kept.counted, second)),
              },
        mayDecide,
      };
    }),
    sheets: row.kind === "blank-sheet" ? await showSheets(env, row, { personId, whole, person: taker }) : [],
    reports: isSheets ? await showSheetReports(env, row, { personId, whole }) : [],
    letterhead: row.letterhead_name,
    actions: [...new Set(actions)].filter(
      (act) => row.kind !== "blank-sheet" || (act !== "receive" && act !== "issue"),
    ),
  };
}

/** What was given out of a series of blank sheets, as far as it is the reader's. */
async function showSheets(
  env: Environment,
  series: Row,
  reader: { personId: string; whole: boolean; person: Awaited<ReturnType<typeof readPeople>> },
): Promise<Detail["sheets"]> {
  const { personId, whole, person } = reader;
  const keeps = series.keeper_id === personId;
  const given = await listSheetsGiven(env, series.series_id, whole ? null : personId);
  const sealed = await listSealedSheets(env.db, series.series_id);
  const waiting = (await listReported(env.db, [series.series_id])).map(({ number }) => number);
  const write = (numbers: readonly number[]): string =>
    writeFormRanges(series, mergeRanges(numbers.map((number) => ({ first: number, last: number }))));
  return Promise.all(
    given.map(async ({ row, left, written, out, overdue }) => {
      const isOut = (number: number): boolean => left.some(({ first, last }) => first <= number && number <= last);
      const takes = row.taker_id === personId;
      const { first, last } = rangeOf(row);
      return {
        ...{ matterId: row.matter_id, number: row.number, written, out, overdue },
        reported: write(waiting.filter(isOut)),
        ...{ backBy: row.back_by, printed: row.printed, mayPrint: keeps, taker: person(row.taker_id) },
        toSeal: takes && out !== "" ? write(await listSealable(env.db, row)) : "",
        toConfirm: takes && out !== "" ? write(await listUnconfirmed(env.db, row)) : "",
        sealed: sealed
          .filter(({ numbers }) => numbers.some((number) => first <= number && number <= last))
          .map(({ requestId, documentId, number, downloads, numbers }) => ({
            ...{ requestId, documentId, number, downloads, written: write(numbers) },
            mayDownload: (keeps || takes) && numbers.every((one) => isOut(one) && !waiting.includes(one)),
          })),
      };
    }),
  );
}

/** Whether the person holds numbers whose receipt he confirmed: before, nothing of them can be used. */
async function hasConfirmed(reader: Reader, seriesId: string, personId: string): Promise<boolean> {
  const row = await reader
    .selectFrom("form_holdings as h")
    .innerJoin("form_postings as p", "p.posting_id", "h.posting_id")
    .select("h.holding_id")
    .where("h.series_id", "=", seriesId)
    .where("h.until", "is", null)
    .where("h.holder_id", "=", personId)
    .where("p.receipt_at", "is not", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

async function readPostings(reader: Reader, seriesId: string, personId: string | null) {
  let query = reader
    .selectFrom("form_postings as p")
    .leftJoin("seal_use_requests as r", "r.request_id", "p.request_id")
    .leftJoin("matters as m", "m.matter_id", "p.matter_id")
    .selectAll("p")
    .select(["r.number as request_number", titleForAll.as("request_title"), "m.number as matter_number"])
    .select((eb) => [
      eb
        .exists(
          eb
            .selectFrom("form_holdings as h")
            .select("h.holding_id")
            .whereRef("h.posting_id", "=", "p.posting_id")
            .where("h.until", "is", null),
        )
        .$castTo<boolean>()
        .as("held"),
    ])
    .where("p.series_id", "=", seriesId)
    .orderBy("p.nr", "desc")
    .limit(lastPostings);
  if (personId !== null)
    query = query.where((eb) => eb.or([eb("p.person_id", "=", personId), eb("p.actor_id", "=", personId)]));
  return query.execute();
}

const readStockTakes = (reader: Reader, seriesId: string) =>
  reader
    .selectFrom("form_counts")
    .selectAll()
    .where("series_id", "=", seriesId)
    .orderBy("count_id", "desc")
    .limit(lastCounts)
    .execute();
