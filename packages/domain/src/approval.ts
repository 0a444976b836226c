import { restLeft } from "./account.ts";
import type { DecisiveFacts } from "./decisive-facts.ts";
import { dutyOfStep, mayMeet } from "./duties.ts";
import type { FiredRows } from "./evaluate-rules.ts";
import type { FormRange } from "./form-ranges.ts";
import { listOtherSideRefusals } from "./joint.ts";
import { type Decision, type Refusal, refuse } from "./refusal.ts";
import type { RequestQuestion } from "./repetition.ts";
import type { StepKind } from "./rule-set.ts";
import type { Profile, SealUseRequestState } from "./vocabulary.ts";

export type ApprovalDecision = "approve" | "reject" | "return";

export interface ApprovalFacts {
  readonly requestState: SealUseRequestState;
  readonly step: {
    readonly kind: StepKind;
    readonly state: string;
    readonly candidates: readonly string[];
    /** Agreements of one group are counted together: each is another person's. */
    readonly group: string;
    /** Whether nothing else of the route is left to be decided. */
    readonly last: boolean;
  };
  /** Who decided the steps before this one, in the round under way. */
  readonly decidedBefore: readonly {
    readonly kind: StepKind;
    readonly personId: string;
    readonly group: string;
    /** In whose place this person decided it; left out where in nobody's. */
    readonly inPlaceOf?: string | null;
  }[];
  readonly profile: Profile;
  readonly decision: ApprovalDecision;
  readonly comment: string;
  readonly actorId: string;
  readonly applicantId: string;
  readonly handlerId: string | null;
  readonly importantSeal: boolean;
  /** Whether the rules ask for a proof of presence whatever the seal. */
  readonly presenceAsked: boolean;
  /** The digest the decision names, and the digest of the request as it stands. */
  readonly digestSeen: string;
  readonly digestNow: string;
  /** Places where application and document differ that have to be settled before anybody approves, and are not. */
  readonly factsOpen: number;
  /** Of those, how many a reviewer settled for the document. */
  readonly factsAgainst: number;
  /** Documents of a series that were drawn by lot and that the actor has not opened. */
  readonly sampleUnopened: number;
  /** Whether a fresh proof of presence bound to that digest was given. */
  readonly present: boolean;
  /** Whether the actor is still entitled to decide a step of this kind on this request (`listEntitled`). */
  readonly grantInForce: boolean;
  /** In whose place the actor would decide: the person who delegated to him, whether or not that person may. */
  readonly standsFor: string | null;
  readonly credentialResetAt: number | null;
  /** Of a joint request: who is engaged on its other side, and that side's number. */
  readonly otherSide?: { readonly engaged: readonly string[]; readonly other: string | null } | null;
  readonly now: number;
}

export interface StepDecided {
  readonly type: "StepDecided";
  readonly decision: ApprovalDecision;
  readonly authorises: boolean;
}

/** A step that somebody has decided; whoever was asked in it and comes a moment later is told that, and not that he may not. */
const decidedStates: readonly string[] = ["approved", "rejected", "returned"];

/** Whether this person may decide this step so, now, on what he saw. */
export function decideApproval(facts: ApprovalFacts): Decision<StepDecided> {
  const refusals: Refusal[] = [];
  const own = [facts.actorId, facts.standsFor];
  const again = facts.decidedBefore.some(({ personId, group }) => group === facts.step.group && own.includes(personId));
  const isOpen = facts.requestState === "in-review" && facts.step.state === "current";
  // Whoever decides twice where one agreement is enough is told so, and not of others who would be asked.
  if (!isOpen && again && facts.requestState === "in-review") refusals.push(refuse("approval.decided-already"));
  else if (
    !isOpen &&
    !again &&
    decidedStates.includes(facts.step.state) &&
    facts.step.candidates.includes(facts.actorId)
  )
    refusals.push(refuse("approval.decided-by-another"));
  else if (!isOpen) refusals.push(refuse("approval.step-not-current", { state: facts.requestState }));
  if (!facts.step.candidates.includes(facts.actorId)) refusals.push(refuse("approval.not-a-candidate", {}, "C01"));
  else if (delegatorConcerned(facts)) refusals.push(refuse("approval.delegator-concerned", {}, "C11"));
  else if (!facts.grantInForce) refusals.push(refuse("approval.grant-ended", {}, "C11"));
  if (facts.actorId === facts.applicantId || facts.actorId === facts.handlerId)
    refusals.push(refuse("approval.own-request", {}, "C11"));
  const duty = dutyOfStep[facts.step.kind];
  const before = facts.decidedBefore.find(
    (one) => one.personId === facts.actorId && !mayMeet(facts.profile, dutyOfStep[one.kind], duty),
  );
  if (before) refusals.push(refuse("approval.decided-before", { duty, otherDuty: dutyOfStep[before.kind] }, "C11"));
  if (!before && hasPartElsewhere(facts)) refusals.push(refuse("approval.part-already", {}, "C11"));
  if (isOpen && again) refusals.push(refuse("approval.decided-this-step", {}, "C11"));
  const { actorId, standsFor, otherSide } = facts;
  if (otherSide) refusals.push(...listOtherSideRefusals({ actorId, standsFor, ...otherSide }));
  if (facts.digestSeen !== facts.digestNow) refusals.push(refuse("approval.digest-differs", {}, "C17"));
  if (facts.decision !== "approve" && facts.comment.trim() === "")
    refusals.push(refuse("approval.reason-missing", { decision: facts.decision }));
  if ((facts.importantSeal || facts.presenceAsked) && !facts.present)
    refusals.push(refuse("approval.presence-missing", {}, "C01"));
  const settles = facts.step.kind === "legal-review" || facts.step.last;
  if (facts.decision === "approve" && settles && facts.factsAgainst > 0)
    refusals.push(refuse("facts.document-right", { count: facts.factsAgainst }, "C03"));
  else if (facts.decision === "approve" && settles && facts.factsOpen > 0)
    refusals.push(refuse("facts.to-settle", { count: facts.factsOpen }, "C03"));
  if (facts.decision === "approve" && facts.sampleUnopened > 0)
    refusals.push(refuse("series.sample-not-opened", { count: facts.sampleUnopened }, "C03"));
  const rest = restLeft(facts.credentialResetAt, facts.now);
  if (facts.importantSeal && rest > 0)
    refusals.push(refuse("approval.reset-lately", { hours: Math.ceil(rest / 3_600_000) }, "C11"));
  if (refusals.length > 0) return { ok: false, refusals };
  return {
    ok: true,
    events: [
      { type: "StepDecided", decision: facts.decision, authorises: facts.decision === "approve" && facts.step.last },
    ],
  };
}

/**
 * One part in a request is a person's, where a delegation is in it: who decided a step, or for whom one was decided, decides no other
 * in somebody else's place; and who did so has no other part, nor has anybody who acts in his place.
 */
export function hasPartElsewhere({
  actorId,
  standsFor,
  decidedBefore,
  step,
}: Pick<ApprovalFacts, "actorId" | "standsFor" | "decidedBefore"> & {
  readonly step: Pick<ApprovalFacts["step"], "group">;
}): boolean {
  const others = decidedBefore.filter(({ group }) => group !== step.group);
  const stoodIn = (person: string | null): boolean =>
    others.some(({ personId, inPlaceOf = null }) => personId === person && inPlaceOf !== null);
  const decidesForAnother = standsFor !== null && others.some(({ personId }) => personId === actorId);
  return decidesForAnother || stoodIn(actorId) || stoodIn(standsFor);
}

/** A conflict of interest travels with a delegation: asking, carrying the papers, having decided what may not meet. */
function delegatorConcerned({
  standsFor,
  applicantId,
  handlerId,
  decidedBefore,
  profile,
  step,
}: ApprovalFacts): boolean {
  if (standsFor === null) return false;
  const duty = dutyOfStep[step.kind];
  return (
    standsFor === applicantId ||
    standsFor === handlerId ||
    decidedBefore.some((one) => one.personId === standsFor && !mayMeet(profile, dutyOfStep[one.kind], duty))
  );
}

export interface ApprovedDocument {
  readonly documentId: string;
  readonly digest: string;
  readonly placements: readonly {
    readonly sealId: string;
    readonly page: number;
    readonly xMm: number;
    readonly yMm: number;
  }[];
}

/** A series as it is approved: one digest over all of its documents, in their order, and what is the same for each. */
export interface ApprovedSeries {
  /** Root of the tree over place and digest of each document. */
  readonly root: string;
  readonly count: number;
  readonly templateVersion: string;
  readonly listDigest: string;
  readonly sum: string | null;
  readonly placements: ApprovedDocument["placements"];
}

export interface ApprovalSubject {
  readonly number: string;
  readonly round: number;
  readonly entityId: string;
  readonly applicantId: string;
  readonly handlerId: string | null;
  readonly documentClass: string;
  readonly external: boolean;
  readonly counterparty: string;
  readonly amount: string | null;
  readonly currency: string;
  readonly title: string;
  readonly purpose: string;
  readonly validUntil: string | null;
  /** Empty for a series, which names them by their root. */
  readonly documents: readonly ApprovedDocument[];
  readonly series?: ApprovedSeries;
  /** What the rules of use promised, and by which version of them. */
  readonly rules?: { readonly version: string; readonly fired: FiredRows };
  readonly counterpartyKind?: string;
  /** The standing authorisation it is used under. */
  readonly standing?: string;
  /** The joint request it is one side of, and whose the other side is: what is agreed to here is agreed to with them. */
  readonly joint?: { readonly jointId: string; readonly otherEntityId: string };
  /** An emergency: why, and when it ends. */
  readonly emergency?: { readonly reason: string; readonly until: string };
  /** By hand: on how many paper copies, and why on paper; left out for what is sealed electronically. */
  readonly byHand?: {
    readonly copies: number;
    readonly reason: string | null;
    /** Of foreign paper, who printed it: what is approved is its scan. */
    readonly printedBy?: string;
  };
  /** The copy of another request that it replaces, and why; left out for what replaces none. */
  readonly makeUp?: {
    readonly requestId: string;
    readonly copy: number;
    readonly cause: string;
    readonly reason: string;
    /** Digest. */
    readonly evidence: string;
  };
  /** What was asked about it and what the applicant answered; left out where nothing was. */
  readonly questions?: readonly (RequestQuestion & { readonly answer: string | null })[];
  /** What the documents say, where it decides: facts, disagreements with what was said to them, templates followed. */
  readonly facts?: {
    readonly decisive: DecisiveFacts;
    readonly blocking: boolean;
    /** The version of each class it was judged by, by id; left out in requests from before classes had versions. */
    readonly classes?: Readonly<Record<string, number>>;
    readonly disagreements: readonly { readonly key: string; readonly stricter: "declared" | "read" }[];
    readonly answers: readonly { readonly key: string; readonly reason: string }[];
    readonly templates: readonly {
      readonly documentId: string;
      readonly versionId: string;
      readonly verdict: string;
    }[];
  };
  /** Papers that go with it, by their digests. */
  readonly attachments?: readonly { readonly kind: string; readonly digest: string }[];
  /** Controlled forms it is to use, by series; left out where it names none. */
  readonly forms?: readonly { readonly seriesId: string; readonly ranges: readonly FormRange[] }[];
}

/**
 * What approvals, release and confirmation are bound to, as a JSON value whose canonical form is hashed: anything in it
 * that changes gives another digest and voids what was decided on the old one.
 */
export function approvalDigestInput(subject: ApprovalSubject): { v: 1 } & ApprovalSubject {
  return { v: 1, ...subject };
}
