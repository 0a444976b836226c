import { type Refusal, refuse } from "./refusal.ts";
import type { SealBody, SealState } from "./seal-life.ts";

export interface TakeOutWanted {
  readonly askedBy: string;
  readonly kind: SealBody;
  readonly state: SealState;
  /** Who answers for the piece now. */
  readonly custodians: readonly string[];
  /** Who travels with it; the keeper first. */
  readonly escort: readonly string[];
  readonly documents: readonly { readonly impressions: number }[];
  readonly mostImpressions: number;
  readonly dueAt: number;
}

/**
 * Why a piece may not leave the house this way (C08, C13): a piece in use, at least two people, the first of them a
 * custodian of record who did not ask for it himself, back within the days set, and no more impressions than there are
 * papers for, with the rest kept for papers found on the spot.
 */
export function listTakeOutRefusals(
  wanted: TakeOutWanted,
  limits: { readonly now: number; readonly latest: number; readonly mostDays: number },
): Refusal[] {
  const refusals: Refusal[] = [];
  if (wanted.kind !== "physical") refusals.push(refuse("take-out.no-piece", {}, "C13"));
  if (wanted.state !== "in-use") refusals.push(refuse("take-out.state", { state: wanted.state }, "C10"));
  if (new Set(wanted.escort).size < 2) refusals.push(refuse("take-out.two-people", {}, "C13"));
  const keeper = wanted.escort[0];
  if (keeper === undefined || !wanted.custodians.includes(keeper))
    refusals.push(refuse("take-out.keeper-missing", {}, "C08"));
  else if (keeper === wanted.askedBy) refusals.push(refuse("take-out.keeper-asks", {}, "C11"));
  refusals.push(...listDueRefusals(wanted.dueAt, limits));
  const listed = wanted.documents.reduce((sum, one) => sum + one.impressions, 0);
  if (wanted.mostImpressions < Math.max(1, listed))
    refusals.push(refuse("take-out.too-few-impressions", { listed, most: wanted.mostImpressions }, "C09"));
  return refusals;
}

/** Whether a due time lies ahead and within the days set; asked of a take-out and of each extension. */
export function listDueRefusals(
  dueAt: number,
  limits: { readonly now: number; readonly latest: number; readonly mostDays: number },
): Refusal[] {
  if (dueAt <= limits.now) return [refuse("take-out.due-past", {}, "C13")];
  return dueAt > limits.latest ? [refuse("take-out.due-too-late", { mostDays: limits.mostDays }, "C13")] : [];
}

/** Whether a paper found on the spot still fits in the impressions that were approved. */
export function listPaperRefusals(
  impressions: number,
  taken: { readonly most: number; readonly listed: number },
): Refusal[] {
  const left = taken.most - taken.listed;
  return impressions > left ? [refuse("take-out.impressions-used-up", { left, impressions }, "C09")] : [];
}

/** Impressions made away for which no confirmed paper stands (C01): a question for a finding, never a seal kept outside. */
export function countUncovered(used: number, covered: number): number {
  return Math.max(0, used - covered);
}
