import {
  type FillableField,
  findFieldSlots,
  findUnfinishedPlaces,
  listFields,
  type PageText,
  type PlacedCharacter,
  readDocumentText,
  readTemplate,
  type TemplateMark,
  type TemplateText,
} from "@chancery/domain";
import type { ShownSize } from "../../platform/page-text.ts";
import { mostPages, scaleTo } from "../../platform/page-text.ts";
import type { PdfReader } from "../../platform/pdf-reader.ts";

/** A template as the threads are given it. */
export interface FormSource {
  readonly bytes: Uint8Array;
  readonly texts: unknown;
  readonly marks: unknown;
  /** Its pages as they are shown. */
  readonly pages: readonly ShownSize[];
}

export const readFormText = ({ texts, marks }: Pick<FormSource, "texts" | "marks">): TemplateText =>
  readTemplate(readDocumentText(texts as PageText[]), marks as TemplateMark[]);

/** Fields of a template with whether a document with it empty would be unfinished: what a signature block leaves open is not. */
export function listFormFields(source: Pick<FormSource, "texts" | "marks">) {
  const open = findUnfinishedPlaces(source.texts as PageText[], []);
  return listFields(readFormText(source)).map((field) => ({
    field,
    name: field.name,
    needed:
      field.words.length === 0 ||
      open.some(
        ({ page, box }) =>
          box !== null &&
          page === field.page &&
          field.box.x + field.box.width > box.x &&
          field.box.x < box.x + box.width &&
          field.box.y + field.box.height > box.y &&
          field.box.y < box.y + box.height,
      ),
  }));
}

/** The fields with the exact places of their blanks; null for one that cannot be written into. */
export function readForm(
  reader: PdfReader,
  source: FormSource,
): readonly (FillableField & { readonly needed: boolean; readonly fits: boolean })[] | null {
  const read = reader.readPages(source.bytes, mostPages);
  const characters = reader.readCharacters(source.bytes);
  if (!read.ok || characters === null) return null;
  const scaled = characters.map((page, at): PlacedCharacter[] => {
    const [raw, shown] = [read.pages[at], source.pages[at]];
    const scale = raw && shown && raw !== scaleTo(raw, shown) ? shown.widthMm / raw.widthMm : 1;
    return page.map((one) => ({
      ...{ text: one.text, x: one.x * scale, y: one.y * scale, width: one.width * scale },
      ...{ height: one.height * scale, baseline: one.baseline * scale },
    }));
  });
  const fields = listFormFields(source);
  const slots = findFieldSlots(
    fields.map(({ field }) => field),
    scaled,
  );
  return fields.map(({ field, needed }, at) => ({ field, needed, slots: slots[at] ?? [], fits: slots[at] != null }));
}
