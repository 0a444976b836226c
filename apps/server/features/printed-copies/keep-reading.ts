import type { PhotoVerdict } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { holdRequest } from "../requests/request-row.ts";
import type { HandImpressionRow } from "../stamping/open-stamping.ts";
import { bookPhotos } from "./book-photos.ts";
import { followPhoto } from "./follow-photo.ts";
import { type ReadingFacts, readComparisons } from "./show-readings.ts";

/**
 * Keeps what was found of the photo of an impression, books photos to the copies that they show, and does what follows of what is then
 * found. A photo that was read before is left as it is.
 */
export async function keepReading(
  env: Environment,
  requestId: string,
  impression: Pick<HandImpressionRow, "impressionId" | "evidenceId" | "photo" | "sealId">,
  found: { readonly verdict: PhotoVerdict; readonly facts: ReadingFacts },
): Promise<void> {
  const { impressionId, evidenceId, photo, sealId } = impression;
  const { verdict, facts } = found;
  if (evidenceId === null) return;
  await transact(env.db, async (tx) => {
    // Whatever changes impressions holds their request first.
    await holdRequest(tx, requestId);
    const kept = await tx
      .insertInto("photo_readings")
      .values({
        ...{ impression_id: impressionId, evidence_id: evidenceId, read_at: new Date(env.clock.now()) },
        ...{ verdict, facts: JSON.stringify(facts) },
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (kept.numInsertedOrUpdatedRows !== 1n) return;
    await recordEvent(tx, env, {
      ...{ type: "PhotoCompared", actorId: null, requestId, sealId },
      facts: {
        ...{ impressionId, photo, verdict, basis: facts.basis, shows: facts.shows, impression: facts.impression },
        ...{ copyNamed: facts.code?.copy ?? null, face: facts.face?.sight ?? null },
      },
    });
    const booked = await bookPhotos(tx, env, requestId);
    const comparisons = await readComparisons(tx, requestId);
    // A photo that waited for its copy says only now what it shows of it.
    for (const each of new Set([impressionId, ...booked]))
      await followPhoto(tx, env, { requestId, impressionId: each }, comparisons.get(each)?.demands ?? "nothing");
  });
}
