import { findDictionary, findEntry, type PdfDictionary, type PdfValue } from "../reader/pdf-value.ts";
import { sameValue } from "./same-value.ts";
import type { FormNode } from "./signature-fields.ts";
import type { Step } from "./step.ts";

/**
 * What readers draw fields with (ISO 32000-2, 12.7.3): entries of the form that change what a field shows while the
 * field itself, its value and its appearance stay as they were sealed. A field may be prepared so that its appearance
 * says one sum and its value another; whichever of the two was shown when the file was sealed has to be shown for ever.
 */
export function mayFormKeyChange(step: Step, key: string, old: PdfDictionary | null, now: PdfDictionary): boolean {
  switch (key) {
    case "NeedAppearances":
      return mayNeedAppearancesChange(step, old, now);
    case "DA":
      return !usesDefaultAppearance(step);
    case "DR":
      return resourcesOnlyGrow(step, old, now) && !gainsUsedFont(step, old, now);
    default:
      return false;
  }
}

/** True tells readers to draw all fields anew from their values: that may not begin, nor end where there are fields. */
function mayNeedAppearancesChange(step: Step, old: PdfDictionary | null, now: PdfDictionary): boolean {
  const isTrue = (form: PdfDictionary | null, revision: number): boolean => {
    const value = step.file.get(form, "NeedAppearances", revision);
    return value?.kind === "boolean" && value.value;
  };
  const [was, is] = [isTrue(old, step.before), isTrue(now, step.after)];
  return was === is || (!is && !step.listNodes(step.before).some(isDrawn));
}

/** A field whose look a reader makes from its value; signatures bring theirs. */
const isDrawn = ({ fieldType }: FormNode): boolean => fieldType !== null && fieldType !== "Sig";

/** Fields of text and choice that name no font of their own, themselves or above them, take the form's (12.7.4.3). */
function usesDefaultAppearance(step: Step): boolean {
  const served = new Set<string | null>();
  for (const node of step.listNodes(step.before)) {
    const isServed = served.has(node.parentKey) || findEntry(node.dictionary, "DA") !== null;
    if (isServed) served.add(node.key);
    else if ((node.fieldType === "Tx" || node.fieldType === "Ch") && (node.isWidget || !node.hasKids)) return true;
  }
  return false;
}

/** Default resources may gain entries; what was there must stay (else fields filled earlier would look different). */
export function resourcesOnlyGrow(step: Step, old: PdfDictionary | null, now: PdfDictionary): boolean {
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

/** A font that a field names and the form does not have yet would be brought in by whoever comes later. */
function gainsUsedFont(step: Step, old: PdfDictionary | null, now: PdfDictionary): boolean {
  const { file, before, after } = step;
  const fontsOf = (form: PdfDictionary | null, revision: number): PdfDictionary | null =>
    findDictionary(file.get(file.get(form, "DR", revision), "Font", revision));
  const known = fontsOf(old, before);
  const gained = [...(fontsOf(now, after)?.entries.keys() ?? [])].filter((name) => !known?.entries.has(name));
  if (gained.length === 0) return false;
  const used = new Set(namesIn(file.get(old, "DA", before)));
  for (const node of step.listNodes(before)) {
    if (!isDrawn(node)) continue;
    for (const name of namesIn(file.get(node.dictionary, "DA", before))) used.add(name);
  }
  return gained.some((name) => used.has(name));
}

/** The names in a default appearance (12.7.4.3), a piece of content in a string. */
function namesIn(appearance: PdfValue | null): string[] {
  if (appearance?.kind !== "string") return [];
  const text = Buffer.from(appearance.bytes).toString("latin1");
  return [...text.matchAll(/\/([^\s()<>[\]{}/%]+)/g)].map(([, name = ""]) =>
    name.replace(/#([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
  );
}
