import {
  couldUseASeal,
  type FirstUseFacts,
  type FirstUseStep,
  type LocalName,
  listFirstUseSteps,
  listJoinableRoles,
  listMissingCrew,
  listSealsWithoutStandIn,
  type MissingCrew,
  type Profile,
  type Role,
  roleNames,
  type SealState,
  smallestCrew,
} from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { readClassBook } from "../document-classes/class-rows.ts";
import { readPeople } from "../requests/read-people.ts";
import { readRulesInForce } from "../rules/read-rules.ts";
import { readSealsOfCrew } from "../seals/seal-crew.ts";
import { readDays, readGrants, readUnits } from "./read-grants.ts";
import { readScopeNames } from "./scope-names.ts";

type Answer = HandlerAnswer<"GET /v1/crew">;
/** Matters by which a first seal comes into use. */
const seals = ["engrave", "enter-piece", "opening-stock", "issue"];

/** Who is missing, and what else keeps the organisation from its first use; the second for who keeps its accounts. */
export async function describeCrew(env: Environment, reader: { runsIt: boolean }): Promise<Answer> {
  const facts = await readFirstUseFacts(env);
  if (facts.entities.length === 0) throw problems.notFound();
  const { profile } = facts;
  const given = facts.grants.filter((grant) => grant.stage !== "asked");
  const missing = facts.entities.flatMap(({ entityId, today, units }) =>
    listMissingCrew(profile, [entityId], given, facts.seals, today, facts.people, units, facts.rules, facts.classes),
  );
  const nameOf = await readScopeNames(env.db);
  const alone = facts.entities.flatMap(({ entityId, today }) =>
    listSealsWithoutStandIn(profile, entityId, given, facts.seals, today, facts.people).map(({ sealId }) =>
      showAlone(nameOf(sealId ?? entityId), sealId),
    ),
  );
  const steps = reader.runsIt ? listFirstUseSteps(facts) : [];
  return {
    complete: missing.length === 0,
    alone,
    usable: couldUseASeal(facts),
    missing: missing.map((one) => ({ ...showMissing(one, profile, nameOf), sealId: one.sealId })),
    steps: await showSteps(env.db, steps, profile, nameOf),
    plan: profile === "small" ? smallestCrew.map((one) => ({ ...one, roles: [...one.roles] })) : [],
  };
}

async function readFirstUseFacts(env: Environment): Promise<FirstUseFacts> {
  const { db } = env;
  const { profile } = await db.selectFrom("installation").select("profile").executeTakeFirstOrThrow();
  const dayOf = await readDays(db, env.clock.now());
  const entities = [];
  for (const { entity_id: entityId } of await db.selectFrom("entities").select("entity_id").orderBy("code").execute())
    entities.push({ entityId, today: dayOf(entityId), units: await readUnits(db, entityId) });
  const named = new Set((await readGrants(db, { named: true })).map((grant) => grant.grantId));
  const confirmed = new Set((await readGrants(db)).map((grant) => grant.grantId));
  const states = await db.selectFrom("seals").select(["seal_id", "state"]).execute();
  const stateOf = new Map(states.map((row) => [row.seal_id, row.state as SealState]));
  const going = await db.selectFrom("seal_bodies").select("seal_id").where("goes_in_use", "=", true).execute();
  const goesInUse = new Set(going.map((row) => row.seal_id));
  const people = await db
    .selectFrom("people")
    .select(["person_id", "entity_id", "unit_id", "guest", "state"])
    .where("state", "in", ["active", "invited", "awaiting-confirmation"])
    .orderBy("created_at")
    .orderBy("person_id")
    .execute();
  return {
    rules: (await readRulesInForce(db)).rules,
    classes: await readClassBook(db),
    profile: profile as Profile,
    entities,
    grants: (await readGrants(db, { waiting: true })).map((grant) => ({
      ...grant,
      stage: confirmed.has(grant.grantId) ? "confirmed" : named.has(grant.grantId) ? "given" : "asked",
    })),
    seals: (await readSealsOfCrew(db)).map((seal) => ({
      ...seal,
      state: stateOf.get(seal.sealId) ?? "requested",
      goesInUse: goesInUse.has(seal.sealId),
    })),
    people: people.map((row) => ({
      ...{ personId: row.person_id, entityId: row.entity_id, unitId: row.unit_id, guest: row.guest },
      state: row.state as FirstUseFacts["people"][number]["state"],
    })),
    accounts: await readWaitingAccounts(db),
    matters: await readSealMatters(db),
  };
}

async function readWaitingAccounts(reader: Reader): Promise<FirstUseFacts["accounts"]> {
  const changes = await reader
    .selectFrom("account_changes")
    .select(["account_change_id", "kind", "person_id", "asked_by"])
    .where("state", "=", "waiting")
    .orderBy("asked_at")
    .orderBy("account_change_id")
    .execute();
  const asked = await reader
    .selectFrom("grants")
    .select(["account_change_id", "role", "risk"])
    .where("state", "=", "waiting")
    .orderBy("granted_at")
    .orderBy("grant_id")
    .execute();
  return changes.map((row) => {
    const grants = asked.filter((grant) => grant.account_change_id === row.account_change_id);
    return {
      ...{ accountChangeId: row.account_change_id, personId: row.person_id, askedBy: row.asked_by },
      roles: grants.map((grant) => grant.role as Role),
      loosened: row.kind === "grant" && grants.some((grant) => grant.risk !== null),
    };
  });
}

async function readSealMatters(reader: Reader): Promise<FirstUseFacts["matters"]> {
  const rows = await reader
    .selectFrom("matters as m")
    .innerJoin("matter_steps as s", "s.matter_id", "m.matter_id")
    .select(["m.matter_id", "s.candidates"])
    .where("m.kind", "in", seals)
    .where("m.state", "=", "in-review")
    .where("s.state", "=", "current")
    .orderBy("m.matter_id")
    .execute();
  return rows.map((row) => ({ matterId: row.matter_id, by: row.candidates }));
}

type NameOf = Awaited<ReturnType<typeof readScopeNames>>;

function showMissing(one: MissingCrew, profile: Profile, nameOf: NameOf) {
  const scope = nameOf(one.sealId ?? one.entityId);
  const joinable = listJoinableRoles(profile, one.role, false);
  return {
    role: one.role,
    sealName: one.sealId ? scope : null,
    sentence:
      one.role === "applicant"
        ? {
            en: `${scope.en}: nobody there could ask. Whoever keeps, supervises, decides or holds the certificate may not ask; invite somebody who does none of it.`,
            zh: `${scope.zh}：目前无人可以申请。保管、监印、审批或保管证书的人不得申请，请邀请一位不承担这些职责的人员。`,
          }
        : {
            en: `${scope.en}: ${one.missing} more ${roleNames[one.role].en} needed.`,
            zh: `${scope.zh}：还需要 ${one.missing} 位${roleNames[one.role].zh}。`,
          },
    joinable,
    joinableByGuest: listJoinableRoles(profile, one.role, true).filter((role) => !joinable.includes(role)),
  };
}

/** A seal that can be used and not handed over: what cannot be done, and whom to add. Who keeps it is not told here. */
const showAlone = (name: LocalName, sealId: string | null) => ({
  sealId,
  sentence: {
    en: `${name.en}: nobody could take ${sealId === null ? "the first seal" : "it"} over from the one who keeps it, for everybody else has a duty that may not keep a seal (C11). It can be used, and neither handed over nor kept by a deputy while its keeper is away. Invite one more person who has no other duty; as deputy he keeps it meanwhile.`,
    zh: `${name.zh}：${sealId === null ? "首枚印章" : "该印章"}的保管人无人可以接替，其他人员的职责均不得兼任保管人（C11）。印章可以使用，但无法交接，保管人不在时也无人代管。请再邀请一位不担任其他职责的人员，作为代保管人。`,
  },
});

async function showSteps(
  reader: Reader,
  steps: readonly FirstUseStep[],
  profile: Profile,
  nameOf: NameOf,
): Promise<Answer["steps"]> {
  const people = await reader.selectFrom("people").select("person_id").execute();
  const person = await readPeople(
    reader,
    people.map((row) => row.person_id),
  );
  const persons = (ids: readonly string[]) => ids.flatMap((id) => person(id) ?? []);
  const none = {
    person: null,
    roles: [],
    positions: [],
    loosened: false,
    by: [],
    later: [],
    sealId: null,
    matterId: null,
    missing: null,
  };
  const showPosition = ({ role, sealId }: { role: Role; sealId: string | null }) => ({
    role,
    sealName: sealId === null ? null : nameOf(sealId),
  });
  const show = (step: FirstUseStep): Answer["steps"][number] => {
    switch (step.kind) {
      case "confirm-account": {
        const { personId, roles, loosened } = step.account;
        const who = { person: person(personId), by: persons(step.by), later: persons(step.later) };
        return { ...none, kind: step.kind, roles: [...roles], loosened, ...who };
      }
      case "take-up-account":
        return { ...none, kind: step.kind, person: person(step.personId) };
      case "confirm-position":
        return { ...none, kind: step.kind, person: person(step.personId), positions: step.positions.map(showPosition) };
      case "name":
        return { ...none, kind: step.kind, sealId: step.sealId, missing: showMissing(step, profile, nameOf) };
      case "decide-seal":
        return { ...none, kind: step.kind, matterId: step.matterId, by: persons(step.by) };
      case "put-in-use":
        return { ...none, kind: step.kind, sealId: step.sealId };
      case "ask-for-seal":
        return { ...none, kind: step.kind };
    }
  };
  return steps.map(show);
}
