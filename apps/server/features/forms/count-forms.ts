import {
  applyFormsMoved,
  compareCounts,
  compareFormCount,
  countNumbers,
  decideFormsMove,
  type FormHolding,
  type FormRange,
  type FormsMoved,
  intersectRanges,
  listFormCountRefusals,
  listSheets,
  mergeRanges,
  refuse,
  subtractRanges,
  writeFormRanges,
} from "@chancery/domain";
import { z } from "zod";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { formWatchers } from "./knows-series.ts";
import { endSettledSearches, openSearch, tellCountsDiffer, tellUnexpected } from "./missing-forms.ts";
import { holdAsKeeper } from "./move-forms.ts";
import { postForms, readHoldings } from "./post-forms.ts";
import { readNumbers } from "./read-numbers.ts";
import { holdSeries, labelOf, type SeriesRow } from "./series.ts";

const Ranges = z.array(z.object({ first: z.number().int(), last: z.number().int() }));
/** What was compared when the stock was counted: what came or went since changes nothing in it. */
const Counted = z.object({
  ...{ counted: Ranges, missing: Ranges, found: Ranges, unexpected: Ranges },
  // Counts that were taken before voided sheets were counted, too.
  voidedMissing: Ranges.default([]),
});
/** What the second person counted; null where he declined the count, or it was decided before second counts were kept. */
export const readSecond = (kept: unknown): z.output<typeof Ranges> | null => Ranges.nullable().parse(kept);
export const readCounted = (kept: unknown): z.output<typeof Counted> => Counted.parse(kept);

/** The keeper counts what lies in stock, number by number; nothing changes before somebody else counted the same. */
export async function countStock(
  env: Environment,
  personId: string,
  input: { seriesId: string; numbers: string },
): Promise<{ countId: string }> {
  return transact(env.db, async (tx) => {
    const series = await holdAsKeeper(tx, env, personId, input.seriesId);
    const counted = input.numbers === "" ? [] : readNumbers(series, input.numbers);
    const waiting = await tx
      .selectFrom("form_counts")
      .select("count_id")
      .where("series_id", "=", series.series_id)
      .where("state", "=", "waiting")
      .executeTakeFirst();
    if (waiting) throw refusedBy([refuse("forms.count-open", {}, "C24")]);
    const holdings = await readHoldings(tx, series.series_id);
    const { unknown, ...compared } = compareFormCount(holdings, counted);
    if (unknown.length > 0)
      throw refusedBy([refuse("forms.count-unknown", { range: writeFormRanges(series, unknown) }, "C24")]);
    const now = env.clock.now();
    const countId = newId("cnt", now);
    const expected = countNumbers(listSheets(holdings));
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "FormsCounted", actorId: personId },
      facts: {
        // What was counted is told with the second count, which is blind.
        ...{ series: series.series_id, stockTake: countId, expected },
      },
    });
    await tx
      .insertInto("form_counts")
      .values({
        ...{ count_id: countId, series_id: series.series_id, counted_by: personId, counted_at: new Date(now) },
        ...{ ranges: JSON.stringify({ counted: mergeRanges(counted), ...compared }), state: "waiting" },
        ...{ total: countNumbers(counted), expected, missing: null, event_id: eventId },
      })
      .execute();
    return { countId };
  });
}

/**
 * A second person counts the same without seeing the first count. Where both say the same, what is missing becomes missing
 * and what is back is back; where they differ nothing changes, a finding says what about, and the stock is counted anew.
 * Or he declines the count.
 */
export async function decideStockCount(
  env: Environment,
  personId: string,
  input: { seriesId: string; countId: string; numbers: string | null; note: string },
): Promise<{ agrees: boolean }> {
  return transact(env.db, async (tx) => {
    const series = await holdSeries(tx, input.seriesId);
    const grants = await readGrantsInForce(tx, env.clock.now(), { personId, entityId: series.entity_id });
    const row = await tx
      .selectFrom("form_counts")
      .selectAll()
      .where("count_id", "=", input.countId)
      .where("series_id", "=", series.series_id)
      .forUpdate()
      .executeTakeFirst();
    const own = row && (row.counted_by === personId || series.keeper_id === personId);
    if (!row || !(own || grants.some((grant) => formWatchers.includes(grant.role)))) throw problems.notFound();
    if (row.state !== "waiting") throw problems.changedMeanwhile();
    const refusals = listFormCountRefusals({
      ...{ countedBy: row.counted_by, keeperId: series.keeper_id, confirmedBy: personId },
    });
    if (refusals.length > 0) throw refusedBy(refusals);
    const compared = readCounted(row.ranges);
    const second = input.numbers === null ? null : input.numbers === "" ? [] : readNumbers(series, input.numbers);
    const differing = second === null ? [] : compareCounts(compared.counted, second);
    const agrees = second !== null && differing.length === 0;
    const facts = {
      ...{ series: series.series_id, stockTake: row.count_id },
      first: countNumbers(compared.counted),
      missing: countNumbers([...compared.missing, ...compared.voidedMissing]),
      ...(second === null ? {} : { counted: countNumbers(second), differing: countNumbers(differing) }),
    };
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: agrees ? "FormsCountConfirmed" : "FormsCountDeclined", actorId: personId },
      ...{ personId: row.counted_by, facts, comment: input.note === "" ? null : input.note },
    });
    await tx
      .updateTable("form_counts")
      .set({
        ...{ state: agrees ? "confirmed" : "declined", decided_by: personId },
        ...{ decided_at: new Date(env.clock.now()), note: input.note, event_id: eventId },
        second: second === null ? null : JSON.stringify(mergeRanges(second)),
        missing: agrees ? countNumbers([...compared.missing, ...compared.voidedMissing]) : null,
      })
      .where("count_id", "=", row.count_id)
      .execute();
    if (differing.length > 0) await tellCountsDiffer(tx, env, series, differing, { countId: row.count_id, personId });
    if (!agrees) return { agrees };
    await writeRegisterLine(tx, env, {
      ...{ register: "controlled-forms", kind: "counted", entityId: series.entity_id, eventId },
      personIds: [row.counted_by, personId, series.keeper_id],
      facts: {
        ...{ series: labelOf(series), seriesId: series.series_id, count: Number(row.total) },
        missing: countNumbers([...compared.missing, ...compared.voidedMissing]),
        ...{ surplus: countNumbers(compared.unexpected) },
        ...{ countedBy: row.counted_by, confirmedBy: personId },
      },
      words: [series.prefix],
    });
    await settle(tx, env, series, { ...compared, countId: row.count_id, personId, countedBy: row.counted_by });
    return { agrees };
  });
}

async function settle(
  tx: Tx,
  env: Environment,
  series: SeriesRow,
  count: z.output<typeof Counted> & { countId: string; personId: string; countedBy: string },
): Promise<void> {
  const { countId, personId } = count;
  const holdings = await readHoldings(tx, series.series_id);
  const inStock = holdings.filter((one) => one.state === "in-stock");
  // What was not there when it was counted and went out since cannot both be true.
  const moved = subtractRanges(count.missing, inStock);
  if (moved.length > 0)
    throw refusedBy([refuse("forms.count-stale", { range: writeFormRanges(series, moved) }, "C24")]);
  const about = {
    actorId: personId,
    countId,
    people: [count.countedBy],
    facts: () => ({ countedBy: count.countedBy }),
  };
  const missed = decideAll(holdings, count.missing, "miss", series);
  await postForms(tx, env, series, missed, { ...about, event: "FormsMissed", kind: "missing" });
  const back = count.found.filter((range) => subtractRanges([range], ofState(holdings, "missing")).length === 0);
  await postForms(tx, env, series, decideAll(holdings, back, "find", series), {
    ...{ ...about, event: "FormsRecovered", kind: "found" },
  });
  for (const range of count.missing) await openSearch(tx, env, series, range, personId);
  for (const range of onlyNow(holdings, count.voidedMissing))
    await openSearch(tx, env, series, range, personId, "voided");
  for (const range of count.unexpected) await tellUnexpected(tx, env, series, range, personId);
  await endSettledSearches(tx, env, series, personId, count.counted);
}

/** Voided sheets that were destroyed since they were counted are not looked for. */
const onlyNow = (holdings: readonly FormHolding[], ranges: readonly FormRange[]): FormRange[] =>
  intersectRanges(ofState(holdings, "voided"), ranges);

const ofState = (holdings: readonly FormHolding[], state: FormHolding["state"]): FormHolding[] =>
  holdings.filter((one) => one.state === state);

function decideAll(
  holdings: readonly FormHolding[],
  ranges: readonly FormRange[],
  act: "miss" | "find",
  series: SeriesRow,
): FormsMoved[] {
  const moves: FormsMoved[] = [];
  let now = [...holdings];
  for (const range of ranges) {
    const decided = decideFormsMove(now, { act, ...range }, series);
    if (!decided.ok) throw refusedBy(decided.refusals);
    for (const one of decided.events) now = applyFormsMoved(now, one);
    moves.push(...decided.events);
  }
  return moves;
}
