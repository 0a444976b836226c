import { listPermissions, type Permission, type Role } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";

/** The roles a person holds in force now, over all scopes, each by the day of its entity. */
export async function readRoles(reader: Reader, personId: string, now: number): Promise<Role[]> {
  return [...new Set((await readGrantsInForce(reader, now, { personId })).map((grant) => grant.role))];
}

export async function readPermissions(reader: Reader, personId: string, now: number): Promise<ReadonlySet<Permission>> {
  return listPermissions(await readRoles(reader, personId, now));
}
