import type { PdfFile } from "../reader/pdf-file.ts";
import { findNameText, type PdfDictionary, type PdfValue } from "../reader/pdf-value.ts";
import { readTextString } from "./signature-fields.ts";
import type { Reason } from "./verification.ts";

/** A set of fields that may not change any more (ISO 32000-2, tables 236 and 258). */
type FieldLock = { readonly action: "All" | "Include" | "Exclude"; readonly fields: readonly string[] };

/** What may still change after the seals so far; `level` is DocMDP's P, null where no seal set one. */
export type Permissions = { readonly level: 1 | 2 | 3 | null; readonly locks: readonly FieldLock[] };

export const UNRESTRICTED: Permissions = { level: null, locks: [] };

/** Adds what a seal demands; a seal can only take permissions away. */
export function narrowPermissions(
  before: Permissions,
  file: PdfFile,
  seal: { readonly field: PdfDictionary; readonly signature: PdfDictionary; readonly revision: number },
): { permissions: Permissions; reasons: Reason[] } {
  const { revision } = seal;
  let level = before.level;
  const locks = [...before.locks];
  const reasons: Reason[] = [];
  const lower = (value: PdfValue | null, fallback: 2 | null): void => {
    const asked = value?.kind === "number" ? value.value : fallback;
    if (asked !== 1 && asked !== 2 && asked !== 3) return;
    if (level !== null && asked > level) {
      reasons.push({ code: "permissions.raised", detail: `A later seal asks for level ${asked} after ${level}.` });
    } else level = asked;
  };
  const addLock = (dictionary: PdfValue | null): void => {
    const action = findNameText(file.get(dictionary, "Action", revision));
    if (action !== "All" && action !== "Include" && action !== "Exclude") return;
    const names = file.get(dictionary, "Fields", revision);
    const fields = names?.kind === "array" ? names.items.map((item) => file.resolve(item, revision)) : [];
    locks.push({
      action,
      fields: fields.flatMap((item) => (item?.kind === "string" ? [readTextString(item.bytes)] : [])),
    });
  };
  const references = file.get(seal.signature, "Reference", revision);
  for (const item of references?.kind === "array" ? references.items : []) {
    const reference = file.resolve(item, revision);
    const method = findNameText(file.get(reference, "TransformMethod", revision));
    const parameters = file.get(reference, "TransformParams", revision);
    if (method === "DocMDP") lower(file.get(parameters, "P", revision), 2);
    if (method === "FieldMDP") addLock(parameters);
  }
  const lock = file.get(seal.field, "Lock", revision);
  if (lock !== null) {
    addLock(lock);
    lower(file.get(lock, "P", revision), null);
  }
  return { permissions: { level, locks }, reasons };
}

/** Whether a field, by its fully qualified name, is locked: itself or through a group above it. */
export function isFieldLocked(permissions: Permissions, name: string): boolean {
  const named = (fields: readonly string[]): boolean =>
    fields.some((field) => name === field || name.startsWith(`${field}.`));
  return permissions.locks.some(({ action, fields }) =>
    action === "All" ? true : action === "Include" ? named(fields) : !named(fields),
  );
}
