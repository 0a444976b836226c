import { listPages, type PdfPage } from "../reader/page-tree.ts";
import type { PdfFile } from "../reader/pdf-file.ts";
import { findEntry, type PdfDictionary } from "../reader/pdf-value.ts";

const ENTRY_LIMIT = 1_000_000;
const HOP_LIMIT = 32;

/** Lower-left and upper-right corner in default user space. */
export type Rectangle = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };

/** Which pages show a widget. What no page lists among its annotations is shown nowhere. */
export type PageFaces = {
  /** Reads anew what an update changed. */
  readonly follow: (revision: number, changed: Iterable<number>) => void;
  /** The pages that list an annotation's object; null where the file is too large to say. */
  readonly pagesOf: (number: number) => readonly PdfPage[] | null;
};

/** Pages are read once: whatever an update changes of them but their annotations is held against it elsewhere. */
export function createPageFaces(file: PdfFile, revision: number): PageFaces {
  const byWidget = new Map<number, Set<PdfPage>>();
  /** The pages that an object belongs to, as the page itself or as its array of annotations. */
  const byHolder = new Map<number, Set<PdfPage>>();
  let left = ENTRY_LIMIT;
  const note = (map: Map<number, Set<PdfPage>>, number: number, page: PdfPage): void => {
    const pages = map.get(number);
    if (pages === undefined) map.set(number, new Set([page]));
    else pages.add(page);
  };
  const read = (page: PdfPage, at: number): void => {
    const object = page.number === null ? page.dictionary : (file.findObject(page.number, at)?.value ?? null);
    if (page.number !== null) note(byHolder, page.number, page);
    let entry = findEntry(object, "Annots");
    for (let hops = 0; entry?.kind === "reference" && hops < HOP_LIMIT; hops++) {
      note(byHolder, entry.number, page);
      entry = file.findObject(entry.number, at)?.value ?? null;
    }
    if (entry?.kind !== "array") return;
    for (const item of entry.items) {
      if (--left < 0) return;
      if (item.kind === "reference") note(byWidget, item.number, page);
    }
  };
  for (const page of listPages(file, revision)) if (--left >= 0) read(page, revision);
  return {
    follow: (at, changed) => {
      for (const number of changed) for (const page of byHolder.get(number) ?? []) if (left >= 0) read(page, at);
    },
    pagesOf: (number) => (left < 0 ? null : [...(byWidget.get(number) ?? [])]),
  };
}

/** /Rect with its corners in order; null where it has no area. */
export function readRectangle(file: PdfFile, widget: PdfDictionary, revision: number): Rectangle | null {
  const rect = file.get(widget, "Rect", revision);
  if (rect?.kind !== "array") return null;
  const [a = 0, b = 0, c = 0, d = 0] = rect.items.map((item) => {
    const value = file.resolve(item, revision);
    return value?.kind === "number" ? value.value : 0;
  });
  return a === c || b === d ? null : { x0: Math.min(a, c), y0: Math.min(b, d), x1: Math.max(a, c), y1: Math.max(b, d) };
}

/** What two rectangles share, in square units; 0 where they only touch. */
export function sharedArea(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  return width > 0 && height > 0 ? width * height : 0;
}
