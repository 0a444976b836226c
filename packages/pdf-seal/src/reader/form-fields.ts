import type { PdfFile } from "./pdf-file.ts";
import { findEntry, findNameText, type PdfDictionary, type PdfValue } from "./pdf-value.ts";

/** A terminal field of the interactive form (ISO 32000-2, 12.7.4). */
export type PdfFormField = {
  /** Partial names joined by full stops. */
  readonly name: string;
  /** /FT, inherited: "Tx", "Btn", "Ch", "Sig"; empty where it is missing. */
  readonly type: string;
  /** /V, inherited and resolved, or null. */
  readonly value: PdfValue | null;
  readonly dictionary: PdfDictionary;
  /** The field's object number, or null where it stands directly in its parent. */
  readonly number: number | null;
};

const FIELD_LIMIT = 100_000;
const DEPTH_LIMIT = 32;

/** The fields reached from the catalog's /AcroForm; a tree that loops ends where it closes. */
export function listFormFields(file: PdfFile, revision: number = file.lastRevision): PdfFormField[] {
  const fields: PdfFormField[] = [];
  const seen = new Set<number>();
  const visit = (
    entry: PdfValue,
    parent: { name: string; type: string; value: PdfValue | null },
    depth: number,
  ): void => {
    const dictionary = file.resolve(entry, revision);
    if (dictionary?.kind !== "dictionary" || depth > DEPTH_LIMIT || fields.length >= FIELD_LIMIT) return;
    const number = entry.kind === "reference" ? entry.number : null;
    if (number !== null) {
      if (seen.has(number)) return;
      seen.add(number);
    }
    const partial = file.get(dictionary, "T", revision);
    const text = partial?.kind === "string" ? decodeText(partial.bytes) : "";
    const name = parent.name === "" || text === "" ? parent.name + text : `${parent.name}.${text}`;
    const type = findNameText(file.get(dictionary, "FT", revision)) ?? parent.type;
    const value = file.get(dictionary, "V", revision) ?? parent.value;
    const kids = file.get(dictionary, "Kids", revision);
    const children = kids?.kind === "array" ? kids.items.filter((kid) => isField(file, kid, revision)) : [];
    if (children.length === 0) fields.push({ name, type, value, dictionary, number });
    for (const kid of children) visit(kid, { name, type, value }, depth + 1);
  };
  const roots = file.get(file.get(file.catalog(revision), "AcroForm", revision), "Fields", revision);
  for (const root of roots?.kind === "array" ? roots.items : []) visit(root, { name: "", type: "", value: null }, 0);
  return fields;
}

/** A kid with a partial name is a field; one without is only a widget of its parent (12.7.4.2). */
function isField(file: PdfFile, kid: PdfValue, revision: number): boolean {
  return findEntry(file.resolve(kid, revision), "T") !== null;
}

/** A text string (7.9.2.2): UTF-16BE or UTF-8 after its mark, else read as Latin-1, which serves for comparing names. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes.subarray(2));
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return new TextDecoder().decode(bytes.subarray(3));
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

/** Whether a field holds something; a box that is not ticked holds nothing. */
export function isFilled(value: PdfValue | null): boolean {
  if (value === null || value.kind === "null") return false;
  if (value.kind === "string") return value.bytes.some((byte) => byte > 32 && byte !== 0xfe && byte !== 0xff);
  if (value.kind === "name") return value.value !== "Off";
  return value.kind !== "array" || value.items.length > 0;
}
