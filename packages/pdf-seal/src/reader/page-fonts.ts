import { resourcesOf } from "./page-content.ts";
import type { PdfFile } from "./pdf-file.ts";
import { findNameText, type PdfDictionary, type PdfValue } from "./pdf-value.ts";

/** Resources within resources that are followed, and objects in all: a hostile file nests them without end. */
const [mostNested, mostObjects] = [8, 2000] as const;

/**
 * Whether every font that a page names is in the file (ISO 32000-2, 9.9): only then does another program, or a printer, draw its
 * letters as ours does. What is nested too deep to be followed counts as not.
 */
export function areFontsEmbedded(file: PdfFile, page: PdfDictionary): boolean {
  const seen = new Set<PdfValue>();
  const valuesOf = (resources: PdfDictionary, key: string): PdfValue[] => {
    const named = file.get(resources, key);
    return named?.kind === "dictionary"
      ? [...named.entries.values()].flatMap(({ value }) => file.resolve(value) ?? [])
      : [];
  };
  const look = (resources: PdfDictionary, nested: number): boolean => {
    if (nested > mostNested || seen.size > mostObjects) return false;
    if (!valuesOf(resources, "Font").every((font) => isEmbedded(file, font))) return false;
    for (const key of ["XObject", "Pattern"])
      for (const value of valuesOf(resources, key)) {
        if (value.kind !== "stream" || seen.has(value)) continue;
        seen.add(value);
        const own = file.get(value.dictionary, "Resources");
        if (own?.kind === "dictionary" && !look(own, nested + 1)) return false;
      }
    return true;
  };
  const resources = resourcesOf(file, page);
  return resources === null || look(resources, 0);
}

function isEmbedded(file: PdfFile, font: PdfValue): boolean {
  if (font.kind !== "dictionary") return false;
  const subtype = findNameText(file.get(font, "Subtype"));
  // Its letters are drawings of the file's own.
  if (subtype === "Type3") return true;
  const descendants = subtype === "Type0" ? file.get(font, "DescendantFonts") : null;
  const described = descendants?.kind === "array" ? file.resolve(descendants.items[0]) : font;
  const descriptor = file.get(described, "FontDescriptor");
  return ["FontFile", "FontFile2", "FontFile3"].some((key) => file.get(descriptor, key)?.kind === "stream");
}
