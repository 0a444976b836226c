/** Ways in which what a maker's cloud says contradicts what it was asked for, or what it said before (VENDOR_MISMATCH). */
export const VENDOR_MISMATCHES = [
  ...(["not-there", "other-controller", "count-differs", "count-fell", "counts-contradict"] as const),
] as const;
export type VendorMismatch = (typeof VENDOR_MISMATCHES)[number];

/** An authorisation as the maker's cloud tells of it. */
export interface VendorAuthorisation {
  readonly deviceNo: string;
  readonly count: number;
  readonly used: number;
  readonly left: number;
}

/** More than this many at once is stored as so many: what is beyond any paper needs no row for each. */
export const mostStrokesBeyond = 100;

/**
 * What follows from a detail that was pulled: uses that are new, and what does not fit. Nothing that was counted is ever taken
 * back, and what the cloud counts beyond what it was allowed counts, too (C09).
 */
export function judgeVendorSnapshot(
  asked: { readonly deviceNo: string; readonly most: number; readonly seen: number },
  told: VendorAuthorisation | null,
): { readonly fresh: number; readonly mismatches: readonly VendorMismatch[] } {
  if (told === null) return { fresh: 0, mismatches: ["not-there"] };
  const found: readonly (readonly [boolean, VendorMismatch])[] = [
    [told.deviceNo !== asked.deviceNo, "other-controller"],
    [told.count !== asked.most, "count-differs"],
    [told.used < asked.seen, "count-fell"],
    // What is beyond the count leaves nothing; everything else has to come out even.
    [told.left !== Math.max(0, told.count - told.used), "counts-contradict"],
  ];
  const used = Math.min(told.used, asked.most + mostStrokesBeyond);
  return {
    fresh: Math.max(0, used - asked.seen),
    mismatches: found.filter(([holds]) => holds).map(([, kind]) => kind),
  };
}

/** Where an authorisation at a maker's cloud stands. `lost`: nobody can tell whether the cloud took it. */
export const VENDOR_AUTHORISATION_STATES = [
  ...(["asked", "sending", "open", "over", "refused", "withdrawn", "lost"] as const),
] as const;
export type VendorAuthorisationState = (typeof VENDOR_AUTHORISATION_STATES)[number];

/** Whether impressions may still come of it that the request waits for. */
export const isVendorLiving = (state: VendorAuthorisationState): boolean =>
  state === "asked" || state === "sending" || state === "open";
