import type { LedgerEventType } from "@chancery/domain";
import type { SignedIn } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { listGrants } from "../organisation/people-read-model.ts";
import { isRead, readRegisterReach } from "../registers/reach.ts";
import { maySee as maySeeRequest } from "../requests/may-see.ts";
import { maySee as maySeeSeal, readViewer } from "../seals/visible-seals.ts";

/** Grants are on a page where each reads those that he may. */
const grantEvents: readonly string[] = ["GrantAsked", "GrantGiven", "GrantEnded"] satisfies LedgerEventType[];

/**
 * Whether a page shows this entry's event to the person: the timeline of a request or of a seal that he may see, the
 * list of grants, or a line of a register that he reads. He can then check in his own browser that the ledger says what the page says.
 */
export async function isShownTo(env: Environment, signedIn: SignedIn, leafHash: Buffer): Promise<boolean> {
  const { personId } = signedIn;
  const event = await env.db
    .selectFrom("events as e")
    .leftJoin("seals as s", "s.seal_id", "e.seal_id")
    .select(["e.event_id", "e.type", "e.facts", "e.request_id", "e.seal_id", "s.entity_id"])
    .where("e.leaf_hash", "=", leafHash)
    .limit(1)
    .executeTakeFirst();
  if (!event) return false;
  if (grantEvents.includes(event.type)) {
    const { grant } = event.facts as { grant?: unknown };
    const read = await listGrants(env.db, personId, {}, env.clock.now());
    if (read.some((one) => one.grantId === grant)) return true;
  }
  const now = env.clock.now();
  if (event.request_id !== null) {
    const seen = await env.db
      .selectFrom("seal_use_requests as r")
      .select("r.request_id")
      .where("r.request_id", "=", event.request_id)
      .where(maySeeRequest(personId, now))
      .executeTakeFirst();
    if (seen) return true;
  }
  if (event.seal_id !== null && event.entity_id !== null) {
    const seal = { sealId: event.seal_id, entityId: event.entity_id };
    if (maySeeSeal(await readViewer(env.db, personId, now), seal)) return true;
  }
  const line = await env.db
    .selectFrom("register_lines as l")
    .select("l.line_id")
    .where("l.event_id", "=", event.event_id)
    .where(isRead(await readRegisterReach(env.db, personId, now)))
    .executeTakeFirst();
  return line !== undefined;
}
