import { PIECE_CONDITIONS, type PieceCondition } from "./handover.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { SealBody, SealState } from "./seal-life.ts";

/** How a take-out is over: the piece came back, or became lost, void or destroyed while it was away. */
export const TAKE_OUT_ENDS = ["returned", "lost", "void", "destroyed"] as const;

export interface TakeOutWanted {
  readonly askedBy: string;
  readonly kind: SealBody;
  readonly state: SealState;
  /** Who answers for the piece now. */
  readonly custodians: readonly string[];
  /** Who travels with it; the keeper first. */
  readonly escort: readonly string[];
  /** Of those who travel, who has not brought an earlier seal home in time. */
  readonly overdue: readonly string[];
  readonly documents: readonly { readonly impressions: number }[];
  readonly mostImpressions: number;
  readonly dueAt: number;
}

/**
 * Why a piece may not leave the house this way (C08, C13): a piece in use, at least two people, the first of them a
 * custodian of record who did not ask for it himself, back within the days set, and no more impressions than there are
 * papers for, with the rest kept for papers found on the spot. Who has not brought one back in time travels with no other.
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
  if (wanted.escort.some((person) => wanted.overdue.includes(person)))
    refusals.push(refuse("take-out.owes-one", {}, "C13"));
  refusals.push(...listDueRefusals(wanted.dueAt, limits));
  const listed = wanted.documents.reduce((sum, one) => sum + one.impressions, 0);
  if (wanted.mostImpressions < Math.max(1, listed))
    refusals.push(refuse("take-out.too-few-impressions", { listed, most: wanted.mostImpressions }, "C09"));
  return refusals;
}

/**
 * Why a matter may not move these bodies under the name of that seal (C13): what it names is what people sign for, and what
 * its lines and the seal's life are kept under, so it is one of the seals moved, whoever wrote the two fields.
 */
export function listOtherSealRefusals(
  named: { readonly sealId: string | null; readonly bodyId: string | null },
  moved: readonly { readonly sealId: string; readonly bodyId: string }[],
): Refusal[] {
  const fits = moved.some(
    (one) => one.sealId === named.sealId && (named.bodyId === null || one.bodyId === named.bodyId),
  );
  return fits ? [] : [refuse("custody.other-seal", {}, "C13")];
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

/** Of several looks at one piece the worst counts: nobody's "good" takes back what another saw. */
export function findWorstCondition(seen: readonly PieceCondition[]): PieceCondition {
  return PIECE_CONDITIONS.findLast((one) => seen.includes(one)) ?? "good";
}

/** A count that differs from the papers approved is said why, whichever way it differs (C09). */
export function listCountRefusals(back: {
  readonly used: number;
  readonly covered: number;
  readonly difference: string;
}): Refusal[] {
  const { used, covered, difference } = back;
  return used !== covered && difference.trim() === ""
    ? [refuse("take-out.difference-unexplained", { used, covered }, "C09")]
    : [];
}

/** What freezes a seal that comes home (C13, C09): a damaged piece, or more impressions than papers were approved for. */
export function listReturnFreezes(back: {
  readonly worst: PieceCondition;
  readonly used: number;
  readonly covered: number;
}): ("damaged-piece" | "uncovered-impressions")[] {
  return [
    ...(back.worst === "damaged" ? (["damaged-piece"] as const) : []),
    ...(countUncovered(back.used, back.covered) > 0 ? (["uncovered-impressions"] as const) : []),
  ];
}
