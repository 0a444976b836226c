import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { livingStates, readAuthorisations, stepRow } from "../authority/authorisation-rows.ts";
import { followLooks } from "../remote-supervision/follow-look.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { readStamping } from "../stamping/open-stamping.ts";
import { readVendorAuthorisations } from "../vendor-clouds/stop-authorisations.ts";
import { stopAuthorisations } from "./ask-authorisations.ts";
import { findClosedGate } from "./deliver.ts";
import { endAtController } from "./end-at-controller.ts";
import { tiePhotos } from "./tie-photos.ts";

const grace = 60_000;

/**
 * Authorisations while time passes: one whose gate has closed is revoked at the box, one that is over is over, and a stamping
 * that was ended goes on to its end although the box never said so. Photos that arrived are tied to their impressions.
 */
export async function followAuthorisations(env: Environment): Promise<void> {
  const rows = await env.db
    .selectFrom("controller_authorisations")
    .select("request_id")
    .distinct()
    .where("state", "in", livingStates)
    .union(
      env.db
        .selectFrom("stampings")
        .select("request_id")
        .where("end_asked_at", "is not", null)
        .where("ended_at", "is", null),
    )
    .union(
      env.db
        .selectFrom("vendor_authorisations")
        .select("request_id")
        .where("state", "in", ["asked", "sending", "open"]),
    )
    .execute();
  for (const { request_id: requestId } of rows)
    await transact(env.db, async (tx) => {
      const view = await readGateFacts(tx, env, requestId, { lock: true });
      const stamping = await readStamping(tx, requestId);
      const all = await readAuthorisations(tx, requestId);
      const over = all.filter(({ exp }) => exp.getTime() + grace <= env.clock.now());
      for (const one of over) if (livingStates.some((state) => state === one.state)) await stepRow(tx, one, "expire");
      if (!stamping || stamping.ended_at !== null) return;
      if (stamping.end_asked_at !== null) {
        // Of clouds nothing tells when they are over but the asking.
        const atClouds = await readVendorAuthorisations(tx, requestId);
        if (over.length > 0 || atClouds.length > 0)
          await endAtController(tx, env, view, stamping, {
            ...{ actorId: stamping.end_asked_by, comment: null, unheard: false },
          });
        return;
      }
      const closed = await findClosedGate(tx, env, requestId, false);
      if (closed !== null) await stopAuthorisations(tx, env, requestId, { askedBy: null, why: closed });
    });
  await tiePhotos(env);
  await followLooks(env);
}
