import type { DeclaredFacts, Disagreement, FactsRead } from "./declared-facts.ts";
import { baseOfClass, type DocumentClassId, type StarterClassId } from "./document-class.ts";

/** Classes that are about money as a rule: one of them without any amount is not known to be below a limit. */
const priced: ReadonlySet<StarterClassId> = new Set([
  ...(["contract", "framework-agreement", "tender", "quotation", "guarantee"] as const),
]);
export const isPriced = (id: DocumentClassId): boolean => priced.has(baseOfClass(id));

/** As it is kept in a disagreement on the amount. */
export const unstated = "unstated";
/** What names a price without a figure: prices of each order, a list of prices, an annex. */
const pricedBy = /价款|单价|价格|价目|费用|订单|报酬|\b(?:prices?|fees?|orders?|charges|remuneration|rates)\b/iu;

interface Seen {
  readonly documentId: string;
  readonly facts: FactsRead | null;
  /** It follows a template as it was registered, but for its fields: who registered it saw that it names no amount. */
  readonly isStandard: boolean;
}

/**
 * Where a paper that is about money goes outside and neither application nor documents say how much, a reviewer says that
 * it is about none, or sends it back for the amount: an amount that nobody knows is below no limit (C01). Asked once for
 * all documents, and not of what only a reader can tell, nor where a template settled it.
 */
export function findUnstatedAmount(
  declared: DeclaredFacts,
  documents: readonly Seen[],
): (Disagreement & { readonly documentId: string }) | null {
  if (declared.amountMinor !== null) return null;
  const read = documents.flatMap(({ facts, ...one }) => (facts ? [{ ...one, facts }] : []));
  const isOut = declared.external || read.some(({ facts }) => facts.counterparties.length > 0);
  if (!isOut || read.some(({ facts }) => facts.amounts.length > 0 || (facts.pictured ?? []).length > 0)) return null;
  const asked = read.find(({ facts: { documentClass, parties }, isStandard }) => {
    if (isStandard) return false;
    if (documentClass) return isPriced(documentClass.documentClass);
    return isPriced(declared.documentClass) && parties.length > 0;
  });
  if (!asked) return null;
  const { lines, documentClass } = asked.facts;
  const line = lines.find(({ text }) => pricedBy.test(text)) ?? lines[documentClass?.line ?? 0];
  const { page = 0, text = "", box = { x: 0, y: 0, width: 0, height: 0 } } = line ?? {};
  return {
    ...{ fact: "amount", read: unstated, stricter: "read", documentId: asked.documentId },
    ...{ page, text: text.slice(0, 200), box },
  };
}
