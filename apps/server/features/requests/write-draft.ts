import type { RouteInput } from "../../platform/call.ts";
import type { Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";

type Body = RouteInput<"POST /v1/seal-use-requests">["body"];
/** What a draft says; papers and the kind of the counterparty may be left out. */
export type Draft = Omit<Body, OptionalInDraft> & Partial<Pick<Body, OptionalInDraft>>;
type OptionalInDraft =
  | "counterpartyKind"
  | "attachments"
  | "factAnswers"
  | "questionAnswers"
  | "emergency"
  | "confidential"
  | "seriesId"
  | "standingId"
  | "useMode"
  | "copies"
  | "paperReason"
  | "paperPrintedBy"
  | "joint";

/** What of a draft stands in the row of its request. */
export function draftColumns(draft: Draft, now: number) {
  return {
    handler_id: draft.handlerId,
    title: draft.title,
    document_class: draft.documentClass,
    external: draft.external,
    counterparty: draft.counterparty,
    counterparty_kind: draft.counterpartyKind ?? null,
    question_answers: JSON.stringify(draft.questionAnswers ?? []),
    emergency_reason: draft.emergency ?? null,
    standing_id: draft.standingId ?? null,
    confidential_reason: draft.confidential?.reason ?? null,
    series_id: draft.seriesId ?? null,
    ...{ use_mode: draft.useMode ?? "electronic", copies: draft.useMode === "by-hand" ? (draft.copies ?? null) : null },
    paper_reason: draft.useMode === "by-hand" ? (draft.paperReason ?? null) : null,
    paper_printed_by: draft.useMode === "by-hand" ? (draft.paperPrintedBy ?? null) : null,
    fact_answers: JSON.stringify(draft.factAnswers ?? []),
    amount: draft.amount,
    currency: draft.currency,
    purpose: draft.purpose,
    wanted_by: draft.wantedBy,
    valid_until: draft.validUntil,
    updated_at: new Date(now),
  };
}

export async function writeDocuments(tx: Tx, requestId: string, draft: Draft, now: number): Promise<void> {
  if (draft.documents.length === 0) return;
  await tx
    .insertInto("request_documents")
    .values(
      draft.documents.map((document, position) => ({
        ...{ request_id: requestId, document_id: document.documentId, position },
        placements: JSON.stringify(
          document.placements.map((placement) => ({ placementId: newId("plc", now), ...placement })),
        ),
        answers: JSON.stringify(document.answers),
      })),
    )
    .execute();
}

export async function writeAttachments(tx: Tx, requestId: string, draft: Draft): Promise<void> {
  const attachments = draft.attachments ?? [];
  if (attachments.length === 0) return;
  await tx
    .insertInto("request_attachments")
    .values(
      attachments.map(({ kind, evidenceId }, position) => ({
        ...{ request_id: requestId, kind, evidence_id: evidenceId, position },
      })),
    )
    .execute();
}
