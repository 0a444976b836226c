import { type Kysely, sql } from "kysely";

/**
 * In which order certificates were issued: their validity begins with a full second, and a key can be renewed within the
 * second in which it was certified.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw("alter table certificates add column nr bigint generated always as identity").execute(db);
}
