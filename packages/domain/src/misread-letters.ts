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
/** Whether it can be told of a character that it shows another: of others it need not be known how they look. */
export const isComparedLetter = (character: string): boolean => compared.test(character);
/** What is as narrow as a stroke, to which anything badly drawn is like. */
const strokes = /^[liIrtfjJ1]$/u;
/** So unlike its own and so like another a letter shows the other; so many of them, or one figure for another, are no accident. */
const sure = { own: 0.5, other: 0.9, letters: 2 };

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
    const own = known.get(character);
    if (!compared.test(glyph.character) || !own) continue;
    const picture = soften(glyph.picture);
    if (own.some((one) => likeness(picture, one) > sure.own)) continue;
    for (const [other, pictures] of known) {
      // A small capital is the letter that it says.
      if (other.toLowerCase() === character.toLowerCase() || strokes.test(other)) continue;
      if (!pictures.some((one) => isLiker(picture, one, sure.other))) continue;
      const isFigure = figure.test(glyph.character) && (figure.test(other) || other === "o");
      found.push({ glyph, character, isFigure });
      break;
    }
  }
  const isSure = new Set(found.map(({ character }) => character)).size >= sure.letters;
  return found.flatMap(({ glyph, isFigure }) => (isSure || isFigure ? [glyph] : []));
}
