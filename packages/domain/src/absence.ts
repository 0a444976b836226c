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
