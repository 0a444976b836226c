import { companyOf, isSameCompany } from "./counterparty-branch.ts";
import { contradictsName, lacksNameOfKind, readCounterpartyKind } from "./counterparty-name.ts";
import type { Cell } from "./decision-table.ts";
import { decideByRules, type RequestFacts } from "./evaluate-rules.ts";
import { type CounterpartyKind, countAmount } from "./fact-sheet.ts";
import type { MessageCode } from "./messages.ts";
import type { OtherAmounts } from "./other-amounts.ts";
import { isSameParty } from "./parties-in-text.ts";
import type { FactValue } from "./refusal.ts";
import { type RuleSet, TABLE_IDS } from "./rule-set.ts";

/**
 * What is asked about a request that looks split, repeated or copied too often (C20): a question with room for a reason,
 * never a refusal. The sentences stand in messages.ts under `question.`.
 */
export const QUESTION_KINDS = [
  ...(["split", "repeated-document", "many-copies", "series-sum", "other-amounts"] as const),
  "added-reviewer",
  ...(["counterparty-kind", "kind-unproved"] as const),
] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

export interface RequestQuestion {
  /** The same for the same question about the same request, so that an answer finds it again. */
  readonly key: string;
  readonly kind: QuestionKind;
  readonly facts: Readonly<Record<string, FactValue>>;
  /** The other requests it is about. */
  readonly related: readonly string[];
}

/** The code of its sentence. */
export function questionCode({ kind, facts }: Pick<RequestQuestion, "kind" | "facts">): MessageCode {
  if (facts.confidential === true) return "question.confidential";
  if (kind === "split" && facts.otherPurpose === true) return "question.split.counterparty";
  if (kind === "repeated-document" && Number(facts.sealed) > 0) return "question.repeated-document.sealed";
  if (kind === "other-amounts" && facts.open === true) return "question.other-amounts.open";
  if (kind === "counterparty-kind") return `question.counterparty-kind.${facts.seen as SeenKind}`;
  return `question.${kind}` as const;
}

/** Another request of the same entity that was submitted and not turned down. */
export interface EarlierRequest {
  readonly requestId: string;
  readonly counterparty: string;
  readonly purpose: string;
  readonly amount: number | null;
  readonly currency: string;
  readonly submittedAt: number;
  /** Its files, by their digests, and whether an impression was made on them. */
  readonly digests: readonly string[];
  readonly sealed: boolean;
  readonly confidential: boolean;
  /** How many more say the very same, amount included, and are counted with it. */
  readonly unlisted?: number;
}

export interface QuestionFacts {
  readonly rules: RuleSet;
  readonly asked: RequestFacts;
  readonly counterparty: string;
  /** Whom the documents name, whoever is declared: who splits a purchase may declare a false name. */
  readonly named?: readonly string[];
  /** Names of the organisation's entities. */
  readonly ownNames?: readonly string[];
  readonly purpose: string;
  readonly documents: readonly {
    readonly documentId: string;
    readonly name: string;
    readonly digest: string;
    readonly impressions: number;
    /** What it names beside the declared amount; null for nothing. */
    readonly otherAmounts?: OtherAmounts | null;
  }[];
  readonly earlier: readonly EarlierRequest[];
  /** Who was added to other requests with the same documents and has not agreed there: how many in each. */
  readonly addedBefore?: readonly {
    readonly requestId: string;
    readonly confidential: boolean;
    readonly people: readonly string[];
  }[];
  readonly now: number;
  /** The window of the settings, in days, and how many copies are usual. */
  readonly splitWithin: number;
  readonly copiesUsual: number;
  /**
   * Of a use under a standing authorisation, which nobody reads beforehand: the counterparties that somebody agreed to
   * before as of the declared kind.
   */
  readonly agreedAsKind?: readonly string[];
  /** Of a series: how many documents, and what they come to together. */
  readonly series?: { readonly count: number; readonly sum: number | null };
}

/**
 * The facts of a question about other requests. With a confidential one among them the question says that there is one, and
 * nothing from which its amount, its counterparty or its state could be told.
 */
function sayOthers(
  others: readonly Pick<EarlierRequest, "confidential" | "unlisted">[],
  facts: RequestQuestion["facts"],
) {
  const told = others.some((one) => one.confidential) ? { confidential: true } : facts;
  return { ...told, count: others.reduce((sum, one) => sum + countOf(one), 0) };
}
const countOf = ({ unlisted = 0 }: Pick<EarlierRequest, "unlisted">): number => 1 + unlisted;

/** More requests than these are counted and not listed. */
const mostRelated = 20;
const listIds = (some: readonly { readonly requestId: string }[]): string[] =>
  some.slice(0, mostRelated).map(({ requestId }) => requestId);

/**
 * Whether an answer is worth nothing unless somebody who decides reads it: more impressions on one document than are usual, a
 * counterparty that is not of the kind it was agreed for, a reviewer who was asked of the same paper and has not agreed. That
 * one party is sold much over weeks, or the same paper comes again, is what a standing authorisation is given for.
 */
export const needsReader = (kind: RequestQuestion["kind"]): boolean =>
  kind === "many-copies" || kind === "counterparty-kind" || kind === "added-reviewer";

/** Every question about a request, in the order they are shown. */
export function listQuestions(facts: QuestionFacts): RequestQuestion[] {
  return [
    ...listSplits(facts),
    ...listSeriesSum(facts),
    ...listRepeated(facts),
    ...listAddedBefore(facts),
    ...listCopies(facts),
    ...listOtherKind(facts),
    ...listUnproved(facts),
    ...listSums(facts),
  ];
}

/** Names as they are compared: width, case, spaces and punctuation say nothing. */
export const foldName = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s\p{P}]/gu, "");

/** What a company's form is called, written out and cut short. */
const forms = [
  ["limited", "ltd"],
  ["incorporated", "inc"],
  ["corporation", "corp"],
  ["company", "co"],
] as const;
const formEnd = new RegExp(`(?:${forms.flat().join("|")})$`, "u");

/** Names of one party as they may be folded: its form at the end written out or cut short. The first is the shortest. */
export function foldedForms(name: string): string[] {
  const folded = foldName(name);
  const ends: string[][] = [];
  let stem = folded;
  // A name ends in two of them at the most: "Co., Ltd.".
  for (let end = formEnd.exec(stem); end !== null && ends.length < 2 && end.index > 0; end = formEnd.exec(stem)) {
    const [found] = end;
    const pair = forms.find((one) => one.some((word) => word === found)) ?? [found, found];
    ends.unshift([pair[1], pair[0]]);
    stem = stem.slice(0, end.index);
  }
  return ends.reduce<string[]>((begun, pair) => begun.flatMap((text) => pair.map((word) => text + word)), [stem]);
}
const foldParty = (name: string): string => foldedForms(name)[0] ?? "";

/** What may follow a company's name that was given without its form. */
const unsaidEnds = [
  "ltd",
  "limited",
  "coltd",
  "companylimited",
  "inc",
  "corp",
  "有限公司",
  "有限责任公司",
  "股份有限公司",
];
const shortestName = 4;

/**
 * Names, folded, under which requests of one party may stand: its own, its own with a form of company, and what its own begins
 * with. They are looked for by an index; which of them are that party is asked again.
 */
export function listLikeNames(name: string): string[] {
  const company = companyOf(name);
  return [...new Set([name, ...(company === name ? [] : [company])].flatMap(listWritings))];
}

function listWritings(name: string): string[] {
  const forms = foldedForms(name);
  const [stem = ""] = forms;
  const letters = [...foldName(name)];
  const from = Math.max(shortestName, Math.ceil(letters.length / 2));
  const begins = letters.slice(from - 1).map((_, at) => letters.slice(0, from + at).join(""));
  return [...new Set([...forms, ...begins, ...(stem === "" ? [] : unsaidEnds.map((end) => stem + end))])];
}

const pairsOf = (text: string): Map<string, number> => {
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
};

/** How much of both has to be in common. Parts of one purchase are told apart by a number or a word. */
const alikeFrom = 0.7;

/** Whether two purposes are the same but for a word or a number; longer texts are compared by their beginnings. */
export function isSamePurpose(a: string, b: string): boolean {
  // Figures are what parts of one thing differ in: "lot 1", "lot 2".
  const [x, y] = [a, b].map((text) =>
    foldName(text)
      .replaceAll(/[\p{N}一二三四五六七八九十]/gu, "")
      .slice(0, 500),
  ) as [string, string];
  if (x === y) return true;
  const [mine, other] = [pairsOf(x), pairsOf(y)];
  let common = 0;
  for (const [pair, count] of mine) common += Math.min(count, other.get(pair) ?? 0);
  const all = Math.max(0, x.length - 1) + Math.max(0, y.length - 1);
  return all > 0 && (2 * common) / all >= alikeFrom;
}

/** The same question asked of the same text is answered once. */
function once(ask: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    const answer = known.get(text) ?? ask(text);
    known.set(text, answer);
    return answer;
  };
}

/** The amounts at which any table changes its answer, the highest first. */
function listLimits(rules: RuleSet): number[] {
  const cells = TABLE_IDS.flatMap((table) =>
    rules[table].rows.flatMap(({ cells: { amount } }): Cell[] => (amount ? [amount] : [])),
  );
  const bounds = cells.flatMap((cell) => ("from" in cell ? [cell.from, cell.below] : []));
  return [...new Set(bounds.filter((bound): bound is number => bound !== null && bound > 0))].toSorted((a, b) => b - a);
}

/** Of several purposes, a request for less than this share of a limit is no part of what was split. */
const leastPart = 0.1;

/**
 * Amounts below a limit of the rules that together pass it: the same counterparty, the same purpose, within the window; or
 * the same counterparty alone, in a weaker sentence.
 * A limit counts where the rules would answer this very request otherwise, and only requests below it are added up: what
 * passed it went its way already.
 */
function listSplits({
  rules,
  asked,
  counterparty,
  named = [],
  purpose,
  earlier,
  now,
  splitWithin,
}: QuestionFacts): RequestQuestion[] {
  const own = countAmount(asked.amount, asked.currency, rules);
  // A branch is its company's: what is split among them is split with one party.
  const names = [...new Set([counterparty, ...named].map(companyOf))].filter((one) => foldParty(one) !== "");
  const folded = new Set(names.map(foldParty));
  if (own === null || names.length === 0) return [];
  const since = now - splitWithin * 86_400_000;
  // Like requests mostly say the same words: each name and each purpose is compared once.
  const isParty = once(
    (other) => folded.has(foldParty(companyOf(other))) || names.some((one) => isSameCompany(other, one, isSameParty)),
  );
  const isSame = once((other) => isSamePurpose(other, purpose));
  const ofParty = earlier.flatMap((one) => {
    const amount = countAmount(one.amount, one.currency, rules);
    const counts = one.submittedAt >= since && one.submittedAt <= now && amount !== null;
    const { requestId, confidential, unlisted = 0 } = one;
    return counts && isParty(one.counterparty)
      ? [{ requestId, amount, confidential, unlisted, isSame: isSame(one.purpose) }]
      : [];
  });
  const firedAt = (amount: number): string =>
    JSON.stringify(decideByRules(rules, { ...asked, amount, currency: rules.currency }).fired);
  const limits = listLimits(rules).filter((one) => one > own);
  const ask = (otherPurpose: boolean): RequestQuestion[] => {
    for (const limit of limits) {
      const parts = ofParty.filter(({ amount, isSame: like }) => amount < limit && (like || otherPurpose));
      const total = parts.reduce((sum, one) => sum + one.amount * countOf(one), own);
      if (otherPurpose && own < limit * leastPart) continue;
      if (parts.length === 0 || total < limit || firedAt(limit) === firedAt(own)) continue;
      const said = { days: splitWithin, limit: sayAmount(limit), currency: rules.currency };
      const facts = sayOthers(parts, { ...said, ...(otherPurpose ? { otherPurpose } : {}) });
      return [{ key: "split", kind: "split", facts, related: listIds(parts) }];
    }
    return [];
  };
  // What is one party's, for whatever purpose, is asked about too, though less is said by it.
  const split = ask(false);
  return split.length > 0 ? split : ask(true);
}

/** Many small documents that together pass a limit which none of them passes. */
function listSeriesSum({ rules, asked, series }: QuestionFacts): RequestQuestion[] {
  const own = countAmount(asked.amount, asked.currency, rules);
  const sum = series ? countAmount(series.sum, asked.currency, rules) : null;
  if (!series || own === null || sum === null) return [];
  const firedAt = (amount: number): string =>
    JSON.stringify(decideByRules(rules, { ...asked, amount, currency: rules.currency }).fired);
  const limit = listLimits(rules).find((one) => one > own && one <= sum && firedAt(one) !== firedAt(own));
  if (limit === undefined) return [];
  const facts = { count: series.count, limit: sayAmount(limit), sum: sayAmount(sum), currency: rules.currency };
  return [{ key: "series-sum", kind: "series-sum", facts, related: [] }];
}

const amounts = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
const sayAmount = (amount: number): string => amounts.format(amount);

/** A file that was asked for before, or was stamped already. */
function listRepeated({ documents, earlier }: QuestionFacts): RequestQuestion[] {
  return documents.flatMap(({ documentId, name, digest }): RequestQuestion[] => {
    const before = earlier.filter((one) => one.digests.includes(digest));
    if (before.length === 0) return [];
    const sealed = before.filter((one) => one.sealed);
    return [
      {
        ...{ key: `repeated-document ${documentId}`, kind: "repeated-document" },
        // Those that merely say the same have other files.
        facts: sayOthers(
          before.map(({ confidential }) => ({ confidential })),
          { document: name, sealed: sealed.length },
        ),
        related: listIds(before),
      },
    ];
  });
}

/** Reviewers who would be shed by applying anew with the same document. */
function listAddedBefore({ addedBefore = [] }: QuestionFacts): RequestQuestion[] {
  if (addedBefore.length === 0) return [];
  const people = new Set(addedBefore.flatMap((one) => one.people));
  const confidential = addedBefore.some((one) => one.confidential);
  const facts = confidential ? { confidential, count: addedBefore.length } : { count: people.size };
  return [{ key: "added-reviewer", kind: "added-reviewer", facts, related: listIds(addedBefore) }];
}

type SeenKind = Exclude<CounterpartyKind, "none" | "unknown" | "state-owned"> | "unshown";

/**
 * A counterparty that is declared as of one kind and is of another by its name, or of none that its name shows: rules and standing
 * authorisations go by it. Where nobody decides, a kind that somebody agreed to before is settled.
 */
function listOtherKind({ asked, counterparty, ownNames = [], agreedAsKind = [] }: QuestionFacts): RequestQuestion[] {
  const { external, counterpartyKind } = asked;
  if (!external || !contradictsName(counterpartyKind, counterparty, ownNames)) return [];
  const isUnshown = lacksNameOfKind(counterpartyKind, counterparty, ownNames);
  if (isUnshown && agreedAsKind.some((name) => isSameParty(name, counterparty))) return [];
  const seen = readCounterpartyKind(counterparty, ownNames) ?? "unshown";
  return [{ key: "counterparty-kind", kind: "counterparty-kind", facts: { counterparty, seen }, related: [] }];
}

/**
 * A kind that only the applicant's word bears out, where nobody is asked: its name has no word of it, and nobody agreed to a use
 * for that counterparty as one of the kind. What its name contradicts is asked about anyway.
 */
function listUnproved({ asked, counterparty, ownNames = [], agreedAsKind }: QuestionFacts): RequestQuestion[] {
  const { external, counterpartyKind: kind } = asked;
  if (agreedAsKind === undefined || !external || kind === "none" || kind === "unknown") return [];
  const isAsked = listOtherKind({ asked, counterparty, ownNames, agreedAsKind } as QuestionFacts).length > 0;
  if (isAsked || readCounterpartyKind(counterparty, ownNames) === kind) return [];
  if (agreedAsKind.some((name) => isSameParty(name, counterparty))) return [];
  return [{ key: "kind-unproved", kind: "kind-unproved", facts: { counterparty }, related: [] }];
}

/** Amounts beside the declared one, of a document that makes rights or duties: whoever decides has to see them. */
function listSums({ asked, documents }: QuestionFacts): RequestQuestion[] {
  return documents.flatMap(({ documentId, name, otherAmounts = null }): RequestQuestion[] => {
    if (!asked.makesRights || otherAmounts === null) return [];
    const { amounts: named, open } = otherAmounts;
    const facts = { document: name, amounts: named.join("; "), ...(open ? { open } : {}) };
    return [{ key: `other-amounts ${documentId}`, kind: "other-amounts", facts, related: [] }];
  });
}

/** More impressions on one document, its equal copies taken together, than is usual. */
function listCopies({ documents, copiesUsual }: QuestionFacts): RequestQuestion[] {
  const [first, total] = [new Map<string, QuestionFacts["documents"][number]>(), new Map<string, number>()];
  for (const document of documents) {
    if (!first.has(document.digest)) first.set(document.digest, document);
    total.set(document.digest, (total.get(document.digest) ?? 0) + document.impressions);
  }
  return [...first.values()].flatMap(({ documentId, name, digest }): RequestQuestion[] => {
    const count = total.get(digest) ?? 0;
    const key = `many-copies ${documentId}`;
    return count > copiesUsual
      ? [{ key, kind: "many-copies", facts: { document: name, count, usual: copiesUsual }, related: [] }]
      : [];
  });
}
