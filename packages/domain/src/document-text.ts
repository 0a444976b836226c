import type { PageText, ShownOtherwise, TextRun } from "./page-text.ts";
import { joinWords } from "./template-fields.ts";

/** A place on a page in millimetres from the top left of the page as shown. */
export interface TextBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
/** A word as it is compared: a Chinese character, a word of letters, a number, or a mark. */
export interface DocumentWord {
  readonly text: string;
  readonly page: number;
  /** Number of the word's line on its page, as it is read. */
  readonly line: number;
  readonly box: TextBox;
}
export interface DocumentLine {
  readonly text: string;
  readonly page: number;
  readonly box: TextBox;
  /** The line stands at the edge of its page and, but for its figures, on another page too: a header or a footer. */
  readonly running: boolean;
}
export interface DocumentPage {
  readonly index: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly imageCoverage: number;
  readonly pictureInk?: number;
  readonly ink?: number;
  readonly rules?: readonly TextBox[];
  readonly written?: number;
  readonly imaged?: boolean;
  readonly otherwise?: readonly ShownOtherwise[];
  readonly lines: readonly DocumentLine[];
  readonly words: readonly DocumentWord[];
}
export interface DocumentText {
  readonly pages: readonly DocumentPage[];
  /** There was more text than is compared; such a document is never the same as another. */
  readonly truncated: boolean;
}

/** More than 250 full pages of Chinese. */
const mostWords = 200_000;
/** Compatibility forms can become many characters: the text is cut after they have. */
const mostCharacters = 1_000_000;
/** Running heads and feet stand within this many millimetres of the edge. */
const edge = 30;
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** What shows nothing: zero-width and bidirectional marks, soft hyphens, variation selectors, tags. */
const unseen = /\p{Default_Ignorable_Code_Point}|\p{Cf}/gu;
const quotes: Readonly<Record<string, string>> = {
  ...{ "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u201c": '"', "\u201d": '"', "\u201f": '"' },
  ...{ "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-" },
};
/** Characters as they are compared: look-alikes that Unicode holds for the same, and nothing that does not show. */
export const foldText = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(unseen, "")
    .replace(/[\u2010-\u201f\u2212]/gu, (mark) => quotes[mark] ?? mark);

/** Each pattern looks at a character once: a line of any length costs no more than its length. */
const word = /_{2,}|\.{4,}|\p{Script=Han}|[[\p{L}\p{M}]--\p{Script=Han}]+|\p{N}+(?:[.,]\p{N}+)*|[^\s]/gv;
const han = /[\p{Script=Han}\u3000-\u303f]/u;
/** A low line or a dotted one is the same blank however long it is drawn. */
const canonical = (text: string): string => (text.length > 1 && /^[_.]/u.test(text) ? (text[0] ?? "").repeat(2) : text);

/** Pages with what is seen of them alone: what is covered counts for nothing of what a document says. */
export const asShown = (pages: readonly PageText[]): PageText[] =>
  pages.map(({ shown, ...page }) => (shown ? { ...page, runs: shown } : page));

/** Reads a document's words in the order in which people read them, whatever order its file holds them in. */
export function readDocumentText(pages: readonly PageText[]): DocumentText {
  const read: DocumentPage[] = [];
  const room = { words: mostWords, characters: mostCharacters };
  for (const page of pages) {
    const lines: DocumentLine[] = [];
    const words: DocumentWord[] = [];
    const hanWidth = measureHan(page.runs);
    for (const runs of orderRuns(page.runs)) {
      if (room.words <= 0 || room.characters <= 0) break;
      const line = joinRuns(runs, room, hanWidth);
      if (line.text.trim() === "") continue;
      for (const { text, box } of line.words) words.push({ text, box, page: page.index, line: lines.length });
      lines.push({ text: line.text, page: page.index, box: line.box, running: false });
      room.words -= line.words.length;
    }
    const { index, widthMm, heightMm, imageCoverage, pictureInk, ink, written, imaged, otherwise, rules } = page;
    const size = { index, widthMm, heightMm, imageCoverage };
    // What was not drawn, or holds no picture, has no such figures.
    const look = Object.entries({ pictureInk, ink, written, imaged, otherwise, rules }).filter(
      ([, value]) => value !== undefined,
    );
    read.push({ ...size, ...Object.fromEntries(look), lines, words });
  }
  return { pages: markRunningLines(read), truncated: room.words <= 0 || room.characters <= 0 };
}

/** Lines of a page from the top; of two columns the left one first. Text that stands upright or is huge comes last. */
function orderRuns(runs: readonly TextRun[]): TextRun[][] {
  const sound = runs.filter((run) => [run.x, run.y, run.width, run.height].every(Number.isFinite));
  const level = sound.filter((run) => run.turned === undefined);
  const tall = 3 * Math.max(1, median(level.map((run) => run.height)));
  const isAside = (run: TextRun): boolean => run.height > tall;
  const lines: { top: number; bottom: number; runs: TextRun[] }[] = [];
  const middle = (run: TextRun): number => run.y + run.height / 2;
  for (const run of level.filter((one) => !isAside(one)).toSorted((a, b) => middle(a) - middle(b) || a.x - b.x)) {
    const last = lines.at(-1);
    // Only the first run of a line says how high it is: lines that overlap a little never become one.
    const isOnLine =
      last !== undefined &&
      ((middle(run) >= last.top && middle(run) <= last.bottom) ||
        (run.y <= (last.top + last.bottom) / 2 && run.y + run.height >= (last.top + last.bottom) / 2));
    if (!isOnLine) lines.push({ top: run.y, bottom: run.y + run.height, runs: [run] });
    else {
      last.runs.push(run);
      // A low line or a dash is thin; the first letter beside it says how high the line is.
      if (last.bottom - last.top < 1) [last.top, last.bottom] = [run.y, run.y + run.height];
    }
  }
  const rows = lines.map((line) => line.runs.toSorted((a, b) => a.x - b.x));
  const aside = level.filter(isAside).toSorted((a, b) => a.y - b.y || a.x - b.x);
  const turned = sound.filter((run) => run.turned !== undefined);
  return [...orderColumns(rows), ...[...aside, ...turned].map((run) => [run])];
}

/** A gutter is at least this wide, and each column of running text beside it. */
const gutter = { gap: 4, column: 45, rows: 6 };
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Rows that the same gutter parts, at least six one under the other, are two columns and not a table of short cells. */
function orderColumns(rows: readonly TextRun[][]): TextRun[][] {
  const gapOf = (row: readonly TextRun[]): Span | null => {
    let end = Number.NEGATIVE_INFINITY;
    let widest: Span | null = null;
    const from = row[0]?.x ?? 0;
    const to = Math.max(...row.slice(0, 500).map((run) => run.x + run.width));
    for (const run of row) {
      const isWide = run.x - end >= gutter.gap && end - from >= gutter.column && to - run.x >= gutter.column;
      if (isWide && run.x - end > (widest ? widest.to - widest.from : 0)) widest = { from: end, to: run.x };
      end = Math.max(end, run.x + run.width);
    }
    return widest;
  };
  const ordered: TextRun[][] = [];
  let block: TextRun[][] = [];
  let common: Span | null = null;
  const close = (): void => {
    const at = common ? (common.from + common.to) / 2 : 0;
    const isTwo = block.filter((row) => row.some((run) => run.x < at) && row.some((run) => run.x >= at));
    if (common === null || isTwo.length < gutter.rows) ordered.push(...block);
    else {
      for (const side of [(run: TextRun) => run.x < at, (run: TextRun) => run.x >= at])
        for (const row of block) if (row.some(side)) ordered.push(row.filter(side));
    }
    [block, common] = [[], null];
  };
  for (const row of rows) {
    const gap = gapOf(row);
    const left = Math.min(...row.slice(0, 500).map((run) => run.x));
    const right = Math.max(...row.slice(0, 500).map((run) => run.x + run.width));
    if (gap) {
      const shared: Span = common ? { from: Math.max(common.from, gap.from), to: Math.min(common.to, gap.to) } : gap;
      const isShared = shared.to - shared.from >= gutter.gap;
      if (!isShared) close();
      common = isShared ? shared : gap;
      block.push(row);
    } else if (common && (right <= common.to || left >= common.from)) block.push(row);
    else {
      close();
      ordered.push(row);
    }
  }
  close();
  return ordered;
}

/** Millimetres of a blank that a value has to lie over. */
const leastOver = 1;
/** Millimetres that one run reaches into the next before it lies over it. */
const overlap = 2;

interface Piece {
  readonly text: string;
  readonly box: TextBox;
}

/** A line's text and words; pieces of one word that a writer drew apart are one again. */
function joinRuns(
  runs: readonly TextRun[],
  room: { characters: number },
  hanWidth: (height: number) => number | null,
): { text: string; box: TextBox; words: Piece[] } {
  let text = "";
  // Where each run begins in the text, to find a word's place again.
  const starts: { at: number; run: TextRun; length: number; weight: number; space: number }[] = [];
  let end: number | null = null;
  let overlaps = false;
  for (const run of runs) {
    if (room.characters <= 0) break;
    const folded = foldText(run.text).slice(0, room.characters);
    room.characters -= folded.length;
    if (folded === "") continue;
    const gap = end === null ? 0 : run.x - end;
    if (gap < -overlap) overlaps = true;
    if (gap < -overlap) text += " ";
    else if (gap > Math.max(0.3, run.height * 0.12)) text += gap > 6 ? "  " : " ";
    starts.push({ at: text.length, run, length: folded.length, weight: weigh(folded), space: 1 });
    text += folded;
    end = Math.max(end ?? run.x, run.x + run.width);
  }
  // What was drawn over the line and its spaces are sorted into one another: where each stands has to be known better.
  if (overlaps) {
    for (const start of starts) {
      const folded = text.slice(start.at, start.at + start.length);
      start.space = weighSpace(folded, start.run, hanWidth(Math.max(...runs.slice(0, 50).map(({ height }) => height))));
      start.weight = weigh(folded, start.space);
    }
  }
  const words: Piece[] = [];
  let at = 0;
  // A run's characters are weighed once, from left to right, however many words are in it.
  let weighed = { run: -1, upTo: 0, weight: 0 };
  for (const match of text.matchAll(word)) {
    while ((starts[at + 1]?.at ?? Number.POSITIVE_INFINITY) <= match.index) at += 1;
    const start = starts[at];
    if (!start) continue;
    if (weighed.run !== at) weighed = { run: at, upTo: start.at, weight: 0 };
    const before = weighed.weight + weigh(text.slice(weighed.upTo, match.index), start.space);
    const after = before + weigh(match[0]);
    weighed = { run: at, upTo: match.index + match[0].length, weight: after };
    const share = start.weight > 0 ? start.run.width / start.weight : 0;
    const box = {
      ...{ x: start.run.x + before * share, y: start.run.y },
      ...{ width: Math.max(0, (after - before) * share), height: start.run.height },
    };
    words.push({ text: canonical(match[0]), box });
  }
  // Values that were drawn over the blanks of a line stand where they are seen.
  if (overlaps) {
    words.sort((a, b) => a.box.x - b.box.x);
    text = joinWords(words.filter((one, nth) => !isWrittenOver(one, words[nth - 1], words[nth + 1])));
  }
  return { text, box: boundBoxes(starts.map(({ run }) => run)), words };
}

/** A blank with a value over it is no word of its line's text: it reads as if the value stood there alone. */
function isWrittenOver({ text, box }: Piece, before: Piece | undefined, after: Piece | undefined): boolean {
  if (text !== "__" && text !== "..") return false;
  return [before, after].some(
    (other) =>
      other !== undefined &&
      Math.min(box.x + box.width, other.box.x + other.box.width) - Math.max(box.x, other.box.x) >= leastOver,
  );
}

/** About how wide a text is: a Chinese character twice as wide as a letter. */
function weigh(text: string, space = 1): number {
  let weight = 0;
  for (const character of text) weight += character === " " ? space : han.test(character) ? 2 : 1;
  return weight;
}

/** Runs of nothing but Chinese tell how wide its characters are; the letters of a line may differ in height by so much. */
const [leastMeasured, sameHeight] = [4, 0.25];
/** Answers how wide a Chinese character is among text of a height; null where a page has none to measure. */
function measureHan(runs: readonly TextRun[]): (height: number) => number | null {
  const measured = runs.slice(0, 2000).flatMap(({ text, width, height, turned }) => {
    const isOnly =
      turned === undefined && text.length >= leastMeasured && /^[\p{Script=Han}\uff00-\uff60]+$/u.test(text);
    return isOnly ? [{ height, width: width / (text.length - edgeOfHan) }] : [];
  });
  return (height) => {
    const like = measured.filter((one) => Math.abs(one.height - height) <= height * sameHeight);
    return like.length > 0 ? median(like.map(({ width }) => width)) : null;
  };
}
/** Share of a character's width that its ink leaves free at the ends of a run. */
const edgeOfHan = 0.1;

/** How wide a space of a run is, in letters: what its other characters leave of its width. */
function weighSpace(text: string, { width }: TextRun, hanWidth: number | null): number {
  const spaces = text.split(" ").length - 1;
  if (hanWidth === null || spaces === 0) return 1;
  return Math.min(mostSpace, Math.max(1, ((2 * width) / hanWidth - weigh(text, 0)) / spaces));
}
const mostSpace = 40;

/** The smallest box around others. */
export function boundBoxes(boxes: readonly TextBox[]): TextBox {
  let [left, top, right, bottom] = [
    ...[Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ] as [number, number, number, number];
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  if (boxes.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  return { x: left, y: top, width: right - left, height: bottom - top };
}

const withoutFigures = (text: string): string => text.replace(/[\s\p{N}]+/gu, "");

/** Marks headers and footers: lines at the edge whose words, but for figures, stand at the edge of another page too. */
function markRunningLines(pages: readonly DocumentPage[]): DocumentPage[] {
  const counts = new Map<string, number>();
  const keyOf = (page: DocumentPage, line: DocumentLine): string | null => {
    const [top, bottom] = [line.box.y + line.box.height, page.heightMm - line.box.y];
    if (top > edge && bottom > edge) return null;
    return `${top <= edge ? "head" : "foot"} ${withoutFigures(line.text)}`;
  };
  for (const page of pages) {
    const keys = new Set(page.lines.map((line) => keyOf(page, line)).filter((key) => key !== null));
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return pages.map((page) => ({
    ...page,
    lines: page.lines.map((line) => {
      const key = keyOf(page, line);
      return { ...line, running: key !== null && (counts.get(key) ?? 0) > 1 };
    }),
  }));
}
