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

/** The rows that tell it, to be read in one statement with what else is read there. */
export const whoDecidesRows = (reader: Reader, entityId: string) =>
  reader.selectNoFrom([
    jsonArrayFrom(grantRows(reader, { entityId })).as("grants"),
    jsonArrayFrom(unitRows(reader, entityId)).as("units"),
    jsonArrayFrom(leaveRows(reader)).as("leave"),
  ]);

type WhoDecidesRow = Awaited<ReturnType<ReturnType<typeof whoDecidesRows>["executeTakeFirstOrThrow"]>>;
export async function toWhoDecides(reader: Reader, row: WhoDecidesRow, now: number): Promise<WhoDecides> {
  const { grants, units, leave } = row;
  return { grants: grants.map(toGrant), units, absent: await listAbsentNow(reader, leave, now) };
}
