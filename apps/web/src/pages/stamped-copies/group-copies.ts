import type { StampedCopy } from "./queries.ts";

/** Copies that one word was said of, told together. */
export interface CopyGroup {
  readonly copies: readonly number[];
  readonly one: StampedCopy;
}

/** Copies of the same state, as well shown, of which the same was said at the same time, in the order of their first; one that is replaced stands alone. */
export function groupCopies(copies: readonly StampedCopy[]): CopyGroup[] {
  const groups = Map.groupBy(copies, ({ copy, state, showing, at, spoiled, unknown, makeUp }) =>
    [state, showing, at ?? "", spoiled > 0, unknown > 0, makeUp ? copy : ""].join(" "),
  );
  return [...groups.values()].flatMap(([one, ...others]) =>
    one ? [{ one, copies: [one, ...others].map(({ copy }) => copy) }] : [],
  );
}

/** Numbers as people write them: `1–3, 5`. */
export function writeNumbers(numbers: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && number === run.last + 1) run.last = number;
    else runs.push({ first: number, last: number });
  }
  return runs.map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
}
