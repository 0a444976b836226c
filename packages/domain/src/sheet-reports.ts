import { findSheetCodes } from "./blank-sheets.ts";
import type { FormState, FormsMoved } from "./controlled-forms.ts";
import { type FormWriting, mergeRanges, writeFormRange, writeFormRanges } from "./form-ranges.ts";
import type { MessageCode } from "./messages.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { LocalName } from "./vocabulary.ts";

/**
 * How a numbered blank sheet ends in its taker's word: its used copy came back, or it was destroyed. He reports it; it counts once
 * somebody without a part in it has confirmed that he has the copy, or saw the sheet destroyed (C05, C11).
 */
export const SHEET_ENDS = ["returned", "destroyed"] as const;
export type SheetEnd = (typeof SHEET_ENDS)[number];
export const sheetEndNames: Readonly<Record<SheetEnd, LocalName>> = {
  returned: { en: "used copy returned", zh: "使用件已交回" },
  destroyed: { en: "destroyed", zh: "已销毁" },
};
export const SHEET_REPORT_STATES = ["waiting", "confirmed", "rejected"] as const;
export type SheetReportState = (typeof SHEET_REPORT_STATES)[number];

/** A sheet as it stands when its end is reported. */
export interface SheetToReport {
  readonly number: number;
  readonly state: FormState;
  readonly holderId: string | null;
  readonly received: boolean;
  readonly sealed: boolean;
  /** An earlier report of it waits for its confirmation. */
  readonly reported: boolean;
}

/** What the scan or photo shows of codes: squares are printed by nobody but the platform, letters may stand in any text. */
export interface SheetCodesRead {
  readonly squares: readonly string[];
  readonly texts: readonly string[];
}

/**
 * Compares the codes that were read with those of the reported sheets. `others` are codes of other sheets: in a square whatever has
 * the form of one, in a text what is known to be one. `unread` are sheets whose code was not seen, which says nothing against them.
 */
export function judgeSheetCodes(
  own: ReadonlyMap<number, string>,
  read: SheetCodesRead,
  isKnown: (code: string) => boolean,
): { readonly others: readonly string[]; readonly unread: readonly number[] } {
  // Another maker's square, such as an address with letters in groups, is no code of a sheet.
  const squares = read.squares.flatMap((text) => findSheetCodes(text).filter((code) => code === text.trim()));
  const texts = read.texts.flatMap((text) => findSheetCodes(text));
  const mine = new Set(own.values());
  const seen = new Set([...squares, ...texts]);
  const strange = [...squares, ...texts.filter(isKnown)].filter((code) => !mine.has(code));
  return {
    others: [...new Set(strange)],
    unread: [...own].flatMap(([number, code]) => (seen.has(code) ? [] : [number])).toSorted((a, b) => a - b),
  };
}

const writeNumbers = (writing: FormWriting, numbers: readonly number[]): string =>
  writeFormRanges(writing, mergeRanges(numbers.map((number) => ({ first: number, last: number }))));

/** Why the end of sheets cannot be reported. */
export function listSheetReportRefusals(
  report: {
    readonly end: SheetEnd;
    readonly reporterId: string;
    readonly takerId: string;
    readonly keeperId: string;
    /** Who took them has left: their keeper brings what there is. */
    readonly takerLeft: boolean;
    readonly sheets: readonly SheetToReport[];
    readonly evidence: "picture" | "paper" | null;
    /** The same file, by whatever upload, was brought for other sheets. */
    readonly fileOfOthers: boolean;
    readonly otherCodes: readonly string[];
  },
  writing: FormWriting,
): Refusal[] {
  const { end, reporterId, sheets, evidence } = report;
  const told = (code: MessageCode, of: readonly SheetToReport[], rule: "C05" | "C24" = "C05"): Refusal[] => {
    const numbers = of.map(({ number }) => number);
    return numbers.length === 0 ? [] : [refuse(code, { range: writeNumbers(writing, numbers) }, rule)];
  };
  const mayReport = report.takerLeft
    ? [report.takerId, report.keeperId].includes(reporterId)
    : report.takerId === reporterId;
  const out = sheets.filter(({ state }) => state === "issued");
  const gone = sheets.filter(({ state }) => state !== "issued");
  const inHand = out.filter(({ holderId }) => mayReport && holderId === report.takerId);
  return [
    ...(evidence === null && end === "returned" ? [refuse("forms.copy-missing", {}, "C05")] : []),
    ...(evidence !== "picture" && end === "destroyed" ? [refuse("sheets.photo-missing", {}, "C05")] : []),
    ...(report.fileOfOthers ? [refuse("forms.copy-of-others", {}, "C05")] : []),
    ...[...Map.groupBy(gone, ({ state }) => state)].map(([state, of]) =>
      refuse(
        "forms.elsewhere",
        {
          range: writeNumbers(
            writing,
            of.map(({ number }) => number),
          ),
          state,
        },
        "C24",
      ),
    ),
    ...told(
      "forms.other-hand",
      out.filter((one) => !inHand.includes(one)),
      "C24",
    ),
    ...told(
      "forms.receipt-missing",
      inHand.filter(({ received }) => !received),
      "C24",
    ),
    ...told(
      "sheets.report-waiting",
      inHand.filter(({ reported }) => reported),
    ),
    ...(end === "destroyed"
      ? told(
          "sheets.sealed-by-matter",
          inHand.filter(({ sealed }) => sealed),
        )
      : []),
    ...report.otherCodes.map((code) => refuse("sheets.code-other", { code }, "C05")),
  ];
}

/** Somebody who would confirm a report, as he stands to it. */
export interface SheetConfirmer {
  readonly personId: string;
  /** Whose roles he exercises just now by delegation, whatever the roles. */
  readonly actsFor: readonly string[];
  /** He keeps the series, and may. */
  readonly keeps: boolean;
  /** He watches over the forms of the entity. */
  readonly watches: boolean;
}
/** A report as its confirmation asks about it. */
export interface ReportToConfirm {
  /** Who had a part in the sheets: asked for them, took them, reported them, or asked for or carried a use with them. */
  readonly parties: readonly string[];
  /** The keeper can confirm it and still has time to. */
  readonly isKeepersTurn: boolean;
}

/** Whether somebody is without a part in it, in his own person and in whose place he acts. */
export const isApartFromSheets = (
  { personId, actsFor }: Pick<SheetConfirmer, "personId" | "actsFor">,
  parties: readonly string[],
): boolean => ![personId, ...actsFor].some((id) => parties.includes(id));

/**
 * Why somebody does not confirm a report. Its second person is who keeps the series: he gave the sheets out, has nothing of the seal
 * that stands on them, and answers for what comes back. Where he has a part in it, is away, may keep the series no longer or let the
 * time pass, whoever watches over the entity's forms does.
 */
export function listSheetConfirmerRefusals(confirmer: SheetConfirmer, report: ReportToConfirm): Refusal[] {
  if (report.parties.includes(confirmer.personId)) return [refuse("sheets.confirm-own", {}, "C11")];
  if (!isApartFromSheets(confirmer, report.parties)) return [refuse("sheets.confirm-in-place", {}, "C11")];
  if (confirmer.keeps) return [];
  if (!confirmer.watches) return [refuse("sheets.confirm-not-asked", {}, "C11")];
  return report.isKeepersTurn ? [refuse("sheets.confirm-keeper-first", {}, "C11")] : [];
}

/**
 * What is missing in a decision on a report. Where the platform could not read the code of a used copy, who confirms it reads it from
 * the paper, or says why nobody can; who rejects a report says why.
 */
export function listSheetDecisionRefusals(
  decision: {
    readonly confirmed: boolean;
    readonly end: SheetEnd;
    readonly unread: readonly number[];
    /** The codes of the reported sheets. */
    readonly own: ReadonlyMap<number, string>;
    /** As somebody typed them. */
    readonly typed: string;
    readonly reason: string;
  },
  writing: FormWriting,
): Refusal[] {
  const { confirmed, end, own, reason } = decision;
  if (!confirmed) return reason === "" ? [refuse("sheets.reject-unexplained", {}, "C05")] : [];
  if (end !== "returned") return [];
  const typed = findSheetCodes(decision.typed.toUpperCase());
  const mine = new Set(own.values());
  const others = typed.filter((code) => !mine.has(code));
  if (others.length > 0) return others.map((code) => refuse("sheets.code-other", { code }, "C05"));
  const left = decision.unread.filter((number) => !typed.includes(own.get(number) ?? ""));
  return left.length > 0 && reason === ""
    ? [refuse("sheets.code-unread", { range: writeNumbers(writing, left) }, "C05")]
    : [];
}

/** Nobody takes back or voids what is in his own hand (C11): who keeps a series may have taken sheets of it before he kept it. */
export const listOwnHandRefusals = (moves: readonly FormsMoved[], personId: string, writing: FormWriting): Refusal[] =>
  moves
    .filter(({ from }) => from?.state === "issued" && from.holderId === personId)
    .map((moved) => refuse("sheets.own-hand", { range: writeFormRange(writing, moved) }, "C11"));
