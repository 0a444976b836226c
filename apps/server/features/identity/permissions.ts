import { type Grant, listPermissions, type Permission, type Role } from "@chancery/domain";
import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";

/** Roles in force now, each by the day of its entity; narrow are those for a seal or a unit, and what was delegated. */
async function readHeld(reader: Reader, personId: string, now: number): Promise<{ whole: Role[]; narrow: Role[] }> {
  const held = await readGrantsInForce(reader, now, { personId });
  const roles = (wanted: "whole" | "narrow"): Role[] => {
    const of = ({ scope, delegatedBy }: Grant) =>
      scope.kind === "entity" && delegatedBy === undefined ? "whole" : "narrow";
    return [...new Set(held.filter((grant) => of(grant) === wanted).map((grant) => grant.role))];
  };
  return { whole: roles("whole"), narrow: roles("narrow") };
}

/** The roles a person holds for an entity as a whole, of his own: what makes him one of those who confirm for others. */
export async function readWholeRoles(reader: Reader, personId: string, now: number): Promise<Role[]> {
  return (await readHeld(reader, personId, now)).whole;
}

/** The roles he acts in now, over all scopes: his own, and those that were delegated to him. */
export async function readActingRoles(reader: Reader, personId: string, now: number): Promise<Role[]> {
  const { whole, narrow } = await readHeld(reader, personId, now);
  return [...new Set([...whole, ...narrow])];
}

export async function readPermissions(reader: Reader, personId: string, now: number): Promise<ReadonlySet<Permission>> {
  const { whole, narrow } = await readHeld(reader, personId, now);
  const permissions = listPermissions(whole, narrow);
  // Whom a rule names, or a reviewer adds, decides without a role; what he may decide the step itself tells.
  return permissions.has("request.decide") || !(await isAsked(reader, personId, now))
    ? permissions
    : new Set([...permissions, "request.decide"]);
}

/** So long whoever was asked is told how a step ended that others decided, and not that his roles do not allow it. */
const toldFor = 24 * 3_600_000;

/** Whether a step of a request waits for him, or did a moment ago, before others decided it. */
async function isAsked(reader: Reader, personId: string, now: number): Promise<boolean> {
  // Written so that the indexes of candidates answer it: it is asked with many calls.
  const asked = reader
    .selectFrom("request_steps as st")
    .select("st.step_id")
    .where(sql<boolean>`st.candidates @> array[${personId}]::text[]`)
    .limit(1);
  const step =
    (await asked.where("st.state", "=", "current").executeTakeFirst()) ??
    (await asked
      .innerJoin("seal_use_requests as r", "r.request_id", "st.request_id")
      .where(sql<boolean>`st.state in ('approved', 'rejected', 'returned', 'voided')`)
      // Whoever decided it himself knows how it ended.
      .where("st.decided_by", "is distinct from", personId)
      .where("r.updated_at", ">", new Date(now - toldFor))
      .executeTakeFirst());
  return step !== undefined;
}
