import type { AmountRead } from "./amounts-in-text.ts";
import { type CountedMoney, type DeclaredFacts, type FactsRead, listOwnAmounts } from "./declared-facts.ts";
import { baseOfClass, type ClassBook, classIn } from "./document-class.ts";
import { countAmount } from "./fact-sheet.ts";
import { headLines, isAnnexTitle } from "./papers-in-text.ts";
import { isSameParty } from "./parties-in-text.ts";

/** What several documents of one application are about together. */
export interface DealsTogether {
  /** In hundredths of the currency's unit. */
  readonly minor: number;
  readonly currency: string;
  /** What the rules count it as, where they were asked. */
  readonly counts: number | null;
  /** The document with the largest amount, by its place among those asked, and the line that says it. */
  readonly at: number;
  readonly line: number;
  /** The total and what it is made of, as it is shown: CNY 3,000.00 = 1,000.00 + 2,000.00. */
  readonly text: string;
  /** How many documents were added up. */
  readonly deals: number;
}

/** An offer and a bill say the amount of the contract that they come with once more. */
const restating: ReadonlySet<string> = new Set(["quotation", "invoice-document"]);
/** Parts of a sum that are told one by one. */
const mostParts = 6;

/** What one file holds, paper by paper: each with its own lines, and with what stands in them. */
export function splitPapers(facts: FactsRead): FactsRead[] {
  const { papers = [], ...whole } = facts;
  if (papers.length === 0) return [facts];
  const starts = [{ line: 0, documentClass: facts.documentClass, tongue: facts.tongue }, ...papers];
  return starts.map(({ line: from, documentClass, tongue }, at) => {
    const to = starts[at + 1]?.line ?? facts.lines.length;
    const within = <T extends { readonly line: number }>(items: readonly T[]): T[] =>
      items.flatMap((item) => (item.line >= from && item.line < to ? [{ ...item, line: item.line - from }] : []));
    return {
      ...whole,
      ...(tongue ? { tongue } : {}),
      documentClass: documentClass && { ...documentClass, line: documentClass.line - from },
      ...{ parties: within(facts.parties), counterparties: within(facts.counterparties) },
      ...{ amounts: within(facts.amounts), dates: within(facts.dates), lines: facts.lines.slice(from, to) },
      outsiders: at === 0 ? (facts.outsiders ?? null) : null,
      deal: at === 0 ? (facts.deal ?? null) : null,
      hidden:
        typeof facts.hidden === "number" && facts.hidden >= from && facts.hidden < to ? facts.hidden - from : null,
    };
  });
}

/**
 * Without the papers that say an earlier one in the other language, where one of them says that there are two: the same sums
 * once more, and the same parties by names that nobody can compare.
 */
export function dropOtherTongue<T extends { readonly facts: FactsRead | null }>(papers: readonly T[]): T[] {
  if (!papers.some(({ facts }) => facts?.inTwoTongues)) return [...papers];
  const taken = new Set<T>();
  return papers.filter((paper, at) => {
    const first = papers.slice(0, at).find((one) => !taken.has(one) && isSaidAgain(one.facts, paper.facts));
    if (first) taken.add(first).add(paper);
    return !first;
  });
}

const isSaidAgain = (one: FactsRead | null, other: FactsRead | null): boolean =>
  one?.tongue !== undefined &&
  other?.tongue !== undefined &&
  one.tongue !== other.tongue &&
  (one.inTwoTongues === true || other.inTwoTongues === true) &&
  !haveOtherNumbers(one, other) &&
  sayAmounts(one) !== "" &&
  sayAmounts(one) === sayAmounts(other);
/** The number that a paper bears at its head. */
const paperNumber =
  /(?:合同|协议|文件)?(?:编号|号码|合同号)\s{0,4}[:：.]?\s{0,4}([\p{N}A-Z][\p{N}A-Z/_-]{0,30})|\b(?:contract|agreement|ref|reference)?\s?(?:no|nr|number)\b\.?\s{0,2}:?\s{0,4}([\p{N}A-Z][\p{N}A-Z/_-]{0,30})/iu;
const numberOf = ({ lines }: FactsRead): string | null => {
  for (const { text } of lines.slice(0, headLines)) {
    const [, han, latin] = paperNumber.exec(text.slice(0, 200)) ?? [];
    const number = han ?? latin;
    if (number !== undefined && /\p{N}/u.test(number)) return number.toUpperCase();
  }
  return null;
};
/** Papers of two numbers are two, whatever language each is in. */
function haveOtherNumbers(one: FactsRead, other: FactsRead): boolean {
  const [a, b] = [numberOf(one), numberOf(other)];
  return a !== null && b !== null && a !== b;
}
const sayAmounts = ({ amounts }: FactsRead): string =>
  [...new Set(amounts.flatMap(({ minor, reckoned }) => (reckoned ? [] : [minor])))].toSorted((a, b) => a - b).join();

/**
 * Whether a document binds somebody by itself: its class makes rights, or, where its class cannot be told, it names somebody
 * outside and is no annex.
 */
export const isDealOfItsOwn = (facts: FactsRead | null, book: ClassBook): facts is FactsRead => {
  if (facts === null) return false;
  if (facts.documentClass !== null) return classIn(book, facts.documentClass.documentClass).makesRights;
  return (
    facts.counterparties.length > 0 && !facts.lines.slice(0, headLines).some(({ text }) => isAnnexTitle.test(text))
  );
};

/**
 * Adds up what the documents of one application are about, of each its largest amount, so that many small contracts are not
 * one small contract (C20). Null where fewer than two of them bind somebody for money.
 */
export function addDealsTogether(
  declared: Pick<DeclaredFacts, "currency">,
  documents: readonly (FactsRead | null)[],
  book: ClassBook,
  money?: CountedMoney,
): DealsTogether | null {
  const own = declared.currency ?? money?.currency ?? "";
  const currencyOf = ({ currency }: AmountRead): string => currency ?? own;
  const count = (amount: AmountRead): number =>
    money ? (countAmount(amount.minor / 100, currencyOf(amount), money) ?? 0) : amount.minor / 100;
  const deals = documents.flatMap((facts, at) => {
    const [amount] = isDealOfItsOwn(facts, book) ? listOwnAmounts(facts).toSorted((a, b) => count(b) - count(a)) : [];
    return amount && facts
      ? [{ at, amount, facts, base: facts.documentClass && baseOfClass(facts.documentClass.documentClass) }]
      : [];
  });
  const contracts = deals.filter(({ base }) => base === null || !restating.has(base));
  // Each contract has one offer and one bill of its own sum and party; another one is another deal.
  const restated = new Set<string>();
  const counted = deals.filter((deal) => {
    if (contracts.includes(deal)) return true;
    const own = contracts.find(
      (one) =>
        one.amount.minor === deal.amount.minor &&
        areOfOne(one.facts, deal.facts) &&
        !restated.has(`${one.at} ${deal.base}`),
    );
    if (own) restated.add(`${own.at} ${deal.base}`);
    return own === undefined;
  });
  const [largest] = counted.toSorted((a, b) => count(b.amount) - count(a.amount));
  if (!largest || counted.length < 2) return null;
  const isOneCurrency = counted.every(({ amount }) => currencyOf(amount) === currencyOf(largest.amount));
  const counts = money ? counted.reduce((sum, { amount }) => sum + count(amount), 0) : null;
  const currency = isOneCurrency || !money ? currencyOf(largest.amount) : money.currency;
  const minor =
    isOneCurrency || counts === null
      ? counted.reduce((sum, { amount }) => sum + amount.minor, 0)
      : Math.round(counts * 100);
  const parts = counted
    .slice(0, mostParts)
    .map(({ amount }) => (isOneCurrency ? sayMinor(amount.minor) : `${currencyOf(amount)} ${sayMinor(amount.minor)}`));
  const text = `${currency} ${sayMinor(minor)} = ${parts.join(" + ")}${counted.length > mostParts ? " + …" : ""}`;
  return { minor, currency, counts, at: largest.at, line: largest.amount.line, text, deals: counted.length };
}

const sayMinor = (minor: number): string => (minor / 100).toFixed(2).replace(/\B(?=(?:\d{3})+\.)/gu, ",");

/** Whether two papers are about one counterparty; a bill that names none goes with its contract. */
const areOfOne = (one: FactsRead, other: FactsRead): boolean =>
  other.counterparties.length === 0 ||
  other.counterparties.some((a) => one.counterparties.some((b) => isSameParty(a.name, b.name)));
