import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { keepEvidence, type takeIn } from "../evidence/service.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { freezeRequest } from "../requests/freeze-request.ts";
import { followCopies } from "../stamped-copies/follow-copies.ts";
import { openCase } from "../tasks/open-case.ts";
import { lateCase } from "./freezing-cases.ts";
import type { GateView } from "./gate-facts.ts";
import { type HandImpressionRow, readHandImpressions, type StampingRow } from "./open-stamping.ts";

/**
 * What is said to be pressed after it was given back is not lost: its photo stays with the impression and is counted, the request
 * is frozen where it still can be, and who stamped explains it before somebody without a part in it closes the case (C09). The phone
 * may send it again and again: it is kept once. Answers the evidence that its photo is, the first time.
 */
export async function keepLateImpression(
  tx: Tx,
  env: Environment,
  view: GateView,
  stamping: StampingRow,
  of: {
    readonly impression: HandImpressionRow;
    readonly personId: string;
    readonly photo: Awaited<ReturnType<typeof takeIn>>;
  },
): Promise<string | null> {
  const { impression, personId, photo } = of;
  if (impression.late) return null;
  const { row } = view.loaded;
  const requestId = row.request_id;
  const { impressionId, sealId, bodyId } = impression;
  const evidenceId = await keepEvidence(tx, env, personId, photo);
  await tx
    .updateTable("impressions")
    .set({ evidence_id: evidenceId })
    .where("impression_id", "=", impressionId)
    .execute();
  await recordEvent(tx, env, {
    ...{ type: "LateImpressionReported", actorId: personId, requestId, sealId },
    facts: { impressionId, number: row.number, copy: impression.copy, photo: photo.digest },
  });
  const nth = (await readHandImpressions(tx, requestId)).findIndex((one) => one.impressionId === impressionId) + 1;
  await openCase(tx, env, {
    ...{ control: "C09", source: lateCase, subjectKey: `${requestId} ${impressionId}`, actorId: null },
    ...{ entityId: row.entity_id, sealId, bodyId, explainerId: stamping.opened_by },
    facts: { subject: row.number, nth, copy: impression.copy },
  });
  // One that is in the register stays there, and owes the closing of the case; one that is frozen already stays so.
  await freezeRequest(tx, env, row);
  await followCopies(tx, env, requestId, personId);
  return evidenceId;
}
