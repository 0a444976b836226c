import { findDictionary, findEntry, findNameText, type PdfDictionary, type PdfValue } from "../reader/pdf-value.ts";
import { isFieldLocked } from "./permissions.ts";
import { changedKeys, sameValue } from "./same-value.ts";
import type { FormNode } from "./signature-fields.ts";
import { hasOnlyRole, type Step } from "./step.ts";

const PUSH_BUTTON = 1 << 16;
const FREE_FORM_KEYS = new Set(["Fields", "SigFlags", "DA", "NeedAppearances"]);
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
    if (FREE_FORM_KEYS.has(key) || (key === "DR" && resourcesOnlyGrow(step, old, now))) continue;
    if (old === null && key === "XFA") step.reasons.push({ code: "form.changed", detail: key });
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

/** Default resources may gain entries; what was there must stay (else fields filled earlier would look different). */
function resourcesOnlyGrow(step: Step, old: PdfDictionary | null, now: PdfDictionary): boolean {
  const { file, before, after } = step;
  const was = findDictionary(file.get(old, "DR", before));
  const is = findDictionary(file.get(now, "DR", after));
  if (was === null) return true;
  for (const category of was.entries.keys()) {
    const left = file.get(was, category, before);
    const right = file.get(is, category, after);
    const names = findDictionary(left)?.entries.keys();
    for (const name of names ?? []) {
      const a = { value: findEntry(left, name), revision: before };
      if (!sameValue(file, a, { value: findEntry(right, name), revision: after })) return false;
    }
    if (names === undefined && right === null) return false;
  }
  return true;
}

function clearResources(step: Step, old: PdfDictionary | null, now: PdfDictionary): void {
  if (old === null || !resourcesOnlyGrow(step, old, now)) return;
  clearReference(step, findEntry(old, "DR"), /^DR$/);
  const resources = step.file.get(old, "DR", step.before);
  // A font dictionary that only grew may serve pages too: no name that was known changes its meaning.
  clearReference(step, findEntry(resources, "Font"), /^Font$/);
  clearReference(step, findEntry(resources, "Encoding"), /^Encoding$/);
}

function judgeNodes(step: Step, old: readonly FormNode[], now: readonly FormNode[]): void {
  const rest = new Map(now.map((node) => [node.key, node]));
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
    judgeOldNode(step, node, found);
  }
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

function judgeOldNode(step: Step, old: FormNode, now: FormNode): void {
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
  if (old.number !== null) step.cleared.add(old.number);
  if (allowed.has("Kids")) clearReference(step, findEntry(old.dictionary, "Kids"), /^Kids$/);
  if (allowed.has("V")) clearReference(step, findEntry(old.dictionary, "V"), /^(V|RV)$/);
  if (allowed.has("AP")) clearAppearance(step, old.dictionary);
  if (allowed === SEALING_KEYS && now.number !== null) step.sealWidgets.add(now.number);
  if (keys.some((key) => VALUE_ROLE.has(key) || key === "AP" || key === "AS")) {
    step.changes.add(old.fieldType === "Sig" ? "change.seal-added" : "change.form-filled");
  }
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
  return old.fieldType === "Btn" && (old.flags & PUSH_BUTTON) !== 0 ? NO_KEYS : FILLING_KEYS;
}

function isTimestamp(step: Step, signature: PdfValue | null): boolean {
  return findNameText(step.file.get(signature, "SubFilter", step.after)) === "ETSI.RFC3161";
}

/** Appearance streams of a field that may be filled, as long as nothing else shows them. */
function clearAppearance(step: Step, widget: PdfDictionary): void {
  const { file, before } = step;
  const states = new Set<string>();
  const visit = (value: PdfValue | null, depth: number): void => {
    if (value === null || depth > 2) return;
    const resolved = file.resolve(value, before);
    if (resolved?.kind === "dictionary") {
      for (const [key, entry] of resolved.entries) {
        states.add(key);
        visit(entry.value, depth + 1);
      }
    }
    if (value.kind !== "reference" || !step.changed.has(value.number)) return;
    if (hasOnlyRole(step, value.number, new Set(["AP", "N", "R", "D", ...states]))) step.cleared.add(value.number);
  };
  visit(findEntry(widget, "AP"), 0);
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
  if (
    signature === null &&
    step.file.get(node.dictionary, "AP", step.after) !== null &&
    hasArea(step, node.dictionary)
  ) {
    refuse("form.unsealed-appearance");
    return;
  }
  if (node.number !== null) step.sealWidgets.add(node.number);
  step.changes.add(isTimestamp(step, signature) ? "change.time-stamp-added" : "change.seal-added");
}

function hasArea(step: Step, widget: PdfDictionary): boolean {
  const rect = step.file.get(widget, "Rect", step.after);
  if (rect?.kind !== "array") return false;
  const [x0, y0, x1, y1] = rect.items.map((item) => {
    const value = step.file.resolve(item, step.after);
    return value?.kind === "number" ? value.value : 0;
  });
  return x0 !== x1 && y0 !== y1;
}
