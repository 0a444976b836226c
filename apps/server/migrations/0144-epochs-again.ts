import { type Kysely, sql } from "kysely";

/**
 * A new epoch whose order nobody was heard to have carried out in its time is ordered again by two people who read the counters anew; the order
 * before it has lapsed. A box that began by it in time and comes back late is heard all the same: two people agreed to that one, too (C18).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
alter table controller_epoch_resets drop constraint controller_epoch_resets_state_check, drop constraint controller_epoch_resets_check,
  add constraint controller_epoch_resets_state_check check (state in ('waiting', 'agreed', 'declined', 'done', 'lapsed')),
  add constraint epoch_decided check (case state when 'waiting' then decided_at is null when 'lapsed' then true else decided_at is not null end);
create or replace function controller_epoch_reset_stays() returns trigger language plpgsql as $$
begin
  if old.state in ('declined', 'done') then perform guard_refuse('what became of a new epoch stays'); end if;
  if old.state in ('agreed', 'lapsed') and (new.state in ('waiting', 'declined') or (new.decided_by, new.decided_at) is distinct from (old.decided_by, old.decided_at))
  then perform guard_refuse('what two people agreed to stays'); end if;
  if old.state = 'lapsed' and new.state = 'agreed' then perform guard_refuse('what has lapsed is ordered anew'); end if;
  if new.state = 'done' and (old.state not in ('agreed', 'lapsed') or old.decided_at is null)
  then perform guard_refuse('an epoch begins once two people have agreed'); end if;
  return new;
end $$;
create or replace function controller_epoch_begins() returns trigger language plpgsql as $$
begin
  if new.epoch > 1 and not exists (
    select from controller_epoch_resets r join controller_asks a on a.body->'order'->>'resetId' = r.reset_id
      join controller_signatures s on s.ask_id = a.ask_id and s.kind = 'order' and s.controller_id = new.controller_id
    where r.controller_id = new.controller_id and r.epoch = new.epoch - 1 and r.state in ('agreed', 'done', 'lapsed') and r.readings = new.counters
      and s.digest = new.begins_from)
  then perform guard_refuse('an epoch begins by an order that two people agreed to, from the counters they read'); end if;
  return new;
end $$;
`,
    )
    .execute(db);
}
