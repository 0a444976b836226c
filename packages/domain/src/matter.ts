import { preferPresent } from "./absence.ts";
import { type Decision, type Refusal, refuse } from "./refusal.ts";
import type { LocalName, Profile, Role } from "./vocabulary.ts";

/**
 * A matter 事项 is everything about a seal, a person or a unit, other than a use, that is asked for, decided by others,
 * carried out with evidence and registered: engraving, issue, stop, destruction, take-out, closing of a unit …
 */
export const MATTER_STATES = [
  "draft",
  "in-review",
  "returned",
  "approved",
  "done",
  "rejected",
  "withdrawn",
  "cancelled",
] as const;
export type MatterState = (typeof MATTER_STATES)[number];

export const MATTER_COMMANDS = [
  "edit",
  "submit",
  "approve-step",
  "approve-last",
  "reject",
  "return",
  "withdraw",
  "carry-out",
  "cancel",
] as const;
export type MatterCommand = (typeof MATTER_COMMANDS)[number];

/**
 * A matter changes its subject only when it is carried out; until then it only reserves it (`reserves`), so that after a
 * rejection, return or withdrawal nothing has to be restored and everything can be chosen again.
 */
const machine: Readonly<Record<MatterState, Partial<Record<MatterCommand, MatterState>>>> = {
  draft: { edit: "draft", submit: "in-review", cancel: "cancelled" },
  "in-review": {
    "approve-step": "in-review",
    "approve-last": "approved",
    reject: "rejected",
    return: "returned",
    withdraw: "withdrawn",
  },
  returned: { edit: "returned", submit: "in-review", withdraw: "withdrawn", cancel: "cancelled" },
  withdrawn: { edit: "withdrawn", submit: "in-review", cancel: "cancelled" },
  // What was approved and can no longer be carried out is ended by name, with a reason.
  approved: { "carry-out": "done", cancel: "cancelled" },
  done: {},
  rejected: {},
  cancelled: {},
};

export const finalMatterStates: readonly MatterState[] = ["done", "rejected", "cancelled"];

/** Whether a matter in this state holds its subject against another matter of the same kind. */
export function reserves(state: MatterState): boolean {
  return state === "in-review" || state === "approved";
}

export interface MatterStateChanged {
  readonly type: "MatterStateChanged";
  readonly command: MatterCommand;
  readonly from: MatterState;
  readonly to: MatterState;
}

/** A named transition or a named refusal for every command in every state. */
export function decideMatter(state: MatterState, command: MatterCommand): Decision<MatterStateChanged> {
  const to = machine[state][command];
  if (to === undefined) return { ok: false, refusals: [refuse("matter.command-not-possible", { state })] };
  return { ok: true, events: [{ type: "MatterStateChanged", command, from: state, to }] };
}

export interface MatterStepDefinition {
  readonly role: Role;
  /** Decided only with a fresh proof of presence. */
  readonly presence: boolean;
  /** Left out where the profile is small and the role has no holder. */
  readonly optionalWhenSmall?: true;
}

/** A slot for a file that the matter must hold before it is carried out, or by when it is owed afterwards. */
export interface EvidenceSlot {
  readonly slot: string;
  readonly name: LocalName;
  readonly needed: "to-submit" | "to-carry-out" | "afterwards";
  readonly accepts: "picture" | "document" | "any";
  /** The part that does not confirm without it, where that is earlier than `needed` says. */
  readonly neededBy?: string;
}

/**
 * Whether a slot takes a file while the matter stands so: what was submitted is what is decided on, what shows the
 * carrying out is taken when there is leave to carry out (from the draft on, where nobody decides whether there is), and
 * what is owed afterwards whenever it comes.
 */
export function takesEvidence(
  needed: EvidenceSlot["needed"],
  state: MatterState,
  definition: Pick<MatterDefinition, "steps">,
): boolean {
  const written = ["draft", "returned", "withdrawn"].includes(state);
  switch (needed) {
    case "to-submit":
      return written;
    case "to-carry-out":
      return state === "approved" || (written && definition.steps.length === 0);
    case "afterwards":
      return !["rejected", "cancelled"].includes(state);
  }
}

/** Whether a file may be taken out again: until the matter is submitted with it, for what was decided on stays. */
export function mayTakeOut(
  file: { readonly addedAt: number },
  matter: { readonly state: MatterState; readonly submittedAt: number | null },
): boolean {
  const open: readonly MatterState[] = ["draft", "returned", "withdrawn"];
  return open.includes(matter.state) && (matter.submittedAt === null || matter.submittedAt < file.addedAt);
}

/** People who confirm the carrying out, each with his own proof of presence; all different, none the asker's choice. */
export interface ConfirmationPart {
  readonly part: string;
  readonly name: LocalName;
  readonly count: number;
}

export interface MatterDefinition {
  readonly name: LocalName;
  /** Roles that may ask for it. */
  readonly askedBy: readonly Role[];
  readonly steps: readonly MatterStepDefinition[];
  readonly evidence: readonly EvidenceSlot[];
  readonly confirmations: readonly ConfirmationPart[];
  /** At once when the last step is approved (or on the day it takes effect), or by somebody's hand afterwards. */
  readonly carriedOut: "at-once" | "by-hand";
  /** Who may carry it out by hand besides who asked for it. */
  readonly carriedOutBy?: readonly Role[];
  /**
   * It changes what uses are held to, or who holds which office: whoever holds the office himself decides it. A delegate
   * stands in for uses and for the life of seals.
   */
  readonly inOffice?: true;
  /** What happened to a person may be told late. Whatever else takes effect does so today or later, never before it was asked. */
  readonly mayLieBack?: true;
}

/** Whether a role somebody holds only in another's place counts for deciding a matter of this definition (C11). */
export const mayBeDelegated = ({ inOffice }: Pick<MatterDefinition, "inOffice">): boolean => inOffice !== true;

/** A day on which a matter is to take effect that is over before it is submitted. */
export function listDayFaults(
  definition: Pick<MatterDefinition, "mayLieBack">,
  effectiveOn: string | null,
  today: string,
): readonly Refusal[] {
  if (definition.mayLieBack || effectiveOn === null || effectiveOn >= today) return [];
  return [refuse("matter.day-past", { day: effectiveOn })];
}

export interface MatterStep {
  readonly role: Role;
  readonly presence: boolean;
  /** Any one of them decides. */
  readonly candidates: readonly string[];
}

/**
 * Who decides a matter: for each step of its definition the holders of the role who did not ask and are not concerned.
 * A step without anybody is a refusal that names the role; in the small profile an optional one is left out.
 */
export function decideMatterRoute(
  definition: MatterDefinition,
  facts: {
    readonly profile: Profile;
    readonly askedBy: string;
    /** The person the matter is about, and others who may not decide it. */
    readonly concerned: readonly string[];
    readonly holders: (role: Role) => readonly string[];
    /** Who is on leave: not asked while another may decide. */
    readonly absent?: readonly string[];
  },
):
  | { readonly ok: true; readonly steps: readonly MatterStep[] }
  | { readonly ok: false; readonly refusals: readonly Refusal[] } {
  const concerned = new Set(facts.concerned);
  const out = new Set([facts.askedBy, ...facts.concerned]);
  const steps: MatterStep[] = [];
  const refusals: Refusal[] = [];
  for (const step of definition.steps) {
    const holders = [...new Set(facts.holders(step.role))];
    const able = holders.filter((person) => !out.has(person));
    const candidates = preferPresent(able, facts.absent ?? []);
    if (candidates.length > 0) steps.push({ role: step.role, presence: step.presence, candidates });
    else if (!(facts.profile === "small" && step.optionalWhenSmall))
      refusals.push(
        refuseStep(step.role, definition, holders.includes(facts.askedBy) && !concerned.has(facts.askedBy)),
      );
  }
  if (steps.length === 0 && definition.steps.length > 0 && refusals.length === 0)
    refusals.push(refuse("matter.nobody-decides", { role: definition.steps[0]?.role ?? null }, "C11"));
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, steps };
}

/** Where who asks could decide himself, another may ask in his place; else the role is another's to be given. */
function refuseStep(role: Role, definition: MatterDefinition, askerCould: boolean): Refusal {
  const asking = definition.askedBy.filter((one) => one !== role);
  return askerCould && asking.length > 0
    ? refuse("matter.asker-decides", { role, askingRoles: asking.join(" ") }, "C11")
    : refuse("matter.nobody-decides", { role }, "C11");
}

/** Whether a person may decide the current step of a matter: a candidate still in office, on what he saw, present. */
export function decideMatterStep(facts: {
  readonly state: MatterState;
  readonly step: MatterStep;
  readonly actorId: string;
  readonly askedBy: string;
  readonly decision: "approve" | "reject" | "return";
  readonly comment: string;
  readonly grantInForce: boolean;
  /** He stands in for somebody in an office whose holder alone decides such a matter. */
  readonly onlyDelegate?: boolean;
  readonly digestSeen: string;
  readonly digestNow: string;
  readonly present: boolean;
}): Decision<{ readonly type: "MatterStepDecided" }> {
  const refusals: Refusal[] = [];
  if (facts.state !== "in-review") refusals.push(refuse("matter.command-not-possible", { state: facts.state }));
  if (facts.onlyDelegate) refusals.push(refuse("matter.in-office", { role: facts.step.role }, "C11"));
  else if (!facts.step.candidates.includes(facts.actorId)) refusals.push(refuse("matter.not-a-candidate", {}, "C11"));
  else if (!facts.grantInForce) refusals.push(refuse("approval.grant-ended", {}, "C11"));
  if (facts.actorId === facts.askedBy) refusals.push(refuse("matter.own", {}, "C11"));
  if (facts.digestSeen !== facts.digestNow) refusals.push(refuse("matter.changed", {}));
  if (facts.decision !== "approve" && facts.comment.trim() === "")
    refusals.push(refuse("approval.reason-missing", { decision: facts.decision }));
  if (facts.step.presence && facts.decision === "approve" && !facts.present)
    refusals.push(refuse("matter.presence-missing", {}));
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, events: [{ type: "MatterStepDecided" }] };
}

/** What is missing before an approved matter may be carried out: files in their slots, people who confirm. */
export function listMissingForCarryingOut(
  definition: MatterDefinition,
  held: { readonly slots: ReadonlySet<string>; readonly confirmed: readonly { part: string; personId: string }[] },
): Refusal[] {
  const refusals: Refusal[] = [];
  for (const { slot, needed } of definition.evidence)
    if (needed !== "afterwards" && !held.slots.has(slot))
      refusals.push(refuse("matter.evidence-missing", { slot }, "C09"));
  for (const { part, count } of definition.confirmations) {
    const people = new Set(held.confirmed.filter((one) => one.part === part).map((one) => one.personId));
    if (people.size < count)
      refusals.push(refuse("matter.confirmation-missing", { part, missing: count - people.size }, "C14"));
  }
  const parts = new Map<string, string>();
  for (const { part, personId } of held.confirmed) {
    const other = parts.get(personId);
    if (other !== undefined && other !== part) refusals.push(refuse("matter.parts-meet", { part, other }, "C11"));
    parts.set(personId, part);
  }
  return refusals;
}

/**
 * Why somebody may not confirm yet: he would be the last, and what shows the carrying out is not there. The last who
 * confirms does so with everything before him, so that nothing is added to what all have confirmed.
 */
export function listLastConfirmationRefusals(
  definition: MatterDefinition,
  held: { readonly slots: ReadonlySet<string>; readonly confirmed: readonly { part: string; personId: string }[] },
  own: { readonly part: string; readonly personId: string },
): Refusal[] {
  const missing = listMissingForCarryingOut(definition, { ...held, confirmed: [...held.confirmed, own] });
  const slots = missing.filter((one) => one.code === "matter.evidence-missing");
  return slots.length === missing.length
    ? slots.map(({ facts }) => refuse("matter.evidence-before-last", facts, "C09"))
    : [];
}
