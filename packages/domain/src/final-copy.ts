import { type Decision, type Refusal, refuse } from "./refusal.ts";
import { type CopyState, isVoidCopy, type StampedCopy } from "./stamped-copy.ts";
import type { SealUseRequestState } from "./vocabulary.ts";

/** The final copy 最终文本: a stamped copy that all parties have signed, back as a scan (C17, C19). */
export const FINAL_PAGE_VERDICTS = ["same", "signed", "differs", "unclear", "missing", "extra"] as const;
/** `signed`: ink was added where seals and signatures stand, and nowhere else; `extra`: a sheet that is no approved page. */
export type FinalPageVerdict = (typeof FINAL_PAGE_VERDICTS)[number];

/** Why a page is `unclear` or differs although its content may agree. */
export const SHEET_HINTS = ["no-code", "forged-code", "other-copy", "other-request", "other-page"] as const;
export type SheetHint = (typeof SHEET_HINTS)[number];

export const FINAL_VERDICTS = ["same", "differs", "unclear", "missing", "other-paper"] as const;
export type FinalVerdict = (typeof FINAL_VERDICTS)[number];

/**
 * `reading`: it is being compared; `missing`: pages of it are asked for; `review`: legal review says what it is; `refused`:
 * another paper, or a file that cannot be read: it counts as never brought; `not-agreed`: it says what nobody agreed to.
 */
export const FINAL_COPY_STATES = ["reading", "missing", "review", "filed", "refused", "not-agreed"] as const;
export type FinalCopyState = (typeof FINAL_COPY_STATES)[number];

export const FINAL_RULINGS = ["as-approved", "agreed-change", "not-agreed"] as const;
export type FinalRuling = (typeof FINAL_RULINGS)[number];

/** Most sheets of one scan, and most files it may come in. */
export const mostFinalSheets = 120;
export const mostFinalFiles = 60;

/** A place on a page, in millimetres from its upper left. */
export interface BandPlace {
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** How far above and below a seal others seal and sign, in mm. */
const aroundSeals = 12;
/** Room for handwriting on a line that was left open. */
const aroundLines = 6;

/**
 * Where ink is expected on a page once all have signed: the band at the height of its seals, as wide as the page, for the other
 * party signs beside ours, and the lines that were left open.
 */
export function listSignatureBands(page: {
  readonly widthMm: number;
  readonly seals: readonly BandPlace[];
  readonly lines: readonly BandPlace[];
}): BandPlace[] {
  return [
    ...page.seals.map(({ yMm, heightMm }) => ({
      ...{ xMm: 0, yMm: yMm - aroundSeals, widthMm: page.widthMm, heightMm: heightMm + 2 * aroundSeals },
    })),
    ...page.lines.map(({ xMm, yMm, widthMm, heightMm }) => ({
      ...{ xMm: xMm - aroundLines, yMm: yMm - aroundLines },
      ...{ widthMm: widthMm + 2 * aroundLines, heightMm: heightMm + 2 * aroundLines },
    })),
  ];
}

/** What was read of one sheet of the scan. */
export interface FinalSheet {
  /** From 1, in the order of the scan. */
  readonly sheet: number;
  /** The approved page it shows, from 0 over all documents; null where it shows none. */
  readonly page: number | null;
  readonly verdict: "same" | "signed" | "differs" | "unclear" | "blank" | "other";
  readonly hint: SheetHint | null;
}

export interface FinalPage {
  /** Null of a sheet that is no approved page. */
  readonly page: number | null;
  readonly verdict: FinalPageVerdict;
  /** The sheet that decided; null of a page that is missing. */
  readonly sheet: number | null;
  readonly hint: SheetHint | null;
}

/** A sheet without the code it should bear, or with another copy's, may say the same and is looked at by somebody. */
function verdictOfSheet({ verdict, hint }: FinalSheet): "same" | "signed" | "differs" | "unclear" {
  if (verdict === "differs" || hint === "forged-code" || hint === "other-page") return "differs";
  if (verdict === "unclear" || hint !== null) return "unclear";
  return verdict === "signed" ? "signed" : "same";
}

/** Of several sheets of one page a difference stands, whatever others show; a clear one takes the place of an unclear one. */
const weight = { differs: 3, signed: 2, same: 1, unclear: 0 } as const;

/**
 * What the scan says of each approved page, and of it as a whole. Empty sheets are backs of others and count for nothing. One
 * sheet that shows no approved page adds something nobody approved: it differs.
 */
export function judgeFinalCopy(
  pages: number,
  sheets: readonly FinalSheet[],
): { readonly pages: readonly FinalPage[]; readonly verdict: FinalVerdict } {
  const judged: FinalPage[] = Array.from({ length: pages }, (_, page): FinalPage => {
    const [best] = sheets
      .filter((sheet) => sheet.page === page)
      .map((sheet) => ({ sheet: sheet.sheet, hint: sheet.hint, verdict: verdictOfSheet(sheet) }))
      .toSorted((a, b) => weight[b.verdict] - weight[a.verdict] || a.sheet - b.sheet);
    return best ? { page, ...best } : { page, verdict: "missing", sheet: null, hint: null };
  });
  const others = sheets.filter(({ page, verdict }) => page === null && verdict !== "blank");
  const extra = others.map(
    ({ sheet, verdict, hint }): FinalPage => ({
      ...{ page: null, sheet, hint },
      verdict: verdict === "unclear" ? "unclear" : "extra",
    }),
  );
  const all = [...judged, ...extra];
  const has = (verdict: FinalPageVerdict): boolean => all.some((one) => one.verdict === verdict);
  const verdict = (): FinalVerdict => {
    if (judged.every((one) => one.verdict === "missing")) return "other-paper";
    if (has("differs") || has("extra")) return "differs";
    if (has("missing")) return "missing";
    return has("unclear") ? "unclear" : "same";
  };
  return { pages: all, verdict: verdict() };
}

/** What follows from what was read. */
export function followFinalCopy(verdict: FinalVerdict): {
  readonly state: FinalCopyState;
  /** A finding is opened (C17): the paper says what was not approved, or may. */
  readonly finding: boolean;
} {
  if (verdict === "same") return { state: "filed", finding: false };
  if (verdict === "missing") return { state: "missing", finding: false };
  if (verdict === "other-paper") return { state: "refused", finding: false };
  return { state: "review", finding: verdict === "differs" };
}

/** Whether a final copy is asked for: of what makes rights or duties, unless the organisation does not ask, or nothing is left to be signed. */
export const asksForFinalCopy = (facts: {
  readonly makesRights: boolean;
  /** Days until it must be back; 0 where it is not asked for. */
  readonly days: number;
  readonly copies: readonly { readonly state: CopyState }[];
}): boolean => facts.makesRights && facts.days > 0 && facts.copies.some(({ state }) => !isVoidCopy(state));

export interface FinalCopyReturned {
  readonly type: "FinalCopyReturned";
  /** Whether the files belong to the scan of this copy that lacks pages. */
  readonly adds: boolean;
}

/** Somebody brings the scan of a copy back, or pages that it lacked. */
export function decideFinalCopy(facts: {
  readonly actorId: string;
  /** Applicant, handler and who stamped. */
  readonly keepers: readonly string[];
  readonly requestState: SealUseRequestState;
  readonly copy: number;
  readonly known: readonly StampedCopy[];
  readonly files: number;
  /** Files of the scan that lacks pages, which these are added to. */
  readonly filesBefore: number;
  /** Of the copy's last scan; null before there is one. */
  readonly last: { readonly state: FinalCopyState; readonly lacksPages: boolean } | null;
}): Decision<FinalCopyReturned> {
  const { last } = facts;
  const refusals: Refusal[] = [];
  if (facts.requestState === "opened" || facts.requestState === "authorised")
    refusals.push(refuse("copies.stamping-open", {}, "C19"));
  if (!facts.keepers.includes(facts.actorId)) refusals.push(refuse("final-copy.not-keeper", {}, "C19"));
  const copy = facts.known.find((one) => one.copy === facts.copy);
  if (!copy) refusals.push(refuse("copies.not-stamped", {}, "C19"));
  if (copy && isVoidCopy(copy.state))
    refusals.push(
      refuse(copy.state === "voided" ? "final-copy.voided" : "final-copy.replaced", { copy: facts.copy }, "C19"),
    );
  if (facts.files === 0) refusals.push(refuse("final-copy.no-file"));
  const adds = last !== null && (last.state === "missing" || (last.state === "review" && last.lacksPages));
  if (facts.files + (adds ? facts.filesBefore : 0) > mostFinalFiles)
    refusals.push(refuse("final-copy.too-many-files", { most: mostFinalFiles }));
  if (last?.state === "reading") refusals.push(refuse("final-copy.being-read"));
  if (last?.state === "filed") refusals.push(refuse("final-copy.filed-already", { copy: facts.copy }));
  if (last?.state === "review" && !adds) refusals.push(refuse("final-copy.in-review", {}, "C17"));
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, events: [{ type: "FinalCopyReturned", adds }] };
}

/** Who says what a final copy is that differs: legal review; where nobody there is without a part in it, the inspectors. */
export const finalReviewRoles = ["legal-reviewer", "inspector"] as const;

export interface FinalCopyRuled {
  readonly type: "FinalCopyRuled";
  readonly state: "filed" | "not-agreed";
  readonly finding: boolean;
}

/** Legal review says what a difference is: none, a change that was agreed to, or one that nobody agreed to, which is a finding. */
export function decideFinalRuling(facts: {
  readonly actorId: string;
  readonly state: FinalCopyState;
  readonly lacksPages: boolean;
  /** Who holds a reviewing role. */
  readonly reviewers: readonly string[];
  /** Everybody with a part in the request, and who brought the scan. */
  readonly parts: readonly string[];
  readonly ruling: FinalRuling;
  readonly reason: string;
}): Decision<FinalCopyRuled> {
  const { actorId, ruling } = facts;
  const refusals: Refusal[] = [];
  if (facts.state !== "review") refusals.push(refuse("final-copy.not-in-review", {}, "C17"));
  if (facts.parts.includes(actorId)) refusals.push(refuse("final-copy.own-part", {}, "C11"));
  else if (!facts.reviewers.includes(actorId)) refusals.push(refuse("final-copy.not-reviewer", {}, "C17"));
  // What is not there cannot be said to be as approved; that nobody agreed to what is there can.
  if (facts.lacksPages && ruling !== "not-agreed") refusals.push(refuse("final-copy.lacks-pages", {}, "C17"));
  if (facts.reason.trim() === "") refusals.push(refuse("final-copy.reason-missing", {}, "C17"));
  if (refusals.length > 0) return { ok: false, refusals };
  const agreed = ruling !== "not-agreed";
  return {
    ok: true,
    events: [{ type: "FinalCopyRuled", state: agreed ? "filed" : "not-agreed", finding: !agreed }],
  };
}
