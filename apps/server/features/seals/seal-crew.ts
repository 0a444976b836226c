import {
  custodiansNeeded,
  decideGrant,
  decideSeal,
  type Grant,
  holdersFor,
  type Profile,
  type Role,
  type SealLifeContext,
  type SealType,
  sealTypeDefaults,
} from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import { dayIn, readGrants, readSealsForSeparation } from "../organisation/read-grants.ts";
import { readPeople } from "../requests/read-people.ts";
import { mayActOn, maySee, readViewer } from "./visible-seals.ts";

/** The people that a registration names. */
export interface NamedCrew {
  custodians: readonly string[];
  supervisor: string | null;
  certificateKeeper: string | null;
}

/** The people named with a seal, in the order their grants are given. */
export function listNamed(named: NamedCrew): { personId: string; role: Role }[] {
  const one = (personId: string | null, role: Role) => (personId === null ? [] : [{ personId, role }]);
  return [
    ...named.custodians.map((personId) => ({ personId, role: "custodian" as const })),
    ...one(named.supervisor, "supervisor"),
    ...one(named.certificateKeeper, "certificate-keeper"),
  ];
}

/** How many people hold each duty of a seal today. */
export function countCrew(
  grants: readonly Grant[],
  seal: { sealId: string; entityId: string },
  today: string,
): SealLifeContext["crew"] {
  const count = (role: Role): number => holdersFor(grants, role, seal, today).length;
  return {
    custodians: count("custodian"),
    signatories: count("signatory"),
    supervisors: count("supervisor"),
    certificateKeepers: count("certificate-keeper"),
  };
}

/**
 * What registering would answer about the people of a seal that does not exist yet: which duty one of them may not take,
 * who would hold each, and what would still be missing to put the seal in use. Nothing is written; the rules are those
 * that the grants and the seal's life ask again.
 */
export async function checkCrew(
  env: Environment,
  wanted: NamedCrew & { actorId: string; type: SealType; entityId: string },
): Promise<HandlerAnswer<"POST /v1/seals/check">> {
  const now = env.clock.now();
  const entity = await env.db
    .selectFrom("entities")
    .select("time_zone")
    .where("entity_id", "=", wanted.entityId)
    .executeTakeFirst();
  const viewer = await readViewer(env.db, wanted.actorId, now);
  const anySeal = { sealId: "", entityId: wanted.entityId };
  if (!entity || !maySee(viewer, anySeal)) throw problems.notFound();
  if (!mayActOn(viewer, anySeal, "seal.register")) throw problems.notPermitted("seal.register");

  const profile = (await env.db.selectFrom("installation").select("profile").executeTakeFirstOrThrow())
    .profile as Profile;
  const { important } = sealTypeDefaults[wanted.type];
  const seal = { sealId: newId("seal", now), entityId: wanted.entityId, type: wanted.type, important, live: true };
  const seals = [...(await readSealsForSeparation(env.db)), seal];
  const grants = await readGrants(env.db);
  const today = dayIn(entity.time_zone, now);
  const refusals = listNamed(wanted).flatMap(({ personId, role }) => {
    const scope = { kind: "seal" as const, id: seal.sealId };
    const grant = {
      grantId: newId("grant", now),
      personId,
      role,
      scope,
      entityId: wanted.entityId,
      from: today,
      to: null,
    };
    const decision = decideGrant(grant, { profile, actorId: wanted.actorId, existing: grants, seals, today });
    if (!decision.ok) return decision.refusals.map((refusal) => ({ personId, role, refusal: toRefusalView(refusal) }));
    grants.push(grant);
    return [];
  });

  const custodians = custodiansNeeded(profile, important);
  const inUse = decideSeal("filed", "put-in-use", {
    body: "electronic",
    important,
    crew: countCrew(grants, seal, today),
    custodiansNeeded: custodians,
    // The certificate is made with the seal.
    certificateValid: true,
    actorFroze: false,
  });
  const duties: readonly (readonly [Role, number])[] = [
    ["custodian", custodians],
    ["supervisor", important ? 1 : 0],
    ["certificate-keeper", 1],
    ["signatory", 1],
  ];
  const person = await readPeople(
    env.db,
    grants.map((grant) => grant.personId),
  );
  return {
    crew: duties.map(([role, needed]) => ({
      role,
      needed,
      people: holdersFor(grants, role, seal, today).flatMap((id) => person(id) ?? []),
    })),
    refusals,
    missing: inUse.ok ? [] : inUse.refusals.map(toRefusalView),
  };
}
