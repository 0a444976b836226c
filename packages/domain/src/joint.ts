import { dutyOfStep, type TakenDuty } from "./duties.ts";
import { type Decision, type Refusal, refuse } from "./refusal.ts";
import type { StepKind } from "./rule-set.ts";
import type { Grant } from "./separation-matrix.ts";
import type { SealUseRequestState } from "./vocabulary.ts";

/** What people have done in one side of a joint request, and whose hands its seals are in. */
export interface SideActs {
  readonly steps: readonly { readonly decidedBy: string | null; readonly decidedFor?: string | null }[];
  /** Who keeps a seal of this side, whether or not he released anything. */
  readonly keepers: readonly string[];
  /** Who released and who confirmed, and in whose place. */
  readonly acted: readonly (string | null)[];
}

/** Everybody who decided, keeps, released or supervised on a side: none of them does any of it on the other (C11). */
export function listEngaged({ steps, keepers, acted }: SideActs): string[] {
  const all = [...steps.flatMap(({ decidedBy, decidedFor }) => [decidedBy, decidedFor ?? null]), ...acted, ...keepers];
  return [...new Set(all.filter((one) => one !== null))];
}

/** Why a person may not act on this side: he, or whoever he stands in for, has acted on the other. */
export function listOtherSideRefusals(facts: {
  readonly actorId: string;
  readonly standsFor: string | null;
  readonly engaged: readonly string[];
  /** The number of the other side. */
  readonly other: string | null;
}): Refusal[] {
  const { actorId, standsFor, engaged, other } = facts;
  if (engaged.includes(actorId)) return [refuse("joint.both-sides", { other }, "C11")];
  if (standsFor !== null && engaged.includes(standsFor))
    return [refuse("joint.delegator-both-sides", { other }, "C11")];
  return [];
}

/** People who decide, release or supervise here and are engaged on the other side; asking and carrying is for both. */
export function findOnBothSides(own: readonly TakenDuty[], engaged: readonly string[]): TakenDuty[] {
  return own.filter(({ duty, personId }) => duty !== "applicant" && duty !== "handler" && engaged.includes(personId));
}

/** The grants that count on this side: none of who is engaged on the other, and none that such a person passed on. */
export const withoutOtherSide = (grants: readonly Grant[], engaged: readonly string[]): Grant[] =>
  grants.filter(
    ({ personId, delegatedBy }) =>
      !engaged.includes(personId) && !(delegatedBy !== undefined && engaged.includes(delegatedBy)),
  );

/** Whether the other side has agreed, so that a seal may stand on this one. */
export const hasAgreed = (state: SealUseRequestState): boolean =>
  ["authorised", "opened", "closed", "registered"].includes(state);

/** What speaks against asking for both entities in one request. */
export function listJointRefusals(facts: {
  readonly entityId: string | null;
  readonly otherEntityId: string | null;
  readonly series: boolean;
  readonly emergency: boolean;
  readonly standing: boolean;
}): Refusal[] {
  const { entityId, otherEntityId, series, emergency, standing } = facts;
  return [
    ...(entityId !== null && entityId === otherEntityId ? [refuse("joint.same-entity", {}, "C09")] : []),
    ...(series ? [refuse("joint.not-series", {}, "C03")] : []),
    ...(emergency ? [refuse("joint.not-emergency", {}, "C02")] : []),
    ...(standing ? [refuse("joint.not-standing", {}, "C01")] : []),
  ];
}

/** A number is given for a paper of both, or of one; what was submitted stays what it was, with the entities it had. */
export function listJointSwitchRefusals(facts: {
  /** The number of either side; null while neither has one. */
  readonly number: string | null;
  readonly was: string | null;
  readonly wanted: string | null;
}): Refusal[] {
  const { number, was, wanted } = facts;
  return number !== null && was !== wanted ? [refuse("joint.fixed", { number }, "C09")] : [];
}

/** What happens to one side. */
export type SideEvent = "returned" | "rejected" | "withdrawn";
export interface SideNow {
  readonly state: SealUseRequestState;
  readonly settled: number;
}
export interface OtherSideFollows {
  readonly type: "OtherSideFollows";
  /** What becomes of the side it happens to, where it is taken back, and of the other. */
  readonly own: "goes" | "ends";
  readonly other: "returns" | "ends" | "stays";
}

/**
 * What becomes of the other side. Nothing goes on alone: it comes back to the applicant. Where a seal is on the paper
 * already nothing comes back: both sides end, and what was sealed stays in the registers. While one side is being sealed
 * nothing is taken back.
 */
export function decideOtherSide(event: SideEvent, own: SideNow, other: SideNow): Decision<OtherSideFollows> {
  const follows = (ownGoes: OtherSideFollows["own"], otherGoes: OtherSideFollows["other"]) => ({
    ok: true as const,
    events: [{ type: "OtherSideFollows" as const, own: ownGoes, other: otherGoes }],
  });
  if (other.state === "opened") return { ok: false, refusals: [refuse("joint.being-sealed", {}, "C02")] };
  const goesOn = other.state === "in-review" || other.state === "authorised";
  if (event !== "withdrawn" || own.settled + other.settled === 0) return follows("goes", goesOn ? "returns" : "stays");
  return follows("ends", other.state === "authorised" ? "ends" : goesOn ? "returns" : "stays");
}

export const JOINT_SIDES = ["first", "second"] as const;
export type JointSide = (typeof JOINT_SIDES)[number];

/** Who could do what on one side, before it is asked for. */
export interface SideToAsk {
  readonly steps: readonly {
    readonly kind: StepKind;
    readonly group: string;
    readonly candidates: readonly string[];
  }[];
  readonly custodians: readonly string[];
  /** Null where nobody need supervise. */
  readonly supervisors: readonly string[] | null;
  /** Everybody who keeps one of its seals. */
  readonly keepers: readonly string[];
}
export type SidesParted =
  | {
      readonly ok: true;
      /** Step by step of each side: whom it is asked of. */
      readonly candidates: Readonly<Record<JointSide, readonly (readonly string[])[]>>;
    }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

interface Part {
  readonly side: JointSide;
  /** Of one group nobody does two parts. */
  readonly group: string;
  readonly duty: TakenDuty["duty"];
  readonly people: readonly string[];
}

/** More tries than this are a crowd in which a person more is found sooner than by looking on. */
const mostTries = 20_000;

/**
 * Parts the people of both sides, so that nobody is asked on both and somebody is left for each step, the release and the
 * supervision of each. Who could be asked on either stays on the side of his own entity, where the others can do without
 * him. Refused where nobody would be left: then no approval is given for nothing (C11).
 */
export function partSides(
  sides: Readonly<Record<JointSide, SideToAsk>>,
  homeOf: (personId: string) => JointSide | null,
): SidesParted {
  const parts = JOINT_SIDES.flatMap((side): Part[] => {
    const { steps, custodians, supervisors } = sides[side];
    const others = new Set(sides[side === "first" ? "second" : "first"].keepers);
    const free = (people: readonly string[]): string[] =>
      people.filter((person) => !others.has(person)).toSorted((a, b) => rank(a, side) - rank(b, side));
    return [
      ...steps.map(({ kind, group, candidates }) => ({
        ...{ side, group: `${side} ${group}`, duty: dutyOfStep[kind], people: free(candidates) },
      })),
      { side, group: `${side} sealing`, duty: "custodian", people: free(custodians) },
      ...(supervisors === null
        ? []
        : [{ side, group: `${side} sealing`, duty: "supervisor" as const, people: free(supervisors) }]),
    ];
  });
  function rank(person: string, side: JointSide): number {
    const home = homeOf(person);
    return home === side ? 0 : home === null ? 1 : 2;
  }
  const chosen = new Map<string, JointSide>();
  const inGroup = new Set<string>();
  let tries = 0;
  let deepest = 0;
  const order = parts.toSorted((a, b) => a.people.length - b.people.length);
  const place = (at: number): boolean => {
    deepest = Math.max(deepest, at);
    const part = order[at];
    if (part === undefined) return true;
    for (const person of part.people) {
      tries += 1;
      if (tries > mostTries) return false;
      const before = chosen.get(person);
      const taken = `${part.group} ${person}`;
      if ((before !== undefined && before !== part.side) || inGroup.has(taken)) continue;
      chosen.set(person, part.side);
      inGroup.add(taken);
      if (place(at + 1)) return true;
      inGroup.delete(taken);
      if (before === undefined) chosen.delete(person);
    }
    return false;
  };
  if (!place(0)) {
    const duty = order[Math.min(deepest, order.length - 1)]?.duty ?? "signatory";
    return { ok: false, refusals: [refuse("joint.nobody-apart", { duty }, "C11")] };
  }
  // Whoever was not needed anywhere is asked where he belongs; who belongs to neither, on the first side that could.
  for (const { people, side } of parts) {
    for (const person of people) if (!chosen.has(person)) chosen.set(person, homeOf(person) ?? side);
  }
  const stays = (side: JointSide): string[][] =>
    sides[side].steps.map((_, at) => {
      const all = parts.filter((part) => part.side === side)[at]?.people ?? [];
      return sides[side].steps[at]?.candidates.filter((one) => all.includes(one) && chosen.get(one) === side) ?? [];
    });
  return { ok: true, candidates: { first: stays("first"), second: stays("second") } };
}
