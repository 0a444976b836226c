/// <reference path="./fontkit.d.ts" />
import { fileURLToPath } from "node:url";
import { type Font, openSync } from "fontkit";
import type { GlyphOutline, GlyphSource, PathCommand } from "./glyph.ts";

/**
 * The outlines of the faces' own font, Noto Serif SC Bold (a song face). It is opened at the first question and each
 * character is read once. Characters that the font lacks are absent from the answer: no box is ever drawn for them.
 */
export function createGlyphSource(): GlyphSource {
  let font: Font | undefined;
  const known = new Map<string, GlyphOutline | undefined>();
  return (characters) => {
    const found = new Map<string, GlyphOutline>();
    for (const character of new Set(characters)) {
      if (!known.has(character)) {
        font ??= openSync(findFontFile());
        known.set(character, readGlyph(font, character));
      }
      const glyph = known.get(character);
      if (glyph !== undefined) found.set(character, glyph);
    }
    return found;
  };
}

/** A TrueType file with just the characters of a text, to be embedded in a document made here. */
export type FontSubset = {
  readonly bytes: Uint8Array;
  /** Glyph number in the subset and advance in thousandths of an em; absent where the font lacks the character. */
  readonly glyphs: ReadonlyMap<string, { readonly glyph: number; readonly advance: number }>;
  /** In thousandths of an em. */
  readonly ascent: number;
  readonly descent: number;
};

let book: Font | undefined;
/** The book weight, opened at the first question: a series of documents asks hundreds of times. */
function openBook(): Font {
  book ??= openSync(bookFontFile());
  return book;
}

/** How far each character of a text reaches, in thousandths of an em; null where the font lacks one of them. */
export function measureBookText(text: string): number | null {
  const font = openBook();
  let width = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (!font.hasGlyphForCodePoint(codePoint)) return null;
    width += (font.glyphForCodePoint(codePoint).advanceWidth * 1000) / font.unitsPerEm;
  }
  return width;
}

/** The book weight of the same song face, cut down to the characters of `text`. */
export function createFontSubset(text: string): FontSubset {
  const font = openBook();
  const subset = font.createSubset();
  const thousandths = (units: number): number => Math.round((units * 1000) / font.unitsPerEm);
  const glyphs = new Map<string, { glyph: number; advance: number }>();
  for (const character of new Set(text)) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (!font.hasGlyphForCodePoint(codePoint)) continue;
    const glyph = font.glyphForCodePoint(codePoint);
    glyphs.set(character, { glyph: subset.includeGlyph(glyph), advance: thousandths(glyph.advanceWidth) });
  }
  return { bytes: subset.encode(), glyphs, ascent: thousandths(font.ascent), descent: thousandths(font.descent) };
}

/** The whole font of the book weight, for who embeds it by himself. */
export function bookFontFile(): string {
  return fileURLToPath(import.meta.resolve("@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf"));
}

function findFontFile(): string {
  const url = import.meta.resolve("@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf");
  return fileURLToPath(url);
}

function readGlyph(font: Font, character: string): GlyphOutline | undefined {
  const codePoint = character.codePointAt(0) ?? 0;
  if (!font.hasGlyphForCodePoint(codePoint)) return undefined;
  const { advanceWidth, bbox, path } = font.glyphForCodePoint(codePoint);
  const em = font.unitsPerEm;
  if (path.commands.length === 0) return { advance: advanceWidth / em, path: [], bounds: [0, 0, 0, 0] };
  return {
    advance: advanceWidth / em,
    path: path.commands.map(({ command, args }) =>
      toPathCommand(
        command,
        args.map((value) => value / em),
      ),
    ),
    bounds: [bbox.minX / em, bbox.minY / em, bbox.maxX / em, bbox.maxY / em],
  };
}

function toPathCommand(command: string, [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: readonly number[]): PathCommand {
  switch (command) {
    case "moveTo":
      return ["M", a, b];
    case "lineTo":
      return ["L", a, b];
    case "quadraticCurveTo":
      return ["Q", a, b, c, d];
    case "bezierCurveTo":
      return ["C", a, b, c, d, e, f];
    case "closePath":
      return ["Z"];
    default:
      throw new TypeError(`The font has an outline step '${command}' that is not known.`);
  }
}
