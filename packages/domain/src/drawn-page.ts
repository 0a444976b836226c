import type { TextBox } from "./document-text.ts";

/** Dots to the millimetre that pages are drawn with to compare what is drawn on them. */
export const dotsPerMm = 2;
/** A page as it is drawn, dot by dot from its top left. */
export interface DrawnPage {
  readonly width: number;
  readonly height: number;
  /** How far each dot stands out from white paper, 0 to 255, without the page's text; 0 where no reader sees it. */
  readonly ink: Uint8Array;
  /** 1 where the page's text alone leaves ink. */
  readonly text: Uint8Array;
  /** 1 where that ink does not show on the page. */
  readonly hidden: Uint8Array;
  /** Where its pictures lie, in millimetres from the top left. */
  readonly pictures: readonly TextBox[];
}
interface Line {
  readonly x: number;
  readonly y: number;
  readonly length: number;
}
export interface ThinLines {
  readonly across: readonly Line[];
  readonly down: readonly Line[];
  /** 1 for each dot of one. */
  readonly horizontal: Uint8Array;
  readonly vertical: Uint8Array;
}

/** Dots: eight millimetres, longer than a stroke of a letter, and no thicker than the lines of a table. */
const leastLength = 16;
const mostThick = 3;
/** Share of a line's dots that are thin: where lines cross they are not. */
const leastThin = 0.8;

/** Thin straight lines of a page, row by row and column by column. */
export function findThinLines(page: DrawnPage): ThinLines {
  const [across, down] = [findLines(page, false), findLines(page, true)];
  return { across: across.lines, down: down.lines, horizontal: across.dots, vertical: down.dots };
}

function findLines({ width, height, ink }: DrawnPage, isDown: boolean): { lines: Line[]; dots: Uint8Array } {
  const dots = new Uint8Array(width * height);
  const lines: Line[] = [];
  // A line runs along `along`; how thick it is is counted across it.
  const [rows, length] = isDown ? [width, height] : [height, width];
  const [along, aside] = isDown ? [width, 1] : [1, width];
  const isThin = (at: number, row: number): boolean => {
    let thick = 1;
    for (let step = 1; thick <= mostThick && row + step < rows && (ink[at + aside * step] ?? 0) > 0; step += 1)
      thick += 1;
    for (let step = 1; thick <= mostThick && row >= step && (ink[at - aside * step] ?? 0) > 0; step += 1) thick += 1;
    return thick <= mostThick;
  };
  for (let row = 0; row < rows; row += 1)
    for (let from = 0, first = row * aside; from < length; from += 1, first += along) {
      if ((ink[first] ?? 0) === 0) continue;
      let [end, thin] = [from, 0];
      for (let at = first; end < length && (ink[at] ?? 0) > 0; end += 1, at += along) if (isThin(at, row)) thin += 1;
      const long = end - from;
      if (long >= leastLength && thin >= long * leastThin) {
        lines.push(isDown ? { x: row, y: from, length: long } : { x: from, y: row, length: long });
        for (let at = first; at < first + long * along; at += along) dots[at] = 1;
      }
      first += (end - from) * along;
      from = end;
    }
  return { lines, dots };
}
