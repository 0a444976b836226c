import { findCount, findDictionary, findEntry, findNameText, type PdfValue } from "../reader/pdf-value.ts";
import { judgeAnnotations } from "./annotation-rules.ts";
import { changedKeys } from "./same-value.ts";
import { hasOnlyRole, type Step } from "./step.ts";

/**
 * Pages (ISO 32000-2, 7.7.3.3) may change by nothing but new seals among their annotations, and such other annotations
 * as the certifier permits.
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
      } else if (!isHarmless(step, key, findEntry(was, key), findEntry(is, key))) {
        step.reasons.push({
          code: key === "Contents" ? "page.content-changed" : "page.changed",
          detail: `page object ${number}: ${key}`,
        });
      }
    }
  }
}

/** First values that show nothing: they are what tagged PDF asks of whoever adds annotations. */
function isHarmless(step: Step, key: string, was: PdfValue | null, is: PdfValue | null): boolean {
  if (step.file.resolve(was, step.before) !== null) return false;
  const value = step.file.resolve(is, step.after);
  // /Tabs (table 31) only orders the keyboard; structure order is what PDF/UA demands.
  if (key === "Tabs") return findNameText(value) === "S";
  // /StructParents (table 359) leads from marked content to the structure, whose own rule judges what it finds there.
  return key === "StructParents" && step.permissions.level === 3 && findCount(value) !== null;
}
