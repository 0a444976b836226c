import { type DocumentWord, foldText, type TextBox } from "./document-text.ts";
import { readDay } from "./opening-stock-cells.ts";
import { isOpenDay } from "./template-fields.ts";
import type { TemplateField, TemplateText } from "./template-text.ts";

/** A character of a template with its exact place, in millimetres from the top left of the page as it is shown. */
export interface PlacedCharacter {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly baseline: number;
}
/** Where a value, or a part of one, is written. */
export interface FieldSlot {
  readonly page: number;
  readonly x: number;
  readonly width: number;
  readonly baseline: number;
  /** Size of the letters around it. */
  readonly size: number;
}
/** A field with its places: one, or three for a date whose 年, 月 and 日 are printed. */
export interface FillableField {
  readonly field: TemplateField;
  readonly slots: readonly FieldSlot[];
}
/** A line of text as it is to be written over a blank. */
export interface WrittenText {
  readonly page: number;
  readonly xMm: number;
  readonly baselineMm: number;
  readonly sizeMm: number;
  readonly stretch: number;
  readonly text: string;
}

/** Millimetres that a line's characters stand off its base line: small capitals, another writer's rounding. */
const offBase = 0.8;
const usualSize = 3.9;
/** Millimetres that a blank is reckoned beside its place at the most, for a value to be written within both. */
const mostOff = 4;
/** Air between a value and what stands beside it. */
const inset = 0.3;
/** How far letters may be drawn narrower, and then smaller; below this a value is too long for its place. */
const narrowest = 0.8;
const least = 0.6;

/** Every field of a template in the order in which it is read. */
export const listFields = (template: TemplateText): TemplateField[] =>
  [...template.body, ...template.running].flatMap((item) => (item.kind === "field" ? [item.field] : []));

/**
 * Where the values of each field are written; null where the template has words of its own in it, which would stay to be
 * read beneath the value.
 */
export function findFieldSlots(
  fields: readonly TemplateField[],
  pages: readonly (readonly PlacedCharacter[])[],
): (readonly FieldSlot[] | null)[] {
  const taken = new Set<PlacedCharacter>();
  return fields.map((field) => {
    const characters = pages[field.page] ?? [];
    if (isPrintedDate(field.words)) return findDateSlots(field, characters, taken);
    if (field.words.some(({ text }) => /[\p{L}\p{N}{}]/u.test(text))) return null;
    if (field.words.length === 0) return [slotOfBox(field, characters)];
    const blank = field.words.some(({ text }) => text === "__" || text === "..");
    const slot = blank ? findBlank(field, characters, taken) : findBetween(field, characters);
    return slot && [slot];
  });
}

const isPrintedDate = (words: readonly DocumentWord[]): boolean => isOpenDay(words.map(({ text }) => text).join(""));

const isBeside = (box: TextBox, { baseline }: PlacedCharacter): boolean =>
  baseline >= box.y - 1 && baseline <= box.y + box.height + 3;

/** Letters of one line, from the left. */
const lineOf = (at: PlacedCharacter, characters: readonly PlacedCharacter[]): PlacedCharacter[] =>
  characters.filter(({ baseline }) => Math.abs(baseline - at.baseline) <= offBase).toSorted((a, b) => a.x - b.x);

/** A low or dotted line as it is drawn, the first one that no field before has. */
function findBlank(
  field: TemplateField,
  characters: readonly PlacedCharacter[],
  taken: Set<PlacedCharacter>,
): FieldSlot | null {
  const isLine = ({ text }: PlacedCharacter): boolean => /^[_.…]$/u.test(foldText(text).slice(0, 1));
  const near = characters.filter((one) => isBeside(field.box, one) && isLine(one) && !taken.has(one));
  let best: PlacedCharacter[] = [];
  const middle = field.box.x + field.box.width / 2;
  const off = (run: readonly PlacedCharacter[]): number =>
    run.length < 2 ? Number.POSITIVE_INFINITY : Math.abs((endOf(run) + (run[0]?.x ?? 0)) / 2 - middle);
  for (const run of partRuns(near)) if (off(run) < off(best)) best = run;
  const [first] = best;
  if (!first || best.length < 2) return null;
  for (const one of best) taken.add(one);
  const size = sizeOf(lineOf(first, characters));
  // Where the comparison reckons the blank to begin and to end may lie a little beside: a value stands within both.
  const from = Math.max(first.x, Math.min(field.box.x, first.x + mostOff));
  const to = Math.min(endOf(best), Math.max(field.box.x + field.box.width, endOf(best) - mostOff));
  return { page: field.page, x: from, width: to - from, baseline: first.baseline, size };
}

const endOf = (run: readonly PlacedCharacter[]): number => Math.max(...run.map(({ x, width }) => x + width));

/** Characters that touch, line by line. */
function partRuns(characters: readonly PlacedCharacter[]): PlacedCharacter[][] {
  const runs: PlacedCharacter[][] = [];
  for (const one of characters.toSorted((a, b) => a.baseline - b.baseline || a.x - b.x)) {
    const last = runs.at(-1)?.at(-1);
    const touches = last && Math.abs(last.baseline - one.baseline) <= offBase && one.x - (last.x + last.width) < 1.5;
    if (touches) runs.at(-1)?.push(one);
    else runs.push([one]);
  }
  return runs;
}

/** Between two brackets with nothing in them. */
function findBetween(field: TemplateField, characters: readonly PlacedCharacter[]): FieldSlot | null {
  const [open, close] = [field.words[0]?.text ?? "", field.words.at(-1)?.text ?? ""];
  for (const first of characters.filter((one) => isBeside(field.box, one) && foldText(one.text) === open)) {
    const line = lineOf(first, characters);
    const second = line[line.indexOf(first) + 1];
    if (!second || foldText(second.text) !== close || Math.abs(first.x - field.box.x) > 12) continue;
    const x = first.x + first.width;
    return { page: field.page, x, width: second.x - x, baseline: first.baseline, size: sizeOf(line) };
  }
  return null;
}

/** The gaps before 年, 月 and 日. */
function findDateSlots(
  field: TemplateField,
  characters: readonly PlacedCharacter[],
  taken: Set<PlacedCharacter>,
): FieldSlot[] | null {
  const years = characters.filter((one) => isBeside(field.box, one) && one.text === "年" && !taken.has(one));
  const found = years
    .map((year) => {
      const line = lineOf(year, characters);
      const at = line.indexOf(year);
      return { line, at, off: Math.abs(year.x - field.box.x) };
    })
    .filter(({ line, at }) => line[at + 1]?.text === "月" && line[at + 2]?.text === "日")
    .toSorted((a, b) => a.off - b.off)[0];
  if (!found) return null;
  const { line, at } = found;
  const [before, ...marks] = [line[at - 1], line[at], line[at + 1], line[at + 2]];
  const size = sizeOf(line);
  let from = before ? before.x + before.width : (marks[0]?.x ?? 0) - 3 * size;
  return marks.flatMap((mark) => {
    if (!mark) return [];
    taken.add(mark);
    const slot = { page: field.page, x: from, width: mark.x - from, baseline: mark.baseline, size };
    from = mark.x + mark.width;
    return [slot];
  });
}

/** A box that was drawn where nothing stands: on the line beside it, if there is one. */
function slotOfBox({ page, box }: TemplateField, characters: readonly PlacedCharacter[]): FieldSlot {
  const beside = characters.filter(
    ({ baseline }) => baseline > box.y + box.height / 4 && baseline <= box.y + box.height,
  );
  const nearest = beside.toSorted((a, b) => Math.abs(a.x - box.x) - Math.abs(b.x - box.x))[0];
  const size = Math.min(nearest ? sizeOf(lineOf(nearest, characters)) : usualSize, box.height);
  return {
    page,
    x: box.x,
    width: box.width,
    baseline: nearest?.baseline ?? box.y + box.height / 2 + size * 0.36,
    size,
  };
}

/** A Chinese character is as wide as the letters are high; Latin capitals are about seven tenths of that. */
function sizeOf(line: readonly PlacedCharacter[]): number {
  const chinese = line
    .filter(({ text }) => /\p{Script=Han}/u.test(text))
    .map(({ width, height }) => Math.max(width, height));
  const latin = line.filter(({ text }) => /[\p{Lu}\p{N}]/u.test(text)).map(({ height }) => height / 0.7);
  const sizes = chinese.length > 0 ? chinese : latin;
  const size = sizes.toSorted((a, b) => a - b)[sizes.length >> 1] ?? usualSize;
  return Math.min(8, Math.max(2.4, size));
}

/**
 * A value as it is written into its places: narrower or smaller where it would not fit, but never cut; null where it is
 * too long even so. `measure` is the width of a text in thousandths of its size.
 */
export function writeValue(
  slots: readonly FieldSlot[],
  value: string,
  measure: (text: string) => number | null,
): readonly WrittenText[] | null {
  const parts = slots.length === 3 ? partDay(value) : [value];
  if (!parts) return null;
  const written: WrittenText[] = [];
  for (const [at, slot] of slots.entries()) {
    const text = parts[at] ?? "";
    const wide = measure(text);
    if (wide === null) return null;
    const room = slot.width - 2 * inset;
    const needed = (wide / 1000) * slot.size;
    const ratio = needed > room ? room / needed : 1;
    if (!(ratio >= least)) return null;
    const stretch = Math.max(narrowest, ratio);
    const sizeMm = slot.size * Math.min(1, ratio / stretch);
    const width = (wide / 1000) * sizeMm * stretch;
    // Parts of a date stand close before their mark, a value where its blank begins.
    const x = slots.length === 3 ? slot.x + slot.width - inset - width : slot.x + inset;
    written.push({ page: slot.page, xMm: x, baselineMm: slot.baseline, sizeMm, stretch, text });
  }
  return written;
}

/** Year, month and day as they stand before 年, 月 and 日. */
function partDay(value: string): string[] | null {
  const day = readDay(value);
  return day === null ? null : day.split("-").map((part) => String(Number(part)));
}
