import { type Kysely, sql } from "kysely";

/**
 * The first schema. Table rights follow docs/threat-model.md: the application's role may do its work and nothing more,
 * and only the sequencer's role may touch the ledger's tail. Nobody but the role that migrates may change structure.
 */
export async function up(
  db: Kysely<unknown>,
  roles: { app: string; sequencer: string; prefix: string },
): Promise<void> {
  await sql
    .raw(`create table role_prefix (prefix text not null); insert into role_prefix values ('${roles.prefix}')`)
    .execute(db);
  for (const statement of [organisation, access, seals, requests, ledger]) await sql.raw(statement).execute(db);
  await sql.raw(rights(roles)).execute(db);
}

const organisation = `
create table installation (
  only_row boolean primary key default true check (only_row),
  organisation_id text, state text not null check (state in ('empty','preparing-sample','sample','live')),
  profile text not null default 'strict' check (profile in ('strict','standard','small')),
  name_en text, name_zh text, setup_code_hash bytea, created_at timestamptz not null default now()
);
insert into installation (state) values ('empty');
create table entities (
  entity_id text primary key, organisation_id text not null, name_en text not null, name_zh text not null,
  code text not null unique, time_zone text not null, created_at timestamptz not null
);
create table units (
  unit_id text primary key, entity_id text not null references entities, parent_unit_id text references units,
  name_en text not null, name_zh text not null, created_at timestamptz not null
);
create table people (
  person_id text primary key, organisation_id text not null, entity_id text references entities, unit_id text references units,
  name_en text not null, name_zh text not null, login text not null, guest boolean not null default false,
  state text not null check (state in ('awaiting-confirmation','invited','active','locked','departed')),
  /* Who asked for the account; null for the first administrator. He gives it no role alone. */
  asked_by text references people,
  /* The salt that turns the person into a digest in ledger bodies: erasing the row makes the digests mute. */
  ledger_salt bytea not null, password_hash text,
  credential_reset_at timestamptz, last_sign_in_at timestamptz, created_at timestamptz not null
);
create unique index people_login on people (lower(login));
create table account_changes (
  account_change_id text primary key, kind text not null check (kind in ('new-person','credential-reset','grant')),
  person_id text not null references people, asked_by text not null references people, asked_at timestamptz not null, reason text,
  state text not null check (state in ('waiting','confirmed','declined')), decided_by text references people, decided_at timestamptz,
  check (decided_by is null or decided_by <> asked_by)
);
create table grants (
  grant_id text primary key, person_id text not null references people, role text not null,
  scope_kind text not null check (scope_kind in ('entity','unit','seal')), scope_id text not null,
  from_on date not null, to_on date, state text not null check (state in ('waiting','given','ended')),
  granted_by text references people, granted_at timestamptz not null, ended_at timestamptz, end_reason text,
  /* What a second person confirms before the grant is given. */
  account_change_id text references account_changes,
  check (state <> 'waiting' or account_change_id is not null)
);
create index grants_person on grants (person_id);
create index grants_scope on grants (scope_kind, scope_id);
`;

const access = `
create table invitations (
  token_hash bytea primary key, person_id text not null references people, reset boolean not null,
  expires_at timestamptz not null, used_at timestamptz
);
create table sessions (
  token_hash bytea primary key, person_id text not null references people, csrf_token text not null, method text not null,
  created_at timestamptz not null, seen_at timestamptz not null, expires_at timestamptz not null
);
create index sessions_person on sessions (person_id);
create table passkeys (
  passkey_id text primary key, person_id text not null references people, credential_id text not null unique,
  public_key bytea not null, counter bigint not null, transports text[] not null default '{}', label text not null,
  created_at timestamptz not null, last_used_at timestamptz
);
create table challenges (
  challenge_id text primary key, purpose text not null, person_id text references people, challenge text not null,
  expires_at timestamptz not null, used_at timestamptz
);
/* A step-up: a fresh proof of presence asked for one act on one digest, usable once. The assertion is kept as evidence. */
create table step_ups (
  step_up_id text primary key, person_id text not null references people, act text not null, subject_id text not null,
  digest text not null, challenge text not null, expires_at timestamptz not null, used_at timestamptz,
  method text check (method in ('passkey','password','sample')), assertion jsonb
);
/* A proof that was used is evidence: it stays as it is. */
create function used_step_up_stays() returns trigger language plpgsql as $$
begin
  if old.used_at is not null then raise exception 'a proof of presence that was used stays as it is' using errcode = 'insufficient_privilege'; end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
create trigger used_step_up_stays before update or delete on step_ups for each row execute function used_step_up_stays();
create table idempotency_keys (
  person_id text not null, key text not null, route text not null, body_digest text not null, status int, answer jsonb,
  created_at timestamptz not null default now(), primary key (person_id, key)
);
create table sign_in_failures (
  attempt_id bigint generated always as identity primary key, login_digest bytea not null, address_digest bytea not null, failed_at timestamptz not null
);
create index sign_in_failures_login on sign_in_failures (login_digest, failed_at);
`;

const seals = `
create table files (
  digest text primary key check (digest ~ '^sha256:[0-9a-f]{64}$'), size_bytes bigint not null, media_type text not null,
  stored_at timestamptz not null
);
create table seals (
  seal_id text primary key, number text not null, type text not null, entity_id text not null references entities, unit_id text references units,
  name_en text not null, name_zh text not null, external boolean not null, important boolean not null, state text not null,
  frozen_reason text, face jsonb not null, width_mm double precision not null, height_mm double precision not null,
  registered_at timestamptz not null, version int not null default 1, unique (entity_id, number)
);
/* The private key is encrypted with the master key, which lies outside the database. */
create table seal_keys (
  seal_id text primary key references seals, algorithm text not null, encrypted_key bytea, public_key bytea not null, created_at timestamptz not null, destroyed_at timestamptz
);
create table certificates (
  serial text primary key, kind text not null check (kind in ('root','issuing','seal')), seal_id text references seals,
  subject text not null, der bytea not null, sha256 text not null, not_before timestamptz not null, not_after timestamptz not null,
  revoked_at timestamptz, revocation_reason text
);
create table authority_keys (
  kind text primary key check (kind in ('root','issuing','ledger')), encrypted_key bytea not null, public_key bytea not null, created_at timestamptz not null
);
create table revocation_lists (number bigint primary key, der bytea not null, this_update timestamptz not null, next_update timestamptz not null);
create table face_images (image_id text primary key, uploaded_by text not null references people, digest text not null references files, width_px int not null, height_px int not null, uploaded_at timestamptz not null);
`;

const requests = `
create table documents (
  document_id text primary key, name text not null, digest text not null references files, size_bytes bigint not null,
  pages jsonb not null, signatures int not null, unfinished jsonb not null, uploaded_by text not null references people, uploaded_at timestamptz not null
);
create index documents_digest on documents (digest);
create table number_counters (entity_id text not null references entities, year int not null, last int not null, primary key (entity_id, year));
create table seal_use_requests (
  request_id text primary key, number text unique, state text not null, version int not null default 1,
  entity_id text references entities, unit_id text references units, applicant_id text not null references people, handler_id text references people,
  title text not null, document_class text, external boolean not null, counterparty text not null, amount numeric(17,2), currency text not null,
  purpose text not null, wanted_by date, valid_until date, digest text, round int not null default 0,
  created_at timestamptz not null, updated_at timestamptz not null, submitted_at timestamptz, authorised_at timestamptz, closed_at timestamptz,
  released_by text references people, released_at timestamptz, release_step_up text references step_ups,
  confirmed_by text references people, confirmed_at timestamptz, confirm_step_up text references step_ups,
  sealing_state text not null default 'none' check (sealing_state in ('none','running','done','failed')), sealing_problem text
);
create index requests_applicant on seal_use_requests (applicant_id);
create index requests_state on seal_use_requests (state);
create table request_documents (
  request_id text not null references seal_use_requests, document_id text not null references documents, position int not null,
  placements jsonb not null, answers jsonb not null, sealed_digest text references files, sealed_size bigint, sealed_at timestamptz,
  primary key (request_id, document_id)
);
create index request_documents_sealed on request_documents (sealed_digest);
create table request_steps (
  step_id text primary key, request_id text not null references seal_use_requests, round int not null, position int not null, kind text not null,
  state text not null check (state in ('waiting','current','approved','rejected','returned','voided')), candidates text[] not null, rule jsonb not null,
  decided_by text references people, decided_at timestamptz, comment text, method text, step_up_id text references step_ups,
  unique (request_id, round, position)
);
create index request_steps_candidates on request_steps using gin (candidates) where state = 'current';
/* Two-phase accounting: an impression is reserved, sealed and settled, or released; each exactly once. */
create table impressions (
  impression_id text primary key, request_id text not null references seal_use_requests, document_id text not null references documents,
  seal_id text not null references seals, position int not null, placement jsonb not null,
  state text not null check (state in ('reserved','sealed','settled','released')), authorisation jsonb not null,
  input_digest text not null, prepared_at timestamptz, signature bytea, sealed_digest text, reserved_at timestamptz not null, sealed_at timestamptz, settled_at timestamptz, released_at timestamptz
);
create unique index impressions_place on impressions (request_id, document_id, position) where state <> 'released';
create index impressions_signature on impressions using hash (signature);
create unique index impressions_settled_file on impressions (sealed_digest) where state = 'settled';
/* A number keeps its line, a sealed file its document: only a draft that was never submitted may go (C09, C24). */
create function request_keeps_its_line() returns trigger language plpgsql as $$
begin
  if old.number is not null then raise exception 'a submitted request is never deleted' using errcode = 'insufficient_privilege'; end if;
  return old;
end $$;
create trigger request_keeps_its_line before delete on seal_use_requests for each row execute function request_keeps_its_line();
create function sealed_document_stays() returns trigger language plpgsql as $$
begin
  if old.sealed_digest is not null then raise exception 'a sealed document stays with its request' using errcode = 'insufficient_privilege'; end if;
  return old;
end $$;
create trigger sealed_document_stays before delete on request_documents for each row execute function sealed_document_stays();
/* A settled or released impression stays as it is (C09). */
create function impression_ends_once() returns trigger language plpgsql as $$
begin
  if old.state in ('settled', 'released') then raise exception 'an impression that is % stays as it is', old.state using errcode = 'insufficient_privilege'; end if;
  return new;
end $$;
create trigger impression_ends_once before update on impressions for each row execute function impression_ends_once();
/* What happened, as people read it; its leaf in the ledger is found by the leaf hash. Personal words stay here. */
create table events (
  event_id text primary key, type text not null, at timestamptz not null, actor_id text references people,
  request_id text, seal_id text, person_id text, facts jsonb not null, comment text, comment_salt bytea, leaf_hash bytea not null
);
create index events_request on events (request_id, at) where request_id is not null;
create index events_seal on events (seal_id, at) where seal_id is not null;
create index events_leaf on events (leaf_hash);
create index events_grant on events ((facts ->> 'grant')) where type = 'GrantGiven';
`;

const ledger = `
create table ledger_head (log_id text primary key, size bigint not null, frontier bytea not null);
create table ledger_pending (
  id bigint generated always as identity primary key, log_id text not null, enqueued_at timestamptz not null default clock_timestamp(),
  leaf_hash bytea not null check (length(leaf_hash) = 32), body bytea not null check (length(body) <= 65535)
);
create table ledger_entries (
  log_id text not null, seq bigint not null check (seq >= 0), leaf_hash bytea not null check (length(leaf_hash) = 32),
  body bytea not null check (length(body) <= 65535), created_at timestamptz not null default now(),
  primary key (log_id, seq)
) partition by range (seq);
create index ledger_entries_leaf on ledger_entries (leaf_hash);
create table ledger_entries_p0 partition of ledger_entries for values from (0) to (10000000);
create table ledger_entries_p1 partition of ledger_entries for values from (10000000) to (20000000);
create table ledger_tiles (log_id text not null, level int not null, idx bigint not null, width int not null check (width between 1 and 256), data bytea not null, primary key (log_id, level, idx));
create table ledger_checkpoints (log_id text not null, size bigint not null, root bytea not null, note text not null, created_at timestamptz not null default now(), primary key (log_id, size));
create table ledger_cosignatures (log_id text not null, size bigint not null, signature text not null, added_at timestamptz not null default now(), primary key (log_id, size, signature));
create table ledger_checks (check_id bigint generated always as identity primary key, at timestamptz not null default now(), leaves bigint not null, findings jsonb not null);

create function ledger_refuse() returns trigger language plpgsql as $$
begin raise exception 'the ledger is append-only: % on % is refused', tg_op, tg_table_name using errcode = 'insufficient_privilege'; end $$;
/* A TRUNCATE trigger on the parent does not guard its partitions, so each partition carries its own. */
create function ledger_guard(partition regclass) returns void language plpgsql as $$
begin
  execute format('create trigger ledger_no_change before update or delete on %s for each row execute function ledger_refuse()', partition);
  execute format('create trigger ledger_no_truncate before truncate on %s for each statement execute function ledger_refuse()', partition);
end $$;
select ledger_guard('ledger_entries_p0'), ledger_guard('ledger_entries_p1'), ledger_guard('ledger_checkpoints'), ledger_guard('ledger_cosignatures');
create trigger ledger_parent_no_truncate before truncate on ledger_entries for each statement execute function ledger_refuse();
/* Partitions of ten million leaves are made one ahead of the tail, each with its triggers. The owner's right to do so is
   lent through this function alone; attaching, unlike creating in place, does not stop readers. */
create function ledger_prepare_partitions() returns int language plpgsql security definer set search_path = public, pg_temp as $$
declare made int := 0; wanted int; name text;
begin
  perform pg_advisory_xact_lock(7262348);
  select coalesce(max(size), 0) / 10000000 + 1 into wanted from ledger_head;
  for n in 0..wanted loop
    name := 'ledger_entries_p' || n;
    continue when to_regclass(name) is not null;
    execute format('create table %I (like ledger_entries including all)', name);
    execute format('alter table ledger_entries attach partition %I for values from (%s) to (%s)', name, n::bigint * 10000000, (n::bigint + 1) * 10000000);
    perform ledger_guard(name::regclass);
    made := made + 1;
  end loop;
  return made;
end $$;
revoke all on function ledger_prepare_partitions() from public;

/* A full tile never changes; a partial one only grows. */
create function ledger_tile_grows() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' then raise exception 'the ledger is append-only: % on a tile is refused', tg_op using errcode = 'insufficient_privilege'; end if;
  if old.log_id <> new.log_id or old.level <> new.level or old.idx <> new.idx or new.width <= old.width
     or substring(new.data from 1 for 32 * old.width) <> old.data or length(new.data) <> 32 * new.width
  then raise exception 'a tile may only grow' using errcode = 'insufficient_privilege'; end if;
  return new;
end $$;
create trigger ledger_tile_grows before update or delete on ledger_tiles for each row execute function ledger_tile_grows();
create trigger ledger_tile_no_truncate before truncate on ledger_tiles for each statement execute function ledger_refuse();
create function ledger_head_grows() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or new.log_id <> old.log_id or new.size < old.size then raise exception 'the ledger''s head only grows' using errcode = 'insufficient_privilege'; end if;
  return new;
end $$;
create trigger ledger_head_grows before update or delete on ledger_head for each row execute function ledger_head_grows();
create trigger ledger_head_no_truncate before truncate on ledger_head for each statement execute function ledger_refuse();
`;

const rights = (roles: { app: string; sequencer: string }): string => `
grant usage on schema public to ${roles.app}, ${roles.sequencer};
grant select, insert, update, delete on all tables in schema public to ${roles.app};
revoke insert, update, delete on ledger_head, ledger_entries, ledger_entries_p0, ledger_entries_p1, ledger_tiles, ledger_checkpoints, ledger_cosignatures from ${roles.app};
revoke update, delete on ledger_pending, ledger_checks, events, files, certificates, revocation_lists from ${roles.app};
grant update (revoked_at, revocation_reason) on certificates to ${roles.app};
revoke delete on seal_use_requests, impressions, grants, seals, people, number_counters from ${roles.app};
grant delete on seal_use_requests to ${roles.app};
grant usage on all sequences in schema public to ${roles.app};
grant select on ledger_head, ledger_pending, ledger_entries, ledger_tiles, ledger_checkpoints to ${roles.sequencer};
grant delete on ledger_pending to ${roles.sequencer};
grant insert on ledger_head, ledger_entries, ledger_tiles, ledger_checkpoints to ${roles.sequencer};
grant update on ledger_head, ledger_tiles to ${roles.sequencer};
grant execute on function ledger_prepare_partitions() to ${roles.sequencer};
`;
