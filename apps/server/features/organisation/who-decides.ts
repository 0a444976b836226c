import type { Grant, UnitInTree } from "@chancery/domain";
import { jsonArrayFrom } from "kysely/helpers/postgres";
import type { Reader } from "../../platform/db.ts";
import { leaveRows, listAbsentNow } from "./absences.ts";
import { grantRows, toGrant, unitRows } from "./read-grants.ts";

/** What tells who may be asked in an entity: its grants, the tree they stand in, and who is away today. */
export interface WhoDecides {
  readonly grants: readonly Grant[];
  readonly units: readonly UnitInTree[];
  readonly absent: readonly string[];
}

/** Read in one go, for each check of a request needs all of it. */
export async function readWhoDecides(reader: Reader, entityId: string, now: number): Promise<WhoDecides> {
  const { grants, units, leave } = await reader
    .selectNoFrom([
      jsonArrayFrom(grantRows(reader, { entityId })).as("grants"),
      jsonArrayFrom(unitRows(reader, entityId)).as("units"),
      jsonArrayFrom(leaveRows(reader)).as("leave"),
    ])
    .executeTakeFirstOrThrow();
  return { grants: grants.map(toGrant), units, absent: await listAbsentNow(reader, leave, now) };
}
