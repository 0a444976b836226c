/** Thrown to who waited, when the same person looked at something newer. */
export class Superseded extends Error {}
/** Thrown to who has too much waiting that nothing newer takes the place of. */
export class TooManyWait extends Error {}

interface Waiting {
  readonly go: () => void;
  /** Gives its place to a newer one; null for what has to be answered. */
  readonly give: (() => void) | null;
}
const mostWaiting = 4;

/**
 * Gives each person a few turns at once. Who asks for more waits for one of his own to end. Of looks that wait only the
 * newest is served, for what was looked at before it is not shown any more; what is no mere look keeps its place.
 */
export function createTurns(
  mostOfOne: number,
): <T>(personId: string, what: "look" | "act", work: () => Promise<T>) => Promise<T> {
  const people = new Map<string, { running: number; waiting: Waiting[] }>();
  return async (personId, what, work) => {
    const own = people.get(personId) ?? { running: 0, waiting: [] };
    people.set(personId, own);
    if (own.running < mostOfOne) own.running += 1;
    else {
      if (what === "look") for (const older of own.waiting) older.give?.();
      own.waiting = own.waiting.filter((one) => what === "act" || one.give === null);
      if (own.waiting.length >= mostWaiting) throw new TooManyWait();
      // Who ends hands his turn over, so the number of those under way stays as it is.
      await new Promise<void>((go, refuse) => {
        own.waiting.push({ go, give: what === "look" ? () => refuse(new Superseded()) : null });
      });
    }
    try {
      return await work();
    } finally {
      const next = own.waiting.shift();
      if (next) next.go();
      else {
        own.running -= 1;
        if (own.running === 0) people.delete(personId);
      }
    }
  };
}
