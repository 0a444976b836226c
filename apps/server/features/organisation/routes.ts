import {
  decideAccountConfirmation,
  decideGrant,
  describeRefusal,
  listMissingCrew,
  listSeparationConflicts,
  type Profile,
  proveNobodyActsAlone,
  type Role,
  roleNames,
} from "@chancery/domain";
import type { Handlers, RouteInput } from "../../platform/call.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import { findGrantLeaves } from "../ledger/read-model.ts";
import { readPeople } from "../requests/read-people.ts";
import { askForReset, confirmAccountChange, declineAccountChange, grantRole } from "./account-changes.ts";
import { getEntityOfScope, requireMayGrant } from "./grants.ts";
import { addEntity, addUnit, askForPerson, endGrant } from "./people-service.ts";
import { previewUnitChange } from "./preview-unit-change.ts";
import { dayIn, readDays, readGrants, readSealsForSeparation } from "./read-grants.ts";

type Mine =
  | "GET /v1/organisation"
  | "POST /v1/entities"
  | "POST /v1/units"
  | "POST /v1/units/:unitId/change-preview"
  | "GET /v1/people"
  | "POST /v1/people"
  | "POST /v1/people/:personId/credential-reset"
  | "GET /v1/account-changes"
  | "POST /v1/account-changes/:accountChangeId/confirm"
  | "POST /v1/account-changes/:accountChangeId/decline"
  | "GET /v1/grants"
  | "POST /v1/grants/check"
  | "POST /v1/grants"
  | "POST /v1/grants/:grantId/end"
  | "GET /v1/separation"
  | "GET /v1/crew";
type GrantScopeIn = RouteInput<"POST /v1/grants">["body"]["scope"];

const scopeOf = (scope: GrantScopeIn) => ({
  kind: scope.kind,
  id: scope.kind === "entity" ? scope.entityId : scope.kind === "unit" ? scope.unitId : scope.sealId,
});

export function organisationHandlers(env: Environment): Pick<Handlers, Mine> {
  const profile = async (): Promise<Profile> =>
    (await env.db.selectFrom("installation").select("profile").executeTakeFirstOrThrow()).profile as Profile;
  const scopeNames = async () => {
    const [entities, units, seals] = await Promise.all([
      env.db.selectFrom("entities").selectAll().execute(),
      env.db.selectFrom("units").selectAll().execute(),
      env.db.selectFrom("seals").select(["seal_id", "name_en", "name_zh"]).execute(),
    ]);
    const names = new Map<string, { en: string; zh: string }>();
    for (const row of entities) names.set(row.entity_id, { en: row.name_en, zh: row.name_zh });
    for (const row of units) names.set(row.unit_id, { en: row.name_en, zh: row.name_zh });
    for (const row of seals) names.set(row.seal_id, { en: row.name_en, zh: row.name_zh });
    return (id: string) => names.get(id) ?? { en: "unknown", zh: "未知" };
  };
  return {
    "GET /v1/organisation": async () => {
      const installation = await env.db.selectFrom("installation").selectAll().executeTakeFirstOrThrow();
      const entities = await env.db.selectFrom("entities").selectAll().orderBy("code").execute();
      const units = await env.db
        .selectFrom("units")
        .selectAll()
        .where("closed_at", "is", null)
        .orderBy("created_at")
        .execute();
      const people = await env.db.selectFrom("people").select(["unit_id"]).where("state", "<>", "departed").execute();
      const heads = (await readGrants(env.db)).filter(
        (grant) => grant.role === "unit-head" && grant.scope.kind === "unit",
      );
      const person = await readPeople(env.db, [
        ...heads.map((head) => head.personId),
        ...entities.flatMap((row) => row.legal_representative_id ?? []),
      ]);
      return {
        name: { en: installation.name_en ?? "", zh: installation.name_zh ?? "" },
        profile: installation.profile as Profile,
        sample: installation.state === "sample",
        entities: entities.map((row) => ({
          entityId: row.entity_id,
          name: { en: row.name_en, zh: row.name_zh },
          code: row.code,
          timeZone: row.time_zone,
          legalRepresentative: person(row.legal_representative_id),
        })),
        units: units.map((row) => ({
          unitId: row.unit_id,
          entityId: row.entity_id,
          parentUnitId: row.parent_unit_id,
          name: { en: row.name_en, zh: row.name_zh },
          head: person(heads.find((head) => head.scope.id === row.unit_id)?.personId),
          people: people.filter((one) => one.unit_id === row.unit_id).length,
        })),
      };
    },
    "POST /v1/entities": async ({ body }, call) =>
      transact(env.db, (tx) => addEntity(tx, env, call.person().personId, body)),
    "POST /v1/units": async ({ body }, call) => addUnit(env, call.person().personId, body),
    "POST /v1/units/:unitId/change-preview": async ({ params, body }, call) =>
      previewUnitChange(env, call.person().personId, { unitId: params.unitId, ...body }),
    "GET /v1/people": async () => {
      const rows = await env.db.selectFrom("people").selectAll().orderBy("created_at").execute();
      const grants = await readGrants(env.db);
      const passkeys = new Set(
        (await env.db.selectFrom("passkeys").select("person_id").execute()).map((row) => row.person_id),
      );
      return {
        items: rows.map((row) => ({
          personId: row.person_id,
          name: { en: row.name_en, zh: row.name_zh },
          login: row.login,
          guest: row.guest,
          unitId: row.unit_id,
          entityId: row.entity_id,
          state: row.state as "active",
          roles: [...new Set(grants.filter((grant) => grant.personId === row.person_id).map((grant) => grant.role))],
          hasPasskey: passkeys.has(row.person_id),
          lastSignInAt: row.last_sign_in_at?.toISOString() ?? null,
        })),
      };
    },
    "POST /v1/people": async ({ body }, call) =>
      askForPerson(env, call.person().personId, {
        ...body,
        grants: body.grants.map((grant) => ({
          role: grant.role,
          scope: scopeOf(grant.scope),
          from: grant.from,
          to: grant.to,
        })),
      }),
    "POST /v1/people/:personId/credential-reset": async ({ params, body }, call) =>
      askForReset(env, call.person().personId, params.personId, body.reason),
    "GET /v1/account-changes": async (_, call) => {
      const { personId, permissions } = call.person();
      const all = (["person.manage", "person.confirm", "audit.read"] as const).some((one) => permissions.has(one));
      let select = env.db.selectFrom("account_changes").selectAll().where("state", "=", "waiting").orderBy("asked_at");
      // Why somebody's credentials are reset is not everybody's business; one's own change is.
      if (!all) select = select.where("person_id", "=", personId);
      const rows = await select.execute();
      const person = await readPeople(
        env.db,
        rows.flatMap((row) => [row.person_id, row.asked_by]),
      );
      const waiting = await env.db.selectFrom("grants").selectAll().where("state", "=", "waiting").execute();
      const nameOf = await scopeNames();
      return {
        items: rows.flatMap((row) => {
          const [about, askedBy] = [person(row.person_id), person(row.asked_by)];
          if (!about || !askedBy) return [];
          const decided = decideAccountConfirmation(
            { kind: row.kind, personId: row.person_id, askedBy: row.asked_by, state: row.state },
            { personId, mayConfirm: permissions.has("person.confirm") },
          );
          const refusal = decided.ok ? undefined : decided.refusals[0];
          return [
            {
              accountChangeId: row.account_change_id,
              kind: row.kind,
              person: about,
              askedBy,
              askedAt: row.asked_at.toISOString(),
              reason: row.reason,
              grants: waiting
                .filter((grant) => grant.account_change_id === row.account_change_id)
                .map((grant) => ({ role: grant.role as Role, scopeName: nameOf(grant.scope_id) })),
              mayConfirm: decided.ok,
              why: refusal ? toRefusalView(refusal) : null,
            },
          ];
        }),
      };
    },
    "POST /v1/account-changes/:accountChangeId/confirm": async ({ params }, call) =>
      confirmAccountChange(env, call.person().personId, params.accountChangeId),
    "POST /v1/account-changes/:accountChangeId/decline": async ({ params, body }, call) => {
      await declineAccountChange(env, call.person().personId, params.accountChangeId, body.reason);
      return { done: true as const };
    },
    "GET /v1/grants": async ({ query }) => {
      let select = env.db.selectFrom("grants as g").selectAll("g").orderBy("g.granted_at", "desc").limit(1000);
      if (query.personId) select = select.where("g.person_id", "=", query.personId);
      if (query.sealId) select = select.where("g.scope_id", "=", query.sealId);
      const rows = await select.execute();
      const person = await readPeople(
        env.db,
        rows.flatMap((row) => [row.person_id, row.granted_by]),
      );
      const nameOf = await scopeNames();
      const entityOf = new Map((await readGrants(env.db)).map((grant) => [grant.grantId, grant.entityId]));
      const dayOf = await readDays(env.db, env.clock.now());
      const leaves = await findGrantLeaves(
        env.db,
        rows.map((row) => row.grant_id),
      );
      return {
        items: rows.flatMap((row) => {
          const holder = person(row.person_id);
          if (!holder) return [];
          const scope =
            row.scope_kind === "entity"
              ? { kind: "entity" as const, entityId: row.scope_id }
              : row.scope_kind === "unit"
                ? { kind: "unit" as const, unitId: row.scope_id }
                : { kind: "seal" as const, sealId: row.scope_id };
          const day = dayOf(entityOf.get(row.grant_id) ?? "");
          const state =
            row.state === "waiting"
              ? ("waiting" as const)
              : row.state === "ended" || (row.to_on !== null && row.to_on < day)
                ? ("ended" as const)
                : row.from_on > day
                  ? ("future" as const)
                  : ("in-force" as const);
          return [
            {
              grantId: row.grant_id,
              person: holder,
              role: row.role as Role,
              scope,
              scopeName: nameOf(row.scope_id),
              from: row.from_on,
              to: row.to_on,
              state,
              grantedBy: person(row.granted_by),
              grantedAt: row.granted_at.toISOString(),
              leaf: leaves.get(row.grant_id) ?? null,
            },
          ];
        }),
      };
    },
    "POST /v1/grants/check": async ({ body }, call) => {
      const scope = scopeOf(body.scope);
      await requireMayGrant(env.db, env, call.person().personId, scope);
      const entity = await getEntityOfScope(env.db, scope);
      const decided = decideGrant(
        {
          grantId: newId("grant", env.clock.now()),
          personId: body.personId,
          role: body.role,
          scope,
          entityId: entity.entityId,
          from: body.from,
          to: body.to,
        },
        {
          profile: await profile(),
          actorId: call.person().personId,
          existing: await readGrants(env.db),
          seals: await readSealsForSeparation(env.db),
          today: dayIn(entity.timeZone, env.clock.now()),
        },
      );
      return { allowed: decided.ok, refusals: decided.ok ? [] : decided.refusals.map(toRefusalView) };
    },
    "POST /v1/grants": async ({ body }, call) =>
      grantRole(env, {
        actorId: call.person().personId,
        personId: body.personId,
        role: body.role,
        scope: scopeOf(body.scope),
        from: body.from,
        to: body.to,
      }),
    "POST /v1/grants/:grantId/end": async ({ params, body }, call) => {
      await endGrant(env, call.person().personId, params.grantId, body.reason);
      return { done: true as const };
    },
    "GET /v1/separation": async () => {
      const grants = await readGrants(env.db);
      const seals = await readSealsForSeparation(env.db);
      const dayOf = await readDays(env.db, env.clock.now());
      const chains = [...new Set(seals.map((seal) => seal.entityId))].flatMap((entityId) =>
        proveNobodyActsAlone(
          grants,
          seals.filter((seal) => seal.entityId === entityId),
          dayOf(entityId),
        ),
      );
      const person = await readPeople(
        env.db,
        chains.map((chain) => chain.personId),
      );
      return {
        conflicts: listSeparationConflicts(grants, await profile()).map((conflict) => ({
          code: conflict.code,
          rule: conflict.rule,
          ...describeRefusal(conflict),
          facts: { ...conflict.facts },
        })),
        proof: {
          holds: chains.length === 0,
          chains: chains.flatMap((chain) => {
            const who = person(chain.personId);
            return who ? [{ person: who, sealId: chain.sealId, roles: [...chain.roles] }] : [];
          }),
        },
      };
    },
    "GET /v1/crew": async () => {
      const entities = await env.db.selectFrom("entities").select("entity_id").execute();
      if (entities.length === 0) throw problems.notFound();
      const [kind, grants, seals] = [
        await profile(),
        await readGrants(env.db),
        await readSealsForSeparation(env.db),
      ] as const;
      const dayOf = await readDays(env.db, env.clock.now());
      const missing = entities.flatMap(({ entity_id }) =>
        listMissingCrew(kind, [entity_id], grants, seals, dayOf(entity_id)),
      );
      const nameOf = await scopeNames();
      return {
        complete: missing.length === 0,
        missing: missing.map((one) => {
          const scope = nameOf(one.sealId ?? one.entityId);
          return {
            role: one.role,
            sealId: one.sealId,
            sealName: one.sealId ? scope : null,
            sentence: {
              en: `${scope.en}: ${one.missing} more ${roleNames[one.role].en} needed.`,
              zh: `${scope.zh}：还需要 ${one.missing} 位${roleNames[one.role].zh}。`,
            },
          };
        }),
      };
    },
  };
}
