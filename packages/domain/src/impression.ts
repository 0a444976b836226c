import { type Decision, refuse } from "./refusal.ts";
import type { ImpressionState } from "./vocabulary.ts";

export const IMPRESSION_COMMANDS = ["seal", "settle", "release"] as const;
export type ImpressionCommand = (typeof IMPRESSION_COMMANDS)[number];

/** Two phases: reserved → sealed → settled, or released before it is settled. A settled impression never changes. */
const machine: Readonly<Record<ImpressionState, Partial<Record<ImpressionCommand, ImpressionState>>>> = {
  reserved: { seal: "sealed", release: "released" },
  sealed: { settle: "settled", release: "released" },
  settled: {},
  released: {},
};

export interface ImpressionChanged {
  readonly type: "ImpressionChanged";
  readonly from: ImpressionState;
  readonly to: ImpressionState;
}

export function decideImpression(state: ImpressionState, command: ImpressionCommand): Decision<ImpressionChanged> {
  const to = machine[state][command];
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
