import { SEAL_STATES } from "@chancery/domain";
import { type RawBuilder, sql } from "kysely";
import type { Reader } from "../../platform/db.ts";
import type { PersonRefView } from "../requests/read-people.ts";

/** Before its issue a seal has people named for it, and whoever received a piece merely brings it. */
const beforeUse = sql`(${sql.join(SEAL_STATES.slice(0, SEAL_STATES.indexOf("in-use")).map((state) => sql.lit(state)))})`;

/** The last posting of each body of these seals in the book of who answers for it. */
const headsOf = (seals: RawBuilder<unknown>) => sql`
  select b.seal_id, c.to_people, c.to_account, c.at, b.kind, b.state from seal_bodies b
  join custody_postings c on c.body_id = b.body_id and c.book = 'custodian'
  where ${seals} and not exists (
    select from custody_postings n where n.body_id = c.body_id and n.book = c.book and n.seq = c.seq + 1)`;

/**
 * Who answers for which seal, as rows of `seal_id` and `person_id`: by the postings of its bodies, as the page of who held
 * it says; before its issue, whoever is named for it on the day of its entity. A key that is stopped lies nowhere: while
 * there is a piece, the piece tells who keeps the seal. Read for all seals at once, because asked of each seal in turn it
 * was most of what the wall of two thousand seals took.
 */
export function custodiansOfSeals(now: number, sealIds?: readonly string[]): RawBuilder<unknown> {
  const some = (column: RawBuilder<unknown>) =>
    sealIds === undefined ? sql`true` : sql`${column} = any(${[...sealIds]}::text[])`;
  const today = sql`(${new Date(now)}::timestamptz at time zone e.time_zone)::date`;
  return sql`
    with heads as (${headsOf(some(sql`b.seal_id`))})
    select h.seal_id, unnest(h.to_people) as person_id from heads h join seals s on s.seal_id = h.seal_id
    where s.state not in ${beforeUse} and not (h.kind = 'electronic' and h.state = 'stopped'
      and h.seal_id in (select g.seal_id from heads g where g.kind = 'physical' and g.to_account <> 'ended'))
    union
    select s.seal_id, r.person_id from held_roles r
    join seals s on s.seal_id = r.scope_id join entities e on e.entity_id = s.entity_id
    where r.role = 'custodian' and r.state = 'given' and r.scope_kind = 'seal' and ${some(sql`r.scope_id`)}
      and r.from_on <= ${today} and (r.to_on is null or r.to_on >= ${today})
      and (s.state in ${beforeUse} or s.seal_id not in (select h.seal_id from heads h))`;
}

/** When custody of the seal `s` ended, where it ended for all its bodies. */
export const custodyEndedAt = sql<Date | null>`(
  select max(h.at) from (${headsOf(sql`b.seal_id = s.seal_id`)}) as h having bool_and(h.to_account = 'ended'))`;

/** Who answers for each of these seals now. */
export async function readSealCustodians(
  reader: Reader,
  sealIds: readonly string[],
  now: number,
): Promise<(sealId: string) => PersonRefView[]> {
  if (sealIds.length === 0) return () => [];
  const { rows } = await sql<{ seal_id: string; person_id: string; name_en: string; name_zh: string }>`
    select k.seal_id, p.person_id, p.name_en, p.name_zh
    from (${custodiansOfSeals(now, sealIds)}) as k join people p on p.person_id = k.person_id
    order by p.name_en, p.person_id`.execute(reader);
  const bySeal = Map.groupBy(rows, (row) => row.seal_id);
  return (sealId) =>
    (bySeal.get(sealId) ?? []).map((row) => ({
      personId: row.person_id,
      name: { en: row.name_en, zh: row.name_zh },
    }));
}
