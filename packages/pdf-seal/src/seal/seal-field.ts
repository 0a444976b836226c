import type { PdfFormField } from "../reader/form-fields.ts";
import type { PdfPage } from "../reader/page-tree.ts";
import type { PdfFile } from "../reader/pdf-file.ts";
import { findEntry, type PdfDictionary, type PdfValue } from "../reader/pdf-value.ts";
import { appendItem, setEntries } from "./dictionary-patch.ts";
import { encodeText } from "./pdf-text.ts";
import { broken, refuse, type SealRefusal } from "./seal-guard.ts";
import type { TailWriter } from "./tail-writer.ts";

export type ChosenField = { readonly ok: true; readonly name: string; readonly existing: PdfFormField | null };

/** Print and Locked (ISO 32000-2, table 167); PDF/A asks for Print. */
const WIDGET_FLAGS = 132;

/** The empty field asked for, or a name no field has yet. */
export function chooseField(
  file: PdfFile,
  fields: readonly PdfFormField[],
  wanted: string | undefined,
): ChosenField | { ok: false; refusal: SealRefusal } {
  if (wanted === undefined) {
    const names = new Set(fields.map(({ name }) => name.split(".")[0]));
    let n = 1;
    while (names.has(`Seal${n}`)) n++;
    return { ok: true, name: `Seal${n}`, existing: null };
  }
  const existing = fields.find(({ name }) => name === wanted) ?? null;
  if (existing === null) {
    const taken = wanted === "" || wanted.includes(".") || fields.some(({ name }) => name.startsWith(`${wanted}.`));
    return taken
      ? refuse("field.invalid-name", "A new field needs a name of its own without full stops.")
      : { ok: true, name: wanted, existing };
  }
  if (existing.type !== "Sig") return refuse("field.not-for-seals", `The field ${wanted} is not for signatures.`);
  if (existing.value !== null) return refuse("field.filled", `The field ${wanted} is already signed.`);
  const kids = file.get(existing.dictionary, "Kids");
  if (existing.number === null || kids !== null) {
    return refuse("field.unsupported", `The field ${wanted} is built in a way that cannot be sealed. Use a new field.`);
  }
  const seed = file.get(existing.dictionary, "SV");
  if (seed !== null && (file.getNumber(seed, "Ff") ?? 0) !== 0) {
    return refuse("field.seed-values", `The field ${wanted} demands a kind of signature this seal does not make.`);
  }
  return { ok: true, name: wanted, existing };
}

/** Writes the field with its widget, and what must change for it in page and form. Null when all went well. */
export function writeField(
  file: PdfFile,
  writer: TailWriter,
  page: PdfPage,
  field: ChosenField,
  signatureNumber: number,
  look: { readonly rectangle: string; readonly appearance: number | null },
): SealRefusal | null {
  const appearance = look.appearance === null ? {} : { AP: `<< /N ${look.appearance} 0 R >>` };
  const number = field.existing?.number ?? null;
  if (field.existing !== null && number !== null) {
    const place = look.rectangle === "[0 0 0 0]" ? {} : { Rect: look.rectangle };
    const changed = setEntries(field.existing.dictionary, { V: `${signatureNumber} 0 R`, ...place, ...appearance });
    writer.writeChanged(number, changed);
    return writeForm(file, writer, null);
  }
  const widget = writer.newNumber();
  const pageObject = file.findObject(page.number ?? 0);
  if (pageObject === null) return broken().refusal;
  const shown = look.appearance === null ? "" : ` /AP << /N ${look.appearance} 0 R >>`;
  writer.writeObject(
    widget,
    0,
    `<< /Type /Annot /Subtype /Widget /FT /Sig /T ${writer.stringsOf(widget)(encodeText(field.name))} /F ${WIDGET_FLAGS}` +
      ` /P ${pageObject.number} ${pageObject.generation} R /Rect ${look.rectangle} /V ${signatureNumber} 0 R${shown} >>`,
  );
  const annotations = grow(file, writer, page.dictionary, "Annots", widget);
  if (annotations !== null) {
    writer.writeChanged(pageObject.number, setEntries(page.dictionary, { Annots: annotations }));
  }
  return writeForm(file, writer, widget);
}

/**
 * Adds a reference to a dictionary's array. An array that is an object of its own is written anew and null comes
 * back; else the bytes the entry must be set to. Turning one into the other would be a change viewers object to.
 */
function grow(
  file: PdfFile,
  writer: TailWriter,
  dictionary: PdfDictionary,
  key: string,
  number: number,
): Uint8Array | null {
  const entry = findEntry(dictionary, key);
  const array = file.resolve(entry);
  const item = `${number} 0 R`;
  if (array?.kind !== "array") return Buffer.from(`[${item}]`, "latin1");
  if (entry?.kind !== "reference") return appendItem(array, item);
  const holder = finalReference(file, entry.number);
  writer.writeChanged(holder, appendItem(array, item));
  return null;
}

/** Puts the field in the form (12.7.3) and sets SignaturesExist and AppendOnly. */
function writeForm(file: PdfFile, writer: TailWriter, widget: number | null): SealRefusal | null {
  const catalog = file.catalog();
  const root = findEntry(file.trailer(), "Root");
  if (catalog === null || root?.kind !== "reference") return broken().refusal;
  const rootNumber = finalReference(file, root.number);
  const entry = findEntry(catalog, "AcroForm");
  const form = file.resolve(entry);
  if (form?.kind !== "dictionary") {
    const number = writer.newNumber();
    writer.writeObject(number, 0, `<< /Fields [${widget === null ? "" : `${widget} 0 R`}] /SigFlags 3 >>`);
    writer.writeChanged(rootNumber, setEntries(catalog, { AcroForm: `${number} 0 R` }));
    return null;
  }
  const changes: Record<string, string | Uint8Array> = {};
  const flags = file.getNumber(form, "SigFlags") ?? 0;
  if ((flags & 3) !== 3) changes.SigFlags = String(flags | 3);
  const fields = widget === null ? null : grow(file, writer, form, "Fields", widget);
  if (fields !== null) changes.Fields = fields;
  if (Object.keys(changes).length === 0) return null;
  const changed = setEntries(form, changes);
  if (entry?.kind === "reference") writer.writeChanged(finalReference(file, entry.number), changed);
  else writer.writeChanged(rootNumber, setEntries(catalog, { AcroForm: changed }));
  return null;
}

function finalReference(file: PdfFile, number: number): number {
  let current = number;
  for (let hops = 0; hops < 32; hops++) {
    const value: PdfValue | undefined = file.findObject(current)?.value;
    if (value?.kind !== "reference") break;
    current = value.number;
  }
  return current;
}
