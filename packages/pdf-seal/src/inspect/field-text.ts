import { listFormFields, type PdfFormField } from "../reader/form-fields.ts";
import type { PdfFile } from "../reader/pdf-file.ts";
import { cursorAt, readValue, skipSpace } from "../reader/pdf-syntax.ts";
import type { PdfDictionary, PdfValue } from "../reader/pdf-value.ts";
import { readTextString } from "../verify/signature-fields.ts";

const APPEARANCE_LIMIT = 1 << 18;
const WIDGET_LIMIT = 5000;

/** A field whose page may say one thing and whose value another. `widget` is the object that stands on the page. */
export type UncertainField = { readonly name: string; readonly value: string; readonly widget: number | null };

/**
 * Fields of text and choice whose appearance does not say their value, letter by letter. Some readers show the one, some
 * the other. What is written in a font of codes alone cannot be compared and counts as different: nobody could tell.
 */
export function findUncertainFields(file: PdfFile): UncertainField[] {
  const uncertain: UncertainField[] = [];
  let left = WIDGET_LIMIT;
  for (const field of listFormFields(file)) {
    if (field.type !== "Tx" && field.type !== "Ch") continue;
    const values = valuesOf(file, field);
    for (const { dictionary, number } of widgetsOf(file, field)) {
      const shown = --left < 0 ? null : readAppearance(file, dictionary);
      if (values.some((value) => letters(value) === letters(shown ?? ""))) continue;
      uncertain.push({ name: field.name, value: values[0] ?? "", widget: number });
    }
  }
  return uncertain;
}

/** The value as it is stored and, for a choice, as it is shown (ISO 32000-2, table 234). */
function valuesOf(file: PdfFile, field: PdfFormField): string[] {
  const texts = (value: PdfValue | null): string[] =>
    value?.kind === "string"
      ? [readTextString(value.bytes)]
      : value?.kind === "array"
        ? [value.items.flatMap((item) => texts(file.resolve(item))).join("")]
        : value?.kind === "stream"
          ? [readTextString(file.decodeStream(value, file.lastRevision, APPEARANCE_LIMIT) ?? new Uint8Array())]
          : [];
  const stored = texts(field.value)[0] ?? "";
  const options = file.get(field.dictionary, "Opt");
  for (const item of options?.kind === "array" ? options.items : []) {
    const pair = file.resolve(item);
    if (pair?.kind !== "array") continue;
    const [stands, shown] = pair.items.map((part) => texts(file.resolve(part))[0] ?? "");
    if (stands === stored && shown !== undefined) return [stored, shown];
  }
  return [stored];
}

const letters = (text: string): string => text.normalize("NFKC").replace(/\s/gu, "");

function widgetsOf(file: PdfFile, field: PdfFormField): { dictionary: PdfDictionary; number: number | null }[] {
  const kids = file.get(field.dictionary, "Kids");
  if (kids?.kind !== "array" || kids.items.length === 0) return [field];
  return kids.items.slice(0, WIDGET_LIMIT).flatMap((kid) => {
    const dictionary = file.resolve(kid);
    return dictionary?.kind === "dictionary"
      ? [{ dictionary, number: kid.kind === "reference" ? kid.number : null }]
      : [];
  });
}

/** The strings an appearance shows (9.4.3), in order; null where there is none, or it shows what is no string too. */
function readAppearance(file: PdfFile, widget: PdfDictionary): string | null {
  const stream = file.get(file.get(widget, "AP"), "N");
  if (stream?.kind !== "stream") return null;
  const content = file.decodeStream(stream, file.lastRevision, APPEARANCE_LIMIT);
  if (content === null) return null;
  const cursor = cursorAt(content, 0);
  let text = "";
  let waiting: PdfValue[] = [];
  for (;;) {
    skipSpace(cursor);
    if (cursor.position >= cursor.end) return text;
    const value = readValue(cursor);
    if (value === null) return null;
    if (value.kind !== "word") {
      waiting.push(value);
      continue;
    }
    const operator = Buffer.from(content.subarray(value.start, value.end)).toString("latin1");
    if (operator === "Do" || operator === "BI") return null;
    if (["Tj", "TJ", "'", '"'].includes(operator)) text += waiting.map(shownBy).join("");
    waiting = [];
  }
}

function shownBy(value: PdfValue): string {
  if (value.kind === "array") return value.items.map(shownBy).join("");
  return value.kind === "string" ? Buffer.from(value.bytes).toString("latin1") : "";
}
