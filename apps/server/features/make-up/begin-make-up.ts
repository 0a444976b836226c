import { decideMakeUp, refuse } from "@chancery/domain";
import { type Reader, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { listNamedReaders } from "../confidential/readers.ts";
import { requireSeesEvidence } from "../evidence/service.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { beginDraftIn } from "../requests/draft-service.ts";
import { type LoadedRequest, loadRequest, type QuestionAnswer } from "../requests/load-request.ts";
import type { Draft } from "../requests/write-draft.ts";
import { readCopies } from "../stamped-copies/copy-rows.ts";
import { readMakeUpsOf } from "./make-up-rows.ts";

export interface MakeUpWanted {
  readonly copy: number;
  readonly reason: string;
  /** Null: of a spoiled copy the photo of its voided paper is evidence enough. */
  readonly evidenceId: string | null;
}

/**
 * Begins the make-up stamping of one copy (C09, C19), whoever stamps it, a hand or a controller: a draft with the same documents,
 * seals and places, one copy on paper, which is submitted, decided and stamped as every request is.
 */
export async function beginMakeUp(
  env: Environment,
  personId: string,
  requestId: string,
  wanted: MakeUpWanted,
): Promise<{ requestId: string }> {
  const given = wanted.evidenceId === null ? null : await requireSeesEvidence(env, personId, wanted.evidenceId);
  return transact(env.db, async (tx) => {
    const loaded = await loadRequest(tx, requestId, true);
    const { row, forms } = loaded;
    const copy = (await readCopies(tx, requestId)).find((one) => one.copy === wanted.copy) ?? null;
    const evidenceId = given?.evidence_id ?? copy?.said?.evidence_id ?? null;
    const decided = decideMakeUp({
      ...{ actorId: personId, requestState: row.state, useMode: row.use_mode, usesForms: forms.length > 0 },
      askers: [row.applicant_id, row.handler_id].filter((one) => one !== null),
      ...{ copy, reason: wanted.reason, evidenced: evidenceId !== null },
      earlier: (await readMakeUpsOf(tx, requestId)).filter((one) => one.copy === wanted.copy),
    });
    if (!decided.ok) throw refusedBy(decided.refusals);
    const cause = decided.events[0]?.cause;
    if (cause === undefined || evidenceId === null) throw refusedBy([refuse("make-up.evidence-missing", {}, "C19")]);
    const begun = await beginDraftIn(tx, env, personId, await draftAgain(tx, loaded, personId), {
      ...{ make_up_of: requestId, make_up_copy: wanted.copy, make_up_cause: cause },
      ...{ make_up_reason: wanted.reason.trim(), make_up_evidence: evidenceId },
    });
    await recordEvent(tx, env, {
      ...{ type: "StampedCopyMakeUpRequested", actorId: personId, requestId, comment: wanted.reason.trim() },
      facts: { number: row.number, copy: wanted.copy, cause, makeUp: begun.requestId },
    });
    return { requestId: begun.requestId };
  });
}

/** What the request asked for, for one copy more; its days would be past, and what was asked about it is asked anew. */
async function draftAgain(reader: Reader, loaded: LoadedRequest, personId: string): Promise<Draft> {
  const { row, documents, attachments } = loaded;
  const handler =
    row.handler_id === null || row.handler_id === personId
      ? undefined
      : await reader
          .selectFrom("people")
          .select("person_id")
          .where("person_id", "=", row.handler_id)
          .where("state", "=", "active")
          .executeTakeFirst();
  return {
    ...{ title: row.title, purpose: row.purpose, documentClass: row.document_class, external: row.external },
    ...{ counterparty: row.counterparty, amount: row.amount, currency: row.currency, entityId: row.entity_id },
    counterpartyKind: row.counterparty_kind as Draft["counterpartyKind"] & string,
    ...{ wantedBy: null, validUntil: null, handlerId: handler?.person_id ?? null },
    documents: documents.map(({ documentId, placements, answers }) => ({
      ...{ documentId, answers },
      placements: placements.map(({ sealId, page, xMm, yMm }) => ({ sealId, page, xMm, yMm })),
    })),
    attachments: attachments.map(({ kind, evidenceId }) => ({ kind, evidenceId })),
    factAnswers: row.fact_answers as QuestionAnswer[],
    ...{ useMode: "by-hand", copies: 1, paperReason: row.paper_reason, paperPrintedBy: row.paper_printed_by },
    ...(row.confidential_reason === null
      ? {}
      : { confidential: { reason: row.confidential_reason, readers: await listNamedReaders(reader, row.request_id) } }),
  };
}
