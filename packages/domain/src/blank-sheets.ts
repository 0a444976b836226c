import type { ReaderPart } from "./confidential.ts";
import type { FormKind, FormState } from "./controlled-forms.ts";
import type { FormRange, FormWriting } from "./form-ranges.ts";
import { mergeRanges, writeFormRanges } from "./form-ranges.ts";
import type { MessageCode } from "./messages.ts";
import type { PageText, TextRun } from "./page-text.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { addDays } from "./working-days.ts";

/** Sheets of one request, and the days for which they are out: what is needed blank is little, and soon back. */
export const blankSheetLimits = { count: 20, days: 31 } as const;

/** Sheets that a person took and owes: their day has passed and they are neither back nor destroyed. */
export interface SheetsOwed {
  readonly personId: string;
  readonly ranges: readonly FormRange[];
  readonly writing: FormWriting;
}

/**
 * Why nobody may be given blank sheets: too many, for too long, or before what he took is back. A blank sheet is the only
 * way past the refusal of an empty page, and so each is accounted for before the next (C05).
 */
export function listBlankSheetRefusals(wanted: {
  readonly count: number;
  readonly backBy: string;
  readonly today: string;
  readonly askedBy: string;
  readonly takerId: string;
  readonly owed: readonly SheetsOwed[];
}): Refusal[] {
  const { count, backBy, today, owed } = wanted;
  const most = blankSheetLimits.count;
  const last = addDays(today, blankSheetLimits.days);
  const people = new Set([wanted.askedBy, wanted.takerId]);
  const mine = owed.filter(({ personId }) => people.has(personId));
  return [
    ...(count < 1 || count > most ? [refuse("sheets.count", { count, most }, "C05")] : []),
    ...(backBy < today ? [refuse("sheets.day-past", { day: backBy }, "C05")] : []),
    ...(backBy > last ? [refuse("sheets.day", { last }, "C05")] : []),
    ...mine.map(({ ranges, writing }) => refuse("sheets.owed", { range: writeFormRanges(writing, ranges) }, "C05")),
  ];
}

/** A numbered sheet in a file that the platform made, as it stands now; pages are in the order of the sheets. */
export interface SheetToSeal {
  readonly number: number;
  readonly state: FormState;
  readonly holderId: string | null;
  /** Whether its taker confirmed that he has it. */
  readonly received: boolean;
  /** It bears a seal already, by another request than the one that is judged. */
  readonly sealed: boolean;
  /** Another request that is under way asks for it. */
  readonly askedBy: string | null;
  /** Its taker reported its end, which somebody has to confirm. */
  readonly reported: boolean;
}

/** A document of a request that is, byte for byte, a file of blank sheets that the platform made. */
export interface SheetsFile {
  readonly documentId: string;
  readonly entityId: string;
  readonly takerId: string;
  readonly writing: FormWriting;
  readonly sheets: readonly SheetToSeal[];
}

/** Why sheets cannot be sealed, or stay sealable no longer: they are not his, not out, or sealed or asked for already. */
export function listSheetFaults(
  { entityId, takerId, writing, sheets }: SheetsFile,
  use: { readonly applicantId: string; readonly entityId: string | null },
): Refusal[] {
  const write = (of: readonly SheetToSeal[]): string =>
    writeFormRanges(writing, mergeRanges(of.map(({ number }) => ({ first: number, last: number }))));
  const told = (code: MessageCode, of: readonly SheetToSeal[], rule: "C05" | "C24" = "C05"): Refusal[] =>
    of.length === 0 ? [] : [refuse(code, { range: write(of) }, rule)];
  if (takerId !== use.applicantId || entityId !== use.entityId) return told("sheets.not-yours", sheets);
  const out = sheets.filter(({ state, holderId }) => state === "issued" && holderId === takerId);
  const gone = sheets.filter((one) => !out.includes(one));
  const asked = sheets.filter(({ askedBy }) => askedBy !== null);
  return [
    ...told(
      "sheets.sealed-before",
      sheets.filter(({ sealed }) => sealed),
    ),
    ...[...Map.groupBy(gone, ({ state }) => state)].map(([state, of]) =>
      refuse("sheets.not-out", { range: write(of), state }, "C05"),
    ),
    ...told(
      "forms.receipt-missing",
      out.filter(({ received }) => !received),
      "C24",
    ),
    ...told(
      "sheets.report-waiting",
      out.filter(({ reported }) => reported),
    ),
    ...[...Map.groupBy(asked, ({ askedBy }) => askedBy)].map(([request, of]) =>
      refuse("forms.held-by-request", { range: write(of), request }, "C05"),
    ),
  ];
}

/** What a request that asks for blank sheets may not be besides: each looks at its documents less closely than sheets need. */
export interface SheetsRequest {
  readonly applicantId: string;
  readonly entityId: string | null;
  readonly series: boolean;
  readonly standing: boolean;
  readonly emergency: boolean;
  readonly confidential: boolean;
  /** Whether two entities seal it. */
  readonly joint: boolean;
  readonly documents: readonly { readonly documentId: string; readonly sealedPages: readonly number[] }[];
}

/** Why a request that asks for blank sheets cannot be submitted (C05). A request without any is none of this rule's. */
export function listSheetsRequestRefusals(files: readonly SheetsFile[], request: SheetsRequest): Refusal[] {
  if (files.length === 0) return [];
  const others = request.documents.some(({ documentId }) => !files.some((file) => file.documentId === documentId));
  const twice = files.flatMap(({ sheets, writing, takerId }) =>
    sheets.map(({ number }) => `${takerId} ${writeFormRanges(writing, [{ first: number, last: number }])}`),
  );
  const sealedTimes = (fits: (times: number) => boolean): string[] =>
    files.flatMap(({ documentId, sheets, writing }) => {
      const pages = request.documents.find((one) => one.documentId === documentId)?.sealedPages ?? [];
      return sheets.flatMap(({ number }, page) =>
        fits(pages.filter((one) => one === page).length)
          ? [writeFormRanges(writing, [{ first: number, last: number }])]
          : [],
      );
    });
  const bare = sealedTimes((times) => times === 0);
  // A sheet with two seals, cut in two, is two sealed papers of which one bears no number.
  const several = sealedTimes((times) => times > 1);
  return [
    ...files.flatMap((file) => listSheetFaults(file, request)),
    ...(others ? [refuse("sheets.with-others", {}, "C05")] : []),
    ...(new Set(twice).size < twice.length ? [refuse("sheets.twice", {}, "C05")] : []),
    ...(request.series ? [refuse("sheets.with-series", {}, "C05")] : []),
    ...(request.standing ? [refuse("sheets.with-standing", {}, "C05")] : []),
    ...(request.emergency ? [refuse("sheets.with-emergency", {}, "C05")] : []),
    ...(request.confidential ? [refuse("sheets.with-confidential", {}, "C05")] : []),
    ...(request.joint ? [refuse("sheets.with-joint", {}, "C05")] : []),
    ...(bare.length > 0 ? [refuse("sheets.bare", { range: bare.join(", ") }, "C05")] : []),
    ...(several.length > 0 ? [refuse("sheets.several", { range: several.join(", ") }, "C05")] : []),
  ];
}

/** Whoever is there to decide, seal or supervise has to see what he answers for; nobody else needs a numbered blank sheet. */
const partsThatLook: readonly ReaderPart[] = ["asked", "sealing"];

/**
 * Why somebody does not open the sheets of a request (C05): its readers read what it is about, and a file of numbered sheets is
 * shown to their taker, to their keeper, and to whoever has something to do with them now.
 */
export function listSheetViewRefusals(view: {
  readonly personId: string;
  readonly takerId: string;
  readonly keeperId: string;
  /** What he has to do with requests under way that ask for these sheets. */
  readonly parts: readonly ReaderPart[];
  readonly range: string;
}): Refusal[] {
  const needs =
    [view.takerId, view.keeperId].includes(view.personId) || view.parts.some((part) => partsThatLook.includes(part));
  return needs ? [] : [refuse("sheets.not-to-open", { range: view.range }, "C05")];
}

/** Blank sheets are sealed under the eyes of a second person, whatever the seal and whatever the rules say (C05, C04). */
export const superviseSheets = <L extends { readonly supervised: boolean }>(
  limits: L,
  files: readonly SheetsFile[],
): L => (files.length > 0 ? { ...limits, supervised: true } : limits);

/** As `codeOfSheet` of the server writes them. */
const sheetCode = /(?<![0-9A-Z])[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}(?![0-9A-Z])/g;

/** What looks like the code of a blank sheet in the text of a page. */
export function findSheetCodes(text: string): string[] {
  // A file may be set in pieces, and with other hyphens, and look the same.
  const joined = text.normalize("NFKC").replace(/\s*[-\u2010-\u2015\u2212]\s*/g, "-");
  return [...new Set(joined.match(sheetCode))];
}

/** What stands across a copy of a sheet that is only to be looked at, in both languages; nothing else is marked so. */
export const viewOnlyMarks = { zh: "仅供查看", en: "VIEW ONLY" } as const;

/** Letters across a page stand each for itself, turned; a program that saved the page anew may have them together. */
const markHeight = 12;
const close = (text: string): string => text.normalize("NFKC").replace(/\s/gu, "").toUpperCase();

/**
 * Whether a page is a copy of a blank sheet to look at (C05), whatever was printed or saved over it: the marks of both
 * languages stand across it, in whichever order its letters are read.
 */
export function bearsViewMark({ runs, unseen = [], pale = [] }: Pick<PageText, "runs" | "unseen" | "pale">): boolean {
  const large = [...runs, ...unseen, ...pale].filter(({ height }) => height >= markHeight);
  const letters = large.map(({ text }) => close(text)).join("");
  return Object.values(viewOnlyMarks).every((mark) => holdsLetters(letters, close(mark)));
}

function holdsLetters(letters: string, mark: string): boolean {
  const left = [...letters];
  return [...mark].every((letter) => {
    const at = left.indexOf(letter);
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  });
}

/** The line at the foot of a sheet: its number, its code where it has one, the matter it was given out by, the day it is due. */
const footLine =
  /(?<![^\s])([^\s]{1,40})\s+(?:[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\s+)?([^\s]{1,40})\s+\d{4}-\d{2}-\d{2}(?![^\s])/gu;
/** More of them on one page are a list of sheets, and no sheet. */
const mostFeet = 2;

/** What reads like the foot of a blank sheet: a number and the matter's number. */
export function findSheetFeet(runs: readonly TextRun[]): { readonly number: string; readonly matter: string }[] {
  const text = runs.map((run) => run.text.normalize("NFKC")).join("\n");
  const found = [...text.matchAll(footLine)].map(([, number = "", matter = ""]) => ({ number, matter }));
  return found.length > mostFeet ? [] : found;
}

/** A4, upright; printers and programs differ by a millimetre. */
const sheetSize = { width: 210, height: 297, off: 2 } as const;

/** Why a file cannot lie under the sheets of a series (C05): each is one page of A4, and nothing on it may pass for a seal. */
export function listLetterheadRefusals(file: {
  readonly kind: FormKind;
  readonly pages: readonly { readonly widthMm: number; readonly heightMm: number }[];
  readonly signatures: number;
}): Refusal[] {
  if (file.kind !== "blank-sheet") return [refuse("letterhead.other-kind", {}, "C05")];
  const [page] = file.pages;
  if (page === undefined || file.pages.length > 1)
    return [refuse("letterhead.pages", { pages: file.pages.length }, "C05")];
  const [width, height] = [Math.round(page.widthMm), Math.round(page.heightMm)];
  const differs =
    Math.abs(page.widthMm - sheetSize.width) > sheetSize.off ||
    Math.abs(page.heightMm - sheetSize.height) > sheetSize.off;
  return [
    ...(differs ? [refuse("letterhead.size", { width, height }, "C05")] : []),
    ...(file.signatures > 0 ? [refuse("letterhead.signed", {}, "C05")] : []),
  ];
}
