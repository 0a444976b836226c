import {
  boundBoxes,
  type DocumentLine,
  type DocumentPage,
  type DocumentText,
  type DocumentWord,
  type TextBox,
} from "./document-text.ts";
import { isPageNumber } from "./running-lines.ts";
import { type FieldKind, type FieldLimits, fieldLengths, guessFieldKind, joinWords } from "./template-fields.ts";

/** A variable field as an administrator marks it: a box on a page, or words of it by number. */
export interface TemplateMark {
  readonly name: string;
  readonly kind: FieldKind;
  readonly mostCharacters?: number;
  readonly page: number;
  readonly place: TextBox | { readonly from: number; readonly to: number };
}
export interface TemplateField extends FieldLimits {
  readonly name: string;
  readonly page: number;
  readonly box: TextBox;
  /** What the template itself has there: a blank, a sample, nothing. */
  readonly words: readonly DocumentWord[];
}
/** A template as it is compared: words that stand in every document made from it, and fields between them. */
export type TemplateItem =
  | { readonly kind: "word"; readonly word: DocumentWord }
  | { readonly kind: "field"; readonly field: TemplateField };
export interface TemplateText {
  readonly pages: readonly DocumentPage[];
  readonly truncated: boolean;
  readonly body: readonly TemplateItem[];
  /** Headers and footers, which text that flows from page to page does not run through. */
  readonly running: readonly TemplateItem[];
}

const closing: Readonly<Record<string, string>> = { "【": "】", "〔": "〕", "[": "]", "(": ")", "《": "》" };
/** Words looked at behind an opening bracket; more is no blank and no name of a field. */
const mostInside = 12;

/** Page numbers stand within this many millimetres of the edge, outside every other line. */
const numberEdge = 25;

/** Words of a document without its headers, footers and page numbers, and those. */
export function partRunning(pages: readonly DocumentPage[]): { body: DocumentWord[]; running: DocumentWord[] } {
  const [body, running]: [DocumentWord[], DocumentWord[]] = [[], []];
  for (const page of pages) {
    const tops = page.lines.map(({ box }) => box.y);
    const [first, last] = [Math.min(...tops), Math.max(...tops)];
    // A document of one page has no other that shows which of its lines run.
    const isNumber = ({ text, box }: DocumentLine): boolean =>
      (box.y === first || box.y === last) &&
      (box.y + box.height <= numberEdge || box.y >= page.heightMm - numberEdge) &&
      isPageNumber(text);
    const aside = new Set([...page.lines.entries()].flatMap(([at, one]) => (one.running || isNumber(one) ? [at] : [])));
    for (const word of page.words) (aside.has(word.line) ? running : body).push(word);
  }
  return { body, running };
}

/** Reads a template: fields are what somebody marked, and what its own text leaves open: ____, 【 】, {{name}}, 年 月 日. */
export function readTemplate(document: DocumentText, marks: readonly TemplateMark[]): TemplateText {
  const { body, running } = partRunning(document.pages);
  const { pages, truncated } = document;
  const numbers = new Map<DocumentWord, number>();
  for (const page of pages) for (const [at, word] of page.words.entries()) numbers.set(word, at);
  const ofBody = marks.filter((mark) => !isOnRunning(mark, running, numbers));
  const ofRunning = marks.filter((mark) => isOnRunning(mark, running, numbers));
  return {
    ...{ pages, truncated },
    body: readItems(body, ofBody, numbers),
    running: readItems(running, ofRunning, numbers),
  };
}

function isMarked(mark: TemplateMark, word: DocumentWord, number: number): boolean {
  if (word.page !== mark.page) return false;
  if ("from" in mark.place) return number >= mark.place.from && number < mark.place.to;
  const { x, y, width, height } = mark.place;
  const [middleX, middleY] = [word.box.x + word.box.width / 2, word.box.y + word.box.height / 2];
  return middleX >= x && middleX <= x + width && middleY >= y && middleY <= y + height;
}

const isOnRunning = (
  mark: TemplateMark,
  running: readonly DocumentWord[],
  numbers: ReadonlyMap<DocumentWord, number>,
): boolean => running.some((word) => isMarked(mark, word, numbers.get(word) ?? -1));

/** A marked box without a word stands before the first word that is read after it. */
function comesAfter(word: DocumentWord, mark: TemplateMark): boolean {
  if (word.page !== mark.page) return word.page > mark.page;
  if ("from" in mark.place) return true;
  const middle = word.box.y + word.box.height / 2;
  if (middle > mark.place.y + mark.place.height) return true;
  return middle >= mark.place.y && word.box.x >= mark.place.x + mark.place.width;
}

function readItems(
  words: readonly DocumentWord[],
  marks: readonly TemplateMark[],
  numbers: ReadonlyMap<DocumentWord, number>,
): TemplateItem[] {
  const items: TemplateItem[] = [];
  const byPage = Map.groupBy(marks, (mark) => mark.page);
  const markAt = (word: DocumentWord): TemplateMark | undefined =>
    byPage.get(word.page)?.find((mark) => isMarked(mark, word, numbers.get(word) ?? -1));
  const waiting = new Set(marks.filter((mark) => !words.some((word) => isMarked(mark, word, numbers.get(word) ?? -1))));
  for (let at = 0; at < words.length; ) {
    const word = words[at] as DocumentWord;
    for (const mark of waiting)
      if (comesAfter(word, mark)) {
        waiting.delete(mark);
        items.push(markedField(mark, []));
      }
    const mark = markAt(word);
    if (mark) {
      let end = at + 1;
      while (end < words.length && markAt(words[end] as DocumentWord) === mark) end += 1;
      items.push(markedField(mark, words.slice(at, end)));
      at = end;
      continue;
    }
    const length = findOpen(words, at);
    if (length > 0) items.push(openField(words, at, length, 1 + items.filter(({ kind }) => kind === "field").length));
    else items.push({ kind: "word", word });
    at += Math.max(1, length);
  }
  for (const mark of waiting) items.push(markedField(mark, []));
  return items;
}

function markedField(mark: TemplateMark, words: readonly DocumentWord[]): TemplateItem {
  const { name, kind, page } = mark;
  const mostCharacters = mark.mostCharacters ?? fieldLengths[kind];
  const box = "from" in mark.place ? boundBoxes(words.map((word) => word.box)) : mark.place;
  return { kind: "field", field: { name, kind, mostCharacters, page, box, words } };
}

/** How many words from here are one blank of the template's own text, or 0. */
function findOpen(words: readonly DocumentWord[], at: number): number {
  const textAt = (place: number): string => words[place]?.text ?? "";
  const text = textAt(at);
  if (text === "__" || text === "..") return 1;
  if (text === "年" && textAt(at + 1) === "月" && textAt(at + 2) === "日") return 3;
  if (text === "{" && textAt(at + 1) === "{") {
    for (let end = at + 2; end < at + 2 + mostInside; end += 1)
      if (textAt(end) === "}" && textAt(end + 1) === "}") return end + 2 - at;
    return 0;
  }
  const close = closing[text];
  if (close === undefined) return 0;
  let end = at + 1;
  while (textAt(end) === "__" && end < at + mostInside) end += 1;
  return textAt(end) === close ? end + 1 - at : 0;
}

function openField(words: readonly DocumentWord[], at: number, length: number, number: number): TemplateItem {
  const own = words.slice(at, at + length);
  const [first] = own as [DocumentWord];
  const before = listBefore(words, at);
  const label = joinWords(before);
  const isNamed = first.text === "{";
  const name = isNamed ? joinWords(own.slice(2, -2)) : nameField(before) || fieldByNumber(number);
  const kind = first.text === "年" ? "date" : guessFieldKind(isNamed ? name : label, words[at + length]?.text);
  const box = boundBoxes(own.map((word) => word.box));
  return {
    kind: "field",
    field: { name, kind, mostCharacters: fieldLengths[kind], page: first.page, box, words: own },
  };
}

/** What a field is called that no words stand before. */
const fieldByNumber = (number: number): string => `Field ${number}`;
/** So many words before a blank tell what stands in it. */
const mostBefore = 12;
const sentenceEnds = /[。.；;！!？?]$/u;

/** The words on the line before a blank; where it begins its line, those of the line that goes on in it. */
function listBefore(words: readonly DocumentWord[], at: number): DocumentWord[] {
  const isWith = (one: DocumentWord | undefined, other: DocumentWord | undefined): boolean =>
    one !== undefined && one.line === other?.line && one.page === other.page;
  const last = words[at - 1];
  const goesOn = last !== undefined && last.page === words[at]?.page && !sentenceEnds.test(last.text);
  const line = isWith(last, words[at]) ? words[at] : goesOn ? last : undefined;
  let from = at;
  while (from > 0 && at - from < mostBefore && isWith(words[from - 1], line)) from -= 1;
  return words.slice(from, at);
}

/** So many characters, or words, name a field; more are a part of a sentence. */
const mostInName = { han: 8, words: 5 };

/** The words directly before a blank, from the last punctuation or gap on: 买方, 合同总价为人民币, the goods. */
function nameField(before: readonly DocumentWord[]): string {
  const isWord = (one: DocumentWord | undefined): one is DocumentWord => /^[\p{L}\p{N}]/u.test(one?.text ?? "");
  let end = before.length;
  while (end > 0 && !isWord(before[end - 1])) end -= 1;
  let from = end;
  let [han, other] = [0, 0];
  for (; from > 0 && isWord(before[from - 1]); from -= 1) {
    const word = before[from - 1] as DocumentWord;
    if (from < end && isGap(word, before[from] as DocumentWord)) break;
    if (/^\p{Script=Han}/u.test(word.text)) han += word.text.length;
    else other += 1;
    if (han > mostInName.han || other > mostInName.words) break;
  }
  const name = joinWords(before.slice(from, end))
    .replace(/^第.{1,4}条/u, "")
    .slice(-40);
  return saysNothing.test(name) ? "" : name;
}
/** What stands before a value and does not tell which it is. */
const saysNothing = /^(?:and|or|of|at|on|by|with|for|the|及|和|与|的)$/iu;

/** A space between Chinese characters parts a heading from its clause, as a wide one does between words. */
function isGap(a: DocumentWord, b: DocumentWord): boolean {
  if (a.line !== b.line) return false;
  const isHan = /\p{Script=Han}$/u.test(a.text) && /^\p{Script=Han}/u.test(b.text);
  return b.box.x - (a.box.x + a.box.width) > (isHan ? 0.4 : 2) * b.box.height;
}
