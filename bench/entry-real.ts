import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { LabelledDocument } from "./entry-make.ts";

/** Where a collection of other people's PDFs lies on a machine that has it; without it the set is the generated part. */
const samples = process.env.SAMPLES_DIR ?? resolve(import.meta.dirname, "../../shared/samples");

/** Whether each is unfinished, as one sees it who opens it. */
const labels: readonly (readonly [file: string, unfinished: boolean, what: string])[] = [
  ["node-signpdf__formexample.pdf", true, "a form of which the name and address are open"],
  ["qpdf__sample-form.pdf", true, "the same form, two fields filled"],
  ["pypdf__FormTestFromOo.pdf", true, "a form with nothing in it"],
  ["core__with_combed_fields.pdf", true, "a tax return with nothing in it"],
  ["pdfminersix__AcroForm_TEST.pdf", true, "a form with an open field"],
  ["pdfcpu__empty.pdf", true, "an empty page"],
  ["pyHanko__empty-a4.pdf", true, "an empty page"],
  ["safedocs__PDF-NoPageContents.pdf", true, "a page without contents"],
  ["format-corpus__427330.pdf", true, "guidelines with two boxes of which one is to be ticked"],
  ["format-corpus__webCapture.pdf", true, "a printed web page, its last sheet nearly empty"],
  ["core__us_constitution.pdf", false, "a constitution in two columns"],
  ["pdfjs__tracemonkey_a11y.pdf", false, "a page of a paper"],
  ["pypdf__crazyones.pdf", false, "a short text"],
  ["format-corpus__160721.pdf", false, "an abstract"],
  ["format-corpus__033689.pdf", false, "charts"],
  ["format-corpus__020806.pdf", false, "a summary with its authors and contract number"],
  ["pdfbox__PDFBOX-4417-001031.pdf", false, "a budget's explanation"],
  ["pypdf__git.pdf", false, "a picture"],
  ["core__fancy_fields.pdf", false, "a form of which each choice is made"],
  ["pdfbox__Acroform-PDFBOX-2333.pdf", false, "a form with each field filled"],
  ["sample-files__pdflatex-outline.pdf", false, "a table of contents with its dots, and chapters"],
  ["pdfcpu__adobe_errata.pdf", false, "a list of corrections"],
  ["format-corpus__veraPDFHiRes.pdf", false, "a scanned page"],
];

/** Real files, made by many programs, that are there. */
export async function realDocuments(): Promise<LabelledDocument[]> {
  const found: LabelledDocument[] = [];
  for (const [file, unfinished, what] of labels) {
    const bytes = await readFile(join(samples, "pdf-odd/files", file)).catch(() => null);
    if (bytes === null) continue;
    found.push({
      ...{ name: `${file}: ${what}`, group: "real", unfinished, changed: null, misdeclared: [] },
      bytes: () => Promise.resolve(bytes),
      declared: { documentClass: "other", external: true, counterparty: null, amountMinor: null, currency: null },
    });
  }
  return found;
}
