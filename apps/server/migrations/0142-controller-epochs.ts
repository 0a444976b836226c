import { type Kysely, sql } from "kysely";

/**
 * The way out of a controller's quarantine: a new epoch that two people ask for with the counters they read, by an order that was signed.
 * No chain of a later epoch begins otherwise, whatever the application does (C18).
 */
export async function up(db: Kysely<unknown>, roles: { app: string; authority: string }): Promise<void> {
  await sql
    .raw(
      `
create table controller_epoch_resets (
  reset_id text primary key, controller_id text not null, epoch int not null, readings bigint[] not null, reason text not null,
  state text not null check (state in ('waiting', 'agreed', 'declined', 'done')), asked_by text not null references people, asked_at timestamptz not null,
  decided_by text references people, decided_at timestamptz, done_at timestamptz, foreign key (controller_id, epoch) references controller_chains,
  check ((state = 'waiting') = (decided_at is null)), check ((decided_by is null) = (decided_at is null)), check ((state = 'done') = (done_at is not null)),
  constraint epoch_agreed_by_another check (state not in ('agreed', 'done') or decided_by <> asked_by)
);
create unique index controller_epoch_resets_open on controller_epoch_resets (controller_id, epoch) where state in ('waiting', 'agreed', 'done');
create function controller_epoch_reset_stays() returns trigger language plpgsql as $$
begin
  if old.state in ('declined', 'done') then perform guard_refuse('what became of a new epoch stays'); end if;
  if old.state = 'agreed' and (new.state = 'waiting' or (new.decided_by, new.decided_at) is distinct from (old.decided_by, old.decided_at))
  then perform guard_refuse('what two people agreed to stays'); end if;
  if new.state = 'done' and old.state <> 'agreed' then perform guard_refuse('an epoch begins once two people have agreed'); end if;
  return new;
end $$;
create trigger controller_epoch_reset_stays before update on controller_epoch_resets for each row execute function controller_epoch_reset_stays();
create function controller_epoch_begins() returns trigger language plpgsql as $$
begin
  if new.epoch > 1 and not exists (
    select from controller_epoch_resets r join controller_asks a on a.body->'order'->>'resetId' = r.reset_id
      join controller_signatures s on s.ask_id = a.ask_id and s.kind = 'order' and s.controller_id = new.controller_id
    where r.controller_id = new.controller_id and r.epoch = new.epoch - 1 and r.state in ('agreed', 'done') and r.readings = new.counters
      and s.digest = new.begins_from)
  then perform guard_refuse('an epoch begins by an order that two people agreed to, from the counters they read'); end if;
  return new;
end $$;
create trigger controller_epoch_begins before insert on controller_chains for each row execute function controller_epoch_begins();
grant select, insert on controller_epoch_resets to ${roles.app};
grant update (state, decided_by, decided_at, done_at) on controller_epoch_resets to ${roles.app};
grant select on controller_epoch_resets to ${roles.authority};
`,
    )
    .execute(db);
}
