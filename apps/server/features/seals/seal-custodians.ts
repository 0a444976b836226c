import { SEAL_STATES } from "@chancery/domain";
import { type ExpressionBuilder, sql } from "kysely";
import type { Tables } from "../../platform/database-schema.ts";
import type { Reader } from "../../platform/db.ts";
import type { PersonRefView } from "../requests/read-people.ts";

export type WithSeal = Tables & { s: Tables["seals"]; e: Tables["entities"] };

/** Before its issue a seal has people named for it, and whoever received a piece merely brings it. */
const beforeUse = SEAL_STATES.slice(0, SEAL_STATES.indexOf("in-use"));

/** The last posting of each body of the seal `s` in the book of who answers for it. */
const heads = sql`
  select c.to_people, c.to_account, c.at, b.kind, b.state from seal_bodies b
  join custody_postings c on c.body_id = b.body_id and c.book = 'custodian'
  where b.seal_id = s.seal_id and not exists (
    select from custody_postings n where n.body_id = c.body_id and n.book = c.book and n.seq = c.seq + 1)`;

/** Whether it is the books of custody that tell who keeps the seal `s`. */
const isInBooks = sql<boolean>`(s.state not in (${sql.join(beforeUse.map((state) => sql.lit(state)))})
  and exists (select from (${heads}) as h))`;

/** A key that is stopped lies nowhere: while there is a piece, the piece tells who keeps the seal. */
const isTold = sql`not (h.kind = 'electronic' and h.state = 'stopped'
  and exists (select from (${heads}) as g where g.kind = 'physical' and g.to_account <> 'ended'))`;

/**
 * Who answers for the seal `s`: by the postings of its bodies, as the page of who held it says; before its issue, whoever
 * is named for it on the day of its entity.
 */
export const custodiansOfSeal = (eb: ExpressionBuilder<WithSeal, "s" | "e">, now: number) =>
  eb.selectFrom("people as p").where(
    sql<boolean>`p.person_id in (
      select unnest(h.to_people) from (${heads}) as h where ${isInBooks} and ${isTold}
      union
      select r.person_id from held_roles r
      where not ${isInBooks} and r.role = 'custodian' and r.state = 'given' and r.scope_kind = 'seal' and r.scope_id = s.seal_id
        and r.from_on <= (${new Date(now)}::timestamptz at time zone e.time_zone)::date
        and (r.to_on is null or r.to_on >= (${new Date(now)}::timestamptz at time zone e.time_zone)::date))`,
  );

/** When custody of the seal `s` ended, where it ended for all its bodies. */
export const custodyEndedAt = sql<Date | null>`(
  select max(h.at) from (${heads}) as h having bool_and(h.to_account = 'ended'))`;

/** Who answers for each of these seals now. */
export async function readSealCustodians(
  reader: Reader,
  sealIds: readonly string[],
  now: number,
): Promise<(sealId: string) => PersonRefView[]> {
  const rows =
    sealIds.length === 0
      ? []
      : await reader
          .selectFrom("seals as s")
          .innerJoin("entities as e", "e.entity_id", "s.entity_id")
          .innerJoinLateral(
            (eb) => custodiansOfSeal(eb, now).select(["p.person_id", "p.name_en", "p.name_zh"]).as("k"),
            (join) => join.onTrue(),
          )
          .select(["s.seal_id", "k.person_id", "k.name_en", "k.name_zh"])
          .where("s.seal_id", "in", [...sealIds])
          .orderBy("k.name_en")
          .orderBy("k.person_id")
          .execute();
  const bySeal = Map.groupBy(rows, (row) => row.seal_id);
  return (sealId) =>
    (bySeal.get(sealId) ?? []).map((row) => ({
      personId: row.person_id,
      name: { en: row.name_en, zh: row.name_zh },
    }));
}
