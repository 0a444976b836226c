import { CONTROL_IDS } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  BothTexts,
  Day,
  Digest,
  Done,
  EntityRef,
  LocalName,
  MatterId,
  MatterState,
  PersonRef,
  Presence,
  RuleBookVersionId,
  Time,
} from "../shapes.ts";

const Article = z.object({
  id: z.string(),
  number: z.number().int(),
  text: z.string(),
  items: z.array(z.string()),
  controls: z.array(z.enum(CONTROL_IDS)),
  from: z.array(z.string()),
});
const Book = z.object({
  title: z.string(),
  chapters: z.array(z.object({ id: z.string(), title: z.string(), articles: z.array(Article) })),
});
/** The text of a version as it is kept, both languages under one digest. */
export const StoredRuleBook = z.object({ en: Book, zh: Book });

const Version = z.object({
  versionId: RuleBookVersionId,
  version: z.number().int(),
  digest: Digest,
  writtenBy: PersonRef.nullable(),
  writtenAt: Time,
  /** The newest matter that asks, or asked, for its publication. */
  matter: z.object({ matterId: MatterId, number: z.string().nullable(), state: MatterState }).nullable(),
  /** Null while it is a draft. */
  inForceOn: Day.nullable(),
  confirmBy: Time.nullable(),
  state: z.enum(["draft", "in-force", "replaced"]),
});
const Words = z.array(z.object({ kind: z.enum(["same", "removed", "added"]), text: z.string() }));
const Differences = z.array(
  z.object({
    id: z.string(),
    kind: z.enum(["changed", "added", "removed"]),
    number: z.number().int(),
    chapter: BothTexts,
    en: Words,
    zh: Words,
  }),
);
const Text = z.object({
  text: StoredRuleBook,
  /** Names of what articles are written from. */
  sources: z.record(z.string(), LocalName),
});

/** The organisation's seal rules: written from its settings, published as versions, read and confirmed. */
export const ruleBookRoutes = {
  "GET /v1/rule-book": {
    summary:
      "The rule book in force, or as it would be written today; in what settings of today differ from it; what waits for the reader",
    permission: "rule-book.read",
    response: Text.extend({
      /** The version in force; null where none was published: the text is then what would be written today. */
      inForce: Version.nullable(),
      versions: z.array(Version),
      /** Articles that would say something else if it were written today. */
      differences: Differences,
      mine: z.object({
        /** Whether the reader holds a position, and so is bound by it. */
        bound: z.boolean(),
        confirmedAt: Time.nullable(),
        confirmBy: Time.nullable(),
        /** What a confirmation is bound to; null where there is nothing to confirm. */
        digest: Digest.nullable(),
      }),
      mayWrite: z.boolean(),
      /** Entities in which the reader may ask for a publication. */
      mayAskIn: z.array(EntityRef),
    }),
  },
  "GET /v1/rule-book/versions/:versionId": {
    summary: "A version as it was written, and in what it differs from the one before it in force",
    permission: "rule-book.read",
    params: z.object({ versionId: RuleBookVersionId }),
    response: Text.extend({ version: Version, before: Version.nullable(), differences: Differences }),
  },
  "GET /v1/rule-book/versions/:versionId/file": {
    summary: "A version as a PDF to print, in one language",
    permission: "rule-book.read",
    params: z.object({ versionId: RuleBookVersionId }),
    query: z.object({ language: z.enum(["en", "zh"]) }),
    response: "binary",
    mediaType: "application/pdf",
    limitPerMinute: 20,
  },
  "POST /v1/rule-book/versions": {
    summary: "Write a version from the settings of now; it is a draft until its publication was approved",
    permission: "rule-book.write",
    body: z.object({}),
    response: Version,
  },
  "POST /v1/rule-book/confirmations": {
    summary: "Confirm with a proof of presence to have read the version in force",
    permission: "rule-book.read",
    body: z.object({ versionId: RuleBookVersionId, digest: Digest, presence: Presence }),
    response: Done,
  },
  "GET /v1/rule-book/confirmations": {
    summary: "Who is bound by the version in force, who has confirmed it, and who is overdue",
    permission: "audit.read",
    response: z.object({
      version: z.number().int().nullable(),
      items: z.array(
        z.object({ person: PersonRef, confirmedAt: Time.nullable(), confirmBy: Time, overdue: z.boolean() }),
      ),
    }),
  },
} as const satisfies Record<string, Route>;
