import type { Absence } from "./lone-chain.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { addDays } from "./working-days.ts";

/** Longer than this nobody is merely on leave: his positions end, or are given to somebody else. */
const mostDaysOfLeave = 366;

/** Why leave is not taken down: it ends before it begins, it is over already, or it is no leave any more. */
export function listLeaveRefusals(leave: {
  readonly from: string;
  readonly to: string;
  readonly today: string;
  /** It was approved and only waits for its day; what was decided in time is carried out late, too. */
  readonly approved: boolean;
}): Refusal[] {
  const { from, to, today, approved } = leave;
  if (to < from) return [refuse("person.leave-backwards", {})];
  return [
    ...(to < today && !approved ? [refuse("person.leave-over", { day: to })] : []),
    ...(to >= addDays(from, mostDaysOfLeave) ? [refuse("person.leave-too-long", { days: mostDaysOfLeave })] : []),
  ];
}

/** Leave that was approved, with both its days. */
export interface Leave extends Absence {
  readonly to: string;
}

/** Whether coming back on that day ends the leave early: it lies in it, and he has been away or is to be until then. */
const isCutBy = (leave: Leave, backOn: string, today: string): boolean =>
  leave.from <= backOn && backOn <= leave.to && (leave.from < backOn || backOn === today);

/**
 * Why somebody does not come back early on that day: it has passed, for what happened in his place while he was away
 * stays as it is; or it lies in no leave of his.
 */
export function listEarlyReturnRefusals(leaves: readonly Leave[], backOn: string, today: string): Refusal[] {
  if (backOn < today) return [refuse("person.return-backwards", { day: backOn })];
  return leaves.some((leave) => isCutBy(leave, backOn, today)) ? [] : [refuse("person.not-on-leave", { day: backOn })];
}

/** The leave as it is after somebody came back before its end. */
export function cutLeave<L extends Leave>(leave: L, backOn: string): L {
  return backOn <= leave.to && backOn >= leave.from ? { ...leave, to: addDays(backOn, -1) } : leave;
}

/** Who is on leave on a day. */
export function listAbsent(absences: readonly Absence[], day: string): string[] {
  const there = absences.filter(({ from, to }) => from <= day && (to === null || to >= day));
  return [...new Set(there.map((one) => one.personId))];
}

/** Whether somebody is on leave on some of these days. */
export function isAwayWithin(
  absences: readonly Absence[],
  personId: string,
  days: { readonly from: string; readonly to: string | null },
): boolean {
  return absences.some(
    (one) =>
      one.personId === personId &&
      (days.to === null || one.from <= days.to) &&
      (one.to === null || one.to >= days.from),
  );
}

/**
 * Of those who may do something, those who are there: who is on leave is not asked. Where nobody else is left they are
 * asked all the same, so that leave without a delegate slows business and never stops it.
 */
export function preferPresent<T extends string>(people: readonly T[], absent: readonly string[]): readonly T[] {
  const present = people.filter((person) => !absent.includes(person));
  return present.length > 0 ? present : people;
}
