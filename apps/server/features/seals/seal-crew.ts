import {
  decideGrant,
  decideSeal,
  type Grant,
  holdersFor,
  listLoosened,
  listNamesNeeded,
  type Profile,
  type Refusal,
  type Role,
  type SealLifeContext,
  type SealOfCrew,
  type SealType,
} from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import { readClassBook } from "../document-classes/class-rows.ts";
import { readDays, readGrants, readSealsForSeparation } from "../organisation/read-grants.ts";
import { readPeople } from "../requests/read-people.ts";
import { readHolderRefusals, readKindWanted } from "./kind-holders.ts";
import { readKinds, rulesOf } from "./seal-types.ts";
import { mayActOn, maySee, readViewer } from "./visible-seals.ts";

/** The people that a registration names. */
export interface NamedCrew {
  custodians: readonly string[];
  supervisor: string | null;
  /** The supervisor's last day and the stated risk, where only the profile lets his roles meet. */
  supervisorTo?: string | null | undefined;
  supervisorRisk?: string | null | undefined;
  certificateKeeper: string | null;
}

/** The people named with a seal, in the order their grants are given. */
export function listNamed(
  named: NamedCrew,
): { personId: string; role: Role; to: string | null; risk: string | null }[] {
  const one = (personId: string | null, role: Role, to: string | null = null, risk: string | null = null) =>
    personId === null ? [] : [{ personId, role, to, risk }];
  return [
    ...named.custodians.flatMap((personId) => one(personId, "custodian")),
    ...one(named.supervisor, "supervisor", named.supervisorTo || null, named.supervisorRisk || null),
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
    inspectors: count("inspector"),
  };
}

/** Who is named for a duty of a seal today and has not confirmed it: named by `grants`, and in force by none of them. */
export function listAwaiting(
  grants: readonly Grant[],
  inForce: readonly Grant[],
  seal: { sealId: string; entityId: string },
  today: string,
): { role: Role; personId: string }[] {
  return (["custodian", "signatory", "supervisor", "certificate-keeper", "inspector"] as const).flatMap((role) => {
    const confirmed = holdersFor(inForce, role, seal, today);
    return holdersFor(grants, role, seal, today)
      .filter((personId) => !confirmed.includes(personId))
      .map((personId) => ({ role, personId }));
  });
}

type CrewOfNewSeal = NamedCrew & {
  actorId: string;
  type: SealType;
  kindId?: string | null | undefined;
  entityId: string;
  unitId?: string | null | undefined;
};

/** What the matrix and the limits of custody say of the people of a seal that does not exist yet, each after the others. */
async function judgeCrew(reader: Reader, env: Environment, wanted: CrewOfNewSeal) {
  const now = env.clock.now();
  const { profile } = await reader.selectFrom("installation").select("profile").executeTakeFirstOrThrow();
  const kind = await readKindWanted(reader, wanted);
  const { important } = kind;
  const seal = { sealId: newId("seal", now), entityId: wanted.entityId, type: wanted.type, important, live: true };
  const seals = [...(await readSealsForSeparation(reader)), seal];
  const grants = await readGrants(reader, { named: true });
  const today = (await readDays(reader, now))(wanted.entityId);
  const holder = await readHolderRefusals(
    reader,
    wanted.custodians.map((personId) => ({ personId, kind, entityId: wanted.entityId, unitId: wanted.unitId ?? null })),
  );
  const guests = await readGuests(reader, listNamed(wanted));
  const loosened: { personId: string; role: Role; heldRoles: Role[] }[] = [];
  const refusals = listNamed(wanted).flatMap(({ personId, role, to, risk }) => {
    const unfit = role === "custodian" ? holder(personId) : [];
    if (unfit.length > 0) return unfit.map((refusal) => ({ personId, role, refusal }));
    const scope = { kind: "seal" as const, id: seal.sealId };
    const grant = {
      ...{ grantId: newId("grant", now), personId, role, scope, entityId: wanted.entityId, from: today, to },
      guest: guests.has(personId),
    };
    const context = { profile: profile as Profile, actorId: wanted.actorId, existing: grants, seals, today, risk };
    const decision = decideGrant(grant, context);
    const heldRoles = listLoosened(decision);
    if (heldRoles.length > 0) loosened.push({ personId, role, heldRoles });
    if (!decision.ok) return decision.refusals.map((refusal) => ({ personId, role, refusal }));
    grants.push(grant);
    return [];
  });
  const { dualControl } = kind;
  return { profile: profile as Profile, important, dualControl, grants, seal, today, refusals, loosened };
}

async function readGuests(reader: Reader, named: readonly { personId: string }[]): Promise<ReadonlySet<string>> {
  if (named.length === 0) return new Set();
  const rows = await reader
    .selectFrom("people")
    .select("person_id")
    .where("guest", "=", true)
    .where(
      "person_id",
      "in",
      named.map((one) => one.personId),
    )
    .execute();
  return new Set(rows.map((row) => row.person_id));
}

/** Why the people named with a seal may not be: the reasons without whose they are. */
export async function listCrewRefusals(reader: Reader, env: Environment, wanted: CrewOfNewSeal): Promise<Refusal[]> {
  return (await judgeCrew(reader, env, wanted)).refusals.map((one) => one.refusal);
}

/**
 * What registering would answer about the people of a seal that does not exist yet: which duty one of them may not take,
 * who would hold each, and what would still be missing to put the seal in use. Nothing is written; the rules are those
 * that the grants and the seal's life ask again.
 */
export async function checkCrew(
  env: Environment,
  wanted: CrewOfNewSeal,
): Promise<HandlerAnswer<"POST /v1/seals/check">> {
  const now = env.clock.now();
  const entity = await env.db
    .selectFrom("entities")
    .select("entity_id")
    .where("entity_id", "=", wanted.entityId)
    .executeTakeFirst();
  const viewer = await readViewer(env.db, wanted.actorId, now);
  const anySeal = { sealId: "", entityId: wanted.entityId };
  if (!entity || !maySee(viewer, anySeal)) throw problems.notFound();
  if (!mayActOn(viewer, anySeal, "seal.register")) throw problems.notPermitted("seal.register");

  const judged = await judgeCrew(env.db, env, wanted);
  const { profile, important, dualControl, grants, seal, today, refusals, loosened } = judged;
  const needed = listNamesNeeded(profile, { important, dualControl, electronic: true });
  const inUse = decideSeal("filed", "put-in-use", {
    body: "electronic",
    important,
    crew: countCrew(grants, seal, today),
    needed,
    // Whom the seal names confirms his position when he has it.
    awaiting: [],
    // The certificate is made with the seal.
    certificateValid: true,
    actorFroze: false,
    lossOpen: false,
    wasInUse: true,
  });
  const duties: readonly (readonly [Role, number])[] = [
    ["custodian", needed.custodian + needed.deputy],
    ["supervisor", needed.supervisor],
    ["certificate-keeper", 1],
    ["signatory", 1],
    ["inspector", needed.inspector],
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
    refusals: refusals.map(({ refusal, ...whose }) => ({ ...whose, refusal: toRefusalView(refusal) })),
    loosened,
    missing: inUse.ok ? [] : inUse.refusals.map(toRefusalView),
  };
}

/** The seals as the question who is missing sees them: each with the classes and the control of its kind today. */
export async function readSealsOfCrew(reader: Reader): Promise<SealOfCrew[]> {
  const seals = await readSealsForSeparation(reader);
  const rows = await reader.selectFrom("seals").select(["seal_id", "type", "kind_id"]).execute();
  const kindOf = await readKinds(reader, rows);
  const book = await readClassBook(reader);
  const kinds = new Map(rows.map((row) => [row.seal_id, rulesOf(kindOf(row), book)]));
  return seals.map((seal) => {
    const kind = kinds.get(seal.sealId);
    return kind ? { ...seal, kind } : seal;
  });
}
