import { ELECTRONIC_USES } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  BoxMm,
  DocumentClass,
  DocumentId,
  EntityRef,
  LocalName,
  MatterId,
  MatterState,
  StarterClass,
  Time,
} from "../shapes.ts";
import { DocumentView } from "./request-parts.ts";

/** A class of documents in one of its versions. */
const ClassVersion = z.object({
  version: z.number().int(),
  name: LocalName,
  makesRights: z.boolean(),
  /** Whether such documents usually leave the organisation. */
  external: z.boolean(),
  /** Whether an application for such a document begins as a confidential one; its applicant may say otherwise. */
  confidential: z.boolean(),
  /** Whether an electronic seal comes first, is possible, or is no use, and why it does not come first. */
  electronic: z.enum(ELECTRONIC_USES),
  electronicReason: z.object({ en: z.string(), zh: z.string() }),
  /** Of an own class: kinds of seals that may stand on it, the most fitting first. Of a starter class their kinds say it. */
  sealKinds: z.array(z.string()),
  /** Words in a title by which such a document is recognised, besides those of its base. */
  words: z.array(z.string()),
  /** Chosen no more. */
  retired: z.boolean(),
  /** Null for what the product itself says. */
  inForceAt: Time.nullable(),
  matterId: MatterId.nullable(),
});

/** Documents before and beside a request: their classes, their bytes, what stands where in them. */
export const documentRoutes = {
  "GET /v1/document-classes": {
    summary: "Classes of documents as they are now, with the seals that may be used on them and their earlier versions",
    permission: "session",
    response: z.object({
      items: z.array(
        ClassVersion.extend({
          documentClass: DocumentClass,
          /** Added by the organisation. */
          own: z.boolean(),
          base: StarterClass,
          /** Kinds of seals that may stand on it today, the most fitting first. */
          kinds: z.array(z.object({ kindId: z.string(), name: LocalName })),
          /** Oldest first, without the newest. */
          earlier: z.array(ClassVersion),
          /** What is asked for and not decided; only for who may ask. */
          asked: z.object({ matterId: MatterId, number: z.string().nullable(), state: MatterState }).nullable(),
        }),
      ),
      /** Every kind of seal there is, to choose from. */
      kinds: z.array(z.object({ kindId: z.string(), name: LocalName })),
      /** Where the reader may ask for a change. */
      mayAskIn: z.array(EntityRef),
    }),
  },
  "POST /v1/documents": {
    summary: "Upload a document; answers whether it can be sealed and what is unfinished in it",
    permission: "request.apply",
    upload: true,
    limitPerMinute: 60,
    response: DocumentView,
  },
  "GET /v1/documents/:documentId": {
    summary: "One document",
    permission: "request.read",
    params: z.object({ documentId: DocumentId }),
    response: DocumentView,
  },
  "GET /v1/documents/:documentId/file": {
    summary:
      "The document's bytes, for those who may read the request; of blank sheets a marked copy, for those who need it",
    permission: "request.read",
    params: z.object({ documentId: DocumentId }),
    response: "binary",
    mediaType: "application/pdf",
  },
  "GET /v1/documents/:documentId/places": {
    summary: "Where a text stands in the document, or, without one, the words at which a seal is usually set",
    permission: "request.apply",
    params: z.object({ documentId: DocumentId }),
    query: z.object({ text: z.string().trim().min(1).max(100).optional() }),
    response: z.object({ places: z.array(z.object({ text: z.string(), page: z.number().int(), box: BoxMm })) }),
  },
} as const satisfies Record<string, Route>;
