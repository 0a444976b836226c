import { boundBoxes } from "./document-text.ts";
import type { TextRun } from "./page-text.ts";

/** A character in millimetres from the top left of the page as it is shown. */
export interface TurnedCharacter extends TextRun {
  /** Its number among all characters of the page. */
  readonly at: number;
  /** How far what it is written in is turned from left to right, clockwise as the page is shown, in degrees from 0 to 360. */
  readonly turn: number;
  /** Whether the file has a character that leaves no ink before it. */
  readonly spaced?: boolean;
}
/** A line of text that does not run from left to right, with its characters in the order in which they are read. */
export type TurnedLine = readonly TurnedCharacter[];

/** Degrees: a lesser slant is that of any line; up to the greater one it is read as sure as without one. */
const slant = { least: 2.5, sure: 20 };
/** Turns as alike as that are one direction; what stands upright, one character under the other, runs down. */
const direction = { apart: 10, down: 90 };
/** In heights of its letters: to the next character of a line, below in a column, aside in it, to a line beside, behind a blank. */
const reach = { beside: 1.35, below: 2.2, aside: 0.4, line: 0.6, behind: 2.5, closer: 0.85 };
/** Characters that stand one under the other in a narrow cell or as a label at the margin, as 备注 does. */
const leastStacked = 5;
const cell = 6;
const mostHigh = 25;
/** Characters in one of these squares, and such that stand alone: a page that people read has fewer. */
const mostInCell = 60;
const mostLonely = 20_000;
const mostLetters = 60_000;

/**
 * From that on text that does not run from left to right is more than a label, the line at the margin of an article or a
 * watermark: by what all of it says, each line once, and by what one line does. A Chinese character counts once, a word twice.
 */
const meaningful = { all: 40, line: 16, binding: 5, words: 8, page: 10 };
/** Share of the letters of a page from which on it is turned as a whole. */
const mostOfPage = 0.8;
const binding =
  /保证|担保|连带|承诺|支付|付款|付清|偿还|归还|赔偿|违约|转让|免除|放弃|抵押|质押|债务|债权|借款|欠款|回购|不可撤销|本合同|本协议|同意|(?:人民币|RMB|CNY|USD|EUR|[¥￥$€])\s?\d[\d,]{3,}|\d[\d,]{3,}(?:\.\d+)?\s?[元圆]|[壹贰叁肆伍陆柒捌玖拾佰仟万]{2,}[元圆]|[_＿]{3,}|年\s*[_＿]*\s*月/u;
const bindingWords =
  /\b(?:guarant|indemnif|undertak|pledg|waive|payable|pays?\b|liable|liabilit|hereby|shall\b|agrees?\b|(?:CNY|RMB|USD|EUR)\s?\d)/iu;
const isHan = /\p{Script=Han}/u;
const isLetter = /[\p{L}\p{N}]/u;
/** Numbers of rows, marks and ticks one under the other are a column of a table. */
const isNumbering = /^[\d一二三四五六七八九十百千万\s.、()（）\p{P}\p{S}]*$/u;

/** Whether a line runs so far off from left to right that nobody knows whether it is read as people read it. */
export const isUnsure = ({ turned = 0 }: TextRun): boolean => turned > slant.sure && turned < 360 - slant.sure;

/**
 * Finds the text of a page that does not run from left to right as it is shown, where it is more than labels and watermarks:
 * turned and slanted lines, columns of upright characters. It is brought into lines in the order in which people read them,
 * so that what they say is known. Null where there is nothing of the kind.
 */
export function findTurnedText(characters: readonly TurnedCharacter[]): TurnedLine[] | null {
  const isTurned = ({ turn }: TurnedCharacter): boolean => turn > slant.least && turn < 360 - slant.least;
  const turned = characters.filter(isTurned);
  const upright = turned.length === characters.length ? [] : characters.filter((one) => !isTurned(one));
  const lonely = upright.length === 0 ? [] : listLonely(characters, isTurned).slice(0, mostLonely);
  const stacked = lonely.length === 0 ? [] : listStacked(lonely, upright, turned);
  if (turned.length + stacked.length < leastStacked) return null;
  const known = new Set(characters.map(({ at }) => at));
  const lines = [...turned, ...stacked.map((one) => ({ ...one, turn: direction.down }))]
    .slice(0, mostLetters)
    .map((one) => ({ ...one, spaced: !known.has(one.at - 1) }))
    .reduce(groupDirections, [])
    .flatMap(orderLines);
  const isWhole = turned.length + stacked.length >= characters.length * mostOfPage;
  return saysMuch(lines.map(writeTurnedLine), isWhole) ? lines : null;
}

/** A turned line as it is read, with spaces where the file has them or room is left; its box is all of its place. */
export function writeTurnedLine(line: TurnedLine): TextRun {
  const high = heightOf(line);
  const gaps = line.map((one, at) => (at === 0 ? 0 : along(one).from - along(line[at - 1] ?? one).to));
  // Letters that are set apart, as those that stand under one another, make words all the same.
  const usual = Math.max(0, gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? 0);
  let text = "";
  for (const [at, one] of line.entries()) {
    const last = line[at - 1];
    const gap = (gaps[at] ?? 0) - usual;
    if (last && gap > high * leastSpace(last, one, usual > spaces.stacked * high))
      text += " ".repeat(Math.min(40, Math.max(1, Math.round(gap / (high * 0.5)))));
    text += one.text;
  }
  return { text, ...boundBoxes(line), turned: line[0]?.turn ?? 0 };
}

/** From how much room on, in heights of its letters, there is a space between two characters. */
function leastSpace(last: TurnedCharacter, next: TurnedCharacter, isStacked: boolean): number {
  if (isHan.test(last.text) || isHan.test(next.text)) return spaces.han;
  if (isStacked) return spaces.stacked;
  // One character between them in the file is a space; on a slant the boxes of letters reach into each other.
  if (next.spaced && next.at === last.at + 2) return Number.NEGATIVE_INFINITY;
  return next.at === last.at + 1 ? spaces.joined : spaces.apart;
}
const spaces = { han: 0.9, stacked: 0.3, joined: 0.8, apart: 0.1 };

const middleX = ({ x, width }: TextRun): number => x + width / 2;
const middleY = ({ y, height }: TextRun): number => y + height / 2;
const sizeOf = ({ width, height }: TextRun): number => Math.max(width, height);
const heightOf = (line: readonly TextRun[]): number => {
  const sizes = line.map(sizeOf).toSorted((a, b) => a - b);
  return Math.max(0.5, sizes[Math.floor(sizes.length * 0.7)] ?? 0);
};

/** Where a character begins and ends in the direction that it is written in, and how far down its lines it stands. */
function along(one: TurnedCharacter): { from: number; to: number; across: number } {
  const angle = (one.turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const middle = middleX(one) * cos + middleY(one) * sin;
  const half = (Math.abs(one.width * cos) + Math.abs(one.height * sin)) / 2;
  // The box of a letter on a slant is larger than the letter.
  const own = Math.abs(cos * sin) > 0.1 ? half * 0.7 : half;
  return { from: middle - own, to: middle + own, across: middleY(one) * cos - middleX(one) * sin };
}

/** Characters with none beside them as the letters of a line have it. */
function listLonely(
  characters: readonly TurnedCharacter[],
  isTurned: (one: TurnedCharacter) => boolean,
): TurnedCharacter[] {
  const isBeside = (a: TurnedCharacter | undefined, b: TurnedCharacter): boolean => {
    if (a === undefined) return false;
    const size = Math.max(sizeOf(a), sizeOf(b));
    return Math.abs(middleY(a) - middleY(b)) < 0.7 * size && Math.abs(middleX(a) - middleX(b)) <= reach.beside * size;
  };
  return characters.filter(
    (one, at) =>
      !isTurned(one) &&
      sizeOf(one) <= mostHigh &&
      !isBeside(characters[at - 1], one) &&
      !isBeside(characters[at + 1], one),
  );
}

/** Of characters that stand alone those that stand one under the other, nearer than to what is beside them. */
function listStacked(
  lonely: readonly TurnedCharacter[],
  upright: readonly TurnedCharacter[],
  turned: readonly TurnedCharacter[],
): TurnedCharacter[] {
  const columns = lonely.length < leastStacked ? [] : listColumns(lonely, createSearch(upright));
  const isBesideWords = createRowTest(upright, new Set(lonely));
  const ofTable = new Set(columns.filter((column) => isColumnOfTable(column, isBesideWords)).flat());
  const isText = ([first]: readonly TurnedCharacter[]): boolean => first !== undefined && !ofTable.has(first);
  const isLong = (column: readonly TurnedCharacter[]): boolean => column.length >= leastStacked;
  // Beside one column of text a short one is no label, either.
  const kept = columns.some((column) => isLong(column) && isText(column)) ? columns.filter(isText).flat() : [];
  // What stands in a column by itself, as behind a blank or between figures that lie on their side, belongs to it.
  const own = new Set(kept);
  const laid = turned.filter(({ turn }) => Math.abs(turn - direction.down) <= direction.apart);
  const near = createSearch([...kept, ...laid]);
  const high = heightOf(lonely);
  for (const one of lonely) {
    const size = Math.max(high, sizeOf(one));
    const isOfColumn = (other: TurnedCharacter): boolean =>
      Math.abs(middleX(one) - middleX(other)) <= reach.line * Math.max(size, sizeOf(other));
    if (!own.has(one) && !ofTable.has(one) && near(one, reach.behind * size).some(isOfColumn)) own.add(one);
  }
  return [...own];
}

/** Columns of characters that stand alone. */
function listColumns(
  lonely: readonly TurnedCharacter[],
  near: (one: TurnedCharacter, within: number) => readonly TurnedCharacter[],
): TurnedCharacter[][] {
  const alone = new Set(lonely);
  const below = new Map<TurnedCharacter, TurnedCharacter>();
  const isUnder = new Set<TurnedCharacter>();
  for (const one of lonely) {
    const size = sizeOf(one);
    let next: TurnedCharacter | null = null;
    let room = Number.POSITIVE_INFINITY;
    let beside = Number.POSITIVE_INFINITY;
    for (const other of near(one, reach.below * size)) {
      if (other === one) continue;
      const big = Math.max(size, sizeOf(other));
      const [dx, dy] = [Math.abs(middleX(other) - middleX(one)), middleY(other) - middleY(one)];
      if (dx <= reach.aside * big && dy > 0.4 * big && dy <= reach.below * big && dy < room && alone.has(other))
        [next, room] = [other, dy];
      if (Math.abs(dy) < 0.5 * big && dx > 0.3 * big) beside = Math.min(beside, dx);
    }
    if (next === null || beside < room * reach.closer) continue;
    below.set(one, next);
    isUnder.add(next);
  }
  return lonely
    .filter((one) => below.has(one) && !isUnder.has(one))
    .map((first) => {
      const column = [first];
      for (let next = below.get(first); next !== undefined; next = below.get(next)) column.push(next);
      return column;
    });
}

/** Grades, signs and numbers one under the other, beside words that run as words do. */
function isColumnOfTable(
  column: readonly TurnedCharacter[],
  isBesideWords: (one: TurnedCharacter) => boolean,
): boolean {
  const text = column.map((one) => one.text).join("");
  if (isNumbering.test(text)) return true;
  const distinct = new Set(column.map((one) => one.text)).size;
  if (distinct * 3 < column.length) return true;
  if (binding.test(text)) return false;
  return column.filter(isBesideWords).length >= column.length * 0.7;
}

function createSearch(all: readonly TurnedCharacter[]) {
  const cells = new Map<number, TurnedCharacter[]>();
  const key = (column: number, row: number): number => row * 10_000 + column;
  const on = (mm: number): number => Math.max(0, Math.min(9_000, Math.floor(mm / cell)));
  for (const one of all) {
    const at = key(on(middleX(one)), on(middleY(one)));
    const own = cells.get(at);
    if (own && own.length < mostInCell) own.push(one);
    else if (!own) cells.set(at, [one]);
  }
  return (one: TurnedCharacter, within: number): TurnedCharacter[] => {
    const found: TurnedCharacter[] = [];
    for (let row = on(middleY(one) - within); row <= on(middleY(one) + within); row += 1)
      for (let column = on(middleX(one) - within); column <= on(middleX(one) + within); column += 1)
        found.push(...(cells.get(key(column, row)) ?? []));
    return found;
  };
}

/** Answers whether on the row of a character, anywhere on the page, others stand beside one another. */
function createRowTest(
  upright: readonly TurnedCharacter[],
  alone: ReadonlySet<TurnedCharacter>,
): (one: TurnedCharacter) => boolean {
  const rows = new Set(upright.filter((one) => !alone.has(one)).map((one) => Math.round(middleY(one))));
  return (one) => rows.has(Math.round(middleY(one)));
}

/** Characters of about one direction together. */
function groupDirections(groups: TurnedCharacter[][], one: TurnedCharacter): TurnedCharacter[][] {
  const own = groups.find(([first]) => {
    const apart = Math.abs((first?.turn ?? 0) - one.turn);
    return Math.min(apart, 360 - apart) <= direction.apart;
  });
  if (own) own.push(one);
  else groups.push([one]);
  return groups;
}

/** The lines of what runs in one direction: of what runs down the right one comes first. */
function orderLines(group: readonly TurnedCharacter[]): TurnedCharacter[][] {
  const turn = group[0]?.turn ?? 0;
  const placed = group.map((one) => ({ one, ...along({ ...one, turn }) }));
  const high = heightOf(group);
  const lines: { across: number; count: number; own: typeof placed }[] = [];
  for (const each of placed.toSorted((a, b) => a.across - b.across)) {
    const last = lines.at(-1);
    if (last && each.across - last.across <= reach.line * high) {
      last.across = (last.across * last.count + each.across) / (last.count + 1);
      last.count += 1;
      last.own.push(each);
    } else lines.push({ across: each.across, count: 1, own: [each] });
  }
  return lines.map(({ own }) => own.toSorted((a, b) => a.from - b.from).map(({ one }) => ({ ...one, turn })));
}

function weigh(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[[\p{L}]--\p{Script=Han}]{2,}/gv)?.length ?? 0;
  const numbers = text.match(/\d+/gu)?.length ?? 0;
  return han + 2 * words + numbers;
}

/** Whether lines say more together, or one of them alone, than labels and watermarks do. */
function saysMuch(lines: readonly TextRun[], isWhole: boolean): boolean {
  const texts = [...new Set(lines.map(({ text }) => text.trim()))].filter((text) => isLetter.test(text));
  let all = 0;
  for (const text of texts) {
    const weight = weigh(text);
    all += weight;
    if (isHan.test(text) ? weight >= meaningful.line : weight >= 2 * meaningful.line) return true;
    if (weight >= meaningful.binding && binding.test(text)) return true;
    if (weight >= meaningful.words && bindingWords.test(text)) return true;
  }
  return all >= (isWhole ? meaningful.page : meaningful.all);
}
