import { askGate, decideRequest, type GateAnswer, listConfirmationRefusals, refuse } from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { consumePresence } from "../identity/step-up.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { type GateView, readGateFacts } from "./gate-facts.ts";

export type PresenceAct = "release" | "confirm";
export interface GateOutcome {
  sealing: boolean;
  answer: GateAnswer;
  view: GateView;
}

/**
 * The custodian releases, or the supervisor confirms, with a checked proof of presence on the digest he saw. When the
 * gate then says yes, the impressions are reserved and the sealing job is enqueued, all in one transaction; until then
 * the answer says what is still missing.
 */
export async function givePresence(
  env: Environment,
  personId: string,
  act: PresenceAct,
  requestId: string,
  digest: string,
  stepUpId: string,
): Promise<GateOutcome> {
  return transact(env.db, async (tx) => {
    const view = await readGateFacts(tx, env, requestId, { lock: true });
    const { row } = view.loaded;
    if (row.state !== "authorised")
      throw refusedBy([refuse("request.command-not-possible", { state: row.state, command: act })]);
    const allowed = act === "release" ? view.custodians : view.watchers;
    if (!allowed.includes(personId))
      throw refusedBy([
        act === "release" ? refuse("release.not-custodian", {}, "C08") : refuse("confirm.not-supervisor", {}, "C04"),
      ]);
    // One person is never both eyes: the second custodian may supervise what the first released, and the other way round.
    if (act === "confirm" && personId === row.released_by)
      throw refusedBy([refuse("gate.duties-apart.not", { duty: "custodian", otherDuty: "supervisor" }, "C11")]);
    if (digest !== row.digest) throw refusedBy([refuse("approval.digest-differs", {}, "C17")]);
    const early = act === "confirm" ? listConfirmationRefusals(view.facts) : [];
    if (early.length > 0) throw refusedBy(early);
    await consumePresence(tx, env, stepUpId, { personId, act, subjectId: requestId, digest });
    const now = new Date(env.clock.now());
    const delegation = act === "confirm" ? view.delegationOf(personId) : null;
    await tx
      .updateTable("seal_use_requests")
      .set(
        act === "release"
          ? {
              ...{ released_by: personId, released_at: now, release_step_up: stepUpId },
              // What was confirmed was an earlier release.
              ...{ confirmed_by: null, confirmed_at: null, confirm_step_up: null },
            }
          : { confirmed_by: personId, confirmed_at: now, confirm_step_up: stepUpId },
      )
      .where("request_id", "=", requestId)
      .execute();
    await recordEvent(tx, env, {
      type: act === "release" ? "SealUseReleased" : "SealUseConfirmed",
      actorId: personId,
      requestId,
      facts: { number: row.number, digest, stepUp: stepUpId, ...(delegation ? { delegation } : {}) },
    });
    return reserve(tx, env, requestId);
  });
}

/** Reserves what the gate allows and enqueues the job; without the gate's yes it changes nothing. */
async function reserve(tx: Tx, env: Environment, requestId: string): Promise<GateOutcome> {
  const now = env.clock.now();
  const before = await readGateFacts(tx, env, requestId);
  const settledPlaces = new Set(
    (
      await tx
        .selectFrom("impressions")
        .select(["document_id", "position"])
        .where("request_id", "=", requestId)
        .where("state", "=", "settled")
        .execute()
    ).map((row) => `${row.document_id} ${row.position}`),
  );
  const wanted = before.loaded.documents.flatMap((document) =>
    document.placements.flatMap((placement, position) =>
      settledPlaces.has(`${document.documentId} ${position}`)
        ? []
        : [{ impressionId: newId("imp", now), document, placement, position }],
    ),
  );
  const view = await readGateFacts(tx, env, requestId, {
    lock: true,
    checkFiles: true,
    wanted: wanted.map((one) => one.impressionId),
  });
  const answer = askGate(view.facts);
  if (!answer.allowed) return { sealing: false, answer, view };
  const opened = decideRequest(view.facts.state, "open");
  if (!opened.ok) throw refusedBy(opened.refusals);
  for (const { impressionId, document, placement, position } of wanted) {
    await tx
      .insertInto("impressions")
      .values({
        impression_id: impressionId,
        request_id: requestId,
        document_id: document.documentId,
        seal_id: placement.sealId,
        position,
        placement: JSON.stringify(placement),
        state: "reserved",
        authorisation: JSON.stringify({
          digest: answer.authorisation.digest,
          custodianId: answer.authorisation.custodianId,
          supervisorId: answer.authorisation.supervisorId,
          at: answer.authorisation.at,
        }),
        input_digest: document.digest,
        reserved_at: new Date(now),
      })
      .execute();
    await recordEvent(tx, env, {
      type: "ImpressionReserved",
      actorId: null,
      requestId,
      sealId: placement.sealId,
      facts: {
        impressionId,
        number: view.loaded.row.number,
        documentId: document.documentId,
        digest: answer.authorisation.digest,
      },
    });
  }
  await tx
    .updateTable("seal_use_requests")
    .set({ state: "opened", sealing_state: "running", sealing_problem: null, updated_at: new Date(now) })
    .where("request_id", "=", requestId)
    .execute();
  await env.enqueue(tx, "seal-request", { requestId }, `seal-request ${requestId}`);
  return { sealing: true, answer, view };
}

/** The gate's answer for showing it: why can I not seal this? Nothing is reserved. */
export async function askGateFor(env: Environment, requestId: string): Promise<GateOutcome> {
  const row = await env.db
    .selectFrom("seal_use_requests")
    .select("request_id")
    .where("request_id", "=", requestId)
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  const view = await readGateFacts(env.db, env, requestId, { checkFiles: true });
  return { sealing: false, answer: askGate(view.facts), view };
}
