import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";

/**
 * Whom an open step of this table's alias still waits for: those who were asked and have not left. What is decided stays as it
 * was asked. Who has left is in no list of people that anything waits for.
 */
export const askedNow = (step: string) =>
  sql<string[]>`case when ${sql.ref(`${step}.state`)} in ('current', 'waiting') then array(
    select c.id from unnest(${sql.ref(`${step}.candidates`)}) with ordinality as c (id, nth)
    join people as p on p.person_id = c.id where p.state <> 'departed' order by c.nth)
    else ${sql.ref(`${step}.candidates`)} end`;

/** Those of these people who have left. */
export async function listDeparted(reader: Reader, personIds: readonly string[]): Promise<string[]> {
  const rows = await reader
    .selectFrom("people")
    .select("person_id")
    .where("person_id", "in", ["", ...personIds])
    .where("state", "=", "departed")
    .execute();
  return rows.map((row) => row.person_id);
}
