import { jobDescriptions, type Role } from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { readScopeNames } from "../organisation/scope-names.ts";
import { readPeople } from "../requests/read-people.ts";
import { positionDigest, readUnconfirmed } from "./confirm.ts";

type Answer = HandlerAnswer<"GET /v1/positions/mine">;

export async function countUnconfirmedPositions(env: Environment, personId: string): Promise<number> {
  return (await readUnconfirmed(env.db, personId)).length;
}

/** One's own positions, those that wait first, each with its description. */
export async function readMyPositions(env: Environment, personId: string): Promise<Answer> {
  const rows = await env.db
    .selectFrom("grants as g")
    .leftJoin("position_confirmations as c", "c.grant_id", "g.grant_id")
    .selectAll("g")
    .select("c.at as confirmed_at")
    .where("g.person_id", "=", personId)
    .where("g.state", "=", "given")
    .orderBy("c.at", (order) => order.asc().nullsFirst())
    .orderBy("g.granted_at")
    .orderBy("g.grant_id")
    .execute();
  const waiting = await readUnconfirmed(env.db, personId);
  const nameOf = await readScopeNames(env.db);
  const person = await readPeople(
    env.db,
    rows.map((row) => row.granted_by),
  );
  const copy = (role: Role): Answer["items"][number]["description"] => {
    const { duties, never, deputy, reportsTo } = jobDescriptions[role];
    return { duties: [...duties], never: [...never], deputy, reportsTo };
  };
  return {
    items: rows.map((row) => ({
      ...{ grantId: row.grant_id, role: row.role as Role, scopeKind: row.scope_kind, scopeName: nameOf(row.scope_id) },
      ...{ from: row.from_on, to: row.to_on, grantedBy: person(row.granted_by) },
      confirmedAt: row.confirmed_at?.toISOString() ?? null,
      description: copy(row.role as Role),
    })),
    waiting:
      waiting.length === 0
        ? null
        : { grantIds: waiting.map((one) => one.grantId), digest: positionDigest(personId, waiting) },
  };
}
