/** One step of an outline. `M` move, `L` line, `Q` quadratic and `C` cubic Bézier curve, `Z` close; points as x, y. */
export type PathCommand =
  | readonly ["M", number, number]
  | readonly ["L", number, number]
  | readonly ["Q", number, number, number, number]
  | readonly ["C", number, number, number, number, number, number]
  | readonly ["Z"];

/** One character of a font in em units (1 = the font size), y up from the baseline. `bounds`: min x, min y, max x, max y. */
export type GlyphOutline = {
  readonly advance: number;
  readonly path: readonly PathCommand[];
  readonly bounds: readonly [number, number, number, number];
};

/** The outlines of the characters (code points) of a text; a character that the font lacks is absent from the map. */
export type GlyphSource = (characters: string) => ReadonlyMap<string, GlyphOutline>;

/** The outline of a character that has been asked for. Throws RangeError where the source did not give it. */
export function requireGlyph(glyphs: ReadonlyMap<string, GlyphOutline>, character: string): GlyphOutline {
  const glyph = glyphs.get(character);
  if (glyph === undefined) throw new RangeError(`No outline for the character '${character}'.`);
  return glyph;
}

/** Whether a character is as wide as it is high: Han, kana, hangul, full-width forms. */
export function isWide(character: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/u.test(
    character,
  );
}

/** Whether a text is set like Chinese (at least half of its characters wide) or like Latin. */
export function isWideText(text: string): boolean {
  const characters = [...text].filter((character) => character !== " ");
  return characters.filter(isWide).length * 2 >= characters.length;
}
