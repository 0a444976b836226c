import {
  FINAL_COPY_STATES,
  FINAL_PAGE_VERDICTS,
  FINAL_RULINGS,
  FINAL_VERDICTS,
  mostFinalFiles,
  SHEET_HINTS,
} from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import { DocumentId, Done, EvidenceId, FinalCopyId, PersonRef, RequestId, Time } from "../shapes.ts";

const RequestParams = z.object({ requestId: RequestId });
const FinalParams = RequestParams.extend({ finalCopyId: FinalCopyId });
const Copy = z.number().int().min(1).max(1000);
const Place = z.object({ xMm: z.number(), yMm: z.number(), widthMm: z.number(), heightMm: z.number() });

const FinalCopies = z.object({
  /** Until when a final copy is asked for; null where none is. */
  dueAt: Time.nullable(),
  /** Copies whose scan, or pages that it lacks, the reader may bring now. */
  mayBring: z.array(Copy),
  finals: z.array(
    z.object({
      finalCopyId: FinalCopyId,
      copy: Copy,
      state: z.enum(FINAL_COPY_STATES),
      verdict: z.enum([...FINAL_VERDICTS, "not-readable", "too-many-sheets"]).nullable(),
      by: PersonRef.nullable(),
      at: Time,
      /** How far the comparison is; null before the sheets were counted. */
      sheetsRead: z.number().int(),
      sheets: z.number().int().nullable(),
      /** Each approved page in its order, then sheets that are none, without a page. */
      pages: z.array(
        z.object({
          documentId: DocumentId.nullable(),
          /** From 1, within its document. */
          page: z.number().int().nullable(),
          verdict: z.enum(FINAL_PAGE_VERDICTS),
          /** The sheet of the scan, from 1; null of a page that is missing. */
          sheet: z.number().int().nullable(),
          hint: z.enum(SHEET_HINTS).nullable(),
          /** Where it differs, or was signed, in millimetres of the approved page. */
          places: z.array(Place),
        }),
      ),
      ruling: z
        .object({ ruling: z.enum(FINAL_RULINGS), reason: z.string(), by: PersonRef.nullable(), at: Time })
        .nullable(),
      mayRule: z.boolean(),
    }),
  ),
});

/** The copy that all parties signed, back as a scan and compared with what was approved. */
export const finalCopiesRoutes = {
  "GET /v1/seal-use-requests/:requestId/final-copies": {
    summary: "Final copies that came back as a scan, with what each page says against the approved one",
    permission: "request.read",
    params: RequestParams,
    response: FinalCopies,
  },
  "POST /v1/seal-use-requests/:requestId/final-copies": {
    summary: "Bring the final copy back: a scan as PDF, or photos in the order of the pages; or pages that it lacked",
    permission: "request.read",
    idempotent: true,
    params: RequestParams,
    body: z.object({ copy: Copy, evidenceIds: z.array(EvidenceId).min(1).max(mostFinalFiles) }),
    response: z.object({ finalCopyId: FinalCopyId }),
  },
  "POST /v1/seal-use-requests/:requestId/final-copies/:finalCopyId/ruling": {
    summary: "Say what a final copy is that differs: as approved after all, an agreed change, or not agreed",
    permission: "request.read",
    idempotent: true,
    params: FinalParams,
    body: z.object({ ruling: z.enum(FINAL_RULINGS), reason: z.string().trim().min(1).max(500) }),
    response: Done,
  },
  "GET /v1/seal-use-requests/:requestId/final-copies/:finalCopyId/sheets/:sheet": {
    summary: "A sheet of the scan as a small picture",
    permission: "request.read",
    params: FinalParams.extend({ sheet: z.coerce.number().int().min(1).max(1000) }),
    response: "binary",
    mediaType: "image/jpeg",
  },
} as const satisfies Readonly<Record<string, Route>>;
