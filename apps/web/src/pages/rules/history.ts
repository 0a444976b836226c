/** What was written, step by step, so that a step can be taken back. */
export interface History<T> {
  readonly now: T;
  readonly before: readonly { readonly value: T; readonly what: string }[];
}

const mostSteps = 100;

export const beginHistory = <T>(now: T): History<T> => ({ now, before: [] });

/** A step. Steps of one kind after each other – letters typed into one field – are taken back together. */
export function step<T>({ now, before }: History<T>, value: T, what: string): History<T> {
  if (value === now) return { now, before };
  const goesOn = what !== "" && before.at(-1)?.what === what;
  return { now: value, before: goesOn ? before : [...before, { value: now, what }].slice(-mostSteps) };
}

export function stepBack<T>({ now, before }: History<T>): History<T> {
  const last = before.at(-1);
  return last ? { now: last.value, before: before.slice(0, -1) } : { now, before };
}
