import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { type LoadedJoint, loadJoint } from "./joint-rows.ts";

/**
 * Whether a side is to wait with its sealing: the second seals what the first has sealed, so of two that are opened at once
 * the one whose impressions were reserved first goes first. Both sides are held.
 */
export async function waitsForOtherSide(tx: Tx, requestId: string): Promise<boolean> {
  const joint = await readJoint(tx, requestId);
  if (joint?.other.state !== "opened") return false;
  const begun = async (id: string): Promise<string> => {
    const first = await tx
      .selectFrom("impressions")
      .select((eb) => eb.fn.min("reserved_at").as("at"))
      .where("request_id", "=", id)
      .where("state", "in", ["reserved", "sealed"])
      .executeTakeFirst();
    const at: unknown = first?.at;
    return `${at instanceof Date ? at.toISOString() : "~"} ${id}`;
  };
  return (await begun(joint.other.requestId)) < (await begun(requestId));
}

/** Has the other side sealed, where it waited for this one. */
export async function letOtherSideSeal(tx: Tx, env: Environment, requestId: string): Promise<void> {
  const joint = await readJoint(tx, requestId);
  if (joint?.other.state !== "opened") return;
  const { requestId: other } = joint.other;
  await env.enqueue(tx, "seal-request", { requestId: other }, `seal-request ${other}`);
}

async function readJoint(tx: Tx, requestId: string): Promise<LoadedJoint | null> {
  const row = await tx
    .selectFrom("seal_use_requests")
    .select(["joint_id", "joint_side"])
    .where("request_id", "=", requestId)
    .executeTakeFirst();
  return row ? loadJoint(tx, row) : null;
}
