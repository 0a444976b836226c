import { findPartKind, type Grant, isDelegable, isLiveSeal, type SealState } from "@chancery/domain";
import type { HandlerAnswer, Handlers, RouteInput } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import { readDays, readGrants, readGrantsInForce } from "../organisation/read-grants.ts";
import { readScopeNames, scopeOf, showScope } from "../organisation/scope-names.ts";
import { readPeople } from "../requests/read-people.ts";
import { readSettings } from "../settings/read-settings.ts";
import { type DelegationToGive, endDelegation, giveDelegation, judgeDelegation, mayEnd } from "./service.ts";

type Mine =
  | "GET /v1/delegations"
  | "POST /v1/delegations/check"
  | "POST /v1/delegations"
  | "POST /v1/delegations/:delegationId/end";
type Answer = HandlerAnswer<"GET /v1/delegations">;

const wantedOf = (body: RouteInput<"POST /v1/delegations/check">["body"]): DelegationToGive => ({
  ...body,
  scope: scopeOf(body.scope),
});

export function delegationHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/delegations": async ({ query }, call) => {
      const { personId, permissions } = call.person();
      if (query.view === "all" && !permissions.has("separation.read")) throw problems.notPermitted("separation.read");
      return listDelegations(env, personId, query.view === "all");
    },
    "POST /v1/delegations/check": async ({ body }, call) => {
      const { refusals } = await judgeDelegation(env.db, env, call.person().personId, wantedOf(body));
      return { allowed: refusals.length === 0, refusals: refusals.map(toRefusalView) };
    },
    "POST /v1/delegations": ({ body }, call) =>
      giveDelegation(env, call.person().personId, { ...wantedOf(body), reason: body.reason }),
    "POST /v1/delegations/:delegationId/end": async ({ params, body }, call) => {
      await endDelegation(env, call.person().personId, params.delegationId, body.reason);
      return { done: true };
    },
  };
}

async function listDelegations(env: Environment, readerId: string, all: boolean): Promise<Answer> {
  let query = env.db.selectFrom("delegations").selectAll().orderBy("given_at", "desc").limit(500);
  if (!all) query = query.where((eb) => eb.or([eb("delegator_id", "=", readerId), eb("delegate_id", "=", readerId)]));
  const rows = await query.execute();
  const person = await readPeople(
    env.db,
    rows.flatMap((row) => [row.delegator_id, row.delegate_id, row.ended_by]),
  );
  const nameOf = await readScopeNames(env.db);
  const now = env.clock.now();
  const dayOf = await readDays(env.db, now);
  const held = (await readGrants(env.db, { named: true })).map((grant) => grant.grantId);
  const inForce = await readGrantsInForce(env.db, now, { personId: readerId });
  const items: Answer["items"] = [];
  for (const row of rows) {
    const [delegator, delegate] = [person(row.delegator_id), person(row.delegate_id)];
    if (!delegator || !delegate || !isDelegable(row.role as "signatory")) continue;
    const today = dayOf(row.entity_id);
    // What the clock has not closed yet is over all the same: its grant has ended, or its days have passed.
    const over = row.ended_at !== null || row.to_on < today || !held.includes(row.delegation_id);
    items.push({
      ...{ delegationId: row.delegation_id, delegator, delegate, role: row.role as "signatory" },
      scope: showScope({ kind: row.scope_kind, id: row.scope_id }),
      ...{ scopeName: nameOf(row.scope_id), from: row.from_on, to: row.to_on, reason: row.reason },
      state: over ? "ended" : row.from_on > today ? "future" : "in-force",
      ...{ endCause: row.end_cause, endedBy: person(row.ended_by), givenAt: row.given_at.toISOString() },
      mayEnd: !over && mayEnd(readerId, inForce, row),
    });
  }
  // In an order that stays: the database gives none.
  const own = (await readGrants(env.db, { personId: readerId })).toSorted((a, b) => (a.grantId < b.grantId ? -1 : 1));
  const parts = await readParts(env.db);
  return {
    items,
    grants: own.flatMap(({ grantId, role, scope, entityId, from, to, delegatedBy }) => {
      const today = dayOf(entityId);
      if (delegatedBy !== undefined || !isDelegable(role) || (to !== null && to < today)) return [];
      return [
        {
          grantId,
          role,
          scope: showScope(scope),
          scopeName: nameOf(scope.id),
          from,
          to,
          today,
          parts: parts({ role, scope }),
        },
      ];
    }),
    mostDays: (await readSettings(env.db, now)).delegationMost,
  };
}

/** Of each grant the seals or units that may be delegated without the rest, with their names. */
async function readParts(
  reader: Reader,
): Promise<(own: Pick<Grant, "role" | "scope">) => Answer["grants"][number]["parts"]> {
  const [seals, units] = await Promise.all([
    reader
      .selectFrom("seals")
      .select(["seal_id", "entity_id", "number", "name_en", "name_zh", "state"])
      .orderBy("number")
      .execute(),
    reader
      .selectFrom("units")
      .select(["unit_id", "entity_id", "name_en", "name_zh"])
      .where("closed_at", "is", null)
      .orderBy("created_at")
      .execute(),
  ]);
  return (own) => {
    const here = (row: { entity_id: string }): boolean => row.entity_id === own.scope.id;
    switch (findPartKind(own)) {
      case "seal":
        return seals
          .filter((row) => here(row) && isLiveSeal(row.state as SealState))
          .map((row) => ({
            scope: { kind: "seal", sealId: row.seal_id },
            name: { en: `${row.name_en} ${row.number}`, zh: `${row.name_zh} ${row.number}` },
          }));
      case "unit":
        return units.filter(here).map((row) => ({
          scope: { kind: "unit", unitId: row.unit_id },
          name: { en: row.name_en, zh: row.name_zh },
        }));
      case null:
        return [];
    }
  };
}
