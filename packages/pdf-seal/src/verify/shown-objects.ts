import { findEntry, type PdfValue } from "../reader/pdf-value.ts";
import { TRAILER } from "./reference-index.ts";
import type { Step } from "./step.ts";

const VISIT_LIMIT = 5000;
/** Ways from one object to another that put nothing on a page: annotations are judged apart, the rest leads upwards. */
const SIDE_WAYS = new Set(["Annots", "Parent", "P", "Pg", "Popup", "IRT", "Metadata", "PieceInfo"]);
/** What hangs below these entries of the catalog is judged by rules of its own and shows on pages by annotations alone. */
const OWN_RULES = new Set(["AcroForm", "DSS", "Metadata", "Extensions", "Perms", "StructTreeRoot", "Version"]);

/**
 * A last look at what the rules let pass: an object that also is, or is part of, what pages show or a reader acts on. A
 * rule knows an object by one role; whoever prepared the document may have given it two.
 */
export function judgeShownObjects(step: Step): void {
  for (const [number, { old }] of step.changed) {
    if (old === null || !step.cleared.has(number) || step.judgedPages.has(number) || step.grown.has(number)) continue;
    if (isShown(step, number)) {
      step.reasons.push({ code: "object.shown-elsewhere", detail: `object ${number}` });
    }
  }
}

/** Follows references backwards until the catalog: true where a way leads through an entry that shows something. */
function isShown(step: Step, start: number): boolean {
  const { file, before, references } = step;
  const root = findEntry(file.trailer(before), "Root");
  const catalog = root?.kind === "reference" ? root.number : null;
  if (start === catalog) return false;
  const seen = new Set([start]);
  const waiting = [start];
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    const referrers = references.referrersOf(number);
    if (referrers === null || seen.size > VISIT_LIMIT) return true;
    for (const from of referrers) {
      const isTrailer = from === TRAILER;
      const holder = isTrailer ? file.trailer(before) : (file.findObject(from, before)?.value ?? null);
      const ways = outerKeysTo(holder, number).filter((key) => !SIDE_WAYS.has(key));
      if (isTrailer ? ways.includes("Encrypt") : from === catalog && ways.some((key) => !OWN_RULES.has(key)))
        return true;
      if (isTrailer || from === catalog || ways.length === 0 || seen.has(from)) continue;
      seen.add(from);
      waiting.push(from);
    }
  }
  return false;
}

/** The entries of an object's own dictionary below which it refers to a number; "" for an array. */
function outerKeysTo(holder: PdfValue | null, number: number): string[] {
  const refers = (value: PdfValue, depth: number): boolean => {
    if (depth > 100) return true;
    switch (value.kind) {
      case "reference":
        return value.number === number;
      case "array":
        return value.items.some((item) => refers(item, depth + 1));
      case "dictionary":
        return [...value.entries.values()].some((entry) => refers(entry.value, depth + 1));
      case "stream":
        return refers(value.dictionary, depth + 1);
      default:
        return false;
    }
  };
  if (holder === null) return [];
  const dictionary = holder.kind === "stream" ? holder.dictionary : holder;
  if (dictionary.kind !== "dictionary") return refers(dictionary, 0) ? [""] : [];
  return [...dictionary.entries].filter(([, { value }]) => refers(value, 0)).map(([key]) => key);
}
