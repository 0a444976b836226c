import { type Refusal, refuse } from "./refusal.ts";
import type { Settings } from "./settings.ts";
import type { Profile } from "./vocabulary.ts";
import { addDays } from "./working-days.ts";

/** What is demanded of who holds a seal, beyond an active account, an unexpired term and duties that do not meet. */
export interface FitnessDemands {
  readonly training: boolean;
  readonly commitment: boolean;
}

/**
 * What an organisation demands for a seal: training for important ones, a commitment from everybody. In the small
 * profile training is a briefing that the letter stands for (product.md).
 */
export function findFitnessDemands(
  profile: Profile,
  settings: Pick<Settings, "trainingForImportant" | "trainingForOthers" | "commitmentForAll">,
  important: boolean,
): FitnessDemands {
  const asked = important ? settings.trainingForImportant : settings.trainingForOthers;
  return { training: profile !== "small" && asked === 1, commitment: settings.commitmentForAll === 1 };
}

export interface FitnessFacts {
  readonly today: string;
  readonly active: boolean;
  readonly demands: FitnessDemands;
  /** From this day on training and commitment are demanded: a new organisation has time to begin. */
  readonly demandedFrom: string;
  /** Last day of the newest certificate; null where the person never passed. */
  readonly certificateUntil: string | null;
  readonly committed: boolean;
  /** The term of office for the seal: running to its last day, or over; null where the person is only about to be named. */
  readonly term: { readonly running: boolean; readonly until: string | null } | null;
  /** Whether duties meet in this person that must be apart. */
  readonly conflict: boolean;
}

/** Every reason why the person is not fit to hold the seal today (C12). */
export function listUnfitRefusals(facts: FitnessFacts): Refusal[] {
  const { today, demands, certificateUntil, term } = facts;
  const demanded = today >= facts.demandedFrom;
  const refusals: Refusal[] = [];
  if (!facts.active) refusals.push(refuse("handover.receiver-inactive", {}, "C12"));
  if (facts.conflict) refusals.push(refuse("fitness.conflict", {}, "C12"));
  if (term !== null && (!term.running || (term.until !== null && today > term.until)))
    refusals.push(refuse("fitness.term-over", { until: term.until }, "C12"));
  if (demanded && demands.training && certificateUntil === null)
    refusals.push(refuse("fitness.training-missing", {}, "C12"));
  if (demanded && demands.training && certificateUntil !== null && today > certificateUntil)
    refusals.push(refuse("fitness.training-lapsed", { until: certificateUntil }, "C12"));
  if (demanded && demands.commitment && !facts.committed)
    refusals.push(refuse("fitness.commitment-missing", {}, "C12"));
  return refusals;
}

/** Whether the person is fit to hold the seal today. */
export const isFit = (facts: FitnessFacts): boolean => listUnfitRefusals(facts).length === 0;

/**
 * The last day on which a person who is fit today stays so, if nothing is done; null where nothing ends by itself. What
 * he is reminded of: his certificate, his term, or the end of the time in which a new organisation begins.
 */
export function findLastFitDay(facts: FitnessFacts): string | null {
  const { demands, demandedFrom, certificateUntil, committed, term } = facts;
  const before = addDays(demandedFrom, -1);
  const later = (a: string, b: string): string => (a > b ? a : b);
  const ends = [
    ...(term?.until ? [term.until] : []),
    // A certificate that runs out before it is demanded is missed from the day on which it is.
    ...(demands.training ? [certificateUntil === null ? before : later(certificateUntil, before)] : []),
    ...(demands.commitment && !committed ? [before] : []),
  ];
  return ends.toSorted()[0] ?? null;
}

/** Days before the last fit day on which a reminder goes out: first to the person, then to who runs the seals. */
export const fitnessReminders = { person: 30, administrator: 7 } as const;
