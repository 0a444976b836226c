import { boundBoxes, type DocumentPage, type DocumentText, type DocumentWord, type TextBox } from "./document-text.ts";
import { type LineShifts, listLineShifts } from "./line-shifts.ts";
import { areLookAlikes } from "./look-alikes.ts";
import { alignPages } from "./page-alignment.ts";
import { leaveOutRunning } from "./running-lines.ts";
import { type FieldFault, type FieldKind, findFieldFault, joinWords } from "./template-fields.ts";
import { listMovedWords, listPicturePages } from "./template-layout.ts";
import { matchTemplate, readValue, type TemplateMatch } from "./template-match.ts";
import { partRunning, type TemplateField, type TemplateItem, type TemplateText } from "./template-text.ts";
import { diffWords, type Hunk } from "./word-diff.ts";

export const DIFFERENCE_KINDS = [
  ...(["added", "removed", "replaced", "moved", "field", "layout", "picture", "unread"] as const),
  ...(["drawn-picture", "drawn-lines", "drawn-cover", "drawn-letters"] as const),
] as const;
/** Words on one side, line by line; `line` is all of the line that they stand on. */
export interface Passage {
  readonly text: string;
  readonly places: readonly { readonly page: number; readonly box: TextBox; readonly line: TextBox }[];
}
/** What stands unchanged on either side of a difference, so that it is read as a phrase. */
export interface Context {
  readonly before: string;
  readonly after: string;
}
export interface TemplateDifference {
  readonly kind: (typeof DIFFERENCE_KINDS)[number];
  readonly template: Passage;
  readonly document: Passage;
  /** The field that holds more than a value, and why. */
  readonly field: { readonly name: string; readonly fault: FieldFault } | null;
  /** Both sides look the same to people and are not. */
  readonly lookAlike: boolean;
  readonly context: Context;
}
export interface FieldValue {
  readonly name: string;
  /** Not there in what was compared before this was kept. */
  readonly kind?: FieldKind;
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
/** So many words between two differences are told with them: "thirty" and "days" are one change. */
const between = { han: 2, other: 1 };
/** Words of context on either side; a Chinese character is one. */
const around = { han: 10, other: 5 };
const noContext: Context = { before: "", after: "" };
/** Steps to find the fields in one stretch that differs; there can be thousands of stretches. */
const mostHunkSteps = 20_000;
/** Below this share of the template's words a document is another one, not a changed copy. */
const leastShare = 0.5;
/** A text shorter than this is moved by chance. */
const leastMoved = 4;
/** With fewer words outside its fields a template says too little to be compared with. */
export const leastWords = 12;
const samePages = { inserted: [], removed: [], swapped: [] };

/** How a document follows a template, and where its lines stand there, which is known only where their words are the same. */
export interface TemplateFollowed {
  readonly comparison: TemplateComparison;
  readonly shifts: LineShifts;
}
const nowhere: LineShifts = new Map();

/** Whether a document is its template's but for fields that take words of several parts: a reader has those to read, and nothing else. */
export const differsInWordsAlone = ({ verdict, differences, pages }: TemplateComparison): boolean =>
  verdict === "changed" &&
  [...pages.inserted, ...pages.removed, ...pages.swapped].length === 0 &&
  differences.length > 0 &&
  differences.every(({ field }) => field?.fault === "to-read");

/**
 * Compares a document with a template: the same, the same but for its fields, a changed copy, or another document.
 * Whether it is the same is decided by every word outside the fields and by its place, never by likeness; likeness only
 * chooses what is shown of the differences.
 */
export const compareWithTemplate = (template: TemplateText, document: DocumentText): TemplateComparison =>
  followTemplate(template, document).comparison;

/** The same, with where the lines of the document stand in the template. */
export function followTemplate(template: TemplateText, document: DocumentText): TemplateFollowed {
  const { body, running } = partRunning(document.pages);
  const heads = leaveOutRunning(template, running, body);
  const parts: [readonly TemplateItem[], DocumentWord[]][] = [
    [template.body, body],
    [heads.items, heads.words],
  ];
  const literals = template.body.reduce((sum, item) => sum + (item.kind === "word" ? 1 : 0), 0);
  const unlike: TemplateComparison = { verdict: "other", fields: [], differences: [], pages: samePages };
  if (literals < leastWords) return { comparison: unlike, shifts: nowhere };
  const matches = parts.map(([items, words]) => matchTemplate(items, words));
  if (template.truncated || document.truncated || matches.some((match) => match === null)) {
    return { comparison: describeChange(template, document, parts), shifts: nowhere };
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
      const own = readValue(item.field, item.field.words);
      if (joinWords(value) === joinWords(own)) continue;
      isFilled = true;
      if (item.field.kind === "words") differences.push(describeToRead(item.field, value, template, document));
    }
    for (const { template: t, document: d } of listMovedWords(items, words, match))
      differences.push(describe("layout", { words: t, pages: template.pages }, { words: d, pages: document.pages }));
  }
  if (template.pages.length !== document.pages.length) differences.push(describe("layout", nothing, nothing));
  else for (const page of listPicturePages(template, document)) differences.push(describePage("picture", page));
  const verdict = differences.length > 0 ? "changed" : isFilled ? "same-but-fields" : "same";
  const matched = parts.map(([items, words], at) => [items, words, matches[at] ?? []] as const);
  const comparison = { verdict, fields, differences: differences.slice(0, mostDifferences), pages: samePages } as const;
  const isInPlace = verdict !== "changed" || differences.every(({ field }) => field !== null);
  return { comparison, shifts: isInPlace ? listLineShifts(document.pages, matched) : nowhere };
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
    const found = compareWords(items, ordered, template.pages, document.pages);
    fields.push(...found.fields);
    differences.push(...found.differences);
    if (at === 0) same = found.same;
  }
  const literals = template.body.filter((item) => item.kind === "word").length;
  if (same < literals * leastShare) return { verdict: "other", fields: [], differences: [], pages: samePages };
  if (template.truncated || document.truncated) differences.unshift(describe("unread", nothing, nothing));
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
  templatePages: readonly DocumentPage[],
  documentPages: readonly DocumentPage[],
): { fields: FieldValue[]; differences: TemplateDifference[]; same: number } {
  // A field's own key is no word of any document, so that it is always part of what differs.
  const keys = items.map((item, at) => (item.kind === "word" ? item.word.text : `\n${at}`));
  const { hunks, same } = diffWords(
    keys,
    words.map(({ text }) => text),
  );
  const fields: FieldValue[] = [];
  const differing: Hunk[] = [];
  const toRead: TemplateDifference[] = [];
  for (const { a, b } of hunks) {
    const [asked, found] = [items.slice(...a), words.slice(...b)];
    const match = matchTemplate(asked, found, mostHunkSteps);
    if (!match) differing.push({ a, b });
    else
      for (const [at, item] of asked.entries())
        if (item.kind === "field") {
          const value = readValue(item.field, found.slice(...(match[at] ?? [0, 0])));
          fields.push(describeField(item.field, value));
          if (item.field.kind === "words" && value.length > 0)
            toRead.push(describeToRead(item.field, value, { pages: templatePages }, { pages: documentPages }));
        }
  }
  const differences = joinNear(differing, items, words).map(({ a, b }): TemplateDifference => {
    const [asked, found] = [items.slice(...a), words.slice(...b)];
    const context = { before: joinAround(words, b[0], -1), after: joinAround(words, b[1], 1) };
    const [only] = asked;
    if (asked.length === 1 && only?.kind === "field") {
      const value = readValue(only.field, found);
      const fault = findFieldFault(only.field, value) ?? "clause";
      const sides = [
        { words: only.field.words, pages: templatePages },
        { words: value, pages: documentPages },
      ] as const;
      return { ...describe("field", ...sides), field: { name: only.field.name, fault }, context };
    }
    const told = asked.flatMap((item) => (item.kind === "word" ? [item.word] : item.field.words));
    const kind = found.length === 0 ? "removed" : told.length === 0 ? "added" : "replaced";
    return {
      ...describe(kind, { words: told, pages: templatePages }, { words: found, pages: documentPages }),
      context,
    };
  });
  return { fields, differences: [...differences, ...toRead], same };
}

const isHan = (text: string): boolean => /^\p{Script=Han}/u.test(text);

/** Differences with next to nothing between them are one: a phrase is read, not its letters. */
function joinNear(hunks: readonly Hunk[], items: readonly TemplateItem[], words: readonly DocumentWord[]): Hunk[] {
  const joined: Hunk[] = [];
  for (const hunk of hunks) {
    const last = joined.at(-1);
    const [asked, found] = last
      ? [items.slice(last.a[1], hunk.a[0]), words.slice(last.b[1], hunk.b[0])]
      : ([[], []] as const);
    const most = found.every(({ text }) => isHan(text)) ? between.han : between.other;
    // Between them nothing but the same words may stand: no field, no line's end.
    const isNear =
      last !== undefined &&
      asked.length === found.length &&
      found.length <= most &&
      asked.every((item) => item.kind === "word") &&
      [last, hunk].every(({ a }) => items.slice(...a).every((item) => item.kind === "word"));
    if (last && isNear) joined[joined.length - 1] = { a: [last.a[0], hunk.a[1]], b: [last.b[0], hunk.b[1]] };
    else joined.push(hunk);
  }
  return joined;
}

/** The words before or after a place, as far as its page goes. */
function joinAround(words: readonly DocumentWord[], at: number, way: 1 | -1): string {
  const start = way === 1 ? at : at - 1;
  const first = words[start];
  const taken: DocumentWord[] = [];
  let room = around.han * around.other;
  for (let place = start; room > 0 && words[place]?.page === first?.page && words[place]; place += way) {
    const word = words[place] as DocumentWord;
    taken.push(word);
    room -= isHan(word.text) ? around.other : around.han;
  }
  return joinWords(way === 1 ? taken : taken.toReversed());
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
  const { name, kind } = field;
  return { name, kind, text: joinWords(value).slice(0, mostText), page: first?.page ?? field.page, box };
}

/** Words of one side, and the pages they stand on. */
interface Side {
  readonly words: readonly DocumentWord[];
  readonly pages: readonly DocumentPage[];
}
const nothing: Side = { words: [], pages: [] };

function describe(kind: TemplateDifference["kind"], template: Side, document: Side): TemplateDifference {
  const [asked, found] = [describeWords(template), describeWords(document)];
  const lookAlike = kind === "replaced" && areLookAlikes(asked.text, found.text);
  return { kind, template: asked, document: found, field: null, lookAlike, context: noContext };
}

/** A field that takes words of several parts: what it is filled with is read, whatever it is. */
function describeToRead(
  field: TemplateField,
  value: readonly DocumentWord[],
  template: Pick<TemplateText, "pages">,
  document: Pick<DocumentText, "pages">,
): TemplateDifference {
  const sides = [
    { words: field.words, pages: template.pages },
    { words: value, pages: document.pages },
  ] as const;
  return { ...describe("field", ...sides), field: { name: field.name, fault: "to-read" } };
}

function describePage(kind: TemplateDifference["kind"], page: number): TemplateDifference {
  const box = { x: 0, y: 0, width: 0, height: 0 };
  const place = { text: "", places: [{ page, box, line: box }] };
  return { kind, template: place, document: place, field: null, lookAlike: false, context: noContext };
}

function describeWords({ words, pages }: Side): Passage {
  const lines = Map.groupBy(words.slice(0, 5000), ({ page, line }) => `${page} ${line}`);
  const places = [...lines.values()].slice(0, 100).map((line) => {
    const box = boundBoxes(line.map((word) => word.box));
    const [first] = line;
    const page = pages.find(({ index }) => index === first?.page);
    return { page: first?.page ?? 0, box, line: page?.lines[first?.line ?? 0]?.box ?? box };
  });
  return { text: joinWords(words.slice(0, mostText)).slice(0, mostText), places };
}
