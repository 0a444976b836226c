import { type Refusal, refuse } from "./refusal.ts";
import { isContainerEnough, type SealKindRules } from "./seal-kind.ts";
import type { Grant } from "./separation-matrix.ts";
import type { LocalName, Profile, Role } from "./vocabulary.ts";

/** Where a piece lies when nobody works with it. */
export const CONTAINER_KINDS = ["safe", "cabinet", "controller"] as const;
export type ContainerKind = (typeof CONTAINER_KINDS)[number];
export const containerKindNames: Readonly<Record<ContainerKind, LocalName>> = {
  safe: { en: "Safe", zh: "保险柜" },
  cabinet: { en: "Password cabinet", zh: "密码柜" },
  controller: { en: "Intelligent controller", zh: "智能印控仪" },
};
export const LOCK_KINDS = ["key", "code"] as const;
export type LockKind = (typeof LOCK_KINDS)[number];

export interface ContainerFacts {
  readonly kind: ContainerKind;
  readonly goodForImportant: boolean;
  readonly insideMonitoring: boolean;
  /** Who holds each of its locks now; null where nobody does. */
  readonly lockHolders: readonly (string | null)[];
}

/**
 * Why a piece may not lie there (C13): its kind names the least container; an important seal wants one good enough for it
 * and watched, and what is under dual control lies, where the organisation is not small, behind two locks in different
 * hands; where it is small, behind one that somebody holds, for what nobody holds the lock of is open to everybody.
 */
export function listContainerRefusals(
  container: ContainerFacts,
  seal: { readonly important: boolean; readonly kind: Pick<SealKindRules, "leastContainer" | "dualControl"> },
  profile: Profile,
): Refusal[] {
  const refusals: Refusal[] = [];
  if (!isContainerEnough(container.kind, seal.kind.leastContainer))
    refusals.push(refuse("container.below-kind", {}, "C13"));
  if (!seal.important && !seal.kind.dualControl) return refusals;
  if (!seal.important) return [...refusals, ...listLockRefusals(container, profile)];
  if (!container.goodForImportant) refusals.push(refuse("container.too-weak", {}, "C13"));
  if (!container.insideMonitoring) refusals.push(refuse("container.not-watched", {}, "C13"));
  return [...refusals, ...listLockRefusals(container, profile)];
}

function listLockRefusals(container: ContainerFacts, profile: Profile): Refusal[] {
  const holders = new Set(container.lockHolders.filter((one) => one !== null));
  if (profile === "small") return holders.size < 1 ? [refuse("container.nobody-holds-lock", {}, "C13")] : [];
  return holders.size < 2 ? [refuse("container.locks-not-apart", { holders: holders.size }, "C13")] : [];
}

/** Whether a person may be given a lock: nobody holds two locks of one container. `others` are the other locks' holders. */
export function decideLockHolder(personId: string | null, others: readonly (string | null)[]): Refusal[] {
  return personId !== null && others.includes(personId) ? [refuse("container.both-locks", {}, "C11")] : [];
}

/**
 * Who else must be there before a container is opened: the holders of its other locks, one for each. Who holds no lock
 * of a locked container opens nothing.
 */
export function listOpeners(
  personId: string,
  lockHolders: readonly (string | null)[],
): { readonly ok: true; readonly others: readonly string[] } | { readonly ok: false; readonly refusals: Refusal[] } {
  const holders = [...new Set(lockHolders.filter((one) => one !== null))];
  if (holders.length > 0 && !holders.includes(personId))
    return { ok: false, refusals: [refuse("container.no-lock-held", {}, "C08")] };
  return { ok: true, others: holders.filter((one) => one !== personId) };
}

/** What is known of a piece out of its container, for the alarm. */
export interface PieceInHand {
  readonly outSince: number;
  /** Until when the session it was brought out for may last; null where none is open. */
  readonly sessionUntil: number | null;
}

/** Why a piece in a hand alarms now (C13); null while all is well. A hand without a session has the same minutes. */
export function findOutAlarm(
  piece: PieceInHand,
  now: number,
  mostMinutes: number,
): "custody.out-too-long" | "custody.no-session" | null {
  if (piece.sessionUntil !== null) return now > piece.sessionUntil ? "custody.out-too-long" : null;
  return now > piece.outSince + mostMinutes * 60_000 ? "custody.no-session" : null;
}

/** Roles that have to do with the containers their grant reaches: of the whole entity, or where its seal lies. */
const lookAfter: readonly Role[] = ["seal-administrator", "inspector", "supervisor"];

/**
 * Whether a person learns where a container stands, who holds its locks and what lies in it: nobody from outside, and of
 * the staff who keeps seals there, watches the use of one that lies in it, runs or inspects them, or holds a lock (C13).
 * `grants` are his in force.
 */
export function seesContainer(
  viewer: { readonly personId: string; readonly guest: boolean; readonly grants: readonly Grant[] },
  container: {
    readonly entityId: string;
    readonly lockHolders: readonly (string | null)[];
    readonly sealIds: readonly string[];
  },
): boolean {
  if (viewer.guest) return false;
  if (container.lockHolders.includes(viewer.personId)) return true;
  const there = viewer.grants.filter((grant) => grant.entityId === container.entityId);
  return there.some(({ role, scope }) => {
    // A custodian locks away in any container of the entity, so he sees which there are.
    if (role === "custodian") return true;
    return lookAfter.includes(role) && (scope.kind !== "seal" || container.sealIds.includes(scope.id));
  });
}
