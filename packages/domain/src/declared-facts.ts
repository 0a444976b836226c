import { type AmountRead, readAmounts } from "./amounts-in-text.ts";
import { findUnnamedDeal } from "./binding-papers.ts";
import { asSimplified } from "./chinese-forms.ts";
import { type ClassRead, readClassIn } from "./class-in-text.ts";
import { type DateRead, readDates } from "./dates-in-text.ts";
import { listDifferingAmounts } from "./differing-amounts.ts";
import { baseOfClass, type ClassBook, classIn, type DocumentClassId, type StarterClassId } from "./document-class.ts";
import type { DocumentLine, DocumentText, TextBox } from "./document-text.ts";
import { listClosing } from "./entity-in-text.ts";
import { countAmount } from "./fact-sheet.ts";
import { findHiddenDeal } from "./hidden-deals.ts";
import { asideWords } from "./money-words.ts";
import {
  findPapers,
  headLines,
  isAnnexTitle,
  type PaperRead,
  readTongue,
  saysTwoTongues,
  type Tongue,
} from "./papers-in-text.ts";
import {
  findOutsiders,
  isOwnParty,
  isSameParty,
  namesCompanies,
  type PartyRead,
  readParties,
} from "./parties-in-text.ts";
import { isScan, listPicturedPages } from "./pictured-pages.ts";
import { listShownOtherwise, type PageShownOtherwise } from "./shown-otherwise.ts";
import { signatureWords } from "./signature-blocks.ts";
import { readCompanies, readUnnamedParties } from "./signing-parties.ts";
import type { UnfinishedKind, UnfinishedPlace } from "./unfinished-places.ts";
import { isUnreadLanguage } from "./unread-language.ts";
import { sketchWords } from "./word-sketch.ts";

/** What a document says of itself, as far as its text tells. */
export interface FactsRead {
  readonly documentClass: ClassRead | null;
  readonly parties: readonly PartyRead[];
  /** Parties that are none of the organisation's own entities. */
  readonly counterparties: readonly PartyRead[];
  /** Companies that its text names and gives no part; those of others once it is asked whose are ours. Not there in what was read before this was asked. */
  readonly companies?: readonly PartyRead[];
  /** The line that addresses customers, suppliers or others outside without a name; null where none does, and not there in what was read before this was asked. */
  readonly outsiders?: number | null;
  /** Where no class was read: the line by which it makes rights if it names somebody outside; null where none does, and not there in what was read before this was asked. */
  readonly deal?: number | null;
  /** The line by which a paper for the house alone would bind it to somebody outside; null where none does, and not there in what was read before this was asked. */
  readonly hidden?: number | null;
  readonly amounts: readonly AmountRead[];
  readonly dates: readonly DateRead[];
  readonly lines: readonly DocumentLine[];
  /** Pictures may say what the text does not. */
  readonly hasScans: boolean;
  /** Pages that are no picture of paper, from 0; not there in what was read before this was asked. */
  readonly unscanned?: readonly number[];
  /** Papers that begin behind the first one in the same file; not there where there is one. */
  readonly papers?: readonly PaperRead[];
  /** Not there in what was read before this was asked. */
  readonly tongue?: Tongue;
  /** Whether it says that it is there in two languages. */
  readonly inTwoTongues?: boolean;
  /** Pages, from 0, whose pictures say what they say, so that nothing of it was read; not there in what was read before this was asked. */
  readonly pictured?: readonly number[];
  /** What it says in short, to know it again; not there in what was read before this was asked. */
  readonly sketch?: readonly number[];
  /** It is written in a language that is not read; not there where it is not, and in what was read before this was asked. */
  readonly unreadLanguage?: boolean;
  /** Lines that may hold a name beside the place of a seal; not there in what was read before this was asked. */
  readonly closing?: readonly number[];
  /** Pages that show something else than what was read of them; not there where none does, and in what was read before this was asked. */
  readonly otherwise?: readonly PageShownOtherwise[];
}

/** What the applicant declares. */
export interface DeclaredFacts {
  readonly documentClass: DocumentClassId;
  readonly external: boolean;
  readonly counterparty: string | null;
  /** In hundredths of the currency's unit. */
  readonly amountMinor: number | null;
  readonly currency: string | null;
}

/**
 * What is declared; `unread` is all of it, where a document's pages are pictures that nothing was read of, and `shown` where a
 * page shows something else than what was read of it; `language` where it is written in one that is not read; `entity` is
 * whose seal is asked for; `paper` is what a file beside the documents was handed in as.
 */
export const DECLARED_FACTS = [
  ...(["class", "external", "counterparty", "amount", "unread", "shown", "language", "entity", "paper"] as const),
] as const;
export type DeclaredFact = (typeof DECLARED_FACTS)[number];
export interface Disagreement {
  readonly fact: DeclaredFact;
  readonly read: string;
  /** Which of the two decides until a reviewer confirms the other. */
  readonly stricter: "declared" | "read";
  readonly page: number;
  readonly text: string;
  readonly box: TextBox;
  /** Of a disagreement on the amount: what the document says, in hundredths, and what the rules count it as. */
  readonly amount?: { readonly minor: number; readonly currency: string | null; readonly counts?: number };
}

/** The currency that the rules count in, and what they count others as. */
export interface CountedMoney {
  readonly currency: string;
  readonly rates: Readonly<Record<string, number>>;
}

/** Share of a page under a picture from which on the picture may hold text. */
const scanned = 0.3;

/** The class a document seems to be of by its own text. */
export const readClassOf = (document: DocumentText, book: ClassBook): DocumentClassId | null =>
  readClassIn(
    document.pages.flatMap((page) => page.lines),
    book,
  )?.documentClass ?? null;

export function readFacts(document: DocumentText, ownNames: readonly string[], book: ClassBook): FactsRead {
  const lines = document.pages.flatMap((page) => page.lines);
  const named = readParties(lines);
  const parties = [...named, ...readUnnamedParties(lines)];
  const amounts = readAmounts(lines);
  const papers = findPapers({ lines, parties: named, amounts }, ownNames, book);
  const documentClass = readClassIn(lines, book);
  const pictured = listPicturedPages(document.pages);
  const otherwise = listShownOtherwise(document.pages, pictured);
  const isAnnex = lines.slice(0, headLines).some(({ text }) => isAnnexTitle.test(text));
  return {
    documentClass,
    parties,
    counterparties: parties.filter(({ name }) => name !== "" && !isOwnParty(name, ownNames)),
    companies: readCompanies(lines).filter(({ name }) => !isOwnParty(name, ownNames)),
    outsiders: findOutsiders(lines),
    deal: documentClass || isAnnex ? null : findUnnamedDeal(lines, listOwnAmounts({ amounts, lines })),
    hidden: findHiddenDeal(lines, listOwnAmounts({ amounts, lines }), ownNames),
    amounts,
    dates: readDates(lines),
    lines,
    hasScans: document.pages.some((page) => page.imageCoverage > scanned),
    ...(papers.length > 0 ? { papers } : {}),
    tongue: readTongue(lines.slice(0, papers[0]?.line)),
    inTwoTongues: saysTwoTongues(lines),
    unscanned: document.pages.flatMap((page) => (isScan(page) ? [] : [page.index])),
    pictured,
    sketch: sketchWords(document),
    closing: listClosing(lines),
    ...(isUnreadLanguage(lines) ? { unreadLanguage: true } : {}),
    ...(otherwise.length > 0 ? { otherwise } : {}),
  };
}

/** Whether a document read as of one class is one of the other: a title that names the base does not speak against an own class. */
export const bearsOut = (read: DocumentClassId, declared: DocumentClassId): boolean =>
  read === declared || read === baseOfClass(declared);

/**
 * Where what was declared and what the document says disagree; the stricter decides until a reviewer says otherwise. An
 * amount in another currency is held against the declared one by what the rules count it as; without them it is not.
 */
export function compareDeclared(
  declared: DeclaredFacts,
  read: FactsRead,
  book: ClassBook,
  money?: CountedMoney,
): Disagreement[] {
  const found: Disagreement[] = [];
  const add = (fact: DeclaredFact, value: string, stricter: "declared" | "read", line: number): void => {
    const { page = 0, text = "", box = { x: 0, y: 0, width: 0, height: 0 } } = read.lines[line] ?? {};
    found.push({ fact, read: value, stricter, page, text: text.slice(0, 200), box });
  };
  const seen = read.documentClass ?? readUnnamed(declared, read, book);
  const [other] = read.counterparties;
  const isOther = seen !== null && !bearsOut(seen.documentClass, declared.documentClass);
  const asRead = isOther ? seen.documentClass : declared.documentClass;
  const isInside = isForInside(asRead, book);
  // What is for the house alone shows by what it does that it is not, where nobody outside has a part in it by name.
  const hidden = isInside ? (read.hidden ?? null) : null;
  const outside = other?.line ?? read.outsiders ?? findStranger(declared, read) ?? hidden;
  const isNotice = seen !== null && baseOfClass(seen.documentClass) === "internal-notice";
  // A notice that is addressed outside is a letter, whatever its heading.
  const isLetter = isNotice && outside !== null && baseOfClass(declared.documentClass) === "official-letter";
  // What is for the house alone and goes outside is none of it, and nothing says what it is instead.
  const isUnknown = outside !== null && !isLetter && isInside;
  const said = isUnknown ? { documentClass: "other" as const, line: outside } : isOther && !isLetter ? seen : null;
  if (said && !bearsOut(said.documentClass, declared.documentClass)) {
    const isLooser =
      classIn(book, declared.documentClass).makesRights &&
      (isUnknown || !classIn(book, said.documentClass).makesRights);
    add("class", said.documentClass, isLooser ? "declared" : "read", said.line);
  }
  if (!declared.external && outside !== null) add("external", "true", "read", outside);
  if (declared.external && isNotice && outside === null) add("external", "false", "declared", seen.line);
  const { counterparty } = declared;
  if (counterparty && other && !read.counterparties.some(({ name }) => isSameParty(name, counterparty)))
    add("counterparty", other.name, "read", other.line);
  // Who stands for a debt, or has a part of his own, is another party than the one that was declared.
  for (const { name, line } of counterparty ? read.counterparties.filter((one) => isThirdRole(one.role)) : [])
    if (counterparty && !isSameParty(name, counterparty) && !found.some((one) => one.read === name))
      add("counterparty", name, "read", line);
  const amount = compareAmount(declared, read, money);
  if (amount) {
    add("amount", amount.read.text, amount.stricter, amount.read.line);
    const [last] = found.splice(-1);
    const { minor, currency } = amount.read;
    const counts = money && countRead(amount.read, declared, money);
    if (last) found.push({ ...last, amount: { minor, currency, ...(counts === undefined ? {} : { counts }) } });
  }
  const recurring = findRecurring(declared, read);
  if (recurring) add("amount", writeRecurring(recurring), "read", recurring.line);
  return found;
}

/** An amount that is due again and again, where nothing says how often: the declared one may be a single one of them. */
const findRecurring = ({ amountMinor, currency }: DeclaredFacts, read: FactsRead): AmountRead | undefined =>
  listOwnAmounts(read)
    .toSorted((a, b) => b.minor - a.minor)
    .find(
      (one) =>
        one.recurs === true &&
        (amountMinor === null ||
          amountMinor < one.minor * 2 ||
          (currency !== null && one.currency !== null && one.currency !== currency)),
    );
/** As it is kept in a disagreement on the amount. */
const recursMark = "recurs ";
const writeRecurring = ({ text, currency }: AmountRead): string =>
  `${recursMark}${currency === null || /^[^\d]*\p{L}|元/u.test(text) ? text : `${currency} ${text}`}`;
/** The amount that recurs, by a disagreement; null where it tells of another thing. */
export const readRecurring = (read: string): string | null =>
  read.startsWith(recursMark) ? read.slice(recursMark.length) : null;

/** Parts of whoever is neither of the two sides. */
const thirdRole = /^(?:丙方|丁方|担保[方人]|保证人|party [cd]|guarantor)/iu;
const isThirdRole = (role: string): boolean => thirdRole.test(asSimplified(role));
/** Whether a document names somebody as neither of its two sides. */
export const isThirdParty = (name: string, { counterparties }: Pick<FactsRead, "counterparties">): boolean =>
  counterparties.some((one) => one.name === name && isThirdRole(one.role));

/** Whether documents of a class stay within the organisation, and make no rights. */
const isForInside = (id: DocumentClassId, book: ClassBook): boolean => {
  const { external, makesRights } = classIn(book, id);
  return !external && !makesRights;
};

/** The line of a contract in which another company stands, where no word says what part it has. */
function findStranger(declared: DeclaredFacts, { documentClass, companies = [] }: FactsRead): number | null {
  const base = baseOfClass(documentClass?.documentClass ?? declared.documentClass);
  return base === "contract" || base === "framework-agreement" ? (companies[0]?.line ?? null) : null;
}

/** A paper that nothing names and that makes rights is another document: a class that makes none can not be taken for it. */
function readUnnamed(declared: DeclaredFacts, { deal = null, counterparties }: FactsRead, book: ClassBook) {
  const isMild = !classIn(book, declared.documentClass).makesRights;
  const isDeal = isMild && deal !== null && counterparties.length > 0;
  return isDeal ? { documentClass: "other" as const, line: deal } : null;
}

/** What the rules count an amount of the document as; where it names no currency it is in the declared one. */
const countRead = ({ minor, currency }: AmountRead, declared: DeclaredFacts, money: CountedMoney): number =>
  countAmount(minor / 100, currency ?? declared.currency ?? money.currency, money) ?? 0;

/** A sum that is said again in another currency beside it comes to about the same. */
const about = { least: 0.7, most: 1.4 };

/** What names a price, whatever else stands beside it: a price may include the insurance. */
const priceWords = /价款|总价|价格|货款|合同(?:金额|价)|\bprice\b|\bcontract (?:value|sum|amount)\b|\bpurchase\b/iu;
/** Where a sentence or a part of it ends: what stands before says nothing of what comes after. */
const partEnd = /[。；;]|[.!?]\s|,\s(?!\d)|，/u;

/** Amounts that a document is about: not who the parties are, what is insured, what a breach costs, by the words that lead to them. */
export const listOwnAmounts = (read: Pick<FactsRead, "amounts" | "lines">): AmountRead[] =>
  read.amounts.filter((amount) => {
    const line = asSimplified(read.lines[amount.line]?.text ?? "");
    if (!asideWords.test(line)) return true;
    const at = line.indexOf(asSimplified(amount.text));
    // Where the figure cannot be found again in its line, all of the line leads to it.
    const before = at === -1 ? line : (line.slice(0, at).split(partEnd).at(-1) ?? "");
    return priceWords.test(before) || !(asideWords.test(before) || isNamedAfter(line, at + amount.text.length, at));
  });

/** A penalty is named behind its sum, too: 支付 50,000 元违约金, CNY 50,000 as liquidated damages. */
const isNamedAfter = (line: string, end: number, at: number): boolean =>
  at !== -1 && asideWords.test(line.slice(end, end + namedWithin).split(/[。；;,，(（]/u)[0] ?? "");
const namedWithin = 24;

function compareAmount(
  declared: DeclaredFacts,
  read: FactsRead,
  money: CountedMoney | undefined,
): { read: AmountRead; stricter: "declared" | "read" } | null {
  const { amountMinor, currency } = declared;
  const told = listOwnAmounts(read);
  const count = (amount: AmountRead): number => (money ? countRead(amount, declared, money) : amount.minor / 100);
  const byCount = (amounts: readonly AmountRead[]): AmountRead[] => amounts.toSorted((a, b) => count(b) - count(a));
  const [largest] = byCount(told);
  if (!largest) return null;
  if (amountMinor === null) return { read: largest, stricter: "read" };
  const isOther = (amount: AmountRead): boolean =>
    currency !== null && amount.currency !== null && amount.currency !== currency;
  const own = money ? (countAmount(amountMinor / 100, currency ?? money.currency, money) ?? 0) : 0;
  // What the rules have no rate for counts as more than anything: a smaller sum that they can count never takes its place.
  if (told.every(isOther)) return { read: largest, stricter: own > count(largest) ? "declared" : "read" };
  const ofOwn = told.filter((amount) => !isOther(amount));
  const isSaidAgain = (amount: AmountRead): boolean =>
    count(amount) >= own * about.least &&
    count(amount) <= own * about.most &&
    ofOwn.some(({ minor, line }) => minor === amountMinor && Math.abs(line - amount.line) <= 1);
  const [foreign] = money
    ? byCount(told.filter((amount) => isOther(amount) && count(amount) > own && !isSaidAgain(amount)))
    : [];
  const [largestOwn] = ofOwn.toSorted((a, b) => b.minor - a.minor);
  if (!largestOwn) return null;
  const [greater] = byCount([...(foreign ? [foreign] : []), ...(largestOwn.minor > amountMinor ? [largestOwn] : [])]);
  if (greater) return { read: greater, stricter: "read" };
  return told.some(({ minor }) => minor === amountMinor) ? null : { read: largestOwn, stricter: "declared" };
}

type Needed = "party" | "amount" | "date";
/** What a document of a class, or of one based on it, has to say before it can be sealed. */
const neededFacts: Readonly<Partial<Record<StarterClassId, readonly Needed[]>>> = {
  contract: ["party", "amount", "date"],
  "framework-agreement": ["party", "date"],
  "labour-contract": ["party", "date"],
  quotation: ["party", "amount", "date"],
  guarantee: ["party", "amount", "date"],
  "invoice-document": ["amount"],
  "authorisation-letter": ["date"],
  "employment-certificate": ["date"],
};
const paidFor =
  /价款|金额|价格|总价|费用|报酬|租金|付款|支付|\b(?:price|amount|pay|payment|fees?|rent|remuneration)\b/iu;
/** A line that leaves the date to whoever signs. */
const openDate = /日期|签[订署字]于|年\s{0,12}月\s{0,12}日|\bdate\b|\bdated\b/iu;

/** What the document of a class ought to say and does not, and amounts whose words and figures differ (C05). */
export function findMissingFacts(read: FactsRead, documentClass: StarterClassId): UnfinishedPlace[] {
  const places: UnfinishedPlace[] = [];
  const add = (kind: UnfinishedKind, line: DocumentLine | undefined, text = line?.text ?? ""): void => {
    const { page = 0, box = null } = line ?? {};
    places.push({ placeId: `m-${kind}-${places.length}`, page, kind, text: text.slice(0, 120), box, answerable: true });
  };
  for (const { words, figures } of listDifferingAmounts(read.amounts, read.lines))
    add("amount-words-differ", read.lines[words.line], `${words.text} / ${figures.text}`);
  const needed = read.hasScans ? [] : (neededFacts[documentClass] ?? []);
  const said = read.lines.map((line) => line.text);
  if (needed.includes("party")) {
    const open = read.parties.filter(
      (party) => party.name === "" && isNowhereNamed(party, read) && !isInBlock(party, read),
    );
    for (const { line } of open) add("missing-party", read.lines[line]);
    if (open.length === 0 && !read.parties.some(({ name }) => name !== "") && !namesCompanies(read.lines))
      add("missing-party", undefined);
  }
  // A contract that nobody pays for has no amount.
  const isPaid = documentClass !== "contract" || said.some((text) => paidFor.test(text));
  if (needed.includes("amount") && isPaid && read.amounts.length === 0)
    add(
      "missing-amount",
      read.lines.find(({ text }) => paidFor.test(text)),
    );
  if (needed.includes("date") && read.dates.length === 0 && !said.some((text) => openDate.test(text)))
    add("missing-date", undefined);
  return places;
}

const isNowhereNamed = (open: PartyRead, { parties }: FactsRead): boolean =>
  !parties.some(({ role, name }) => name !== "" && role === open.role);

/** The name of who seals comes with the seal. */
const isInBlock = ({ line }: PartyRead, { lines }: FactsRead): boolean =>
  [lines[line], lines[line + 1], lines[line - 1]].some(
    (near) => near !== undefined && near.page === lines[line]?.page && signatureWords.test(near.text.slice(0, 400)),
  );
