import type { CallOptions, RouteAnswer } from "../../api.ts";
import { toTenth } from "../requests/placement.ts";
import { readAmount } from "./amount.ts";
import { countCopies, type Draft, makeDraft, openDocument } from "./draft.ts";

export type DraftBody = CallOptions<"POST /v1/seal-use-requests">["body"];
type RequestDetail = RouteAnswer<"GET /v1/seal-use-requests/:requestId">;

/** A draft as it is saved. What cannot be kept yet (an amount that is none) is left out. */
export function makeBody(draft: Pick<Draft, "facts" | "documents">): DraftBody {
  const { facts } = draft;
  return {
    entityId: facts.entityId,
    title: facts.title.trim(),
    documentClass: facts.documentClass,
    external: facts.external,
    counterparty: facts.counterparty.trim(),
    counterpartyKind: facts.external ? facts.counterpartyKind : null,
    attachments: facts.papers.map(({ kind, evidenceId }) => ({ kind, evidenceId })),
    questionAnswers: Object.entries(facts.reasons).flatMap(([key, reason]) =>
      reason.trim() === "" ? [] : [{ key, reason: reason.trim() }],
    ),
    amount: readAmount(facts.amount) ?? null,
    currency: facts.currency,
    purpose: facts.purpose.trim(),
    wantedBy: facts.wantedBy || null,
    validUntil: facts.validUntil || null,
    handlerId: facts.handlerId,
    standingId: facts.standingId,
    useMode: facts.useMode,
    copies: facts.useMode === "by-hand" ? (countCopies(facts) ?? null) : null,
    paperReason: facts.useMode === "by-hand" && facts.paperReason.trim() !== "" ? facts.paperReason.trim() : null,
    paperPrintedBy: facts.useMode === "by-hand" && facts.paperPrintedBy !== null ? facts.paperPrintedBy.trim() : null,
    seriesId: facts.seriesId,
    joint: facts.joint && { ...facts.joint },
    emergency: facts.emergency === null ? null : facts.emergency.trim(),
    confidential: facts.confidential && {
      reason: facts.confidential.reason.trim(),
      readers: [...facts.confidential.readers],
    },
    factAnswers: Object.entries(facts.factAnswers).flatMap(([key, reason]) =>
      reason.trim() === "" ? [] : [{ key, reason: reason.trim() }],
    ),
    documents: draft.documents.map(({ file, placed, answers }) => ({
      documentId: file.documentId,
      placements: placed.map(({ sealId, page, xMm, yMm }) => ({
        sealId,
        page,
        xMm: toTenth(xMm),
        yMm: toTenth(yMm),
      })),
      answers: file.unfinished.flatMap(({ placeId, answerable }) => {
        const reason = answers[placeId]?.trim();
        return reason && answerable ? [{ placeId, reason }] : [];
      }),
    })),
  };
}

/** A saved request as a draft to work on. */
export function readDraft(request: RequestDetail): Draft {
  let next = 0;
  return makeDraft(
    {
      entityId: request.entity?.entityId ?? null,
      title: request.title,
      documentClass: request.documentClass,
      external: request.external,
      counterparty: request.counterparty,
      counterpartyKind: request.counterpartyKind,
      papers: request.attachments,
      reasons: Object.fromEntries(request.questionAnswers.map(({ key, reason }) => [key, reason])),
      amount: request.amount ?? "",
      currency: request.currency,
      purpose: request.purpose,
      wantedBy: request.wantedBy ?? "",
      validUntil: request.validUntil ?? "",
      handlerId: request.handler?.personId ?? null,
      emergency: request.emergency?.reason ?? null,
      useMode: request.useMode,
      copies: (request.copies ?? 1).toString(),
      paperReason: request.paperReason ?? "",
      paperPrintedBy: request.paperPrintedBy,
      standingId: request.standing?.standingId ?? null,
      confidential: request.confidentiality && {
        reason: request.confidentiality.reason,
        readers: [
          ...request.confidentiality.readers.map((one) => one.person.personId),
          ...(request.otherSide?.readers ?? []),
        ],
      },
      confidentialFixed: isNumbered(request),
      joint: request.otherSide && {
        entityId: request.otherSide.entity.entityId,
        unitId: request.otherSide.unit?.unitId ?? null,
      },
      jointFixed: isNumbered(request),
      seriesId: request.series?.seriesId ?? null,
      factAnswers: Object.fromEntries(
        request.facts.disagreements.flatMap(({ key, answer }) => (answer === null ? [] : [[key, answer] as const])),
      ),
    },
    // Of a series the first document stands for all.
    (request.series ? request.documentList.slice(0, 1) : request.documentList).map((document) =>
      openDocument(
        document,
        [...document.placements, ...listOtherPlaces(request, document.documentId)].map(
          ({ sealId, page, xMm, yMm }) => ({ key: `p${next++}`, sealId, page, xMm, yMm }),
        ),
      ),
    ),
  );
}

const isNumbered = ({ number, otherSide }: RequestDetail): boolean =>
  number !== null || (otherSide ? otherSide.number !== null : false);

/** Both sides of a joint request are drawn on one paper. */
const listOtherPlaces = ({ otherSide }: RequestDetail, documentId: string) =>
  otherSide?.placements.find((one) => one.documentId === documentId)?.placements ?? [];

/**
 * What a request asked for, to be used again: its documents and papers were for it alone, and its days would be past. Why
 * it could not wait, and what was answered, is said anew.
 */
export function copyDraft(request: RequestDetail): Draft {
  const { facts } = readDraft(request);
  const fresh = {
    wantedBy: "",
    validUntil: "",
    papers: [],
    reasons: {},
    factAnswers: {},
    emergency: null,
    confidentialFixed: false,
    jointFixed: false,
    seriesId: null,
  };
  return makeDraft({ ...facts, ...fresh });
}

/** Whether two bodies say the same. */
export function isSameBody(a: DraftBody, b: DraftBody): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
