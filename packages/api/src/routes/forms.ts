import { FORM_ACTS, FORM_KINDS, FORM_STATES, mostFormDigits, SHEET_ENDS, SHEET_REPORT_STATES } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  Day,
  DocumentId,
  Done,
  EntityId,
  EntityRef,
  EvidenceId,
  LocalName,
  MatterId,
  PersonId,
  PersonRef,
  RequestId,
  SealId,
  Time,
} from "../shapes.ts";

const SeriesId = z.string().regex(/^ser_[0-9a-f-]{36}$/);
const PostingId = z.string().regex(/^fpo_[0-9a-f-]{36}$/);
const SheetReportId = z.string().regex(/^shr_[0-9a-f-]{36}$/);
const CountId = z.string().regex(/^cnt_[0-9a-f-]{36}$/);
const SeriesParams = z.object({ seriesId: SeriesId });
const FormNumber = z.number().int().min(0);
/** As people write them: `A00121-A00140, A00150`, with the prefix or without. */
const Numbers = z.string().trim().max(500);
const Words = z.string().trim().max(300);

const Counts = z.object({
  "in-stock": z.number().int(),
  issued: z.number().int(),
  used: z.number().int(),
  voided: z.number().int(),
  missing: z.number().int(),
  destroyed: z.number().int(),
});
const SeriesSummary = z.object({
  seriesId: SeriesId,
  entity: EntityRef,
  kind: z.enum(FORM_KINDS),
  kindName: LocalName,
  name: LocalName,
  prefix: z.string(),
  digits: z.number().int(),
  /** The seal that makes the forms valid. */
  seal: z.object({ sealId: SealId, number: z.string(), name: LocalName }).nullable(),
  keeper: PersonRef,
  /** Who keeps it no longer may: another keeper has to be named. */
  keeperFit: z.boolean(),
  lowMark: z.number().int(),
  low: z.boolean(),
  /** All numbers, or those that are the reader's own where he neither keeps nor watches the series. */
  whole: z.boolean(),
  counts: Counts,
});
const Range = z.object({
  first: FormNumber,
  last: FormNumber,
  written: z.string(),
  size: z.number().int(),
  state: z.enum(FORM_STATES),
  holder: PersonRef.nullable(),
});
const RequestRef = z.object({ requestId: RequestId, number: z.string().nullable(), title: z.string() });
const Posting = z.object({
  postingId: PostingId,
  act: z.enum(FORM_ACTS),
  written: z.string(),
  size: z.number().int(),
  at: Time,
  actor: PersonRef.nullable(),
  /** To whom they were issued, or from whom they came back. */
  person: PersonRef.nullable(),
  request: RequestRef.nullable(),
  matter: z.object({ matterId: MatterId, number: z.string().nullable() }).nullable(),
  evidenceId: EvidenceId.nullable(),
  words: z.string(),
  receivedOn: Day.nullable(),
  /** When the receiver confirmed that he has them; asked of what was issued alone. */
  receiptAt: Time.nullable(),
  /** Whether the reader is to confirm it. */
  mayConfirmReceipt: z.boolean(),
});
const Count = z.object({
  countId: CountId,
  state: z.enum(["waiting", "confirmed", "declined"]),
  countedBy: PersonRef.nullable(),
  countedAt: Time,
  /** Null, with every number left out, before who is to count it after the first did so. */
  total: z.number().int().nullable(),
  expected: z.number().int(),
  counted: z.string(),
  missing: z.string(),
  /** Voided, not destroyed, and not there. */
  voidedMissing: z.string(),
  found: z.string(),
  unexpected: z.string(),
  decidedBy: PersonRef.nullable(),
  decidedAt: Time.nullable(),
  note: z.string().nullable(),
  /** What the second person counted, and the numbers about which the two differ; null where nobody counted a second time. */
  second: z.object({ counted: z.string(), total: z.number().int(), differing: z.string() }).nullable(),
  mayDecide: z.boolean(),
});
const SheetReport = z.object({
  reportId: SheetReportId,
  written: z.string(),
  size: z.number().int(),
  end: z.enum(SHEET_ENDS),
  state: z.enum(SHEET_REPORT_STATES),
  reportedBy: PersonRef.nullable(),
  reportedAt: Time,
  request: RequestRef.nullable(),
  words: z.string(),
  /** The scan or photo; null for who may not open it. */
  evidenceId: EvidenceId.nullable(),
  /** Sheets whose code the platform could not read from it. */
  unread: z.string(),
  /** Whom a report waits for: the keeper, or in his place whoever watches the forms; null once it is decided. */
  waitsFor: z.enum(["keeper", "watchers"]).nullable(),
  decidedBy: PersonRef.nullable(),
  decidedAt: Time.nullable(),
  reason: z.string(),
  mayDecide: z.boolean(),
});
const SeriesBody = z.object({
  name: LocalName,
  sealId: SealId.nullable(),
  keeperId: PersonId,
  /** At so many or fewer in stock the series is marked; 0 never. */
  lowMark: z.number().int().min(0).max(1_000_000),
});

/** Controlled forms 重要空白凭证: series, ranges of numbers, what becomes of each. */
export const formRoutes = {
  "GET /v1/form-series": {
    summary: "Series one keeps, watches over, or has numbers of",
    permission: "form.read",
    response: z.object({ items: z.array(SeriesSummary) }),
  },
  "POST /v1/form-series": {
    summary: "Open a series",
    permission: "form.manage",
    idempotent: true,
    body: SeriesBody.extend({
      entityId: EntityId,
      kind: z.enum(FORM_KINDS),
      prefix: z
        .string()
        .trim()
        .max(12)
        .regex(/^[^\s,;，；、]*$/),
      digits: z.number().int().min(1).max(mostFormDigits),
    }),
    response: z.object({ seriesId: SeriesId }),
  },
  "GET /v1/form-series/:seriesId": {
    summary: "One series: where its numbers are, what was done with them, its stock-takes",
    permission: "form.read",
    params: SeriesParams,
    query: z.object({ state: z.enum(FORM_STATES).optional(), from: z.coerce.number().int().min(0).optional() }),
    response: SeriesSummary.extend({
      /** Neighbours that are alike as one, from the number asked for. */
      ranges: z.array(Range),
      /** The number from which the next ranges are asked for. */
      next: FormNumber.nullable(),
      /** At most a hundred and twenty stretches, for a picture. */
      band: z.array(z.object({ state: z.enum(FORM_STATES), size: z.number().int() })),
      postings: z.array(Posting),
      stockTakes: z.array(Count),
      /** Of a series of blank sheets: what was given out, the newest first. */
      sheets: z.array(
        z.object({
          matterId: MatterId,
          number: z.string().nullable(),
          written: z.string(),
          /** Of them those that are neither settled nor back. */
          out: z.string(),
          /** Of those out the ones whose end is reported and not confirmed. */
          reported: z.string(),
          taker: PersonRef.nullable(),
          backBy: Day,
          overdue: z.boolean(),
          /** How often the file was printed. */
          printed: z.number().int(),
          mayPrint: z.boolean(),
          /** Of them those that the reader can have sealed now; empty for everybody but who was given them. */
          toSeal: z.string(),
          /** Of them those whose receipt the reader has not confirmed yet: before, none is sealed or used. */
          toConfirm: z.string(),
          /** What was sealed of them, file by file. */
          sealed: z.array(
            z.object({
              requestId: RequestId,
              number: z.string(),
              documentId: DocumentId,
              written: z.string(),
              downloads: z.number().int(),
              /** For the keeper of the series, and for who was given them. */
              mayDownload: z.boolean(),
            }),
          ),
        }),
      ),
      /** What became of blank sheets by their takers' word: those that wait to be confirmed first, then the newest. */
      reports: z.array(SheetReport),
      /** The name of the letterhead under its sheets; null for plain ones. */
      letterhead: z.string().nullable(),
      actions: z.array(z.enum(["receive", "issue", "return", "void", "use", "report", "count", "destroy", "change"])),
    }),
  },
  "PUT /v1/form-series/:seriesId": {
    summary: "Change the keeper, the validating seal, the names or the low mark of a series",
    permission: "form.manage",
    params: SeriesParams,
    body: SeriesBody,
    response: Done,
  },
  "POST /v1/form-series/:seriesId/receive": {
    summary: "Take in a range that was delivered, as it was counted",
    permission: "form.keep",
    idempotent: true,
    params: SeriesParams,
    body: z.object({
      numbers: Numbers.min(1),
      count: z.number().int().min(1),
      from: Words.min(1),
      receivedOn: Day,
      evidenceId: EvidenceId.nullable(),
    }),
    response: Done,
  },
  "POST /v1/form-series/:seriesId/issue": {
    summary: "Issue numbers to somebody, who confirms the receipt",
    permission: "form.keep",
    idempotent: true,
    params: SeriesParams,
    body: z.object({ numbers: Numbers.min(1), toId: PersonId, purpose: Words.min(1) }),
    response: Done,
  },
  "POST /v1/form-series/:seriesId/postings/:postingId/receipt": {
    summary: "Confirm that one received what was issued",
    permission: "form.read",
    idempotent: true,
    params: SeriesParams.extend({ postingId: PostingId }),
    response: Done,
  },
  "POST /v1/form-series/:seriesId/use": {
    summary: "Say with which seal use one's numbers were used, or why with none",
    permission: "form.read",
    idempotent: true,
    params: SeriesParams,
    body: z.object({
      numbers: Numbers.min(1),
      requestId: RequestId.nullable(),
      reason: Words,
      evidenceId: EvidenceId.nullish(),
    }),
    response: Done,
  },
  "POST /v1/form-series/:seriesId/void": {
    summary: "Void numbers; the forms are kept and shown by a photo",
    permission: "form.read",
    idempotent: true,
    params: SeriesParams,
    body: z.object({ numbers: Numbers.min(1), reason: Words.min(1), evidenceId: EvidenceId.nullable() }),
    response: Done,
  },
  "POST /v1/form-series/:seriesId/sheet-reports": {
    summary:
      "Report that used copies of one's blank sheets came back, or that they were destroyed; somebody else confirms it",
    permission: "form.read",
    idempotent: true,
    params: SeriesParams,
    limitPerMinute: 20,
    body: z.object({
      numbers: Numbers.min(1),
      end: z.enum(SHEET_ENDS),
      requestId: RequestId.nullable(),
      reason: Words,
      evidenceId: EvidenceId.nullable(),
    }),
    response: z.object({ reportId: SheetReportId }),
  },
  "POST /v1/form-series/:seriesId/sheet-reports/:reportId/decision": {
    summary: "Confirm that one has the used copies or saw the sheets destroyed, or reject the report with a reason",
    permission: "form.read",
    idempotent: true,
    params: SeriesParams.extend({ reportId: SheetReportId }),
    /** `codes`: as they stand at the foot of used copies whose code was not read; without, `reason` says why nobody can read it. */
    body: z.object({ confirmed: z.boolean(), codes: z.string().trim().max(400), reason: Words }),
    response: Done,
  },
  "GET /v1/form-series/:seriesId/sheets/:matterId/file": {
    summary: "The numbered blank sheets of a matter, for the keeper to print; each time is recorded",
    permission: "form.keep",
    params: SeriesParams.extend({ matterId: MatterId }),
    limitPerMinute: 10,
    response: "binary",
    mediaType: "application/pdf",
  },
  "POST /v1/form-series/:seriesId/sheets/:matterId/request": {
    summary:
      "Begin a seal use request for one's blank sheets, with the file that the platform makes of those that remain",
    permission: "request.apply",
    params: SeriesParams.extend({ matterId: MatterId }),
    limitPerMinute: 10,
    response: z.object({ requestId: RequestId }),
  },
  "GET /v1/form-series/:seriesId/sheets/:matterId/sealed/:documentId": {
    summary: "The sealed sheets, for their keeper and who was given them; each time is recorded",
    permission: "form.read",
    params: SeriesParams.extend({ matterId: MatterId, documentId: DocumentId }),
    limitPerMinute: 10,
    response: "binary",
    mediaType: "application/pdf",
  },
  "GET /v1/form-series/:seriesId/letterhead": {
    summary: "The letterhead under the sheets of a series",
    permission: "form.read",
    params: SeriesParams,
    response: "binary",
    mediaType: "application/pdf",
  },
  "POST /v1/form-series/:seriesId/letterhead": {
    summary: "Give a series of blank sheets its letterhead, a PDF of one page; for what is given out from then on",
    permission: "form.manage",
    params: SeriesParams,
    upload: true,
    limitPerMinute: 10,
    response: Done,
  },
  "DELETE /v1/form-series/:seriesId/letterhead": {
    summary: "Take the letterhead away; later sheets are plain",
    permission: "form.manage",
    params: SeriesParams,
    response: Done,
  },
  "POST /v1/form-series/:seriesId/return": {
    summary: "Take unused numbers back into stock",
    permission: "form.keep",
    idempotent: true,
    params: SeriesParams,
    body: z.object({ numbers: Numbers.min(1) }),
    response: Done,
  },
  "POST /v1/form-series/:seriesId/stock-takes": {
    summary: "Count what lies in stock; a second person confirms",
    permission: "form.keep",
    idempotent: true,
    params: SeriesParams,
    body: z.object({ numbers: Numbers.max(4000) }),
    response: z.object({ countId: CountId }),
  },
  "POST /v1/form-series/:seriesId/stock-takes/:countId/decision": {
    summary: "Count the same stock as the second person, without seeing the first count; or decline it",
    permission: "form.read",
    idempotent: true,
    params: SeriesParams.extend({ countId: CountId }),
    /** Null declines the stock-take unseen. */
    body: z.object({ numbers: Numbers.max(4000).nullable(), note: Words }),
    response: z.object({ agrees: z.boolean() }),
  },
  "GET /v1/seal-use-requests/:requestId/forms": {
    summary: "Controlled forms that a request is to use, and what its applicant has in hand",
    permission: "request.read",
    params: z.object({ requestId: RequestId }),
    response: z.object({
      items: z.array(z.object({ seriesId: SeriesId, name: LocalName, written: z.string(), size: z.number().int() })),
      /** Only for the applicant, while he edits. */
      inHand: z.array(z.object({ seriesId: SeriesId, name: LocalName, written: z.string(), size: z.number().int() })),
      mayChange: z.boolean(),
    }),
  },
  "PUT /v1/seal-use-requests/:requestId/forms": {
    summary: "Name the controlled forms a request is to use; they become used when it is registered",
    permission: "request.apply",
    params: z.object({ requestId: RequestId }),
    body: z.object({ items: z.array(z.object({ seriesId: SeriesId, numbers: Numbers.min(1) })).max(20) }),
    response: Done,
  },
} as const satisfies Record<string, Route>;
