import { dotsPerMm, glyphSide, type ShownGlyph } from "@chancery/domain/compare";
import { type Canvas, darkness, farthest, opaqueWhite, openCanvas, withoutNotes } from "./pdf-canvas.ts";
import type { DrawingModule, PageBox } from "./pdf-objects.ts";

/** Dots to the millimetre that a page's text is drawn with to see which characters it shows; without that `dotsPerMm` do. */
export const fineDots = 4;
/** Dots along a side at the most; a larger page is not drawn. */
const mostDots = 8000;
/** How dark, of 255, a dot is in which a character can be seen, and one that shows what was not read. */
const visible = 21;
const legible = 60;
/** Dots around a character that its strokes may reach, drawn small as they are. */
const overhang = 2;

/** Letters of a page's text as they were read, one or those that one drawing stands for. */
export interface ReadLetters {
  readonly text: string;
  readonly box: PageBox;
  /** Names the drawing: font, characters and their extent; null where a font draws its characters by programs of its own. */
  readonly glyph: string | null;
}
export interface PageGlyphs {
  readonly shown: readonly ShownGlyph[];
  /** Where a character was read and its text leaves nothing that could be read. */
  readonly unseen: readonly PageBox[];
  /** Text that is drawn where none was read, at `dotsPerMm`: how dark it is. */
  readonly unread: Uint8Array | null;
}

/**
 * Draws the text of a page, of which nothing but text is shown, cuts out how each of its characters looks, and tells what was
 * read and is not drawn, and what is drawn and was not read. Null where the page is too large.
 */
export function drawGlyphs(
  pdfium: DrawingModule,
  page: number,
  size: { readonly index: number; readonly widthMm: number; readonly heightMm: number },
  letters: readonly ReadLetters[],
  wants: (letters: ReadLetters) => boolean,
): PageGlyphs | null {
  const wanted = new Set(letters.filter(wants));
  const canvas = openTextCanvas(pdfium, size, wanted.size > 0 ? fineDots : dotsPerMm);
  if (canvas === null) return null;
  canvas.draw(page, withoutNotes);
  const drawn = { ...measureText(canvas), scale: canvas.scale };
  canvas.close();
  const { shown, unseen } = lookAtLetters(drawn, size.index, letters, (one) => wanted.has(one));
  leaveUnread(drawn, letters);
  return { shown, unseen: unseen.map(({ box }) => box), unread: coarsen(drawn, size) };
}

/** How dark each dot is of a page on which nothing but text is shown. One page after the other, in the same memory. */
export interface InkMap {
  readonly width: number;
  readonly height: number;
  /** Dots to the millimetre. */
  readonly scale: number;
  readonly ink: Uint8Array;
}

/** Paper for a page of that size; null where the page is too large to be drawn. */
export function openTextCanvas(
  pdfium: DrawingModule,
  size: { readonly widthMm: number; readonly heightMm: number },
  scale = fineDots,
): (Canvas & { readonly scale: number }) | null {
  const [width, height] = [Math.ceil(size.widthMm * scale), Math.ceil(size.heightMm * scale)];
  const canvas = Math.max(width, height) <= mostDots ? openCanvas(pdfium, width, height) : null;
  return canvas && { ...canvas, scale };
}

export const measureText = (canvas: Canvas): Omit<InkMap, "scale"> => ({
  ...{ width: canvas.width, height: canvas.height },
  ink: measureInk(canvas),
});

/** How the wanted letters look, and the letters that leave nothing to be seen. */
export function lookAtLetters<Letters extends ReadLetters>(
  drawn: InkMap,
  page: number,
  letters: readonly Letters[],
  wants: (letters: Letters) => boolean,
): { shown: ShownGlyph[]; unseen: Letters[] } {
  const shown: ShownGlyph[] = [];
  const unseen: Letters[] = [];
  for (const one of letters) {
    const { text, box } = one;
    const place = placeOn(drawn, box);
    if (!isSeen(drawn, place)) unseen.push(one);
    else if (wants(one)) shown.push({ character: text, page, box, picture: cutOut(drawn, place) });
  }
  return { shown, unseen };
}
/** One page is looked at after the other, in the same memory: whole words of four dots. */
let inkOfPage = new Uint8Array(0);
function clearInk({ width, height }: Canvas): Uint8Array {
  const length = Math.ceil((width * height) / dotsOfWord) * dotsOfWord;
  if (inkOfPage.length < length) inkOfPage = new Uint8Array(length);
  return inkOfPage.subarray(0, length).fill(0);
}

/** How far each dot of a page stands out from the page without its text, which is white where it is null. */
export function measureTextOver(canvas: Canvas, bare: Canvas | null): Omit<InkMap, "scale"> {
  if (bare === null) return measureText(canvas);
  const { width, height } = canvas;
  const ink = clearInk(canvas);
  const whole = canvas.colours();
  const ground = bare.colours();
  for (let at = 0; at < whole.length; at += 1) {
    // No pair of both: colours are too large for V8's small numbers, so that an array of them is three objects for each dot.
    const dot = whole[at] ?? opaqueWhite;
    const under = ground[at] ?? opaqueWhite;
    if (dot !== under) ink[at] = farthest(dot, under);
  }
  return { width, height, ink };
}

function measureInk(canvas: Canvas): Uint8Array {
  const { width, height } = canvas;
  const ink = clearInk(canvas);
  const colours = canvas.colours();
  for (let y = 0; y < height; y += 1)
    for (let at = y * width, end = canvas.isWhiteRow(y) ? at : at + width; at < end; at += 1) {
      const colour = colours[at] ?? opaqueWhite;
      if (colour !== opaqueWhite) ink[at] = darkness(colour);
    }
  return ink;
}
const dotsOfWord = 4;

/** Takes away what was read; what is left was not. */
export function leaveUnread({ width, height, scale, ink }: InkMap, letters: readonly ReadLetters[]): void {
  const on = (mm: number, by: number, most: number): number => Math.max(0, Math.min(most, Math.round(mm * scale) + by));
  for (const { box } of letters) {
    const left = on(box.x, -overhang, width);
    const right = on(box.x + box.width, overhang, width);
    const bottom = on(box.y + box.height, overhang, height);
    for (let y = on(box.y, -overhang, height); y < bottom; y += 1)
      for (let at = y * width + left; at < y * width + right; at += 1) ink[at] = 0;
  }
}

/** Hardly a dot is left of what was not read: four are looked at in one. */
export function eachLegible({ ink }: InkMap, take: (at: number, dark: number) => void): void {
  const words = new Uint32Array(ink.buffer, ink.byteOffset, ink.length / dotsOfWord);
  for (let word = 0; word < words.length; word += 1) {
    if (words[word] === 0) continue;
    for (let at = word * dotsOfWord; at < (word + 1) * dotsOfWord; at += 1) {
      const dark = ink[at] ?? 0;
      if (dark >= legible) take(at, dark);
    }
  }
}

/** What can be read of it, at `dotsPerMm`; null where nothing can. */
function coarsen(drawn: InkMap, size: { readonly widthMm: number; readonly heightMm: number }): Uint8Array | null {
  const { width, scale } = drawn;
  const [across, down] = [Math.ceil(size.widthMm * dotsPerMm), Math.ceil(size.heightMm * dotsPerMm)];
  const toCoarse = dotsPerMm / scale;
  let unread: Uint8Array | null = null;
  eachLegible(drawn, (at, dark) => {
    unread ??= new Uint8Array(across * down);
    const [x, y] = [Math.floor((at % width) * toCoarse), Math.floor(Math.floor(at / width) * toCoarse)];
    if (x < across && y < down) unread[y * across + x] = Math.max(unread[y * across + x] ?? 0, dark);
  });
  return unread;
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly across: number;
  readonly down: number;
  readonly firstX: number;
  readonly lastX: number;
  readonly firstY: number;
  readonly lastY: number;
}
function placeOn({ width, height, scale }: InkMap, box: PageBox): Place {
  const left = box.x * scale;
  const top = box.y * scale;
  const across = box.width * scale;
  const down = box.height * scale;
  return {
    ...{ left, top, across, down },
    ...{ firstX: Math.max(0, Math.floor(left)), lastX: Math.min(width, Math.ceil(left + across)) },
    ...{ firstY: Math.max(0, Math.floor(top)), lastY: Math.min(height, Math.ceil(top + down)) },
  };
}

/** A dot or a stroke thinner than two dots may be drawn one beside its place. */
function isSeen({ width, height, ink }: InkMap, { across, down, firstX, lastX, firstY, lastY }: Place): boolean {
  const [besideX, besideY] = [across < thin ? 1 : 0, down < thin ? 1 : 0];
  const left = Math.max(0, firstX - besideX);
  const right = Math.min(width, lastX + besideX);
  const bottom = Math.min(height, lastY + besideY);
  for (let y = Math.max(0, firstY - besideY); y < bottom; y += 1)
    for (let at = y * width + left; at < y * width + right; at += 1) if ((ink[at] ?? 0) >= visible) return true;
  return false;
}
const thin = 2;

/** A place scaled into a square with its proportions kept; what stands beside a narrow or a low character is not its own. */
function cutOut({ width, height, ink }: InkMap, place: Place): Uint8Array {
  const { left, top, across, down, firstX, lastX, firstY, lastY } = place;
  const scale = Math.max(across, down, 1) / glyphSide;
  // Large letters are looked at in several points for each dot of the square.
  const points = Math.min(mostPoints, Math.max(1, Math.round(scale)));
  const most = glyphSide * points;
  placePoints(alongX, most, left - (scale * glyphSide - across) / 2, scale / points, firstX, lastX);
  placePoints(alongY, most, top - (scale * glyphSide - down) / 2, scale / points, firstY, lastY);
  sums.fill(0);
  for (let row = 0; row < most; row += 1) {
    const upper = alongY.before[row] ?? 0;
    const lower = alongY.after[row] ?? 0;
    if (upper === 0 && lower === 0) continue;
    const line = (alongY.at[row] ?? 0) * width;
    const next = Math.min((alongY.at[row] ?? 0) + 1, height - 1) * width;
    const cell = Math.floor(row / points) * glyphSide;
    for (let column = 0; column < most; column += 1) {
      const before = alongX.before[column] ?? 0;
      const after = alongX.after[column] ?? 0;
      if (before === 0 && after === 0) continue;
      const x = alongX.at[column] ?? 0;
      const beside = Math.min(x + 1, width - 1);
      const square = points === 1 ? cell + column : cell + Math.floor(column / points);
      sums[square] =
        (sums[square] ?? 0) +
        upper * (before * (ink[line + x] ?? 0) + after * (ink[line + beside] ?? 0)) +
        lower * (before * (ink[next + x] ?? 0) + after * (ink[next + beside] ?? 0));
    }
  }
  const picture = new Uint8Array(glyphSide * glyphSide);
  for (let at = 0; at < picture.length; at += 1) picture[at] = (sums[at] ?? 0) / (points * points);
  return picture;
}

const mostPoints = 6;
const sums = new Float64Array(glyphSide * glyphSide);
/** Points along a side of the square: the dot before each, and how much of it and of the one after it counts. */
interface Points {
  readonly at: Int32Array;
  readonly before: Float64Array;
  readonly after: Float64Array;
}
const createPoints = (): Points => ({
  at: new Int32Array(glyphSide * mostPoints),
  before: new Float64Array(glyphSide * mostPoints),
  after: new Float64Array(glyphSide * mostPoints),
});
const [alongX, alongY] = [createPoints(), createPoints()];

/** Dots outside of `first` to `last` count as paper. */
function placePoints(
  { at, before, after }: Points,
  count: number,
  from: number,
  step: number,
  first: number,
  last: number,
): void {
  for (let point = 0; point < count; point += 1) {
    const place = from + (point + 0.5) * step - 0.5;
    const dot = Math.floor(place);
    const part = place - dot;
    // The dot before the first is told by the one after it.
    const isEdge = dot === first - 1;
    at[point] = isEdge ? first : Math.max(0, dot);
    before[point] = isEdge ? part : dot >= first && dot < last ? 1 - part : 0;
    after[point] = !isEdge && dot >= first && dot + 1 < last ? part : 0;
  }
}
