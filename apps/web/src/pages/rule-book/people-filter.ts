import type { PeopleFilter } from "./queries.ts";

export const DUTIES = [
  "custodian",
  "deputy",
  "signatory",
  "supervisor",
  "certificate-keeper",
  "inspector",
] as const satisfies readonly NonNullable<PeopleFilter["duty"]>[];

/** What narrows the list, as it stands in the address; what does not fit is left out. */
export function findPeopleFilter(search: Readonly<Record<string, unknown>>): PeopleFilter {
  // An address turns a search for digits into a number.
  const text = (key: string): string => {
    const value = search[key];
    return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
  };
  const duty = DUTIES.find((one) => one === search.duty);
  const [entityId, personId, words] = [text("entityId"), text("personId"), text("search").slice(0, 100)];
  return {
    ...(/^ent_[0-9a-f-]{36}$/.test(entityId) ? { entityId } : {}),
    ...(duty ? { duty } : {}),
    ...(/^per_[0-9a-f-]{36}$/.test(personId) ? { personId } : {}),
    ...(words === "" ? {} : { search: words }),
  };
}

/** The filter with one part changed; an empty text takes it away. */
export function changePeopleFilter(
  filter: PeopleFilter,
  change: Partial<Record<keyof PeopleFilter, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...filter, ...change }).flatMap(([key, value]) =>
      value === undefined || value === "" ? [] : [[key, value]],
    ),
  );
}
