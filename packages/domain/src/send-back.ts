import { type Decision, type Refusal, refuse } from "./refusal.ts";

export interface StandingStep {
  readonly stepId: string;
  readonly stage: number;
}

export interface StepsAskedAgain {
  readonly type: "StepsAskedAgain";
  /** From this stage on everything that was agreed is void and is asked again. */
  readonly stage: number;
  readonly stepIds: readonly string[];
}

/** What is asked again when a step is returned to an earlier one: that step's stage, and all that come after it. */
export function decideSendingBack(
  steps: readonly StandingStep[],
  fromId: string,
  toId: string,
): Decision<StepsAskedAgain> {
  const from = steps.find((one) => one.stepId === fromId);
  const to = steps.find((one) => one.stepId === toId);
  const refusals: Refusal[] = from && to && to.stage < from.stage ? [] : [refuse("step.not-earlier")];
  if (!to || refusals.length > 0) return { ok: false, refusals };
  const again = steps.filter((one) => one.stage >= to.stage).map((one) => one.stepId);
  return { ok: true, events: [{ type: "StepsAskedAgain", stage: to.stage, stepIds: again }] };
}

/** Who is asked again: whoever was, as far as he still may; where nobody of them does, whoever does now. */
export function listAskedAgain(candidates: readonly string[], entitled: readonly string[]): readonly string[] {
  const still = candidates.filter((one) => entitled.includes(one));
  return still.length > 0 ? still : entitled.length > 0 ? entitled : candidates;
}
