import { sql } from "kysely";

/**
 * Whom an open step of this table's alias still waits for: those who were asked and have not left. What is decided stays as it
 * was asked. Who has left is in no list of people that anything waits for.
 */
export const askedNow = (step: string) =>
  sql<string[]>`case when ${sql.ref(`${step}.state`)} in ('current', 'waiting') then array(
    select c.id from unnest(${sql.ref(`${step}.candidates`)}) with ordinality as c (id, nth)
    join people as p on p.person_id = c.id where p.state <> 'departed' order by c.nth)
    else ${sql.ref(`${step}.candidates`)} end`;
