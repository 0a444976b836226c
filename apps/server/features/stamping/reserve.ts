import { askGate, decideRequest } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { askForAuthorisations } from "../controller-stamping/ask-authorisations.ts";
import { recordEvents } from "../ledger/record-event.ts";
import { replaceCopy } from "../make-up/replace-copy.ts";
import { type ApprovedPlace, listPlaces } from "../requests/list-places.ts";
import { type GateView, readGateFacts } from "./gate-facts.ts";
import { beginStamping } from "./open-stamping.ts";
import type { GateOutcome } from "./service.ts";

/** How many rows go to the database at once. */
const atOnce = 500;

/**
 * Reserves what the gate allows; without the gate's yes it changes nothing. An electronic use is enqueued for the sealing job,
 * by hand the stamping is open.
 */
export async function reserve(tx: Tx, env: Environment, requestId: string): Promise<GateOutcome> {
  const now = env.clock.now();
  const before = await readGateFacts(tx, env, requestId);
  const settled = await tx
    .selectFrom("impressions")
    .select(["document_id", "position", "copy"])
    .where("request_id", "=", requestId)
    .where("state", "=", "settled")
    .execute();
  const isSettled = new Set(settled.map((one) => `${one.document_id} ${one.copy} ${one.position}`));
  const wanted = listPlaces(before.loaded)
    .filter(({ documentId, copy = 1, position }) => !isSettled.has(`${documentId} ${copy} ${position}`))
    .map((place) => ({ impressionId: newId("imp", now), place }));
  const view = await readGateFacts(tx, env, requestId, {
    lock: true,
    checkFiles: true,
    wanted: wanted.map((one) => one.impressionId),
    wantedPlaces: wanted.map(({ place }) => place),
  });
  const answer = askGate(view.facts);
  if (!answer.allowed) return { sealing: false, answer, view };
  const opened = decideRequest(view.facts.state, "open");
  if (!opened.ok) throw refusedBy(opened.refusals);
  const { row } = view.loaded;
  const byHand = row.use_mode === "by-hand";
  if (view.loaded.makeUp) await replaceCopy(tx, env, view, view.loaded.makeUp, answer.authorisation);
  await writeImpressions(tx, env, view, wanted, answer.authorisation);
  await tx
    .updateTable("seal_use_requests")
    .set({ state: "opened", updated_at: new Date(now), sealing_problem: null })
    .$if(!byHand, (query) => query.set({ sealing_state: "running" }))
    .where("request_id", "=", requestId)
    .execute();
  if (byHand) {
    await beginStamping(tx, env, view, answer.authorisation.custodianId);
    if (row.by_controller)
      await askForAuthorisations(tx, env, {
        ...{ requestId, entityId: view.facts.entityId, askedBy: answer.authorisation.custodianId },
      });
  } else await env.enqueue(tx, "seal-request", { requestId }, `seal-request ${requestId}`);
  return { sealing: true, answer, view };
}

async function writeImpressions(
  tx: Tx,
  env: Environment,
  view: GateView,
  wanted: readonly { readonly impressionId: string; readonly place: ApprovedPlace }[],
  {
    digest,
    custodianId,
    supervisorId,
    at,
  }: { digest: string; custodianId: string; supervisorId: string | null; at: number },
): Promise<void> {
  const { row } = view.loaded;
  const pieces = view.piecesOf(custodianId);
  const authorisation = JSON.stringify({ digest, custodianId, supervisorId, at });
  const rows = wanted.map(({ impressionId, place }) => ({
    ...{ impression_id: impressionId, request_id: row.request_id, document_id: place.documentId },
    ...{ seal_id: place.sealId, position: place.position, placement: JSON.stringify(place.placement) },
    ...{ copy: place.copy ?? 1, body_id: row.use_mode === "by-hand" ? (pieces.get(place.sealId) ?? null) : null },
    ...{ state: "reserved", authorisation, input_digest: place.document.digest, reserved_at: new Date(at) },
  }));
  for (let from = 0; from < rows.length; from += atOnce)
    await tx
      .insertInto("impressions")
      .values(rows.slice(from, from + atOnce))
      .execute();
  await recordEvents(
    tx,
    env,
    wanted.map(({ impressionId, place: { sealId, documentId, copy } }) => ({
      ...{ type: "ImpressionReserved" as const, actorId: null, requestId: row.request_id, sealId },
      facts: { impressionId, number: row.number, documentId, digest, ...(copy === undefined ? {} : { copy }) },
    })),
  );
}
