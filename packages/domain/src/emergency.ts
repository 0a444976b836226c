import { listAskedPapers, listPaperFaults, type PaperFault, type PaperKnown } from "./asked-papers.ts";
import { listTakenDuties, type TakenDuty } from "./duties.ts";
import { type Decision, type Refusal, refuse } from "./refusal.ts";
import type { DemandedStep } from "./route.ts";
import { type AttachmentKind, type LimitOutput, lastStage, type RuleSet } from "./rule-set.ts";
import type { Grant } from "./separation-matrix.ts";
import type { Role, SealUseRequestState, UseMode } from "./vocabulary.ts";

/**
 * Emergency use 应急用印: short-lived, for a few impressions, and looked at afterwards by somebody who neither asked nor
 * agreed. The order of approvals yields to one authorised signatory, from wherever he is, asked again after an hour; a second
 * person, the seal's state, its keeper's fitness, the count and the end never do (`gate-ways.ts`). It holds for a file, by hand and
 * with a controller alike: the entry check, the supervisor beside the stamping, a photo of each impression and the register's line yield to nothing.
 */
export const emergencyRoute: readonly DemandedStep[] = [
  {
    rowId: "emergency",
    output: {
      ...{ stage: lastStage, decider: "signatory", title: { en: "", zh: "" }, people: [], mode: "any", quorum: 2 },
      ...{ hours: 1, ifNobody: "refuse" },
    },
  },
];

/** What the rules allow, made as strict as an emergency is: few impressions, presence at every act, a second person. */
export function limitEmergency(limits: LimitOutput, most: number): LimitOutput {
  const { impressionsMost } = limits;
  return {
    ...limits,
    ...{ impressionsMost: impressionsMost === null ? most : Math.min(impressionsMost, most) },
    ...{ presence: true, supervised: true },
  };
}

/** Papers that the rules ask for beside the documents may follow: what else a rule refuses, it refuses in an emergency too. */
export const letPapersFollow = (refusals: readonly Refusal[]): Refusal[] =>
  refusals.filter(({ code }) => code !== "rules.attachment-missing");

/** Ended before anything was sealed: nothing is owed for what was not done. */
const unused: readonly SealUseRequestState[] = ["draft", "returned", "withdrawn", "rejected", "cancelled", "expired"];

/**
 * The papers that a use still owes: what the rows that fired ask for and nobody gave, with the application or, of an emergency,
 * afterwards. They are owed from the submission on; the signatory sees them, and what was not used owes none.
 */
export function listOwedPapers(of: {
  readonly state: SealUseRequestState;
  readonly scope: RuleSet["scope"];
  /** The row that fired for each seal. */
  readonly fired: Readonly<Record<string, string>>;
  readonly given: readonly AttachmentKind[];
}): AttachmentKind[] {
  if (unused.includes(of.state)) return [];
  return listAskedPapers(of.scope, of.fired).flatMap(({ kind }) => (of.given.includes(kind) ? [] : [kind]));
}

/**
 * Whether this person may give a paper that an emergency owes: who asked, or carries the papers. Until the review another may take
 * the place of one that was given: whoever reviews it may find that it is not what is owed.
 */
export function decidePaperGiven(facts: {
  readonly actorId: string;
  readonly applicantId: string;
  readonly handlerId: string | null;
  readonly owed: readonly AttachmentKind[];
  readonly kind: AttachmentKind;
  /** Kinds that followed and that nobody has reviewed yet. */
  readonly mayReplace: readonly AttachmentKind[];
  readonly title: string;
  readonly fault: PaperFault | null;
  /** Whether the request has it already. */
  readonly known: PaperKnown | null;
}): Decision<{ readonly type: "EmergencyPaperGiven"; readonly left: readonly AttachmentKind[] }> {
  const { actorId, applicantId, handlerId, owed, kind, mayReplace, title, fault, known } = facts;
  if (![applicantId, handlerId].includes(actorId))
    return { ok: false, refusals: [refuse("emergency.paper-not-yours")] };
  if (![...owed, ...mayReplace].includes(kind))
    return { ok: false, refusals: [refuse("emergency.paper-not-owed", { attachments: kind }, "C01")] };
  const refusals: Refusal[] = [
    ...(title.trim() === "" ? [refuse("emergency.paper-untitled")] : []),
    ...listPaperFaults({ kind, fault, known }),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, events: [{ type: "EmergencyPaperGiven", left: owed.filter((one) => one !== kind) }] };
}

/** Who looks at an emergency afterwards: inspectors, else whoever runs the seals. */
export const reviewingRoles: readonly Role[] = ["inspector", "seal-administrator"];

/**
 * People who may look at an emergency of this entity: none of those who asked, agreed, released or confirmed. The first role that
 * has such people has it as its task; `others` may do it just as well.
 */
export function listReviewers(facts: {
  readonly entityId: string;
  readonly today: string;
  readonly grants: readonly Grant[];
  readonly taken: readonly TakenDuty[];
}): { readonly role: Role; readonly people: readonly string[]; readonly others: readonly string[] } | null {
  const out = new Set(facts.taken.map((one) => one.personId));
  const holders = (role: Role): string[] => {
    const held = facts.grants.filter(
      (grant) =>
        grant.role === role &&
        grant.entityId === facts.entityId &&
        grant.from <= facts.today &&
        (grant.to === null || grant.to >= facts.today) &&
        !out.has(grant.personId) &&
        !(grant.delegatedBy !== undefined && out.has(grant.delegatedBy)),
    );
    return [...new Set(held.map((grant) => grant.personId))];
  };
  const role = reviewingRoles.find((one) => holders(one).length > 0);
  if (role === undefined) return null;
  const people = holders(role);
  const others = reviewingRoles.flatMap(holders).filter((personId) => !people.includes(personId));
  return { role, people, others: [...new Set(others)] };
}

/** Everybody with a part in a request, who therefore does not look at it afterwards. */
export function listParts(request: {
  readonly applicantId: string;
  readonly handlerId: string | null;
  readonly steps: Parameters<typeof listTakenDuties>[0]["steps"];
  readonly releasedBy: string | null;
  readonly confirmedBy: string | null;
  /** Of a stamping on paper: who released or supervised it on an earlier day, ended it, or confirmed its photos. */
  readonly stamped?: readonly string[];
}): TakenDuty[] {
  const { releasedBy, confirmedBy, stamped = [] } = request;
  return [
    ...listTakenDuties(request),
    ...stamped.map((personId) => ({ personId, duty: "custodian" as const })),
    ...(releasedBy ? [{ personId: releasedBy, duty: "custodian" as const }] : []),
    ...(confirmedBy ? [{ personId: confirmedBy, duty: "supervisor" as const }] : []),
  ];
}

const shortestReason = 10;

/**
 * While an earlier emergency of the entity is reviewed too late none begins: it is not asked for, and one that was asked for before is
 * agreed to only once the review is done. Otherwise some are handed in beforehand and agreed to one after the other.
 */
export const listOverdueRefusals = (overdue: { readonly subject: string } | null): Refusal[] =>
  overdue ? [refuse("emergency.review-overdue", { subject: overdue.subject }, "C02")] : [];

/** What speaks against asking for an emergency use. */
export function listEmergencyRefusals(facts: {
  readonly reason: string;
  readonly impressions: number;
  readonly most: number;
  /** An earlier emergency of the entity that nobody looked at in time. */
  readonly overdue: { readonly subject: string } | null;
  /** Whether anybody could look at this one. */
  readonly reviewed: boolean;
  /** Papers that an earlier emergency of the same applicant still owes. */
  readonly owed: { readonly subject: string; readonly papers: readonly AttachmentKind[] } | null;
}): Refusal[] {
  const refusals: Refusal[] = [];
  if (facts.reason.trim().length < shortestReason)
    refusals.push(refuse("emergency.reason-missing", { least: shortestReason }, "C02"));
  if (facts.impressions > facts.most)
    refusals.push(refuse("emergency.too-many", { most: facts.most, asked: facts.impressions }, "C02"));
  refusals.push(...listOverdueRefusals(facts.overdue));
  if (facts.owed) {
    const { subject, papers } = facts.owed;
    refusals.push(refuse("emergency.papers-owed", { subject, attachments: papers.join(" ") }, "C01"));
  }
  if (!facts.reviewed) refusals.push(refuse("emergency.nobody-reviews", {}, "C11"));
  return refusals;
}

/**
 * Whether an emergency was agreed to and then taken back. It is over and is reviewed as what it was: a new round of the same request
 * would begin without its agreement, under a review that was said before anything was stamped, or under none.
 */
export const isEmergencyTakenBack = (of: {
  readonly state: SealUseRequestState;
  readonly emergency: boolean;
  /** Whether it was ever agreed to, whatever became of it. */
  readonly agreed: boolean;
}): boolean => of.state === "withdrawn" && of.emergency && of.agreed;

/** Why it is not changed and submitted once more; empty for any other request. */
export const listTakenBackRefusals = (of: Parameters<typeof isEmergencyTakenBack>[0]): Refusal[] =>
  isEmergencyTakenBack(of) ? [refuse("emergency.taken-back", {}, "C02")] : [];

/** A slip as it is entered, beside what is known of it; times are epoch milliseconds. */
export interface SlipEntered {
  readonly slip: string;
  readonly usedAt: number;
  readonly now: number;
  /** Since when it is in the hand of who enters it, by his own word that he received it; null where he has not said so. */
  readonly inHandSince: number | null;
  /** The same time as people read it there. */
  readonly since: { readonly day: string; readonly time: string };
  readonly inHand: boolean;
  /** Whether those who are named as having signed could sign on that day: a signatory and a custodian, two people. */
  readonly signed: boolean;
  /** Another slip that was entered with the same photo; null where there is none. */
  readonly photoOf: string | null;
}

/**
 * Why a slip cannot be entered so. It tells what a piece of paper was used for, and so not of a time at which nobody had that
 * paper (C24), nor by the photo of another.
 */
export function listSlipRefusals(entered: SlipEntered): Refusal[] {
  const { slip, usedAt, inHandSince, photoOf } = entered;
  const minute = 60_000;
  const early = inHandSince !== null && usedAt < Math.floor(inHandSince / minute) * minute;
  return [
    ...(usedAt > entered.now ? [refuse("slip.time")] : []),
    ...(entered.inHand && inHandSince === null ? [refuse("slip.not-received", { slip }, "C24")] : []),
    ...(entered.inHand && early ? [refuse("slip.before-hand", { slip, ...entered.since }, "C24")] : []),
    ...(photoOf === null ? [] : [refuse("slip.photo-used", { slip, before: photoOf }, "C09")]),
    ...(entered.signed ? [] : [refuse("slip.not-signed", {}, "C11")]),
    ...(entered.inHand ? [] : [refuse("slip.not-in-hand", { slip }, "C24")]),
  ];
}

/** How near to the time of a slip the platform has to have been used, before and after it, to have been there. */
export const slipUptimeMinutes = 10;
export const SLIP_DOUBTS = ["slip.platform-was-there", "slip.too-many"] as const;

/**
 * What is doubtful about a slip. It is entered all the same, for what was stamped was stamped; each is a finding (C02): slips
 * are for when the platform cannot be reached, and for no more impressions than any emergency.
 */
export function listSlipDoubts(slip: {
  readonly usedBefore: boolean;
  /** The entry itself counts. */
  readonly usedAfter: boolean;
  readonly impressions: number;
  /** Most impressions of an emergency use. */
  readonly most: number;
}): (typeof SLIP_DOUBTS)[number][] {
  return [
    ...(slip.usedBefore && slip.usedAfter ? (["slip.platform-was-there"] as const) : []),
    ...(slip.impressions > slip.most ? (["slip.too-many"] as const) : []),
  ];
}

export const EMERGENCY_VERDICTS = ["justified", "not-justified"] as const;
export type EmergencyVerdict = (typeof EMERGENCY_VERDICTS)[number];

export interface EmergencyReviewed {
  readonly type: "EmergencyReviewed";
  readonly verdict: EmergencyVerdict;
  /** A use that was no emergency opens a finding. */
  readonly finding: boolean;
}

/** Whether this person may say now what an emergency was: it is over, he had no part in it, and nobody said it before. */
export function decideEmergencyReview(facts: {
  readonly actorId: string;
  readonly parts: readonly TakenDuty[];
  /** Whether he holds a role that looks at emergencies of the entity (`listReviewers`). */
  readonly holdsRole: boolean;
  /** Whether he would hold it by nothing but a delegation of somebody with a part in it. */
  readonly standsIn: boolean;
  readonly over: boolean;
  readonly reviewed: boolean;
  readonly verdict: EmergencyVerdict;
  readonly note: string;
  /** Papers that are not there yet: as long as some are owed it was not done as the rules want. */
  readonly owed: readonly AttachmentKind[];
  /** Kinds of papers that followed and that he does not say he opened and found to be that. */
  readonly unconfirmed: readonly AttachmentKind[];
  /** Whether somebody whom a slip names was asked if he signed it, and has not said so yet. */
  readonly unanswered: boolean;
}): Decision<EmergencyReviewed> {
  const refusals: Refusal[] = [];
  if (facts.reviewed) refusals.push(refuse("emergency.reviewed-already"));
  if (!facts.over) refusals.push(refuse("emergency.not-over", {}, "C02"));
  if (facts.standsIn || facts.parts.some((one) => one.personId === facts.actorId))
    refusals.push(refuse("emergency.reviewer-had-part", {}, "C11"));
  else if (!facts.holdsRole) refusals.push(refuse("emergency.not-reviewer", {}, "C11"));
  if (facts.note.trim() === "") refusals.push(refuse("emergency.note-missing"));
  // A paper that never comes must not keep a finding from being opened.
  if (facts.owed.length > 0 && facts.verdict === "justified")
    refusals.push(refuse("emergency.papers-missing", { attachments: facts.owed.join(" ") }, "C01"));
  if (facts.unconfirmed.length > 0 && facts.verdict === "justified")
    refusals.push(refuse("emergency.papers-unconfirmed", { attachments: facts.unconfirmed.join(" ") }, "C01"));
  if (facts.unanswered && facts.verdict === "justified") refusals.push(refuse("emergency.slip-unanswered", {}, "C11"));
  if (refusals.length > 0) return { ok: false, refusals };
  const { verdict } = facts;
  return { ok: true, events: [{ type: "EmergencyReviewed", verdict, finding: verdict === "not-justified" }] };
}

/**
 * How long after its hours a phone without a network may still send what was pressed on paper, and its custodian say what was
 * not, in milliseconds. The gate is closed from the end of the hours on: whatever comes in this time, two people decide.
 */
export const emergencyReportLife = 3_600_000;

/**
 * What becomes of an emergency whose hours are over; null while it may go on, or is over already. A stamping on paper that nobody
 * ended is stopped, for as long as it is open nobody can review it; a file that is being sealed ends by itself.
 */
export function endEmergency(facts: {
  readonly state: SealUseRequestState;
  readonly useMode: UseMode;
  readonly until: number;
  readonly now: number;
  readonly settled: number;
}): "expire" | "end" | "stop" | null {
  const { state, now, until } = facts;
  if (now <= until) return null;
  if (state === "in-review") return "expire";
  if (state === "opened") return facts.useMode === "by-hand" && now > until + emergencyReportLife ? "stop" : null;
  if (state !== "authorised") return null;
  return facts.settled > 0 ? "end" : "expire";
}
