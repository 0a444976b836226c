import { isVendorLiving } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { followSoon, readVendorAuthorisations } from "./stop-authorisations.ts";
import { grace } from "./times.ts";
import type { VendorBox } from "./vendor-box.ts";

/** Notes that a cloud is to be asked for what is reserved of a piece; how many that is, is read when it is sent. */
export async function askForVendorAuthorisation(
  tx: Tx,
  env: Environment,
  of: { readonly requestId: string; readonly bodyId: string; readonly askedBy: string; readonly box: VendorBox },
): Promise<void> {
  const rows = await readVendorAuthorisations(tx, of.requestId);
  if (rows.some((one) => one.body_id === of.bodyId && isVendorLiving(one.state))) return;
  const now = env.clock.now();
  const authorisationId = newId("vau", now);
  await tx
    .insertInto("vendor_authorisations")
    .values({
      ...{ authorisation_id: authorisationId, cloud_id: of.box.cloudId, controller_id: of.box.controllerId },
      ...{ request_id: of.requestId, body_id: of.bodyId, person_id: of.askedBy, state: "asked" },
      asked_at: new Date(now),
    })
    .execute();
  await followSoon(tx, env, authorisationId);
}

/**
 * Gives up waiting for clouds that say nothing until the end of what they were asked: what was pressed there nobody can tell.
 * Answers whether one of them was silent; one that answered since said all there is.
 */
export async function giveUpSilentClouds(tx: Tx, env: Environment, requestId: string): Promise<boolean> {
  const now = env.clock.now();
  const over = (await readVendorAuthorisations(tx, requestId)).filter(
    ({ state, ends_at: end }) =>
      (state === "open" || state === "sending") && end !== null && end.getTime() + 10 * grace <= now,
  );
  for (const row of over) {
    await tx
      .updateTable("vendor_authorisations")
      .set({ state: row.state === "open" ? "over" : "lost", over_at: new Date(now) })
      .where("authorisation_id", "=", row.authorisation_id)
      .execute();
    await recordEvent(tx, env, {
      ...{ type: "VendorAuthorisationMissed", actorId: null, requestId },
      facts: { authorisation: row.authorisation_id, controller: row.controller_id },
    });
  }
  return over.length > 0;
}
