import { type DocumentClassId, documentClasses } from "./document-class.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { findScopeFault, nameKind, type SealOfKind } from "./seal-kind.ts";
import type { SealType } from "./vocabulary.ts";

export interface SealForEntry extends SealOfKind {
  readonly sealId: string;
  readonly inUse: boolean;
}

export interface EntryDecision {
  readonly refusals: readonly Refusal[];
  /** Seals of the entity that may stand on such a document, the most fitting first. */
  readonly suggested: readonly string[];
}

/** Whether these seals may stand on a document of this class, and which would be right (C06, C07). */
export function decideSealForDocument(
  seals: readonly SealForEntry[],
  documentClass: DocumentClassId,
  external: boolean,
  ofEntity: readonly SealForEntry[],
): EntryDecision {
  const fitting = documentClasses[documentClass].sealTypes;
  // What the organisation allows beyond the product's own order comes after it.
  const rank = (type: SealType): number => (fitting.includes(type) ? fitting.indexOf(type) : fitting.length);
  const refusals: Refusal[] = [];
  for (const seal of seals) {
    const fault = findScopeFault(seal, documentClass, external);
    if (fault === "internal-outside")
      refusals.push(refuse("entry.internal-seal-outside", { sealType: nameKind(seal), documentClass }, "C06"));
    else if (fault === "wrong-class")
      refusals.push(refuse("entry.wrong-seal", { sealType: nameKind(seal), documentClass }, "C07"));
    if (!seal.inUse) refusals.push(refuse("entry.seal-not-in-use", { sealType: nameKind(seal) }, "C10"));
  }
  const suggested = ofEntity
    .filter((seal) => seal.inUse && findScopeFault(seal, documentClass, external) === null)
    .toSorted((a, b) => rank(a.type) - rank(b.type))
    .map((seal) => seal.sealId);
  return { refusals, suggested };
}
