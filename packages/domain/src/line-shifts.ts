import type { DocumentPage, DocumentWord } from "./document-text.ts";
import type { TemplateMatch } from "./template-match.ts";
import type { TemplateItem } from "./template-text.ts";

/** Where a line of the document stands in its template: a filled field moves what follows it, and what is drawn with it. */
export interface LineShift {
  /** The middle of the line in millimetres from the top of its page. */
  readonly y: number;
  readonly page: number;
  /** Millimetres from the document's place to the template's. */
  readonly dy: number;
}
/** For each page of a document, from its top. */
export type LineShifts = ReadonlyMap<number, readonly LineShift[]>;
/** Items of a template, the words of a document that follow them, and which follow which. */
export type MatchedPart = readonly [
  items: readonly TemplateItem[],
  words: readonly DocumentWord[],
  match: TemplateMatch,
];

/** Where the lines of a document that follows its template stand there. */
export function listLineShifts(pages: readonly DocumentPage[], parts: readonly MatchedPart[]): LineShifts {
  const shifts = new Map<number, LineShift[]>(pages.map(({ index }) => [index, []]));
  for (const [items, words, match] of parts) {
    let last: DocumentWord | null = null;
    for (const [at, item] of items.entries()) {
      const word = words[match[at]?.[0] ?? -1];
      if (item.kind !== "word" || !word || (last?.page === word.page && last.line === word.line)) continue;
      last = word;
      const y = word.box.y + word.box.height / 2;
      shifts.get(word.page)?.push({ y, page: item.word.page, dy: item.word.box.y + item.word.box.height / 2 - y });
    }
  }
  for (const page of shifts.values()) page.sort((a, b) => a.y - b.y);
  return shifts;
}
