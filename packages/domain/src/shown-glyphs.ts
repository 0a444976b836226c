import { boundBoxes, foldText, type TextBox } from "./document-text.ts";
import type { DrawnPlace } from "./drawn-comparison.ts";
import type { FieldValue } from "./template-comparison.ts";

/** Dots along each side of the square in which a character is compared. */
export const glyphSide = 12;
/** A character as it is drawn: how dark each dot is, centred in its square with its proportions kept. */
export interface ShownGlyph {
  readonly character: string;
  readonly page: number;
  readonly box: TextBox;
  readonly picture: Uint8Array;
}
/** One shape in which a character is drawn, with the first places of it. */
export interface GlyphShape {
  readonly character: string;
  readonly picture: Uint8Array;
  count: number;
  readonly places: { readonly page: number; readonly box: TextBox }[];
}

/** Millimetres that a mark is high and wide from which on it is looked at. */
const leastMark = 0.8;
/** Pictures of one character that are as like as that are one shape. */
const same = 0.93;
/** Shapes of one character at the most; beyond that it cannot be told what a document shows. */
const mostShapes = 400;
const mostPlaces = 20;
/** Shapes of each character that are kept of a template, the most frequent ones. */
const mostKept = 4;
/** Letters that are drawn as one; more than that under one drawing are not what it shows. */
const mostJoined = 3;

/**
 * A shape shows another character when it is so much more like one of the template's others than like its own. Types differ
 * from one another: the less a text is like the template's, by the middle of its shapes, the more that has to be.
 */
const sameType = { from: 0.96, margin: 0.08, least: 0.6 };
const otherType = { margin: 0.06, slope: 2.2, most: 0.4, like: 0.9 };
/** So like its own, a shape is not looked at further. */
const plain = 0.92;
/** What the template never writes is drawn just as another of its letters or figures is. */
const twin = 0.96;

/** Characters that look alike are one: a stroke is a stroke, and of letters with the same two cases the size is not compared. */
const alike: Readonly<Record<string, string>> = { "0": "o", O: "o", "1": "l", I: "l", "|": "l", J: "l", j: "l" };
const sameCases = /^[CSVWXZPUK]$/u;
export const foldGlyph = (character: string): string => {
  const folded = foldText(character);
  return alike[folded] ?? (sameCases.test(folded) ? folded.toLowerCase() : folded);
};
const compared = /^[^\p{Z}\p{C}]+$/u;
/** What a character may be taken for; a stop, a dash or a bracket is compared with its own kind only. */
const isWritten = /^[\p{L}\p{N}]+$/u;
const isHan = /\p{Script=Han}/u;

/**
 * The shapes in which the characters of a document are drawn, marks only from `least` millimetres on; null where there are
 * more than any type has.
 */
export function collectShapes(glyphs: Iterable<ShownGlyph>, least = 0): GlyphShape[] | null {
  const shapes = new Map<string, { shape: GlyphShape; length: number }[]>();
  for (const { character, page, box, picture } of glyphs) {
    const folded = foldGlyph(character);
    if (!compared.test(folded)) continue;
    // A stop or a dash is a dot or two of which hardly anything can be told; one that hides a letter is as large as it.
    if (!isWritten.test(folded) && Math.min(box.width, box.height) < least) continue;
    const known = shapes.get(folded) ?? [];
    if (known.length === 0) shapes.set(folded, known);
    const length = lengthOf(picture);
    const like = known.find(({ shape, length: other }) => dot(picture, shape.picture) >= same * length * other);
    if (like) {
      like.shape.count += 1;
      if (like.shape.places.length < mostPlaces) like.shape.places.push({ page, box });
    } else if (known.length >= mostShapes) return null;
    else known.push({ shape: { character: folded, picture, count: 1, places: [{ page, box }] }, length });
  }
  return [...shapes.values()].flatMap((list) => list.map(({ shape }) => shape));
}

/** What of a template's shapes its documents are compared with. */
export function keepShapes(shapes: readonly GlyphShape[]): GlyphShape[] {
  const kept = new Map<string, number>();
  return shapes
    .toSorted((a, b) => b.count - a.count)
    .filter(({ character }) => {
      const count = (kept.get(character) ?? 0) + 1;
      kept.set(character, count);
      return count <= mostKept;
    })
    .map((shape) => ({ ...shape, places: [] }));
}

/**
 * Where a character is drawn otherwise than its text says: the words of a file are what its fonts claim of their drawings
 * (ToUnicode, ISO 32000-2, 9.10.3), and a drawing may be anything. Characters are compared with those that the template shows,
 * so that nothing has to be recognised; within a few dots, in any type.
 */
function listMisshown(shapes: readonly GlyphShape[], template: readonly GlyphShape[]): GlyphShape[] {
  const known = new Map<string, SoftPicture[]>();
  for (const { character, picture } of template)
    known.set(character, [...(known.get(character) ?? []), soften(picture)]);
  const found = shapes.map((shape) => {
    const picture = soften(shape.picture);
    const own = known.get(shape.character)?.reduce((best, one) => Math.max(best, likeness(picture, one)), -1) ?? null;
    return { shape, picture, own };
  });
  const owns = found.flatMap(({ own }) => (own === null ? [] : [own])).toSorted((a, b) => a - b);
  const middle = owns[owns.length >> 1] ?? 1;
  const isSameType = middle >= sameType.from;
  const margin = isSameType
    ? sameType.margin
    : Math.min(otherType.most, otherType.margin + otherType.slope * (1 - middle));
  return found
    .filter(({ shape: { character }, picture, own }) => {
      if (own !== null && own >= plain) return false;
      // Marks that the template never writes are of any kind.
      if (own === null && !isWritten.test(character)) return false;
      if (own !== null && isSameType && own < sameType.least) return true;
      if (own === null && [...character].length > mostJoined) return true;
      if (own === null && isHan.test(character)) return false;
      const least = own === null ? twin : Math.max(own + margin, isSameType ? 0 : otherType.like);
      for (const [other, pictures] of known)
        if (other !== character && isWritten.test(other) && pictures.some((one) => isLiker(picture, one, least)))
          return true;
      return false;
    })
    .map(({ shape }) => shape);
}

/** Places where letters show something else than they say; what fills a field may be written in a type of its own. */
export function listMisshownPlaces(
  glyphs: readonly ShownGlyph[],
  template: readonly GlyphShape[],
  fields: readonly FieldValue[],
): DrawnPlace[] | null {
  const isInField = ({ page, box }: ShownGlyph): boolean => {
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    return fields.some(
      (one) =>
        one.page === page &&
        x >= one.box.x &&
        x <= one.box.x + one.box.width &&
        y >= one.box.y &&
        y <= one.box.y + one.box.height,
    );
  };
  const filled = new Set(glyphs.filter(isInField));
  const places: DrawnPlace[] = [];
  for (const part of [glyphs.filter((one) => !filled.has(one)), [...filled]]) {
    const shapes = collectShapes(part, leastMark);
    if (shapes === null) return null;
    for (const shape of listMisshown(shapes, template))
      for (const { page, box } of shape.places) places.push({ kind: "drawn-letters", page, box });
  }
  return joinNeighbours(places);
}

/** Letters beside one another are one place. */
function joinNeighbours(places: readonly DrawnPlace[]): DrawnPlace[] {
  const joined: { kind: "drawn-letters"; page: number; box: TextBox }[] = [];
  for (const { page, box } of places.toSorted(
    (a, b) => a.page - b.page || a.box.y + a.box.height - b.box.y - b.box.height || a.box.x - b.box.x,
  )) {
    const beside = joined.find(
      ({ page: other, box: one }) =>
        other === page &&
        Math.abs(one.y + one.height - box.y - box.height) < nearby &&
        box.x < one.x + one.width + nearby &&
        one.x < box.x + box.width + nearby,
    );
    if (beside) beside.box = boundBoxes([beside.box, box]);
    else joined.push({ kind: "drawn-letters", page, box });
  }
  return joined;
}
/** Millimetres between letters of one word. */
const nearby = 2;

function dot(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
const lengthOf = (picture: Uint8Array): number => Math.max(1, Math.sqrt(dot(picture, picture)));

export interface SoftPicture {
  readonly dots: Float32Array;
  /** How long each row and each column of it is. */
  readonly rows: Float64Array;
  readonly columns: Float64Array;
}

/** A picture whose dots run into their neighbours, freed of its mean and brought to length one. */
export function soften(picture: Uint8Array): SoftPicture {
  const soft = new Float32Array(picture.length);
  let mean = 0;
  for (let y = 0; y < glyphSide; y += 1)
    for (let x = 0; x < glyphSide; x += 1) {
      let sum = 0;
      for (let row = Math.max(0, y - 1); row <= Math.min(glyphSide - 1, y + 1); row += 1)
        for (let column = Math.max(0, x - 1); column <= Math.min(glyphSide - 1, x + 1); column += 1)
          sum += (picture[row * glyphSide + column] ?? 0) * (row === y ? 2 : 1) * (column === x ? 2 : 1);
      soft[y * glyphSide + x] = sum;
      mean += sum / soft.length;
    }
  let length = 0;
  for (let at = 0; at < soft.length; at += 1) {
    const value = (soft[at] ?? 0) - mean;
    soft[at] = value;
    length += value * value;
  }
  length = Math.sqrt(length) || 1;
  const [rows, columns] = [new Float64Array(glyphSide), new Float64Array(glyphSide)];
  for (let at = 0; at < soft.length; at += 1) {
    const value = (soft[at] ?? 0) / length;
    soft[at] = value;
    const [y, x] = [Math.floor(at / glyphSide), at % glyphSide];
    rows[y] = (rows[y] ?? 0) + value * value;
    columns[x] = (columns[x] ?? 0) + value * value;
  }
  return { dots: soft, rows: rows.map(Math.sqrt), columns: columns.map(Math.sqrt) };
}

/** How like two softened pictures are, -1 to 1, a dot to any side allowed. */
export function likeness({ dots: a }: SoftPicture, { dots: b }: SoftPicture): number {
  let best = -1;
  for (let dy = -1; dy <= 1; dy += 1)
    for (let dx = -1; dx <= 1; dx += 1) {
      let sum = 0;
      for (let y = Math.max(0, -dy); y < glyphSide - Math.max(0, dy); y += 1) {
        const [row, other] = [y * glyphSide, (y + dy) * glyphSide + dx];
        for (let x = Math.max(0, -dx); x < glyphSide - Math.max(0, dx); x += 1)
          sum += (a[row + x] ?? 0) * (b[other + x] ?? 0);
      }
      if (sum > best) best = sum;
    }
  return best;
}

/** Whether two pictures are more like one another than that. Their rows and columns tell of most that they cannot be. */
export const isLiker = (a: SoftPicture, b: SoftPicture, least: number): boolean =>
  boundOf(a.rows, b.rows) > least - rounding &&
  boundOf(a.columns, b.columns) > least - rounding &&
  likeness(a, b) > least;

/** Two pictures are no more like than their rows are long (Cauchy and Schwarz), a row to any side allowed. */
function boundOf(a: Float64Array, b: Float64Array): number {
  let most = 0;
  for (let by = -1; by <= 1; by += 1) {
    let sum = 0;
    for (let at = Math.max(0, -by); at < glyphSide - Math.max(0, by); at += 1) sum += (a[at] ?? 0) * (b[at + by] ?? 0);
    most = Math.max(most, sum);
  }
  return most;
}
/** More than what is lost by reckoning with numbers of 32 bits. */
const rounding = 1e-4;
