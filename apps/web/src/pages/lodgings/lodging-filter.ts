export const LODGING_STATES = ["outside", "called-back", "overdue", "withdrawn"] as const;
export const LODGING_KINDS = ["bank", "customs", "court", "tax", "other"] as const;

export interface LodgingFilter {
  readonly state?: (typeof LODGING_STATES)[number];
  readonly kind?: (typeof LODGING_KINDS)[number];
}

/** What an address asks for; what is none of the choices narrows nothing. */
export function findLodgingFilter(search: Readonly<Record<string, unknown>>): LodgingFilter {
  const state = LODGING_STATES.find((one) => one === search.state);
  const kind = LODGING_KINDS.find((one) => one === search.kind);
  return { ...(state ? { state } : {}), ...(kind ? { kind } : {}) };
}

/** The address of a filter with one part changed; an empty part is left out. */
export function changeLodgingFilter(
  filter: LodgingFilter,
  change: { readonly state?: string; readonly kind?: string },
): Record<string, string> {
  return { ...findLodgingFilter({ ...filter, ...change }) };
}
