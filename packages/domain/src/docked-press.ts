import { type Refusal, refuse } from "./refusal.ts";

/**
 * Why a stamping with a controller cannot be bound to its docking station (SealLink 1, clause 3.5, mode `console`): what is promised has to
 * be kept by the box itself. An emergency has a kind of authorisation of its own, which goes where the paper is; and a maker's cloud does not
 * tell where its box stands.
 */
export function listDockRefusals(facts: {
  readonly emergency: boolean;
  /** Whether every piece sits in a controller that speaks for itself. */
  readonly direct: boolean;
}): Refusal[] {
  const found: readonly (readonly [boolean, Refusal])[] = [
    [facts.emergency, refuse("docked.emergency", {}, "C09")],
    [!facts.direct, refuse("docked.vendor-cloud", {}, "C09")],
  ];
  return found.filter(([holds]) => holds).map(([, refusal]) => refusal);
}
