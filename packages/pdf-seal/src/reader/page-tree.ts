import type { PdfFile } from "./pdf-file.ts";
import { findCount, findEntry, type PdfDictionary, type PdfReference, type PdfValue } from "./pdf-value.ts";

/** Lower-left and upper-right corner in default user space. */
export type PdfBox = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };

/** A page with its inherited attributes (ISO 32000-2, 7.7.3.4). */
export type PdfPage = {
  readonly index: number;
  /** The page object's number, or null where the page stands directly in its parent and cannot be updated alone. */
  readonly number: number | null;
  readonly dictionary: PdfDictionary;
  /** The crop box clipped to the media box: what is shown. */
  readonly box: PdfBox;
  /** Clockwise, one of 0, 90, 180, 270. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** Size of a user space unit in 1/72 inch. */
  readonly userUnit: number;
};

type Inherited = { readonly mediaBox: PdfBox | null; readonly cropBox: PdfBox | null; readonly rotate: number | null };
type Node = { readonly value: PdfDictionary; readonly number: number | null; readonly inherited: Inherited };

const PAGE_LIMIT = 200_000;
const DEPTH_LIMIT = 64;
const LETTER: PdfBox = { x0: 0, y0: 0, x1: 612, y1: 792 };

/** All pages in order. A node with kids is walked once, however often it is named. */
export function listPages(file: PdfFile, revision: number = file.lastRevision): PdfPage[] {
  return walkPages(file, revision).pages;
}

/**
 * Whether some node of the page tree stands in it twice, which no node may (ISO 32000-2, 7.7.3.2): readers then differ on
 * how many pages there are, and a few names make a hundred thousand.
 */
export function repeatsPages(file: PdfFile, revision: number = file.lastRevision): boolean {
  return walkPages(file, revision).isRepeated;
}

function walkPages(file: PdfFile, revision: number): { pages: PdfPage[]; isRepeated: boolean } {
  const pages: PdfPage[] = [];
  const root = rootNode(file, revision);
  const seen = new Set<number>();
  let isRepeated = false;
  const visit = (node: Node, depth: number): void => {
    const kids = file.get(node.value, "Kids", revision);
    const isKnown = node.number !== null && seen.has(node.number);
    if (isKnown) isRepeated = true;
    else if (node.number !== null) seen.add(node.number);
    if (kids?.kind !== "array") {
      if (depth > 0) pages.push(makePage(file, node, pages.length, revision));
      return;
    }
    if (depth > DEPTH_LIMIT || isKnown) return;
    for (const kid of kids.items) {
      if (pages.length >= PAGE_LIMIT || file.isExhausted) break;
      const child = childNode(file, node, kid, revision);
      if (child !== null) visit(child, depth + 1);
    }
  };
  if (root !== null) visit(root, 0);
  return { pages, isRepeated };
}

/**
 * One page by its index, skipping what /Count says lies before it, so that the last of many pages costs little. Null
 * where /Count leads nowhere; the caller may then look through listPages.
 */
export function findPage(file: PdfFile, index: number, revision: number = file.lastRevision): PdfPage | null {
  let node = rootNode(file, revision);
  let skip = index;
  for (let depth = 0; node !== null && depth <= DEPTH_LIMIT; depth++) {
    const kids = file.get(node.value, "Kids", revision);
    if (kids?.kind !== "array") return skip === 0 && depth > 0 ? makePage(file, node, index, revision) : null;
    const parent: Node = node;
    node = null;
    const flat = findCount(file.get(parent.value, "Count", revision)) === kids.items.length;
    const direct = flat ? childNode(file, parent, kids.items[skip], revision) : null;
    if (direct !== null && isLeaf(file, direct, revision)) return makePage(file, direct, index, revision);
    for (const kid of kids.items) {
      const child = childNode(file, parent, kid, revision);
      if (child === null) continue;
      const count = isLeaf(file, child, revision) ? 1 : findCount(file.get(child.value, "Count", revision));
      if (count === null) return null;
      if (skip < count) {
        node = child;
        break;
      }
      skip -= count;
    }
  }
  return null;
}

function isLeaf(file: PdfFile, node: Node, revision: number): boolean {
  return !node.value.entries.has("Kids") || file.get(node.value, "Kids", revision)?.kind !== "array";
}

function rootNode(file: PdfFile, revision: number): Node | null {
  const entry = findEntry(file.catalog(revision), "Pages");
  return childNode(file, null, entry, revision);
}

function childNode(
  file: PdfFile,
  parent: Node | null,
  entry: PdfValue | null | undefined,
  revision: number,
): Node | null {
  const value = file.resolve(entry, revision);
  if (value?.kind !== "dictionary") return null;
  const rotate = file.getNumber(value, "Rotate", revision);
  return {
    value,
    number: entry?.kind === "reference" ? finalNumber(file, entry, revision) : null,
    inherited: {
      mediaBox: readBox(file, value, "MediaBox", revision) ?? parent?.inherited.mediaBox ?? null,
      cropBox: readBox(file, value, "CropBox", revision) ?? parent?.inherited.cropBox ?? null,
      rotate: rotate ?? parent?.inherited.rotate ?? null,
    },
  };
}

/** The number of the object that holds the value itself, where references point to references. */
function finalNumber(file: PdfFile, reference: PdfReference, revision: number): number {
  let number = reference.number;
  for (let hops = 0; hops < 32; hops++) {
    const value = file.findObject(number, revision)?.value;
    if (value?.kind !== "reference") break;
    number = value.number;
  }
  return number;
}

function readBox(file: PdfFile, value: PdfDictionary, key: string, revision: number): PdfBox | null {
  const array = file.get(value, key, revision);
  if (array?.kind !== "array" || array.items.length < 4) return null;
  const numbers = array.items.slice(0, 4).map((item) => file.resolve(item, revision));
  const [a, b, c, d] = numbers.map((item) => (item?.kind === "number" ? item.value : Number.NaN));
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null;
  const box = { x0: Math.min(a, c), y0: Math.min(b, d), x1: Math.max(a, c), y1: Math.max(b, d) };
  return box.x1 - box.x0 > 0 && box.y1 - box.y0 > 0 ? box : null;
}

function makePage(file: PdfFile, node: Node, index: number, revision: number): PdfPage {
  const media = node.inherited.mediaBox ?? LETTER;
  const crop = node.inherited.cropBox ?? media;
  const box = {
    x0: Math.max(media.x0, crop.x0),
    y0: Math.max(media.y0, crop.y0),
    x1: Math.min(media.x1, crop.x1),
    y1: Math.min(media.y1, crop.y1),
  };
  const userUnit = file.getNumber(node.value, "UserUnit", revision) ?? 1;
  const turns = Math.round((node.inherited.rotate ?? 0) / 90);
  return {
    index,
    number: node.number,
    dictionary: node.value,
    box: box.x1 > box.x0 && box.y1 > box.y0 ? box : media,
    rotation: ([0, 90, 180, 270] as const)[((turns % 4) + 4) % 4] ?? 0,
    userUnit: userUnit > 0 && Number.isFinite(userUnit) ? userUnit : 1,
  };
}
