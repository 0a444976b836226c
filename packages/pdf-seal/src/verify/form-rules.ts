import { isFilled } from "../reader/form-fields.ts";
import { findDictionary, findEntry, findNameText, type PdfDictionary, type PdfValue } from "../reader/pdf-value.ts";
import { mayFormKeyChange, resourcesOnlyGrow } from "./appearance-rules.ts";
import { findFaceReason } from "./later-seals.ts";
import { readRectangle } from "./page-faces.ts";
import { isFieldLocked } from "./permissions.ts";
import { changedKeys } from "./same-value.ts";
import type { FormNode } from "./signature-fields.ts";
import { hasOnlyRole, isReferredOnlyBy, type Step } from "./step.ts";

const READ_ONLY = 1;
const PUSH_BUTTON = 1 << 16;
const FREE_FORM_KEYS = new Set(["Fields", "SigFlags"]);
const FILLING_KEYS = new Set(["V", "AP", "AS", "I", "M", "RV", "Kids"]);
const SEALING_KEYS = new Set(["V", "AP", "AS", "M", "F", "P", "MK", "Type", "Kids", "BS", "Border", "DA"]);
const GROUP_KEYS = new Set(["Kids"]);
const NO_KEYS: ReadonlySet<string> = new Set();
const VALUE_ROLE = new Set(["V", "RV"]);

/** The interactive form (ISO 32000-2, 12.7.3): it grows by seals, and its fields may be filled where permitted. */
export function judgeForm(step: Step): void {
  const { file, before, after } = step;
  const old = findDictionary(file.get(file.catalog(before), "AcroForm", before));
  const now = findDictionary(file.get(file.catalog(after), "AcroForm", after));
  if (old !== null && now === null) step.reasons.push({ code: "form.removed", detail: "" });
  if (now === null) return;
  if (now.duplicateKeys) step.reasons.push({ code: "object.duplicate-keys", detail: "form" });
  for (const key of changedKeys(file, { dictionary: old, revision: before }, { dictionary: now, revision: after })) {
    if (FREE_FORM_KEYS.has(key) || mayFormKeyChange(step, key, old, now)) continue;
    if (old === null && (key === "XFA" || key === "NeedAppearances"))
      step.reasons.push({ code: "form.changed", detail: key });
    else if (old !== null) step.reasons.push({ code: "form.changed", detail: key });
  }
  clearReference(step, findEntry(file.catalog(before), "AcroForm"), /^AcroForm$/);
  clearReference(step, findEntry(old, "Fields"), /^Fields$/);
  clearResources(step, old, now);
  judgeNodes(step, step.listNodes(before), step.listNodes(after));
}

function clearReference(step: Step, value: PdfValue | null, role: RegExp): void {
  if (value?.kind === "reference" && hasOnlyRole(step, value.number, role)) step.cleared.add(value.number);
}

function clearResources(step: Step, old: PdfDictionary | null, now: PdfDictionary): void {
  if (old === null || !resourcesOnlyGrow(step, old, now)) return;
  clearReference(step, findEntry(old, "DR"), /^DR$/);
  const resources = step.file.get(old, "DR", step.before);
  // A font dictionary that only grew may serve pages too: no name that was known changes its meaning.
  const fonts = findEntry(resources, "Font");
  clearReference(step, fonts, /^Font$/);
  if (fonts?.kind === "reference") step.grown.add(fonts.number);
  clearEncodings(step, old, resources);
}

/** Only the form may use what gains entries here: a font with a further entry shows a known character as another. */
function clearEncodings(step: Step, form: PdfValue | null, resources: PdfValue | null): void {
  const encodings = findEntry(resources, "Encoding");
  if (encodings?.kind !== "reference") return;
  const { file, before } = step;
  const owners = [
    findEntry(file.trailer(before), "Root"),
    findEntry(file.catalog(before), "AcroForm"),
    findEntry(form, "DR"),
  ];
  const numbers = owners.flatMap((value) => (value?.kind === "reference" ? [value.number] : []));
  if (isReferredOnlyBy(step, encodings.number, (from) => numbers.includes(from))) step.cleared.add(encodings.number);
}

function judgeNodes(step: Step, old: readonly FormNode[], now: readonly FormNode[]): void {
  const rest = new Map(now.map((node) => [node.key, node]));
  const fillable: FormNode[] = [];
  for (const node of old) {
    const found = rest.get(node.key) ?? findByName(rest, node);
    if (found === null) {
      if (isRemovableWidget(step, node)) continue;
      step.reasons.push({
        code: isFieldLocked(step.permissions, node.name) ? "form.locked-field-removed" : "form.field-removed",
        detail: node.name,
      });
      continue;
    }
    rest.delete(found.key);
    if (judgeOldNode(step, node, found).has("AP")) fillable.push(node);
  }
  clearAppearances(step, fillable);
  for (const node of rest.values()) judgeNewNode(step, node);
}

/**
 * A widget that is no field of its own is an annotation, and goes where the certifier lets annotations go (table 257,
 * P = 3): the field and its value stay. The face of a seal never goes.
 */
function isRemovableWidget(step: Step, node: FormNode): boolean {
  if (step.permissions.level !== 3 || node.number === null || !node.isWidget || node.fieldType === "Sig") return false;
  if (node.hasKids || ["T", "FT", "V"].some((key) => node.dictionary.entries.has(key))) return false;
  if (isFieldLocked(step.permissions, node.name)) return false;
  step.removedNotes.add(node.number);
  step.changes.add("change.annotation-removed");
  return true;
}

/** A field that stood directly in an array, or was written anew under another number. */
function findByName(rest: ReadonlyMap<string, FormNode>, node: FormNode): FormNode | null {
  if (node.number !== null) return null;
  for (const other of rest.values()) {
    if (other.name === node.name && other.isWidget === node.isWidget && other.hasKids === node.hasKids) return other;
  }
  return null;
}

/** Answers with the entries that were allowed to change. */
function judgeOldNode(step: Step, old: FormNode, now: FormNode): ReadonlySet<string> {
  const { file, before, after } = step;
  const allowed = allowedKeys(step, old, now);
  const keys = changedKeys(
    file,
    { dictionary: old.dictionary, revision: before },
    { dictionary: now.dictionary, revision: after },
  );
  const bad = keys.filter((key) => {
    if (allowed.has(key)) return false;
    if (key === "Rect" && allowed === SEALING_KEYS) return findEntry(old.dictionary, "Rect") !== null;
    if (key === "Subtype" && allowed === SEALING_KEYS) return findEntry(old.dictionary, "Subtype") !== null;
    return !(key === "Kids" && allowed === NO_KEYS && old.fieldType === null);
  });
  const locked = isFieldLocked(step.permissions, old.name);
  if (bad.length > 0) {
    const code = locked ? "form.locked-field-changed" : "form.field-changed";
    step.reasons.push({ code, detail: `${old.name}: ${bad.join(", ")}` });
  }
  if (keys.includes("AP") && isAppearanceShared(step, old.dictionary)) {
    step.reasons.push({ code: "form.appearance-shared", detail: old.name });
  }
  if (now.dictionary.duplicateKeys) step.reasons.push({ code: "object.duplicate-keys", detail: old.name });
  if (allowed === SEALING_KEYS) {
    // A rectangle that was not there when the file was sealed is no place the sealer gave.
    const isPrepared = !keys.includes("Rect");
    const reason = findFaceReason(step, now, file.resolve(now.value, after), isPrepared);
    if (reason !== null) step.reasons.push(reason);
  }
  if (old.number !== null) step.cleared.add(old.number);
  if (allowed.has("Kids")) clearReference(step, findEntry(old.dictionary, "Kids"), /^Kids$/);
  if (allowed.has("V")) clearReference(step, findEntry(old.dictionary, "V"), /^(V|RV)$/);
  if (allowed === SEALING_KEYS && now.number !== null) step.sealWidgets.add(now.number);
  if (keys.some((key) => VALUE_ROLE.has(key) || key === "AP" || key === "AS")) {
    const filling = isFilled(file.resolve(old.value, before)) ? "change.form-value-replaced" : "change.form-filled";
    step.changes.add(old.fieldType === "Sig" ? "change.seal-added" : filling);
  }
  return allowed;
}

/** Which of a field's entries may change (12.8.2.2.2, P = 2; 12.8.2.4 for locks). */
function allowedKeys(step: Step, old: FormNode, now: FormNode): ReadonlySet<string> {
  const { file, before, after } = step;
  if (old.fieldType === "Sig") {
    const was = file.resolve(old.value, before);
    const is = file.resolve(now.value, after);
    if (was !== null || is === null) return NO_KEYS;
    if (isTimestamp(step, is)) return SEALING_KEYS;
    if (step.permissions.level === 1 || isFieldLocked(step.permissions, old.name)) return NO_KEYS;
    return SEALING_KEYS;
  }
  if (old.fieldType === null) return old.hasKids ? GROUP_KEYS : NO_KEYS;
  if (step.permissions.level === 1 || isFieldLocked(step.permissions, old.name)) return NO_KEYS;
  // What nobody can fill in a reader is no form to be filled but text of the document (table 227).
  if ((old.flags & READ_ONLY) !== 0) return NO_KEYS;
  return old.fieldType === "Btn" && (old.flags & PUSH_BUTTON) !== 0 ? NO_KEYS : FILLING_KEYS;
}

function isTimestamp(step: Step, signature: PdfValue | null): boolean {
  return findNameText(step.file.get(signature, "SubFilter", step.after)) === "ETSI.RFC3161";
}

/**
 * Appearances (12.5.5) of fields that may be filled: dictionaries and streams that nothing but such widgets and their
 * appearances refer to. Names do not suffice: whoever fills a field can name a state like any other entry, and lead from
 * it to what a page shows.
 */
function clearAppearances(step: Step, fillable: readonly FormNode[]): void {
  const { file, before } = step;
  const holders = new Set(fillable.flatMap(({ number }) => (number === null ? [] : [number])));
  const admitted: number[] = [];
  const admit = (value: PdfValue | null, depth: number): void => {
    if (value === null || depth > 2) return;
    if (value.kind === "reference") {
      if (holders.has(value.number) || !isReferredOnlyBy(step, value.number, (from) => holders.has(from))) return;
      holders.add(value.number);
      admitted.push(value.number);
    }
    const held = file.resolve(value, before);
    if (held?.kind === "dictionary") for (const entry of held.entries.values()) admit(entry.value, depth + 1);
  };
  for (const node of fillable) admit(findEntry(node.dictionary, "AP"), 0);
  for (const number of admitted) if (step.changed.has(number)) step.cleared.add(number);
}

/** An appearance dictionary that something else uses too plays two roles, and one of them cannot be judged here. */
function isAppearanceShared(step: Step, widget: PdfDictionary): boolean {
  const appearance = findEntry(widget, "AP");
  return appearance?.kind === "reference" && !hasOnlyRole(step, appearance.number, new Set(["AP"]));
}

function judgeNewNode(step: Step, node: FormNode): void {
  const refuse = (code: string): void => {
    step.reasons.push({ code, detail: node.name });
  };
  if (node.fieldType === null && node.hasKids && !node.isWidget) return;
  if (node.fieldType !== "Sig") {
    refuse("form.field-added");
    return;
  }
  const signature = step.file.resolve(node.value, step.after);
  if (!isTimestamp(step, signature)) {
    if (step.permissions.level === 1) {
      refuse("permissions.no-changes");
      return;
    }
    if (isFieldLocked(step.permissions, node.name)) {
      refuse("form.locked-field-added");
      return;
    }
  }
  // A field that looks sealed without being sealed is an overlay.
  if (signature === null && looksLike(step, node.dictionary)) {
    refuse("form.unsealed-appearance");
    return;
  }
  if (node.number !== null) step.sealWidgets.add(node.number);
  const reason = findFaceReason(step, node, signature, false);
  if (reason !== null) {
    step.reasons.push(reason);
    return;
  }
  step.changes.add(isTimestamp(step, signature) ? "change.time-stamp-added" : "change.seal-added");
}

/** Whether an unsealed field draws something: an appearance, or the colours a reader makes one of (table 192). */
function looksLike(step: Step, widget: PdfDictionary): boolean {
  const { file, after } = step;
  if (readRectangle(file, widget, after) === null) return false;
  const colours = file.get(widget, "MK", after);
  return file.get(widget, "AP", after) !== null || ["BG", "BC"].some((key) => file.get(colours, key, after) !== null);
}
