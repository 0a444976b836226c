import { decodeText } from "../reader/form-fields.ts";
import { listPages, type PdfBox } from "../reader/page-tree.ts";
import type { PdfFile } from "../reader/pdf-file.ts";
import { findNameText, type PdfDictionary, type PdfValue } from "../reader/pdf-value.ts";
import { type SealPlacement, shownPlace } from "../seal/placement.ts";

/** Where a field of text or choice stands that somebody fills in. `page` counts from 0. */
export type FieldPlace = {
  /** What a reader calls it (/TU), else the last part of its name. */
  readonly name: string;
  readonly page: number;
  readonly place: SealPlacement;
  /** /MaxLen, where the field has one. */
  readonly mostCharacters: number | null;
};

const PLACE_LIMIT = 500;
const DEPTH_LIMIT = 32;
/** Flags of an annotation that is not shown: hidden, or not on a screen (ISO 32000-2, table 167). */
const UNSHOWN = 0b10_0010;
/** A field that only a program fills in (table 227). */
const READ_ONLY = 1;

/** The fields of text and choice as they stand on the pages, in the order of the pages' annotations. */
export function listFieldPlaces(file: PdfFile): FieldPlace[] {
  const places: FieldPlace[] = [];
  for (const page of listPages(file)) {
    const annotations = file.get(page.dictionary, "Annots");
    for (const item of annotations?.kind === "array" ? annotations.items : []) {
      const widget = file.resolve(item);
      if (widget?.kind !== "dictionary" || places.length >= PLACE_LIMIT) continue;
      if (findNameText(file.get(widget, "Subtype")) !== "Widget") continue;
      if (((file.getNumber(widget, "F") ?? 0) & UNSHOWN) !== 0) continue;
      const rectangle = readRectangle(file, widget);
      const type = findNameText(inherited(file, widget, "FT"));
      if (rectangle === null || (type !== "Tx" && type !== "Ch")) continue;
      if ((numberOf(inherited(file, widget, "Ff")) & READ_ONLY) !== 0) continue;
      const most = inherited(file, widget, "MaxLen");
      places.push({
        ...{ name: textOf(inherited(file, widget, "TU")) || textOf(inherited(file, widget, "T")), page: page.index },
        place: shownPlace(page, rectangle),
        mostCharacters: most?.kind === "number" && most.value > 0 ? most.value : null,
      });
    }
  }
  return places;
}

const numberOf = (value: PdfValue | null): number => (value?.kind === "number" ? value.value : 0);
const textOf = (value: PdfValue | null): string => (value?.kind === "string" ? decodeText(value.bytes).trim() : "");

/** An entry of the widget, or of the fields it belongs to. */
function inherited(file: PdfFile, widget: PdfDictionary, key: string): PdfValue | null {
  let at: PdfDictionary = widget;
  for (let depth = 0; depth < DEPTH_LIMIT; depth += 1) {
    const value = file.get(at, key);
    if (value !== null) return value;
    const parent = file.get(at, "Parent");
    if (parent?.kind !== "dictionary") return null;
    at = parent;
  }
  return null;
}

function readRectangle(file: PdfFile, widget: PdfDictionary): PdfBox | null {
  const array = file.get(widget, "Rect");
  const [a, b, c, d] = (array?.kind === "array" ? array.items.slice(0, 4) : []).map((item) =>
    numberOf(file.resolve(item)),
  );
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null;
  const box = { x0: Math.min(a, c), y0: Math.min(b, d), x1: Math.max(a, c), y1: Math.max(b, d) };
  return box.x1 > box.x0 && box.y1 > box.y0 ? box : null;
}
