import { type Kysely, sql } from "kysely";

/** Each night's comparison of what controllers count with the strokes stored of them (C09, C18). */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table counter_checks (at timestamptz primary key, differing int not null);
grant select, insert on counter_checks to ${roles.app};
`,
    )
    .execute(db);
}
