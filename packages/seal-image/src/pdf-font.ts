import { deflateSync } from "node:zlib";
import type { FontSubset } from "./font.ts";

/** A PDF object as it is to be written: its dictionary's entries, and the data of a stream. */
export interface PdfFontObject {
  readonly number: number;
  readonly entries: string;
  readonly stream: Uint8Array | null;
}

/** Characters as the font's codes, in hexadecimal; a character that the font lacks is drawn as nothing. */
export const encodeWithFont = (font: FontSubset, text: string): string =>
  [...text].map((character) => (font.glyphs.get(character)?.glyph ?? 0).toString(16).padStart(4, "0")).join("");

/**
 * The objects that embed a subset (ISO 32000-2, 9.7): the font first, which pages name, then what it rests on. The map to
 * Unicode lets readers find the text again.
 */
export function describePdfFont(font: FontSubset, name: string, newNumber: () => number): PdfFontObject[] {
  const [type0, descendant, descriptor, file, map] = [
    newNumber(),
    newNumber(),
    newNumber(),
    newNumber(),
    newNumber(),
  ] as const;
  const widths = [...font.glyphs.values()]
    .toSorted((a, b) => a.glyph - b.glyph)
    .map(({ glyph, advance }) => `${glyph} [${advance}]`);
  const packed = deflateSync(font.bytes);
  return [
    {
      number: type0,
      entries: `/Type /Font /Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] /ToUnicode ${map} 0 R`,
      stream: null,
    },
    {
      number: descendant,
      entries: `/Type /Font /Subtype /CIDFontType2 /BaseFont /${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor ${descriptor} 0 R /CIDToGIDMap /Identity /DW 1000 /W [${widths.join(" ")}]`,
      stream: null,
    },
    {
      number: descriptor,
      entries: `/Type /FontDescriptor /FontName /${name} /Flags 4 /FontBBox [-1000 ${font.descent} 2000 ${font.ascent}] /ItalicAngle 0 /Ascent ${font.ascent} /Descent ${font.descent} /CapHeight ${font.ascent} /StemV 80 /FontFile2 ${file} 0 R`,
      stream: null,
    },
    { number: file, entries: `/Filter /FlateDecode /Length1 ${font.bytes.length}`, stream: packed },
    { number: map, entries: "/Filter /FlateDecode", stream: deflateSync(Buffer.from(writeUnicodeMap(font), "latin1")) },
  ];
}

function writeUnicodeMap(font: FontSubset): string {
  const lines = [...font.glyphs].map(([character, { glyph }]) => {
    const utf16 = Buffer.from(character, "utf16le").swap16().toString("hex");
    return `<${glyph.toString(16).padStart(4, "0")}> <${utf16}>`;
  });
  const ranges: string[] = [];
  for (let at = 0; at < lines.length; at += 100) {
    const part = lines.slice(at, at + 100);
    ranges.push(`${part.length} beginbfchar\n${part.join("\n")}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Filled def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n${ranges.join("\n")}\nendcmap\nend\nend`;
}
