/** Where time comes from: epoch milliseconds. The sample organisation is made with a clock that walks through its past. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands where it was put, and never goes back. */
export function createWalkingClock(start: number): Clock & { walkTo(at: number): void } {
  let current = start;
  return {
    now: () => current,
    walkTo: (at) => {
      if (at < current) throw new Error("a walking clock does not go back");
      current = at;
    },
  };
}
