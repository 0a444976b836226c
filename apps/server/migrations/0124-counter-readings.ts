import { type Kysely, sql } from "kysely";

/** Numbers that people read off controllers in a check (C09): what was read stays as it was said; what came of it is told later. */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table counter_readings (
  check_id text not null, body_id text not null, controller_id text not null references controllers, epoch int not null, slot int not null,
  read bigint check (read >= 0), known bigint not null, read_by text not null references people, read_at timestamptz not null,
  verdict text not null check (verdict in ('agrees', 'waits', 'more', 'less', 'unread')),
  primary key (check_id, body_id), foreign key (check_id, body_id) references storage_check_items
);
create index counter_readings_waiting on counter_readings (read_at) where verdict = 'waits';
grant select, insert on counter_readings to ${roles.app};
grant update (verdict) on counter_readings to ${roles.app};
`,
    )
    .execute(db);
}
