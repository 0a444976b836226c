import { type Kysely, sql } from "kysely";

/**
 * Controllers that their maker's cloud answers for (SealLink 1, clause 3.16): clouds and their controllers, each by two people; what
 * is asked of a cloud for a request; what it said of uses when it was asked; its calls, which are hints and nothing else.
 */
export async function up(db: Kysely<unknown>, roles: { app: string; authority: string }): Promise<void> {
  for (const statement of [clouds, controllers, authorisations, strokes, hints]) await sql.raw(statement).execute(db);
  await sql
    .raw(
      `
grant select, insert on vendor_clouds, vendor_controllers, vendor_people, vendor_authorisations, vendor_strokes, vendor_photos, vendor_hints to ${roles.app};
grant update (state, confirmed_by, confirmed_at, ended_by, ended_at, end_reason) on vendor_clouds to ${roles.app};
grant update (tries_left, confirmed_by, confirmed_at) on vendor_controllers to ${roles.app};
grant update (mobile, set_by, set_at), delete on vendor_people to ${roles.app};
grant update (state, most, begins_at, ends_at, sent_at, vendor_ref, vendor_auth, use_code, used, asked_cloud_at, answered_at, fault,
  stop_asked_at, over_at, finished_at, refusals) on vendor_authorisations to ${roles.app};
grant update (evidence_id, unfit) on vendor_photos to ${roles.app};
grant update (state), delete on vendor_hints to ${roles.app};
grant select on told_strokes to ${roles.app}, ${roles.authority};
`,
    )
    .execute(db);
}

/* Credentials lie encrypted in one piece; of the secret in the address of calls only the digest is kept. */
const clouds = `
create table vendor_clouds (
  cloud_id text primary key, entity_id text not null references entities, maker text not null check (maker in ('contract-lock')),
  name_en text not null, name_zh text not null, address text not null, time_zone text not null,
  credentials bytea not null, call_hash bytea not null unique, signs_calls boolean not null,
  state text not null check (state in ('awaiting-confirmation', 'in-use', 'ended')),
  registered_by text not null references people, registered_at timestamptz not null,
  confirmed_by text references people, confirmed_at timestamptz, ended_by text references people, ended_at timestamptz, end_reason text,
  check (num_nulls(confirmed_by, confirmed_at) in (0, 2)), check (num_nulls(ended_by, ended_at, end_reason) in (0, 3)),
  check ((state = 'ended') = (ended_at is not null)), check (state <> 'in-use' or confirmed_at is not null),
  constraint cloud_confirmed_by_another check (confirmed_by <> registered_by)
);
create index vendor_clouds_entity on vendor_clouds (entity_id);
create function vendor_cloud_stays() returns trigger language plpgsql as $$
begin
  if old.state = 'ended' then perform guard_refuse('a cloud that was ended stays so'); end if;
  if old.state = 'in-use' and new.state = 'awaiting-confirmation' then perform guard_refuse('a cloud is confirmed once'); end if;
  return new;
end $$;
create trigger vendor_cloud_stays before update on vendor_clouds for each row execute function vendor_cloud_stays();
create table vendor_people (
  cloud_id text not null references vendor_clouds, person_id text not null references people, mobile text not null check (mobile ~ '^[+]?[0-9]{5,20}$'),
  set_by text not null references people, set_at timestamptz not null, primary key (cloud_id, person_id)
);
`;

/* What made the first person's word certain of one's own boxes are digits on a screen; here it is the number on the plate, typed again. */
const controllers = `
create table vendor_controllers (
  controller_id text primary key references controllers, cloud_id text not null references vendor_clouds, device_no text not null,
  tries_left int not null check (tries_left >= 0), confirmed_by text references people, confirmed_at timestamptz,
  check (num_nulls(confirmed_by, confirmed_at) in (0, 2))
);
create index vendor_controllers_cloud on vendor_controllers (cloud_id);
create or replace function controller_stays() returns trigger language plpgsql as $$
begin
  if old.state = 'revoked' then perform guard_refuse('a revoked controller stays revoked'); end if;
  if old.state = 'enrolled' and new.state not in ('enrolled', 'revoked') then perform guard_refuse('an enrolled controller is revoked, never enrolled again'); end if;
  if new.state = 'enrolled' and old.state <> 'enrolled' and not exists (
    select from controller_pairings p where p.controller_id = new.controller_id and p.state = 'confirmed'
      and p.confirmed_by <> new.registered_by)
    and not exists (
    select from vendor_controllers v where v.controller_id = new.controller_id and v.confirmed_by <> new.registered_by)
  then perform guard_refuse('a controller is enrolled when a second person has confirmed it'); end if;
  return new;
end $$;
`;

/* One that lives for a piece of a request; never for more than is reserved when it is sent; what is over never comes back. */
const authorisations = `
create table vendor_authorisations (
  authorisation_id text primary key, cloud_id text not null references vendor_clouds, controller_id text not null references controllers,
  request_id text not null references seal_use_requests, body_id text not null references seal_bodies, person_id text not null references people,
  state text not null check (state in ('asked', 'sending', 'open', 'over', 'refused', 'withdrawn', 'lost')),
  asked_at timestamptz not null, most int check (most > 0), begins_at timestamptz, ends_at timestamptz, sent_at timestamptz,
  vendor_ref text, vendor_auth text, use_code bytea, used int not null default 0 check (used >= 0),
  asked_cloud_at timestamptz, answered_at timestamptz, fault text, stop_asked_at timestamptz, over_at timestamptz, finished_at timestamptz, refusals jsonb,
  unique (cloud_id, vendor_ref, vendor_auth), check ((vendor_ref is null) = (vendor_auth is null)),
  check (state <> 'open' or vendor_ref is not null), check ((state = 'refused') = (refusals is not null)),
  check (state in ('asked', 'refused', 'withdrawn') or num_nulls(most, begins_at, ends_at, sent_at) = 0)
);
create unique index vendor_authorisations_live on vendor_authorisations (request_id, body_id) where state in ('asked', 'sending', 'open');
create index vendor_authorisations_request on vendor_authorisations (request_id);
create index vendor_authorisations_to_follow on vendor_authorisations (asked_cloud_at) where finished_at is null and state not in ('refused', 'withdrawn');
create function vendor_authorisation_goes_on() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'asked' then perform guard_refuse('an authorisation begins by being asked for'); end if;
    if not exists (select from stampings t join seal_use_requests r on r.request_id = t.request_id
       where t.request_id = new.request_id and t.by_controller and t.ended_at is null and r.state = 'opened')
    then perform guard_refuse('a controller stamps what was opened for it'); end if;
    return new;
  end if;
  if old.state in ('over', 'refused', 'withdrawn') and new.state <> old.state
  then perform guard_refuse('an authorisation that is over never comes back'); end if;
  if old.most is not null and new.most is distinct from old.most then perform guard_refuse('what was authorised stays'); end if;
  if old.most is null and new.most is not null and new.most > (select count(*) from impressions i
     where i.request_id = new.request_id and i.body_id = new.body_id and i.state = 'reserved')
  then perform guard_refuse('nothing is authorised beyond what is reserved'); end if;
  if new.used < old.used then perform guard_refuse('what was counted is never taken back'); end if;
  return new;
end $$;
create trigger vendor_authorisation_goes_on before insert or update on vendor_authorisations for each row execute function vendor_authorisation_goes_on();
`;

/* Each use once, by its number within its authorisation; an impression is of one stroke, whoever told of it. */
const strokes = `
create table vendor_strokes (
  authorisation_id text not null references vendor_authorisations, n int not null check (n > 0), impression_id text references impressions,
  seen_at timestamptz not null, primary key (authorisation_id, n)
);
create unique index vendor_strokes_impression on vendor_strokes (impression_id) where impression_id is not null;
create table vendor_photos (
  cloud_id text not null references vendor_clouds, vendor_ref text not null, hash text not null, name text not null,
  kind text not null check (kind in ('use', 'face', 'emergency')), stored_at timestamptz not null,
  evidence_id text references evidence, unfit boolean not null default false, primary key (cloud_id, vendor_ref, hash)
);
create view told_strokes as
  select k.impression_id, a.request_id, k.out, 'record' as told_by from controller_strokes k join controller_authorisations a on a.jti = k.jti
  union all
  select v.impression_id, a.request_id, 'done' as out, 'vendor-cloud' as told_by
    from vendor_strokes v join vendor_authorisations a on a.authorisation_id = v.authorisation_id;
create or replace function impression_of_stroke() returns trigger language plpgsql as $$
begin
  if old.by_stroke and not new.by_stroke then perform guard_refuse('what a controller pressed stays so'); end if;
  if new.by_stroke and not old.by_stroke
    and not exists (select from controller_strokes s where s.impression_id = new.impression_id)
    and not exists (select from vendor_strokes s where s.impression_id = new.impression_id)
  then perform guard_refuse('a controller pressed what its journal tells'); end if;
  return new;
end $$;
`;

/* What a cloud called to say, byte for byte; it starts a question and is never an answer. */
const hints = `
create table vendor_hints (
  cloud_id text not null references vendor_clouds, key text not null, body bytea not null, body_hash text not null, received_at timestamptz not null,
  vendor_ref text, state text not null check (state in ('waiting', 'asked', 'unknown')), primary key (cloud_id, key)
);
create index vendor_hints_old on vendor_hints (received_at);
`;
