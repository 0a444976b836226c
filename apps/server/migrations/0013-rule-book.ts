import { type Kysely, sql } from "kysely";

/**
 * The rule book's versions and who confirmed to have read them; positions and who confirmed them. The text of a version
 * stays as written, a version takes force once, and nothing of it is ever taken away.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table rule_book_versions (
  version_id text primary key, version int not null unique check (version > 0), text jsonb not null, digest text not null check (digest ~ '^sha256:[0-9a-f]{64}$'),
  written_by text not null references people, written_at timestamptz not null, event_id text not null references events,
  matter_id text references matters, in_force_on date, published_at timestamptz, confirm_by timestamptz,
  check ((published_at is null) = (in_force_on is null)), check ((published_at is null) = (matter_id is null)), check ((published_at is null) = (confirm_by is null))
);
create index rule_book_versions_published on rule_book_versions (version desc) where published_at is not null;
/* Written as a draft; it is published once, by a matter that was carried out, and then stays. */
create function rule_book_version_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.published_at is not null then perform guard_refuse('a version of the rule book begins as a draft'); end if;
    return new;
  end if;
  if old.published_at is not null then perform guard_refuse('a version of the rule book in force stays as it is'); end if;
  if (new.version_id, new.version, new.text, new.digest, new.written_by, new.written_at, new.event_id)
     is distinct from (old.version_id, old.version, old.text, old.digest, old.written_by, old.written_at, old.event_id)
  then perform guard_refuse('the text of a version of the rule book stays as written'); end if;
  if not exists (select from matters where matter_id = new.matter_id and kind = 'publish-rule-book' and state = 'done'
     and data->>'versionId' = new.version_id and data->>'digest' = new.digest)
  then perform guard_refuse('a version of the rule book takes force by its matter'); end if;
  return new;
end $$;
create trigger rule_book_version_stays before insert or update on rule_book_versions for each row execute function rule_book_version_stays();

create table rule_book_confirmations (
  version_id text not null references rule_book_versions, person_id text not null references people, digest text not null,
  step_up_id text not null references step_ups, method text not null, at timestamptz not null, event_id text not null references events,
  primary key (version_id, person_id)
);
/* What was confirmed is this text, in force, by this person with his own proof of presence, used up for it. */
create function reading_is_the_readers() returns trigger language plpgsql as $$
declare text_digest text;
begin
  select digest into text_digest from rule_book_versions where version_id = new.version_id and published_at is not null;
  if text_digest is null then perform guard_refuse('a draft of the rule book is not confirmed'); end if;
  if new.digest <> 'sha256:' || encode(sha256(convert_to(concat_ws(chr(10), 'chancery rule book confirmation v1', text_digest, new.person_id), 'UTF8')), 'hex')
  then perform guard_refuse('what is confirmed is the text of the version'); end if;
  if not exists (select from step_ups where step_up_id = new.step_up_id and person_id = new.person_id and act = 'rule-book'
     and subject_id = new.version_id and digest = new.digest and method = new.method and used_at is not null)
  then perform guard_refuse('reading is confirmed with a proof of presence of one''s own'); end if;
  return new;
end $$;
create trigger reading_is_the_readers before insert on rule_book_confirmations for each row execute function reading_is_the_readers();

/* A grant gives nothing until its holder has confirmed the position: no row here, no role. */
create table position_confirmations (
  grant_id text primary key references grants, person_id text not null references people, description_version int, digest text,
  method text not null check (method in ('passkey','password','sample','set-up','before-positions')), step_up_id text references step_ups,
  at timestamptz not null, event_id text references events,
  check ((method = 'before-positions') = (event_id is null)), check ((event_id is null) = (digest is null)), check ((digest is null) = (description_version is null)),
  check ((method in ('passkey','password','sample')) = (step_up_id is not null))
);
/* Grants given before there were positions were in force from the day they were given. */
insert into position_confirmations (grant_id, person_id, method, at)
  select grant_id, person_id, 'before-positions', granted_at from grants where state in ('given', 'ended');
create function position_is_the_holders() returns trigger language plpgsql as $$
declare grant_row record;
begin
  if new.method = 'before-positions' then perform guard_refuse('a position is confirmed by its holder'); end if;
  select person_id, state, granted_by into grant_row from grants where grant_id = new.grant_id for share;
  if grant_row.person_id is distinct from new.person_id then perform guard_refuse('a position is confirmed by its holder'); end if;
  if grant_row.state <> 'given' then perform guard_refuse('a position that is not given is not confirmed'); end if;
  /* Without a proof of presence only the first person does, to whom nobody gave his grant. */
  if new.method = 'set-up' and grant_row.granted_by is not null then perform guard_refuse('a position is confirmed with a proof of presence'); end if;
  if new.method <> 'set-up' and not exists (select from step_ups where step_up_id = new.step_up_id and person_id = new.person_id and act = 'position'
     and subject_id = new.person_id and digest = new.digest and method = new.method and used_at is not null)
  then perform guard_refuse('a position is confirmed with a proof of presence of one''s own'); end if;
  return new;
end $$;
create trigger position_is_the_holders before insert on position_confirmations for each row execute function position_is_the_holders();

/* What was asked for, confirmed by a second person and by the holder is the same: whose, which role, where, from when. */
create function grant_stays_as_given() returns trigger language plpgsql as $$
begin
  if (new.grant_id, new.person_id, new.role, new.scope_kind, new.scope_id, new.from_on, new.granted_by, new.account_change_id)
     is distinct from (old.grant_id, old.person_id, old.role, old.scope_kind, old.scope_id, old.from_on, old.granted_by, old.account_change_id)
  then perform guard_refuse('a grant stays with its person, role and scope'); end if;
  return new;
end $$;
create trigger grant_stays_as_given before update on grants for each row execute function grant_stays_as_given();

/* In which order people were named: of an ordinary seal the first keeps it, and the next is his deputy. */
alter table grants add column nr bigint generated always as identity;

/* A delegated role gives no more than the grant it comes from. */
create or replace view held_roles as
  select g.grant_id, g.person_id, g.role, g.scope_kind, g.scope_id, g.from_on, g.to_on, g.state, null::text as delegated_by, c.grant_id is not null as confirmed, g.nr
  from grants g left join position_confirmations c on c.grant_id = g.grant_id
  union all
  select d.delegation_id, d.delegate_id, g.role, d.scope_kind, d.scope_id, greatest(d.from_on, g.from_on), least(d.to_on, g.to_on), g.state, d.delegator_id, c.grant_id is not null, g.nr
  from delegations d join grants g on g.grant_id = d.grant_id and g.person_id = d.delegator_id left join position_confirmations c on c.grant_id = g.grant_id
  where d.ended_at is null and g.state = 'given';

grant select, insert on rule_book_versions, rule_book_confirmations, position_confirmations to ${roles.app};
grant update (matter_id, in_force_on, published_at, confirm_by) on rule_book_versions to ${roles.app};
`,
    )
    .execute(db);
}
