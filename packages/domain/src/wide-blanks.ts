import { boundBoxes, type DocumentPage, type DocumentWord, type TextBox } from "./document-text.ts";
import { signatureWords } from "./signature-blocks.ts";

/** A space between words of a sentence, in heights of its letters, from which on it is a place to write on. */
const wide = { han: 2.5, other: 3 };
/** Parts of a row of a table stand under one another, within this many millimetres. */
const aligned = 2;
/** Lines above and below that are asked whether the spaces are those of a table. */
const mostRows = 3;
const mostSegments = 8;
/** Lines of a page with such a space: more are columns. */
const mostBlanks = 6;
/** A page of Latin letters with more words than this is set in columns or to the full width, and is no form to write on. */
const mostWords = 200;
/** What stands before a space without leaving a place: the number of an article, a heading at the side. */
const numbering = /^(?:第.{1,6}[条章节款项]|[一二三四五六七八九十\d.、()（）]+|附件?.{0,3}|备?注|\p{Script=Han})$/u;

interface WideBlank {
  readonly text: string;
  readonly box: TextBox;
}

/**
 * Blanks that are wide spaces within a sentence, as forms are printed to be written on: 兹介绍我公司　　　等　　人前往.
 * Cells of a table, columns and labels beside each other are no sentence.
 */
export function listWideBlanks(page: DocumentPage): WideBlank[] {
  const lines = [...Map.groupBy(page.words, ({ line }) => line).entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([line, words]) => ({ line, segments: splitWide(words) }));
  const isForm = page.words.length <= mostWords || page.words.some(({ text }) => countHan(text) > 0);
  const found = (isForm ? lines : []).flatMap(({ line, segments }, at): WideBlank[] => {
    if (segments.length < 2 || segments.length > mostSegments || isTableHead(page, line)) return [];
    const near = lines.slice(Math.max(0, at - mostRows), at + mostRows + 1).filter((one) => one.line !== line);
    const isCell = ([first]: readonly DocumentWord[]): boolean =>
      near.some((one) =>
        one.segments.slice(1).some(([other]) => first && other && Math.abs(other.box.x - first.box.x) <= aligned),
      );
    const said = page.lines[line]?.text ?? "";
    const goesOn = `${said}${page.lines[line + 1]?.text ?? ""}`;
    const blanks = segments.slice(1).flatMap((right, nth): WideBlank[] => {
      const left = segments[nth] ?? [];
      if (isCell(right) || !isWithinSentence(join(left), join(right), said, goesOn)) return [];
      return [{ text: said, box: boxBetween(left, right) }];
    });
    return blanks.slice(0, 1);
  });
  return found.length > mostBlanks ? [] : found;
}

function splitWide(words: readonly DocumentWord[]): DocumentWord[][] {
  const segments: DocumentWord[][] = [];
  // A value over the line of a blank is shorter than its line, which goes on below it.
  let end = Number.NEGATIVE_INFINITY;
  for (const word of words) {
    const last = segments.at(-1);
    const before = last?.at(-1);
    const gap = before ? word.box.x - end : 0;
    end = Math.max(end, word.box.x + word.box.width);
    const isHan = before !== undefined && /\p{Script=Han}/u.test(before.text + word.text);
    const least = (isHan ? wide.han : wide.other) * Math.min(word.box.height, before?.box.height ?? word.box.height);
    if (last && gap < Math.max(least, 4)) last.push(word);
    else segments.push([word]);
  }
  return segments;
}

/** A head of columns: nothing but short words, above a row of which several cells are figures. */
function isTableHead({ lines }: DocumentPage, line: number): boolean {
  const cellsOf = (at: number): string[] => (lines[at]?.text ?? "").trim().split(/\s+/u);
  const names = cellsOf(line);
  const figures = cellsOf(line + 1).filter((cell) => onlyFigures.test(cell));
  return names.length >= 3 && names.every((name) => columnName.test(name)) && figures.length >= 2;
}
/** What a column is called, with its unit in brackets. */
const columnName = /^[\p{Script=Han}\p{Script=Latin}]{1,8}(?:[(（][^()（）]{1,6}[)）])?$/u;
const onlyFigures = /^[¥$€£]?\d[\d.,]*%?$/u;

const join = (words: readonly DocumentWord[]): string => words.map(({ text }) => text).join(" ");
const countHan = (text: string): number => text.match(/\p{Script=Han}/gu)?.length ?? 0;

function isWithinSentence(left: string, right: string, line: string, goesOn: string): boolean {
  const close = (text: string): string => text.replace(/ /gu, "");
  if (countHan(line) > 0) {
    const [before, after] = [close(left), close(right)];
    if (isCounted(before, after, line)) return true;
    return (
      countHan(line) >= 8 &&
      /[,，。;；]/u.test(goesOn) &&
      !numbering.test(before) &&
      /[\p{Script=Han}\p{N}]$/u.test(before) &&
      /^[\p{Script=Han},，。、;；]/u.test(after) &&
      !/^[^,，。;；]{0,10}[:：]/u.test(after)
    );
  }
  return (
    line.split(/\s+/u).length >= 6 &&
    (left.match(/\p{L}{2,}/gu)?.length ?? 0) >= 2 &&
    /\p{L}{2,}$/u.test(left) &&
    /^(?:\p{Ll}{2,}|[,.](?: |$))/u.test(right) &&
    !/^[^.,;]{0,20}:/u.test(right)
  );
}

/** How many, how much or where is left open in however short a line: 质保期为　　年, 数量：　　台, 交货地点：　　。 */
const unit =
  /^(?:年(?!\s?月)|个?月(?!\s?日)|[日天](?!\p{Script=Han})|[%％台套件只个吨米元](?!\p{Script=Han}{0,3}[:：])|小时|工作日|万元)/u;
const mostCounted = 60;
function isCounted(before: string, after: string, line: string): boolean {
  if (line.length > mostCounted || signatureWords.test(line) || numbering.test(before)) return false;
  if (/[:：]$/u.test(before)) return unit.test(after) || /^[。；;]$/u.test(after);
  return /[\p{Script=Han}]$/u.test(before) && countHan(before) >= 2 && unit.test(after) && /[,，。;；]/u.test(after);
}

function boxBetween(left: readonly DocumentWord[], right: readonly DocumentWord[]): TextBox {
  const [a, b] = [boundBoxes(left.map(({ box }) => box)), boundBoxes(right.map(({ box }) => box))];
  const x = a.x + a.width;
  return { x, y: Math.min(a.y, b.y), width: Math.max(0, b.x - x), height: Math.max(a.height, b.height) };
}
