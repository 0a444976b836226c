import { bookByCode, type SealUseRequestState } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { followCopies } from "../stamped-copies/follow-copies.ts";
import { readHandImpressions, readStamping } from "../stamping/open-stamping.ts";
import { openReading } from "./show-readings.ts";

/** While a request stands so its impressions may go to the copies that their photos show. */
const booking: readonly SealUseRequestState[] = ["opened", "closed", "frozen"];

/**
 * Books the photos of a request, which is held, to the copies whose codes they show (C09, C17): whoever stamps a pile takes its sheets
 * as they lie. Two impressions exchange their copies and keep all the rest, so that nothing is counted anew; each exchange is told in
 * the ledger. What somebody looked at, said where it went, or ruled on stays where it is. Answers the impressions whose photos are
 * now on the copy they show; run again it changes nothing.
 */
export async function bookPhotos(tx: Tx, env: Environment, requestId: string): Promise<string[]> {
  const stamping = await readStamping(tx, requestId);
  const row = await tx
    .selectFrom("seal_use_requests")
    .select(["number", "state"])
    .where("request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  if (!stamping || stamping.looked_at !== null || !booking.some((state) => state === row.state)) return [];
  const impressions = await readHandImpressions(tx, requestId);
  const shown = await readShown(tx, requestId);
  const ruled = await readRuled(tx, requestId);
  const exchanges = bookByCode(
    impressions.map(({ impressionId, documentId, position, turn, copy, state, evidenceId }) => ({
      ...{ impressionId, documentId, position, turn, copy, shown: shown.get(impressionId) ?? null },
      spoiled: state === "spoiled",
      held: ruled.has(impressionId) || (state === "released" && evidenceId !== null),
    })),
    await readClosedCopies(tx, requestId),
  );
  for (const { impressionId, otherId, from, to, shownBy } of exchanges) {
    const photo = impressions.find((one) => one.impressionId === shownBy);
    if (!photo?.evidenceId) throw new Error("a photo shows another copy and is not there");
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "ImpressionsExchanged", actorId: null, requestId, sealId: photo.sealId },
      facts: {
        ...{ impressionId, number: row.number, from, copy: to, exchangedWith: otherId },
        ...{ shownBy, nth: impressions.indexOf(photo) + 1, photo: photo.photo },
      },
    });
    await tx
      .insertInto("impression_exchanges")
      .values({
        ...{ event_id: eventId, request_id: requestId, impression_id: impressionId, other_id: otherId },
        ...{ from_copy: from, to_copy: to, evidence_id: photo.evidenceId },
      })
      .execute();
  }
  if (exchanges.length > 0) await followCopies(tx, env, requestId, null);
  return [...new Set(exchanges.map(({ shownBy }) => shownBy))];
}

/** The copy that each photo shows for certain. */
async function readShown(reader: Reader, requestId: string): Promise<ReadonlyMap<string, number | null>> {
  const rows = await reader
    .selectFrom("photo_readings as p")
    .innerJoin("impressions as i", (join) =>
      join.onRef("i.impression_id", "=", "p.impression_id").onRef("i.evidence_id", "=", "p.evidence_id"),
    )
    .select(["p.impression_id", "p.verdict", "p.facts"])
    .where("i.request_id", "=", requestId)
    .execute();
  return new Map(rows.map((row) => [row.impression_id, openReading(row).shown]));
}

/** Impressions of which one of two people, or both, said what they are. */
async function readRuled(reader: Reader, requestId: string): Promise<ReadonlySet<string>> {
  const rows = await reader
    .selectFrom("impression_rulings as r")
    .innerJoin("impressions as i", "i.impression_id", "r.impression_id")
    .select("r.impression_id")
    .where("i.request_id", "=", requestId)
    .execute();
  return new Set(rows.map((row) => row.impression_id));
}

/** Copies of which somebody said where they went: void, lost, handed out or filed. */
async function readClosedCopies(reader: Reader, requestId: string): Promise<ReadonlySet<number>> {
  const rows = await reader
    .selectFrom("stamped_copies")
    .select("copy")
    .where("request_id", "=", requestId)
    .where("state", "<>", "here")
    .execute();
  return new Set(rows.map((row) => row.copy));
}
