import { restLeft } from "./account.ts";
import type { ControlId } from "./controls.ts";
import type { DocumentClassId } from "./document-class.ts";
import { findMeetingDuties, listTakenDuties } from "./duties.ts";
import { askingOf, type GateAsking, type GateGround, type GateMeans } from "./gate-ways.ts";
import { findOverused, type SealOnDocument } from "./impressions-by-seal.ts";
import { findOnBothSides, hasAgreed } from "./joint.ts";
import { findMakeUpFault, type MakeUpFacts, tellMakeUp } from "./make-up.ts";
import { listTagRefusals } from "./piece-moves.ts";
import { type FactValue, type Refusal, refuse } from "./refusal.ts";
import type { AttachmentKind, StepKind } from "./rule-set.ts";
import { findScopeFault, nameKind, type SealKindRules } from "./seal-kind.ts";
import type { SealState } from "./seal-life.ts";
import type { Profile, SealType, SealUseRequestState, UseMode } from "./vocabulary.ts";

/** The conditions of the gate, in the order people read them. */
export const GATE_CONDITIONS = [
  "request-authorised",
  "approvals-complete",
  "in-date",
  "seal-in-use",
  "seal-in-scope",
  "certificate-valid",
  "document-unchanged",
  "document-finished",
  "papers-attached",
  "other-side-agreed",
  "copy-to-replace",
  "custodian-present",
  "custodian-fit",
  "supervisor-confirmed",
  "duties-apart",
  "impressions-left",
] as const;
export type GateConditionId = (typeof GATE_CONDITIONS)[number];

const controlOf: Readonly<Record<GateConditionId, ControlId>> = {
  "request-authorised": "C01",
  "approvals-complete": "C02",
  "in-date": "C02",
  "seal-in-use": "C10",
  "seal-in-scope": "C07",
  "certificate-valid": "C10",
  "document-unchanged": "C17",
  "document-finished": "C05",
  "papers-attached": "C01",
  "other-side-agreed": "C02",
  "copy-to-replace": "C09",
  "custodian-present": "C08",
  "custodian-fit": "C12",
  "supervisor-confirmed": "C04",
  "duties-apart": "C11",
  "impressions-left": "C09",
};

/** A person's proof of presence for release or confirmation: fresh, his own, on this digest. */
export interface PresenceFacts {
  readonly personId: string;
  readonly digest: string;
  readonly at: number;
  /** Whether he holds the role for every seal of the request now. */
  readonly grantInForce: boolean;
  readonly credentialResetAt: number | null;
}

export interface GateSeal {
  readonly sealId: string;
  readonly type: SealType;
  readonly important: boolean;
  readonly external: boolean;
  /** What its kind rules today, whatever it ruled when the seal was made. */
  readonly kind: SealKindRules;
  /** Of the body it is used with: its key, or by hand the piece that is pressed. */
  readonly state: SealState;
  /** Whether a piece of it came with the opening stock and nobody has confirmed it yet. */
  readonly unconfirmed?: boolean;
  /** Of paper: the tag under which its piece lies for a short handover (C14); null or absent where it lies under none. */
  readonly tag?: string | null;
  readonly certificate: { readonly notBefore: number; readonly notAfter: number; readonly revoked: boolean } | null;
  readonly entityId: string;
}

export interface GateFacts {
  readonly now: number;
  /** The day in the entity's time zone, YYYY-MM-DD. */
  readonly today: string;
  readonly profile: Profile;
  readonly requestId: string;
  readonly state: SealUseRequestState;
  readonly useMode: UseMode;
  /** Of paper: whether a controller presses, and not its custodian's hand. */
  readonly byController?: boolean;
  readonly entityId: string;
  readonly documentClass: DocumentClassId | null;
  /** As a refusal names it. */
  readonly className: string;
  readonly external: boolean;
  readonly validUntil: string | null;
  /** Of an emergency use: when it ends. */
  readonly emergency?: { readonly until: number } | null;
  /** Of a use under a standing authorisation: whether that is in force today and has counted this use. */
  readonly standing?: { readonly inForce: boolean; readonly counted: boolean } | null;
  /** Of one side of a joint request: how the other stands. */
  readonly joint?: {
    readonly otherState: SealUseRequestState;
    readonly other: string | null;
    /** Who decided, keeps, released or supervised there (`listEngaged`). */
    readonly engaged: readonly string[];
    /** Whether what it has sealed is the approved document and its seals, and nothing besides. */
    readonly otherFileFits: boolean;
  } | null;
  /** Of a make-up stamping: the copy that it replaces, as it stands now. */
  readonly makeUp?: MakeUpFacts | null;
  readonly applicantId: string;
  readonly handlerId: string | null;
  readonly digest: string | null;
  /** The digest computed anew from the files and fields as they are now; null where a file is missing or changed. */
  readonly digestNow: string | null;
  readonly steps: readonly {
    readonly kind: StepKind;
    readonly state: string;
    readonly decidedBy: string | null;
    readonly decidedFor?: string | null;
    readonly decidedAt: number | null;
  }[];
  readonly seals: readonly GateSeal[];
  /** Whether the rules ask for a second person whatever the seals (`LimitOutput.supervised`). */
  readonly supervisionAsked: boolean;
  /** Places still unanswered, of the documents as they are now. */
  readonly unfinishedPlaces: number;
  /** Papers that the rules it was submitted under ask for and that are not there. */
  readonly owedPapers: readonly AttachmentKind[];
  /** Of a request for blank sheets: whether each may still be sealed (blank-sheets.ts); null for any other. */
  readonly sheetsFit?: boolean | null;
  readonly release: PresenceFacts | null;
  readonly confirmation: PresenceFacts | null;
  /** Whether who releases is custodian of record, by the postings, of everything that is sealed with. */
  readonly releasedByCustodianOfRecord: boolean;
  /** Whether who releases is fit today to hold every seal that is sealed with (fitness.ts). */
  readonly releasedByFit: boolean;
  /** Impressions the approval covers, and those already settled or under way elsewhere. */
  readonly authorisedImpressions: number;
  readonly usedImpressions: number;
  /** The impressions this answer is asked for. */
  readonly wantedImpressions: readonly string[];
  /** The same counts for each seal on each document. */
  readonly sealsOnDocuments: readonly SealOnDocument[];
}

export interface GateCondition {
  readonly id: GateConditionId;
  readonly control: ControlId;
  readonly met: boolean;
  /** Reason code; with `met` the plain sentence, else why not. Its text stands in messages.ts under `gate.`, or where submitting asks it, too. */
  readonly code: string;
  readonly facts: Readonly<Record<string, FactValue>>;
}

declare const authorisationBrand: unique symbol;
/** The gate's yes: without one the sealing engine is not reached, and nothing but the gate can make one. */
export interface ImpressionAuthorisation {
  readonly [authorisationBrand]: true;
  readonly requestId: string;
  readonly digest: string;
  readonly impressionIds: readonly string[];
  readonly custodianId: string;
  readonly supervisorId: string | null;
  readonly at: number;
}

export type GateAnswer =
  | {
      readonly allowed: true;
      readonly conditions: readonly GateCondition[];
      readonly authorisation: ImpressionAuthorisation;
    }
  | { readonly allowed: false; readonly conditions: readonly GateCondition[] };

/** How long a proof of presence lets sealing begin: the job may wait its turn, or begin again after a crash. */
export const presenceLife = 24 * 60 * 60_000;

/**
 * Which of release and confirmation stand now: a release within its day, and a confirmation that followed it. A
 * confirmation counts only for what was released before, so that who releases last never seals alone at once (C04).
 */
export function findStandingActs(row: {
  readonly releasedBy: string | null;
  readonly releasedAt: number | null;
  readonly confirmedBy: string | null;
  readonly confirmedAt: number | null;
  readonly now: number;
}): { readonly releasedBy: string | null; readonly confirmedBy: string | null } {
  const { now, releasedAt, confirmedAt } = row;
  const isFresh = (at: number): boolean => at <= now && now - at <= presenceLife;
  if (row.releasedBy === null || releasedAt === null || !isFresh(releasedAt))
    return { releasedBy: null, confirmedBy: null };
  const followed = confirmedAt !== null && isFresh(confirmedAt) && confirmedAt >= releasedAt;
  return { releasedBy: row.releasedBy, confirmedBy: followed ? row.confirmedBy : null };
}

/** Why nobody may confirm yet: the digest that is to be confirmed was not released, or too long ago. */
export function listConfirmationRefusals(facts: {
  readonly release: PresenceFacts | null;
  readonly digest: string | null;
  readonly now: number;
}): Refusal[] {
  const { release, digest, now } = facts;
  const released =
    release !== null && release.digest === digest && release.at <= now && now - release.at <= presenceLife;
  return released ? [] : [refuse("confirm.not-released", {}, "C04")];
}

/**
 * The one gate: every impression, however made, is asked for here, and the answer carries every condition, met or not
 * (product.md, 'One gate').
 */
export function askGate(facts: GateFacts): GateAnswer {
  const conditions = [
    requestAuthorised(facts),
    approvalsComplete(facts),
    inDate(facts),
    sealsInUse(facts),
    sealsInScope(facts),
    certificatesValid(facts),
    documentUnchanged(facts),
    documentFinished(facts),
    papersAttached(facts),
    otherSideAgreed(facts),
    copyToReplace(facts),
    custodianPresent(facts),
    // Who has not released yet is asked for where he is missed; whether he is fit is asked of who did.
    met("custodian-fit", facts.release === null || facts.releasedByFit),
    supervisorConfirmed(facts),
    dutiesApart(facts),
    impressionsLeft(facts),
  ];
  const { release, confirmation, digest } = facts;
  if (!conditions.every((condition) => condition.met) || !release || digest === null)
    return { allowed: false, conditions };
  const authorisation = {
    requestId: facts.requestId,
    digest,
    impressionIds: [...facts.wantedImpressions],
    custodianId: release.personId,
    supervisorId: isSupervisionNeeded(facts) ? (confirmation?.personId ?? null) : null,
    at: facts.now,
  } as unknown as ImpressionAuthorisation;
  return { allowed: true, conditions, authorisation };
}

function met(
  id: GateConditionId,
  holds: boolean,
  factsShown: Readonly<Record<string, FactValue>> = {},
  reason = "",
): GateCondition {
  return {
    id,
    control: controlOf[id],
    met: holds,
    code: `gate.${id}${holds ? "" : reason === "" ? ".not" : `.${reason}`}`,
    facts: factsShown,
  };
}

const requestAuthorised = ({ state }: GateFacts): GateCondition =>
  met(
    "request-authorised",
    state === "authorised" || state === "opened",
    { state },
    state === "frozen" ? "frozen" : "",
  );

/** What tells by which columns of the table a use is asked. */
type WayFacts = Pick<GateFacts, "useMode" | "byController" | "emergency" | "standing">;
const meansOf = ({ useMode, byController }: WayFacts): GateMeans => (byController === true ? "controller" : useMode);
const groundOf = ({ emergency, standing }: WayFacts): GateGround | null =>
  emergency ? "emergency" : standing ? "standing" : null;
/** How the table asks a condition of this use. */
const asks = (id: GateConditionId, facts: WayFacts): GateAsking => askingOf(id, meansOf(facts), groundOf(facts));

function approvalsComplete(facts: GateFacts): GateCondition {
  const { now, standing, steps } = facts;
  if (asks("approvals-complete", facts) === "standing")
    return standing?.inForce && standing.counted
      ? { ...met("approvals-complete", true), code: "gate.approvals-complete.by-standing" }
      : met("approvals-complete", false, {}, "standing-over");
  // That the signatory alone suffices makes the route short: whoever objected stands in it, and is passed over by nobody.
  const open = steps.filter((step) => step.state !== "approved" || step.decidedBy === null).length;
  const late = steps.some((step) => step.decidedAt === null || step.decidedAt > now);
  const final = steps.at(-1)?.kind === "signatory";
  const reason = open > 0 ? "" : late ? "late" : "no-signatory";
  return met("approvals-complete", final && open === 0 && !late, { open, steps: steps.length }, reason);
}

function inDate(facts: GateFacts): GateCondition {
  const { validUntil, today, emergency, now } = facts;
  const hours = asks("in-date", facts) === "within-hours";
  const over = hours && !(emergency && now <= emergency.until);
  if (over) return met("in-date", false, {}, "emergency-over");
  return met("in-date", validUntil === null || today <= validUntil, { validUntil });
}

function sealsInUse({ seals, entityId }: GateFacts): GateCondition {
  const foreign = seals.some((seal) => seal.entityId !== entityId);
  const ended = seals.find((seal) => seal.state !== "in-use");
  const unconfirmed = seals.some((seal) => seal.unconfirmed === true);
  const tagged = seals.find(({ tag }) => listTagRefusals(tag ?? null).length > 0);
  const reason = unconfirmed ? "unconfirmed" : ended ? "" : tagged ? "under-tag" : foreign ? "other-entity" : "none";
  return met(
    "seal-in-use",
    seals.length > 0 && !ended && !foreign && !unconfirmed && !tagged,
    { state: ended?.state ?? null, ...(tagged ? { tag: tagged.tag ?? "" } : {}) },
    reason,
  );
}

function sealsInScope({ seals, documentClass, className, external }: GateFacts): GateCondition {
  if (seals.length === 0) return met("seal-in-scope", false);
  const wrong = seals.find((seal) => findScopeFault(seal, documentClass, false) === "wrong-class");
  if (wrong) return met("seal-in-scope", false, { sealType: nameKind(wrong), documentClass: className }, "wrong-class");
  const inside = seals.find((seal) => findScopeFault(seal, documentClass, external) === "internal-outside");
  return met("seal-in-scope", !inside, { sealType: inside ? nameKind(inside) : null }, "internal-outside");
}

function certificatesValid(facts: GateFacts): GateCondition {
  const { seals, now } = facts;
  if (asks("certificate-valid", facts) === "not-asked")
    return { ...met("certificate-valid", true), code: "gate.certificate-valid.not-asked" };
  const bad = seals.find(
    ({ certificate }) =>
      !certificate || certificate.revoked || now < certificate.notBefore || now > certificate.notAfter,
  );
  return met("certificate-valid", seals.length > 0 && !bad, {});
}

function documentUnchanged({ digest, digestNow, joint }: GateFacts): GateCondition {
  const same = digest !== null && digest === digestNow;
  const fits = !joint || joint.otherFileFits;
  return met("document-unchanged", same && fits, {}, digestNow === null ? "missing" : same ? "other-side" : "");
}

/** No seal stands on a paper of two before both have agreed to it. */
function otherSideAgreed({ joint }: GateFacts): GateCondition {
  if (!joint) return { ...met("other-side-agreed", true), code: "gate.other-side-agreed.alone" };
  return met("other-side-agreed", hasAgreed(joint.otherState), { state: joint.otherState, other: joint.other });
}

/** What replaces a copy does so while that copy is lost or spoiled, and does nothing else. */
function copyToReplace({ makeUp }: GateFacts): GateCondition {
  if (!makeUp) return { ...met("copy-to-replace", true), code: "gate.copy-to-replace.none" };
  const fault = findMakeUpFault(makeUp);
  const condition = met("copy-to-replace", fault === null, tellMakeUp(makeUp));
  return fault === null ? condition : { ...condition, code: `make-up.${fault}` };
}

function documentFinished({ unfinishedPlaces, sheetsFit }: GateFacts): GateCondition {
  if (sheetsFit === false) return met("document-finished", false, {}, "sheets");
  const condition = met("document-finished", unfinishedPlaces === 0, { places: unfinishedPlaces });
  // Nobody is to read that nothing is blank where the whole sheet is.
  return sheetsFit && condition.met ? { ...condition, code: "gate.document-finished.blank-sheets" } : condition;
}

/** In an emergency they may follow: then they are owed until its review. */
function papersAttached(facts: GateFacts): GateCondition {
  const { owedPapers } = facts;
  const mayFollow = asks("papers-attached", facts) === "not-asked";
  if (owedPapers.length === 0) return met("papers-attached", true);
  return {
    ...met("papers-attached", mayFollow, { attachments: owedPapers.join(" ") }),
    ...(mayFollow ? { code: "gate.papers-attached.follow" } : {}),
  };
}

function presenceFault(presence: PresenceFacts | null, facts: GateFacts, important: boolean): string | null {
  if (!presence) return "awaited";
  if (presence.digest !== facts.digest) return "other-digest";
  if (!presence.grantInForce) return "grant-ended";
  if (facts.now - presence.at > presenceLife || presence.at > facts.now) return "not-fresh";
  if (important && restLeft(presence.credentialResetAt, facts.now) > 0) return "reset-lately";
  return null;
}

/** An important seal, an emergency, or what the rules say, is used under the eyes of a second person; the rest is looked at afterwards. */
export const isSupervisionNeeded = (
  facts: Pick<GateFacts, "useMode" | "byController" | "emergency" | "standing" | "supervisionAsked"> & {
    readonly seals: readonly Pick<GateSeal, "important">[];
  },
): boolean =>
  asks("supervisor-confirmed", facts) === "asked" ||
  facts.supervisionAsked ||
  facts.seals.some((seal) => seal.important);

function custodianPresent(facts: GateFacts): GateCondition {
  const fault =
    presenceFault(facts.release, facts, isSupervisionNeeded(facts)) ??
    (facts.releasedByCustodianOfRecord ? null : "not-of-record");
  const byHand = meansOf(facts) !== "electronic";
  if (fault === null && byHand) return { ...met("custodian-present", true), code: "gate.custodian-present.by-hand" };
  return met("custodian-present", fault === null, {}, fault === "awaited" && byHand ? "not-opened" : (fault ?? ""));
}

function supervisorConfirmed(facts: GateFacts): GateCondition {
  if (!isSupervisionNeeded(facts))
    return { ...met("supervisor-confirmed", true), code: "gate.supervisor-confirmed.not-needed" };
  const { release, confirmation } = facts;
  const early = confirmation && (release === null || confirmation.at < release.at) ? "before-release" : null;
  const fault = presenceFault(confirmation, facts, true) ?? early;
  return met("supervisor-confirmed", fault === null, {}, fault ?? "");
}

function dutiesApart(facts: GateFacts): GateCondition {
  const { release, confirmation, joint } = facts;
  const duties = [
    ...listTakenDuties(facts),
    ...(release ? [{ personId: release.personId, duty: "custodian" as const }] : []),
    ...(confirmation ? [{ personId: confirmation.personId, duty: "supervisor" as const }] : []),
  ];
  const both = joint ? findOnBothSides(duties, joint.engaged) : [];
  if (both[0]) return met("duties-apart", false, { duty: both[0].duty, other: joint?.other ?? null }, "both-sides");
  const meeting = findMeetingDuties(facts.profile, duties);
  return met(
    "duties-apart",
    meeting.length === 0,
    meeting[0] ? { duty: meeting[0].duties[0], otherDuty: meeting[0].duties[1] } : {},
  );
}

function impressionsLeft(facts: GateFacts): GateCondition {
  const { authorisedImpressions, usedImpressions, wantedImpressions } = facts;
  const over = findOverused(facts.sealsOnDocuments);
  if (over !== null) {
    const { authorised, used, wanted } = over;
    return met("impressions-left", false, { authorised, used, wanted }, "of-seal");
  }
  const left = Math.max(0, authorisedImpressions - usedImpressions);
  const wanted = wantedImpressions.length;
  return met(
    "impressions-left",
    left > 0 && wanted <= left,
    { left, authorised: authorisedImpressions, wanted },
    left > 0 ? "too-many" : "",
  );
}
