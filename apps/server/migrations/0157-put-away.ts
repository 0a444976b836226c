import { type Kysely, sql } from "kysely";

/**
 * What a seal is brought out for (C13), and that it was put away before the end of a stamping: the stamping goes on once it was brought
 * out for the same request again. A pause is written once, and ends once.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  for (const statement of [purposes, pauses]) await sql.raw(statement).execute(db);
  await sql.raw(`grant select, insert, update on stamping_pauses to ${roles.app}`).execute(db);
}

/* Null of what was brought out before purposes were told apart, and of what came home from outside. */
const purposes = `
alter table custody_sessions add column purpose text check (purpose in ('stamping', 'matter', 'check', 'other')), add column about_id text,
  add check (purpose is null or purpose = 'other' or about_id is not null);
alter table container_openings add column purpose text check (purpose in ('stamping', 'matter', 'check', 'other')), add column about_id text,
  add check (purpose is null or purpose = 'other' or about_id is not null);
`;

const pauses = `
create table stamping_pauses (
  event_id text primary key references events, request_id text not null references stampings, body_id text not null references seal_bodies,
  by_person text references people, matter_id text references matters, at timestamptz not null, open int not null check (open > 0),
  total int not null, reason text not null, resumed_by text references events, resumed_at timestamptz,
  check ((resumed_by is null) = (resumed_at is null)), check (open <= total)
);
create unique index stamping_pauses_open on stamping_pauses (request_id, body_id) where resumed_at is null;
create function pause_ends_once() returns trigger language plpgsql as $$
begin
  if old.resumed_at is not null or to_jsonb(new) - '{resumed_by,resumed_at}'::text[] <> to_jsonb(old) - '{resumed_by,resumed_at}'::text[]
  then perform guard_refuse('a pause of a stamping ends once, and stays as it was written'); end if;
  if not exists (select from custody_sessions s where s.body_id = new.body_id and s.purpose = 'stamping' and s.about_id = new.request_id and s.closed_at is null)
  then perform guard_refuse('a stamping goes on once its seal was brought out for it again'); end if;
  return new;
end $$;
create trigger pause_ends_once before update on stamping_pauses for each row execute function pause_ends_once();
`;
