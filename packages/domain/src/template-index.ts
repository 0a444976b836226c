import type { DocumentText } from "./document-text.ts";
import { partRunning, type TemplateText } from "./template-text.ts";
import { shingle } from "./word-shingles.ts";

/** What the index keeps of a template: small, and read from the template alone, so that it can be stored beside it. */
export type TemplateSketch = readonly number[];
export interface TemplateIndex {
  readonly postings: ReadonlyMap<number, readonly string[]>;
  readonly sizes: ReadonlyMap<string, number>;
}
export interface TemplateCandidate {
  readonly templateId: string;
  /** Share of the template's own text that stands in the document, 0 to 1, as far as the sketch tells. */
  readonly share: number;
}

const sketchSize = 512;
/** Below this share a document is not made from a template, and neither a changed copy of one. */
const leastShare = 0.15;

/** The smallest numbers of the template's shingles outside its fields: a fair sample, whatever the template's length. */
export function sketchTemplate(template: TemplateText): TemplateSketch {
  const stretches: string[][] = [[]];
  for (const item of template.body) {
    if (item.kind === "word") stretches.at(-1)?.push(item.word.text);
    else stretches.push([]);
  }
  return [...shingle(stretches)].toSorted((a, b) => a - b).slice(0, sketchSize);
}

export function indexTemplates(
  templates: readonly { readonly templateId: string; readonly sketch: TemplateSketch }[],
): TemplateIndex {
  const postings = new Map<number, string[]>();
  const sizes = new Map<string, number>();
  for (const { templateId, sketch } of templates) {
    sizes.set(templateId, sketch.length);
    for (const number of sketch) {
      const ids = postings.get(number);
      if (ids) ids.push(templateId);
      else postings.set(number, [templateId]);
    }
  }
  return { postings, sizes };
}

/** Templates that a document may be made from, the likeliest first. */
export function findTemplateCandidates(index: TemplateIndex, document: DocumentText, most = 3): TemplateCandidate[] {
  const hits = new Map<string, number>();
  const { body } = partRunning(document.pages);
  for (const number of shingle([body.map(({ text }) => text)]))
    for (const templateId of index.postings.get(number) ?? []) hits.set(templateId, (hits.get(templateId) ?? 0) + 1);
  return [...hits]
    .map(([templateId, count]) => ({ templateId, share: count / Math.max(1, index.sizes.get(templateId) ?? 0) }))
    .filter(({ share }) => share >= leastShare)
    .toSorted((a, b) => b.share - a.share || (a.templateId < b.templateId ? -1 : 1))
    .slice(0, most);
}
