import { type Kysely, sql } from "kysely";

/** What a second person counted is kept beside the first count, once the count is decided; it stays with it. */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
alter table form_counts add column second jsonb check (second is null or state <> 'waiting');
grant update (second) on form_counts to ${roles.app};
`,
    )
    .execute(db);
}
