/** What narrows a register, as it stands in the address. */
export interface LineFilter {
  readonly entityId?: string;
  readonly sealId?: string;
  readonly personId?: string;
  readonly unitId?: string;
  readonly kind?: string;
  readonly from?: string;
  readonly to?: string;
  readonly search?: string;
}
export type FilterKey = keyof LineFilter;
/** A change of the filter; an empty text takes a part away. */
export type FilterChange = Partial<Record<FilterKey, string>>;

const id = (prefix: string): RegExp => new RegExp(`^${prefix}_[0-9a-f-]{36}$`);
const FORMS: Readonly<Record<FilterKey, RegExp>> = {
  entityId: id("ent"),
  sealId: id("seal"),
  personId: id("per"),
  unitId: id("unit"),
  kind: /^[a-z-]{1,60}$/,
  from: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
  to: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
  search: /^.{1,100}$/u,
};
export const FILTER_KEYS = Object.keys(FORMS) as readonly FilterKey[];

/** Reads the address; what does not fit is left out, and so is a search of single characters, which finds nothing. */
export function findLineFilter(search: Readonly<Record<string, unknown>>): LineFilter {
  const found: Partial<Record<FilterKey, string>> = {};
  for (const key of FILTER_KEYS) {
    // The router reads digits in an address as a number.
    const given = typeof search[key] === "number" ? String(search[key]) : search[key];
    const value = typeof given === "string" ? given.trim() : "";
    if (
      FORMS[key].test(value) &&
      (key !== "search" || isSearchable(value)) &&
      ((key !== "to" && key !== "from") || isDay(value))
    )
      found[key] = value;
  }
  if (found.from && found.to && found.from > found.to) delete found.to;
  return found;
}

/** Whether a search has two characters beside each other, by which the register is searched. */
export const isSearchable = (words: string): boolean => /[\p{L}\p{N}]{2}/u.test(words.normalize("NFKC"));

const isDay = (text: string): boolean => {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};

export function changeFilter(filter: LineFilter, change: FilterChange): Record<string, string> {
  const parts = Object.entries<string>({ ...filter, ...change } as Record<string, string>);
  return Object.fromEntries(parts.filter(([, value]) => value !== ""));
}

export const without = (filter: LineFilter, key: FilterKey): Record<string, string> =>
  changeFilter(filter, { [key]: "" });

/** Whether two filters narrow alike, whatever the order of their parts. */
export const narrowsAlike = (one: LineFilter, other: LineFilter): boolean =>
  FILTER_KEYS.every((key) => (one[key] ?? "") === (other[key] ?? ""));
