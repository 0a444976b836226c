import type { TextBox } from "./document-text.ts";
import {
  foldGlyph,
  type GlyphShape,
  isLiker,
  likeness,
  type ShownGlyph,
  type SoftPicture,
  soften,
} from "./shown-glyphs.ts";

/** Letters and figures that common types draw much alike; Chinese characters are not among them. */
const compared = /^[A-Za-z0-9]$/u;
const figure = /^[0-9]$/u;
/** Marks that are drawn low or as a stroke between figures: one as high as a figure may be one. */
const mark = /^[.,·、。'’:;-]$/u;
const leastMarkMm = 1.2;
/** Whether it can be told of a character of that height that it shows another: of others it need not be known how they look. */
export const isComparedLetter = (character: string, heightMm: number): boolean =>
  compared.test(character) || (mark.test(character) && heightMm >= leastMarkMm);
/** A mark is that high beside a figure or letter of its line at the most; a figure that says it is one is about as high as they are. */
const mostOfFigure = 0.55;
/** Letters of a line, on either side, that a mark is held against where no figure stands beside it. */
const around = 12;

/**
 * Marks that are small beside the letters they stand among. A full stop is a ring, 。, and in bold type large enough to be looked at:
 * it is like a nought and none. Held against the figure beside it where there is one, so that no large letter near by lets a figure
 * pass for a mark that would change a number.
 */
export function listSmallMarks<T extends { readonly text: string; readonly box: TextBox }>(
  letters: readonly T[],
): ReadonlySet<T> {
  const small = new Set<T>();
  for (const [at, one] of letters.entries()) {
    if (!mark.test(one.text)) continue;
    const { y, height } = one.box;
    const beside = (by: -1 | 1): T[] =>
      letters
        .slice(by < 0 ? Math.max(0, at - around) : at + 1, by < 0 ? at : at + 1 + around)
        .filter(({ text, box }) => word.test(text) && box.y < y + height && y < box.y + box.height);
    const [before, after] = [beside(-1), beside(1)];
    const figures = [before.at(-1), after[0]].flatMap((next) => (next && figure.test(next.text) ? [next] : []));
    const heights = (figures.length > 0 ? figures : [...before, ...after]).map(({ box }) => box.height);
    const high = heights.toSorted((a, b) => a - b)[figures.length > 0 ? 0 : Math.floor(heights.length / 2)];
    if (high !== undefined && height < high * mostOfFigure) small.add(one);
  }
  return small;
}
/** A character that is a letter, a figure or a sign of its own. */
const word = /^[\p{L}\p{N}]$/u;

/** What is as narrow as a stroke, to which anything badly drawn is like. */
const strokes = /^[liIrtfjJ1]$/u;
/** So unlike its own and so like another a letter shows the other; so many of them, or one figure for another, are no accident. */
const sure = { own: 0.5, other: 0.9, letters: 2 };
/**
 * What is liker another than its own by a margin shows the other, too: of 3,300 figures and 8,300 letters of honest files none
 * was by more than a tenth and a sixth, so large and so clear. Upside down a six is a nine, and n is u.
 */
const clear = { figure: { margin: 0.2, other: 0.9 }, letter: { margin: 0.25, other: 0.94 } };
const turnedMargin = 0.3;
const turned = /^(?:69|96|nu|un)$/u;

/**
 * Letters that show others than their font says (ToUnicode, ISO 32000-2, 9.10.3), by how common types draw them: what looks
 * hardly like any of its own and just like another. Types differ, so that only what is beyond doubt is told.
 */
export function listMisread(glyphs: readonly ShownGlyph[], reference: readonly GlyphShape[]): ShownGlyph[] {
  const known = new Map<string, SoftPicture[]>();
  for (const { character, picture } of reference)
    known.set(character, [...(known.get(character) ?? []), soften(picture)]);
  const found: { glyph: ShownGlyph; character: string; isFigure: boolean }[] = [];
  for (const glyph of glyphs) {
    const character = foldGlyph(glyph.character);
    const own = known.get(character) ?? [];
    const isMark = mark.test(glyph.character);
    if (!isMark && (!compared.test(glyph.character) || own.length === 0)) continue;
    if (isMark && glyph.box.height < leastMarkMm) continue;
    const picture = soften(glyph.picture);
    const likeOwn = isMark ? 0 : own.reduce((most, one) => Math.max(most, likeness(picture, one)), -1);
    const isOwnFigure = isMark || figure.test(glyph.character);
    for (const [other, pictures] of known) {
      if (isMark && !compared.test(other)) continue;
      // A small capital is the letter that it says.
      if (other.toLowerCase() === character.toLowerCase() || strokes.test(other)) continue;
      const isFigure = isOwnFigure && (figure.test(other) || other === "o");
      const { margin, other: most } = clear[isFigure ? "figure" : "letter"];
      const apart = turned.test(character + other) ? turnedMargin : margin;
      const least = likeOwn <= sure.own ? sure.other : Math.max(most, likeOwn + apart);
      if (least >= 1) continue;
      if (!pictures.some((one) => isLiker(picture, one, least))) continue;
      found.push({ glyph, character, isFigure });
      break;
    }
  }
  const isSure = new Set(found.map(({ character }) => character)).size >= sure.letters;
  return found.flatMap(({ glyph, isFigure }) => (isSure || isFigure ? [glyph] : []));
}
