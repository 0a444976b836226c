import { decideTakingBack } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { followOtherSide } from "../joint/follow-other-side.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { closeRequest } from "./close-request.ts";
import type { LoadedRequest } from "./load-request.ts";

/**
 * Takes a request back that is held and not being sealed: its approvals are void and it may be changed and submitted
 * again. One of whose impressions some are settled already is ended instead: what was sealed stays, the rest is shown as
 * unused.
 */
export async function takeBack(
  tx: Tx,
  env: Environment,
  loaded: LoadedRequest,
  by: {
    actorId: string | null;
    comment: string | null;
    matterId?: string | null;
    /** Of an applicant who has left: in whose place it is taken back. */
    forId?: string;
  },
): Promise<void> {
  const { row, documents } = loaded;
  const requestId = row.request_id;
  const settled = await tx
    .selectFrom("impressions")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where("request_id", "=", requestId)
    .where("state", "=", "settled")
    .executeTakeFirstOrThrow();
  const decided = decideTakingBack(row.state, Number(settled.count));
  if (!decided.ok) throw refusedBy(decided.refusals);
  const { actorId, comment } = by;
  // Of a joint request the other side comes back with it; where it has sealed already, both end.
  const becomes = await followOtherSide(tx, env, loaded, "withdrawn", by);
  if (becomes === "ends" || decided.events[0]?.to === "closed") {
    const authorised = documents.reduce((sum, document) => sum + document.placements.length, 0);
    return closeRequest(tx, env, row, { actorId, comment, settled: Number(settled.count), authorised });
  }
  await tx
    .updateTable("request_steps")
    .set({ state: "voided" })
    .where("request_id", "=", requestId)
    .where("round", "=", row.round)
    .where("state", "in", ["waiting", "current", "approved"])
    .execute();
  await tx
    .updateTable("seal_use_requests")
    .set({
      state: "withdrawn",
      updated_at: new Date(env.clock.now()),
      version: row.version + 1,
      released_by: null,
      released_at: null,
      release_step_up: null,
      confirmed_by: null,
      confirmed_at: null,
      confirm_step_up: null,
    })
    .where("request_id", "=", requestId)
    .execute();
  await recordEvent(tx, env, {
    ...{ type: "SealUseRequestWithdrawn", actorId, requestId, matterId: by.matterId ?? null },
    personId: by.forId ?? null,
    facts: { number: row.number },
    comment,
  });
  return undefined;
}
