import { isMade } from "./impression.ts";
import type { ImpressionState } from "./vocabulary.ts";

/** The four counts of a use on paper, in impressions: authorised ≥ counted = photographed = registered. */
export interface FourCounts {
  /** What the approval covers. */
  readonly authorised: number;
  /** By the controller's drive, else by the custodian's word; what nobody can tell counts until two people have decided. */
  readonly counted: number;
  /** Impressions whose photo is here. */
  readonly photographed: number;
  /** Impressions that stand in the register as made, confirmed by whoever has to. */
  readonly registered: number;
}

/** How two of the counts may differ. */
export const COUNT_DIFFERENCES = [
  ...(["left", "unused", "counted-more", "pressed-late", "counter-beyond", "photo-owed"] as const),
  ...(["photo-excused", "photo-more"] as const),
  ...(["not-known", "not-registered", "registered-more"] as const),
] as const;
export type CountDifferenceKind = (typeof COUNT_DIFFERENCES)[number];

/** What follows from a difference: nothing, rights given back, a debt with a clock, people who explain it, or a stop at once. */
export type DifferenceFollows = "goes-on" | "released" | "told" | "debt" | "case" | "freeze";
export const followsOf: Readonly<Record<CountDifferenceKind, DifferenceFollows>> = {
  left: "goes-on",
  unused: "released",
  "counted-more": "freeze",
  // It was given back, and a photo says that it was pressed.
  "pressed-late": "freeze",
  "counter-beyond": "freeze",
  "photo-owed": "debt",
  // Two people said what it was without one.
  "photo-excused": "told",
  "photo-more": "case",
  "not-known": "debt",
  "not-registered": "debt",
  "registered-more": "case",
};

const hour = 3_600_000;
/** Hours a photo may be late before its applicant is reminded, and before he asks for nothing new (SealLink 1, clause 6). */
export const photoDebtHours = { reminded: 24, blocked: 72 } as const;
/** Hours after which what is not known, or not registered, is late. */
const lateHours = 24;

export interface CountDifference {
  readonly kind: CountDifferenceKind;
  /** Impressions, at least one. */
  readonly count: number;
  readonly follows: DifferenceFollows;
  /** When its clock runs out, epoch milliseconds; null where it has none. */
  readonly dueAt: number | null;
}

/** An impression on paper with what each of the four books says of it. */
export interface CountedImpression {
  readonly state: ImpressionState;
  /** Whether its custodian or its controller said that it was pressed, and when, epoch milliseconds. */
  readonly pressedAt: number | null;
  /** By a photo of its own: one that shows another copy is none. */
  readonly photographed: boolean;
  /** Its photo shows another copy, and nobody has ruled on it since. */
  readonly otherCopy: boolean;
  /** Given back as not pressed by hand, and its photo came all the same: it is on paper until people have said otherwise. */
  readonly late: boolean;
  /** Whether the register has a line of its seal's use. */
  readonly inLine: boolean;
  /** By a controller: what its journal says of it; null where it says nothing. */
  readonly stroke: "done" | "unknown" | null;
}

export interface CountFacts {
  readonly authorised: number;
  readonly byController: boolean;
  readonly impressions: readonly CountedImpression[];
  /** Strokes of controllers for which no impression was left. */
  readonly excess: number;
  /** What the drives of controllers counted beyond the strokes recorded. */
  readonly beyond: number;
  /** When the stamping ended, epoch milliseconds; null while it goes on. */
  readonly endedAt: number | null;
}

/** Whether the one who counts counted it: the drive of the controller, or the custodian who pressed. */
function isCounted({ state, stroke, pressedAt }: CountedImpression, byController: boolean): boolean {
  if (state === "unknown") return true;
  if (!byController) return isMade({ state, pressed: pressedAt !== null });
  return stroke === "done" || (stroke === "unknown" && state !== "released");
}
const isRegistered = ({ state, inLine }: CountedImpression): boolean =>
  inLine && (state === "settled" || state === "spoiled");

/**
 * The four counts of a stamping and how they differ, each difference with what follows from it (C09). Counts that agree have
 * none but what is left or was given back.
 */
export function reconcileCounts(facts: CountFacts): FourCounts & { readonly differences: readonly CountDifference[] } {
  const { authorised, byController, impressions, excess, beyond, endedAt } = facts;
  const count = (fits: (one: CountedImpression) => boolean): number => impressions.filter(fits).length;
  const late = count((one) => one.late);
  const counted = count((one) => isCounted(one, byController)) + late + excess + beyond;
  const photographed = count((one) => one.photographed && one.state !== "released") + late;
  const registered = count(isRegistered);
  const owed = impressions.filter((one) => isPhotoOwed(one));
  const pressed = owed.flatMap(({ pressedAt }) => pressedAt ?? []);
  const unknown = count(({ state }) => state === "unknown");
  const photoFrom = pressed.length > 0 ? Math.min(...pressed) : null;
  const rest = authorised - counted;
  const after = (from: number | null, hours: number): number | null => (from === null ? null : from + hours * hour);
  const found: Readonly<Record<CountDifferenceKind, readonly [count: number, dueAt: number | null]>> = {
    left: [endedAt === null ? rest : 0, null],
    unused: [endedAt === null ? 0 : rest, null],
    "counted-more": [-rest, null],
    "pressed-late": [late, null],
    "counter-beyond": [beyond, null],
    "photo-owed": [owed.length, after(photoFrom, photoDebtHours.blocked)],
    "photo-excused": [count((one) => isRegistered(one) && !one.photographed && !one.otherCopy), null],
    "photo-more": [count((one) => one.photographed && one.state !== "released" && !isCounted(one, byController)), null],
    "not-known": [unknown, after(endedAt, lateHours)],
    "not-registered": [
      count((one) => isCounted(one, byController) && one.state !== "unknown" && !isRegistered(one)),
      after(endedAt, lateHours),
    ],
    "registered-more": [count((one) => isRegistered(one) && !isCounted(one, byController)), null],
  };
  const differences = COUNT_DIFFERENCES.flatMap((kind) => {
    const [many, dueAt] = found[kind];
    return many > 0 ? [{ kind, count: many, follows: followsOf[kind], dueAt }] : [];
  });
  return { authorised, counted, photographed, registered, differences };
}

/** A photo of it should be here: it was pressed, and people have not said since what it was. */
const isPhotoOwed = ({ state, pressedAt, photographed, otherCopy }: CountedImpression): boolean =>
  !photographed &&
  pressedAt !== null &&
  (state === "pressed" || state === "unknown" || (otherCopy && state === "settled"));

/** Why a finding that somebody has to explain is not closed by this person now; null where it may be. */
export type CaseHindrance = "own" | "reason-awaited";

/**
 * Whether a case may be closed: who has to explain it never closes it, and nobody does before he has, or before his time for it
 * is over (C11).
 */
export function findCaseHindrance(facts: {
  readonly actorId: string;
  /** Whoever explains it; null for a finding without. */
  readonly explains: {
    readonly explainerId: string | null;
    readonly explainedBy: string | null;
    readonly explained: boolean;
    readonly dueAt: number | null;
  } | null;
  readonly now: number;
}): CaseHindrance | null {
  const { actorId, explains, now } = facts;
  if (explains === null) return null;
  if (explains.explainerId === actorId || explains.explainedBy === actorId) return "own";
  const over = explains.dueAt !== null && explains.dueAt <= now;
  return explains.explained || over ? null : "reason-awaited";
}
