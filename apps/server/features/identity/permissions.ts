import { listPermissions, type Permission, type Role } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";

async function readHeld(reader: Reader, personId: string, now: number): Promise<{ own: Role[]; delegated: Role[] }> {
  const held = await readGrantsInForce(reader, now, { personId });
  const roles = (delegated: boolean): Role[] => [
    ...new Set(held.filter((grant) => (grant.delegatedBy !== undefined) === delegated).map((grant) => grant.role)),
  ];
  return { own: roles(false), delegated: roles(true) };
}

/** The roles of a person's own in force now, over all scopes, each by the day of its entity. */
export async function readRoles(reader: Reader, personId: string, now: number): Promise<Role[]> {
  return (await readHeld(reader, personId, now)).own;
}

/** The roles he acts in now: his own, and those that were delegated to him. */
export async function readActingRoles(reader: Reader, personId: string, now: number): Promise<Role[]> {
  const { own, delegated } = await readHeld(reader, personId, now);
  return [...new Set([...own, ...delegated])];
}

export async function readPermissions(reader: Reader, personId: string, now: number): Promise<ReadonlySet<Permission>> {
  const { own, delegated } = await readHeld(reader, personId, now);
  return listPermissions(own, delegated);
}
