import { type Kysely, sql } from "kysely";

/** A body that waits for nothing but confirmations of positions, and goes in use with the last of them (C11). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
alter table seal_bodies add column goes_in_use boolean not null default false;
create index seal_bodies_goes_in_use on seal_bodies (seal_id) where goes_in_use;
`,
    )
    .execute(db);
}
