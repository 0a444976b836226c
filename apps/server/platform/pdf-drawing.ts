import { type Canvas, isApart, opaqueWhite, openCanvas, withoutNotes } from "./pdf-canvas.ts";
import { type InkMap, measureTextOver } from "./pdf-glyphs.ts";
import { type DrawingModule, hasOnlyText, isTextLast, objectKinds, type PageBox, show } from "./pdf-objects.ts";

interface DrawnLine extends PageBox {
  readonly text: string;
}
export interface PageDrawn {
  /** Share of the page that differs from its ground. */
  readonly ink: number;
  /** Share of the page on which its pictures show something. */
  readonly pictureInk: number;
  /** How well each line of its text can be seen. */
  readonly looks: readonly LineLook[];
}
type LineLook = "seen" | "pale" | "unseen";

/** Dots to the inch that a page is drawn with to see whether there is anything on it. */
const dots = 50;
const mostDots = 1500;
/** No dot of a line that hardly stands out from its ground, as a watermark does, differs more from it than that. */
const palest = 44;
/** A line of this many letters shows in two of its ten parts: one letter at the edge of what cuts it off is no line. */
const parts = { all: 10, least: 2, letters: 12 };
const leastParts = (text: string): number => {
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return letters >= parts.letters && letters * 2 > text.length ? parts.least : 1;
};
const groundStep = 3;
/** Dots of a square of which one says that a picture shows something there: about five millimetres. */
const cell = 10;
/** A line at least this many dots high is looked at within its edges, which its neighbours reach. */
const thick = 5;

/**
 * Draws a page small, once as it is and once without its text, and tells how much is on it and which lines of text can be
 * seen: those that make a difference, whatever colour they have, whatever covers them and whatever is drawn beneath. The
 * text of a scan, which is meant to be there unseen, can be seen as far as its picture shows something in its place. The
 * page has no text any more afterwards. Null where it cannot be drawn.
 */
export function drawPage(
  pdfium: DrawingModule,
  page: number,
  of: {
    readonly widthMm: number;
    readonly heightMm: number;
    readonly pictures: readonly PageBox[];
    readonly lines: readonly DrawnLine[];
    /** Is shown what the text alone makes of the page, which counts until the next page is drawn. */
    readonly lookAt?: (text: InkMap) => void;
  },
): PageDrawn | null {
  const scale = Math.min(dots / 25.4, mostDots / Math.max(of.widthMm, of.heightMm, 1));
  const [width, height] = [Math.ceil(of.widthMm * scale), Math.ceil(of.heightMm * scale)];
  // Without its text a page that has nothing else is white, and one that has none is as it is.
  const writes = of.lines.length > 0;
  const isWhite = writes && hasOnlyText(pdfium, page);
  const asItIs = openCanvas(pdfium, width, height);
  const withoutText = writes && !isWhite ? openCanvas(pdfium, width, height) : asItIs;
  if (asItIs === null || withoutText === null) return null;
  if (withoutText === asItIs) asItIs.draw(page);
  else {
    const isOver = isTextLast(pdfium, page);
    if (!isOver) asItIs.draw(page);
    show(pdfium, page, (kind) => kind !== objectKinds.text);
    withoutText.draw(page);
    // Where nothing can lie over text it is drawn over the rest: pictures take long.
    if (isOver) {
      show(pdfium, page, (kind) => kind === objectKinds.text);
      asItIs.draw(page, withoutNotes, withoutText);
    }
  }
  of.lookAt?.({ ...measureTextOver(asItIs, isWhite ? null : withoutText), scale });
  const whole = asItIs.colours();
  const bare = isWhite ? null : withoutText.colours();
  const onPage = (box: PageBox): DotBox => {
    const clamp = (value: number, most: number): number => Math.min(most - 1, Math.max(0, Math.floor(value * scale)));
    const [top, bottom] = [clamp(box.y, height), clamp(box.y + box.height, height)];
    const inset = bottom - top >= thick ? 1 : 0;
    return {
      ...{ left: clamp(box.x, width), right: clamp(box.x + box.width, width) },
      ...{ top: top + inset, bottom: bottom - inset },
    };
  };
  const squares = coverSquares({ width, height }, of.pictures.map(onPage));
  const pictured = isWhite ? null : lookAtPictures(withoutText, squares);
  const looks = of.lines.map((line): LineLook => {
    const place = onPage(line);
    const look = lookAtText(whole, bare, width, place, line.text);
    return look !== "seen" && pictured?.isDrawnIn(place) ? "seen" : look;
  });
  const drawn = { ink: countInk(asItIs) / (width * height), pictureInk: pictured?.share() ?? 0, looks };
  for (const canvas of new Set([asItIs, withoutText])) canvas.close();
  return drawn;
}

/** How well the text in a place can be seen: where it makes a difference to the page without it, which is white if it is null. */
function lookAtText(
  whole: Uint32Array,
  bare: Uint32Array | null,
  width: number,
  { left, right, top, bottom }: DotBox,
  text: string,
): LineLook {
  const across = right - left + 1;
  const least = across < parts.all ? 1 : leastParts(text);
  const shown = new Set<number>();
  let isPale = true;
  for (let y = top; y <= bottom; y += 1)
    for (let x = left; x <= right; x += 1) {
      const colour = whole[y * width + x] ?? 0;
      const ground = bare === null ? opaqueWhite : (bare[y * width + x] ?? 0);
      if (colour === ground || !isApart(colour, ground)) continue;
      shown.add(Math.floor(((x - left) * parts.all) / across));
      isPale &&= !isApart(colour, ground, palest);
      if (shown.size >= least && !isPale) return "seen";
    }
  return shown.size < least ? "unseen" : "pale";
}

/** Dots that differ from the ground. */
function countInk(canvas: Canvas): number {
  const ground = findGround(canvas);
  const { width, height } = canvas;
  const colours = canvas.colours();
  let inked = 0;
  for (let y = 0; y < height; y += 1) {
    if (ground === opaqueWhite && canvas.isWhiteRow(y)) continue;
    for (let at = y * width; at < (y + 1) * width; at += 1) {
      const colour = colours[at] ?? 0;
      if (colour !== ground && isApart(colour, ground)) inked += 1;
    }
  }
  return inked;
}

/** The colour that most of a page has; every few dots are enough to tell. */
function findGround(canvas: Canvas): number {
  const { width, height } = canvas;
  const colours = canvas.colours();
  const counts = countsOfColours.fill(0);
  let most = 0;
  // The place of a dot of that colour: its number is too large for V8's small ones, of which no object has to be made.
  let ground = 0;
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    const end = (y + 1) * width;
    // A row all white counts as its first dot, as often as it is asked.
    const isWhite = canvas.isWhiteRow(y);
    const by = isWhite ? Math.ceil((end - at) / groundStep) : 1;
    for (; at < end; at += by * groundStep) {
      const colour = colours[at] ?? 0;
      const key = ((colour & 0xf80000) >> 9) | ((colour & 0xf800) >> 6) | ((colour & 0xf8) >> 3);
      const count = (counts[key] ?? 0) + by;
      counts[key] = count;
      if (count > most) {
        most = count;
        ground = at;
      }
    }
  }
  return most === 0 ? 0 : (colours[ground] ?? 0);
}

/** One page after the other, in the same memory: fresh memory costs more than counting in it. */
const countsOfColours = new Uint32Array(1 << 15);

interface DotBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
interface Squares {
  readonly across: number;
  /** 1 for each square that a picture reaches. */
  readonly covered: Uint8Array;
}

/** The squares of a page that its pictures reach, however many lie over one another. */
function coverSquares(size: { readonly width: number; readonly height: number }, pictures: readonly DotBox[]): Squares {
  const across = Math.ceil(size.width / cell);
  const covered = new Uint8Array(across * Math.ceil(size.height / cell));
  for (const { left, right, top, bottom } of pictures)
    for (let y = Math.floor(top / cell); y <= Math.floor(bottom / cell); y += 1)
      covered.fill(1, y * across + Math.floor(left / cell), y * across + Math.floor(right / cell) + 1);
  return { across, covered };
}

/** What a page's pictures show, in the squares that they reach. */
function lookAtPictures(canvas: Canvas, { across, covered }: Squares) {
  const { width, height } = canvas;
  const bare = canvas.colours();
  const ground = findGround(canvas);
  const isDrawn = ({ left, right, top, bottom }: DotBox, isAsked: (x: number, y: number) => boolean): boolean => {
    for (let y = top; y <= bottom; y += 1)
      for (let x = left; x <= right; x += 1) {
        const colour = bare[y * width + x] ?? 0;
        if (colour !== ground && isApart(colour, ground) && isAsked(x, y)) return true;
      }
    return false;
  };
  const isPictured = (x: number, y: number): boolean =>
    covered[Math.floor(y / cell) * across + Math.floor(x / cell)] === 1;
  return {
    /** Whether anything is drawn in a place that a picture reaches. */
    isDrawnIn: (place: DotBox): boolean => isDrawn(place, isPictured),
    /** The share of all squares that a picture reaches and in which anything is drawn. */
    share: (): number => {
      let shown = 0;
      for (let square = 0; square < covered.length; square += 1) {
        if (covered[square] !== 1) continue;
        const [left, top] = [(square % across) * cell, Math.floor(square / across) * cell];
        const [right, bottom] = [Math.min(left + cell, width) - 1, Math.min(top + cell, height) - 1];
        if (isDrawn({ left, right, top, bottom }, () => true)) shown += 1;
      }
      return shown / Math.max(1, covered.length);
    },
  };
}
