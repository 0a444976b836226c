import type { PdfFile } from "../reader/pdf-file.ts";
import { findDictionary, findEntry, findNameText, type PdfObject, type PdfValue } from "../reader/pdf-value.ts";
import { judgeAnnotationObjects } from "./annotation-rules.ts";
import { judgeCatalog } from "./catalog-rules.ts";
import { judgeForm } from "./form-rules.ts";
import type { LaterSeals } from "./later-seals.ts";
import { judgePages } from "./page-rules.ts";
import type { Permissions } from "./permissions.ts";
import type { ReferenceIndex } from "./reference-index.ts";
import { sameValue } from "./same-value.ts";
import { judgeShownObjects } from "./shown-objects.ts";
import type { FormReader, WalkBudget } from "./signature-fields.ts";
import { hasOnlyRole, type Step } from "./step.ts";
import { judgeStructure } from "./structure-rules.ts";
import type { Reason } from "./verification.ts";

export type StepFinding = { readonly reasons: readonly Reason[]; readonly changes: ReadonlySet<string> };

/**
 * Judges what one incremental update changed. Everything is disallowed unless a rule knows it by the role the object
 * has in the revision before (ISO 32000-2, 12.8.2.2 and 12.8.2.4, read narrowly: annotations pass only where the
 * certifier permits them by name).
 */
export function judgeStep(
  file: PdfFile,
  before: number,
  permissions: Permissions,
  references: ReferenceIndex,
  budget: WalkBudget,
  listNodes: FormReader,
  laterSeals: LaterSeals,
): StepFinding {
  const after = before + 1;
  const changed = findChangedObjects(file, before, after);
  laterSeals.follow(before, after, changed.keys());
  const step: Step = {
    file,
    before,
    after,
    permissions,
    references,
    budget,
    listNodes,
    laterSeals,
    changed,
    cleared: new Set(),
    judgedPages: new Set(),
    grown: new Set(),
    sealWidgets: new Set(),
    newNotes: new Set(),
    removedNotes: new Set(),
    reasons: [],
    changes: new Set(),
  };
  judgeTrailer(step);
  judgeHybrid(step);
  judgeCatalog(step);
  judgeForm(step);
  judgePages(step);
  judgeAnnotationObjects(step);
  judgeStructure(step);
  judgeShownObjects(step);
  judgeRest(step);
  if (references.isIncomplete() || budget.left < 0) {
    step.reasons.push({ code: "file.too-complex", detail: "Not all changes could be looked at." });
  }
  return { reasons: step.reasons, changes: step.changes };
}

function findChangedObjects(
  file: PdfFile,
  before: number,
  after: number,
): Map<number, { old: PdfObject | null; new: PdfObject | null }> {
  const changed = new Map<number, { old: PdfObject | null; new: PdfObject | null }>();
  for (const section of file.revisions[after]?.sections ?? []) {
    for (const number of section.numbers()) {
      if (changed.has(number)) continue;
      const old = file.findObject(number, before);
      const now = file.findObject(number, after);
      if (old === null && now === null) continue;
      if (old !== null && now !== null) {
        if (old.source === now.source && old.start === now.start && old.end === now.end) continue;
        const same = sameValue(file, { value: old.value, revision: before }, { value: now.value, revision: after });
        if (same && old.generation === now.generation && !findDictionary(now.value)?.duplicateKeys) continue;
      }
      changed.set(number, { old, new: now });
    }
  }
  return changed;
}

/** The trailer leads to the catalog; another catalog, or another encryption, is another document. */
function judgeTrailer(step: Step): void {
  const old = step.file.trailer(step.before);
  const now = step.file.trailer(step.after);
  for (const key of ["Root", "Encrypt"]) {
    const left = findEntry(old, key);
    const right = findEntry(now, key);
    const sameReference =
      left?.kind === "reference" && right?.kind === "reference"
        ? left.number === right.number && left.generation === right.generation
        : sameValue(step.file, { value: left, revision: step.before }, { value: right, revision: step.after });
    if (!sameReference) step.reasons.push({ code: "trailer.changed", detail: key });
  }
  const info = findEntry(now, "Info");
  for (const value of [findEntry(old, "Info"), info]) {
    if (value?.kind === "reference" && hasOnlyRole(step, value.number, new Set(["Info"]))) {
      step.cleared.add(value.number);
    }
  }
}

/** A hybrid update that gives a number two places shows different documents to different readers (7.5.8.4). */
function judgeHybrid(step: Step): void {
  for (const section of step.file.revisions[step.after]?.sections ?? []) {
    if (section.hybrid === null) continue;
    for (const number of section.hybrid.numbers()) {
      const old = step.file.findEntry(number, step.before)?.entry;
      if (old !== undefined && old.kind !== "free") {
        step.reasons.push({ code: "xref.hybrid", detail: `object ${number}` });
        return;
      }
    }
  }
}

function judgeRest(step: Step): void {
  for (const [number, { old, new: now }] of step.changed) {
    if (step.cleared.has(number)) continue;
    const type = findNameText(findEntry(old?.value, "Type"));
    if (type === "ObjStm") {
      step.reasons.push({ code: "object.container-changed", detail: `object ${number}` });
      continue;
    }
    if (old === null && findNameText(findEntry(now?.value, "Type")) === "XRef") continue;
    if (step.references.keysTo(number).size === 0) continue;
    if (old === null) {
      step.reasons.push({
        code: "object.filled-later",
        detail: `object ${number} was referred to but missing when sealed`,
      });
    } else {
      step.reasons.push({ code: "object.changed", detail: describe(number, old.value, type) });
    }
  }
}

function describe(number: number, value: PdfValue, type: string | null): string {
  const subtype = findNameText(findEntry(value, "Subtype"));
  return [`object ${number}`, value.kind, type ?? "", subtype ?? ""].filter((part) => part !== "").join(" ");
}
