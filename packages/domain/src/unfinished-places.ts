import { blankSums } from "./blank-sums.ts";
import { type DocumentLine, type DocumentText, readDocumentText, type TextBox } from "./document-text.ts";
import { isEmptyTable, isMute, saysBlank } from "./empty-sheets.ts";
import { listLeftOpen } from "./left-open.ts";
import { hasLeftover, isOpenChoice } from "./leftover-words.ts";
import { listNearEmptyPages } from "./near-empty-pages.ts";
import { listEmptyAnnexes, listOpenLabels } from "./open-labels.ts";
import type { FormFieldFact, PageText, TextRun } from "./page-text.ts";
import { listRuledPlaces } from "./ruled-places.ts";
import { agreedWords, countWords, findSignatureBlocks, isProse, signatureWords } from "./signature-blocks.ts";
import { listOpenCells } from "./table-cells.ts";
import { isUnsure } from "./turned-text.ts";
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
  // A year without its end, a date of strokes without its parts, a month without its day.
  {
    kind: "date",
    pattern:
      /(?<![A-Za-z\d_.,/-])20(?:[_＿]{1,4}(?![\p{L}\p{N}])|[\s\u3000]{2,9}(?=年))|(?<![\p{L}\p{N}_])[_＿]{1,6}\s?[/.-]\s?[_＿]{1,6}\s?[/.-]\s?(?:\d{2,4}|[_＿]{1,6})(?![\p{L}\p{N}_])/gu,
  },
  {
    kind: "date",
    pattern:
      /(?<!\S)(?:on|dated?|from|until|till|by|of|[:：])[:：]?[\s\u3000]{2,20}(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)\s\d{4}|\/[\s\u3000]{1,20}\/\s?\d{4})(?!\d)|^[\s\u3000]{2,20}(?:january|february|march|april|may|june|july|august|september|october|november|december)\s\d{4}(?!\d)/giu,
  },
  // How many is not said: within   days, runs for months, 为期 个月. The reader of a file may make one space of several.
  {
    kind: "wide-space",
    pattern:
      /(?<!\S)(?:for|of|within|after|than|exceeding|least|every)[\s\u3000]{2,30}(?:(?:calendar|working|business|consecutive) )?(?:months?|days?|years?|weeks?|hours?|pieces?|units?|sets?|copies|per ?cent|%)(?![\p{L}\p{N}])|(?<!\p{L})(?:contract|agreement|guarantee|warranty|licen[cs]e|offer|it|and|which) (?:runs|lasts|is valid|remains valid|stays valid|is binding|is in force|remains in force) for (?:months|days|years|weeks)(?!\p{L})/giu,
  },
  {
    kind: "wide-space",
    pattern:
      /(?:为期?|期限为?|共计?)(?:[\s\u3000]{1,30}(?:个月|个?工作日|天(?!\p{Script=Han})|万元|%)|[\s\u3000]{2,30}(?:日(?!期)|天|年(?![度龄份])|[台套只元]|[件份](?![数额])))/gu,
  },
  ...blankSums.map((pattern) => ({ kind: "underscores" as const, pattern })),
];
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
  const lastSaid = pages.findLast((page) => !isUnsaid(page) || !hasNoPicture(page))?.index ?? -1;
  const prose = pages.filter(({ runs }) => runs.some(isProse)).map(({ index }) => index);
  const [firstProse, lastProse] = [prose[0] ?? Number.POSITIVE_INFINITY, prose.at(-1) ?? Number.NEGATIVE_INFINITY];
  let content = 0;
  let wordCount = 0;
  let blankCount = open.length;
  for (const page of pages) {
    // Some writers map characters to look-alikes (Kangxi radicals, full width); NFKC brings them back.
    const lines = page.runs.map((run) => ({ ...run, text: fold(run.text), raw: run.text }));
    const written = writeOut(lines);
    content += written.length;
    wordCount += countWords(lines);
    const filledField = isFilledIn(fields, page.index);
    places.push(...listUnseenText(page));
    const sheet = filledField ? null : judgeSheet(page, page.index > lastSaid);
    if (sheet !== null) {
      places.push(sheet);
      continue;
    }
    const inBlock = findSignatureBlocks(lines, { before: page.index > firstProse, behind: page.index < lastProse });
    const texts = lines.map(({ text }) => text);
    const countOpen = createOpenCounter(page.runs);
    const findBlank = (run: TextRun, text: string): { kind: UnfinishedKind; count: number } | undefined => {
      for (const { kind, pattern } of blanks) {
        if (text.search(pattern) < 0) continue;
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
        (line.raw === line.text ? undefined : findBlank(line, line.text)) ??
        (isBroken ? { kind: "brackets" as const, count: 1 } : undefined) ??
        (lacksDay(line, lines) ? { kind: "date" as const, count: 1 } : undefined);
      const isLeft = hasLeftover(line.text) || (line.raw !== line.text && hasLeftover(line.raw));
      if (isLeft || isOpenChoice(texts, at)) places.push(placeOf(page.index, "leftover", at, line));
      if (!found) continue;
      blankCount += found.count;
      if (!agreedWords.test(line.text) && inBlock(line)) continue;
      places.push(placeOf(page.index, found.kind, at, line));
    }
    const read = document.pages.find(({ index }) => index === page.index);
    const known = places.filter((place) => place.page === page.index && place.box !== null);
    const isKnown = ({ y, height }: TextBox): boolean =>
      known.some(({ box }) => box !== null && box.y < y + height && y < box.y + box.height);
    const isExcused = ({ text, box }: DocumentLine): boolean => inBlock({ ...box, text });
    const bare = read
      ? [
          ...[...listWideBlanks(read), ...listLeftOpen(read, isDrawnOn(page))],
          ...[...listOpenLabels(read, isExcused), ...listEmptyAnnexes(read)],
          ...[...listRuledPlaces(read, isExcused), ...listOpenCells(read, (text, box) => inBlock({ ...box, text }))],
        ]
      : [];
    // A label may be open for its own sake and for the rule beside it.
    const isAgain = ({ text, box }: (typeof bare)[number], nth: number): boolean =>
      bare
        .slice(0, nth)
        .some((one) => one.text === text && one.box.y < box.y + box.height && box.y < one.box.y + one.box.height);
    for (const [at, { text, box }] of bare.filter((one, nth) => !isKnown(one.box) && !isAgain(one, nth)).entries())
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
  const saysTurned = (page: number): number =>
    pages
      .filter(({ index }) => index === page)
      .reduce((sum, { runs }) => sum + writeOut(runs.filter(isUnsure)).length, 0);
  const nearEmpty = listNearEmptyPages(document, pages)
    .filter(
      ({ page, framed }) =>
        (framed || !drawings.has(page)) &&
        saysTurned(page) < muchTurned &&
        !places.some((place) => sheetKinds.has(place.kind) && place.page === page) &&
        !fields.some((field) => field.filled && (field.page === page || field.page === null)),
    )
    .map(({ page, letterPaper, saysNothing }) => {
      const isBlank = letterPaper || (saysNothing && !drawings.has(page));
      // A page within a document that says that it is blank may be meant so.
      const isMeant =
        page < lastSaid &&
        (document.pages.find(({ index }) => index === page)?.lines ?? []).some(({ text }) => saysBlank(text));
      const isTurned = saysTurned(page) > 0;
      return { page, isBlank, answerable: isMeant || isTurned || !(isBlank && saysNothing) };
    });
  for (const page of document.pages) {
    const around = { isFirst: page.index === 0 && document.pages.length > 1, isLast: page.index >= lastSaid };
    const isTold = places.some((place) => sheetKinds.has(place.kind) && place.page === page.index);
    if (isTold || nearEmpty.some((one) => one.page === page.index) || isFilledIn(fields, page.index)) continue;
    if (isEmptyTable(page, around)) nearEmpty.push({ page: page.index, isBlank: false, answerable: true });
  }
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

/** Letters that run another way than from left to right, of which no letter paper has as many. */
const muchTurned = 40;
const sheetKinds: ReadonlySet<UnfinishedKind> = new Set(["empty-page", "near-empty-page"]);
const writeOut = (lines: readonly { readonly text: string }[]): string =>
  lines.map(({ text }) => text.replace(/[\s_.…·•()[\]【】〔〕《》—–-]/gu, "")).join("");
/** More pieces of text than this are never only the words of a blank sheet. */
const mostMute = 400;
/** Whether a page says no more than its number, how it is handled, or that it is blank. */
function isUnsaid({ runs }: PageText): boolean {
  if (runs.length > mostMute) return false;
  const said = writeOut(runs.map(({ text }) => ({ text: fold(text) })).filter(({ text }) => !isMute(text)));
  return said === "" || pageNumber.test(said);
}

/**
 * What a page without words is: blank, which no reason answers, or drawn on with lines alone, as a table that waits to be
 * filled in is and a drawing. A page that says that it is blank may be meant so where others follow it; at the end it is a
 * sheet for a seal.
 */
function judgeSheet(page: PageText, isAtEnd: boolean): UnfinishedPlace | null {
  if (!isUnsaid(page) || !hasNoPicture(page) || hasDrawnWords(page)) return null;
  const place = { page: page.index, text: "", box: null };
  const isMeant = !isAtEnd && page.runs.some(({ text }) => saysBlank(fold(text)));
  if ((page.ink ?? 0) >= filledIn) return null;
  return hasDrawing(page) || isMeant
    ? { ...place, placeId: `p${page.index}-near-empty`, kind: "near-empty-page", answerable: true }
    : { ...place, placeId: `p${page.index}-empty`, kind: "empty-page", answerable: false };
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

const monthAlone =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december),?\s\d{4}\.?$/iu;
/** Millimetres that a line begins to the right of the others where two or more figures were to stand before it. */
const roomForDay = { least: 3, most: 20 };
/** A month and a year alone, before which room for the day was left: the spaces themselves are not told. */
function lacksDay(line: TextRun, lines: readonly TextRun[]): boolean {
  if (!monthAlone.test(line.text.trim())) return false;
  let margin = line.x;
  for (const { x } of lines) margin = Math.min(margin, x);
  const isBeside = ({ y, height, x }: TextRun): boolean =>
    x < line.x && y < line.y + line.height && line.y < y + height;
  const room = line.x - margin;
  return room >= roomForDay.least && room <= roomForDay.most && !lines.some(isBeside);
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

/** Words that are drawn as outlines are no text, what runs another way may be read amiss: neither leaves a page empty. */
const hasDrawnWords = ({ otherwise = [] }: PageText): boolean =>
  otherwise.some(({ kind }) => kind === "drawn" || kind === "turned");
const fold = (text: string): string => text.normalize("NFKC");
/** A picture that shows something on less of its page than that is a white one, or the number of a scanned sheet. */
const leastShown = 0.002;
const hasNoPicture = ({ imageCoverage, pictureInk = imageCoverage }: PageText): boolean =>
  imageCoverage < 0.01 || pictureInk < leastShown;
/** On a page without words, lines that are drawn; a frame, or the sign of a letterhead, is less than that. */
const leastDrawing = 0.03;
/** Whether anything may be drawn beside the words of a page. */
const isDrawnOn = (page: PageText): boolean => !hasNoPicture(page) || hasDrawnWords(page) || (page.ink ?? 0) >= ofWords;
/** More than the words of a page that is not full leave on it. */
const ofWords = 0.05;
/** A page on which more is drawn than the lines of a table is a chart or a plan. */
const filledIn = 0.12;
const hasDrawing = (page: PageText): boolean =>
  !hasNoPicture(page) || (page.ink ?? 0) >= leastDrawing || hasDrawnWords(page);
