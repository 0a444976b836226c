import { type Kysely, sql } from "kysely";

/**
 * The authority that signs what controllers obey, with a role of its own: it reads what the gate asks, writes signatures with
 * their events, and nothing else; the application asks, and can neither read its keys nor write a signature (C01, attack 30).
 * Beside it what controllers tell of authorised impressions: each stroke, and the impression it made.
 */
export async function up(db: Kysely<unknown>, roles: { app: string; authority: string }): Promise<void> {
  for (const statement of [asks, signatures, stampings, strokes]) await sql.raw(statement).execute(db);
  await sql.raw(readable(roles.authority)).execute(db);
  await sql
    .raw(
      `
grant insert on authority_signing_keys to ${roles.app};
grant select, insert on controller_asks to ${roles.app};
grant update (done_at) on controller_asks to ${roles.app};
grant select on controller_signatures to ${roles.app};
grant select, update (state, sent_at) on controller_authorisations to ${roles.app};
grant select, insert on controller_strokes, authority_checks to ${roles.app};
grant update (end_asked_by, end_asked_at) on stampings to ${roles.app};
grant update (evidence_id, unfit) on controller_photos to ${roles.app};
grant select on authority_signing_keys to ${roles.authority};
grant update (state, jti, refusals, decided_at) on controller_asks to ${roles.authority};
grant insert on controller_signatures, controller_authorisations, events, ledger_pending to ${roles.authority};
`,
    )
    .execute(db);
}

/* The private halves lie where only the authority reads; authority_keys keeps the public ones. */
const asks = `
create table authority_signing_keys (kind text primary key references authority_keys, encrypted_key bytea not null);
create table controller_asks (
  ask_id text primary key, kind text not null check (kind in ('authorisation', 'revocation', 'order')),
  controller_id text not null references controllers, request_id text references seal_use_requests, body jsonb not null,
  asked_by text references people, asked_at timestamptz not null,
  state text not null default 'asked' check (state in ('asked', 'signed', 'refused')), jti text, refusals jsonb, decided_at timestamptz,
  done_at timestamptz, check ((kind = 'authorisation') <= (request_id is not null)), check ((state = 'asked') = (decided_at is null)),
  check ((state = 'signed') = (jti is not null)), check ((state = 'refused') = (refusals is not null))
);
create index controller_asks_open on controller_asks (asked_at) where state = 'asked';
create index controller_asks_controller on controller_asks (controller_id, asked_at);
create index controller_asks_request on controller_asks (request_id) where request_id is not null;
create function controller_ask_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'asked' or new.done_at is not null then perform guard_refuse('what is asked of the authority begins unanswered'); end if;
    return new;
  end if;
  if old.state <> 'asked' and (new.state, new.jti, new.refusals, new.decided_at) is distinct from (old.state, old.jti, old.refusals, old.decided_at)
  then perform guard_refuse('an answer of the authority stays'); end if;
  if old.done_at is not null and new.done_at is distinct from old.done_at then perform guard_refuse('what a controller did stays'); end if;
  return new;
end $$;
create trigger controller_ask_stays before insert or update on controller_asks for each row execute function controller_ask_stays();
`;

/* One signature for an ask, serial numbers that rise, one living authorisation for a piece of a request, and never more than is reserved. */
const signatures = `
create table controller_signatures (
  jti text primary key, controller_id text not null references controllers, epoch int not null, asn bigint not null check (asn > 0),
  kind text not null check (kind in ('authorisation', 'revocation', 'order')), ask_id text not null unique references controller_asks,
  request_id text references seal_use_requests, body_id text references seal_bodies, most int check (most > 0),
  nbf timestamptz not null, exp timestamptz not null, kid text not null, digest text not null, token text not null,
  event_id text not null references events, signed_at timestamptz not null, unique (controller_id, asn),
  check (kind <> 'authorisation' or num_nulls(request_id, body_id, most) = 0)
);
create index controller_signatures_body on controller_signatures (body_id) where kind = 'order';
create table controller_authorisations (
  jti text primary key references controller_signatures, controller_id text not null references controllers, request_id text not null references seal_use_requests,
  body_id text not null references seal_bodies, most int not null,
  state text not null check (state in ('signed', 'sent', 'accepted', 'in-use', 'rejected', 'used-up', 'closed', 'expired', 'revoking', 'revoked', 'reconciling', 'reconciled', 'disputed')),
  sent_at timestamptz
);
create unique index controller_authorisations_live on controller_authorisations (request_id, body_id) where state in ('signed', 'sent', 'accepted', 'in-use', 'rejected', 'revoking');
create index controller_authorisations_request on controller_authorisations (request_id);
create index controller_authorisations_controller on controller_authorisations (controller_id);
create function controller_signature_is_next() returns trigger language plpgsql as $$
begin
  if new.asn <= (select coalesce(max(asn), 0) from controller_signatures s where s.controller_id = new.controller_id)
  then perform guard_refuse('serial numbers of the authority rise'); end if;
  if not exists (select from controller_asks a where a.ask_id = new.ask_id and a.state = 'asked' and a.kind = new.kind and a.controller_id = new.controller_id
     and a.request_id is not distinct from new.request_id)
  then perform guard_refuse('the authority signs what was asked, once'); end if;
  return new;
end $$;
create trigger controller_signature_is_next before insert on controller_signatures for each row execute function controller_signature_is_next();
create function controller_authorisation_begins() returns trigger language plpgsql as $$
begin
  if new.state <> 'signed' then perform guard_refuse('an authorisation begins signed'); end if;
  if not exists (select from controller_signatures s where s.jti = new.jti and s.kind = 'authorisation' and s.controller_id = new.controller_id
     and s.request_id = new.request_id and s.body_id = new.body_id and s.most = new.most)
  then perform guard_refuse('an authorisation is what was signed'); end if;
  if not exists (select from stampings t join seal_use_requests r on r.request_id = t.request_id
     where t.request_id = new.request_id and t.by_controller and t.ended_at is null and r.state = 'opened')
  then perform guard_refuse('a controller stamps what was opened for it'); end if;
  if new.most > (select count(*) from impressions i where i.request_id = new.request_id and i.body_id = new.body_id and i.state = 'reserved')
  then perform guard_refuse('nothing is authorised beyond what is reserved'); end if;
  return new;
end $$;
create trigger controller_authorisation_begins before insert on controller_authorisations for each row execute function controller_authorisation_begins();
create function controller_authorisation_goes_on() returns trigger language plpgsql as $$
begin
  if old.state in ('used-up', 'closed', 'expired', 'revoked', 'reconciling', 'reconciled', 'disputed')
     and new.state in ('signed', 'sent', 'accepted', 'in-use', 'rejected', 'revoking')
  then perform guard_refuse('an authorisation that is over never comes back'); end if;
  if old.state <> 'signed' and new.state = 'signed' then perform guard_refuse('an authorisation is signed once'); end if;
  return new;
end $$;
create trigger controller_authorisation_goes_on before update on controller_authorisations for each row execute function controller_authorisation_goes_on();
`;

/* Asked for with the release, kept with the stamping. */
const stampings = `
alter table seal_use_requests add column by_controller boolean not null default false,
  add constraint by_controller_is_paper check (not by_controller or use_mode = 'by-hand');
alter table stampings add column by_controller boolean not null default false,
  add column end_asked_by text references people, add column end_asked_at timestamptz, add check ((end_asked_by is null) = (end_asked_at is null));
`;

/* What a controller's journal tells of an authorised stroke. Its photo comes after it: until then the impression has none. */
const strokes = `
create table controller_strokes (
  controller_id text not null, epoch int not null, seq bigint not null, jti text not null, n int not null, slot int not null,
  out text not null check (out in ('done', 'aborted', 'unknown')), operator text not null, counter bigint not null, at timestamptz not null,
  impression_id text references impressions, primary key (controller_id, epoch, seq),
  foreign key (controller_id, epoch, seq) references controller_records
);
create index controller_strokes_jti on controller_strokes (jti);
create unique index controller_strokes_impression on controller_strokes (impression_id) where impression_id is not null;
alter table impressions add column by_stroke boolean not null default false,
  drop constraint impressions_pressed_with_photo,
  add constraint impressions_pressed_with_photo check (pressed_at is null or evidence_id is not null or by_stroke);
create index impressions_photo_owed on impressions (request_id) where by_stroke and evidence_id is null;
create function impression_of_stroke() returns trigger language plpgsql as $$
begin
  if old.by_stroke and not new.by_stroke then perform guard_refuse('what a controller pressed stays so'); end if;
  if new.by_stroke and not old.by_stroke and not exists (select from controller_strokes s where s.impression_id = new.impression_id)
  then perform guard_refuse('a controller pressed what its journal tells'); end if;
  return new;
end $$;
create trigger impression_of_stroke before update on impressions for each row execute function impression_of_stroke();
alter table controller_photos add column evidence_id text references evidence, add column unfit boolean not null default false;
create table authority_checks (at timestamptz primary key, unmatched int not null);
create index controller_photos_to_tie on controller_photos (stored_at) where digest is not null and evidence_id is null and not unfit;
`;

/** The authority reads what the gate asks of: everything but secrets, and of people and boxes no column that is one. */
const readable = (role: string): string => `
do $$
declare one record; cols text;
begin
  for one in select tablename as name from pg_tables where schemaname = 'public'
    and tablename not in ('people', 'seal_keys', 'authority_keys', 'authority_signing_keys', 'sessions', 'passkeys', 'challenges', 'invitations',
      'idempotency_keys', 'sign_in_failures', 'account_changes', 'controller_pairings', 'controller_photo_parts', 'controller_photo_tickets', 'installation')
    union all select viewname from pg_views where schemaname = 'public'
  loop execute format('grant select on %I to ${role}', one.name); end loop;
  for one in select * from (values ('people', 'password_hash'), ('installation', 'setup_code_hash'), ('authority_keys', 'encrypted_key')) as t (name, secret)
  loop
    select string_agg(quote_ident(column_name), ', ') into cols from information_schema.columns
      where table_schema = 'public' and table_name = one.name and column_name <> one.secret;
    execute format('grant select (%s) on %I to ${role}', cols, one.name);
  end loop;
end $$;
grant select (controller_id, state, answer) on controller_pairings to ${role};
`;
