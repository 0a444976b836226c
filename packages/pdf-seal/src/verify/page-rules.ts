import { findDictionary, findNameText, type PdfValue } from "../reader/pdf-value.ts";
import { changedKeys } from "./same-value.ts";
import { hasOnlyRole, type Step } from "./step.ts";

/**
 * Pages (ISO 32000-2, 7.7.3.3) may change by nothing but new seals among their annotations. Other annotations are not
 * accepted, but for plain notes where the certifier permits them: they can cover what was sealed.
 */
export function judgePages(step: Step): void {
  const { file, before, after } = step;
  for (const [number, { old, new: now }] of step.changed) {
    if (old === null || now === null || step.cleared.has(number)) continue;
    if (
      old.value.kind === "array" &&
      hasOnlyRole(step, number, new Set(["Annots"])) &&
      step.references.keysTo(number).size > 0
    ) {
      judgeAnnotations(step, old.value, now.value, `object ${number}`);
      step.cleared.add(number);
      continue;
    }
    const was = findDictionary(old.value);
    const is = findDictionary(now.value);
    if (old.value.kind !== "dictionary" || is === null || was === null) continue;
    const isPage = findNameText(file.get(was, "Type", before)) === "Page";
    const keys = changedKeys(file, { dictionary: was, revision: before }, { dictionary: is, revision: after });
    if (!isPage) continue;
    step.cleared.add(number);
    if (is.duplicateKeys) step.reasons.push({ code: "object.duplicate-keys", detail: `page ${number}` });
    for (const key of keys) {
      if (key === "Annots") {
        judgeAnnotations(step, file.get(was, key, before), file.get(is, key, after), `page object ${number}`);
      } else if (!isDefaultTabs(step, key, file.get(was, key, before), file.get(is, key, after))) {
        step.reasons.push({
          code: key === "Contents" ? "page.content-changed" : "page.changed",
          detail: `page object ${number}: ${key}`,
        });
      }
    }
  }
}

/** /Tabs (table 31) only orders the keyboard; a first value that says structure order is what PDF/UA asks of sealers. */
function isDefaultTabs(step: Step, key: string, was: PdfValue | null, is: PdfValue | null): boolean {
  return key === "Tabs" && was === null && findNameText(step.file.resolve(is, step.after)) === "S";
}

/**
 * Where the certifier permits annotations (12.8.2.2, P = 3), a new note passes: it shows a small symbol of the reader's
 * own. Any other kind, or one with its own appearance or an action, can cover the page and does not.
 */
function isPermittedNote(step: Step, item: PdfValue): boolean {
  if (step.permissions.level !== 3 || item.kind !== "reference") return false;
  if (step.file.findObject(item.number, step.before) !== null) return false;
  const note = findDictionary(step.file.resolve(item, step.after));
  const subtype = findNameText(step.file.get(note, "Subtype", step.after));
  if (subtype !== "Text" && subtype !== "Popup") return false;
  return (
    !["AP", "A", "AA", "RC", "BS", "Border"].some((key) => note?.entries.has(key)) && note?.duplicateKeys === false
  );
}

function judgeAnnotations(step: Step, old: PdfValue | null, now: PdfValue | null, where: string): void {
  const was = old?.kind === "array" ? old.items : [];
  const is = now?.kind === "array" ? now.items : [];
  const left = new Map<string, number>();
  const keyOf = (item: PdfValue): string =>
    item.kind === "reference"
      ? `#${item.number}`
      : Buffer.from(item.source.subarray(item.start, item.end)).toString("latin1");
  for (const item of is) left.set(keyOf(item), (left.get(keyOf(item)) ?? 0) + 1);
  for (const item of was) {
    const key = keyOf(item);
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    else if (step.file.resolve(item, step.before) !== null) {
      step.reasons.push({ code: "page.annotation-removed", detail: where });
    }
  }
  for (const item of is) {
    const count = left.get(keyOf(item)) ?? 0;
    if (count === 0) continue;
    left.set(keyOf(item), count - 1);
    if (isPermittedNote(step, item)) step.changes.add("change.annotation");
    else if (item.kind !== "reference" || !step.sealWidgets.has(item.number)) {
      step.reasons.push({ code: "page.annotation-added", detail: where });
    } else if (count > 1) step.reasons.push({ code: "page.seal-repeated", detail: where });
  }
}
