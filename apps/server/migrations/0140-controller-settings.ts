import { type Kysely, sql } from "kysely";

/**
 * Settings of controllers: what was asked of each, by whom, with a version that only rises, and what it reports. What limits, detects or
 * proves anything is agreed to by a second person, whatever the application does (C18).
 */
export async function up(db: Kysely<unknown>, roles: { app: string; authority: string }): Promise<void> {
  for (const statement of [changes, reports, signatures]) await sql.raw(statement).execute(db);
  await sql
    .raw(
      `
grant select, insert on controller_setting_changes, controller_twins to ${roles.app};
grant update (state, decided_by, decided_at, version) on controller_setting_changes to ${roles.app};
grant update on controller_twins to ${roles.app};
grant select on controller_setting_changes, controller_twins to ${roles.authority};
`,
    )
    .execute(db);
}

const changes = `
create table controller_setting_changes (
  change_id text primary key, controller_id text not null references controllers, desired jsonb not null, changed text[] not null check (cardinality(changed) > 0),
  guarded boolean not null, reason text not null, state text not null check (state in ('waiting', 'agreed', 'declined')),
  asked_by text not null references people, asked_at timestamptz not null, decided_by text references people, decided_at timestamptz,
  version int check (version > 0), unique (controller_id, version),
  check ((state = 'waiting') = (decided_at is null)), check ((decided_by is null) = (decided_at is null)), check ((state = 'agreed') = (version is not null)),
  constraint settings_agreed_by_another check (state <> 'agreed' or not guarded or decided_by <> asked_by),
  check (guarded or not changed && array['maxOffline', 'fence', 'longPressMs', 'vibLevel', 'heartbeat', 'picQuality'])
);
create unique index controller_setting_changes_waiting on controller_setting_changes (controller_id) where state = 'waiting';
create function controller_settings_stay() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.state <> 'waiting' then perform guard_refuse('a decided change of settings stays'); end if;
  if new.version is not null and new.version <= (select coalesce(max(c.version), 0) from controller_setting_changes c where c.controller_id = new.controller_id)
  then perform guard_refuse('versions of settings rise'); end if;
  return new;
end $$;
create trigger controller_settings_stay before insert or update on controller_setting_changes for each row execute function controller_settings_stay();
`;

/* The newest word of each box; what its journal signed is among its records. */
const reports = `
create table controller_twins (
  controller_id text primary key references controllers, version int not null, reported jsonb not null, reported_at timestamptz not null,
  differs_since timestamptz
);
`;

const signatures = `
alter table controller_asks drop constraint controller_asks_kind_check,
  add constraint controller_asks_kind_check check (kind in ('authorisation', 'revocation', 'order', 'agreement', 'remote-refusal', 'settings'));
alter table controller_signatures drop constraint controller_signatures_kind_check,
  add constraint controller_signatures_kind_check check (kind in ('authorisation', 'revocation', 'order', 'agreement', 'remote-refusal', 'settings'));
create index controller_signatures_settings on controller_signatures (controller_id, asn) where kind = 'settings';
`;
