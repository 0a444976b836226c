import { findDictionary, findEntry, findNameText, type PdfDictionary, type PdfValue } from "../reader/pdf-value.ts";
import { hasOnlyRole, type Step } from "./step.ts";

/**
 * Annotations that a reader draws itself and that neither write on the page nor cover it. Others may be made by their
 * maker to look like anything, the text of the document among it (the "evil annotation" attack).
 */
const PLAIN_KINDS = new Set(["Text", "Popup", "Link", "Circle", "Square"]);
const OWN_LOOK = ["AP", "AA", "RC", "MK", "Kids", "Parent", "FT"];
const ACTIONS = new Set(["URI", "GoTo"]);
const THICKEST_LINE = 3;
/** Where an annotation is referred to: its page, its note window or reply, and the structure (14.7.5.3). */
const NOTE_ROLE = new Set(["Annots", "Popup", "Parent", "IRT", "Obj"]);

/**
 * A page's annotations between two revisions. New ones must be seals. Where the certifier permits annotations by name
 * (ISO 32000-2, table 257, P = 3), plain ones may come and any but fields may go; fields have a rule of their own.
 */
export function judgeAnnotations(step: Step, old: PdfValue | null, now: PdfValue | null, where: string): void {
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
    else if (step.file.resolve(item, step.before) !== null && !mayBeRemoved(step, item)) {
      step.reasons.push({ code: "page.annotation-removed", detail: where });
    }
  }
  for (const item of is) {
    const count = left.get(keyOf(item)) ?? 0;
    if (count === 0) continue;
    left.set(keyOf(item), count - 1);
    if (item.kind === "reference" && mayBeAdded(step, item.number)) {
      step.newNotes.add(item.number);
      step.changes.add("change.annotation");
    } else if (item.kind !== "reference" || !step.sealWidgets.has(item.number)) {
      step.reasons.push({ code: "page.annotation-added", detail: where });
    } else if (count > 1) step.reasons.push({ code: "page.seal-repeated", detail: where });
  }
}

function mayBeRemoved(step: Step, item: PdfValue): boolean {
  if (step.permissions.level !== 3 || item.kind !== "reference") return false;
  // The form's rule has judged widgets before.
  if (step.removedNotes.has(item.number)) return true;
  const note = findDictionary(step.file.resolve(item, step.before));
  if (note === null || isField(note)) return false;
  step.removedNotes.add(item.number);
  step.changes.add("change.annotation-removed");
  return true;
}

function mayBeAdded(step: Step, number: number): boolean {
  if (step.permissions.level !== 3 || step.file.findObject(number, step.before) !== null) return false;
  return isPlain(step, step.file.findObject(number, step.after)?.value ?? null);
}

/** Annotations that were changed in place, or are no longer shown. */
export function judgeAnnotationObjects(step: Step): void {
  if (step.permissions.level !== 3) return;
  for (const [number, { old, new: now }] of step.changed) {
    const was = old?.value.kind === "dictionary" ? old.value : null;
    if (step.cleared.has(number) || was === null || !hasOnlyRole(step, number, NOTE_ROLE)) continue;
    if (step.removedNotes.has(number)) step.cleared.add(number);
    else if (!isField(was) && kindOf(step, was, step.before) === kindOf(step, now?.value ?? null, step.after)) {
      if (!isPlain(step, now?.value ?? null)) continue;
      step.cleared.add(number);
      step.changes.add("change.annotation");
    }
  }
}

function isField(annotation: PdfDictionary): boolean {
  return findNameText(findEntry(annotation, "Subtype")) === "Widget" || annotation.entries.has("FT");
}

function kindOf(step: Step, annotation: PdfValue | null, revision: number): string | null {
  return findNameText(step.file.get(annotation, "Subtype", revision));
}

function isPlain(step: Step, annotation: PdfValue | null): boolean {
  const { file, after } = step;
  if (annotation?.kind !== "dictionary" || annotation.duplicateKeys) return false;
  if (!PLAIN_KINDS.has(kindOf(step, annotation, after) ?? "")) return false;
  if (OWN_LOOK.some((key) => annotation.entries.has(key) && !(key === "Parent" && isPopup(step, annotation)))) {
    return false;
  }
  const fill = file.get(annotation, "IC", after);
  if (fill !== null && !(fill.kind === "array" && fill.items.length === 0)) return false;
  return hasThinLine(step, annotation) && hasHarmlessAction(step, annotation);
}

/** A note's window names the note it belongs to as /Parent. */
function isPopup(step: Step, annotation: PdfDictionary): boolean {
  return kindOf(step, annotation, step.after) === "Popup";
}

/** A border (12.5.4) as thick as the shape is wide would be a filled shape. */
function hasThinLine(step: Step, annotation: PdfDictionary): boolean {
  const { file, after } = step;
  const border = file.get(annotation, "Border", after);
  const style = file.get(annotation, "BS", after);
  const widths = [
    ...(border === null ? [] : [border.kind === "array" ? file.resolve(border.items[2], after) : border]),
    ...(findEntry(style, "W") === null ? [] : [file.get(style, "W", after)]),
  ];
  return widths.every((width) => width?.kind === "number" && width.value >= 0 && width.value <= THICKEST_LINE);
}

/** Links may lead somewhere; nothing may run. */
function hasHarmlessAction(step: Step, annotation: PdfDictionary): boolean {
  const { file, after } = step;
  const action = file.get(annotation, "A", after);
  if (action === null) return true;
  const kind = findNameText(file.get(action, "S", after));
  return kind !== null && ACTIONS.has(kind) && file.get(action, "Next", after) === null;
}
