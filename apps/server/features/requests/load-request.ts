import { createHash } from "node:crypto";
import {
  type ApprovalSubject,
  type ApprovedSeries,
  type AttachmentKind,
  approvalDigestInput,
  type FactsRead,
  type FilledField,
  type FiredRows,
  type LimitOutput,
  type LocalName,
  type PaperFault,
  type RequestQuestion,
  type StepKind,
  type UnfinishedPlace,
  withoutFilledSpaces,
} from "@chancery/domain";
import { encodeCanonicalJson } from "@chancery/ledger";
import type { Reader } from "../../platform/db.ts";
import { type LoadedSeries, loadSeries } from "../document-series/series-of-request.ts";
import { digestOfSeries } from "../document-series/series-tree.ts";
import { type NamedForms, readNamedForms } from "../forms/request-forms.ts";
import { type LoadedSheets, loadSheets, waiveEmptySheets } from "../forms/sheets-of-request.ts";
import { type LoadedJoint, loadJoint } from "../joint/joint-rows.ts";
import { type LoadedMakeUp, loadMakeUp } from "../make-up/load-make-up.ts";
import { askedNow } from "../organisation/still-here.ts";
import { type FactsSeen, listMissingPlaces, type RequestFactsView, readFactsSeen } from "./facts-seen.ts";
import type { DocumentReading } from "./read-facts.ts";
import { namesKind } from "./read-paper.ts";
import { holdRequest, type RequestRow, type RequestSurroundings, readRow } from "./request-row.ts";

export interface StoredPlacement {
  placementId: string;
  sealId: string;
  page: number;
  xMm: number;
  yMm: number;
}
export interface StoredAnswer {
  placeId: string;
  reason: string;
}
export interface LoadedDocument {
  documentId: string;
  position: number;
  name: string;
  digest: string;
  sizeBytes: number;
  pages: { widthMm: number; heightMm: number }[];
  signatures: number;
  unfinished: UnfinishedPlace[];
  /** Digests of what its pages say. */
  pageWords: string[];
  /** Pages that are no picture of paper, from 0, while the request is edited; null where nobody has looked. */
  unscanned: readonly number[] | null;
  placements: StoredPlacement[];
  answers: StoredAnswer[];
  sealedDigest: string | null;
  sealedSize: number | null;
  sealedAt: Date | null;
}
export interface LoadedStep {
  stepId: string;
  position: number;
  kind: StepKind;
  /** What a step of named people is called. */
  title: LocalName | null;
  /** Steps of one stage wait together; those of one group are counted together. */
  stage: number;
  groupId: string;
  hours: number | null;
  dueAt: Date | null;
  remindedAt: Date | null;
  escalatedAt: Date | null;
  state: "waiting" | "current" | "approved" | "rejected" | "returned" | "voided";
  candidates: string[];
  reason: string;
  /** Who put it beside another step, and why; null for what the rules ask for. */
  added: { by: string; reason: string } | null;
  /** Of a step of named people those who are in it as heads above the applicant. */
  superiors: string[];
  /** A reviewer confirmed that the application is right, and only the other fact had asked for it. */
  dropped: { by: string; fact: string; reason: string } | null;
  /** How often it was asked in its round; of an earlier asking nothing stands. */
  asking: number;
  decidedBy: string | null;
  /** In whose place he decided. */
  decidedFor: string | null;
  decidedAt: Date | null;
  comment: string | null;
  method: string | null;
  round: number;
  /** The step of an earlier round in which it was agreed to. */
  keptFrom: string | null;
  /** Why it is asked again though it was agreed to before. */
  again: { code: string; facts: Record<string, string | null> } | null;
}
export interface LoadedAttachment {
  kind: AttachmentKind;
  evidenceId: string;
  name: string;
  digest: string;
  pageWords: string[];
  /** What speaks against it as a paper; null where nothing does, or nobody has read it yet. */
  fault: PaperFault | null;
  /** Whether it names its kind; null where it cannot be told. */
  named: boolean | null;
}
export interface LoadedRequest {
  row: RequestRow;
  around: RequestSurroundings;
  documents: LoadedDocument[];
  /** Steps of the round under way as they were asked last; earlier ones stay in the table. */
  steps: LoadedStep[];
  allSteps: LoadedStep[];
  /** Steps of the round under way that fell away when a reviewer settled a fact: nobody is asked in them. */
  dropped: LoadedStep[];
  sealIds: string[];
  /** Papers that go with it. */
  attachments: LoadedAttachment[];
  /** What the rules promised when it was submitted; null before, and for requests older than the rules. */
  limits: LimitOutput | null;
  /** What its documents say, held against what it declares. */
  facts: RequestFactsView;
  /** Controlled forms it is to use. */
  forms: NamedForms[];
  /** The series its documents are; null for documents that were handed in one by one. */
  series: LoadedSeries | null;
  /** The joint request it is one side of, and how the other side stands; null for a request of one entity. */
  joint: LoadedJoint | null;
  /** Documents that are files of blank sheets, as the platform made them. */
  sheets: LoadedSheets[];
  /** The copy of another request that it replaces, as that stands now; null for what replaces none. */
  makeUp: LoadedMakeUp | null;
  /** What was asked about it when it was submitted, with the applicant's answers; nothing before. */
  questions: AnsweredQuestion[];
}
export type AnsweredQuestion = RequestQuestion & { readonly answer: string | null };
export interface QuestionAnswer {
  key: string;
  reason: string;
}

/** Pages that are no picture of paper. What was read before this was asked tells only whether any is one. */
const listUnscanned = (facts: FactsRead | null): readonly number[] | null =>
  facts && (facts.unscanned ?? (facts.hasScans ? [] : [0]));

const readStepRows = (reader: Reader, requestId: string) =>
  reader
    .selectFrom("request_steps as st")
    .leftJoin("delegations as d", "d.delegation_id", "st.delegation_id")
    .selectAll("st")
    .select(["d.delegator_id", askedNow("st").as("asked_now")])
    .where("st.request_id", "=", requestId)
    .orderBy("st.round")
    .orderBy("st.stage")
    .orderBy("st.position")
    .execute();

/**
 * A request with its documents and steps; with `lock` the row is held until the transaction ends. What is asked of a
 * transaction that holds it already is `held`: then its blank sheets are held too, and the row need not be asked for again.
 */
export async function loadRequest(
  reader: Reader,
  requestId: string,
  lock: boolean | "held" = false,
): Promise<LoadedRequest> {
  if (lock === true) await holdRequest(reader, requestId);
  const { row, documents, around } = await readRow(reader, requestId);
  // A draft that was never submitted has none, and most checks are of drafts.
  const steps = row.round === 0 ? [] : await readStepRows(reader, requestId);
  const loaded = documents.map(
    (document): LoadedDocument => ({
      documentId: document.document_id,
      position: document.position,
      name: document.name,
      digest: document.digest,
      sizeBytes: Number(document.size_bytes),
      pages: document.pages as LoadedDocument["pages"],
      signatures: document.signatures,
      unfinished: document.unfinished as UnfinishedPlace[],
      pageWords: (document.page_words ?? []) as string[],
      unscanned: listUnscanned((document.facts ?? null) as unknown as FactsRead | null),
      placements: document.placements as StoredPlacement[],
      answers: document.answers as StoredAnswer[],
      sealedDigest: document.sealed_digest,
      sealedSize: document.sealed_size === null ? null : Number(document.sealed_size),
      sealedAt: document.sealed_at === null ? null : new Date(document.sealed_at),
    }),
  );
  const series = await loadSeries(reader, row.series_id);
  const sheets = around.hasSheets ? await loadSheets(reader, row, loaded, lock !== false) : [];
  // Sheets are drawn by the platform itself, as pictures: there is nothing on them that somebody would have to read.
  const drawnHere = new Set(sheets.map(({ documentId }) => documentId));
  const readings = documents.map((one) => {
    const facts = (one.facts ?? null) as unknown as FactsRead | null;
    return {
      ...{ documentId: one.document_id, missing: one.missing as unknown as DocumentReading["missing"] | null },
      facts: facts && drawnHere.has(one.document_id) ? { ...facts, pictured: [] } : facts,
    };
  });
  const attachments = around.attached ? await readAttachments(reader, requestId) : [];
  const facts = await readFactsSeen(reader, row, around, series, readings, attachments);
  const missing = listMissingPlaces(
    facts,
    loaded.map((document) => document.documentId),
  );
  const allSteps = steps.map(
    (step): LoadedStep => ({
      stepId: step.step_id,
      position: step.position,
      kind: step.kind as LoadedStep["kind"],
      state: step.state as LoadedStep["state"],
      candidates: step.asked_now,
      reason: String((step.rule as { reason?: string }).reason ?? "route.signatory"),
      added: (step.rule as { added?: { by: string; reason: string } }).added ?? null,
      superiors: (step.rule as { superiors?: string[] }).superiors ?? [],
      dropped: step.dropped as LoadedStep["dropped"],
      asking: step.asking,
      decidedBy: step.decided_by,
      decidedFor: step.delegator_id,
      decidedAt: step.decided_at,
      comment: step.comment,
      ...{ method: step.method, round: step.round, keptFrom: step.kept_from },
      again: (step.rule as { again?: LoadedStep["again"] }).again ?? null,
      title: step.title_en === null || step.title_zh === null ? null : { en: step.title_en, zh: step.title_zh },
      ...{ stage: step.stage, groupId: step.group_id, hours: step.hours, dueAt: step.due_at },
      ...{ remindedAt: step.reminded_at, escalatedAt: step.escalated_at },
    }),
  );
  const ofRound = listStanding(allSteps.filter((step) => step.round === row.round));
  return {
    row,
    documents: waiveEmptySheets(
      loaded.map((document) => ({
        ...document,
        unfinished: [
          ...withoutFilledSpaces(document.unfinished, listFilledIn(facts.seen, document.documentId)),
          ...(missing.get(document.documentId) ?? []),
        ],
      })),
      sheets,
    ),
    ...{ around, facts, series, sheets },
    steps: ofRound.filter((step) => step.dropped === null),
    dropped: ofRound.filter((step) => step.dropped !== null),
    allSteps,
    attachments,
    limits: row.limits as LimitOutput | null,
    forms: around.namesForms ? await readNamedForms(reader, requestId) : [],
    joint: await loadJoint(reader, row),
    makeUp: await loadMakeUp(reader, row, loaded, lock !== false),
    questions: (row.questions ?? []) as AnsweredQuestion[],
    sealIds: [...new Set(loaded.flatMap((document) => document.placements.map((placement) => placement.sealId)))],
  };
}

/** Of steps that were asked again after a return, the last asking alone stands. */
export function listStanding<S extends { groupId: string; asking: number }>(steps: readonly S[]): S[] {
  const last = new Map<string, number>();
  for (const { groupId, asking } of steps) last.set(groupId, Math.max(asking, last.get(groupId) ?? 0));
  return steps.filter((step) => step.asking === last.get(step.groupId));
}

async function readAttachments(reader: Reader, requestId: string): Promise<LoadedAttachment[]> {
  const rows = await reader
    .selectFrom("request_attachments as a")
    .innerJoin("evidence as e", "e.evidence_id", "a.evidence_id")
    .leftJoin("paper_readings as p", "p.digest", "e.digest")
    .select(["a.kind", "a.evidence_id", "e.name", "e.digest", "p.fault", "p.page_words", "p.kinds"])
    .where("a.request_id", "=", requestId)
    .orderBy("a.position")
    .execute();
  return rows.map((row) => ({
    ...{ kind: row.kind as AttachmentKind, evidenceId: row.evidence_id, name: row.name, digest: row.digest },
    ...{ fault: row.fault, pageWords: (row.page_words ?? []) as string[] },
    named: namesKind(row.kinds, row.kind as AttachmentKind),
  }));
}

type Approved = Pick<
  LoadedRequest,
  "row" | "documents" | "series" | "forms" | "attachments" | "questions" | "joint" | "makeUp"
>;

/** Documents of a series by their one digest; the tables hold that each of them has the same seals. */
function subjectOfSeries(series: LoadedSeries, documents: readonly LoadedDocument[]): ApprovedSeries {
  // Reckoned anew each time it is asked for: a document that changed is another series.
  const root = digestOfSeries(documents.map(({ digest }) => digest));
  return {
    ...{ root, count: documents.length, templateVersion: series.versionId, listDigest: series.listDigest },
    ...{ sum: series.sum, placements: (documents[0]?.placements ?? []).map(withoutId) },
  };
}

const subjectOfPaper = ({ copies, paper_reason, paper_printed_by }: RequestRow) => ({
  ...{ copies: copies ?? 0, reason: paper_reason },
  ...(paper_printed_by === null ? {} : { printedBy: paper_printed_by }),
});

const withoutId = ({ sealId, page, xMm, yMm }: StoredPlacement) => ({ sealId, page, xMm, yMm });

/** What is approved of a request as it stands in the tables now. */
export function subjectOfRequest({
  row,
  documents,
  series,
  forms,
  attachments,
  questions,
  joint,
  makeUp,
}: Approved): ApprovalSubject {
  return {
    number: row.number ?? "",
    round: row.round,
    entityId: row.entity_id ?? "",
    applicantId: row.applicant_id,
    handlerId: row.handler_id,
    documentClass: row.document_class ?? "",
    external: row.external,
    counterparty: row.counterparty,
    amount: row.amount,
    currency: row.currency,
    title: row.title,
    purpose: row.purpose,
    validUntil: row.valid_until,
    documents: (series ? [] : documents).map((document) => ({
      documentId: document.documentId,
      digest: document.digest,
      placements: document.placements.map(withoutId),
    })),
    ...(series ? { series: subjectOfSeries(series, documents) } : {}),
    // What names none is approved as it ever was.
    ...(forms.length > 0 ? { forms } : {}),
    ...(attachments.length > 0 ? { attachments: attachments.map(({ kind, digest }) => ({ kind, digest })) } : {}),
    ...(row.standing_id === null ? {} : { standing: row.standing_id }),
    ...(joint ? { joint: { jointId: joint.jointId, otherEntityId: joint.other.entityId } } : {}),
    ...(row.emergency_reason === null || row.emergency_until === null
      ? {}
      : { emergency: { reason: row.emergency_reason, until: row.emergency_until.toISOString() } }),
    ...(row.use_mode === "by-hand" ? { byHand: subjectOfPaper(row) } : {}),
    ...(makeUp
      ? {
          makeUp: {
            ...{ requestId: makeUp.requestId, copy: makeUp.copy, cause: makeUp.cause, reason: makeUp.reason },
            evidence: makeUp.evidence.digest,
          },
        }
      : {}),
    ...(questions.length > 0 ? { questions } : {}),
    ...(row.counterparty_kind === null ? {} : { counterpartyKind: row.counterparty_kind }),
    ...(row.facts_seen === null ? {} : { facts: describeFacts(row) }),
    ...(row.rules_version === null
      ? {}
      : { rules: { version: row.rules_version, fired: row.rules_fired as unknown as FiredRows } }),
  };
}

/** What approvals, release and confirmation are bound to, as canonical JSON (RFC 8785), of the tables as they are now. */
export function encodeApprovalSubject(request: Approved): Uint8Array {
  const subject = subjectOfRequest(request);
  const canonical = encodeCanonicalJson(JSON.parse(JSON.stringify(approvalDigestInput(subject))));
  if (!canonical.ok) throw new Error(`a request has no canonical form: ${canonical.code}`);
  return canonical.value;
}

/** The digest that approvals, release and confirmation are bound to, of the request as it stands in the tables now. */
export function digestOfRequest(request: Approved): string {
  return `sha256:${createHash("sha256").update(encodeApprovalSubject(request)).digest("hex")}`;
}

/** What decided, as it is approved: without the places, which are only where to look. */
function describeFacts(row: Pick<RequestRow, "facts_seen" | "fact_answers">): NonNullable<ApprovalSubject["facts"]> {
  const { decisive, blocking, classes, disagreements, templates } = row.facts_seen as unknown as FactsSeen;
  return {
    ...{ decisive, blocking, answers: row.fact_answers as { key: string; reason: string }[] },
    ...(classes ? { classes } : {}),
    disagreements: disagreements.map(({ key, stricter }) => ({ key, stricter })),
    templates: templates.map(({ documentId, versionId, verdict }) => ({ documentId, versionId, verdict })),
  };
}

/** What a document that follows a template, word for word, has filled into it. */
const listFilledIn = ({ templates }: FactsSeen, documentId: string): readonly FilledField[] =>
  templates.find((one) => one.documentId === documentId && (one.verdict === "same-but-fields" || one.toRead))?.filled ??
  [];

/** Places of the documents that are blank and not answered. */
export function openPlaces(documents: readonly LoadedDocument[]): number {
  let open = 0;
  for (const document of documents) {
    const answered = new Set(document.answers.map((answer) => answer.placeId));
    open += document.unfinished.filter((place) => !place.answerable || !answered.has(place.placeId)).length;
  }
  return open;
}
