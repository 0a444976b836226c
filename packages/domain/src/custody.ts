import { joinSeal } from "./both-halves.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { Grant, SealForSeparation } from "./separation-matrix.ts";
import type { Profile, SealType } from "./vocabulary.ts";

/** How many custodians a seal needs: two for an important one or under dual control, one where the organisation is small. */
export function custodiansNeeded(profile: Profile, byTwo: boolean): number {
  return byTwo && profile !== "small" ? 2 : 1;
}

/** Two hold the two locks of an important seal; another may have a deputy and his deputy. */
const mostCustodians = (important: boolean): number => (important ? 2 : 3);

/** These two are drawn on the same bank orders, so they never lie in one hand. */
const keptApart: Partial<Record<SealType, SealType>> = {
  finance: "legal-representative",
  "legal-representative": "finance",
};

/** Custody is given seal by seal: a custodian's grant for a whole entity makes him fit to be named, not keeper of any. */
export function keepsSeal(grant: Grant, sealId: string): boolean {
  return grant.role === "custodian" && grant.scope.kind === "seal" && grant.scope.id === sealId;
}

/**
 * Why a person may not become custodian of a seal besides the matrix (C22): seals that lie in different hands, nobody
 * with all important seals of an entity (except where the organisation is small), no more hands than locks. `others` are
 * the grants in force at some time within the new one's days.
 */
export function listCustodyRefusals(
  grant: Grant,
  others: readonly Grant[],
  seals: readonly SealForSeparation[],
  profile: Profile,
): Refusal[] {
  const seal = seals.find((one) => one.sealId === grant.scope.id);
  if (!seal) return [refuse("grant.seal-unknown", {})];
  const refusals: Refusal[] = [];
  const live = seals.filter((one) => one.live && one.entityId === seal.entityId);
  const kept = live.filter((one) =>
    others.some((held) => held.personId === grant.personId && keepsSeal(held, one.sealId)),
  );
  const sayAll = (held: readonly SealForSeparation[]): string =>
    held
      .filter((one) => one.sealId !== seal.sealId)
      .sort((one, other) => (one.number ?? one.sealId).localeCompare(other.number ?? other.sealId))
      .map((one) => joinSeal({ name: one.name, number: one.number ?? one.sealId }))
      .join("\n");
  const apart = keptApart[seal.type];
  const opposite = apart === undefined ? [] : kept.filter((one) => one.type === apart);
  if (opposite.length > 0) refusals.push(refuse("custody.finance-and-name-seal", { kept: sayAll(opposite) }, "C22"));
  const important = live.filter((one) => one.important);
  const keptAfter = important.filter((one) => one.sealId === seal.sealId || kept.includes(one));
  if (profile !== "small" && seal.important && important.length > 1 && keptAfter.length === important.length)
    refusals.push(refuse("custody.all-important-seals", { count: important.length, kept: sayAll(keptAfter) }, "C22"));
  const there = new Set(
    others
      .filter((held) => held.personId !== grant.personId && keepsSeal(held, seal.sealId))
      .map((held) => held.personId),
  );
  const limit = mostCustodians(seal.important);
  if (there.size >= limit) refusals.push(refuse("custody.too-many-custodians", { count: there.size, limit }, "C22"));
  return refusals;
}
