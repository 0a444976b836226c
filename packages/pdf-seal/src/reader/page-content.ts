import type { PdfFile } from "./pdf-file.ts";
import { findEntry, type PdfDictionary, rawBytes } from "./pdf-value.ts";

/** The streams a page is drawn by, as references. */
export function listContents(file: PdfFile, page: PdfDictionary): string[] | null {
  const entry = findEntry(page, "Contents");
  const value = file.resolve(entry);
  if (entry === null || value === null || value.kind === "null") return [];
  const said = (item: Parameters<typeof rawBytes>[0]): string => Buffer.from(rawBytes(item)).toString("latin1");
  if (value.kind === "stream") return entry.kind === "reference" ? [said(entry)] : null;
  if (value.kind !== "array") return null;
  return value.items.every((item) => item.kind === "reference") ? value.items.map(said) : null;
}

/** A page's resources, its own or of the nodes above it (ISO 32000-2, 7.7.3.4). */
export function resourcesOf(file: PdfFile, page: PdfDictionary): PdfDictionary | null {
  let node: PdfDictionary | null = page;
  for (let depth = 0; node !== null && depth < 64; depth += 1) {
    const found = file.get(node, "Resources");
    if (found?.kind === "dictionary") return found;
    const parent = file.get(node, "Parent");
    node = parent?.kind === "dictionary" ? parent : null;
  }
  return null;
}
