import { boundBoxes, type DocumentText, type DocumentWord, type TextBox } from "./document-text.ts";
import { areLookAlikes } from "./look-alikes.ts";
import { alignPages } from "./page-alignment.ts";
import { leaveOutRunning } from "./running-lines.ts";
import { type FieldFault, findFieldFault, joinWords } from "./template-fields.ts";
import { listMovedWords, listPicturePages } from "./template-layout.ts";
import { matchTemplate, readValue, type TemplateMatch } from "./template-match.ts";
import { partRunning, type TemplateField, type TemplateItem, type TemplateText } from "./template-text.ts";
import { diffWords } from "./word-diff.ts";

export const DIFFERENCE_KINDS = [
  ...(["added", "removed", "replaced", "moved", "field", "layout", "picture", "unread"] as const),
] as const;
/** Words on one side, line by line. */
export interface Passage {
  readonly text: string;
  readonly places: readonly { readonly page: number; readonly box: TextBox }[];
}
export interface TemplateDifference {
  readonly kind: (typeof DIFFERENCE_KINDS)[number];
  readonly template: Passage;
  readonly document: Passage;
  /** The field that holds more than a value, and why. */
  readonly field: { readonly name: string; readonly fault: FieldFault } | null;
  /** Both sides look the same to people and are not. */
  readonly lookAlike: boolean;
}
export interface FieldValue {
  readonly name: string;
  readonly text: string;
  readonly page: number;
  readonly box: TextBox;
}
export interface TemplateComparison {
  readonly verdict: "same" | "same-but-fields" | "changed" | "other";
  readonly fields: readonly FieldValue[];
  readonly differences: readonly TemplateDifference[];
  readonly pages: {
    readonly inserted: readonly number[];
    readonly removed: readonly number[];
    readonly swapped: readonly { readonly template: number; readonly document: number }[];
  };
}

const mostDifferences = 400;
const mostText = 600;
/** Steps to find the fields in one stretch that differs; there can be thousands of stretches. */
const mostHunkSteps = 20_000;
/** Below this share of the template's words a document is another one, not a changed copy. */
const leastShare = 0.5;
/** A text shorter than this is moved by chance. */
const leastMoved = 4;
/** With fewer words outside its fields a template says too little to be compared with. */
export const leastWords = 12;
const samePages = { inserted: [], removed: [], swapped: [] };

/**
 * Compares a document with a template: the same, the same but for its fields, a changed copy, or another document.
 * Whether it is the same is decided by every word outside the fields and by its place, never by likeness; likeness only
 * chooses what is shown of the differences.
 */
export function compareWithTemplate(template: TemplateText, document: DocumentText): TemplateComparison {
  const { body, running } = partRunning(document.pages);
  const heads = leaveOutRunning(template, running, body);
  const parts: [readonly TemplateItem[], DocumentWord[]][] = [
    [template.body, body],
    [heads.items, heads.words],
  ];
  const literals = template.body.reduce((sum, item) => sum + (item.kind === "word" ? 1 : 0), 0);
  if (literals < leastWords) return { verdict: "other", fields: [], differences: [], pages: samePages };
  const matches = parts.map(([items, words]) => matchTemplate(items, words));
  if (template.truncated || document.truncated || matches.some((match) => match === null)) {
    return describeChange(template, document, parts);
  }
  const fields: FieldValue[] = [];
  const differences: TemplateDifference[] = [];
  let isFilled = false;
  for (const [at, [items, words]] of parts.entries()) {
    const match = matches[at] as TemplateMatch;
    for (const [place, item] of items.entries()) {
      if (item.kind !== "field") continue;
      const value = readValue(item.field, words.slice(...(match[place] ?? [0, 0])));
      fields.push(describeField(item.field, value));
      isFilled ||= joinWords(value) !== joinWords(readValue(item.field, item.field.words));
    }
    for (const { template: t, document: d } of listMovedWords(items, words, match))
      differences.push(describe("layout", t, d));
  }
  if (template.pages.length !== document.pages.length) differences.push(describe("layout", [], []));
  else for (const page of listPicturePages(template, document)) differences.push(describePage("picture", page));
  const verdict = differences.length > 0 ? "changed" : isFilled ? "same-but-fields" : "same";
  return { verdict, fields, differences: differences.slice(0, mostDifferences), pages: samePages };
}

/** What differs, page against the page it belongs to; the verdict is never better than `changed`. */
function describeChange(
  template: TemplateText,
  document: DocumentText,
  parts: readonly [readonly TemplateItem[], DocumentWord[]][],
): TemplateComparison {
  const aligned = alignPages(template.pages, document.pages);
  const { inserted, removed, swapped } = aligned;
  const order = new Map(aligned.pairs.map((pair, at) => [document.pages[pair.document]?.index, at]));
  const fields: FieldValue[] = [];
  const differences: TemplateDifference[] = [];
  let same = 0;
  for (const [at, [items, words]] of parts.entries()) {
    // Pages in another order are compared each with its own; text that only flows on is compared as it flows.
    const rank = (word: DocumentWord): number => order.get(word.page) ?? -1;
    const ordered = swapped.length === 0 ? words : words.toSorted((a, b) => rank(a) - rank(b));
    const found = compareWords(items, ordered);
    fields.push(...found.fields);
    differences.push(...found.differences);
    if (at === 0) same = found.same;
  }
  const literals = template.body.filter((item) => item.kind === "word").length;
  if (same < literals * leastShare) return { verdict: "other", fields: [], differences: [], pages: samePages };
  if (template.truncated || document.truncated) differences.unshift(describe("unread", [], []));
  // What came or went with a whole page is told as that page.
  const [onInserted, onRemoved] = [
    new Set(inserted.map((at) => document.pages[at]?.index)),
    new Set(removed.map((at) => template.pages[at]?.index)),
  ];
  const told = pairMoved(differences).filter(
    (one) =>
      one.kind === "unread" ||
      !(
        one.document.places.every(({ page }) => onInserted.has(page)) &&
        one.template.places.every(({ page }) => onRemoved.has(page))
      ),
  );
  const pages = { inserted, removed, swapped };
  return { verdict: "changed", fields, differences: told.slice(0, mostDifferences), pages };
}

function compareWords(
  items: readonly TemplateItem[],
  words: readonly DocumentWord[],
): { fields: FieldValue[]; differences: TemplateDifference[]; same: number } {
  // A field's own key is no word of any document, so that it is always part of what differs.
  const keys = items.map((item, at) => (item.kind === "word" ? item.word.text : `\n${at}`));
  const { hunks, same } = diffWords(
    keys,
    words.map(({ text }) => text),
  );
  const fields: FieldValue[] = [];
  const differences: TemplateDifference[] = [];
  for (const { a, b } of hunks) {
    const [asked, found] = [items.slice(...a), words.slice(...b)];
    const match = matchTemplate(asked, found, mostHunkSteps);
    if (match) {
      for (const [at, item] of asked.entries())
        if (item.kind === "field")
          fields.push(describeField(item.field, readValue(item.field, found.slice(...(match[at] ?? [0, 0])))));
      continue;
    }
    const [only] = asked;
    if (asked.length === 1 && only?.kind === "field") {
      const value = readValue(only.field, found);
      const fault = findFieldFault(only.field, value) ?? "clause";
      differences.push({ ...describe("field", only.field.words, value), field: { name: only.field.name, fault } });
      continue;
    }
    const told = asked.flatMap((item) => (item.kind === "word" ? [item.word] : item.field.words));
    const kind = found.length === 0 ? "removed" : told.length === 0 ? "added" : "replaced";
    differences.push(describe(kind, told, found));
  }
  return { fields, differences, same };
}

/** What was removed here and added there, word for word, was moved. */
function pairMoved(differences: readonly TemplateDifference[]): TemplateDifference[] {
  const added = new Map<string, TemplateDifference[]>();
  for (const one of differences)
    if (one.kind === "added" && one.document.text.length >= leastMoved)
      added.set(one.document.text, [...(added.get(one.document.text) ?? []), one]);
  const taken = new Set<TemplateDifference>();
  const joined = differences.map((one) => {
    const other = one.kind === "removed" ? added.get(one.template.text)?.find((same) => !taken.has(same)) : undefined;
    if (!other) return one;
    taken.add(other);
    return { ...one, kind: "moved" as const, document: other.document };
  });
  return joined.filter((one) => !taken.has(one));
}

function describeField(field: TemplateField, value: readonly DocumentWord[]): FieldValue {
  const [first] = value;
  const box = first ? boundBoxes(value.filter(({ page }) => page === first.page).map((word) => word.box)) : field.box;
  return { name: field.name, text: joinWords(value).slice(0, mostText), page: first?.page ?? field.page, box };
}

function describe(
  kind: TemplateDifference["kind"],
  template: readonly DocumentWord[],
  document: readonly DocumentWord[],
): TemplateDifference {
  const [asked, found] = [describeWords(template), describeWords(document)];
  const lookAlike = kind === "replaced" && areLookAlikes(asked.text, found.text);
  return { kind, template: asked, document: found, field: null, lookAlike };
}

function describePage(kind: TemplateDifference["kind"], page: number): TemplateDifference {
  const place = { text: "", places: [{ page, box: { x: 0, y: 0, width: 0, height: 0 } }] };
  return { kind, template: place, document: place, field: null, lookAlike: false };
}

function describeWords(words: readonly DocumentWord[]): Passage {
  const lines = Map.groupBy(words.slice(0, 5000), ({ page, line }) => `${page} ${line}`);
  const places = [...lines.values()].slice(0, 100).map((line) => {
    return { page: line[0]?.page ?? 0, box: boundBoxes(line.map(({ box }) => box)) };
  });
  return { text: joinWords(words.slice(0, mostText)).slice(0, mostText), places };
}
