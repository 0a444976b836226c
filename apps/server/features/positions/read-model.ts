import { jobDescriptions, type Role } from "@chancery/domain";
import type { Selectable } from "kysely";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Tables } from "../../platform/database-schema.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readScopeNames } from "../organisation/scope-names.ts";
import { readPeople } from "../requests/read-people.ts";
import { positionDigest, readUnconfirmed } from "./confirm.ts";

type Answer = HandlerAnswer<"GET /v1/positions/mine">;

/** Every method by which a holder shows that it is him is one way here. */
const wayOf = (method: PositionMethod): NonNullable<Answer["items"][number]["inForceBy"]> =>
  method === "passkey" || method === "password" || method === "sample" ? "holder" : method;
type PositionMethod = Selectable<Tables["position_confirmations"]>["method"];

/** When confirmation was switched off and on, in order: a position keeps the reason it had when it took force. */
async function readConfirmationChanges(reader: Reader) {
  return reader
    .selectFrom("setting_changes")
    .select(["value", "asked_by", "decided_by", "decided_at"])
    .where("key", "=", "positionConfirmation")
    .where("state", "=", "confirmed")
    .orderBy("decided_at")
    .orderBy("setting_change_id")
    .execute();
}

export async function countUnconfirmedPositions(env: Environment, personId: string): Promise<number> {
  return (await readUnconfirmed(env.db, personId)).length;
}

/** One's own positions, those that wait first, each with its description. */
export async function readMyPositions(env: Environment, personId: string): Promise<Answer> {
  const rows = await env.db
    .selectFrom("grants as g")
    .leftJoin("position_confirmations as c", "c.grant_id", "g.grant_id")
    .selectAll("g")
    .select(["c.at as confirmed_at", "c.method as confirmed_how"])
    .where("g.person_id", "=", personId)
    .where("g.state", "=", "given")
    .orderBy("c.at", (order) => order.asc().nullsFirst())
    .orderBy("g.granted_at")
    .orderBy("g.grant_id")
    .execute();
  const waiting = await readUnconfirmed(env.db, personId);
  const nameOf = await readScopeNames(env.db);
  const changes = await readConfirmationChanges(env.db);
  const person = await readPeople(env.db, [
    ...rows.map((row) => row.granted_by),
    ...changes.flatMap((row) => [row.asked_by, row.decided_by]),
  ]);
  const copy = (role: Role): Answer["items"][number]["description"] => {
    const { duties, never, deputy, reportsTo } = jobDescriptions[role];
    return { duties: [...duties], never: [...never], deputy, reportsTo };
  };
  const switchedOffBefore = (at: Date | null): Answer["items"][number]["setting"] => {
    const change = changes.findLast((one) => at !== null && one.decided_at !== null && one.decided_at <= at);
    if (!change?.decided_at || change.value !== 0) return null;
    const [askedBy, confirmedBy] = [person(change.asked_by), person(change.decided_by)];
    return { askedBy, confirmedBy, at: change.decided_at.toISOString() };
  };
  return {
    items: rows.map((row) => ({
      ...{ grantId: row.grant_id, role: row.role as Role, scopeKind: row.scope_kind, scopeName: nameOf(row.scope_id) },
      ...{ from: row.from_on, to: row.to_on, grantedBy: person(row.granted_by) },
      confirmedAt: row.confirmed_at?.toISOString() ?? null,
      inForceBy: row.confirmed_how && wayOf(row.confirmed_how),
      setting: row.confirmed_how === "setting" ? switchedOffBefore(row.confirmed_at) : null,
      description: copy(row.role as Role),
    })),
    waiting:
      waiting.length === 0
        ? null
        : { grantIds: waiting.map((one) => one.grantId), digest: positionDigest(personId, waiting) },
  };
}
