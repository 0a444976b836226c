import { countHand, type FactValue, type ImpressionState, listStampDebts, type StampDebt } from "@chancery/domain";
import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";
import { readPauses } from "../custody/stampings-of-piece.ts";
import { hasOwnPhoto, readSeen } from "../printed-copies/read-seen.ts";
import { openReading, readPlaceColumns } from "../printed-copies/show-readings.ts";
import { readGrades, tellGrades } from "../stamping/evidence-grades.ts";
import { readHeldByCase } from "../stamping/freezing-cases.ts";

interface StampedLine {
  readonly line_id: string;
  readonly kind: string;
  readonly request_id: string | null;
  readonly seal_id: string | null;
  readonly facts: unknown;
}
export interface StampedNow {
  readonly facts: Readonly<Record<string, FactValue>>;
  readonly debts: readonly StampDebt[];
}

/**
 * What the lines of stampings by hand say besides what was written when they opened: the counts of their seal's impressions as
 * they are now, who looked at the photos, and what is owed. Nobody edits it; it is read from the impressions, whose every
 * change is in the ledger.
 */
export async function readStampedLines(
  reader: Reader,
  rows: readonly StampedLine[],
): Promise<ReadonlyMap<string, StampedNow>> {
  const stamped = rows.filter((row) => row.kind === "stamped" && row.request_id !== null);
  if (stamped.length === 0) return new Map();
  const ids = [...new Set(stamped.flatMap((row) => row.request_id ?? []))];
  const stampings = await reader.selectFrom("stampings").selectAll().where("request_id", "in", ids).execute();
  const impressions = await reader
    .selectFrom("impressions")
    .select(["impression_id", "request_id", "seal_id", "state", "pressed_at", "evidence_id"])
    .where("request_id", "in", ids)
    .where("body_id", "is not", null)
    .execute();
  const counters = await readCounters(reader, ids);
  const seen = await readSeen(reader, ids);
  const compared = await readCompared(reader, ids);
  const remote = await readRemote(reader, ids);
  const grades = await readGrades(reader, ids);
  const inCase = await readHeldByCase(reader, ids);
  const pauses = await readPauses(reader, ids);
  return new Map(
    stamped.map((row): [string, StampedNow] => {
      const stamping = stampings.find((one) => one.request_id === row.request_id);
      const own = impressions
        .filter((one) => one.request_id === row.request_id && one.seal_id === row.seal_id)
        .map((one) => ({
          state: one.state as ImpressionState,
          ...{ pressed: one.pressed_at !== null, given: one.evidence_id !== null },
          photographed: hasOwnPhoto(seen, one.impression_id),
        }));
      const debts = listStampDebts({
        ...{ impressions: own, supervised: stamping?.supervised === true, looked: stamping?.looked_at != null },
        inCase: inCase.has(row.request_id ?? ""),
      });
      const { pressed, photographed, spoiled, unknown, released } = countHand(own.length, own);
      return [
        row.line_id,
        {
          debts,
          facts: {
            ...{ pressed, photographed, spoiled: spoiled || null, unknown: unknown || null, unused: released || null },
            ...{ lookedBy: stamping?.looked_by ?? null, owes: debts.join(" ") },
            ...compared(row.request_id ?? "", row.seal_id ?? ""),
            ...remote(row.request_id ?? "", row.seal_id ?? ""),
            putAway: tellPauses(
              pauses.filter((one) => one.request_id === row.request_id && one.seal_id === row.seal_id),
            ),
            docked: stamping?.docked || null,
            controller: counters(row.request_id ?? "", row.seal_id ?? ""),
            grades: tellGrades(grades.filter((one) => one.requestId === row.request_id && one.sealId === row.seal_id)),
          },
        },
      ];
    }),
  );
}

/** How often its seal was put away before the end, with what was left and why. */
const tellPauses = (pauses: Awaited<ReturnType<typeof readPauses>>): string | null =>
  pauses.length === 0
    ? null
    : pauses
        .map(({ open, total, reason, matter }) => [`${open}/${total}`, reason, matter].filter(Boolean).join(" "))
        .join(" · ");

/**
 * Of its photos that were compared, how many are the same as what was approved, how many are not or cannot be judged, and how many
 * lack the impression; and what people said of those that disagree, in the order they said it.
 */
async function readCompared(
  reader: Reader,
  requestIds: readonly string[],
): Promise<(requestId: string, sealId: string) => Readonly<Record<string, FactValue>>> {
  const rows = await reader
    .selectFrom("photo_readings as p")
    .innerJoin("impressions as i", (join) =>
      join.onRef("i.impression_id", "=", "p.impression_id").onRef("i.evidence_id", "=", "p.evidence_id"),
    )
    .select(["i.request_id", "i.seal_id", "p.verdict", "p.facts", ...readPlaceColumns])
    .where("i.request_id", "in", requestIds)
    .execute();
  const read = rows.map((row) => {
    const reading = openReading(row);
    return { ...row, sight: reading.impression, verdict: reading.onPlace };
  });
  const answers = await reader
    .selectFrom("events as e")
    .innerJoin("impressions as i", (join) => join.on(sql<boolean>`i.impression_id = e.facts ->> 'impressionId'`))
    .select(["i.request_id", "i.seal_id", "e.comment"])
    .where("e.type", "=", "PhotoAnswered")
    .where("e.request_id", "in", requestIds)
    .orderBy("e.event_id")
    .execute();
  return (requestId, sealId) => {
    const isOwn = (row: { request_id: string; seal_id: string }): boolean =>
      row.request_id === requestId && row.seal_id === sealId;
    const own = read.filter(isOwn);
    const same = own.filter(({ verdict }) => verdict === "same").length;
    const said = answers.filter(isOwn).map(({ comment }) => comment ?? "");
    return {
      ...{ comparedSame: same || null, comparedOther: own.length - same || null },
      comparedNone: own.filter(({ sight }) => sight === "none").length || null,
      photoAnswers: said.length === 0 ? null : said.join(" · "),
    };
  };
}

/** Of what a supervisor elsewhere was asked: how many presses were made on his word, and how many he refused. */
async function readRemote(
  reader: Reader,
  requestIds: readonly string[],
): Promise<(requestId: string, sealId: string) => Readonly<Record<"remoteAgreed" | "remoteRefused", number | null>>> {
  const rows = await reader
    .selectFrom("remote_looks as l")
    .innerJoin("impressions as i", "i.impression_id", "l.impression_id")
    .select(["i.request_id", "i.seal_id", "l.state"])
    .where("i.request_id", "in", requestIds)
    .where("l.state", "in", ["pressed", "refused"])
    .execute();
  return (requestId, sealId) => {
    const own = rows.filter((row) => row.request_id === requestId && row.seal_id === sealId);
    const pressed = own.filter(({ state }) => state === "pressed").length;
    return { remoteAgreed: pressed || null, remoteRefused: own.length - pressed || null };
  };
}

/** Of what a controller pressed: its serial number, and what its drive counted at the first impression and at the last. */
async function readCounters(
  reader: Reader,
  requestIds: readonly string[],
): Promise<(requestId: string, sealId: string) => string | null> {
  const rows = await reader
    .selectFrom("controller_strokes as k")
    .innerJoin("impressions as i", "i.impression_id", "k.impression_id")
    .innerJoin("controllers as c", "c.controller_id", "k.controller_id")
    .select(["i.request_id", "i.seal_id", "c.serial"])
    .select((eb) => [eb.fn.min<string>("k.counter").as("first"), eb.fn.max<string>("k.counter").as("last")])
    .where("i.request_id", "in", requestIds)
    .groupBy(["i.request_id", "i.seal_id", "c.serial"])
    .orderBy("c.serial")
    .execute();
  return (requestId, sealId) => {
    const own = rows.filter((row) => row.request_id === requestId && row.seal_id === sealId);
    if (own.length === 0) return null;
    return own.map(({ serial, first, last }) => `${serial}: ${first === last ? first : `${first}–${last}`}`).join(", ");
  };
}
