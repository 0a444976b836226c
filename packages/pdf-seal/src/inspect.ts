import { type FieldPlace, listFieldPlaces } from "./inspect/field-places.ts";
import { findUncertainFields } from "./inspect/field-text.ts";
import { findPrograms, type Program } from "./inspect/programs.ts";
import { isFilled, listFormFields } from "./reader/form-fields.ts";
import { listPages, repeatsPages } from "./reader/page-tree.ts";
import type { PdfFile } from "./reader/pdf-file.ts";
import { findNameText, type PdfDictionary, type PdfValue } from "./reader/pdf-value.ts";
import { readTextString } from "./verify/signature-fields.ts";

export type { Program } from "./inspect/programs.ts";

/** What a reader of the page may see otherwise than somebody else. `page` counts from 0. */
export type UncertainPlace = {
  readonly kind: "hidden-layer" | "attachment" | "annotation" | "form-value" | "form-redrawn";
  readonly page: number;
  readonly text: string;
};

export type PdfInspection = {
  readonly programs: ReadonlySet<Program>;
  readonly repeatsPages: boolean;
  readonly uncertain: readonly UncertainPlace[];
  /** Where the fields of its form stand that somebody fills in. */
  readonly fields: readonly FieldPlace[];
};

const PLACE_LIMIT = 500;
/** Annotations that show nothing of their own: they lead somewhere, belong to another one, or are fields. */
const QUIET = new Set(["Link", "Popup", "Widget"]);

/**
 * Looks for what makes the page that people read, approve and seal depend on the reader or the day. The sealing engine
 * does not mind any of it; whoever seals for an organisation does. Null where the file is too large to be looked at whole.
 */
export function inspectPdf(file: PdfFile): PdfInspection | null {
  const programs = findPrograms(file);
  if (programs === null) return null;
  const pages = new Map<number, number>();
  const uncertain: UncertainPlace[] = [...findLayers(file), ...findAttachments(file)];
  for (const page of listPages(file)) {
    const annotations = file.get(page.dictionary, "Annots");
    for (const item of annotations?.kind === "array" ? annotations.items : []) {
      if (item.kind === "reference" && !pages.has(item.number)) pages.set(item.number, page.index);
      const annotation = file.resolve(item);
      if (annotation?.kind !== "dictionary" || uncertain.length >= PLACE_LIMIT) continue;
      const kind = findNameText(file.get(annotation, "Subtype")) ?? "";
      if (!QUIET.has(kind))
        uncertain.push({ kind: "annotation", page: page.index, text: describe(file, kind, annotation) });
    }
  }
  uncertain.push(...findForms(file, pages));
  const fields = listFieldPlaces(file);
  return { programs, repeatsPages: repeatsPages(file), uncertain: uncertain.slice(0, PLACE_LIMIT), fields };
}

function describe(file: PdfFile, kind: string, annotation: PdfDictionary): string {
  const contents = textOf(file.get(annotation, "Contents"));
  return contents === "" ? kind : `${kind}: ${contents}`;
}

const textOf = (value: PdfValue | null): string => (value?.kind === "string" ? readTextString(value.bytes) : "");

/** Layers (optional content, ISO 32000-2, 8.11) of which some do not show, or show only on paper or only on screen. */
function findLayers(file: PdfFile): UncertainPlace[] {
  const properties = file.get(file.catalog(), "OCProperties");
  const groups = file.get(properties, "OCGs");
  if (groups?.kind !== "array" || groups.items.length === 0) return [];
  const usual = file.get(properties, "D");
  const listed = (key: string): readonly PdfValue[] => {
    const list = file.get(usual, key);
    return list?.kind === "array" ? list.items : [];
  };
  const base = findNameText(file.get(usual, "BaseState")) ?? "ON";
  const off = listed("OFF");
  if (base === "ON" && off.length === 0 && listed("AS").length === 0) return [];
  const hidden = off.length > 0 ? off : groups.items;
  const names = hidden.slice(0, 20).map((group) => textOf(file.get(file.resolve(group), "Name")));
  return [{ kind: "hidden-layer", page: 0, text: names.filter((name) => name !== "").join(", ") }];
}

/** Files inside the file (7.11.4), by the catalog's names or as associated files; those on pages are annotations. */
function findAttachments(file: PdfFile): UncertainPlace[] {
  const catalog = file.catalog();
  const tree = file.get(file.get(catalog, "Names"), "EmbeddedFiles");
  const isEmpty = (value: PdfValue | null): boolean =>
    value === null || (value.kind === "array" && value.items.length === 0);
  const none = isEmpty(file.get(tree, "Names")) && isEmpty(file.get(tree, "Kids"));
  if (none && isEmpty(file.get(catalog, "AF")) && isEmpty(file.get(catalog, "Collection"))) return [];
  const names = file.get(tree, "Names");
  const texts = (names?.kind === "array" ? names.items.slice(0, 20) : []).map((item) => textOf(file.resolve(item)));
  return [{ kind: "attachment", page: 0, text: texts.filter((text) => text !== "").join(", ") }];
}

function findForms(file: PdfFile, pages: ReadonlyMap<number, number>): UncertainPlace[] {
  const fields = findUncertainFields(file);
  const places = fields.map(({ name, value, widget }): UncertainPlace => {
    return { kind: "form-value", page: (widget === null ? null : pages.get(widget)) ?? 0, text: `${name}: ${value}` };
  });
  const redrawn = file.get(file.get(file.catalog(), "AcroForm"), "NeedAppearances");
  const isRedrawn =
    redrawn?.kind === "boolean" &&
    redrawn.value &&
    listFormFields(file).some(({ type, value }) => type !== "Sig" && isFilled(value));
  return isRedrawn ? [{ kind: "form-redrawn", page: 0, text: "" }, ...places] : places;
}
