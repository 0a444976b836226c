import { isBlank } from "./blank-text.ts";
import type { DocumentClassId } from "./document-class.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { LocalName } from "./vocabulary.ts";
import { addDays } from "./working-days.ts";

export const APPLICATION_FIELDS = [
  "title",
  "documentClass",
  "purpose",
  "documents",
  "placements",
  "counterparty",
  "entity",
] as const;
/** What an application must say before it can be submitted. */
export type ApplicationField = (typeof APPLICATION_FIELDS)[number];

export const applicationFieldNames: Readonly<Record<ApplicationField, LocalName>> = {
  title: { en: "title", zh: "标题" },
  documentClass: { en: "class of the document", zh: "文件类别" },
  purpose: { en: "purpose", zh: "用途" },
  documents: { en: "document", zh: "文件" },
  placements: { en: "place of the seal", zh: "用印位置" },
  counterparty: { en: "counterparty", zh: "相对方" },
  entity: { en: "entity", zh: "单位" },
};

export interface ApplicationFacts {
  readonly title: string;
  readonly purpose: string;
  readonly documentClass: DocumentClassId | null;
  readonly external: boolean;
  readonly counterparty: string;
  /** Null where none is chosen or there is no such entity. */
  readonly entityId: string | null;
  /** How many impressions each document asks for. */
  readonly impressions: readonly number[];
  /** The entities its seals belong to. */
  readonly sealEntities: readonly string[];
  /** Last day, YYYY-MM-DD. */
  readonly validUntil: string | null;
  readonly today: string;
}

/** What the application leaves open. */
export function listMissingFields(facts: ApplicationFacts): ApplicationField[] {
  const missing: Readonly<Record<ApplicationField, boolean>> = {
    title: isBlank(facts.title),
    documentClass: facts.documentClass === null,
    purpose: isBlank(facts.purpose),
    documents: facts.impressions.length === 0,
    placements: facts.impressions.some((count) => count === 0),
    counterparty: facts.external && isBlank(facts.counterparty),
    entity: facts.entityId === null,
  };
  return APPLICATION_FIELDS.filter((field) => missing[field]);
}

/** What speaks against the application as such: seals of two entities on one request, a validity that is over or too long. */
export function listApplicationRefusals(facts: ApplicationFacts): Refusal[] {
  const refusals: Refusal[] = [];
  const { validUntil, today } = facts;
  if (validUntil !== null && validUntil < today) refusals.push(refuse("entry.valid-until-past", {}));
  if (validUntil !== null && validUntil.slice(0, 4) > today.slice(0, 4))
    refusals.push(refuse("entry.valid-until-next-year", {}));
  if (facts.sealEntities.some((entityId) => entityId !== facts.entityId))
    refusals.push(refuse("entry.seals-of-two-entities", {}));
  return refusals;
}

/** Where nothing is said, a request is valid as long as the rules let it, at most to the end of the year it was submitted in. */
export function lastDayOfValidity(validUntil: string | null, today: string, validDays: number | null = null): string {
  if (validUntil !== null) return validUntil;
  const endOfYear = `${today.slice(0, 4)}-12-31`;
  const last = validDays === null ? endOfYear : addDays(today, validDays);
  return last < endOfYear ? last : endOfYear;
}
