import {
  countNumbers,
  type FormRange,
  type FormWriting,
  intersectRanges,
  mergeRanges,
  sizeOf,
  subtractRanges,
  writeFormRange,
  writeFormRanges,
} from "./form-ranges.ts";
import { type Decision, type Refusal, refuse } from "./refusal.ts";
import type { LocalName } from "./vocabulary.ts";

/** Controlled forms 重要空白凭证: blank paper that is worth something as soon as a seal stands on it. */
export const FORM_KINDS = [
  "introduction-letter",
  "receipt",
  "invoice",
  "guarantee",
  "cheque",
  "headed-paper",
  "emergency-slip",
  "blank-sheet",
  "other",
] as const;
export type FormKind = (typeof FORM_KINDS)[number];
export const formKindNames: Readonly<Record<FormKind, LocalName>> = {
  "introduction-letter": { en: "Introduction letter with stub", zh: "介绍信（带存根）" },
  receipt: { en: "Receipt", zh: "收据" },
  invoice: { en: "Invoice", zh: "发票" },
  guarantee: { en: "Guarantee", zh: "保函" },
  cheque: { en: "Cheque", zh: "支票" },
  "headed-paper": { en: "Headed paper", zh: "公文用纸（红头）" },
  "emergency-slip": { en: "Emergency slip", zh: "应急用印单" },
  "blank-sheet": { en: "Blank sheet", zh: "空白用纸" },
  other: { en: "Other form", zh: "其他凭证" },
};

/** What a number can be, each at every time exactly one. */
export const FORM_STATES = ["in-stock", "issued", "used", "voided", "missing", "destroyed"] as const;
export type FormState = (typeof FORM_STATES)[number];
export const formStateNames: Readonly<Record<FormState, LocalName>> = {
  "in-stock": { en: "in stock", zh: "在库" },
  issued: { en: "issued", zh: "已领用" },
  used: { en: "used", zh: "已使用" },
  voided: { en: "voided", zh: "已作废" },
  missing: { en: "missing", zh: "短缺" },
  destroyed: { en: "destroyed", zh: "已销毁" },
};

export const FORM_ACTS = ["receive", "issue", "use", "void", "return", "miss", "find", "destroy"] as const;
export type FormAct = (typeof FORM_ACTS)[number];

/** Numbers that are alike: in one state, and in one person's hand where they are issued. */
export interface FormHolding extends FormRange {
  readonly state: FormState;
  readonly holderId: string | null;
  /** Declared void while they were missing: there are no sheets of these numbers. */
  readonly withoutSheet?: boolean;
  /** Blank sheets among them that bear a seal, or part of it; left out, none does. */
  readonly sealed?: readonly FormRange[];
}

/** What has to lie there when stock is taken: blank forms, and voided ones until they are destroyed. */
const liesThere = ({ state, withoutSheet }: FormHolding): boolean =>
  state === "in-stock" || (state === "voided" && withoutSheet !== true);
export const listSheets = (holdings: readonly FormHolding[]): FormHolding[] => holdings.filter(liesThere);

/** From which states an act takes numbers, and into which it puts them. */
const moves: Readonly<Record<Exclude<FormAct, "receive">, { from: readonly FormState[]; to: FormState }>> = {
  issue: { from: ["in-stock"], to: "issued" },
  use: { from: ["issued"], to: "used" },
  void: { from: ["in-stock", "issued", "missing"], to: "voided" },
  return: { from: ["issued"], to: "in-stock" },
  miss: { from: ["in-stock"], to: "missing" },
  find: { from: ["missing"], to: "in-stock" },
  destroy: { from: ["in-stock", "voided"], to: "destroyed" },
};

/**
 * What a blank sheet that bears a seal is never taken by (C05): it is worth what is written above its seal, and so it ends with the
 * scan of what it became or destroyed by two, and neither back in stock nor void by one person's word.
 */
const barredOnceSealed: readonly FormAct[] = ["issue", "return", "void"];

/** The acts that a number in this state can be taken by. */
export const listFormActs = (state: FormState): FormAct[] =>
  FORM_ACTS.filter((act) => act !== "receive" && moves[act].from.includes(state));

export interface FormsMoved extends FormRange {
  readonly type: "FormsMoved";
  readonly act: FormAct;
  /** Null for what was not there before. */
  readonly from: { readonly state: FormState; readonly holderId: string | null } | null;
  readonly to: { readonly state: FormState; readonly holderId: string | null };
}

const asRefusals = (refusals: readonly Refusal[]): Decision<FormsMoved> => ({ ok: false, refusals });

/** Most numbers of one receipt: more nobody counts at once, and a slip of the pen would fill the series for ever. */
const mostReceived = 100_000;

/** Takes numbers in: counted when they came, fitting the series, and never received before. */
export function decideReceipt(
  holdings: readonly FormHolding[],
  received: FormRange & { readonly count: number },
  writing: FormWriting,
): Decision<FormsMoved> {
  const refusals: Refusal[] = [];
  const range = { first: received.first, last: received.last };
  const written = writeFormRange(writing, range);
  if (received.last < received.first || received.last >= 10 ** writing.digits)
    return asRefusals([refuse("forms.range-unfit", { range: written, digits: writing.digits }, "C24")]);
  if (sizeOf(range) > mostReceived)
    refusals.push(
      refuse("forms.receipt-too-large", { range: written, size: sizeOf(range), most: mostReceived }, "C24"),
    );
  if (received.count !== sizeOf(range))
    refusals.push(refuse("forms.count-differs", { range: written, size: sizeOf(range), count: received.count }, "C24"));
  const known = intersectRanges(holdings, [range]);
  if (known.length > 0)
    refusals.push(refuse("forms.received-already", { range: writeFormRanges(writing, known) }, "C24"));
  if (refusals.length > 0) return asRefusals(refusals);
  return {
    ok: true,
    events: [{ type: "FormsMoved", act: "receive", ...range, from: null, to: { state: "in-stock", holderId: null } }],
  };
}

/**
 * Moves a range by one act. Every number of it must be where the act takes numbers from, and, where `holderId` is
 * given, in that hand: a range of which a part lies elsewhere is refused with that part, and nothing of it moves. A sealed sheet
 * is destroyed from whatever hand it is in, for it goes back to none.
 */
export function decideFormsMove(
  holdings: readonly FormHolding[],
  wanted: FormRange & {
    readonly act: Exclude<FormAct, "receive">;
    /** Whose numbers may be taken; left out, in whatever hand. */
    readonly holderId?: string;
    /** Into whose hand they come, where they are issued. */
    readonly toId?: string;
    /** Blank sheets whose destruction somebody saw and confirmed: they end from their taker's hand. */
    readonly seen?: boolean;
  },
  writing: FormWriting,
): Decision<FormsMoved> {
  const { act } = wanted;
  const range = { first: wanted.first, last: wanted.last };
  if (range.last < range.first || range.last >= 10 ** writing.digits)
    return asRefusals([
      refuse("forms.range-unfit", { range: writeFormRange(writing, range), digits: writing.digits }, "C24"),
    ]);
  const refusals: Refusal[] = [];
  const unknown = subtractRanges([range], holdings);
  if (unknown.length > 0)
    refusals.push(refuse("forms.not-received", { range: writeFormRanges(writing, unknown) }, "C24"));
  const { from, to } = moves[act];
  const events: FormsMoved[] = [];
  for (const holding of holdings.toSorted((a, b) => a.first - b.first)) {
    const [part] = intersectRanges([holding], [range]);
    if (!part) continue;
    const written = writeFormRange(writing, part);
    const sealed = intersectRanges(holding.sealed ?? [], [part]);
    if (sealed.length > 0 && barredOnceSealed.includes(act)) {
      refusals.push(refuse("sheets.sealed-stays", { range: writeFormRanges(writing, sealed) }, "C05"));
      continue;
    }
    const fromHand = wanted.seen === true ? [part] : sealed;
    const outOfHand = act === "destroy" && holding.state === "issued" ? subtractRanges([part], fromHand) : [part];
    const unfit = from.includes(holding.state) ? [] : outOfHand;
    if (unfit.length > 0) {
      refusals.push(refuse("forms.elsewhere", { range: writeFormRanges(writing, unfit), state: holding.state }, "C24"));
      continue;
    }
    if (holding.state === "issued" && wanted.holderId !== undefined && holding.holderId !== wanted.holderId) {
      refusals.push(refuse("forms.other-hand", { range: written }, "C24"));
      continue;
    }
    events.push({
      ...{ type: "FormsMoved", act, first: part.first, last: part.last },
      from: { state: holding.state, holderId: holding.holderId },
      to: { state: to, holderId: to === "issued" ? (wanted.toId ?? null) : null },
    });
  }
  return refusals.length > 0 ? asRefusals(refusals) : { ok: true, events };
}

/** The holdings after a move: what it took is cut out, what it put is added; neighbours that are alike stay apart. */
export function applyFormsMoved(holdings: readonly FormHolding[], moved: FormsMoved): FormHolding[] {
  const rest = holdings.flatMap((holding) =>
    subtractRanges([holding], [moved]).map((range): FormHolding => ({ ...holding, ...range })),
  );
  return [...rest, { first: moved.first, last: moved.last, ...moved.to }].toSorted((a, b) => a.first - b.first);
}

/** Neighbours that are alike as one, for people to read. */
export function joinHoldings<H extends FormHolding>(holdings: readonly H[]): FormHolding[] {
  const joined: FormHolding[] = [];
  for (const { first, last, state, holderId } of holdings.toSorted((a, b) => a.first - b.first)) {
    const before = joined.at(-1);
    if (before && before.last + 1 === first && before.state === state && before.holderId === holderId)
      joined[joined.length - 1] = { ...before, last };
    else joined.push({ first, last, state, holderId });
  }
  return joined;
}

export type FormCounts = Readonly<Record<FormState, number>>;
export function countForms(holdings: readonly FormHolding[]): FormCounts {
  const of = (state: FormState): number => countNumbers(holdings.filter((one) => one.state === state));
  return {
    ...{ "in-stock": of("in-stock"), issued: of("issued"), used: of("used") },
    ...{ voided: of("voided"), missing: of("missing"), destroyed: of("destroyed") },
  };
}

/** What a stock-take says of the book: only what is in stock and voided sheets should lie there, and all of them. */
export interface FormCountCompared {
  /** In stock by the book and not there. */
  readonly missing: readonly FormRange[];
  /** Voided, not destroyed, and not there: they stay void, and somebody may hold a sheet that looks good. */
  readonly voidedMissing: readonly FormRange[];
  /** Missing by the book and there again. */
  readonly found: readonly FormRange[];
  /** There, though the book says they went out. */
  readonly unexpected: readonly FormRange[];
  /** There, and never received. */
  readonly unknown: readonly FormRange[];
}
export function compareFormCount(holdings: readonly FormHolding[], counted: readonly FormRange[]): FormCountCompared {
  const there = mergeRanges(counted);
  const of = (...states: FormState[]): FormHolding[] => holdings.filter((one) => states.includes(one.state));
  return {
    missing: subtractRanges(of("in-stock"), there),
    voidedMissing: subtractRanges(of("voided").filter(liesThere), there),
    found: intersectRanges(of("missing"), there),
    unexpected: intersectRanges(
      holdings.filter((one) => !liesThere(one) && one.state !== "missing"),
      there,
    ),
    unknown: subtractRanges(there, holdings),
  };
}

/** What one of two counts of the same stock has and the other has not, whichever of them is wrong. */
export function compareCounts(first: readonly FormRange[], second: readonly FormRange[]): FormRange[] {
  return mergeRanges([...subtractRanges(first, second), ...subtractRanges(second, first)]);
}

/**
 * Why a person may not keep a series (C11): he keeps certificates and forms for the entity, and holds no seal that makes
 * them worth something. Asked when a keeper is named, when a role is given and when custody is handed over.
 */
export function listFormKeeperRefusals(keeper: {
  readonly isCertificateKeeper: boolean;
  /** Whether he is, or would be, a custodian of the seal that validates the series. */
  readonly holdsValidatingSeal: boolean;
  readonly series: string;
}): Refusal[] {
  const { series } = keeper;
  return [
    ...(keeper.isCertificateKeeper ? [] : [refuse("forms.keeper-without-role", { series }, "C11")]),
    ...(keeper.holdsValidatingSeal ? [refuse("forms.keeper-holds-seal", { series }, "C11")] : []),
  ];
}

/** Who may confirm a stock-take: somebody who watches over the entity, neither who counted nor who keeps the series. */
export function listFormCountRefusals(count: {
  readonly countedBy: string;
  readonly keeperId: string;
  readonly confirmedBy: string;
}): Refusal[] {
  const own = count.confirmedBy === count.countedBy || count.confirmedBy === count.keeperId;
  return own ? [refuse("forms.count-own", {}, "C11")] : [];
}

/** Whether so few are left that new ones should be ordered. */
export const isFormStockLow = (inStock: number, lowMark: number): boolean => lowMark > 0 && inStock <= lowMark;
