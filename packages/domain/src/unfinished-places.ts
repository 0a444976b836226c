import { type DocumentText, readDocumentText, type TextBox } from "./document-text.ts";
import { listNearEmptyPages } from "./near-empty-pages.ts";
import type { FormFieldFact, PageText, TextRun } from "./page-text.ts";
import { listWideBlanks } from "./wide-blanks.ts";
import { createOpenCounter } from "./written-over.ts";

/** What makes a page show one thing to one reader and another to the next. */
const UNCERTAIN_KINDS = ["hidden-layer", "attachment", "annotation", "form-value", "form-redrawn"] as const;
export interface UncertainFact {
  readonly kind: (typeof UNCERTAIN_KINDS)[number];
  readonly page: number;
  readonly text: string;
}

export const UNFINISHED_KINDS = [
  ...([
    "empty-page",
    "numbered-sheet",
    "near-empty-page",
    "no-content",
    "underscores",
    "brackets",
    "wide-space",
    "form-field",
    "date",
  ] as const),
  ...(["leftover", "unseen-text", "missing-party", "missing-amount", "missing-date", "amount-words-differ"] as const),
  ...UNCERTAIN_KINDS,
] as const;
export type UnfinishedKind = (typeof UNFINISHED_KINDS)[number];
export interface UnfinishedPlace {
  readonly placeId: string;
  readonly page: number;
  readonly kind: UnfinishedKind;
  readonly text: string;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null;
  readonly answerable: boolean;
}

/**
 * What an open line looks like. Each pattern looks at a character a fixed number of times, so that a line of any length
 * costs no more than its length: the document is whatever somebody uploaded.
 */
const blanks: readonly { kind: UnfinishedKind; pattern: RegExp }[] = [
  { kind: "underscores", pattern: /_{3,}|＿{2,}|﹍{2,}|\.{8,}|…{4,}/gu },
  {
    kind: "brackets",
    pattern:
      /【[\s\u3000_＿]*】|\[[\s\u3000_]{1,}\]|（[\s\u3000_＿]{2,}）|\([\s\u3000_]{1,}\)|(?<![\p{L}\p{N}_])\(\)|《[\s\u3000]*》|〔[\s\u3000]*〕/gu,
  },
  // The number of a letter after its year, and an amount in words: each may be open without a line or a bracket of its own.
  {
    kind: "brackets",
    pattern: /[〔[(（【]\d{4}[〕\])）】][\s\u3000]{0,40}第?[\s\u3000]{0,40}号/gu,
  },
  {
    kind: "brackets",
    pattern:
      /大写[\s\u3000]{0,9}[:：][\s\u3000]{0,60}(?:人民币|RMB|¥|￥)?[\s\u3000]{0,60}(?:[元圆]整?)?[\s\u3000]{0,9}[)）。;；]|\bin words\s{0,9}:\s{0,60}[).;]/giu,
  },
  {
    kind: "date",
    pattern: /年[\s\u3000_＿]+月[\s\d\u3000_＿]*日|年[\s\d\u3000_＿]*月[\s\u3000_＿]+日/gu,
  },
];
/** What people write where they do not know yet, and what a writer of texts leaves behind: notes and tracked changes. */
const leftover =
  /\[批注|批注\s?\[|删除的内容\s?[::]|带格式的\s?[::]|插入的内容\s?[::]|\bcomment(?:ed)? \[|\bdeleted:|\bformatted:|\b(?:TODO|TBD|FIXME)\b|\blorem ipsum|待定|待补充|待确认|待填|请填写|\[(?:insert|enter|name|date|amount|company|to be (?:agreed|confirmed|determined|advised|completed|filled))\b|\{\{[^{}]{0,60}\}\}|<<[^<>]{1,60}>>|«[^«»]{1,60}»|□{2,}|\[[●•]\]/iu;
/** Crosses for a name or a number to come; three of them after such a word are a Roman thirty. */
const crosses =
  /(?<![A-Za-z0-9])[X×]{2,9}(?=\p{Script=Han})|(?<![A-Za-z0-9]|(?:[Aa]rticle|[Cc]hapter|[Pp]art|[Ss]ection|[Aa]nnex|[Tt]itle|[Aa]ppendix|[Nn]o\.?) )(?:X{3}|X{5,9}|x{3,9})(?![A-Za-z0-9])/u;
/** What makes a signature block: its lines may be open, for the seal and the signature come there. */
export const signatureWords =
  /签\s*字|签\s*章|签\s*名|签\s*署|盖\s*章|公\s*章|日\s*期|授权代表|法定代表人|委托代理人|\b(?:signed|signature|seal|stamp|date|dated)\b|authori[sz]ed (?:representative|signatory)|for and on behalf/iu;
/** What stands in a signature block but makes none: a party's name is asked for elsewhere too. */
const signatoryWords = /经办人|代表[:(]|\b(?:by|name|title):/iu;
/** A blank for what is agreed is never part of a signature block, however near it stands. */
const agreedWords =
  /金额|价款|总价|单价|人民币|大写|元整|数量|期限|有效期|交货|交付|生效|到期|起止|竣工|\b(?:amount|price|total|quantity|sum of|term of|delivery|effective|expiry|due|completion)\b/iu;
/** A sentence that goes on for longer than this tells of a signature or a date, and is no place for one. */
const longestLabel = 12;
/** What stands after a place for a signature or a date, however long the words before it are. */
const placeAtEnd = /:[\s_.…·]*$|_{3}/u;
/** A line within this many millimetres of such a word belongs to its block. */
const blockReach = 14;
/** A sheet with nothing but the number of its page is as blank as one without. */
const pageNumber = /^(?:第?\d{1,4}页?(?:\/?共?\d{1,4}页)?|page\d{1,4}(?:(?:of|\/)\d{1,4})?|\d{1,4}(?:\/|of)\d{1,4})$/iu;
/** Below this many letters and figures there is nothing in a document that a seal could stand for. */
const leastContent = 8;

/**
 * Finds what is blank or unfinished in a document (C05): empty pages, unfilled lines and brackets of Chinese and English
 * forms, dates without figures, form fields. Lines of the signature block may be open. A form with more blanks than
 * words has no content; that, like an empty page or letter paper with nothing on it, can never be answered with a reason.
 */
export function findUnfinishedPlaces(
  pages: readonly PageText[],
  fields: readonly FormFieldFact[],
  document: DocumentText = readDocumentText(pages),
): UnfinishedPlace[] {
  const places: UnfinishedPlace[] = [];
  const open = fields.filter((field) => !field.filled && !signatureWords.test(fold(field.name)));
  let content = 0;
  let wordCount = 0;
  let blankCount = open.length;
  for (const page of pages) {
    // Some writers map characters to look-alikes (Kangxi radicals, full width); NFKC brings them back.
    const lines = page.runs.map((run) => ({ ...run, text: fold(run.text), raw: run.text }));
    const written = lines.map((line) => line.text.replace(/[\s_.…·•()[\]【】〔〕《》—–-]/gu, "")).join("");
    content += written.length;
    wordCount += countWords(lines);
    const filledField = isFilledIn(fields, page.index);
    places.push(...listUnseenText(page));
    if ((written === "" || pageNumber.test(written)) && !hasDrawing(page) && !filledField) {
      places.push({
        placeId: `p${page.index}-empty`,
        page: page.index,
        kind: "empty-page",
        text: "",
        box: null,
        answerable: false,
      });
      continue;
    }
    const inBlock = findSignatureBlocks(lines);
    const countOpen = createOpenCounter(page.runs);
    const findBlank = (run: TextRun, text: string): { kind: UnfinishedKind; count: number } | undefined => {
      for (const { kind, pattern } of blanks) {
        const count = countOpen({ ...run, text }, pattern);
        if (count > 0) return { kind, count };
      }
      return undefined;
    };
    for (const [at, line] of lines.entries()) {
      // A bracket may open at the end of a line and close at the begin of the next with nothing between.
      const isBroken =
        /(?:[([【〔]|大写\s{0,9}:)[\s_]{0,99}$/u.test(line.text) &&
        /^[\s_]{0,99}[)\]】〕]/u.test(lines[at + 1]?.text ?? "");
      const found =
        findBlank(line, line.raw) ??
        findBlank(line, line.text) ??
        (isBroken ? { kind: "brackets" as const, count: 1 } : undefined);
      if (leftover.test(line.text) || crosses.test(line.text)) places.push(placeOf(page.index, "leftover", at, line));
      if (!found) continue;
      blankCount += found.count;
      if (!agreedWords.test(line.text) && inBlock(line)) continue;
      places.push(placeOf(page.index, found.kind, at, line));
    }
    const read = document.pages.find(({ index }) => index === page.index);
    const known = places.filter((place) => place.page === page.index && place.box !== null);
    const isKnown = ({ y, height }: TextBox): boolean =>
      known.some(({ box }) => box !== null && box.y < y + height && y < box.y + box.height);
    for (const [at, { text, box }] of (read ? listWideBlanks(read) : []).filter((one) => !isKnown(one.box)).entries())
      places.push(placeOf(page.index, "wide-space", at, { ...box, text, raw: text }));
  }
  for (const [at, field] of open.entries()) {
    places.push({
      placeId: `f-${at}-${field.name.slice(0, 60)}`,
      page: field.page ?? 0,
      kind: "form-field",
      text: field.name.slice(0, 120),
      box: null,
      answerable: true,
    });
  }
  // What is drawn on a page may say what its words do not; on letter paper it is the sign of whose it is.
  const drawings = new Set(pages.filter((page) => hasDrawing(page) && !page.pale?.length).map(({ index }) => index));
  const nearEmpty = listNearEmptyPages(document, pages)
    .filter(
      ({ page, framed }) =>
        (framed || !drawings.has(page)) &&
        !places.some((place) => place.kind === "empty-page" && place.page === page) &&
        !fields.some((field) => field.filled && (field.page === page || field.page === null)),
    )
    .map(({ page, letterPaper, saysNothing }) => {
      const isBlank = letterPaper || (saysNothing && !drawings.has(page));
      return { page, isBlank, answerable: !(isBlank && saysNothing) };
    });
  // Letter paper with nothing on it is a blank sheet, whoever's name stands at its head.
  const isBlankPaper =
    nearEmpty.length > 0 && nearEmpty.every(({ answerable }) => !answerable) && nearEmpty.length === pages.length;
  // A sheet that no reason answers is not told a second time as one that a reason would.
  for (const { page, answerable } of isBlankPaper ? [] : nearEmpty)
    places.push({
      placeId: `p${page}-near-empty`,
      page,
      kind: "near-empty-page",
      text: "",
      box: null,
      answerable,
    });
  const contentless =
    isBlankPaper ||
    ((content < leastContent || blankCount > wordCount) &&
      pages.every((page) => hasNoPicture(page) && !hasDrawnWords(page)));
  if (contentless && !places.some((place) => place.kind === "empty-page")) {
    places.push({ placeId: "d-no-content", page: 0, kind: "no-content", text: "", box: null, answerable: false });
  }
  return places;
}

/**
 * Places where readers may see different things (C05): hidden layers, files inside the file, notes and drawings over the
 * page, fields whose value is not what the page says. Whoever applies answers for each with a reason, which the reviewers
 * read.
 */
export function listUncertainPlaces(facts: readonly UncertainFact[]): UnfinishedPlace[] {
  return facts.map(({ kind, page, text }, at) => ({
    placeId: `u-${kind}-${at}`,
    page,
    kind,
    text: text.slice(0, 120),
    box: null,
    answerable: true,
  }));
}

/** Letters and figures a page hides before it is told: single marks are lost at the edges of drawings. */
const leastUnseen = 4;
/** All that a page hides is one place, at the first of it: whoever answers for it answers for the page. */
function listUnseenText({ index, unseen = [] }: PageText): UnfinishedPlace[] {
  const hidden = unseen.filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  const raw = hidden.map(({ text }) => text.trim()).join(" ");
  const first = hidden[0];
  if (first === undefined || raw.replace(/[^\p{L}\p{N}]/gu, "").length < leastUnseen) return [];
  return [placeOf(index, "unseen-text", 0, { ...first, raw })];
}

const isFilledIn = (fields: readonly FormFieldFact[], page: number): boolean =>
  fields.some((field) => field.filled && field.page === page);

function placeOf(
  page: number,
  kind: UnfinishedKind,
  at: number,
  line: TextRun & { readonly raw: string },
): UnfinishedPlace {
  const { x, y, width, height } = line;
  const box = { x, y, width, height };
  return { placeId: `p${page}-${kind}-${at}`, page, kind, text: line.raw.slice(0, 120), box, answerable: true };
}

/** Words that are drawn as outlines are no text and leave no page empty. */
const hasDrawnWords = ({ otherwise = [] }: PageText): boolean => otherwise.some(({ kind }) => kind === "drawn");
const fold = (text: string): string => text.normalize("NFKC");
/** A picture that shows something on less of its page than that is a white one, or the number of a scanned sheet. */
const leastShown = 0.002;
const hasNoPicture = ({ imageCoverage, pictureInk = imageCoverage }: PageText): boolean =>
  imageCoverage < 0.01 || pictureInk < leastShown;
/** On a page without words, lines that are drawn; a frame, or the sign of a letterhead, is less than that. */
const leastDrawing = 0.03;
const hasDrawing = (page: PageText): boolean =>
  !hasNoPicture(page) || (page.ink ?? 0) >= leastDrawing || hasDrawnWords(page);

/** Words of the page: letters and figures that follow one another, and each Chinese character for itself. */
function countWords(lines: readonly { readonly text: string }[]): number {
  return lines.reduce(
    (sum, { text }) => sum + (text.match(/\p{Script=Han}|[^\P{L}\p{Script=Han}]+|\p{N}+/gu)?.length ?? 0),
    0,
  );
}

/** Heights of the page, each as far as a signature block reaches; sorted and without overlap. */
function mergeSpans(lines: readonly TextRun[]): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (const line of lines.toSorted((a, b) => a.y - b.y)) {
    const last = spans.at(-1);
    const [from, to] = [line.y - blockReach, line.y + line.height + blockReach];
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else spans.push({ from, to });
  }
  return spans;
}

function isWithin(spans: readonly { from: number; to: number }[], line: TextRun): boolean {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.to ?? 0) < line.y) low = middle + 1;
    else high = middle;
  }
  const span = spans[low];
  return span !== undefined && span.from <= line.y + line.height;
}

/** Answers which lines belong to a signature block: within reach of its words, or of a name in the block. */
function findSignatureBlocks(lines: readonly TextRun[]): (line: TextRun) => boolean {
  const isSentence = (line: TextRun): boolean => countWords([line]) > longestLabel && !placeAtEnd.test(line.text);
  const strong = lines.filter((line) => signatureWords.test(line.text) && !isSentence(line));
  const made = mergeSpans(strong);
  const weak = lines.filter((line) => signatoryWords.test(line.text) && isWithin(made, line));
  const spans = mergeSpans([...strong, ...weak]);
  return (line) => isWithin(spans, line);
}
