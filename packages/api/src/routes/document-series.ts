import { z } from "zod";
import type { Route } from "../route.ts";
import {
  Digest,
  DocumentClass,
  DocumentId,
  DocumentSeriesId,
  Done,
  EntityRef,
  List,
  LocalName,
  PersonRef,
  RefusalView,
  RequestId,
  TemplateVersionId,
  Time,
} from "../shapes.ts";

const Fault = z.object({
  /** The row of the sheet; null for what is wrong with the list as a whole. */
  row: z.number().int().nullable(),
  column: LocalName.nullable(),
  refusal: RefusalView,
});
const Series = z.object({
  seriesId: DocumentSeriesId,
  state: z.enum(["making", "ready", "faulty"]),
  entity: EntityRef,
  template: z.object({ versionId: TemplateVersionId, name: LocalName, documentClass: DocumentClass }),
  listName: z.string(),
  begunAt: Time,
  /** How many documents there will be, and how many there are. */
  total: z.number().int(),
  made: z.number().int(),
  currency: z.string(),
  largest: z.string().nullable(),
  sum: z.string().nullable(),
  counterparty: z.string(),
  /** How many of them whoever decides will have to open. */
  sample: z.number().int(),
  /** On the first one the seals are placed, for all of them. */
  first: DocumentId.nullable(),
  root: Digest.nullable(),
  faults: z.array(Fault),
});
const params = z.object({ seriesId: DocumentSeriesId });

/** Series: one template and a list, many documents, applied for and decided together. */
export const documentSeriesRoutes = {
  "GET /v1/templates/versions/:versionId/list": {
    summary: "An empty list for a template: a column for each of its fields, other side and amount",
    permission: "request.apply",
    params: z.object({ versionId: TemplateVersionId }),
    query: z.object({ language: z.enum(["en", "zh"]), format: z.enum(["xlsx", "csv"]) }),
    response: "binary",
    mediaType: "application/octet-stream",
  },
  "POST /v1/document-series": {
    summary: "Hand in a list (XLSX, CSV) for a template; its documents are made, or every error is told by line",
    permission: "request.apply",
    upload: true,
    limitPerMinute: 20,
    query: z.object({ versionId: TemplateVersionId, currency: z.string().regex(/^[A-Z]{3}$/) }),
    response: z.object({ seriesId: DocumentSeriesId.nullable(), faults: z.array(Fault) }),
  },
  "GET /v1/document-series/:seriesId": {
    summary: "A series: how far its documents are made, and what is wrong with it",
    permission: "request.read",
    params,
    response: Series,
  },
  "GET /v1/document-series/:seriesId/lines": {
    summary: "Its documents in their order, which of them were drawn, who opened them, and whether they are sealed",
    permission: "request.read",
    params,
    query: z.object({
      /** The request whose openings and sealed files are told. */
      requestId: RequestId.optional(),
      search: z.string().trim().max(100).optional(),
      after: z.coerce.number().int().min(0).max(1000).optional(),
    }),
    response: List(
      z.object({
        nr: z.number().int(),
        documentId: DocumentId,
        name: z.string(),
        counterparty: z.string(),
        amount: z.string().nullable(),
        digest: Digest,
        drawn: z.boolean(),
        opened: z.array(z.object({ by: PersonRef.nullable(), at: Time })),
        sealed: z.boolean(),
      }),
    ),
  },
  "GET /v1/document-series/:seriesId/lines/:nr/proof": {
    summary: "The hashes that lead from one document to the digest of its series (RFC 6962)",
    permission: "request.read",
    params: params.extend({ nr: z.coerce.number().int().min(1).max(1000) }),
    response: z.object({
      nr: z.number().int(),
      total: z.number().int(),
      /** The text whose hash is the leaf. */
      leaf: z.string(),
      hashes: z.array(Digest),
      root: Digest,
    }),
  },
  "POST /v1/seal-use-requests/:requestId/opened": {
    summary: "Whoever is asked to decide puts on record that he opened one of the drawn documents",
    permission: "request.decide",
    params: z.object({ requestId: RequestId }),
    body: z.object({ documentId: DocumentId }),
    response: Done,
  },
  "GET /v1/seal-use-requests/:requestId/sealed": {
    summary: "Every sealed file of a request in one archive (ZIP), with the proof of each against the series' digest",
    permission: "request.read",
    params: z.object({ requestId: RequestId }),
    response: "binary",
    mediaType: "application/zip",
  },
} as const satisfies Record<string, Route>;
