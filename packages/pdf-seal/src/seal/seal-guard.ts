import { decodeText, listFormFields, type PdfFormField } from "../reader/form-fields.ts";
import { findPage } from "../reader/page-tree.ts";
import { openPdf, type PdfFile } from "../reader/pdf-file.ts";
import { findEntry, findNameText, type PdfValue } from "../reader/pdf-value.ts";
import { findHeader } from "../reader/xref-chain.ts";
import { OBJECT_NUMBER_LIMIT } from "./tail-writer.ts";

/** Why a file or a request cannot be sealed, with what the user can do, in plain words. */
export type SealRefusal = { readonly code: string; readonly message: string };

export function refuse(code: string, message: string): { ok: false; refusal: SealRefusal } {
  return { ok: false, refusal: { code, message } };
}

const SIZE_LIMIT = 9_999_999_999;
/**
 * ISO 32000-2, table 22: bit 6 lets annotations and form fields be filled in, bit 9 fields alone, signature fields among
 * them. A seal is such a field with its annotation. (Bit 4, which the table also asks for where a field is new, is taken
 * to speak of the form the author made.)
 */
const MAY_SIGN = (1 << 5) | (1 << 8);
const BYTE_RANGE = Buffer.from("/ByteRange");

/**
 * Opens a file for sealing or says why it must not be sealed. A damaged file is repaired in reading only where it
 * carries no seal: appending to a repaired view of a sealed file would break the earlier seal without a word.
 */
export function openGuarded(bytes: Uint8Array): { ok: true; file: PdfFile } | { ok: false; refusal: SealRefusal } {
  if (bytes.length === 0) return refuse("pdf.empty", "The file is empty. Choose the file again.");
  const header = findHeader(bytes);
  if (header === null) {
    return refuse("pdf.not-pdf", "This is not a PDF. Print or export the document as PDF and choose that file.");
  }
  if (header > 0) {
    // Readers disagree on whether /ByteRange then counts from the file's first byte or from the header: a seal on such
    // a file is valid in some and broken in others.
    return refuse(
      "pdf.junk-before-header",
      "Something stands before the PDF in this file. Save it as a new PDF and use that.",
    );
  }
  let opened = openPdf(bytes, { rebuild: "never" });
  if (!opened.ok || !reachesFirstPage(opened.file)) {
    if (opened.ok && opened.file.isLocked) return encrypted();
    const mayBeSealed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(BYTE_RANGE);
    if (mayBeSealed) {
      return refuse(
        "pdf.broken",
        "The file is damaged and already sealed, so it cannot be repaired. Ask for a fresh copy.",
      );
    }
    opened = openPdf(bytes, { rebuild: "always" });
    if (!opened.ok) return broken();
  }
  const { file } = opened;
  if (file.isLocked) return encrypted();
  if (file.security !== null && (file.security.permissions & MAY_SIGN) === 0) return restricted();
  if (!reachesFirstPage(file)) return broken();
  if (bytes.length > SIZE_LIMIT) return refuse("pdf.too-large", "The file is too large to be sealed.");
  const isBeyond = file.revisions.some(({ sections }) => sections.some(({ limit }) => limit > OBJECT_NUMBER_LIMIT));
  if (isBeyond) return broken();
  const form = file.get(file.catalog(), "AcroForm");
  const needsRendering = file.get(file.catalog(), "NeedsRendering");
  if (file.get(form, "XFA") !== null && needsRendering?.kind === "boolean" && needsRendering.value) {
    return refuse(
      "pdf.xfa",
      "This is a dynamic XFA form, which has no fixed pages. Print it to PDF and use that file.",
    );
  }
  if (findCertification(file) === 1) {
    return refuse("pdf.certified", "The author certified this file against any change. Ask for a copy without it.");
  }
  return { ok: true, file };
}

/** The refusal of a document in a state that cannot be sealed safely. */
export function broken(): { ok: false; refusal: SealRefusal } {
  return refuse("pdf.broken", "The file is damaged. Open it, save or print it as a new PDF, and use that file.");
}

function encrypted(): { ok: false; refusal: SealRefusal } {
  return refuse("pdf.encrypted", "The file is encrypted and needs a password. Save a copy without, and use that file.");
}

function restricted(): { ok: false; refusal: SealRefusal } {
  return refuse(
    "pdf.restricted",
    "The author's restrictions on this file allow neither comments nor signatures. Ask for a copy without them.",
  );
}

function reachesFirstPage(file: PdfFile): boolean {
  const page = findPage(file, 0);
  return page !== null && page.number !== null && !file.isExhausted;
}

/** The /P of the certification in force (ISO 32000-2, 12.8.2.2), or null where there is none. */
function findCertification(file: PdfFile): number | null {
  const signature = file.get(file.get(file.catalog(), "Perms"), "DocMDP");
  if (signature === null) return null;
  for (const { method, parameters } of listTransforms(file, signature)) {
    if (method === "DocMDP") return file.getNumber(parameters, "P") ?? 2;
  }
  return 2;
}

function listTransforms(file: PdfFile, signature: PdfValue): { method: string; parameters: PdfValue | null }[] {
  const references = file.get(signature, "Reference");
  if (references?.kind !== "array") return [];
  return references.items.map((item) => {
    const reference = file.resolve(item);
    return {
      method: findNameText(file.get(reference, "TransformMethod")) ?? "",
      parameters: file.get(reference, "TransformParams"),
    };
  });
}

/** True when an earlier seal's FieldMDP (12.8.2.4) locks the field a new seal would stand in. */
export function isFieldLocked(file: PdfFile, fields: readonly PdfFormField[], fieldName: string): boolean {
  return fields.some(({ type, value }) => {
    if (type !== "Sig" || value === null) return false;
    return listTransforms(file, value).some(({ method, parameters }) => {
      return method === "FieldMDP" && locks(file, parameters, fieldName);
    });
  });
}

function locks(file: PdfFile, parameters: PdfValue | null, fieldName: string): boolean {
  const list = file.get(parameters, "Fields");
  const names = (list?.kind === "array" ? list.items : []).flatMap((item) => {
    const name = file.resolve(item);
    return name?.kind === "string" ? [decodeText(name.bytes)] : [];
  });
  const named = names.some((name) => fieldName === name || fieldName.startsWith(`${name}.`));
  const action = findNameText(file.get(parameters, "Action"));
  return action === "All" || (action === "Include" && named) || (action === "Exclude" && !named);
}

/** The form's fields; empty without a walk where the document has no form. */
export function findFields(file: PdfFile): PdfFormField[] {
  return findEntry(file.catalog(), "AcroForm") === null ? [] : listFormFields(file);
}
