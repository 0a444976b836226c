import { type Kysely, sql } from "kysely";

/** What those who are named on an emergency slip say of it: each once, of himself, and nobody of a slip that he entered (C11). */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table emergency_slip_answers (
  slip_id text not null references emergency_slips, person_id text not null references people, was_me boolean not null, note text not null check (was_me or note <> ''),
  at timestamptz not null, event_id text not null references events, primary key (slip_id, person_id)
);
create function slip_is_answered_by_named() returns trigger language plpgsql as $$
begin
  if not exists (select from emergency_slips s where s.slip_id = new.slip_id and new.person_id in (s.signatory_id, s.custodian_id) and new.person_id <> s.entered_by)
  then perform guard_refuse('a slip is answered by who is named on it and did not enter it'); end if;
  return new;
end $$;
create trigger slip_is_answered_by_named before insert on emergency_slip_answers for each row execute function slip_is_answered_by_named();
grant select, insert on emergency_slip_answers to ${roles.app};
`,
    )
    .execute(db);
}
