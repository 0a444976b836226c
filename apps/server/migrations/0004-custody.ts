import { type Kysely, sql } from "kysely";

/**
 * Custody: postings that move each body of a seal between places and between answerable custodians, containers with their
 * locks, and what is out of its place for a while. Postings only grow, and follow one on the other by constraint alone:
 * a second posting with the same number, from another account or from another time than the last one, cannot be stored.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table custody_postings (
  posting_id text primary key, body_id text not null references seal_bodies, book text not null check (book in ('place','custodian')),
  seq int not null check (seq >= 0), prev_seq int generated always as (case when seq = 0 then null else seq - 1 end) stored,
  from_account text not null, to_account text not null, from_at timestamptz, at timestamptz not null,
  to_people text[] generated always as (case
    when to_account like 'person:%' then array[substring(to_account from 8)]
    when to_account like 'people:%' then string_to_array(substring(to_account from 8), '+') else '{}'::text[] end) stored,
  matter_id text references matters, event_id text not null references events, recorded_by text references people,
  unique (body_id, book, seq),
  /* What the next posting refers to: this one's number, account and time, all at once. */
  unique (body_id, book, seq, to_account, at),
  foreign key (body_id, book, prev_seq, from_account, from_at) references custody_postings (body_id, book, seq, to_account, at),
  check ((seq = 0) = (from_account = 'origin')), check ((seq = 0) = (from_at is null)), check (from_at is null or at >= from_at),
  check (from_account <> to_account), check (from_account <> 'ended' and to_account <> 'origin'),
  check (to_account ~ '^(ended|person:[^:+ ]+|people:[^:+ ]+[+][^:+ ]+|container:[^:+ ]+)$'),
  check (book = 'place' or to_account not like 'container:%'), check (book = 'custodian' or to_account not like 'people:%')
);
create index custody_postings_people on custody_postings using gin (to_people);
create index custody_postings_container on custody_postings (to_account) where to_account like 'container:%';
create index custody_postings_matter on custody_postings (matter_id) where matter_id is not null;

create table containers (
  container_id text primary key, entity_id text not null references entities, kind text not null check (kind in ('safe','cabinet','controller')),
  name_en text not null, name_zh text not null, address text not null, inside_monitoring boolean not null, camera text not null default '',
  good_for_important boolean not null, closed_at timestamptz, created_at timestamptz not null, version int not null default 1
);
create table container_locks (
  lock_id text primary key, container_id text not null references containers, kind text not null check (kind in ('key','code')), label text not null, created_at timestamptz not null
);
create index container_locks_container on container_locks (container_id);
/* Who holds a lock from when to when; nobody is taken off the list, and of the open ones there is one for each lock. */
create table lock_holdings (
  holding_id text primary key, lock_id text not null references container_locks, person_id text not null references people,
  from_at timestamptz not null, to_at timestamptz, matter_id text references matters, given_by text references people, check (to_at is null or to_at >= from_at)
);
create unique index lock_holdings_open on lock_holdings (lock_id) where to_at is null;
create index lock_holdings_person on lock_holdings (person_id) where to_at is null;
/* An opening of a container by one of two locks waits for the others. */
create table container_openings (
  opening_id text primary key, container_id text not null references containers, body_id text not null references seal_bodies, reason text not null,
  asked_by text not null references people, asked_at timestamptz not null, waits_for text[] not null, expires_at timestamptz not null, opened_at timestamptz
);
create unique index container_openings_once on container_openings (body_id, asked_at);
create index container_openings_wait on container_openings using gin (waits_for) where opened_at is null;
/* How long a piece may be out of its container, and for what. */
create table custody_sessions (
  session_id text primary key, body_id text not null references seal_bodies, person_id text not null references people, reason text not null,
  opened_at timestamptz not null, until_at timestamptz not null, closed_at timestamptz
);
create unique index custody_sessions_open on custody_sessions (body_id) where closed_at is null;

create table short_handovers (
  matter_id text primary key references matters, entity_id text not null references entities, transferor_id text not null references people,
  deputy_id text not null references people, witness_id text not null references people, tag text not null, body_ids text[] not null,
  standing_seal_ids text[] not null, until_on date not null,
  due_at timestamptz not null, begun_at timestamptz not null, ended_at timestamptz, ended_by_matter text references matters
);
create index short_handovers_open on short_handovers (due_at) where ended_at is null;
create index short_handovers_bodies on short_handovers using gin (body_ids);
create table take_outs (
  matter_id text primary key references matters, entity_id text not null references entities, seal_id text not null references seals, body_id text not null references seal_bodies,
  keeper_id text not null references people, escort text[] not null, place text not null, most_impressions int not null, listed_impressions int not null,
  from_account text not null, due_at timestamptz not null, issued_at timestamptz not null,
  returned_at timestamptz, returned_by_matter text references matters, used_impressions int, condition text
);
create unique index take_outs_open on take_outs (body_id) where returned_at is null;
create index take_outs_due on take_outs (due_at) where returned_at is null;
create index take_outs_entity on take_outs (entity_id, issued_at desc);

/* Bodies that are used already: the people who hold their grant answer from the moment they were put in use. */
with named as (
  select b.body_id, b.seal_id, g.person_id, row_number() over (partition by b.body_id order by g.from_on, g.granted_at, g.grant_id) as place
  from seal_bodies b join grants g on g.scope_kind = 'seal' and g.scope_id = b.seal_id and g.role = 'custodian' and g.state = 'given'
  where b.state in ('in-use','frozen','in-handover','taken-out')
), opened as (
  select body_id, seal_id, array_agg(person_id order by person_id) as people from (select distinct body_id, seal_id, person_id from named where place <= 2) n group by body_id, seal_id
)
insert into custody_postings (posting_id, body_id, book, seq, from_account, to_account, from_at, at, matter_id, event_id, recorded_by)
  select 'post_' || substring(o.body_id from 6), o.body_id, 'custodian', 0, 'origin',
    (case when array_length(o.people, 1) = 1 then 'person:' else 'people:' end) || array_to_string(o.people, '+'), null, e.at, null, e.event_id, null
  from opened o cross join lateral (
    select event_id, at from events where seal_id = o.seal_id and type = 'SealStateChanged' order by at, event_id limit 1
  ) e;

grant select, insert on custody_postings, container_locks to ${roles.app};
grant select, insert, update on containers, container_openings, custody_sessions, short_handovers, take_outs to ${roles.app};
grant select, insert on lock_holdings to ${roles.app};
grant update (to_at) on lock_holdings to ${roles.app};
`,
    )
    .execute(db);
}
