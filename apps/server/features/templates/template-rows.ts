import { createHash } from "node:crypto";
import {
  type DocumentClassId,
  type PageText,
  readDocumentText,
  readTemplate,
  type TemplateMark,
  type TemplateText,
} from "@chancery/domain";
import { encodeCanonicalJson } from "@chancery/ledger";

/** What somebody decides when he decides on a template. */
export interface TemplateFacts {
  readonly templateId: string;
  readonly entityId: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly documentClass: DocumentClassId;
  readonly language: "zh" | "en" | "both";
  readonly fileDigest: string;
  readonly marks: readonly TemplateMark[];
}

/** The digest of everything that is decided on: the file, its fields, its class, its name. */
export function digestTemplate(facts: TemplateFacts): string {
  const canonical = encodeCanonicalJson(JSON.parse(JSON.stringify(facts)));
  if (!canonical.ok) throw new Error(`a template has no canonical form: ${canonical.code}`);
  return `sha256:${createHash("sha256").update("chancery template v1\n").update(canonical.value).digest("hex")}`;
}

/** The columns of a row that say what the template says. */
interface TextColumns {
  readonly texts: unknown;
  readonly marks: unknown;
}

/** A template as it is compared, from its row. */
export function textOfTemplate(row: TextColumns): TemplateText {
  return readTemplate(readDocumentText(row.texts as PageText[]), row.marks as TemplateMark[]);
}
