import { listPermissions, type Permission } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";

/** Entities whose controllers a person reads, enrols, revokes: a controller belongs to an entity as its containers do. */
export interface ControllerReach {
  readonly reads: ReadonlySet<string>;
  readonly manages: ReadonlySet<string>;
  readonly revokes: ReadonlySet<string>;
}

export async function readControllerReach(reader: Reader, personId: string, now: number): Promise<ControllerReach> {
  const grants = await readGrantsInForce(reader, now, { personId });
  // Who keeps one seal of the entity stands at its controllers, too.
  const where = (permission: Permission): ReadonlySet<string> =>
    new Set(grants.filter(({ role }) => listPermissions([role]).has(permission)).map(({ entityId }) => entityId));
  return {
    reads: where("controller.read"),
    manages: where("controller.manage"),
    revokes: where("controller.revoke"),
  };
}
