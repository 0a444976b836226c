import {
  type Grant,
  isLiveSeal,
  type Role,
  type SealForSeparation,
  type SealState,
  type SealType,
  type UnitInTree,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** Day of an instant in a time zone, YYYY-MM-DD. */
export function dayIn(timeZone: string, at: number): string {
  let format = dayFormats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
    dayFormats.set(timeZone, format);
  }
  return format.format(at);
}

interface GrantsWanted {
  personId?: string;
  entityId?: string;
  /** Those given for just these. */
  scopeIds?: readonly string[];
  /** Positions too that nobody has confirmed yet, as the matrix, the proof and who is named for a seal count them. */
  named?: true;
  /** Those too that were asked for and await a second person, beside those that are named. */
  waiting?: true;
}

/**
 * Every grant given and not ended, with the entity its scope lies in, as the domain's rules want them; a role that was
 * delegated stands among them under the delegation's id, with whose it is. A position that its holder has not
 * confirmed gives nothing, so it is left out unless asked for.
 */
export async function readGrants(reader: Reader, which: GrantsWanted = {}): Promise<Grant[]> {
  return (await grantRows(reader, which).execute()).map(toGrant);
}

export function grantRows(reader: Reader, which: GrantsWanted) {
  let query = reader
    .selectFrom("held_roles as g")
    .innerJoin("people as p", "p.person_id", "g.person_id")
    .leftJoin("units as u", "u.unit_id", "g.scope_id")
    .leftJoin("seals as s", "s.seal_id", "g.scope_id")
    .innerJoin("entities as e", (join) =>
      join.on((eb) => eb("e.entity_id", "=", eb.fn.coalesce("u.entity_id", "s.entity_id", "g.scope_id"))),
    )
    .select(["g.grant_id", "g.person_id", "g.role", "g.scope_kind", "g.scope_id", "g.from_on", "g.to_on"])
    .select(["g.delegated_by", "p.guest", "e.entity_id", "e.time_zone"])
    .orderBy("g.nr")
    .where("g.state", "in", which.waiting ? ["given", "waiting"] : ["given"]);
  if (!which.named && !which.waiting) query = query.where("g.confirmed", "=", true);
  if (which.personId) query = query.where("g.person_id", "=", which.personId);
  if (which.scopeIds) query = query.where("g.scope_id", "in", [...which.scopeIds]);
  if (which.entityId) query = query.where("e.entity_id", "=", which.entityId);
  return query;
}

type GrantRow = Awaited<ReturnType<ReturnType<typeof grantRows>["execute"]>>[number];
export const toGrant = (row: GrantRow): Grant => ({
  grantId: row.grant_id,
  personId: row.person_id,
  role: row.role as Role,
  scope: { kind: row.scope_kind, id: row.scope_id },
  entityId: row.entity_id,
  from: row.from_on,
  to: row.to_on,
  guest: row.guest,
  ...(row.delegated_by === null ? {} : { delegatedBy: row.delegated_by }),
});

/**
 * Answers what day it is for an entity, in its own time zone: a grant begins and ends with the entity's day, whichever
 * day it is elsewhere.
 */
export async function readDays(reader: Reader, now: number): Promise<(entityId: string) => string> {
  const zones = new Map(
    (await reader.selectFrom("entities").select(["entity_id", "time_zone"]).execute()).map((row) => [
      row.entity_id,
      row.time_zone,
    ]),
  );
  return (entityId) => dayIn(zones.get(entityId) ?? "UTC", now);
}

/** The grants in force now, each by the day of its own entity. */
export async function readGrantsInForce(reader: Reader, now: number, which: GrantsWanted = {}): Promise<Grant[]> {
  const rows = await grantRows(reader, which).execute();
  const inForce = rows.filter((row) => {
    const today = dayIn(row.time_zone, now);
    return row.from_on <= today && (row.to_on === null || row.to_on >= today);
  });
  return inForce.map(toGrant);
}

/** The units of an entity that are not closed, with the unit above each. */
export const unitRows = (reader: Reader, entityId: string) =>
  reader
    .selectFrom("units")
    .select(["unit_id as unitId", "parent_unit_id as parentUnitId"])
    .where("entity_id", "=", entityId)
    .where("closed_at", "is", null);

/** The units of an entity, as the route climbs them. */
export const readUnits = (reader: Reader, entityId: string): Promise<UnitInTree[]> =>
  unitRows(reader, entityId).execute();

/** The seals as the separation rules see them. */
export async function readSealsForSeparation(reader: Reader): Promise<SealForSeparation[]> {
  const rows = await reader
    .selectFrom("seals")
    .select(["seal_id", "entity_id", "type", "important", "state", "number", "name_en", "name_zh"])
    .execute();
  return rows.map((row) => ({
    ...{ sealId: row.seal_id, number: row.number, name: { en: row.name_en, zh: row.name_zh } },
    entityId: row.entity_id,
    type: row.type as SealType,
    important: row.important,
    live: isLiveSeal(row.state as SealState),
  }));
}
