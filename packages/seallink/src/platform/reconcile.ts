import type { Speed, Told } from "../texts/alarms.ts";

/** What is counted for one authorisation with those that add to it (clause 6). */
export interface ReconciliationFacts {
  /** Impressions authorised, by the authorisation and by each that adds to it. */
  readonly authorised: readonly number[];
  readonly done: number;
  readonly unknown: number;
  /** Of the unknown ones: decided by a person, as made or as void. */
  readonly settled?: { readonly made: number; readonly void: number };
  /** By how much the drive's counter rose over this authorisation's strokes. */
  readonly counterRise: number;
  /** Distinct pictures that arrived and whose digest a record named. */
  readonly photographed: number;
  /** Copies times places confirmed in the register. */
  readonly registered: number;
  readonly sessionEnded: boolean;
  /** Records that name no authorisation, or authorisations without a request. */
  readonly unauthorised?: number;
  /** What looking at the pictures found. */
  readonly wrongPapers?: { readonly mismatch: number; readonly blank: number };
  /** How wrong the device's clock was, in milliseconds. */
  readonly clockSkew?: number;
}

export type DifferenceCode =
  | "UNUSED_RIGHTS"
  | "OVER_AUTHORISED"
  | "COUNTER_ABOVE_RECORDS"
  | "COUNTER_BELOW_RECORDS"
  | "PICTURE_DEBT"
  | "PICTURE_WITHOUT_STAMP"
  | "NOT_REGISTERED"
  | "OVER_REGISTERED"
  | "OUTCOME_OPEN"
  | "DOCUMENT_MISMATCH"
  | "BLANK_PAGE"
  | "UNAUTHORISED"
  | "TIME_ESTIMATED"
  | "HIDDEN_USE"
  | "INVENTORY_DIFFERS";

/** What happens when nobody settles a difference in time. */
export type Consequence = "nothing" | "case" | "incident" | "block-requests" | "weekly-list" | "decide";

export interface Difference {
  readonly code: DifferenceCode;
  /** By how many impressions, pictures or lines; milliseconds for a clock. */
  readonly size: number;
  readonly told: readonly Told[];
  readonly speed: Speed;
  /** Hours until `then`; 0 at once, null never. */
  readonly hours: number | null;
  /** Hours until those who have to act are reminded. */
  readonly remindHours: number | null;
  readonly then: Consequence;
}

type Rule = Omit<Difference, "code" | "size">;
const rule = (
  told: readonly Told[],
  speed: Speed,
  hours: number | null,
  then: Consequence,
  remindHours: number | null = null,
): Rule => ({
  told,
  speed,
  hours,
  then,
  remindHours,
});

const rules: Readonly<Record<DifferenceCode, Rule>> = {
  UNUSED_RIGHTS: rule(["applicant"], "shown", null, "nothing"),
  OVER_AUTHORISED: rule(["security", "inspector", "seal-administrator", "superior"], "at-once", 0, "incident"),
  COUNTER_ABOVE_RECORDS: rule(["security", "inspector", "seal-administrator", "superior"], "at-once", 0, "incident"),
  COUNTER_BELOW_RECORDS: rule(["security", "inspector", "seal-administrator"], "at-once", 0, "incident"),
  PICTURE_DEBT: rule(["applicant", "custodian"], "same-day", 72, "block-requests", 24),
  PICTURE_WITHOUT_STAMP: rule(["custodian"], "same-day", 24, "case"),
  NOT_REGISTERED: rule(["applicant"], "same-day", 168, "weekly-list", 24),
  OVER_REGISTERED: rule(["inspector"], "same-day", 0, "case"),
  OUTCOME_OPEN: rule(["custodian", "supervisor"], "same-day", 24, "decide"),
  DOCUMENT_MISMATCH: rule(["inspector", "superior"], "at-once", 0, "case"),
  BLANK_PAGE: rule(["inspector", "superior"], "at-once", 0, "case"),
  UNAUTHORISED: rule(["security", "inspector"], "at-once", 0, "incident"),
  TIME_ESTIMATED: rule([], "shown", null, "nothing"),
  HIDDEN_USE: rule(["inspector"], "at-once", 0, "incident"),
  INVENTORY_DIFFERS: rule(["inspector"], "same-day", 0, "case"),
};

export interface Reconciliation {
  /** Agreed by itself; waiting for the session, pictures, lines or a decision; or a matter for people. */
  readonly state: "reconciled" | "open" | "disputed";
  readonly counts: {
    readonly authorised: number;
    readonly stamped: number;
    readonly photographed: number;
    readonly registered: number;
    readonly unused: number;
  };
  readonly differences: readonly Difference[];
}

/** Clocks that differ by less than this leave a time as it is, in milliseconds (clause 6). */
const estimateFrom = 5 * 60_000;

/** Compares what was authorised, stamped, photographed and registered (clause 6). */
export function reconcile(facts: ReconciliationFacts): Reconciliation {
  const authorised = sum(facts.authorised);
  const settled = facts.settled ?? { made: 0, void: 0 };
  const stamped = facts.done + facts.unknown - settled.void;
  const open = facts.unknown - settled.made - settled.void;
  const { counterRise, photographed, registered } = facts;
  const found: Difference[] = [];
  const add = (code: DifferenceCode, size: number): void => {
    if (size > 0) found.push({ code, size, ...rules[code] });
  };
  if (facts.sessionEnded) add("UNUSED_RIGHTS", authorised - stamped);
  add("OVER_AUTHORISED", stamped - authorised);
  // An unknown stroke may have been counted or not; a void one spoiled a sheet and so was counted.
  add("COUNTER_ABOVE_RECORDS", counterRise - facts.done - facts.unknown);
  add("COUNTER_BELOW_RECORDS", facts.done - counterRise);
  add("PICTURE_DEBT", stamped - photographed);
  add("PICTURE_WITHOUT_STAMP", photographed - facts.done - facts.unknown);
  add("NOT_REGISTERED", stamped - registered);
  add("OVER_REGISTERED", registered - stamped);
  add("OUTCOME_OPEN", open);
  add("DOCUMENT_MISMATCH", facts.wrongPapers?.mismatch ?? 0);
  add("BLANK_PAGE", facts.wrongPapers?.blank ?? 0);
  add("UNAUTHORISED", facts.unauthorised ?? 0);
  const skew = Math.abs(facts.clockSkew ?? 0);
  if (skew > estimateFrom) add("TIME_ESTIMATED", skew);
  return {
    state: decideState(found, facts.sessionEnded),
    counts: { authorised, stamped, photographed, registered, unused: Math.max(0, authorised - stamped) },
    differences: found,
  };
}

function decideState(differences: readonly Difference[], ended: boolean): Reconciliation["state"] {
  if (differences.some(({ then }) => then === "incident" || then === "case")) return "disputed";
  return ended && differences.every(({ then }) => then === "nothing") ? "reconciled" : "open";
}

/**
 * Compares a slot's counter with the strokes recorded since the seal was mounted: daily with what the device reports
 * (`report`), monthly with what a person read from the box (`inventory`).
 */
export function compareCounter(facts: {
  readonly source: "report" | "inventory";
  readonly reading: number;
  readonly atMount: number;
  readonly done: number;
  readonly unknown: number;
}): Difference | undefined {
  const rise = facts.reading - facts.atMount;
  const beyond = Math.max(rise - facts.done - facts.unknown, facts.done - rise);
  if (beyond <= 0) return undefined;
  const code = facts.source === "report" ? "HIDDEN_USE" : "INVENTORY_DIFFERS";
  return { code, size: beyond, ...rules[code] };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
