import {
  decideEdit,
  decideFormsMove,
  type FormRange,
  mergeRanges,
  type Refusal,
  refuse,
  sizeOf,
  subtractRanges,
  writeFormRange,
  writeFormRanges,
} from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { listUnreceipted } from "./move-forms.ts";
import { postForms, readHoldings } from "./post-forms.ts";
import { listSpokenFor, readNumbers } from "./read-numbers.ts";
import { holdSeries, labelOf, type SeriesRow } from "./series.ts";

/** Numbers of one series that a request names. */
export interface NamedForms {
  readonly seriesId: string;
  readonly ranges: readonly FormRange[];
}

/** The forms a request names, in a stable order: they are part of what is approved. */
export async function readNamedForms(reader: Reader, requestId: string): Promise<NamedForms[]> {
  const rows = await reader
    .selectFrom("request_forms")
    .select(["series_id", "first_no", "last_no"])
    .where("request_id", "=", requestId)
    .orderBy("series_id")
    .orderBy("first_no")
    .execute();
  return [...Map.groupBy(rows, (row) => row.series_id)].map(([seriesId, of]) => ({
    seriesId,
    ranges: of.map((row) => ({ first: Number(row.first_no), last: Number(row.last_no) })),
  }));
}

/** Holds every series that a request names, so that of two requests that name a number the second one sees the first. */
export async function holdNamedSeries(tx: Tx, named: readonly NamedForms[]): Promise<void> {
  for (const seriesId of named.map((one) => one.seriesId).toSorted()) await holdSeries(tx, seriesId);
}

/** Why the named forms may not be used so (C05): they are not in the applicant's hand, or another request names them. */
export async function listNamedRefusals(
  reader: Reader,
  request: { requestId: string; applicantId: string; entityId: string | null },
  named: readonly NamedForms[],
): Promise<Refusal[]> {
  const refusals: Refusal[] = [];
  for (const { seriesId, ranges } of named) {
    const series = await getSeries(reader, seriesId);
    if (series.entity_id !== request.entityId) refusals.push(refuse("forms.series-unknown"));
    const holdings = (await Promise.all(ranges.map((range) => readHoldings(reader, seriesId, range)))).flat();
    const inHand = holdings.filter((one) => one.state === "issued" && one.holderId === request.applicantId);
    const others = subtractRanges(ranges, inHand);
    if (others.length > 0) refusals.push(refuse("forms.not-yours", { range: writeFormRanges(series, others) }, "C05"));
    else refusals.push(...(await listUnreceipted(reader, series, ranges)));
    refusals.push(...(await listSpokenFor(reader, series, ranges, request.requestId)));
  }
  return refusals;
}

async function getSeries(reader: Reader, seriesId: string): Promise<SeriesRow> {
  return reader.selectFrom("form_series").selectAll().where("series_id", "=", seriesId).executeTakeFirstOrThrow();
}

/** Names the forms of a request while its applicant edits it. They stay where they are until it is registered. */
export async function nameForms(
  env: Environment,
  personId: string,
  requestId: string,
  items: readonly { seriesId: string; numbers: string }[],
): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await tx
      .selectFrom("seal_use_requests")
      .select(["applicant_id", "state", "number", "entity_id", "version"])
      .where("request_id", "=", requestId)
      .forUpdate()
      .executeTakeFirst();
    if (row?.applicant_id !== personId) throw problems.notFound();
    const decided = decideEdit(row.state as Parameters<typeof decideEdit>[0], {
      ...{ number: row.number, entityId: row.entity_id, entityWanted: row.entity_id },
    });
    if (!decided.ok) throw refusedBy(decided.refusals);
    const named: NamedForms[] = [];
    for (const [seriesId, of] of Map.groupBy(items, (item) => item.seriesId)) {
      const series = await tx
        .selectFrom("form_series")
        .selectAll()
        .where("series_id", "=", seriesId)
        .executeTakeFirst();
      const mine = await isInHand(tx, seriesId, personId);
      // Who has nothing of a series does not learn that it is there.
      if (!series || !mine) throw problems.notFound();
      // A sheet is settled by a scan of what it became: registering a request could not settle it.
      if (series.kind === "blank-sheet") throw refusedBy([refuse("forms.sheets-named", {}, "C05")]);
      named.push({ seriesId, ranges: mergeRanges(of.flatMap((item) => readNumbers(series, item.numbers))) });
    }
    const refusals = await listNamedRefusals(tx, { requestId, applicantId: personId, entityId: row.entity_id }, named);
    if (refusals.length > 0) throw refusedBy(refusals);
    await tx.deleteFrom("request_forms").where("request_id", "=", requestId).execute();
    const rows = named.flatMap(({ seriesId, ranges }) =>
      ranges.map(({ first, last }) => ({
        ...{ request_id: requestId, series_id: seriesId, first_no: first, last_no: last },
      })),
    );
    if (rows.length > 0) await tx.insertInto("request_forms").values(rows).execute();
  });
}

async function isInHand(tx: Tx, seriesId: string, personId: string): Promise<boolean> {
  const row = await tx
    .selectFrom("form_holdings")
    .select("holding_id")
    .where("series_id", "=", seriesId)
    .where("until", "is", null)
    .where("holder_id", "=", personId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What a request names, and what its applicant could name. Who may see the request the caller has asked. */
export async function readRequestForms(
  env: Environment,
  personId: string,
  requestId: string,
): Promise<HandlerAnswer<"GET /v1/seal-use-requests/:requestId/forms">> {
  const request = await env.db
    .selectFrom("seal_use_requests")
    .select(["applicant_id", "state", "entity_id"])
    .where("request_id", "=", requestId)
    .executeTakeFirst();
  if (!request) throw problems.notFound();
  const mayChange = request.applicant_id === personId && ["draft", "returned", "withdrawn"].includes(request.state);
  const named = await readNamedForms(env.db, requestId);
  const rows = mayChange
    ? await env.db
        .selectFrom("form_holdings as h")
        .innerJoin("form_postings as p", "p.posting_id", "h.posting_id")
        .innerJoin("form_series as s", "s.series_id", "h.series_id")
        .select(["h.series_id", "h.first_no", "h.last_no"])
        .where("h.until", "is", null)
        .where("h.holder_id", "=", personId)
        .where("p.receipt_at", "is not", null)
        .where("s.entity_id", "=", request.entity_id ?? "")
        .where("s.kind", "<>", "blank-sheet")
        .orderBy("h.series_id")
        .orderBy("h.first_no")
        .execute()
    : [];
  const held = [...Map.groupBy(rows, (row) => row.series_id)].map(([seriesId, of]) => ({
    seriesId,
    ranges: mergeRanges(of.map((row) => ({ first: Number(row.first_no), last: Number(row.last_no) }))),
  }));
  return { items: await show(env.db, named), inHand: await show(env.db, held), mayChange };
}

async function show(reader: Reader, list: readonly NamedForms[]) {
  const shown = [];
  for (const { seriesId, ranges } of list) {
    const series = await getSeries(reader, seriesId);
    for (const range of ranges)
      shown.push({
        ...{ seriesId, name: { en: series.name_en, zh: series.name_zh } },
        ...{ written: writeFormRange(series, range), size: sizeOf(range) },
      });
  }
  return shown;
}

/**
 * The request is registered: the forms it names are used with it. They were in the applicant's hand when it was
 * submitted and nothing could take them since; should one be elsewhere all the same, the use is not held up for it but
 * told as a finding.
 */
export async function useNamedForms(tx: Tx, env: Environment, requestId: string): Promise<void> {
  const named = await readNamedForms(tx, requestId);
  if (named.length === 0) return;
  const request = await tx
    .selectFrom("seal_use_requests")
    .select(["applicant_id", "number"])
    .where("request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  for (const { seriesId, ranges } of named) {
    const series = await holdSeries(tx, seriesId);
    for (const range of ranges) {
      const holdings = await readHoldings(tx, seriesId, range);
      const wanted = { act: "use", holderId: request.applicant_id, ...range } as const;
      const decided = decideFormsMove(holdings, wanted, series);
      if (decided.ok)
        await postForms(tx, env, series, decided.events, {
          ...{ actorId: request.applicant_id, requestId, event: "FormsUsed", kind: "used" },
          facts: () => ({ request: request.number, by: request.applicant_id }),
        });
      else
        await openFinding(tx, env, {
          ...{ control: "C05", source: "forms.named-elsewhere", subjectKey: `${requestId} ${range.first}` },
          ...{ entityId: series.entity_id, personId: request.applicant_id, actorId: null },
          facts: { range: writeFormRange(series, range), series: labelOf(series), request: request.number },
        });
    }
  }
}
