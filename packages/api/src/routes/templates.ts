import { FIELD_KINDS } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  BoxMm,
  Digest,
  DocumentClass,
  Done,
  EntityId,
  EntityRef,
  LocalName,
  MatterId,
  MatterState,
  PersonRef,
  RefusalView,
  TemplateId,
  TemplateVersionId,
  Time,
} from "../shapes.ts";

const Language = z.enum(["zh", "en", "both"]);
const Size = z.number().min(0).max(10_000);
/** A field as somebody draws it: a box on a page, in millimetres from the top left of the page as it is shown. */
const Mark = z.strictObject({
  name: z.string().trim().min(1).max(60),
  kind: z.enum(FIELD_KINDS),
  /** A Chinese character counts as two. */
  mostCharacters: z.number().int().min(1).max(400),
  page: z.number().int().min(0).max(2000),
  place: z.strictObject({ x: Size, y: Size, width: Size, height: Size }),
});
const Version = z.object({
  versionId: TemplateVersionId,
  templateId: TemplateId,
  /** Counted from 1 as they took force; null for a draft. */
  number: z.number().int().nullable(),
  state: z.enum(["draft", "in-force", "replaced", "withdrawn"]),
  name: LocalName,
  documentClass: DocumentClass,
  language: Language,
  entity: EntityRef,
  fileName: z.string(),
  pages: z.array(z.object({ widthMm: z.number(), heightMm: z.number() })),
  writtenBy: PersonRef.nullable(),
  updatedAt: Time,
  inForceAt: Time.nullable(),
  endedAt: Time.nullable(),
  /** Requests that were submitted with a document made from it. */
  uses: z.number().int(),
  /** The newest matter that asks, or asked, for it. */
  matter: z.object({ matterId: MatterId, number: z.string().nullable(), state: MatterState }).nullable(),
});
const Detail = z.object({
  version: Version,
  /** What a change is made on; goes up with every save. */
  revision: z.number().int(),
  /** Of all that is decided on; a matter names it. */
  digest: Digest,
  fileDigest: Digest,
  /** Whether the reader wrote it. */
  mine: z.boolean(),
  marks: z.array(Mark),
  /** What may be filled in: drawn fields, and what the text itself leaves open. */
  fields: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(FIELD_KINDS),
      mostCharacters: z.number().int(),
      page: z.number().int(),
      box: BoxMm,
      /** Which of the drawn fields it is; null for one that was found. */
      mark: z.number().int().nullable(),
    }),
  ),
  /** What keeps it from being proposed. */
  faults: z.array(RefusalView),
  /** Of a draft: why no series could be made from it, tried with short values. It may be proposed all the same. */
  seriesFaults: z.array(RefusalView),
});
const params = z.object({ versionId: TemplateVersionId });

/** Templates: standard documents with fields. A draft is written by who runs the seals, and decided on as a matter. */
export const templateRoutes = {
  "GET /v1/templates": {
    summary: "Templates with their versions; drafts for who may write templates of their entity",
    permission: "rules.read",
    response: z.object({
      items: z.array(Version),
      /** Entities whose templates the reader may write. */
      mayWriteIn: z.array(EntityRef),
      /** Whether a Word file may be uploaded, too: this server turns it into a PDF. */
      takesWord: z.boolean(),
    }),
  },
  "POST /v1/templates": {
    summary:
      "Begin a template from a PDF, or a Word file where LibreOffice is there; its class, language and fields are read from it",
    permission: "rules.write",
    upload: true,
    limitPerMinute: 30,
    response: z.object({ versionId: TemplateVersionId }),
  },
  "GET /v1/templates/versions/:versionId": {
    summary: "One version of a template with the fields found in it",
    permission: "rules.read",
    params,
    response: Detail,
  },
  "PUT /v1/templates/versions/:versionId": {
    summary: "Save what is said of a draft and the fields drawn on it; answers the fields as they are found then",
    permission: "rules.write",
    params,
    limitPerMinute: 120,
    body: z.object({
      revision: z.number().int(),
      entityId: EntityId,
      name: LocalName,
      documentClass: DocumentClass,
      language: Language,
      /** The template it is a new version of; null for a new one. */
      replaces: TemplateId.nullable(),
      marks: z.array(Mark).max(200),
    }),
    response: Detail,
  },
  "DELETE /v1/templates/versions/:versionId": {
    summary: "Discard a draft",
    permission: "rules.write",
    params,
    response: Done,
  },
  "GET /v1/templates/versions/:versionId/file": {
    summary: "The template's PDF, to be filled in",
    permission: "rules.read",
    params,
    response: "binary",
    mediaType: "application/pdf",
  },
} as const satisfies Record<string, Route>;
