/** Work that is slow and asked for by anyone: each address takes its turns, so that none holds up the others. */
export interface Turns {
  /** Does the work when the address's turn comes; throws what `refuse` answers where too many of it wait already. */
  take<T>(address: string, work: () => Promise<T>): Promise<T>;
}

interface Place {
  running: number;
  readonly waiting: (() => void)[];
}

export function createTurns(limits: { running: number; waiting: number; refuse: () => Error }): Turns {
  const places = new Map<string, Place>();
  return {
    take: async (address, work) => {
      const key = networkOf(address);
      const place = places.get(key) ?? { running: 0, waiting: [] };
      places.set(key, place);
      if (place.running >= limits.running) {
        if (place.waiting.length >= limits.waiting) throw limits.refuse();
        // Whoever ends hands his turn over, so the count of those running stays as it is.
        await new Promise<void>((resolve) => place.waiting.push(resolve));
      } else place.running += 1;
      try {
        return await work();
      } finally {
        const next = place.waiting.shift();
        if (next) next();
        else {
          place.running -= 1;
          if (place.running === 0) places.delete(key);
        }
      }
    },
  };
}

/** One household or machine has all addresses of an IPv6 network of 64 bits; it counts as one. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!address.includes(":")) return address;
  const [head = "", tail] = (address.split("%")[0] ?? "").toLowerCase().split("::");
  const groups = head.split(":").filter((group) => group !== "");
  const end = (tail ?? "").split(":").filter((group) => group !== "");
  const gap = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - groups.length - end.length) }, () => "0");
  const whole = [...groups, ...gap, ...end].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ""));
  return `${whole.join(":")}::/64`;
}
