import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { followSoon } from "./stop-authorisations.ts";
import { answerTime } from "./times.ts";

const minute = 60_000;
/** How often an open authorisation is asked for, because calls of clouds get lost (SealLink 1, clause 3.16). */
export const pollTime = 10 * minute;
/** How long one that is over is still asked for, once an hour: what was pressed without a network comes late. */
const lateTime = 24 * 60 * minute;
/** What a cloud called to say is kept so long. */
const keptTime = 90 * 24 * 60 * minute;

/** Has every authorisation followed whose turn it is; the asking is a job, so that a slow cloud holds up no other clock. */
export async function pollVendorClouds(env: Environment): Promise<void> {
  const now = env.clock.now();
  const before = (ms: number): Date => new Date(now - ms);
  const due = await env.db
    .selectFrom("vendor_authorisations")
    .select("authorisation_id")
    .where((eb) =>
      eb.or([
        eb.and([eb("state", "=", "asked"), eb("asked_at", "<=", before(minute))]),
        eb.and([eb("state", "=", "sending"), eb("asked_cloud_at", "<=", before(answerTime))]),
        eb.and([
          eb("state", "=", "open"),
          eb.or([eb("asked_cloud_at", "is", null), eb("asked_cloud_at", "<=", before(pollTime))]),
        ]),
        // Asked to be ended, or lost: until it is known to be over there.
        eb.and([
          eb("state", "in", ["open", "over", "lost"]),
          eb("finished_at", "is", null),
          eb.or([eb("stop_asked_at", "is not", null), eb("state", "=", "lost")]),
          eb("asked_cloud_at", "<=", before(minute)),
          eb.or([eb("over_at", "is", null), eb("over_at", ">", before(lateTime))]),
        ]),
        eb.and([
          eb("state", "=", "over"),
          eb("over_at", ">", before(lateTime)),
          eb("asked_cloud_at", "<=", before(6 * pollTime)),
        ]),
      ]),
    )
    .orderBy("asked_cloud_at")
    .limit(500)
    .execute();
  for (const { authorisation_id: authorisationId } of due)
    await transact(env.db, (tx) => followSoon(tx, env, authorisationId));
  await env.db.deleteFrom("vendor_hints").where("received_at", "<", before(keptTime)).execute();
}
