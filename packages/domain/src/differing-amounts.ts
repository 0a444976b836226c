import { type AmountRead, asRead } from "./amounts-in-text.ts";
import { closeUp } from "./chinese-forms.ts";
import type { DocumentLine } from "./document-text.ts";

/** Amounts in words beside which the figures say something else. */
export function listDifferingAmounts(
  all: readonly AmountRead[],
  lines: readonly DocumentLine[],
): { readonly words: AmountRead; readonly figures: AmountRead }[] {
  const amounts = all.filter(({ reckoned }) => reckoned !== true);
  const figures = Map.groupBy(
    amounts.filter(({ form }) => form === "figures"),
    ({ line }) => line,
  );
  return amounts.flatMap((words) => {
    if (words.form !== "words") return [];
    const own = lines[words.line];
    const onLine = own ? listBeside(words, figures.get(words.line) ?? [], asRead(own)) : [];
    const beside = onLine.length > 0 ? onLine : listNeighbours(figures, lines, words.line);
    const [first] = beside;
    if (first === undefined || beside.some(({ minor }) => minor === words.minor)) return [];
    return [{ words, figures: first }];
  });
}

/** Where a clause ends; not the comma within a figure. */
const clauseEnd = /[。;!?]|(?<!\d),|,(?!\d{3})|\.(?=\s+\p{Lu})/gu;
const sentenceEnd = /[。;!?]|\.(?=\s+\p{Lu})/gu;
/** What a clause begins with that only says the same amount again. */
const againInFigures = /^[^\p{L}\p{N}]*(?:小写|即|in figures|[¥$€£]|RMB|CNY|USD|US\$|HK\$|EUR|GBP|人民币\s?[\d¥])/iu;
const againInWords = /^[^\p{L}\p{N}]*(?:人民币)?[^\p{L}\p{N}]*(?:大写|in words|say\b)/iu;

/**
 * Figures of the same line that say the same amount as the words: those in their own clause; else those of the same sentence
 * where either clause only says the amount again. What another clause of the line is about is another sum.
 */
function listBeside(words: AmountRead, figures: readonly AmountRead[], text: string): readonly AmountRead[] {
  const partAt = (from: number, end: RegExp): number =>
    [...text.matchAll(end)].filter(({ index }) => index < from).length;
  const clauseOf = ({ from }: AmountRead): string => {
    const ends = [...text.matchAll(clauseEnd)].map(({ index }) => index);
    const begins = ends.findLast((index) => index < from) ?? -1;
    return text.slice(begins + 1, ends.find((index) => index >= from) ?? text.length);
  };
  const inClause = figures.filter(({ from }) => partAt(from, clauseEnd) === partAt(words.from, clauseEnd));
  if (inClause.length > 0) return inClause;
  const saysAgain = againInWords.test(clauseOf(words));
  return figures.filter(
    (one) =>
      partAt(one.from, sentenceEnd) === partAt(words.from, sentenceEnd) &&
      (saysAgain || againInFigures.test(clauseOf(one))),
  );
}

/** Figures of the next line or the one before, where that line goes on with the same amount. */
function listNeighbours(
  figures: ReadonlyMap<number, readonly AmountRead[]>,
  lines: readonly DocumentLine[],
  at: number,
): readonly AmountRead[] {
  if (
    /^[^\p{L}\p{N}]{0,2}(?:小写|¥|RMB|CNY|USD|US\$|即|in figures)/iu.test(
      closeUp(lines[at + 1]?.text ?? "").slice(0, 40),
    )
  )
    return figures.get(at + 1) ?? [];
  if (
    /^[^\p{L}\p{N}]{0,2}(?:人民币)?[^\p{L}\p{N}]{0,2}(?:大写|in words|say\b)/iu.test(
      closeUp(lines[at]?.text ?? "").slice(0, 40),
    )
  )
    return figures.get(at - 1) ?? [];
  return [];
}
