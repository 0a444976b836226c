import { type Kysely, sql } from "kysely";

/**
 * Stamping with a controller that presses only in its docking station (SealLink 1, clause 3.5, mode `console`): chosen with the release, kept
 * with the stamping. An emergency has a kind of authorisation of its own, so that none is promised to be bound to a dock (C09).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [columns, emergencies]) await sql.raw(statement).execute(db);
}

const columns = `
alter table seal_use_requests add column docked boolean not null default false,
  add constraint docked_is_by_controller check (not docked or (by_controller and not remote));
alter table stampings add column docked boolean not null default false,
  add constraint docked_is_pressed check (not docked or (by_controller and not remote));
`;

const emergencies = `
create function emergency_is_not_docked() returns trigger language plpgsql as $$
begin
  if new.docked and exists (select from seal_use_requests r where r.request_id = new.request_id and r.emergency_reason is not null)
  then perform guard_refuse('an emergency is not bound to a dock'); end if;
  return new;
end $$;
create trigger emergency_is_not_docked before insert on stampings for each row execute function emergency_is_not_docked();
`;
