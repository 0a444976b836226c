import { type Decision, type Refusal, refuse } from "./refusal.ts";
import type { StepKind } from "./rule-set.ts";
import type { SealUseRequestState } from "./vocabulary.ts";

/** More than these are a meeting and not a route; it also keeps room between two stages. */
const mostReviewers = 6;
export type ReviewerPlace = "before" | "after";

/** Who wants to change how a step is decided, and for whom. */
export interface StepChangeFacts {
  readonly requestState: SealUseRequestState;
  readonly step: { readonly kind: StepKind; readonly state: string; readonly candidates: readonly string[] };
  readonly actorId: string;
  /** Whether the actor is still entitled to decide the step (`listEntitled`). */
  readonly grantInForce: boolean;
  /** Who agreed in the step already. */
  readonly agreed: readonly string[];
  readonly reason: string;
}

/** Only who could decide the step now changes how it is decided, and says why. */
function listChangeRefusals(facts: StepChangeFacts): Refusal[] {
  const refusals: Refusal[] = [];
  if (facts.requestState !== "in-review" || facts.step.state !== "current")
    refusals.push(refuse("approval.step-not-current", { state: facts.requestState }));
  if (!facts.step.candidates.includes(facts.actorId)) refusals.push(refuse("approval.not-a-candidate", {}, "C01"));
  else if (!facts.grantInForce) refusals.push(refuse("approval.grant-ended", {}, "C11"));
  if (facts.agreed.includes(facts.actorId)) refusals.push(refuse("approval.decided-this-step", {}, "C11"));
  if (facts.reason.trim() === "") refusals.push(refuse("step.reason-missing"));
  return refusals;
}

export interface ReviewerFacts extends StepChangeFacts {
  readonly place: ReviewerPlace;
  /** Whether the person is here and no other duty in the request stops him (`listEligible`). */
  readonly eligible: boolean;
  /** Whether he is asked in the route already, or has decided in it. */
  readonly askedAlready: boolean;
  /** How many were added in this round. */
  readonly added: number;
}

export interface ReviewerAdded {
  readonly type: "ReviewerAdded";
}

/** Whether this person is asked too, in a step of his own beside this one, whose own number of agreements stays as it is. */
export function decideAddingReviewer(facts: ReviewerFacts): Decision<ReviewerAdded> {
  const refusals = listChangeRefusals(facts);
  // The final authority stays the last to decide (C01).
  if (facts.place === "after" && facts.step.kind === "signatory")
    refusals.push(refuse("step.after-signatory", {}, "C01"));
  if (facts.askedAlready) refusals.push(refuse("step.asked-already", {}, "C11"));
  else if (!facts.eligible) refusals.push(refuse("step.not-eligible", {}, "C11"));
  if (facts.added >= mostReviewers) refusals.push(refuse("step.too-many", { most: mostReviewers }));
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, events: [{ type: "ReviewerAdded" }] };
}

export interface TransferFacts extends StepChangeFacts {
  /** Whether he may decide this step and was not asked in it before. */
  readonly entitled: boolean;
}

export interface StepTransferred {
  readonly type: "StepTransferred";
}

/** Whether this person is asked in the place of the one who passes his part on. */
export function decideTransfer(facts: TransferFacts): Decision<StepTransferred> {
  const refusals = listChangeRefusals(facts);
  if (!facts.entitled) refusals.push(refuse("step.not-entitled", {}, "C11"));
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, events: [{ type: "StepTransferred" }] };
}

/** The stage of a step that is put before or after the steps of another, where stages lie apart by `gap`. */
export function stageBeside(stages: readonly number[], at: number, place: ReviewerPlace, gap: number): number {
  const lower = Math.max(...stages.filter((one) => one < at), at - 2 * gap);
  const higher = Math.min(...stages.filter((one) => one > at), at + 2 * gap);
  return place === "before" ? Math.floor((lower + at) / 2) : Math.ceil((at + higher) / 2);
}
