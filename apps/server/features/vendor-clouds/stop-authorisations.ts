import { isVendorLiving } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";

/** What is asked of makers' clouds for a request, the newest first. */
export const readVendorAuthorisations = (reader: Reader, requestId: string) =>
  reader
    .selectFrom("vendor_authorisations")
    .selectAll()
    .where("request_id", "=", requestId)
    .orderBy("asked_at", "desc")
    .orderBy("authorisation_id", "desc")
    .execute();
export type VendorAuthorisationRow = Awaited<ReturnType<typeof readVendorAuthorisations>>[number];

/** Has one followed now rather than at its next turn. */
export const followSoon = (tx: Tx, env: Environment, authorisationId: string): Promise<void> =>
  env.enqueue(tx, "follow-vendor", { authorisationId }, `follow-vendor ${authorisationId}`);

/**
 * Stops what clouds were asked for a request: what no cloud has heard of is withdrawn at once, the rest is ended there. Answers how
 * many have to say so before nothing more can come.
 */
export async function stopVendorAuthorisations(tx: Tx, env: Environment, requestId: string): Promise<number> {
  const rows = await readVendorAuthorisations(tx, requestId);
  let waiting = 0;
  for (const row of rows) {
    if (row.state === "asked") await withdraw(tx, env, row);
    else if (row.finished_at === null && row.vendor_ref !== null) await askToStop(tx, env, row);
    else if (row.state === "sending") await askToStop(tx, env, row);
    if (row.state !== "asked" && isVendorLiving(row.state)) waiting += 1;
  }
  return waiting;
}

/** The same of every request, where a controller or its cloud is trusted no longer. */
export async function stopAll(
  tx: Tx,
  env: Environment,
  of: { readonly cloudId: string } | { readonly controllerId: string },
): Promise<void> {
  const rows = await tx
    .selectFrom("vendor_authorisations")
    .selectAll()
    .where((eb) => ("cloudId" in of ? eb("cloud_id", "=", of.cloudId) : eb("controller_id", "=", of.controllerId)))
    .where("state", "in", ["asked", "sending", "open"])
    .execute();
  for (const row of rows) await (row.state === "asked" ? withdraw(tx, env, row) : askToStop(tx, env, row));
}

async function withdraw(tx: Tx, env: Environment, row: VendorAuthorisationRow): Promise<void> {
  const updated = await tx
    .updateTable("vendor_authorisations")
    .set({ state: "withdrawn" })
    .where("authorisation_id", "=", row.authorisation_id)
    .where("state", "=", "asked")
    .executeTakeFirst();
  // Sent at the same moment: then the cloud is asked to end it.
  if (updated.numUpdatedRows === 0n) return askToStop(tx, env, row);
  await recordEvent(tx, env, {
    ...{ type: "VendorAuthorisationWithdrawn", actorId: null, requestId: row.request_id },
    facts: { authorisation: row.authorisation_id, controller: row.controller_id },
  });
}

export async function askToStop(tx: Tx, env: Environment, row: VendorAuthorisationRow): Promise<void> {
  await tx
    .updateTable("vendor_authorisations")
    .set({ stop_asked_at: new Date(env.clock.now()) })
    .where("authorisation_id", "=", row.authorisation_id)
    .where("stop_asked_at", "is", null)
    .execute();
  await followSoon(tx, env, row.authorisation_id);
}
