import { type Kysely, sql } from "kysely";

/** Kinds of paper that a file names; null where it was read before this was asked, or says nothing that can be read. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw("alter table paper_readings add column kinds jsonb").execute(db);
}
