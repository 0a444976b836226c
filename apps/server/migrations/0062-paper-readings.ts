import { type Kysely, sql } from "kysely";

/**
 * What speaks against a file as a paper that rules ask for, by its bytes: read once, whether it goes with an application or follows
 * an emergency (C01).
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table paper_readings (
  digest text primary key, fault text check (fault in ('not-readable', 'blank')), read_at timestamptz not null
);
grant select, insert on paper_readings to ${roles.app};
revoke update, delete on paper_readings from ${roles.app};
`,
    )
    .execute(db);
}
