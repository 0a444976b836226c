import { mayRetake, type SealUseRequestState } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";
import type { Comparison } from "../printed-copies/show-readings.ts";
import type { HandImpressionRow, StampingRow } from "./open-stamping.ts";

/** Whether the photo of an impression could not be read, and who stamped may take another one of its sheet. */
export const isToBeRetaken = (
  of: { readonly state: SealUseRequestState; readonly stamping: StampingRow },
  impression: HandImpressionRow,
  comparison: Comparison | undefined,
): boolean =>
  mayRetake({
    ...{ request: of.state, state: impression.state, looked: of.stamping.looked_at !== null },
    byController: of.stamping.by_controller,
    found: comparison
      ? { verdict: comparison.verdict, impression: comparison.impression, codeRead: comparison.code !== null }
      : null,
  });

/** Digests of the photos of an impression that were taken again. */
export async function readEarlierPhotos(reader: Reader, impressionId: string): Promise<string[]> {
  const rows = await reader
    .selectFrom("impression_retakes as r")
    .innerJoin("evidence as e", "e.evidence_id", "r.earlier_id")
    .select("e.digest")
    .where("r.impression_id", "=", impressionId)
    .execute();
  return rows.map(({ digest }) => digest);
}

/** The new photo counts from now on, the one that could not be read stays beside it, and the ledger names both (C17). */
export async function retakePhoto(
  tx: Tx,
  env: Environment,
  of: { readonly requestId: string; readonly number: string | null; readonly actorId: string },
  impression: HandImpressionRow,
  photo: { readonly evidenceId: string; readonly digest: string },
): Promise<void> {
  const { impressionId, evidenceId, sealId, copy } = impression;
  if (evidenceId === null) throw new Error("a photo is taken again and there was none");
  const { eventId } = await recordEvent(tx, env, {
    ...{ type: "ImpressionRephotographed", actorId: of.actorId, requestId: of.requestId, sealId },
    facts: { impressionId, number: of.number, copy, photo: photo.digest, earlier: impression.photo },
  });
  await tx
    .insertInto("impression_retakes")
    .values({
      ...{ event_id: eventId, impression_id: impressionId, earlier_id: evidenceId, evidence_id: photo.evidenceId },
    })
    .execute();
}
