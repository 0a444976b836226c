import type { StockFacts, StockFault, StockItem, StockLine, StockRef } from "./opening-stock.ts";
import { refuse } from "./refusal.ts";
import { decideGrant, type Grant, type SealForSeparation } from "./separation-matrix.ts";
import type { Role, SealType } from "./vocabulary.ts";

/** A role that a line gives, with the column that says so. */
export interface WantedGrant {
  readonly column: string;
  readonly person: StockRef;
  readonly role: Role;
  readonly scope: { readonly kind: "entity" } | { readonly kind: "unit" | "seal"; readonly of: StockRef };
  readonly from: string;
  readonly to: string | null;
  readonly purpose: string | null;
}

interface LineWithGrants {
  readonly line: StockLine;
  readonly faults: StockFault[];
  readonly items: StockItem[];
  readonly grants: readonly WantedGrant[];
  known: string | null;
}

const idOf = (ref: StockRef): string => ("known" in ref ? ref.known : ref.line);

/**
 * Asks the matrix and the limits of custody about every role of the sheets, each against all the others and what is
 * held: of two that may not meet, both lines are told. What is held already is not given again.
 */
export function judgeGrants(judged: readonly LineWithGrants[], facts: StockFacts): void {
  const { entityId } = facts.entity;
  const wanted = judged.flatMap((one) =>
    one.grants.map((asked) => ({
      ...{ one, asked },
      grant: {
        ...{ grantId: "", personId: idOf(asked.person), role: asked.role, entityId, from: asked.from, to: asked.to },
        scope:
          asked.scope.kind === "entity"
            ? { kind: "entity" as const, id: entityId }
            : { kind: asked.scope.kind, id: idOf(asked.scope.of) },
      } satisfies Grant,
    })),
  );
  const seals: readonly SealForSeparation[] = [...facts.seals, ...listSealsOf(judged, facts)];
  const all: readonly Grant[] = [...facts.grants, ...wanted.map(({ grant }) => grant)];
  // Only grants of the same person or of the same seal say anything about a grant.
  const ofPerson = Map.groupBy(all, (grant) => grant.personId);
  const ofSeal = Map.groupBy(
    all.filter((grant) => grant.scope.kind === "seal"),
    (grant) => grant.scope.id,
  );
  for (const { one, asked, grant } of wanted) {
    const near = new Set([...(ofPerson.get(grant.personId) ?? []), ...(ofSeal.get(grant.scope.id) ?? [])]);
    near.delete(grant);
    const context = { profile: facts.profile, actorId: facts.actorId, existing: [...near], seals, today: facts.today };
    const decision = decideGrant(grant, context);
    const refusals = decision.ok ? [] : decision.refusals;
    const heldAlready = facts.grants.some((held) => isSame(held, grant));
    if (heldAlready) one.known ??= grant.personId;
    else if (one.faults.length === 0 && refusals.length === 0)
      one.items.push({
        kind: "grant",
        person: asked.person,
        role: asked.role,
        scope: asked.scope,
        from: asked.from,
        to: asked.to,
        purpose: asked.purpose,
      });
    for (const refusal of refusals) {
      // Held already by what is there: nothing to give. Twice in the sheets: one of the lines is too many.
      if (refusal.code === "grant.held-already" && heldAlready) continue;
      const told = refusal.code === "grant.held-already" ? refuse("import.role-twice", refusal.facts, "C11") : refusal;
      if (!one.faults.some((known) => known.column === asked.column && known.refusal.code === told.code))
        one.faults.push({ column: asked.column, refusal: told });
    }
  }
}

const isSame = (held: Grant, grant: Grant): boolean =>
  held.personId === grant.personId &&
  held.role === grant.role &&
  held.scope.kind === grant.scope.kind &&
  held.scope.id === grant.scope.id &&
  held.delegatedBy === undefined &&
  (held.to === null || held.to >= grant.from) &&
  (grant.to === null || held.from <= grant.to);

function listSealsOf(judged: readonly LineWithGrants[], { entity, important }: StockFacts): SealForSeparation[] {
  const made = judged.flatMap(({ items }) => items.flatMap((item) => (item.kind === "seal" ? [item] : [])));
  const once = new Map(made.map((item) => [item.key, item]));
  return [...once.values()].map((item) => ({
    ...{
      sealId: item.key,
      entityId: entity.entityId,
      type: item.type as SealType,
      number: item.number,
      name: item.name,
    },
    ...{ important: important[item.type] ?? false, live: item.state === "in-use" },
  }));
}
