/** What the address asks of the list of entries: a kind, a place to go on from, one entry to show. */
export interface EntryFilter {
  readonly type?: string;
  readonly before?: number;
  readonly leaf?: number;
}

/** Reads the address; what does not fit is left out. */
export function findEntryFilter(search: Readonly<Record<string, unknown>>, types: readonly string[]): EntryFilter {
  const type = types.find((one) => one === search.type);
  const before = readIndex(search.before);
  const leaf = readIndex(search.leaf);
  return {
    ...(type === undefined ? {} : { type }),
    ...(before === undefined ? {} : { before }),
    ...(leaf === undefined ? {} : { leaf }),
  };
}

/** An entry's number as typed or as it stands in an address; undefined for anything else. */
export function readIndex(given: unknown): number | undefined {
  const text = typeof given === "number" || typeof given === "string" ? String(given).trim() : "";
  if (!/^\d{1,15}$/.test(text)) return undefined;
  return Number(text);
}

/** Facts in the order of the body, as short as a list allows: digests by their ends, ids by theirs. */
export function listFacts(
  facts: Readonly<Record<string, string | number | boolean | null>>,
): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(facts)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => ({ name, value: shorten(String(value)) }));
}

function shorten(value: string): string {
  const digest = /^(?:sha256:)?([0-9a-f]{64})$/.exec(value)?.[1];
  if (digest) return `${digest.slice(0, 4)}…${digest.slice(-4)}`;
  const id = /^([a-z]+_)[0-9a-f-]{28}([0-9a-f]{8})$/.exec(value);
  if (id) return `${id[1]}…${id[2]}`;
  return value.length > 60 ? `${value.slice(0, 59)}…` : value;
}
