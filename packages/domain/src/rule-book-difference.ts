import type { RuleArticle, RuleBook } from "./rule-book.ts";

/** A stretch of words that both texts have, or one of them. */
export interface WordRun {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}
export interface ArticleDifference {
  readonly id: string;
  readonly kind: "changed" | "added" | "removed";
  /** Its number in the book that has it; the newer one where both do. */
  readonly number: number;
  readonly chapter: string;
  readonly words: readonly WordRun[];
  readonly from: readonly string[];
}

/** Words, single Chinese characters and what stands between them; joined again they are the text. */
const splitWords = (text: string): string[] =>
  text.match(/\p{Script=Han}|[\p{L}\p{N}]+(?:[.'’][\p{L}\p{N}]+)*|\s+|./gsu) ?? [];

const wordsOf = (article: RuleArticle): string =>
  [article.text, ...article.items.map((item) => `• ${item}`)].join("\n");

/** What was taken out of a text and what was put in, word by word, by the longest common run of words. */
export function compareWords(before: string, after: string): WordRun[] {
  const [a, b] = [splitWords(before), splitWords(after)];
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number): number => longest[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = longest[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const runs: { kind: WordRun["kind"]; text: string }[] = [];
  const add = (kind: WordRun["kind"], text: string): void => {
    const last = runs.at(-1);
    if (last?.kind === kind) last.text += text;
    else runs.push({ kind, text });
  };
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add("same", a[i] ?? "");
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      add("removed", a[i] ?? "");
      i += 1;
    } else {
      add("added", b[j] ?? "");
      j += 1;
    }
  }
  return runs;
}

const listNumbered = (book: RuleBook): { article: RuleArticle; chapter: string }[] =>
  book.chapters.flatMap((chapter) => chapter.articles.map((article) => ({ article, chapter: chapter.title })));

/**
 * The articles in which two versions differ, in the order of the newer one; what it no longer has comes last. A number
 * alone that moved is no difference.
 */
export function compareRuleBooks(before: RuleBook, after: RuleBook): ArticleDifference[] {
  const [old, now] = [listNumbered(before), listNumbered(after)];
  const differences: ArticleDifference[] = [];
  for (const { article, chapter } of now) {
    const was = old.find((one) => one.article.id === article.id)?.article;
    const common = { id: article.id, number: article.number, chapter, from: article.from };
    if (was === undefined)
      differences.push({ ...common, kind: "added", words: [{ kind: "added", text: wordsOf(article) }] });
    else if (wordsOf(was) !== wordsOf(article))
      differences.push({ ...common, kind: "changed", words: compareWords(wordsOf(was), wordsOf(article)) });
  }
  const left = new Set(now.map(({ article }) => article.id));
  for (const { article, chapter } of old)
    if (!left.has(article.id))
      differences.push({
        ...{ id: article.id, kind: "removed", number: article.number, chapter, from: article.from },
        words: [{ kind: "removed", text: wordsOf(article) }],
      });
  return differences;
}
