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
    if (length > 0) items.push(openField(words, at, length, items.length));
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
  let from = at;
  while (from > 0 && at - from < 12 && words[from - 1]?.line === first.line && words[from - 1]?.page === first.page)
    from -= 1;
  const label = joinWords(words.slice(from, at));
  const said = /[\p{L}\p{N}][\p{L}\p{N} ]*(?=[^\p{L}\p{N}]*$)/u.exec(label)?.[0] ?? "";
  const name =
    first.text === "{"
      ? joinWords(own.slice(2, -2))
      : said
          .trim()
          .replace(/^第.{1,4}条/u, "")
          .slice(-40) || `field ${number + 1}`;
  const kind =
    first.text === "年" ? "date" : guessFieldKind(first.text === "{" ? name : label, words[at + length]?.text);
  const box = boundBoxes(own.map((word) => word.box));
  return {
    kind: "field",
    field: { name, kind, mostCharacters: fieldLengths[kind], page: first.page, box, words: own },
  };
}
