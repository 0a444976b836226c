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
