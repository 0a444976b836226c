import { findWrittenRows, type ShownGlyph, type ShownOtherwise, type WrittenRow } from "@chancery/domain/compare";
import { type Canvas, darkness, isApart, opaqueWhite, openCanvas, withoutNotes } from "./pdf-canvas.ts";
import {
  eachLegible,
  fineDots,
  type InkMap,
  leaveUnread,
  lookAtLetters,
  measureText,
  openTextCanvas,
  type ReadLetters,
} from "./pdf-glyphs.ts";
import type { JoinedLetters } from "./pdf-letters.ts";
import {
  type DrawingModule,
  drawsOnlyText,
  drawsOverText,
  eachObject,
  objectKinds,
  type PageBox,
  show,
} from "./pdf-objects.ts";
import type { PageCharacter } from "./pdf-text.ts";

/** What a page shows where its text says something else, or nothing. */
export interface PageShown {
  /** Numbers of characters that nobody sees while the rest of their line, or something else in their place, is seen. */
  readonly hidden: ReadonlySet<number>;
  /** Characters written to be seen that nobody sees. */
  readonly unseen: number;
  readonly otherwise: readonly ShownOtherwise[];
  readonly glyphs: readonly ShownGlyph[];
}
export interface ShownOptions {
  readonly letters: readonly JoinedLetters[];
  readonly boxOf: (object: number) => PageBox | null;
  /** Where its images lie. */
  readonly images: readonly PageBox[];
}

/** How closely a page has to be looked at. */
export interface ShownPlan {
  readonly onlyText: boolean;
  /** Whether something may lie over text. */
  readonly covers: boolean;
  /** Letters of which it is asked how they look. */
  readonly wanted: ReadonlySet<ReadLetters>;
  /** Whether a coarse drawing is enough if all letters leave something in it, and nothing is left of it without them. */
  readonly mayBeCoarse: boolean;
}

/** Tells how closely a page has to be looked at; `wants` tells of which letters it is asked how they look. */
export function planLook(
  pdfium: DrawingModule,
  page: number,
  { letters, boxOf }: Omit<ShownOptions, "images">,
  wants: (letters: JoinedLetters) => boolean,
): ShownPlan {
  const onlyText = drawsOnlyText(pdfium, page);
  const covers = !onlyText && drawsOverText(pdfium, page, boxOf);
  const wanted = new Set(letters.filter((one) => one.characters[0]?.upright === true && wants(one)));
  return { onlyText, covers, wanted, mayBeCoarse: wanted.size === 0 && !covers };
}

/** Whether each letter leaves something in the text that is drawn, and nothing is left of it without them. Changes the map. */
export const isAllThere = (drawn: InkMap, letters: readonly JoinedLetters[]): boolean =>
  lookAtLetters(drawn, 0, letters, () => false).unseen.length === 0 && !hasUnread(drawn, letters);

/** How dark, of 255, a dot is that belongs to a letter, and how far it stands out from what lies around it to be seen. */
const ofLetter = 60;
const seenBy = 48;
const faint = 20;
/** Share of a letter's dots without which it cannot be read, and from which on something lies between it and what is drawn over it. */
const share = { gone: 0.8, between: 0.2, overlap: 0.3 };
const leastDots = 3;
/** Letters and figures that make a place, and millimetres to what stands on the same line. */
const leastSaid = 3;
const onLine = { near: 6, apart: 0.5 };
/** How dark ink is that writes, and the share of a page that is so dark that writing on it may be light. */
const writing = 90;
const darkPage = 0.04;
/**
 * A row of marks is words that were not read if it stands in a line of text or says as much as a sentence; shorter ones are
 * names in a drawing unless there are many. At head and foot stand the signs and addresses of a letterhead.
 */
const row = { marks: 24, many: 6, besideMm: 12, headMm: 45, footMm: 30, ofHead: 5 };
const mostPlaces = 40;
const mostGroups = 400;

/**
 * Looks at what a page shows of its text, letter by letter, and for words that are drawn and were not read: it is drawn as
 * text alone, without its text and as it is. Null where it is too large to be drawn. Where `allThere` of a coarse drawing is
 * known, only what is not text is drawn, and of the page the part that it stands on. Shows and hides objects as it needs.
 */
export function lookAtShown(
  pdfium: DrawingModule,
  page: number,
  size: { readonly index: number; readonly widthMm: number; readonly heightMm: number },
  { onlyText, covers, wanted }: ShownPlan,
  { letters, boxOf, images, allThere }: ShownOptions & { readonly allThere: boolean },
): PageShown | null {
  if (allThere) {
    const rows = onlyText ? [] : drawRest(pdfium, page, size, boxOf);
    const words = listWords(rows, { seen: letters, groups: [], heightMm: size.heightMm });
    return { hidden: new Set(), unseen: 0, otherwise: tellWords(words).slice(0, mostPlaces), glyphs: [] };
  }
  const canvases: Canvas[] = [];
  const draw = (is: (kind: number) => boolean) => {
    const canvas = openTextCanvas(pdfium, size);
    if (canvas === null) return null;
    canvases.push(canvas);
    show(pdfium, page, is);
    canvas.draw(page, withoutNotes);
    return canvas;
  };
  const close = (): void => {
    for (const canvas of canvases) canvas.close();
  };
  const canvas = draw((kind) => kind === objectKinds.text);
  if (canvas === null) return null;
  const drawn = { ...measureText(canvas), scale: fineDots };
  const { shown, unseen } = lookAtLetters(drawn, size.index, letters, (one) => wanted.has(one));
  const bare = onlyText ? null : draw((kind) => kind !== objectKinds.text);
  const needsWhole = bare !== null && (covers || unseen.some(({ characters }) => characters[0]?.written));
  const whole = needsWhole ? draw(() => true) : null;
  const layers: Layers = { ...drawn, bare: bare?.colours() ?? null, whole: whole?.colours() ?? null };
  const drawnRows = layers.bare
    ? findDrawnRows({ ...drawn, left: 0, top: 0, pageDots: drawn.width * drawn.height, colours: layers.bare })
    : [];
  const orders = covers ? orderObjects(pdfium, page) : null;
  const gone = new Set(findGone(layers, letters, new Set(unseen), { images, orders }));
  // Where a font tells its letters to be where they are not, they are read all the same.
  const unread = leaveText(drawn, letters).filter(({ box }) => !unseen.some((one) => isNearLine(one.box, box)));
  const rows = [...drawnRows, ...unread];
  close();
  const groups = groupGone(letters, gone);
  const onPage = groups.filter(({ box }) =>
    holdsMiddle({ x: 0, y: 0, width: size.widthMm, height: size.heightMm }, box),
  );
  const told = onPage.filter(
    (one) => isBesideSeen(one, letters, gone) || isUnderOther(one, { rows, letters, gone, images }),
  );
  const seen = letters.filter((one) => !gone.has(one));
  const words = listWords(rows, { seen, groups: told, heightMm: size.heightMm });
  return {
    hidden: new Set(
      told.flatMap(({ letters: own }) => own.flatMap(({ characters }) => characters.map(({ at }) => at))),
    ),
    unseen: [...gone].reduce((sum, { characters }) => sum + characters.filter(({ written }) => written).length, 0),
    otherwise: [
      ...told.map(({ text: said, box }) => ({ kind: "covered" as const, text: said, ...box })),
      ...tellWords(words),
    ].slice(0, mostPlaces),
    glyphs: shown,
  };
}

interface Layers extends InkMap {
  /** The page without its text, white where it is null, and as it is; as the text alone over `bare` where it is null. */
  readonly bare: Uint32Array | null;
  readonly whole: Uint32Array | null;
}

/** The objects of a page by when they are drawn. */
function orderObjects(pdfium: DrawingModule, page: number): ReadonlyMap<number, number> {
  const orders = new Map<number, number>();
  eachObject(pdfium, page, (object) => orders.set(object, orders.size));
  return orders;
}

/** Letters that nobody sees: covered, in the colour of their ground, or not drawn at all. */
function findGone(
  layers: Layers,
  letters: readonly JoinedLetters[],
  unseen: ReadonlySet<JoinedLetters>,
  { images, orders }: { images: readonly PageBox[]; orders: ReadonlyMap<number, number> | null },
): JoinedLetters[] {
  const gone: JoinedLetters[] = [];
  const later = orders ? createLaterTest(letters, orders) : () => false;
  for (const one of letters) {
    if (unseen.has(one)) {
      // The text of a scan, which is meant to be there unseen, is what its picture shows.
      const isOfScan = one.characters[0]?.written === false && images.some((image) => holdsMiddle(image, one.box));
      if (!isOfScan && !differs(layers, one.box)) gone.push(one);
      continue;
    }
    if (layers.whole === null || layers.bare === null) continue;
    const { dark, covered, pale } = countCovered(layers, one.box);
    if (dark < leastDots) continue;
    if (covered >= dark * share.gone || (pale >= dark * share.between && later(one))) gone.push(one);
  }
  return gone;
}

/** Whether another text that is drawn later lies over a letter. */
function createLaterTest(
  letters: readonly JoinedLetters[],
  orders: ReadonlyMap<number, number>,
): (one: JoinedLetters) => boolean {
  const cell = 8;
  const cells = new Map<string, JoinedLetters[]>();
  const keys = ({ x, y, width, height }: PageBox): string[] => {
    const found: string[] = [];
    for (let row = Math.floor(y / cell); row <= Math.floor((y + height) / cell); row += 1)
      for (let column = Math.floor(x / cell); column <= Math.floor((x + width) / cell); column += 1)
        found.push(`${column} ${row}`);
    return found.slice(0, 16);
  };
  for (const one of letters) for (const key of keys(one.box)) cells.set(key, [...(cells.get(key) ?? []), one]);
  const orderOf = (one: JoinedLetters): number => orders.get(one.characters[0]?.object ?? 0) ?? 0;
  return (one) =>
    keys(one.box).some((key) =>
      cells.get(key)?.some((other) => orderOf(other) > orderOf(one) && shareOf(one.box, other.box) >= share.overlap),
    );
}

/** How much of a box another covers, 0 to 1. */
function shareOf(a: PageBox, b: PageBox): number {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return across > 0 && down > 0 ? (across * down) / Math.max(1e-6, a.width * a.height) : 0;
}
/** Whether a letter's place is about a line above or below a row. */
const isNearLine = (letter: PageBox, { x, y, width, height }: PageBox): boolean =>
  letter.x < x + width && x < letter.x + letter.width && Math.abs(letter.y - y) < 2 * Math.max(height, letter.height);
const holdsMiddle = (outer: PageBox, { x, y, width, height }: PageBox): boolean =>
  x + width / 2 >= outer.x &&
  x + width / 2 <= outer.x + outer.width &&
  y + height / 2 >= outer.y &&
  y + height / 2 <= outer.y + outer.height;

function eachDot({ width, height, scale }: InkMap, box: PageBox, take: (at: number) => void, around = 0): void {
  const [left, right] = [Math.floor(box.x * scale) - around, Math.ceil((box.x + box.width) * scale) + around];
  const [top, bottom] = [Math.floor(box.y * scale) - around, Math.ceil((box.y + box.height) * scale) + around];
  for (let y = Math.max(0, top); y < Math.min(height, bottom); y += 1)
    for (let x = Math.max(0, left); x < Math.min(width, right); x += 1) take(y * width + x);
}

/** Whether the text in a place makes any difference to the page. */
function differs(layers: Layers, box: PageBox): boolean {
  const { bare, whole } = layers;
  if (bare === null || whole === null) return false;
  let isSeen = false;
  eachDot(
    layers,
    box,
    (at) => {
      isSeen ||= isApart(whole[at] ?? opaqueWhite, bare[at] ?? opaqueWhite, faint);
    },
    1,
  );
  return isSeen;
}

/** Of the dots of a letter those that do not show on the page, and those with something pale in their place. */
function countCovered(layers: Layers, box: PageBox): { dark: number; covered: number; pale: number } {
  const { ink, bare, whole } = layers;
  let [dark, covered, pale] = [0, 0, 0];
  eachDot(layers, box, (at) => {
    if ((ink[at] ?? 0) < ofLetter) return;
    dark += 1;
    const ground = bare?.[at] ?? opaqueWhite;
    if (isApart(whole?.[at] ?? opaqueWhite, ground, seenBy)) return;
    covered += 1;
    if (darkness(ground) < ofLetter) pale += 1;
  });
  return { dark, covered, pale };
}

/** Whether the text is drawn where none was read. */
function hasUnread(drawn: InkMap, letters: readonly ReadLetters[]): boolean {
  leaveUnread(drawn, letters);
  let count = 0;
  eachLegible(drawn, () => {
    count += 1;
  });
  return count > leastUnread;
}
/** Dots at `dotsPerMm`: less are edges of letters. */
const leastUnread = 40;

/** Rows of writing in the text that is drawn where none was read. */
function leaveText(drawn: InkMap, letters: readonly ReadLetters[]): WrittenRow[] {
  leaveUnread(drawn, letters);
  let dark: Uint8Array | null = null;
  eachLegible(drawn, (at) => {
    dark ??= new Uint8Array(drawn.width * drawn.height);
    if (at < dark.length) dark[at] = 1;
  });
  return dark === null ? [] : findWrittenRows({ ...drawn, dark, dotsPerMm: drawn.scale });
}

const tellWords = (words: readonly WrittenRow[]): ShownOtherwise[] =>
  words.map(({ box }) => ({ kind: "drawn" as const, text: "", ...box }));

/** Rows of writing among what is not text, of which only the part of the page is drawn that it stands on. */
function drawRest(
  pdfium: DrawingModule,
  page: number,
  size: { readonly widthMm: number; readonly heightMm: number },
  boxOf: (object: number) => PageBox | null,
): WrittenRow[] {
  const [wholeWidth, wholeHeight] = [Math.ceil(size.widthMm * fineDots), Math.ceil(size.heightMm * fineDots)];
  const box = boxOfRest(pdfium, page, boxOf) ?? { x: 0, y: 0, width: size.widthMm, height: size.heightMm };
  const on = (mm: number, by: number, most: number): number =>
    Math.max(0, Math.min(most, Math.round(mm * fineDots) + by));
  const [left, top] = [on(box.x, -aroundRest, wholeWidth), on(box.y, -aroundRest, wholeHeight)];
  const width = on(box.x + box.width, aroundRest, wholeWidth) - left;
  const height = on(box.y + box.height, aroundRest, wholeHeight) - top;
  const canvas = openCanvas(pdfium, width, height, { left, top, wholeWidth, wholeHeight });
  if (canvas === null) return [];
  show(pdfium, page, (kind) => kind !== objectKinds.text);
  canvas.draw(page, withoutNotes);
  const rows = findDrawnRows({
    ...{ width, height, left, top, pageDots: wholeWidth * wholeHeight },
    ...{ scale: fineDots, colours: canvas.colours() },
  });
  canvas.close();
  return rows;
}
/** Dots around what is drawn, which its edges reach. */
const aroundRest = 4;

/** The place of all that is not text; null where that is not known. */
function boxOfRest(pdfium: DrawingModule, page: number, boxOf: (object: number) => PageBox | null): PageBox | null {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  const count = pdfium._FPDFPage_CountObjects(page);
  for (let at = 0; at < count; at += 1) {
    const object = pdfium.wasmExports.FPDFPage_GetObject(page, at);
    if (pdfium.wasmExports.FPDFPageObj_GetType(object) === objectKinds.text) continue;
    const box = boxOf(object);
    if (box === null) return null;
    [left, top] = [Math.min(left, box.x), Math.min(top, box.y)];
    [right, bottom] = [Math.max(right, box.x + box.width), Math.max(bottom, box.y + box.height)];
  }
  return right >= left && bottom >= top ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}

/** What is drawn in a part of a page, which lies that many dots from its left and top edges. */
interface DrawnPart {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly pageDots: number;
  readonly scale: number;
  readonly colours: Uint32Array;
}

/** Rows of writing on the page without its text, dark on light and light on dark. Only where something is drawn is looked at. */
function findDrawnRows({
  width,
  height,
  left: fromLeft,
  top: fromTop,
  pageDots,
  scale,
  colours,
}: DrawnPart): WrittenRow[] {
  const dark = new Uint8Array(width * height);
  let [count, left, right, top, bottom] = [0, width, -1, height, -1];
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 1) {
      const colour = colours[at] ?? opaqueWhite;
      if (colour === opaqueWhite || darkness(colour) < writing) continue;
      dark[at] = 1;
      count += 1;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  if (count === 0) return [];
  const part = { width: right - left + 1, height: bottom - top + 1 };
  const cut = new Uint8Array(part.width * part.height);
  for (let y = 0; y < part.height; y += 1)
    cut.set(dark.subarray((top + y) * width + left, (top + y) * width + right + 1), y * part.width);
  // Writing may be light where much is dark.
  const grounds = count < pageDots * darkPage ? [cut] : [cut, cut.map((one) => 1 - one)];
  const [x, y] = [(fromLeft + left) / scale, (fromTop + top) / scale];
  return grounds
    .flatMap((one) => findWrittenRows({ ...part, dark: one, dotsPerMm: scale }))
    .map(({ box, marks }) => ({ box: { ...box, x: box.x + x, y: box.y + y }, marks }));
}

interface GoneGroup {
  readonly text: string;
  readonly box: PageBox;
  readonly letters: readonly JoinedLetters[];
}
/** A figure or a Chinese character says more than a letter. */
const weigh = (text: string): number =>
  (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) + (text.match(/[\p{N}\p{Script=Han}]/gu)?.length ?? 0) / 2;

/** Letters that follow one another on a line and that nobody sees. */
function groupGone(letters: readonly JoinedLetters[], gone: ReadonlySet<JoinedLetters>): GoneGroup[] {
  const groups: JoinedLetters[][] = [];
  let last: JoinedLetters | null = null;
  for (const one of letters) {
    if (!gone.has(one)) {
      last = null;
      continue;
    }
    const isNext =
      last !== null && isOnLine(last, one) && Math.abs(one.box.x - last.box.x - last.box.width) < onLine.near;
    if (isNext) groups.at(-1)?.push(one);
    else groups.push([one]);
    last = one;
  }
  return groups
    .flatMap((own) => {
      const text = own.map((one) => one.text).join("");
      if (weigh(text) < leastSaid) return [];
      const [left, top] = [Math.min(...own.map(({ box }) => box.x)), Math.min(...own.map(({ box }) => box.y))];
      const box = {
        ...{ x: left, y: top },
        width: Math.max(...own.map((one) => one.box.x + one.box.width)) - left,
        height: Math.max(...own.map((one) => one.box.y + one.box.height)) - top,
      };
      return [{ text: text.slice(0, 200), box, letters: own }];
    })
    .slice(0, mostGroups);
}
const lineOf = ({ characters }: JoinedLetters): PageCharacter["baseline"] => characters[0]?.baseline ?? 0;
const isOnLine = (a: JoinedLetters, b: JoinedLetters): boolean => Math.abs(lineOf(a) - lineOf(b)) <= onLine.apart;

/** Whether more of the line that a group stands on is seen. */
function isBesideSeen(
  { letters: own, box }: GoneGroup,
  letters: readonly JoinedLetters[],
  gone: ReadonlySet<JoinedLetters>,
) {
  const [first] = own;
  return letters.some(
    (one) =>
      first !== undefined &&
      !gone.has(one) &&
      isOnLine(first, one) &&
      one.box.x < box.x + box.width + onLine.near &&
      box.x < one.box.x + one.box.width + onLine.near,
  );
}

/** Whether something else shows in the place of a group: other text, words that are drawn, a picture. */
const isUnderOther = (
  { box }: GoneGroup,
  of: {
    readonly rows: readonly WrittenRow[];
    readonly letters: readonly JoinedLetters[];
    readonly gone: ReadonlySet<JoinedLetters>;
    readonly images: readonly PageBox[];
  },
): boolean =>
  of.rows.some((one) => shareOf(one.box, box) > 0) ||
  of.images.some((image) => holdsMiddle(image, box)) ||
  of.letters.some((one) => !of.gone.has(one) && shareOf(one.box, box) >= share.overlap);

/** Rows that are words of the page and were not read. */
function listWords(
  rows: readonly WrittenRow[],
  { seen, groups, heightMm }: { seen: readonly JoinedLetters[]; groups: readonly GoneGroup[]; heightMm: number },
): WrittenRow[] {
  const isInLine = ({ box }: WrittenRow): boolean =>
    groups.some((one) => shareOf(one.box, box) > 0) ||
    seen.some(
      ({ box: other, text }) =>
        /[\p{L}\p{N}]/u.test(text) &&
        other.height >= box.height / 2.5 &&
        other.height <= box.height * 2 &&
        Math.abs(other.y + other.height - box.y - box.height) <= Math.max(other.height, box.height) * 0.35 &&
        other.x < box.x + box.width + row.besideMm &&
        box.x < other.x + other.width + row.besideMm,
    );
  const isAtEdge = ({ box }: WrittenRow): boolean => box.y + box.height < row.headMm || box.y > heightMm - row.footMm;
  const [edge, body] = [rows.filter(isAtEdge), rows.filter((one) => !isAtEdge(one))];
  return [
    ...edge.filter((one) => edge.length >= row.ofHead || isInLine(one)),
    ...body.filter((one) => body.length >= row.many || one.marks >= row.marks || isInLine(one)),
  ];
}
