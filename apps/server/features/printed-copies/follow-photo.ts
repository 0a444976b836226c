import type { PhotoDemand } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { freezeRequest } from "../requests/freeze-request.ts";
import { photoCase } from "../stamping/freezing-cases.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { readHandImpressions, readStamping } from "../stamping/open-stamping.ts";
import { openCase } from "../tasks/open-case.ts";
import { type FindingToOpen, openFinding } from "../tasks/open-finding.ts";

/**
 * What follows from the photo of an impression that is not what was approved (C17). Before anybody has looked at the photos, what is
 * sure enough freezes the request: who stamped explains it, and it goes on once somebody without a part in it has closed the case.
 * What comes to light afterwards is a finding, for it was confirmed without this.
 */
export async function followPhoto(
  tx: Tx,
  env: Environment,
  of: { readonly requestId: string; readonly impressionId: string },
  demand: PhotoDemand,
): Promise<void> {
  if (demand === "nothing") return;
  const { loaded } = await readGateFacts(tx, env, of.requestId, { lock: true });
  const { row } = loaded;
  const stamping = await readStamping(tx, of.requestId);
  const impressions = await readHandImpressions(tx, of.requestId);
  const at = impressions.findIndex((one) => one.impressionId === of.impressionId);
  const impression = impressions[at];
  if (!stamping || !impression) return;
  const about: Omit<FindingToOpen, "source" | "subjectKey"> = {
    ...{
      control: "C17" as const,
      entityId: row.entity_id,
      sealId: impression.sealId,
      bodyId: impression.bodyId,
      actorId: null,
    },
    facts: { subject: row.number, nth: at + 1 },
  };
  if (stamping.looked_at !== null)
    await openFinding(tx, env, { ...about, source: "stamping.photo-differs", subjectKey: of.impressionId });
  else if (demand === "freeze") {
    await openCase(tx, env, {
      ...{ ...about, source: photoCase, subjectKey: `${of.requestId} ${of.impressionId}` },
      explainerId: stamping.opened_by,
    });
    // One that is frozen already stays so until each of its cases is closed.
    await freezeRequest(tx, env, row);
  }
}
