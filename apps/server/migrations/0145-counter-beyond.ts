import { type Kysely, sql } from "kysely";

/** What the drive counted in a stroke beyond what its record says: it is counted of the stroke's request, like a stroke too many (C09). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw("alter table controller_strokes add column beyond int not null default 0 check (beyond >= 0)")
    .execute(db);
}
