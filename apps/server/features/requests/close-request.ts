import { decideRequest, type SealUseRequestState } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { useNamedForms } from "../forms/request-forms.ts";
import { recordEvent } from "../ledger/record-event.ts";

/**
 * Closes and registers a request whose row is held: used up, or ended with some of its impressions unused. An electronic
 * use has its whole evidence in the file itself, so its line in the register is complete at once.
 */
export async function closeRequest(
  tx: Tx,
  env: Environment,
  row: { request_id: string; state: SealUseRequestState; number: string | null; version: number },
  how: { actorId: string | null; comment: string | null; settled: number; authorised: number },
): Promise<void> {
  const closed = decideRequest(row.state, row.state === "opened" ? "close" : "end");
  if (!closed.ok) throw refusedBy(closed.refusals);
  const registered = decideRequest("closed", "register");
  if (!registered.ok) throw refusedBy(registered.refusals);
  const { request_id: requestId, number } = row;
  await recordEvent(tx, env, {
    type: "SealUseRequestClosed",
    actorId: how.actorId,
    requestId,
    facts: { number, unused: how.authorised - how.settled },
    comment: how.comment,
  });
  await recordEvent(tx, env, {
    type: "SealUseRegistered",
    actorId: null,
    requestId,
    facts: { number, impressions: how.settled },
  });
  await useNamedForms(tx, env, requestId);
  const now = new Date(env.clock.now());
  await tx
    .updateTable("seal_use_requests")
    .set({
      state: registered.events[0]?.to ?? "registered",
      closed_at: now,
      updated_at: now,
      sealing_state: "done",
      sealing_problem: null,
      version: row.version + 1,
    })
    .where("request_id", "=", requestId)
    .execute();
}
