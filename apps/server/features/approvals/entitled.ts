import {
  findPrincipal,
  type Grant,
  listEligible,
  listEntitled,
  type Profile,
  type Role,
  type RouteFacts,
  type StepKind,
  type UnitInTree,
  withoutOtherSide,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readOtherSide } from "../joint/engaged.ts";
import { dayIn, readGrants, readUnits } from "../organisation/read-grants.ts";
import type { LoadedRequest, LoadedStep } from "../requests/load-request.ts";
import { listGone } from "../rules/named-people.ts";

/** What the route was made of, as it is now: a grant may have ended since, or somebody may stand in for another. */
export interface RouteNow {
  readonly facts: RouteFacts;
  readonly units: readonly UnitInTree[];
  readonly grants: readonly Grant[];
}

/**
 * Null while the request names no class or entity, for which there is no route. Of a joint request nobody is in it who is
 * engaged on the other side, nor who stands in for such a person: he is asked for nothing that he would be refused.
 */
export async function readRouteNow(
  reader: Reader,
  env: Environment,
  { row, sealIds, joint }: Pick<LoadedRequest, "row" | "sealIds" | "joint">,
): Promise<RouteNow | null> {
  if (row.document_class === null || row.entity_id === null) return null;
  const entity = await reader
    .selectFrom("entities")
    .select("time_zone")
    .where("entity_id", "=", row.entity_id)
    .executeTakeFirstOrThrow();
  const engaged = (await readOtherSide(reader, env, { joint }))?.engaged ?? [];
  const { profile } = await reader.selectFrom("installation").select("profile").executeTakeFirstOrThrow();
  return {
    facts: {
      profile: profile as Profile,
      entityId: row.entity_id,
      unitId: row.unit_id,
      sealIds,
      applicantId: row.applicant_id,
      handlerId: row.handler_id,
      today: dayIn(entity.time_zone, env.clock.now()),
      gone: engaged,
    },
    units: await readUnits(reader, row.entity_id),
    grants: withoutOtherSide(await readGrants(reader, { entityId: row.entity_id }), engaged),
  };
}

/** Who is entitled to decide a step now. People whom the rules named are so while they are here and nothing else stops them. */
export async function entitledNow(
  reader: Reader,
  route: RouteNow | null,
  step: Pick<LoadedStep, "kind" | "candidates" | "superiors">,
): Promise<string[]> {
  if (route === null) return [];
  if (step.kind !== "named") return listEntitled(step.kind, route.facts, route.units, route.grants);
  const gone = [...(route.facts.gone ?? []), ...(await listGone(reader, step.candidates))];
  const heads = step.superiors.length === 0 ? [] : listEntitled("unit-head", route.facts, route.units, route.grants);
  return listEligible(step.kind, { ...route.facts, gone }, route.grants, step.candidates).filter(
    (person) => !step.superiors.includes(person) || heads.includes(person),
  );
}

/**
 * By which delegation a person would decide a step, null for by none. Whom the rules name decides for himself, for he has no role
 * that could be delegated; whoever is in such a step as the applicant's superior is so as a head.
 */
export function principalOf(
  step: Pick<LoadedStep, "kind" | "superiors">,
  { facts, units, grants }: RouteNow,
  personId: string,
): Grant | null {
  if (step.kind === "named" && !step.superiors.includes(personId)) return null;
  return findPrincipal(step.kind === "named" ? "unit-head" : step.kind, facts, units, grants, personId);
}

const roleOfStep: Readonly<Partial<Record<StepKind, Role>>> = {
  "unit-head": "unit-head",
  "legal-review": "legal-reviewer",
  signatory: "signatory",
};

/** A role of this step that was delegated to the person and is in force, whether or not it counts in this request. */
export function findDelegated(kind: StepKind, { facts, grants }: RouteNow, personId: string): Grant | null {
  return (
    grants.find(
      ({ role, delegatedBy, from, to, ...grant }) =>
        grant.personId === personId &&
        role === roleOfStep[kind] &&
        delegatedBy !== undefined &&
        from <= facts.today &&
        (to === null || to >= facts.today),
    ) ?? null
  );
}
