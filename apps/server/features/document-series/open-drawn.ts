import { decideRequest, refuse } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { loadRequest } from "../requests/load-request.ts";
import { findOwnStep } from "../requests/quick-decision.ts";

/**
 * Puts on record that whoever is asked to decide opened one of the drawn documents, as it was approved byte for byte. Again
 * changes nothing.
 */
export async function openDrawn(
  env: Environment,
  personId: string,
  requestId: string,
  documentId: string,
): Promise<void> {
  await transact(env.db, async (tx) => {
    const { row, steps, series, documents } = await loadRequest(tx, requestId, true);
    const nr = series?.lines.get(documentId)?.nr;
    const document = documents.find((one) => one.documentId === documentId);
    if (!series || nr === undefined || !document) throw problems.notFound();
    if (!series.drawn.includes(nr)) throw problems.notFound();
    if (!(await env.files.read(document.digest)).ok) throw problems.notFound();
    if (!decideRequest(row.state, "approve-step").ok || !findOwnStep(steps, personId))
      throw refusedBy([refuse("series.not-yours-to-open", {}, "C03")]);
    const before = await tx
      .selectFrom("series_openings")
      .select("opened_at")
      .where("request_id", "=", requestId)
      .where("person_id", "=", personId)
      .where("document_id", "=", documentId)
      .executeTakeFirst();
    if (before) return;
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "SeriesDocumentOpened", actorId: personId, requestId },
      facts: { document: nr, documentId, digest: document.digest },
    });
    await tx
      .insertInto("series_openings")
      .values({
        ...{ request_id: requestId, person_id: personId, document_id: documentId, event_id: eventId },
        opened_at: new Date(env.clock.now()),
      })
      .execute();
  });
}
