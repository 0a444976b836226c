import { grouped } from "./describe-rules.ts";
import type { RulesDecision } from "./evaluate-rules.ts";
import { type CounterpartyKind, countAmount } from "./fact-sheet.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { SealUseRequestState } from "./vocabulary.ts";
import { addDays } from "./working-days.ts";

/**
 * A standing authorisation 常设授权: what follows one template, for these kinds of counterparties, up to a limit, so often and
 * for so long, is agreed to once by the whole route. Each use passes the gate, is counted and names it; it ends at any time.
 */
export interface StandingTerms {
  readonly templateId: string;
  readonly sealId: string;
  readonly counterpartyKinds: readonly CounterpartyKind[];
  /** Of each use, in `currency`; 0 for documents that state no amount. */
  readonly limit: number;
  readonly currency: string;
  /** How many uses in all. */
  readonly count: number;
  readonly from: string;
  readonly to: string;
}

/** How a document stands to a registered template, as the comparison found it. */
export interface TemplateReference {
  readonly templateId: string;
  readonly verdict: "same" | "same-but-fields" | "changed";
}

export const longestStandingDays = 366;

/** Why terms may not be agreed to, whatever the organisation's rules. */
export function listTermFaults(terms: StandingTerms, today: string): Refusal[] {
  const refusals: Refusal[] = [];
  const { from, to, counterpartyKinds } = terms;
  if (to < from || to < today || to > addDays(from, longestStandingDays))
    refusals.push(refuse("standing.days", { most: longestStandingDays }));
  // Somebody of whom nothing is known is no kind to be trusted beforehand.
  if (counterpartyKinds.length === 0 || counterpartyKinds.includes("unknown"))
    refusals.push(refuse("standing.kinds", {}));
  return refusals;
}

export interface StandingState {
  readonly terms: StandingTerms;
  readonly entityId: string;
  readonly ended: boolean;
  /** Uses that were counted, this request's own left out. */
  readonly used: number;
  /** Whether the template is still in force, and whether by another version than the one that was agreed to. */
  readonly templateInForce: boolean;
  readonly templateReplaced: boolean;
}

export interface StandingUse {
  readonly entityId: string | null;
  readonly today: string;
  /** For each document, the template it follows; null where it follows none. */
  readonly documents: readonly (TemplateReference | null)[];
  readonly sealIds: readonly string[];
  readonly external: boolean;
  readonly counterpartyKind: CounterpartyKind;
  readonly amount: number | null;
  readonly currency: string;
  readonly emergency: boolean;
  /** Places where the documents say another thing than the application. */
  readonly disagreements: number;
  /** Places of the documents that are blank, answered or not. */
  readonly openPlaces: number;
}

/** Whether it is in force on a day: what the gate asks again before each impression. */
export const isInForce = ({ terms, ended }: Pick<StandingState, "terms" | "ended">, today: string): boolean =>
  !ended && terms.from <= today && today <= terms.to;

/** Why a use does not fall under a standing authorisation; nothing where it does. */
export function listStandingRefusals(
  state: StandingState,
  use: StandingUse,
  rules: { readonly currency: string; readonly rates: Readonly<Record<string, number>> },
): Refusal[] {
  const { terms } = state;
  const refusals: Refusal[] = [];
  if (state.entityId !== use.entityId) return [refuse("standing.other-entity", {}, "C01")];
  if (!isInForce(state, use.today)) refusals.push(refuse("standing.over", { to: terms.to }, "C01"));
  if (state.used >= terms.count) refusals.push(refuse("standing.used-up", { count: terms.count }, "C01"));
  const follows = (one: TemplateReference | null): boolean =>
    one !== null && one.templateId === terms.templateId && one.verdict !== "changed";
  if (!state.templateInForce || use.documents.length === 0 || !use.documents.every(follows))
    refusals.push(refuse("standing.other-template", {}, "C03"));
  // What was agreed to is the text that was read.
  else if (state.templateReplaced) refusals.push(refuse("standing.template-replaced", {}, "C03"));
  // An answer to a blank is for whoever decides, and here nobody would read it.
  if (use.openPlaces > 0) refusals.push(refuse("standing.open-places", { places: use.openPlaces }, "C05"));
  // Each of them is a use that is counted and held to the limit.
  if (use.documents.length > 1) refusals.push(refuse("standing.one-document", {}, "C01"));
  if (use.sealIds.some((sealId) => sealId !== terms.sealId)) refusals.push(refuse("standing.other-seal", {}, "C07"));
  const kind = use.external ? use.counterpartyKind : "none";
  if (!terms.counterpartyKinds.includes(kind)) refusals.push(refuse("standing.other-counterparty", {}, "C01"));
  const [amount, limit] = [
    countAmount(use.amount, use.currency, rules),
    countAmount(terms.limit, terms.currency, rules) ?? 0,
  ];
  // What states no amount falls under a limit only where none is expected.
  if (amount === null ? limit > 0 : amount > limit)
    refusals.push(refuse("standing.over-limit", { limit: grouped(terms.limit), currency: terms.currency }, "C01"));
  if (use.emergency) refusals.push(refuse("standing.with-emergency", {}));
  if (use.disagreements > 0) refusals.push(refuse("standing.disagreement", {}, "C06"));
  return refusals;
}

/** What the rules say of a use under a standing authorisation: nobody is asked again, and nothing else changes. */
export const withoutSteps = (decided: RulesDecision): RulesDecision => ({
  ...decided,
  steps: [],
  fired: { ...decided.fired, route: ["standing"] },
});

/** Whether a use is looked at afterwards: the first, and of the others by lot one in so many. `lot` lies in [0, 1). */
export const isDrawn = (nr: number, oneIn: number, lot: number): boolean => nr === 1 || lot * oneIn < 1;

/**
 * A use is counted when it is submitted and stays counted, so that what was asked for under a standing authorisation can be
 * added up by anybody; these states say that nothing was sealed for it, and of the first three it may still be.
 */
export const UNSEALED_USE_STATES = [
  "draft",
  "returned",
  "withdrawn",
  "rejected",
  "cancelled",
  "expired",
] as const satisfies readonly SealUseRequestState[];
