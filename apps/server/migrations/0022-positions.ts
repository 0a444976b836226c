import { type Kysely, sql } from "kysely";

/**
 * Positions that take force without a new confirmation: while a setting asks for none, and where the holder confirmed
 * the same position before. The table still refuses every other way round the holder's proof of presence.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
alter table position_confirmations drop constraint position_confirmations_method_check;
alter table position_confirmations add constraint position_confirmations_method_check
  check (method in ('passkey','password','sample','set-up','before-positions','as-before','setting'));

create or replace function position_is_the_holders() returns trigger language plpgsql as $$
declare grant_row record;
begin
  if new.method = 'before-positions' then perform guard_refuse('a position is confirmed by its holder'); end if;
  select person_id, state, granted_by, role, scope_kind, scope_id into grant_row from grants where grant_id = new.grant_id for share;
  if grant_row.person_id is distinct from new.person_id then perform guard_refuse('a position is confirmed by its holder'); end if;
  if grant_row.state <> 'given' then perform guard_refuse('a position that is not given is not confirmed'); end if;
  /* Without a proof of presence only the first person does, to whom nobody gave his grant. */
  if new.method = 'set-up' and grant_row.granted_by is not null then perform guard_refuse('a position is confirmed with a proof of presence'); end if;
  if new.method = 'setting' and not exists (select from settings where key = 'positionConfirmation' and value = 0
     and (ends_on is null or ends_on::date >= (new.at at time zone 'UTC')::date))
  then perform guard_refuse('a position is confirmed while the setting asks for it'); end if;
  if new.method = 'as-before' and not exists (select from position_confirmations c join grants g on g.grant_id = c.grant_id
     where c.person_id = new.person_id and c.description_version = new.description_version and c.method in ('passkey','password','sample')
       and g.role = grant_row.role and g.scope_kind = grant_row.scope_kind and g.scope_id = grant_row.scope_id)
  then perform guard_refuse('only the same position was confirmed before'); end if;
  if new.method in ('passkey','password','sample') and not exists (select from step_ups where step_up_id = new.step_up_id and person_id = new.person_id and act = 'position'
     and subject_id = new.person_id and digest = new.digest and method = new.method and used_at is not null)
  then perform guard_refuse('a position is confirmed with a proof of presence of one''s own'); end if;
  return new;
end $$;
`,
    )
    .execute(db);
}
