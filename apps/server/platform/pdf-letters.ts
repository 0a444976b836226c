import type { ReadLetters } from "./pdf-glyphs.ts";
import type { PageCharacter, TextModule } from "./pdf-text.ts";

/** The part of PDFium's C interface that tells whether a font has a program. */
export interface FontModule extends TextModule {
  _FPDFFont_GetFontData(font: number, buffer: number, length: number, outLength: number): number;
}
/** Letters with the characters that one drawing stands for. */
export interface JoinedLetters extends ReadLetters {
  readonly characters: readonly PageCharacter[];
}

/** Whether a font has a program; one of type 3 draws each of its characters as anything else is drawn (ISO 32000-2, 9.6.4). */
export function createProgramTest(pdfium: FontModule): (font: number) => boolean {
  const programs = new Map<number, boolean>();
  return (font) => {
    if (font === 0) return false;
    const known = programs.get(font);
    if (known !== undefined) return known;
    const scratch = pdfium._malloc(4);
    pdfium.HEAP32[scratch >> 2] = 0;
    const has = pdfium._FPDFFont_GetFontData(font, 0, 0, scratch) !== 0 && (pdfium.HEAP32[scratch >> 2] ?? 0) > 0;
    pdfium._free(scratch);
    programs.set(font, has);
    return has;
  };
}

/**
 * Each drawing of a font is looked at where it is used first, a few times: it is the same wherever it is used again. Drawings
 * that are programs may be anything each time.
 */
export function createSampler(): (letters: ReadLetters) => boolean {
  const taken = new Map<string, number>();
  return ({ glyph }) => {
    if (glyph === null) return true;
    const count = taken.get(glyph) ?? 0;
    if (count < mostSamples) taken.set(glyph, count + 1);
    return count < mostSamples;
  };
}
const mostSamples = 2;

/** Characters in the place of one another are one drawing, as of two letters that are joined. */
export function joinLetters(
  characters: readonly PageCharacter[],
  scale: number,
  hasProgram: (font: number) => boolean,
): JoinedLetters[] {
  const letters: { text: string; box: ReadLetters["box"]; glyph: string | null; characters: PageCharacter[] }[] = [];
  for (const one of characters) {
    const { text, x, y, width, height, originX, baseline, font } = one;
    const last = letters.at(-1);
    const box = { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
    if (last && last.box.x === box.x && last.box.y === box.y && last.box.width === box.width) {
      last.text += text;
      last.characters.push(one);
      last.glyph &&= `${last.glyph}${text}`;
      continue;
    }
    const extent = `${dots(width)} ${dots(height)} ${dots(x - originX)} ${dots(y - baseline)}`;
    letters.push({ text, box, glyph: hasProgram(font) ? `${font} ${extent} ${text}` : null, characters: [one] });
  }
  return letters;
}
/** Fortieths of a millimetre tell one drawing of a font from another. */
const dots = (mm: number): number => Math.round(mm * 40);
