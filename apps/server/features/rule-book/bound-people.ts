import { addPeriod } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readDays } from "../organisation/read-grants.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import { findInForce } from "./write-version.ts";

export interface BoundPerson {
  readonly personId: string;
  /** Where he holds his first position: by its calendar his time is counted. */
  readonly entityId: string;
  readonly confirmedAt: Date | null;
  readonly confirmBy: Date;
}

/**
 * Everybody whom the version in force binds: who holds a position today, confirmed or not. Who came after the version
 * did has the same time from his own first day.
 */
export async function listBound(
  reader: Reader,
  version: { version_id: string; confirm_by: Date | null; published_at: Date | null },
  now: number,
  personId?: string,
): Promise<BoundPerson[]> {
  let query = reader
    .selectFrom("grants as g")
    .innerJoin("people as p", "p.person_id", "g.person_id")
    .leftJoin("units as u", "u.unit_id", "g.scope_id")
    .leftJoin("seals as s", "s.seal_id", "g.scope_id")
    .leftJoin("rule_book_confirmations as c", (join) =>
      join.onRef("c.person_id", "=", "g.person_id").on("c.version_id", "=", version.version_id),
    )
    .select(["g.person_id", "g.scope_id", "g.from_on", "g.to_on", "g.granted_at", "c.at"])
    .select(["u.entity_id as unit_entity", "s.entity_id as seal_entity"])
    .where("g.state", "=", "given")
    .where("p.state", "=", "active")
    .orderBy("g.granted_at")
    .orderBy("g.grant_id");
  if (personId !== undefined) query = query.where("g.person_id", "=", personId);
  const dayOf = await readDays(reader, now);
  const held = (await query.execute())
    .map((row) => ({ ...row, entityId: row.unit_entity ?? row.seal_entity ?? row.scope_id }))
    .filter(
      ({ entityId, from_on, to_on }) => from_on <= dayOf(entityId) && (to_on === null || to_on >= dayOf(entityId)),
    );
  const settings = await readSettings(reader, now);
  const published = version.published_at?.getTime() ?? now;
  const bound: BoundPerson[] = [];
  for (const [id, [first]] of Map.groupBy(held, (row) => row.person_id)) {
    if (!first) continue;
    const since = first.granted_at.getTime();
    const own =
      since > published
        ? addPeriod(
            since,
            { unit: "working-days", count: settings.ruleBookConfirmWithin },
            await readPlaceInTime(reader, first.entityId),
          )
        : 0;
    bound.push({
      ...{ personId: id, entityId: first.entityId, confirmedAt: first.at },
      confirmBy: new Date(Math.max(own, version.confirm_by?.getTime() ?? 0)),
    });
  }
  return bound;
}

/** 1 where the person is bound by the version in force and has not confirmed it. */
export async function countUnread(env: Environment, personId: string): Promise<number> {
  const version = await findInForce(env.db);
  if (!version) return 0;
  const [own] = await listBound(env.db, version, env.clock.now(), personId);
  return own && own.confirmedAt === null ? 1 : 0;
}
