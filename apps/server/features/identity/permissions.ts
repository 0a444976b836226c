import { listPermissions, type Permission, type Role } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";

/** The roles a person holds in force on the day of `now` (UTC), over all scopes. */
export async function readRoles(reader: Reader, personId: string, now: number): Promise<Role[]> {
  const today = new Date(now).toISOString().slice(0, 10);
  const rows = await reader
    .selectFrom("grants")
    .select("role")
    .distinct()
    .where("person_id", "=", personId)
    .where("state", "=", "given")
    .where("from_on", "<=", today)
    .where((eb) => eb.or([eb("to_on", "is", null), eb("to_on", ">=", today)]))
    .execute();
  return rows.map((row) => row.role as Role);
}

export async function readPermissions(reader: Reader, personId: string, now: number): Promise<ReadonlySet<Permission>> {
  return listPermissions(await readRoles(reader, personId, now));
}
