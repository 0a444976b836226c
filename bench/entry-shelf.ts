import {
  type DocumentText,
  findTemplateCandidates,
  followTemplate,
  indexTemplates,
  readDocumentText,
  sketchTemplate,
  type TemplateFollowed,
  type TemplateIndex,
  type TemplateText,
} from "@chancery/domain";
import { inspectDocument } from "../apps/server/features/sealing/inspect-document.ts";
import { readPageTexts } from "../apps/server/platform/page-text.ts";
import type { BenchLine } from "./line.ts";

/** What the checks have to reach on the labelled set, and the time for a long document. */
export const limits = { recall: 0.95, precision: 0.9, ms: 1500 };

export interface Shelf {
  readonly templates: ReadonlyMap<string, TemplateText>;
  readonly index: TemplateIndex;
}

export function shelve(templates: ReadonlyMap<string, TemplateText>): Shelf {
  const sketched = [...templates].map(([templateId, template]) => ({ templateId, sketch: sketchTemplate(template) }));
  return { templates, index: indexTemplates(sketched) };
}

export const read = async (bytes: Uint8Array): Promise<DocumentText> => readDocumentText(await readPages(bytes));

export async function readPages(bytes: Uint8Array) {
  const inspected = await inspectDocument(bytes);
  const texts = await readPageTexts(bytes, inspected.ok ? inspected.pages : []);
  if (!texts.ok) throw new Error(`a document of the set can not be read: ${texts.code}`);
  return texts.pages;
}

export interface Best extends TemplateFollowed {
  readonly templateId: string;
}

/** The best of the templates a document may be made from. */
export function compareBest(document: DocumentText, shelf: Shelf): Best | null {
  const rank = { same: 0, "same-but-fields": 1, changed: 2, other: 3 };
  const compared = findTemplateCandidates(shelf.index, document).flatMap(({ templateId }) => {
    const template = shelf.templates.get(templateId);
    return template ? [{ templateId, ...followTemplate(template, document) }] : [];
  });
  return compared.toSorted((a, b) => rank[a.comparison.verdict] - rank[b.comparison.verdict])[0] ?? null;
}

export function line(name: string, value: number, unit: string, ratio: number, against: string): BenchLine {
  return { name, value: Math.round(value * 1000) / 1000, unit, ratio: Math.round(ratio * 100) / 100, against };
}
