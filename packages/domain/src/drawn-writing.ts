import type { TextBox } from "./document-text.ts";

/** What is drawn in a place, dot by dot from its top left: 1 where it stands out from its ground. */
export interface InkedDots {
  readonly width: number;
  readonly height: number;
  readonly dark: Uint8Array;
  readonly dotsPerMm: number;
}
/** A row of marks that is writing by its looks; the box in millimetres from the top left. */
export interface WrittenRow {
  readonly box: TextBox;
  /** Letters, or parts of them that hang together. */
  readonly marks: number;
}

/** Millimetres: what hangs together and may be a letter, a character's part, or a few letters that touch. */
const mark = { leastHigh: 0.9, mostHigh: 9, leastWide: 0.2, mostWide: 14 };
/** Straight lines at least this long, in millimetres, and no thicker are frames and underlines, which join letters. */
const ruled = { long: 7, thick: 0.8 };
/** A row of writing: so many marks over so many millimetres. */
const row = { marks: 7, wide: 9, gapMm: 1.6, gapHigh: 1.1, alike: 0.55 };
/** Share of the marks of a row that stand on its line, are as high as its letters, and are no mere dots, ticks and bars. */
const shares = { onLine: 0.6, high: 0.5, drawn: 0.4 };
/** How many strokes a letter shows, row by row or column by column, that a bar or a dot does not. */
const strokes = 1.22;
/** Shapes that differ in a row: pointers of a chart and a pattern are the same again and again. */
const shapes = { least: 4, share: 0.2 };
const mostMarks = 30_000;

interface Mark {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly isDrawn: boolean;
  readonly shape: number;
}

/**
 * Finds rows of writing among what is drawn: outlines of letters, letters in a picture. Nothing is recognised: writing is a
 * row of small marks of about one height on one line, most of them made of several strokes, and not all the same.
 */
export function findWrittenRows(dots: InkedDots): WrittenRow[] {
  const { width, dotsPerMm } = dots;
  const dark = dots.dark.slice();
  eraseLines(dark, dots);
  const marks = listMarks(dark, dots);
  if (marks.length < row.marks || marks.length > mostMarks) return [];
  return groupRows(marks, dotsPerMm)
    .filter((one) => isWriting(one, width, dotsPerMm))
    .map((one) => {
      const left = Math.min(...one.map((each) => each.left));
      const top = Math.min(...one.map((each) => each.top));
      const right = Math.max(...one.map((each) => each.right));
      const bottom = Math.max(...one.map((each) => each.bottom));
      const unit = 1 / dotsPerMm;
      return {
        box: { x: left * unit, y: top * unit, width: (right - left + 1) * unit, height: (bottom - top + 1) * unit },
        marks: one.length,
      };
    });
}

/** Takes away frames, underlines and the lines of tables. */
function eraseLines(dark: Uint8Array, { width, height, dotsPerMm }: InkedDots): void {
  const [long, thick] = [ruled.long * dotsPerMm, Math.ceil(ruled.thick * dotsPerMm)];
  const lines: number[] = [];
  const isThin = (at: number, aside: number, from: number, to: number): boolean => {
    let count = 1;
    for (let step = 1; count <= thick && from + step < to && dark[at + aside * step] === 1; step += 1) count += 1;
    for (let step = 1; count <= thick && from - step >= 0 && dark[at - aside * step] === 1; step += 1) count += 1;
    return count <= thick;
  };
  const walk = (rows: number, length: number, along: number, aside: number): void => {
    for (let line = 0; line < rows; line += 1) {
      let from = 0;
      while (from < length) {
        const first = line * aside + from * along;
        if (dark[first] !== 1) {
          from += 1;
          continue;
        }
        let end = from;
        while (end < length && dark[line * aside + end * along] === 1) end += 1;
        if (end - from >= long)
          for (let at = from; at < end; at += 1)
            if (isThin(line * aside + at * along, aside, line, rows)) lines.push(line * aside + at * along);
        from = end;
      }
    }
  };
  walk(height, width, 1, width);
  walk(width, height, width, 1);
  for (const at of lines) dark[at] = 0;
}

/** What hangs together, of the size of letters. */
function listMarks(dark: Uint8Array, { width, height, dotsPerMm }: InkedDots): Mark[] {
  const marks: Mark[] = [];
  const [leastHigh, mostHigh] = [mark.leastHigh * dotsPerMm, mark.mostHigh * dotsPerMm];
  const [leastWide, mostWide] = [mark.leastWide * dotsPerMm, mark.mostWide * dotsPerMm];
  const open: number[] = [];
  const own: number[] = [];
  for (let start = 0; start < dark.length; start += 1) {
    if (dark[start] !== 1) continue;
    open.length = 0;
    own.length = 0;
    open.push(start);
    dark[start] = 2;
    let [left, right, top, bottom] = [width, 0, height, 0];
    while (open.length > 0) {
      const at = open.pop() as number;
      own.push(at);
      const [x, y] = [at % width, Math.floor(at / width)];
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      for (let dy = y > 0 ? -1 : 0; dy <= (y < height - 1 ? 1 : 0); dy += 1)
        for (let dx = x > 0 ? -1 : 0; dx <= (x < width - 1 ? 1 : 0); dx += 1) {
          const next = at + dy * width + dx;
          if (dark[next] !== 1) continue;
          dark[next] = 2;
          open.push(next);
        }
    }
    const [wide, high] = [right - left + 1, bottom - top + 1];
    if (high < leastHigh || high > mostHigh || wide < leastWide || wide > mostWide) continue;
    marks.push({ left, top, right, bottom, ...describeMark(own, { left, top, wide, high }, width) });
    if (marks.length > mostMarks) break;
  }
  return marks;
}

/** Whether a mark shows strokes as a letter does, and a number that marks of about the same look share. */
function describeMark(
  own: readonly number[],
  { left, top, wide, high }: { left: number; top: number; wide: number; high: number },
  width: number,
): { isDrawn: boolean; shape: number } {
  const cells = new Uint8Array(wide * high);
  for (const at of own) cells[(Math.floor(at / width) - top) * wide + (at % width) - left] = 1;
  let [across, down] = [0, 0];
  for (let y = 0; y < high; y += 1)
    for (let x = 0; x < wide; x += 1) {
      if (cells[y * wide + x] !== 1) continue;
      if (x === 0 || cells[y * wide + x - 1] !== 1) across += 1;
      if (y === 0 || cells[(y - 1) * wide + x] !== 1) down += 1;
    }
  const isDrawn = Math.max(across / high, down / wide) >= strokes;
  // Five by three fields, each full or not, and about how wide it is.
  let shape = Math.round((wide / high) * 3);
  for (let row = 0; row < 5; row += 1)
    for (let column = 0; column < 3; column += 1) {
      let [full, all] = [0, 0];
      for (let y = Math.floor((row * high) / 5); y < Math.max(Math.floor(((row + 1) * high) / 5), 1); y += 1)
        for (let x = Math.floor((column * wide) / 3); x < Math.max(Math.floor(((column + 1) * wide) / 3), 1); x += 1) {
          all += 1;
          full += cells[y * wide + x] ?? 0;
        }
      shape = shape * 2 + (full * 2 > all ? 1 : 0);
    }
  return { isDrawn, shape };
}

/** Marks beside one another, from left to right. */
function groupRows(marks: readonly Mark[], dotsPerMm: number): Mark[][] {
  const rows: { marks: Mark[]; top: number; bottom: number; right: number }[] = [];
  let open: typeof rows = [];
  for (const one of marks.toSorted((a, b) => a.left - b.left || a.top - b.top)) {
    open = open.filter(
      ({ right, top, bottom }) => right + Math.max(row.gapMm * dotsPerMm, row.gapHigh * (bottom - top)) >= one.left,
    );
    let best: (typeof rows)[number] | null = null;
    let most = 0;
    for (const each of open) {
      const shared = Math.min(each.bottom, one.bottom) - Math.max(each.top, one.top) + 1;
      const [own, other] = [one.bottom - one.top + 1, each.bottom - each.top + 1];
      const share = shared / Math.min(own, other);
      if (share >= row.alike && own <= other * 2.2 && shared > most) [best, most] = [each, shared];
    }
    if (best) {
      best.marks.push(one);
      best.right = Math.max(best.right, one.right);
      // A higher letter makes the row higher, and what is lower does not make it less.
      if (one.bottom - one.top <= (best.bottom - best.top) * 1.6)
        [best.top, best.bottom] = [Math.min(best.top, one.top), Math.max(best.bottom, one.bottom)];
    } else {
      const fresh = { marks: [one], top: one.top, bottom: one.bottom, right: one.right };
      rows.push(fresh);
      open.push(fresh);
    }
  }
  return rows.map((each) => each.marks);
}

function isWriting(marks: readonly Mark[], _width: number, dotsPerMm: number): boolean {
  if (marks.length < row.marks) return false;
  const left = Math.min(...marks.map((one) => one.left));
  const right = Math.max(...marks.map((one) => one.right));
  if ((right - left) / dotsPerMm < row.wide) return false;
  const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  const high = middle(marks.map((one) => one.bottom - one.top + 1));
  const line = middle(marks.map((one) => one.bottom));
  const share = (is: (one: Mark) => boolean): number => marks.filter(is).length / marks.length;
  const near = Math.max(1.5, high * 0.28);
  return (
    share((one) => Math.abs(one.bottom - line) <= near) >= shares.onLine &&
    share((one) => one.bottom - one.top + 1 >= high * 0.6 && one.bottom - one.top + 1 <= high * 1.7) >= shares.high &&
    share((one) => one.isDrawn) >= shares.drawn &&
    new Set(marks.map((one) => one.shape)).size >= Math.max(shapes.least, marks.length * shapes.share)
  );
}
