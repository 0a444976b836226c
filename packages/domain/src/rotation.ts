import { type CustodyStay, peopleOf } from "./custody-posting.ts";
import { decideGrant, type Grant, type SealForSeparation } from "./separation-matrix.ts";
import type { Settings } from "./settings.ts";
import type { Profile } from "./vocabulary.ts";
import { addDays, addMonths } from "./working-days.ts";

export const ROTATION_STATES = ["fine", "due", "overdue"] as const;
export type RotationState = (typeof ROTATION_STATES)[number];

/** Days before its due day on which a rotation is planned. */
export const rotationNotice = 60;

/**
 * Since when a person has kept a body without a real break, epoch milliseconds; null where he does not keep it now. An
 * absence no longer than a short handover may be is none: whoever stood in gave it back.
 */
export function findKeptSince(stays: readonly CustodyStay[], personId: string, longestAbsence: number): number | null {
  let since: number | null = null;
  for (const stay of stays.toSorted((a, b) => b.seq - a.seq)) {
    const keeps = peopleOf(stay.account).includes(personId);
    if (since === null && !keeps) return null;
    if (since !== null && stay.to !== null && since - stay.to > longestAbsence) return since;
    if (keeps) since = stay.from;
  }
  return since;
}

/** When a custodian's rotation is due, by the importance of the seal (C15). */
export function judgeRotation(
  stand: { readonly since: string; readonly important: boolean },
  settings: Pick<Settings, "rotationImportant" | "rotationOther">,
  today: string,
): { readonly dueOn: string; readonly state: RotationState } {
  const dueOn = addMonths(stand.since, stand.important ? settings.rotationImportant : settings.rotationOther);
  if (today > dueOn) return { dueOn, state: "overdue" };
  return { dueOn, state: today >= addDays(dueOn, -rotationNotice) ? "due" : "fine" };
}

/** A custodian who is to leave a seal. */
export interface RotationWanted {
  readonly sealId: string;
  readonly personId: string;
  readonly dueOn: string;
}

export interface RotationMove {
  readonly sealId: string;
  readonly leavingId: string;
  readonly comingId: string;
  readonly witnessId: string;
}

export interface RotationPlace {
  readonly profile: Profile;
  readonly today: string;
  /** Every grant in force in the entity, and its seals. */
  readonly grants: readonly Grant[];
  readonly seals: readonly SealForSeparation[];
  readonly wanted: readonly RotationWanted[];
  /** Who could come, and who could witness; each is tried in this order. */
  readonly candidates: readonly string[];
  readonly witnesses: readonly string[];
  /** Who gives the grants: somebody who approves handovers. */
  readonly grantedBy: string;
  readonly isFitFor: (personId: string, sealId: string) => boolean;
}

export interface RotationPlan {
  /** In this order: each is allowed when those before it are done. */
  readonly moves: readonly RotationMove[];
  readonly left: readonly RotationWanted[];
}

const ofCustodian = (grant: Grant, sealId: string): boolean =>
  grant.role === "custodian" && grant.scope.kind === "seal" && grant.scope.id === sealId;

/** The grants after a move, or null where a rule forbids it: the matrix, the limits of custody, fitness, three people. */
export function applyRotationMove(
  grants: readonly Grant[],
  move: RotationMove,
  place: Omit<RotationPlace, "grants" | "wanted">,
): readonly Grant[] | null {
  const { sealId, leavingId, comingId, witnessId } = move;
  const seal = place.seals.find((one) => one.sealId === sealId);
  if (!seal || new Set([leavingId, comingId, witnessId]).size < 3) return null;
  if (!place.isFitFor(comingId, sealId)) return null;
  const rest = grants.filter((grant) => !(ofCustodian(grant, sealId) && grant.personId === leavingId));
  if (rest.some((grant) => ofCustodian(grant, sealId) && grant.personId === comingId)) return null;
  const wanted: Grant = {
    ...{ grantId: `rotation ${sealId} ${comingId}`, personId: comingId, role: "custodian" },
    ...{ scope: { kind: "seal", id: sealId }, entityId: seal.entityId, from: place.today, to: null },
  };
  const context = { profile: place.profile, actorId: place.grantedBy, seals: place.seals, today: place.today };
  return decideGrant(wanted, { ...context, existing: rest }).ok ? [...rest, wanted] : null;
}

/** How many places of the search are looked at: a plan is proposed to people, it need not be the best there is. */
const mostTried = 4000;

/**
 * Proposes moves that bring as many custodians off their seals as the rules allow, each allowed in the state that those
 * before it leave. Of one seal one custodian moves in one plan, so that somebody stays who knows it; who holds least
 * comes first, and who supervises the seal last.
 */
export function planRotation(place: RotationPlace): RotationPlan {
  const wanted = place.wanted
    .toSorted((a, b) => a.dueOn.localeCompare(b.dueOn) || a.personId.localeCompare(b.personId))
    .filter((one, at, all) => all.findIndex((other) => other.sealId === one.sealId) === at);
  let best: readonly RotationMove[] = [];
  let tried = 0;
  const search = (grants: readonly Grant[], open: readonly RotationWanted[], moves: readonly RotationMove[]): void => {
    if (moves.length > best.length) best = moves;
    for (const one of open) {
      // What is left cannot beat the best, or the search has gone on long enough.
      if (best.length === wanted.length || moves.length + open.length <= best.length || tried >= mostTried) return;
      for (const { move, after } of listMoves(grants, one, place)) {
        tried += 1;
        search(
          after,
          open.filter((other) => other !== one),
          [...moves, move],
        );
        if (best.length === wanted.length || tried >= mostTried) return;
      }
    }
  };
  search(place.grants, wanted, []);
  const moved = (one: RotationWanted): boolean =>
    best.some((move) => move.sealId === one.sealId && move.leavingId === one.personId);
  return { moves: best, left: place.wanted.filter((one) => !moved(one)) };
}

/** The moves that the rules allow now, one after the other as they are asked for. */
function* listMoves(
  grants: readonly Grant[],
  { sealId, personId }: RotationWanted,
  place: RotationPlace,
): Generator<{ move: RotationMove; after: readonly Grant[] }> {
  const held = new Map<string, number>();
  for (const grant of grants)
    if (grant.role === "custodian" && grant.scope.kind === "seal")
      held.set(grant.personId, (held.get(grant.personId) ?? 0) + 1);
  const load = (candidate: string): number => held.get(candidate) ?? 0;
  // Who watches over the seal may keep it by the matrix, but then the watching is somebody else's: he comes last.
  const watches = (candidate: string): number =>
    grants.some(
      ({ personId: holder, role, scope }) =>
        holder === candidate && role === "supervisor" && (scope.kind === "entity" || scope.id === sealId),
    )
      ? 1
      : 0;
  for (const candidate of place.candidates.toSorted((a, b) => watches(a) - watches(b) || load(a) - load(b))) {
    const witnessId = place.witnesses.find((one) => one !== personId && one !== candidate);
    if (witnessId === undefined || candidate === personId) continue;
    const move = { sealId, leavingId: personId, comingId: candidate, witnessId };
    const after = applyRotationMove(grants, move, place);
    if (after !== null) yield { move, after };
  }
}
