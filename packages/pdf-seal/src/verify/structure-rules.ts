import { findDictionary, findEntry, findNameText, type PdfDictionary, type PdfValue } from "../reader/pdf-value.ts";
import { changedKeys, sameValue } from "./same-value.ts";
import { hasOnlyRole, type Step } from "./step.ts";

const TREE_ROLE = new Set(["StructTreeRoot", "K", "P", "ParentTree", "Kids", "Nums", "StructElem"]);

/**
 * The logical structure (ISO 32000-2, 14.7) may gain elements for new seals and permitted annotations, and lose those of
 * annotations that were permitted to go; nothing else.
 */
export function judgeStructure(step: Step): void {
  const { file, before, after } = step;
  const old = findDictionary(file.get(file.catalog(before), "StructTreeRoot", before));
  const now = findDictionary(file.get(file.catalog(after), "StructTreeRoot", after));
  if (old === null && now === null) return;
  if (old === null || now === null) {
    step.reasons.push({ code: "structure.changed", detail: "StructTreeRoot" });
    return;
  }
  const root = findEntry(file.catalog(before), "StructTreeRoot");
  if (root?.kind === "reference") step.cleared.add(root.number);
  judgeElement(step, old, now, "StructTreeRoot", new Set(["K", "ParentTree", "ParentTreeNextKey"]));
  for (const [number, change] of step.changed) {
    if (step.cleared.has(number) || change.old === null || change.new === null) continue;
    judgeTreeObject(step, number, change.old.value, change.new.value);
  }
}

/** Elements are held to their own entries whoever refers to them; arrays and number trees only in this tree's roles. */
function judgeTreeObject(step: Step, number: number, was: PdfValue, is: PdfValue): void {
  const { file, before, after } = step;
  if (was.kind === "dictionary" && is.kind === "dictionary" && was.entries.has("S") && was.entries.has("P")) {
    judgeElement(step, was, is, `object ${number}`, new Set(["K"]));
    step.cleared.add(number);
    return;
  }
  if (!hasOnlyRole(step, number, TREE_ROLE)) return;
  const keysTo = step.references.keysTo(number);
  if (was.kind === "array") {
    if (keysTo.has("Nums") ? numbersGrow(step, was, is) : kidsGrow(step, was, is)) step.cleared.add(number);
  } else if (
    was.kind === "dictionary" &&
    is.kind === "dictionary" &&
    (was.entries.has("Nums") || keysTo.has("ParentTree"))
  ) {
    const keys = changedKeys(file, { dictionary: was, revision: before }, { dictionary: is, revision: after });
    const isSafe = keys.every(
      (key) => key === "Limits" || (key === "Nums" && numbersGrow(step, findEntry(was, key), findEntry(is, key))),
    );
    if (isSafe) step.cleared.add(number);
  }
}

function judgeElement(
  step: Step,
  old: PdfDictionary,
  now: PdfDictionary,
  what: string,
  allowed: ReadonlySet<string>,
): void {
  const { file, before, after } = step;
  for (const key of changedKeys(file, { dictionary: old, revision: before }, { dictionary: now, revision: after })) {
    const was = findEntry(old, key);
    const is = findEntry(now, key);
    const isSafe =
      allowed.has(key) &&
      (key === "ParentTreeNextKey" ||
        (key === "K" && kidsGrow(step, was, is)) ||
        (key === "ParentTree" && parentTreeGrows(step, was, is)));
    if (!isSafe) step.reasons.push({ code: "structure.changed", detail: `${what}: ${key}` });
  }
}

function parentTreeGrows(step: Step, old: PdfValue | null, now: PdfValue | null): boolean {
  const was = step.file.resolve(old, step.before);
  const is = step.file.resolve(now, step.after);
  if (was === null) return is !== null;
  return numbersGrow(step, findEntry(was, "Nums"), findEntry(is, "Nums"));
}

function items(step: Step, value: PdfValue | null, revision: number): readonly PdfValue[] {
  const resolved = step.file.resolve(value, revision);
  if (resolved?.kind === "array") return resolved.items;
  return value === null || resolved === null ? [] : [value];
}

/** A number tree's pairs (7.9.7): the old ones unchanged, further ones with other keys. */
function numbersGrow(step: Step, old: PdfValue | null, now: PdfValue | null): boolean {
  const pairs = (value: PdfValue | null, revision: number): Map<number, PdfValue> => {
    const list = items(step, value, revision);
    const found = new Map<number, PdfValue>();
    for (let i = 0; i + 1 < list.length; i += 2) {
      const key = list[i];
      const entry = list[i + 1];
      if (key?.kind === "number" && entry !== undefined) found.set(key.value, entry);
    }
    return found;
  };
  const is = pairs(now, step.after);
  const gone = keysOfRemovedNotes(step);
  for (const [key, value] of pairs(old, step.before)) {
    if (gone.has(key) && !is.has(key)) continue;
    const right = { value: is.get(key) ?? null, revision: step.after };
    if (!sameValue(step.file, { value, revision: step.before }, right)) return false;
  }
  return true;
}

/** /StructParent (14.7.5.4) of the annotations that went. */
function keysOfRemovedNotes(step: Step): Set<number> {
  const keys = [...step.removedNotes].map((number) =>
    step.file.getNumber(step.file.findObject(number, step.before)?.value, "StructParent", step.before),
  );
  return new Set(keys.filter((key) => key !== null));
}

/** Kids of an element: the old ones in order, but for those of annotations that went; further ones only for new ones. */
function kidsGrow(step: Step, old: PdfValue | null, now: PdfValue | null): boolean {
  const was = items(step, old, step.before);
  const is = items(step, now, step.after);
  const isRemoved = (number: number): boolean => step.removedNotes.has(number);
  const isNew = (number: number): boolean => step.sealWidgets.has(number) || step.newNotes.has(number);
  let next = 0;
  const skipRemoved = (): void => {
    while (step.removedNotes.size > 0 && leadsOnlyTo(step, was[next], step.before, isRemoved, 0)) next++;
  };
  for (const item of is) {
    let expected = was[next];
    const matches = (): boolean =>
      expected !== undefined &&
      sameValue(step.file, { value: expected, revision: step.before }, { value: item, revision: step.after });
    if (!matches()) {
      skipRemoved();
      expected = was[next];
    }
    if (matches()) next++;
    else if (!isNewObject(step, item) || !leadsOnlyTo(step, item, step.after, isNew, 0)) return false;
  }
  skipRemoved();
  return next === was.length;
}

/** An element that was there before must not be put to another place. */
function isNewObject(step: Step, value: PdfValue): boolean {
  return value.kind !== "reference" || step.file.findObject(value.number, step.before) === null;
}

/** An element, or a reference to an object (14.7.5.3), below which nothing but certain annotations stand. */
function leadsOnlyTo(
  step: Step,
  value: PdfValue | undefined,
  revision: number,
  isWanted: (number: number) => boolean,
  depth: number,
): boolean {
  if (value === undefined || depth > 8) return false;
  const resolved = step.file.resolve(value, revision);
  if (resolved?.kind !== "dictionary") return false;
  if (findNameText(findEntry(resolved, "Type")) === "OBJR") {
    const target = findEntry(resolved, "Obj");
    return target?.kind === "reference" && isWanted(target.number);
  }
  const kids = items(step, findEntry(resolved, "K"), revision);
  const mayBeOld = revision === step.before;
  if (mayBeOld && kids.length === 0) return false;
  return kids.every(
    (kid) => (mayBeOld || isNewObject(step, kid)) && leadsOnlyTo(step, kid, revision, isWanted, depth + 1),
  );
}
