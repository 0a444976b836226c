import type { PdfFile } from "../reader/pdf-file.ts";
import { findEntry, findNameText, type PdfDictionary, type PdfValue } from "../reader/pdf-value.ts";

/** What in a document can change what a page shows, or act on the reader's machine, while it is read. */
export type Program = "script" | "launch" | "dynamic-form" | "action" | "external";

const OBJECT_LIMIT = 300_000;
const VISIT_LIMIT = 5_000_000;

/** Actions (ISO 32000-2, 12.6.4) that show or hide something, or put other values into the form. */
const CHANGING = new Set(["Hide", "SetOCGState", "ImportData", "ResetForm", "Rendition", "RichMediaExecute"]);

/**
 * Looks at every object, whatever refers to it: actions hang on the catalog, its names, pages, annotations, fields,
 * bookmarks and on one another, and a list of those places would miss one. Null where there is too much to look at.
 */
export function findPrograms(file: PdfFile): Set<Program> | null {
  const found = new Set<Program>();
  let visits = 0;
  const look = (value: PdfValue): void => {
    const open: PdfValue[] = [value];
    for (let next = open.pop(); next !== undefined && visits < VISIT_LIMIT; next = open.pop()) {
      visits++;
      if (next.kind === "array") for (const item of next.items) open.push(item);
      else if (next.kind === "stream") {
        if (isExternal(next.dictionary)) found.add("external");
        open.push(next.dictionary);
      } else if (next.kind === "dictionary") {
        const kind = nameAction(file, next);
        if (kind !== null) found.add(kind);
        for (const entry of next.entries.values()) open.push(entry.value);
      }
    }
  };
  const numbers = listNumbers(file);
  if (numbers === null) return null;
  for (const number of numbers) {
    const object = file.findObject(number);
    if (object !== null) look(object.value);
  }
  const form = file.get(file.catalog(), "AcroForm");
  if (file.get(form, "XFA") !== null) found.add("dynamic-form");
  return visits >= VISIT_LIMIT || file.isExhausted ? null : found;
}

/** The numbers of all objects of the file. */
export function listNumbers(file: PdfFile): Set<number> | null {
  const numbers = new Set<number>();
  for (const { sections } of file.revisions) {
    for (const section of sections) {
      for (const number of section.numbers()) {
        numbers.add(number);
        if (numbers.size > OBJECT_LIMIT) return null;
      }
      for (const number of section.hybrid?.numbers() ?? []) numbers.add(number);
    }
  }
  return numbers;
}

function nameAction(file: PdfFile, dictionary: PdfDictionary): Program | null {
  const kind = findNameText(file.resolve(findEntry(dictionary, "S")));
  if (kind === "JavaScript" || dictionary.entries.has("JS")) return "script";
  if (kind === "Launch") return "launch";
  return kind !== null && CHANGING.has(kind) ? "action" : null;
}

/** Content of another file: a stream's own (7.3.8.2, /F), or a page of it shown here (8.10.4, /Ref). */
function isExternal(dictionary: PdfDictionary): boolean {
  return dictionary.entries.has("F") || dictionary.entries.has("Ref");
}
