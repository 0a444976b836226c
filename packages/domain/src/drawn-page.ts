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
export function findThinLines({ width, height, ink }: DrawnPage): ThinLines {
  const inked = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && (ink[y * width + x] ?? 0) > 0;
  const isThin = (x: number, y: number, dx: number, dy: number): boolean => {
    let thick = 1;
    for (const way of [1, -1])
      for (let step = 1; thick <= mostThick && inked(x + dx * way * step, y + dy * way * step); step += 1) thick += 1;
    return thick <= mostThick;
  };
  const find = (outer: number, inner: number, isDown: boolean): { lines: Line[]; dots: Uint8Array } => {
    const dots = new Uint8Array(width * height);
    const lines: Line[] = [];
    for (let a = 0; a < outer; a += 1)
      for (let b = 0; b < inner; b += 1) {
        const place = (at: number): [number, number] => (isDown ? [a, at] : [at, a]);
        if (!inked(...place(b))) continue;
        let [end, thin] = [b, 0];
        for (; end < inner && inked(...place(end)); end += 1)
          if (isThin(...place(end), isDown ? 1 : 0, isDown ? 0 : 1)) thin += 1;
        const length = end - b;
        if (length >= leastLength && thin >= length * leastThin) {
          const [x, y] = place(b);
          lines.push({ x, y, length });
          for (let at = b; at < end; at += 1) {
            const [column, row] = place(at);
            dots[row * width + column] = 1;
          }
        }
        b = end;
      }
    return { lines, dots };
  };
  const [across, down] = [find(height, width, false), find(width, height, true)];
  return { across: across.lines, down: down.lines, horizontal: across.dots, vertical: down.dots };
}
