/** Lets a piece of work begin once a place is free. */
export type Slot = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Places for `limit` pieces of work at a time, whoever asks: `forRank` answers the door of one kind of work, and of all
 * that wait the lowest rank goes first. So that no core stands idle while a group of tests comes to its end.
 */
export function createSlots(limit: number): { readonly forRank: (rank: number) => Slot } {
  const waiting: { readonly rank: number; readonly begin: () => void }[] = [];
  let free = limit;

  const take = (rank: number): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((begin) => {
      const before = waiting.findIndex((other) => other.rank > rank);
      waiting.splice(before === -1 ? waiting.length : before, 0, { rank, begin });
    });
  };
  const giveBack = (): void => {
    const next = waiting.shift();
    if (next) next.begin();
    else free += 1;
  };

  return {
    forRank: (rank) => async (work) => {
      await take(rank);
      try {
        return await work();
      } finally {
        giveBack();
      }
    },
  };
}
