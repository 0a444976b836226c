import { bookByCode, type SealUseRequestState, type SheetShown } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { followCopies } from "../stamped-copies/follow-copies.ts";
import { readHandImpressions, readStamping } from "../stamping/open-stamping.ts";
import { openReading, readPlaceColumns } from "./show-readings.ts";

/** While a request stands so its impressions may go to the sheets that their photos show. */
const booking: readonly SealUseRequestState[] = ["opened", "closed", "frozen"];

/**
 * Books the photos of a request, which is held, to the sheets whose codes they show (C09, C17): whoever stamps a pile takes its sheets
 * as they lie. Two impressions of a seal exchange their places and keep all the rest, so that nothing is counted anew; each exchange is
 * told in the ledger. What somebody looked at, said where it went, or ruled on stays where it is. Answers the impressions whose photos
 * are now on the sheet they show; run again it changes nothing.
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
  const crossPage = await readCrossPage(tx, requestId);
  const exchanges = bookByCode(
    impressions.map(({ impressionId, sealId, documentId, position, placement, turn, copy, ...one }) => ({
      ...{ impressionId, sealId, documentId, position, page: placement.page + 1, turn, copy },
      ...{ shown: shown.get(impressionId) ?? null, crossPage: crossPage.has(sealId), spoiled: one.state === "spoiled" },
      photoAt: one.photoAt,
      held: ruled.has(impressionId) || (one.state === "released" && one.evidenceId !== null),
    })),
    await readClosedCopies(tx, requestId),
  );
  for (const { impressionId, otherId, from, to, shownBy } of exchanges) {
    const photo = impressions.find((one) => one.impressionId === shownBy);
    if (!photo?.evidenceId) throw new Error("a photo shows another sheet and is not there");
    const isElsewhere = from.documentId !== to.documentId || from.page !== to.page;
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "ImpressionsExchanged", actorId: null, requestId, sealId: photo.sealId },
      facts: {
        ...{ impressionId, number: row.number, from: from.copy, copy: to.copy, exchangedWith: otherId },
        ...(isElsewhere ? { fromPage: from.page, page: to.page } : {}),
        ...(from.documentId === to.documentId ? {} : { fromDocument: from.documentId, documentId: to.documentId }),
        ...{ shownBy, nth: impressions.indexOf(photo) + 1, photo: photo.photo },
      },
    });
    await tx
      .insertInto("impression_exchanges")
      .values({
        ...{ event_id: eventId, request_id: requestId, impression_id: impressionId, other_id: otherId },
        ...{ from_document: from.documentId, from_position: from.position, from_copy: from.copy },
        ...{ to_document: to.documentId, to_position: to.position, to_copy: to.copy, evidence_id: photo.evidenceId },
      })
      .execute();
  }
  if (exchanges.length > 0) await followCopies(tx, env, requestId, null);
  return [...new Set(exchanges.map(({ shownBy }) => shownBy))];
}

/** Seals of a request whose impressions lie over the edges of its pages. */
async function readCrossPage(reader: Reader, requestId: string): Promise<ReadonlySet<string>> {
  const rows = await reader
    .selectFrom("impressions as i")
    .innerJoin("seals as s", "s.seal_id", "i.seal_id")
    .select("i.seal_id")
    .distinct()
    .where("i.request_id", "=", requestId)
    .where("s.type", "=", "cross-page")
    .execute();
  return new Set(rows.map((row) => row.seal_id));
}

/** The sheet that each photo shows for certain. */
async function readShown(reader: Reader, requestId: string): Promise<ReadonlyMap<string, SheetShown | null>> {
  const rows = await reader
    .selectFrom("photo_readings as p")
    .innerJoin("impressions as i", (join) =>
      join.onRef("i.impression_id", "=", "p.impression_id").onRef("i.evidence_id", "=", "p.evidence_id"),
    )
    .select(["p.impression_id", "p.verdict", "p.facts", ...readPlaceColumns])
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

/** Copies of which somebody said where they went: void, handed out or filed; lost ones are closed for what is photographed later. */
async function readClosedCopies(reader: Reader, requestId: string): Promise<ReadonlyMap<number, number | null>> {
  const rows = await reader
    .selectFrom("stamped_copies")
    .select(["copy", "state", "at"])
    .where("request_id", "=", requestId)
    .where("state", "<>", "here")
    .execute();
  return new Map(rows.map((row) => [row.copy, row.state === "lost" ? row.at.getTime() : null]));
}
