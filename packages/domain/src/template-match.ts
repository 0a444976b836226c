import type { DocumentWord } from "./document-text.ts";
import { findFieldFault } from "./template-fields.ts";
import type { TemplateField, TemplateItem } from "./template-text.ts";

/** Steps after which a document counts as not made from the template: only a hostile one needs as many. */
const mostSteps = 1_500_000;

/** For each item the words of the document that stand for it: `[from, to)`. */
export type TemplateMatch = readonly (readonly [from: number, to: number])[];

const isLine = ({ text }: DocumentWord): boolean => text === "__" || text === "..";

/**
 * What a field was filled with: without the line or the brackets that the template has there. A value of several words is
 * written over its line, which is read between them.
 */
export function readValue(field: TemplateField, words: readonly DocumentWord[]): DocumentWord[] {
  const frame = new Set(field.words.map(({ text }) => text).filter((text) => /^[^\p{L}\p{N}]/u.test(text)));
  const isFrame = (word: DocumentWord | undefined): boolean =>
    word !== undefined && (isLine(word) || frame.has(word.text));
  let [from, to] = [0, words.length];
  while (from < to && isFrame(words[from])) from += 1;
  while (to > from && isFrame(words[to - 1])) to -= 1;
  const value = words.slice(from, to);
  return field.words.some(isLine) ? value.filter((word) => !isLine(word)) : value;
}

/** Whether these words may stand in a field: its own blank, or a value within its limits. */
function mayFill(field: TemplateField, words: readonly DocumentWord[]): boolean {
  const isOwn = words.length === field.words.length && words.every(({ text }, at) => text === field.words[at]?.text);
  return isOwn || findFieldFault(field, readValue(field, words)) === null;
}

/**
 * The document's words as the template's, with values in the fields; null where they are not. Words outside fields have
 * to be the very same. Where a value could end in several places, all are tried, each once.
 */
export function matchTemplate(
  items: readonly TemplateItem[],
  words: readonly DocumentWord[],
  most = mostSteps,
): TemplateMatch | null {
  // Words that have to follow each item without a gap, so that a place that can not fit is left at once.
  const found: [number, number][] = [];
  const failed = new Set<number>();
  const open: { at: number; from: number; next: number }[] = [];
  let steps = 0;
  let [at, from] = [0, 0];
  const rest = countRest(items);
  for (;;) {
    const item = items[at];
    let isDead = false;
    if (steps++ > most) return null;
    if (item === undefined) {
      if (from === words.length) return found;
      isDead = true;
    } else if (item.kind === "word") {
      isDead = words[from]?.text !== item.word.text;
      if (!isDead) found[at] = [from, from + 1];
      if (!isDead) [at, from] = [at + 1, from + 1];
    } else {
      isDead = failed.has(at * (words.length + 1) + from);
      if (!isDead) {
        open.push({ at, from, next: from });
        isDead = true;
      }
    }
    if (!isDead) continue;
    // Back to the last field that can still take another word.
    for (;;) {
      const choice = open.at(-1);
      if (!choice) return null;
      const step = nextEnd(items, words, choice, rest);
      steps += step.looked;
      if (step.end === null) {
        failed.add(choice.at * (words.length + 1) + choice.from);
        open.pop();
        if (steps > most) return null;
        continue;
      }
      choice.next = step.end + 1;
      found[choice.at] = [choice.from, step.end];
      [at, from] = [choice.at + 1, step.end];
      break;
    }
  }
}

/** How many words at least follow each item. */
function countRest(items: readonly TemplateItem[]): Int32Array {
  const rest = new Int32Array(items.length + 1);
  for (let at = items.length - 1; at >= 0; at -= 1)
    rest[at] = (rest[at + 1] ?? 0) + (items[at]?.kind === "word" ? 1 : 0);
  return rest;
}

/** The next place where a field's value may end: what follows it begins there, and the value is within limits. */
function nextEnd(
  items: readonly TemplateItem[],
  words: readonly DocumentWord[],
  choice: { readonly at: number; readonly from: number; readonly next: number },
  rest: Int32Array,
): { end: number | null; looked: number } {
  const item = items[choice.at];
  if (item?.kind !== "field") return { end: null, looked: 0 };
  const after = items[choice.at + 1];
  const most = Math.min(
    words.length - (rest[choice.at + 1] ?? 0),
    choice.from + Math.max(item.field.mostCharacters, item.field.words.length) + 4,
  );
  let looked = 0;
  for (let end = choice.next; end <= most; end += 1) {
    looked += 1;
    if (after === undefined && end < words.length) continue;
    if (after?.kind === "word" && words[end]?.text !== after.word.text) continue;
    looked += end - choice.from;
    if (mayFill(item.field, words.slice(choice.from, end))) return { end, looked };
  }
  return { end: null, looked };
}
