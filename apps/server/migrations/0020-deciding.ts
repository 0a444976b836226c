import { type Kysely, sql } from "kysely";

/**
 * What steps that wait are followed by: reminders and escalations, being asked again after a return, and people who are
 * shown a request though they decide nothing of it.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
/* Each of both happens once. */
alter table request_steps add column reminded_at timestamptz, add column escalated_at timestamptz;
create index request_steps_due on request_steps (due_at) where state = 'current' and due_at is not null;
/* How long steps usually take is asked of the last months alone. */
create index request_steps_decided on request_steps (decided_at) where decided_at is not null;

/* How often a step was asked in its round: those of an earlier asking are void, or the return itself. */
alter table request_steps add column asking int not null default 1 check (asking > 0);
create or replace function step_asks_the_same() returns trigger language plpgsql as $$
begin
  if (new.kind, new.stage, new.group_id, new.title_en, new.title_zh, new.hours, new.asking, new.rule)
     is distinct from (old.kind, old.stage, old.group_id, old.title_en, old.title_zh, old.hours, old.asking, old.rule)
  then perform guard_refuse('what a step asks for stays'); end if;
  return new;
end $$;

/* Who is shown a request from then on, and by whom; what was shown is not taken back. */
create table request_copies (
  request_id text not null references seal_use_requests, person_id text not null references people,
  cause text not null check (cause in ('mentioned', 'passed-on')), by_person text not null references people, at timestamptz not null,
  primary key (request_id, person_id)
);
create index request_copies_person on request_copies (person_id);
grant select, insert on request_copies to ${roles.app};
revoke update, delete on request_copies from ${roles.app};
`,
    )
    .execute(db);
}
