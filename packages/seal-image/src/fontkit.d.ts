/** The part of fontkit that reads one font's outlines; the package brings no types. */
declare module "fontkit" {
  export type Glyph = {
    readonly id: number;
    readonly advanceWidth: number;
    readonly bbox: { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number };
    readonly path: { readonly commands: readonly { readonly command: string; readonly args: readonly number[] }[] };
  };
  export type Font = {
    readonly unitsPerEm: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    readonly ascent: number;
    readonly descent: number;
    glyphForCodePoint(codePoint: number): Glyph;
    createSubset(): { includeGlyph(glyph: Glyph): number; encode(): Uint8Array };
  };
  export function openSync(file: string): Font;
}
