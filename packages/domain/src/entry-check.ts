import { type ClassBook, classIn, type DocumentClassId, nameClass } from "./document-class.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { findScopeFault, nameKind, type SealOfKind } from "./seal-kind.ts";

export interface SealForEntry extends SealOfKind {
  readonly sealId: string;
  /** Its type, or the organisation's own kind. */
  readonly kindId: string;
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
  book: ClassBook,
): EntryDecision {
  const fitting = classIn(book, documentClass).sealKinds;
  const named = nameClass(book, documentClass);
  // What the organisation allows beyond the class's own order comes after it.
  const rank = ({ kindId, type }: SealForEntry): number => {
    const at = fitting.includes(kindId) ? fitting.indexOf(kindId) : fitting.indexOf(type);
    return at === -1 ? fitting.length : at;
  };
  const refusals: Refusal[] = [];
  for (const seal of seals) {
    const fault = findScopeFault(seal, documentClass, external);
    if (fault === "internal-outside")
      refusals.push(refuse("entry.internal-seal-outside", { sealType: nameKind(seal), documentClass: named }, "C06"));
    else if (fault === "wrong-class")
      refusals.push(refuse("entry.wrong-seal", { sealType: nameKind(seal), documentClass: named }, "C07"));
    if (!seal.inUse) refusals.push(refuse("entry.seal-not-in-use", { sealType: nameKind(seal) }, "C10"));
  }
  const suggested = ofEntity
    .filter((seal) => seal.inUse && findScopeFault(seal, documentClass, external) === null)
    .toSorted((a, b) => rank(a) - rank(b))
    .map((seal) => seal.sealId);
  return { refusals, suggested };
}
