import {
  decideAccountConfirmation,
  decideGrant,
  type Grant,
  listLoosened,
  mayConfirmAccounts,
  type Profile,
  type Role,
} from "@chancery/domain";
import type { Handlers } from "../../platform/call.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import { readWholeRoles } from "../identity/permissions.ts";
import { readPeople } from "../requests/read-people.ts";
import { listHolesOf } from "../separation/prove.ts";
import { askForReset, confirmAccountChange, declineAccountChange, grantRole } from "./account-changes.ts";
import { describeCrew } from "./crew.ts";
import { getEntityOfScope, requireMayGrant } from "./grants.ts";
import { inviteAgain } from "./new-invitation.ts";
import { listGrants, listPeople } from "./people-read-model.ts";
import { addEntity, addUnit, askForPerson, endGrant } from "./people-service.ts";
import { previewUnitChange } from "./preview-unit-change.ts";
import { dayIn, readGrants, readSealsForSeparation } from "./read-grants.ts";
import { previewRepresentativeChange } from "./representative-impact.ts";
import { readScopeNames, scopeOf } from "./scope-names.ts";

type Mine =
  | "GET /v1/organisation"
  | "POST /v1/entities"
  | "POST /v1/units"
  | "POST /v1/units/:unitId/change-preview"
  | "POST /v1/entities/:entityId/representative-preview"
  | "GET /v1/people"
  | "POST /v1/people"
  | "POST /v1/people/:personId/credential-reset"
  | "POST /v1/people/:personId/invitation"
  | "GET /v1/account-changes"
  | "POST /v1/account-changes/:accountChangeId/confirm"
  | "POST /v1/account-changes/:accountChangeId/decline"
  | "GET /v1/grants"
  | "POST /v1/grants/check"
  | "POST /v1/grants"
  | "POST /v1/grants/:grantId/end"
  | "GET /v1/crew";

export function organisationHandlers(env: Environment): Pick<Handlers, Mine> {
  const profile = async (): Promise<Profile> =>
    (await env.db.selectFrom("installation").select("profile").executeTakeFirstOrThrow()).profile as Profile;
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
      const heads = (await readGrants(env.db, { named: true })).filter(
        ({ role, scope, delegatedBy }) => role === "unit-head" && scope.kind === "unit" && delegatedBy === undefined,
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
    "POST /v1/entities/:entityId/representative-preview": async ({ params, body }, call) =>
      previewRepresentativeChange(env, call.person().personId, { entityId: params.entityId, lapseOn: body.lapseOn }),
    "GET /v1/people": async (_, call) => ({
      items: await listPeople(env.db, call.person().personId, env.clock.now()),
    }),
    "POST /v1/people": async ({ body }, call) =>
      askForPerson(env, call.person().personId, {
        ...body,
        grants: body.grants.map((grant) => ({
          role: grant.role,
          scope: scopeOf(grant.scope),
          from: grant.from,
          to: grant.to,
          risk: grant.risk ?? null,
        })),
      }),
    "POST /v1/people/:personId/credential-reset": async ({ params, body }, call) =>
      askForReset(env, call.person().personId, params.personId, body.reason),
    "POST /v1/people/:personId/invitation": async ({ params }, call) =>
      inviteAgain(env, call.person().personId, params.personId),
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
      const nameOf = await readScopeNames(env.db);
      const roles = await readWholeRoles(env.db, personId, env.clock.now());
      return {
        items: rows.flatMap((row) => {
          const own = waiting.filter((grant) => grant.account_change_id === row.account_change_id);
          const [about, askedBy] = [person(row.person_id), person(row.asked_by)];
          if (!about || !askedBy) return [];
          const decided = decideAccountConfirmation(
            { kind: row.kind, personId: row.person_id, askedBy: row.asked_by, state: row.state },
            {
              personId,
              mayConfirm: mayConfirmAccounts(roles, row.kind === "grant" && own.some((one) => one.risk !== null)),
            },
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
              grants: own.map((grant) => ({
                ...{ role: grant.role as Role, scopeName: nameOf(grant.scope_id) },
                ...{ to: grant.to_on, risk: grant.risk },
              })),
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
    "GET /v1/grants": async ({ query }, call) => ({
      items: await listGrants(env.db, call.person().personId, query, env.clock.now()),
    }),
    "POST /v1/grants/check": async ({ body }, call) => {
      const scope = scopeOf(body.scope);
      await requireMayGrant(env.db, env, call.person().personId, scope);
      const entity = await getEntityOfScope(env.db, scope);
      const person = await env.db
        .selectFrom("people")
        .select("guest")
        .where("person_id", "=", body.personId)
        .executeTakeFirst();
      // What else was asked for the same person counts, as it does when the grant is given.
      const own = await readGrants(env.db, { personId: body.personId, waiting: true });
      const existing = [
        ...(await readGrants(env.db, { named: true })).filter((held) => held.personId !== body.personId),
        ...own,
      ];
      const wanted: Grant = {
        grantId: newId("grant", env.clock.now()),
        personId: body.personId,
        role: body.role,
        scope,
        entityId: entity.entityId,
        from: body.from,
        to: body.to,
        guest: person?.guest ?? false,
      };
      const decided = decideGrant(wanted, {
        profile: await profile(),
        actorId: call.person().personId,
        existing,
        seals: await readSealsForSeparation(env.db),
        today: dayIn(entity.timeZone, env.clock.now()),
        risk: body.risk ?? null,
      });
      const holes = await listHolesOf(env.db, env.clock.now(), wanted, existing);
      const refusals = [...(decided.ok ? [] : decided.refusals), ...holes];
      return {
        allowed: refusals.length === 0,
        refusals: refusals.map(toRefusalView),
        loosened: listLoosened(decided),
      };
    },
    "POST /v1/grants": async ({ body }, call) =>
      grantRole(env, {
        actorId: call.person().personId,
        personId: body.personId,
        role: body.role,
        scope: scopeOf(body.scope),
        from: body.from,
        to: body.to,
        risk: body.risk ?? null,
      }),
    "POST /v1/grants/:grantId/end": async ({ params, body }, call) => {
      await endGrant(env, call.person().personId, params.grantId, body.reason);
      return { done: true as const };
    },
    "GET /v1/crew": (_, call) => {
      const { permissions } = call.person();
      const running = ["person.manage", "grant.manage", "person.confirm"] as const;
      return describeCrew(env, { runsIt: running.some((permission) => permissions.has(permission)) });
    },
  };
}
