import type { DocumentPage } from "./document-text.ts";
import { longestRising } from "./word-diff.ts";
import { shingle } from "./word-shingles.ts";

/** Pages of a document against a template's; numbers count from 0. */
export interface PageAlignment {
  readonly inserted: readonly number[];
  readonly removed: readonly number[];
  /** Pages that stand in another order than in the template. */
  readonly swapped: readonly { readonly template: number; readonly document: number }[];
  /** Pages that belong together, in the template's order. */
  readonly pairs: readonly { readonly template: number; readonly document: number }[];
}

/** Two pages are the same page if they share this much of their text. */
const alike = 0.3;
/** Text that stands on more pages tells none of them apart. */
const mostPages = 8;

/** Which page of a document is which of the template, by what they say. Pages without a word go by their place. */
export function alignPages(template: readonly DocumentPage[], document: readonly DocumentPage[]): PageAlignment {
  const shinglesOf = (page: DocumentPage): Set<number> =>
    shingle([page.words.filter((word) => !page.lines[word.line]?.running).map(({ text }) => text)]);
  const ofTemplate = template.map(shinglesOf);
  const postings = new Map<number, number[]>();
  for (const [at, shingles] of ofTemplate.entries())
    for (const number of shingles) {
      const pages = postings.get(number);
      if (!pages) postings.set(number, [at]);
      else if (pages.length <= mostPages) pages.push(at);
    }
  for (const [number, pages] of postings) if (pages.length > mostPages) postings.delete(number);
  const ranked: { template: number; document: number; share: number }[] = [];
  for (const [at, page] of document.entries()) {
    const own = shinglesOf(page);
    if (own.size === 0) {
      if (ofTemplate[at]?.size === 0) ranked.push({ template: at, document: at, share: 1 });
      continue;
    }
    const hits = new Map<number, number>();
    for (const number of own)
      for (const other of postings.get(number) ?? []) hits.set(other, (hits.get(other) ?? 0) + 1);
    for (const [other, count] of hits) {
      const share = count / Math.max(1, Math.min(own.size, ofTemplate[other]?.size ?? 0));
      if (share >= alike) ranked.push({ template: other, document: at, share: share - Math.abs(other - at) * 1e-6 });
    }
  }
  ranked.sort((a, b) => b.share - a.share || a.document - b.document);
  const [byTemplate, byDocument] = [new Map<number, number>(), new Map<number, number>()];
  for (const { template: t, document: d } of ranked) {
    if (byTemplate.has(t) || byDocument.has(d)) continue;
    byTemplate.set(t, d);
    byDocument.set(d, t);
  }
  // What lies between the same neighbours on both sides is the same page, however much of it was changed.
  for (const [at] of template.entries()) {
    if (byTemplate.has(at)) continue;
    const place = (byTemplate.get(at - 1) ?? (at === 0 ? -1 : Number.NaN)) + 1;
    const next = at + 1 === template.length ? document.length : byTemplate.get(at + 1);
    if (
      place < document.length &&
      !byDocument.has(place) &&
      (next === place + 1 || template.length === document.length)
    ) {
      byTemplate.set(at, place);
      byDocument.set(place, at);
    }
  }
  const pairs = [...byTemplate]
    .map(([t, d]) => ({ template: t, document: d }))
    .toSorted((a, b) => a.template - b.template);
  const inOrder = new Set(longestRising(pairs.map((pair) => pair.document)));
  return {
    inserted: [...document.keys()].filter((at) => !byDocument.has(at)),
    removed: [...template.keys()].filter((at) => !byTemplate.has(at)),
    swapped: pairs.filter((_, at) => !inOrder.has(at)),
    pairs,
  };
}
