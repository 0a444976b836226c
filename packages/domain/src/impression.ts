import { type Decision, refuse } from "./refusal.ts";
import type { ImpressionState, UseMode } from "./vocabulary.ts";

export const IMPRESSION_COMMANDS = [
  "seal",
  "press",
  "spoil",
  "doubt",
  "settle",
  "release",
  "rule-settled",
  "rule-spoiled",
  "rule-released",
] as const;
export type ImpressionCommand = (typeof IMPRESSION_COMMANDS)[number];
type Machine = Readonly<Record<ImpressionState, Partial<Record<ImpressionCommand, ImpressionState>>>>;

const ended = { settled: {}, spoiled: {}, released: {} };

/**
 * Two phases. Electronic: reserved → sealed → settled, or released before it is settled. By hand: reserved → pressed → settled,
 * or spoiled; released where it was not pressed; unknown where nobody can tell, which two people decide. What has ended never
 * changes.
 */
const machines: Readonly<Record<UseMode, Machine>> = {
  electronic: {
    reserved: { seal: "sealed", release: "released" },
    sealed: { settle: "settled", release: "released" },
    ...{ pressed: {}, unknown: {}, ...ended },
  },
  "by-hand": {
    reserved: { press: "pressed", release: "released", doubt: "unknown" },
    pressed: { settle: "settled", spoil: "spoiled", doubt: "unknown" },
    unknown: { "rule-settled": "settled", "rule-spoiled": "spoiled", "rule-released": "released" },
    ...{ sealed: {}, ...ended },
  },
};

export interface ImpressionChanged {
  readonly type: "ImpressionChanged";
  readonly from: ImpressionState;
  readonly to: ImpressionState;
}

export function decideImpression(
  state: ImpressionState,
  command: ImpressionCommand,
  mode: UseMode,
): Decision<ImpressionChanged> {
  const to = machines[mode][state][command];
  if (to === undefined)
    return { ok: false, refusals: [refuse("impression.command-not-possible", { state, command }, "C09")] };
  return { ok: true, events: [{ type: "ImpressionChanged", from: state, to }] };
}

export interface ImpressionCounts {
  readonly authorised: number;
  readonly sealed: number;
  readonly settled: number;
  readonly registered: number;
  readonly released: number;
}

/** The counts that must agree: authorised ≥ sealed = settled = registered; the rest is released and shown as unused. */
export function countImpressions(
  authorised: number,
  states: readonly ImpressionState[],
  registered: boolean,
): ImpressionCounts {
  const count = (...wanted: ImpressionState[]): number => states.filter((state) => wanted.includes(state)).length;
  const settled = count("settled");
  return {
    authorised,
    sealed: count("sealed", "settled"),
    settled,
    registered: registered ? settled : 0,
    released: count("released"),
  };
}

/** An impression made by hand, as it is counted. */
export interface HandImpression {
  readonly state: ImpressionState;
  /** Whether its custodian said that he pressed it. */
  readonly pressed: boolean;
  readonly photographed: boolean;
}

export interface HandCounts {
  readonly authorised: number;
  readonly pressed: number;
  readonly photographed: number;
  readonly registered: number;
  readonly spoiled: number;
  readonly unknown: number;
  readonly released: number;
}

/**
 * The counts of a use by hand: authorised ≥ pressed = photographed = registered, as soon as all was confirmed. What was spoiled was
 * pressed; what nobody can tell counts as used until two people have decided; the rest is released and shown as unused.
 */
export function countHand(authorised: number, impressions: readonly HandImpression[]): HandCounts {
  const count = (fits: (one: HandImpression) => boolean): number => impressions.filter(fits).length;
  const made = count(isMade);
  return {
    authorised,
    pressed: made,
    photographed: count((one) => isMade(one) && one.photographed),
    // Its line opens with the first impression; what somebody still has to confirm does not stand in it as made.
    registered: count(({ state }) => state === "settled" || state === "spoiled"),
    spoiled: count(({ state }) => state === "spoiled"),
    unknown: count(({ state }) => state === "unknown"),
    released: count(({ state }) => state === "released"),
  };
}

/** Whether it is on paper: what nobody can tell is where it was said to have been pressed. */
export const isMade = ({ state, pressed }: Pick<HandImpression, "state" | "pressed">): boolean =>
  state === "pressed" || state === "settled" || state === "spoiled" || (state === "unknown" && pressed);
