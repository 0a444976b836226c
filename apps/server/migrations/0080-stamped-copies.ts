import { type Kysely, sql } from "kysely";

/**
 * Where each stamped copy is (C19). A copy of which nobody has said anything has no row; what was voided stays voided, and every
 * step is an event of the ledger and a line of its register.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table stamped_copies (
  request_id text not null references stampings, copy integer not null check (copy > 0),
  state text not null check (state in ('here', 'handed-out', 'filed', 'voided', 'lost')),
  receiver text not null, way text check (way in ('in-person', 'courier')), courier text not null, reason text not null,
  evidence_id text references evidence, by_person text not null references people, at timestamptz not null,
  primary key (request_id, copy),
  check ((state = 'voided') = (evidence_id is not null)),
  check ((state = 'handed-out') = (way is not null))
);
create index stamped_copies_evidence on stamped_copies (evidence_id) where evidence_id is not null;
grant select, insert, update on stamped_copies to ${roles.app};

create function voided_copy_stays() returns trigger language plpgsql as $$
begin
  if old.state = 'voided' then perform guard_refuse('a voided copy stays voided'); end if;
  return new;
end $$;
create trigger voided_copy_stays before update on stamped_copies for each row execute function voided_copy_stays();
`,
    )
    .execute(db);
}
