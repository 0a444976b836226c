import { decideImpression, type ImpressionState } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { keepSealedSheets } from "../forms/sheets-of-request.ts";
import { holdSides } from "../joint/joint-rows.ts";
import { letOtherSideSeal } from "../joint/turns.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { closeRequest } from "../requests/close-request.ts";
import type { LoadedDocument, StoredPlacement } from "../requests/load-request.ts";
import type { GateView } from "../stamping/gate-facts.ts";
import { writeUseLine } from "./write-use-line.ts";

/** An impression that is neither settled nor released. */
export interface ImpressionRow {
  impressionId: string;
  documentId: string;
  sealId: string;
  placement: StoredPlacement;
  state: ImpressionState;
  preparedAt: Date | null;
  signature: Buffer | null;
}

/**
 * Holds the request, and the other side of a joint one, until the transaction ends and reads what waits to be sealed. In this order: of two runs at once the
 * second one must see what the first has settled, not what it saw before it was let in.
 */
export async function holdRequest(tx: Tx, requestId: string): Promise<ImpressionRow[]> {
  await holdSides(tx, requestId);
  const rows = await tx
    .selectFrom("impressions")
    .select(["impression_id", "document_id", "seal_id", "placement", "state", "prepared_at", "signature"])
    .where("request_id", "=", requestId)
    .where("state", "in", ["reserved", "sealed"])
    .orderBy("document_id")
    .orderBy("position")
    .execute();
  return rows.map((row) => ({
    impressionId: row.impression_id,
    documentId: row.document_id,
    sealId: row.seal_id,
    placement: row.placement as unknown as StoredPlacement,
    state: row.state as ImpressionState,
    preparedAt: row.prepared_at,
    signature: row.signature,
  }));
}

/** Settles all impressions of a document whose sealed file is in the store; the last document closes the request. */
export async function settleDocument(
  tx: Tx,
  env: Environment,
  view: GateView,
  document: LoadedDocument,
  rows: readonly ImpressionRow[],
  digests: ReadonlyMap<string, string>,
  stored: { digest: string; sizeBytes: number },
): Promise<void> {
  const now = new Date(env.clock.now());
  const { row } = view.loaded;
  await tx
    .insertInto("files")
    .values({ digest: stored.digest, size_bytes: stored.sizeBytes, media_type: "application/pdf", stored_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  for (const impression of rows) {
    const changed = decideImpression(impression.state, "settle", "electronic");
    if (!changed.ok) throw refusedBy(changed.refusals);
    const settled = await tx
      .updateTable("impressions")
      .set({
        state: "settled",
        settled_at: now,
        sealed_digest: digests.get(impression.impressionId) ?? stored.digest,
      })
      .where("impression_id", "=", impression.impressionId)
      .where("state", "=", "sealed")
      .executeTakeFirst();
    if (settled.numUpdatedRows !== 1n) throw new Error("an impression was not sealed when it was to be settled");
    const { eventId } = await recordEvent(tx, env, {
      type: "ImpressionSettled",
      actorId: null,
      requestId: row.request_id,
      sealId: impression.sealId,
      facts: {
        impressionId: impression.impressionId,
        number: row.number,
        documentId: document.documentId,
        originalDigest: document.digest,
        sealedDigest: stored.digest,
      },
    });
    await writeUseLine(tx, env, view, document, impression, eventId);
  }
  await tx
    .updateTable("request_documents")
    .set({ sealed_digest: stored.digest, sealed_size: stored.sizeBytes, sealed_at: now })
    .where("request_id", "=", row.request_id)
    .where("document_id", "=", document.documentId)
    .execute();
  await keepSealedSheets(tx, env, view.loaded, document.documentId);
  const counted = await tx
    .selectFrom("impressions")
    .select("state")
    .where("request_id", "=", row.request_id)
    .where("state", "<>", "released")
    .execute();
  if (counted.some(({ state }) => state !== "settled")) return;
  await closeRequest(tx, env, row, {
    actorId: null,
    comment: null,
    settled: counted.length,
    authorised: view.facts.authorisedImpressions,
  });
  await letOtherSideSeal(tx, env, row.request_id);
}
