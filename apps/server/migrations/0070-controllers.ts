import { type Kysely, sql } from "kysely";

/**
 * Seal controllers: their enrolment by two people, and the certificates of the authority that is theirs alone. Whoever made
 * the row or the pairing code never confirms, whatever the application does (C18); what was confirmed or revoked stays.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
alter table authority_keys drop constraint authority_keys_kind_check,
  add check (kind in ('root', 'issuing', 'ledger', 'controller-authority',
    'seallink-trust', 'seallink-authority-1', 'seallink-authority-2', 'seallink-ack'));
create table controllers (
  controller_id text primary key, entity_id text not null references entities, serial text not null, model text not null,
  name_en text not null, name_zh text not null, container_id text references containers,
  state text not null check (state in ('awaiting-device', 'awaiting-confirmation', 'enrolled', 'revoked')),
  registered_by text not null references people, registered_at timestamptz not null,
  revoked_by text references people, revoked_at timestamptz, revocation_reason text,
  check ((state = 'revoked') = (revoked_at is not null)), check (num_nulls(revoked_by, revoked_at, revocation_reason) in (0, 3))
);
create unique index controllers_serial on controllers (serial) where state <> 'revoked';
create unique index controllers_container on controllers (container_id) where state <> 'revoked' and container_id is not null;
create index controllers_entity on controllers (entity_id);
create table controller_pairings (
  pairing_id text primary key, controller_id text not null references controllers,
  code_hash bytea not null, made_by text not null references people, made_at timestamptz not null, expires_at timestamptz not null,
  tries_left int not null check (tries_left >= 0),
  state text not null check (state in ('open', 'presented', 'confirmed', 'declined', 'given-up')),
  ticket_hash bytea unique, request bytea, key_alg text check (key_alg in ('EdDSA', 'ES256')), key_x text,
  model text, firmware text, counters bigint[], comparison_code text, comparison_tries_left int check (comparison_tries_left >= 0),
  presented_at timestamptz, confirmed_by text references people, confirmed_at timestamptz, answer text,
  check ((ticket_hash is null) = (state = 'open' or (state = 'given-up' and presented_at is null))),
  check (num_nulls(ticket_hash, request, key_alg, key_x, model, firmware, counters, comparison_code, comparison_tries_left, presented_at) in (0, 10)),
  check ((state = 'confirmed') = (confirmed_at is not null)), check (num_nulls(confirmed_by, confirmed_at, answer) in (0, 3)),
  constraint enrolment_confirmed_by_another check (confirmed_by <> made_by)
);
create unique index controller_pairings_current on controller_pairings (controller_id) where state in ('open', 'presented', 'confirmed');
create function controller_stays() returns trigger language plpgsql as $$
begin
  if old.state = 'revoked' then perform guard_refuse('a revoked controller stays revoked'); end if;
  if old.state = 'enrolled' and new.state not in ('enrolled', 'revoked') then perform guard_refuse('an enrolled controller is revoked, never enrolled again'); end if;
  if new.state = 'enrolled' and old.state <> 'enrolled' and not exists (
    select from controller_pairings p where p.controller_id = new.controller_id and p.state = 'confirmed'
      and p.confirmed_by <> new.registered_by)
  then perform guard_refuse('a controller is enrolled when a second person has confirmed it'); end if;
  return new;
end $$;
create trigger controller_stays before update on controllers for each row execute function controller_stays();
create function controller_pairing_stays() returns trigger language plpgsql as $$
begin
  if old.state in ('confirmed', 'declined', 'given-up') then perform guard_refuse('a pairing that is over stays as it is'); end if;
  if old.state = 'presented' and (new.request, new.key_x, new.comparison_code, new.answer is null) is distinct from
    (old.request, old.key_x, old.comparison_code, new.state <> 'confirmed')
  then perform guard_refuse('what a controller has presented stays'); end if;
  return new;
end $$;
create trigger controller_pairing_stays before update on controller_pairings for each row execute function controller_pairing_stays();
create table controller_certificates (
  serial text primary key, kind text not null check (kind in ('authority', 'controller')),
  controller_id text references controllers, der bytea not null, sha256 text not null,
  not_before timestamptz not null, not_after timestamptz not null, revoked_at timestamptz,
  check ((kind = 'controller') = (controller_id is not null))
);
create unique index controller_certificates_authority on controller_certificates (kind) where kind = 'authority';
create index controller_certificates_controller on controller_certificates (controller_id);
create table controller_keys (
  controller_id text not null references controllers, kid text not null, alg text not null check (alg in ('EdDSA', 'ES256')),
  x text not null unique, added_at timestamptz not null, primary key (controller_id, kid)
);
grant select, insert on controllers, controller_pairings, controller_certificates, controller_keys to ${roles.app};
grant update (state, container_id, revoked_by, revoked_at, revocation_reason) on controllers to ${roles.app};
grant update (state, tries_left, ticket_hash, request, key_alg, key_x, model, firmware, counters, comparison_code,
  comparison_tries_left, presented_at, confirmed_by, confirmed_at, answer) on controller_pairings to ${roles.app};
grant update (revoked_at) on controller_certificates to ${roles.app};
`,
    )
    .execute(db);
}
