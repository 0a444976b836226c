import { type Kysely, sql } from "kysely";

/** Whoever was asked in a step that others have decided is found by it, as he is while it waits. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
create index request_steps_asked_before on request_steps using gin (candidates)
  where state in ('approved', 'rejected', 'returned', 'voided');
`,
    )
    .execute(db);
}
