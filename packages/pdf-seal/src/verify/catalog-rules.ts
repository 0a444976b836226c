import { findDictionary, findEntry, findNameText, type PdfDictionary, type PdfValue } from "../reader/pdf-value.ts";
import { changedKeys, sameValue } from "./same-value.ts";
import { hasOnlyRole, type Step } from "./step.ts";

const DSS_KEYS = /^(DSS|Certs?|CRLs?|OCSPs?|VRI|TU|TS|[0-9A-Fa-f]{40})$/;
/** Judged by rules of their own. */
const OTHER_RULES = new Set(["AcroForm", "StructTreeRoot"]);

/** The catalog (ISO 32000-2, 7.7.2): what may be added after sealing without changing what is shown. */
export function judgeCatalog(step: Step): void {
  const { file, before, after } = step;
  const old = file.catalog(before);
  const now = file.catalog(after);
  const root = findEntry(file.trailer(before), "Root");
  if (root?.kind === "reference") step.cleared.add(root.number);
  if (now === null) {
    step.reasons.push({ code: "catalog.removed", detail: "" });
    return;
  }
  if (now.duplicateKeys) step.reasons.push({ code: "object.duplicate-keys", detail: "catalog" });
  for (const key of changedKeys(file, { dictionary: old, revision: before }, { dictionary: now, revision: after })) {
    if (!OTHER_RULES.has(key) && !isAllowedEntry(step, key, old, now)) {
      step.reasons.push({ code: "catalog.changed", detail: key });
    }
  }
  clearSecurityStore(step, findEntry(old, "DSS"), findEntry(now, "DSS"));
  for (const key of ["Metadata", "Extensions"]) {
    const value = findEntry(old, key);
    if (value?.kind !== "reference" || !step.changed.has(value.number)) continue;
    if (!hasOnlyRole(step, value.number, new Set([key]))) continue;
    step.cleared.add(value.number);
    step.changes.add(key === "Metadata" ? "change.metadata" : "change.extensions");
  }
}

function isAllowedEntry(step: Step, key: string, old: PdfDictionary | null, now: PdfDictionary): boolean {
  const { file, before, after } = step;
  switch (key) {
    case "DSS":
      return findDictionary(file.get(now, "DSS", after)) !== null;
    case "Metadata":
      step.changes.add("change.metadata");
      return file.get(now, "Metadata", after)?.kind === "stream";
    case "Extensions":
      step.changes.add("change.extensions");
      return true;
    case "Version": {
      const was = Number(findNameText(file.get(old, "Version", before)) ?? file.version);
      const is = Number(findNameText(file.get(now, "Version", after)) ?? Number.NaN);
      return is >= was;
    }
    case "Perms": {
      // Usage rights (12.8.2.3) may be dropped; a certification may not come after a seal (12.8.2.2.1) nor go.
      const rights = file.get(old, "Perms", before);
      const left = { value: file.get(rights, "DocMDP", before), revision: before };
      const right = { value: file.get(file.get(now, "Perms", after), "DocMDP", after), revision: after };
      return sameValue(file, left, right);
    }
    default:
      return false;
  }
}

/** The document security store (12.8.4.3) holds certificates and revocation data, nothing that is shown. */
function clearSecurityStore(step: Step, old: PdfValue | null, now: PdfValue | null): void {
  if (now !== null && old === null) step.changes.add("change.security-store");
  const seen = new Set<number>();
  const walk = (value: PdfValue | null, depth: number): void => {
    if (value === null || depth > 6) return;
    if (value.kind === "reference") {
      if (seen.has(value.number)) return;
      seen.add(value.number);
      if (step.changed.has(value.number) && hasOnlyRole(step, value.number, DSS_KEYS)) {
        step.cleared.add(value.number);
        step.changes.add("change.security-store");
      }
      walk(step.file.resolve(value, step.before), depth + 1);
    } else if (value.kind === "array") for (const item of value.items) walk(item, depth + 1);
    else if (value.kind === "dictionary") for (const entry of value.entries.values()) walk(entry.value, depth + 1);
  };
  walk(old, 0);
}
