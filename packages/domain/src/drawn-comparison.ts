import type { TextBox } from "./document-text.ts";
import { type DrawnPage, dotsPerMm, findThinLines, type ThinLines } from "./drawn-page.ts";
import type { LineShift } from "./line-shifts.ts";
import type { FieldValue, TemplateComparison, TemplateDifference } from "./template-comparison.ts";

export type DrawnKind = "drawn-picture" | "drawn-lines" | "drawn-cover" | "drawn-letters";
/** Something drawn on a page of the document that its template does not have there. */
export interface DrawnPlace {
  readonly kind: DrawnKind;
  readonly page: number;
  readonly box: TextBox;
}
/** Dots that the same thing may be drawn off its place by another program. */
const near = 1;
/** Dots that a thin straight line may stand off a line of the template, along it and across: three millimetres. */
const lineReach = 6;
/** Dots of a line with words right above and right below it: so many, and it strikes them through. */
const leastStruck = 4;
/** Dots above and below a line that are looked at for words. */
const besideLine = 2;
/** Squares of dots in which what is drawn has to look like the template's, and how far it may be off, of its ink. */
const tile = { side: 16, reach: 2, most: 0.55, least: 600 };
/** Dots of text under a cover that are no accident of drawing. */
const leastHidden = 3;
/** Dots of a square of which things drawn side by side are one place. */
const cell = 4;
const mostPlaces = 40;
/** Millimetres around a field that nobody filled in, for what is drawn into it, and around one that is, for its line. */
const blankReach = { x: 2, y: 3 };
const underline = { above: 0.6, below: 2, aside: 60 };

/** A row of the template that one of the document may come from. */
interface Source {
  readonly page: DrawnPage;
  readonly lines: ThinLines;
  readonly dy: number;
}

/**
 * What is drawn on a page of the document outside its blank fields and is not in the template: pictures, outlines, lines, and
 * what lies over words. The same place counts, the place that filled fields moved it to, and for thin straight lines that
 * strike no words through a few millimetres around. `templatePage` is asked only where something is drawn.
 */
export function listDrawnPlaces(of: {
  readonly index: number;
  readonly page: DrawnPage;
  readonly fields: readonly FieldValue[];
  readonly shifts: readonly LineShift[];
  /** Places of the template's form fields on that page: they are there to be filled in. */
  readonly formFields?: readonly TextBox[];
  readonly templatePage: (index: number) => DrawnPage | null;
}): DrawnPlace[] {
  const { index, page } = of;
  const { width, height, ink, hidden } = page;
  if (!ink.some((dot) => dot > 0) && !hidden.some((dot) => dot > 0)) return [];
  const known = new Map<number, Omit<Source, "dy"> | null>();
  const sourceOf = (at: number): Omit<Source, "dy"> | null => {
    if (!known.has(at)) {
      const drawn = of.templatePage(at);
      known.set(at, drawn && { page: drawn, lines: findThinLines(drawn) });
    }
    return known.get(at) ?? null;
  };
  const isInked = (y: number): boolean => {
    for (let at = y * width; at < (y + 1) * width; at += 1) if (ink[at] !== 0 || hidden[at] !== 0) return true;
    return false;
  };
  // Squares are compared by the middle of their rows, whether it has ink or not.
  const inked = Array.from({ length: height }, (_, y) => isInked(y));
  const sources = inked.map((_, y) =>
    inked.slice(Math.max(0, y - tile.side), y + tile.side).includes(true)
      ? listSources(index, y, of.shifts, sourceOf)
      : [],
  );
  const blanks = of.fields.filter((one) => one.page === index && one.text === "").map(({ box }) => box);
  const isBlank = maskBlanks([...blanks, ...(of.formFields ?? [])], page);
  const lines = findThinLines(page);
  const allowed = allowLines(page, lines, sources, of.fields, index);
  const drawn = new Uint8Array(width * height);
  const covered = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; inked[y] && x < width; x += 1) {
      const at = y * width + x;
      if (((ink[at] ?? 0) === 0 && hidden[at] === 0) || isBlank(x, y)) continue;
      const here = sources[y] ?? [];
      if (
        (ink[at] ?? 0) > 0 &&
        allowed[at] === 0 &&
        !here.some((one) => hasNear(one.page, one.page.ink, x, y + one.dy, near))
      )
        drawn[at] = 1;
      if (hidden[at] !== 0 && !here.some((one) => hasNear(one.page, one.page.hidden, x, y + one.dy, 2 * near)))
        covered[at] = 1;
    }
  markUnlikeTiles(page, lines, sources, isBlank, drawn);
  const inPicture = ({ x, y, width: w, height: h }: TextBox): boolean =>
    page.pictures.some(
      (one) =>
        x + w / 2 >= one.x && x + w / 2 <= one.x + one.width && y + h / 2 >= one.y && y + h / 2 <= one.y + one.height,
    );
  return [
    ...listSpots(page, covered, leastHidden).map((box) => ({ kind: "drawn-cover" as const, page: index, box })),
    ...listSpots(page, drawn, 1).map((box) => ({
      ...{ kind: inPicture(box) ? ("drawn-picture" as const) : ("drawn-lines" as const), page: index, box },
    })),
  ].slice(0, mostPlaces);
}

/** A comparison that found the words the same, with what is drawn besides: then the template was changed. */
export function addDrawnPlaces(comparison: TemplateComparison, places: readonly DrawnPlace[]): TemplateComparison {
  if (places.length === 0) return comparison;
  const told = places.map(
    ({ kind, page, box }): TemplateDifference => ({
      ...{ kind, template: { text: "", places: [] }, document: { text: "", places: [{ page, box, line: box }] } },
      ...{ field: null, lookAlike: false, context: { before: "", after: "" } },
    }),
  );
  return { ...comparison, verdict: "changed", differences: [...comparison.differences, ...told] };
}

/** The same place, and where the lines above and below come from. */
function listSources(
  index: number,
  y: number,
  shifts: readonly LineShift[],
  sourceOf: (page: number) => Omit<Source, "dy"> | null,
): Source[] {
  const middle = y / dotsPerMm;
  const below = shifts.findIndex((one) => one.y >= middle);
  const around = [shifts.at(below === -1 ? -1 : below - 1), shifts[below]];
  const found: Source[] = [];
  for (const { page, dy } of [{ page: index, dy: 0 }, ...around.filter((one) => one !== undefined)]) {
    const source = sourceOf(page);
    const dots = Math.round(dy * dotsPerMm);
    if (source && !found.some((one) => one.page === source.page && one.dy === dots))
      found.push({ ...source, dy: dots });
  }
  return found;
}

function hasNear({ width, height }: DrawnPage, dots: Uint8Array, x: number, y: number, reach: number): boolean {
  for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row += 1)
    for (let column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column += 1)
      if ((dots[row * width + column] ?? 0) > 0) return true;
  return false;
}

function maskBlanks(boxes: readonly TextBox[], page: DrawnPage): (x: number, y: number) => boolean {
  const mask = new Uint8Array(page.width * page.height);
  for (const box of boxes) {
    const [left, right] = [box.x - blankReach.x, box.x + box.width + blankReach.x].map((mm) => clamp(mm, page.width));
    const [top, bottom] = [box.y - blankReach.y, box.y + box.height + blankReach.y].map((mm) => clamp(mm, page.height));
    for (let y = top ?? 0; y < (bottom ?? 0); y += 1)
      mask.fill(1, y * page.width + (left ?? 0), y * page.width + (right ?? 0));
  }
  return (x, y) => mask[y * page.width + x] === 1;
}

const clamp = (mm: number, most: number): number => Math.max(0, Math.min(most, Math.round(mm * dotsPerMm)));

/** Dots of thin straight lines that the template has about there, or that a filled field stands on. */
function allowLines(
  page: DrawnPage,
  lines: ThinLines,
  sources: readonly (readonly Source[])[],
  fields: readonly FieldValue[],
  index: number,
): Uint8Array {
  const { width, height, text } = page;
  const allowed = new Uint8Array(width * height);
  const hasText = (x: number, y: number, way: 1 | -1): boolean => {
    for (let step = 2; step <= besideLine + 1; step += 1)
      if (y + way * step >= 0 && y + way * step < height && text[(y + way * step) * width + x] === 1) return true;
    return false;
  };
  const own = fields.filter((one) => one.page === index);
  for (const { x: from, y, length } of lines.across) {
    let struck = 0;
    for (let x = from; x < from + length; x += 1) if (hasText(x, y, -1) && hasText(x, y, 1)) struck += 1;
    if (struck >= leastStruck) continue;
    const [left, right, middle] = [from / dotsPerMm, (from + length) / dotsPerMm, y / dotsPerMm];
    const isUnderField = own.some(
      ({ box }) =>
        middle >= box.y + box.height * underline.above &&
        middle <= box.y + box.height + underline.below &&
        left >= box.x - underline.aside &&
        right <= box.x + box.width + underline.aside &&
        left <= box.x + box.width &&
        right >= box.x,
    );
    for (let x = from; x < from + length; x += 1)
      if (isUnderField || sources[y]?.some((one) => hasNear(one.page, one.lines.horizontal, x, y + one.dy, lineReach)))
        allowed[y * width + x] = 1;
  }
  for (const { x, y: from, length } of lines.down)
    for (let y = from; y < from + length; y += 1)
      if (sources[y]?.some((one) => hasNear(one.page, one.lines.vertical, x, y + one.dy, lineReach)))
        allowed[y * width + x] = 1;
  return allowed;
}

/** Squares that are drawn in on both sides and look otherwise: another picture in the place of the template's. */
function markUnlikeTiles(
  page: DrawnPage,
  lines: ThinLines,
  sources: readonly (readonly Source[])[],
  isBlank: (x: number, y: number) => boolean,
  drawn: Uint8Array,
): void {
  const { width, height, ink } = page;
  const { side, reach } = tile;
  for (let top = 0; top < height; top += side)
    for (let left = 0; left < width; left += side) {
      const dots: number[] = [];
      let total = 0;
      const [right, bottom] = [Math.min(width, left + side), Math.min(height, top + side)];
      for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) total += ink[y * width + x] ?? 0;
      if (total < tile.least) continue;
      total = 0;
      for (let y = top; y < bottom; y += 1)
        for (let x = left; x < right; x += 1) {
          const at = y * width + x;
          if (lines.horizontal[at] === 1 || lines.vertical[at] === 1 || isBlank(x, y)) continue;
          dots.push(at);
          total += ink[at] ?? 0;
        }
      if (total < tile.least) continue;
      let best = Number.POSITIVE_INFINITY;
      for (const source of sources[Math.min(height - 1, top + (side >> 1))] ?? [])
        for (let dy = -reach; dy <= reach && best > tile.most; dy += 1)
          for (let dx = -reach; dx <= reach && best > tile.most; dx += 1)
            best = Math.min(best, differBy(page, dots, source, dx, source.dy + dy));
      if (best > tile.most) for (const at of dots) if ((ink[at] ?? 0) > 0) drawn[at] = 1;
    }
}

/** How far dots are from those of the template, as a share of the ink on both sides. */
function differBy(
  page: DrawnPage,
  dots: readonly number[],
  { page: other, lines }: Source,
  dx: number,
  dy: number,
): number {
  let [apart, sum] = [0, 0];
  for (const at of dots) {
    const [x, y] = [(at % page.width) + dx, Math.floor(at / page.width) + dy];
    const isOn = x >= 0 && x < other.width && y >= 0 && y < other.height;
    const place = y * other.width + x;
    const own = page.ink[at] ?? 0;
    const isLine = isOn && (lines.horizontal[place] === 1 || lines.vertical[place] === 1);
    const theirs = isOn && !(isLine && own === 0) ? (other.ink[place] ?? 0) : 0;
    apart += Math.abs(own - theirs);
    sum += own + theirs;
  }
  return sum === 0 ? 0 : apart / sum;
}

/** Boxes in millimetres around dots that lie together; fewer than `least` are none. */
function listSpots({ width, height }: DrawnPage, dots: Uint8Array, least: number): TextBox[] {
  const [across, down] = [Math.ceil(width / cell), Math.ceil(height / cell)];
  const counts = new Uint16Array(across * down);
  for (let at = 0; at < dots.length; at += 1) {
    if (dots[at] !== 1) continue;
    const place = Math.floor(Math.floor(at / width) / cell) * across + Math.floor((at % width) / cell);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const boxes: TextBox[] = [];
  for (let start = 0; start < counts.length; start += 1) {
    if (counts[start] === 0) continue;
    let sum = 0;
    let [left, right, top, bottom] = [across, 0, down, 0];
    const open = [start];
    while (open.length > 0) {
      const at = open.pop() as number;
      const count = counts[at] ?? 0;
      if (count === 0) continue;
      counts[at] = 0;
      sum += count;
      const [x, y] = [at % across, Math.floor(at / across)];
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
      for (let row = Math.max(0, y - 1); row <= Math.min(down - 1, y + 1); row += 1)
        for (let column = Math.max(0, x - 1); column <= Math.min(across - 1, x + 1); column += 1)
          open.push(row * across + column);
    }
    const unit = cell / dotsPerMm;
    if (sum >= least)
      boxes.push({
        x: left * unit,
        y: top * unit,
        width: (right - left + 1) * unit,
        height: (bottom - top + 1) * unit,
      });
  }
  return boxes;
}
