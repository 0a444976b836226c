import { type Kysely, sql } from "kysely";

/**
 * Cards with impressions that others keep, to compare papers with. A card is recorded once and withdrawn once, each with
 * its evidence; the task to withdraw it is done by that alone, whoever speaks with the application's password.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table specimens_lodged (
  lodging_id text primary key, entity_id text not null references entities,
  kind text not null check (kind in ('bank', 'customs', 'court', 'tax', 'other')),
  place_name text not null, branch text not null, contact text not null, card text not null, lodged_on date not null,
  evidence_id text not null references evidence, recorded_by text not null references people, recorded_at timestamptz not null,
  event_id text not null references events, replaces_lodging_id text unique references specimens_lodged,
  withdrawn_on date, withdrawn_evidence_id text references evidence, withdrawn_by text references people, withdrawn_at timestamptz,
  withdrawn_event_id text references events, withdrawal_note text,
  check (num_nulls(withdrawn_on, withdrawn_evidence_id, withdrawn_by, withdrawn_at, withdrawn_event_id, withdrawal_note) in (0, 6)),
  check (withdrawn_on >= lodged_on), check (withdrawn_evidence_id <> evidence_id)
);
create index specimens_lodged_entity on specimens_lodged (entity_id, lodged_on desc);
create table specimens_lodged_seals (
  lodging_id text not null references specimens_lodged, seal_id text not null references seals, primary key (lodging_id, seal_id)
);
create index specimens_lodged_seals_seal on specimens_lodged_seals (seal_id);
create function withdrawn_specimen_stays() returns trigger language plpgsql as $$
begin
  if old.withdrawn_on is not null then perform guard_refuse('a withdrawn specimen stays as it is'); end if;
  return new;
end $$;
create trigger withdrawn_specimen_stays before update on specimens_lodged for each row execute function withdrawn_specimen_stays();
/* Which seals a card shows is said when it is recorded, in the same transaction, and at no time afterwards. */
create function card_shows_its_seals() returns trigger language plpgsql as $$
begin
  if not exists (select from specimens_lodged where lodging_id = new.lodging_id and withdrawn_on is null and xmin::text = (pg_current_xact_id()::xid)::text)
  then perform guard_refuse('the seals of a card are those it was recorded with'); end if;
  return new;
end $$;
create trigger card_shows_its_seals before insert on specimens_lodged_seals for each row execute function card_shows_its_seals();
${tasks}
${matters}
grant select, insert on specimens_lodged, specimens_lodged_seals to ${roles.app};
${kinds}
grant select, insert on seal_type_changes to ${roles.app};
grant update (state, decided_by, decided_at) on seal_type_changes to ${roles.app};
grant update (withdrawn_on, withdrawn_evidence_id, withdrawn_by, withdrawn_at, withdrawn_event_id, withdrawal_note) on specimens_lodged to ${roles.app};
`,
    )
    .execute(db);
}

/**
 * Kinds of seals as the organisation rules them: its own kinds beside the product's, and what each rules. A version comes
 * from a change that another person confirmed; who asks never confirms, whatever the application does (C11).
 */
const kinds = `
alter table seal_type_versions drop constraint seal_type_versions_version_check,
  add column base_type text, add column classes text[], add column least_container text check (least_container in ('any', 'cabinet', 'safe', 'controller')),
  add column holders text check (holders in ('anybody', 'entity', 'unit')), add column pressers text check (pressers in ('custodian', 'named')),
  add column dual_control boolean, add column shape text check (shape in ('circle', 'oval', 'square', 'rectangle')),
  add column confirmed_by text references people,
  add check (version > 1 or base_type is not null);
alter table seal_type_versions add constraint confirmed_by_another check (confirmed_by is not null and confirmed_by <> changed_by) not valid;
create table seal_type_changes (
  seal_type_change_id text primary key, type text not null, base_type text not null, version int not null check (version > 0),
  name_en text not null, name_zh text not null, important boolean not null, external boolean not null,
  filing text not null check (filing in ('none','pieces','all')), width_mm double precision not null, height_mm double precision not null,
  shape text not null, classes text[] not null, least_container text not null, holders text not null, pressers text not null, dual_control boolean not null,
  reason text not null, state text not null check (state in ('waiting', 'confirmed', 'declined')), asked_by text not null references people,
  asked_at timestamptz not null, decided_by text references people, decided_at timestamptz,
  check ((state = 'waiting') = (decided_by is null) and (decided_by is null) = (decided_at is null)), check (decided_by <> asked_by)
);
create unique index seal_type_changes_waiting on seal_type_changes (type) where state = 'waiting';
create function seal_type_change_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'waiting' then perform guard_refuse('a change of a kind of seal begins undecided'); end if;
  elsif old.state <> 'waiting' then perform guard_refuse('a change of a kind of seal that was decided stays'); end if;
  return new;
end $$;
create trigger seal_type_change_stays before insert or update on seal_type_changes for each row execute function seal_type_change_stays();
alter table seals add column kind_id text;
create function version_was_confirmed() returns trigger language plpgsql as $$
begin
  if not exists (select from seal_type_changes c where c.type = new.type and c.version = new.version and c.state = 'confirmed' and c.decided_by = new.confirmed_by and c.asked_by = new.changed_by
    and new.base_type is not distinct from nullif(c.base_type, c.type)
    and (c.name_en, c.name_zh, c.important, c.external, c.filing, c.width_mm, c.height_mm, c.shape, c.classes, c.least_container, c.holders, c.pressers, c.dual_control, c.reason)
      is not distinct from (new.name_en, new.name_zh, new.important, new.external, new.filing, new.width_mm, new.height_mm, new.shape, new.classes, new.least_container, new.holders, new.pressers, new.dual_control, new.reason))
  then perform guard_refuse('a kind of seal changes when a second person confirms it'); end if;
  return new;
end $$;
create trigger version_was_confirmed before insert on seal_type_versions for each row execute function version_was_confirmed();
create function kind_of_seal_stays() returns trigger language plpgsql as $$
begin
  if new.kind_id is distinct from old.kind_id then perform guard_refuse('the kind of a seal stays'); end if;
  return new;
end $$;
create trigger kind_of_seal_stays before update on seals for each row execute function kind_of_seal_stays();
`;

/**
 * A task stays what it was opened for, and one that an act alone ends is done when the act was done. It is cancelled only
 * when there is nothing left to do: the card's seals hold again, the position ended, another version is in force or the
 * person holds no position for good.
 */
const tasks = `
create function task_ends_by_its_act() returns trigger language plpgsql as $$
begin
  if (new.task_id, new.kind, new.subject_key) is distinct from (old.task_id, old.kind, old.subject_key)
  then perform guard_refuse('a task stays what it was opened for'); end if;
  if new.state = old.state then return new; end if;
  if old.state <> 'open' then perform guard_refuse('a task that ended stays ended'); end if;
  if new.kind = 'withdraw-specimen' then
    if new.state = 'done' and (new.evidence_id is null or not exists (
      select from specimens_lodged where lodging_id = new.subject_key and withdrawn_evidence_id = new.evidence_id))
    then perform guard_refuse('a lodged specimen is withdrawn with its evidence'); end if;
    if new.state = 'cancelled' and (not exists (select from specimens_lodged where lodging_id = new.subject_key) or exists (
      select from specimens_lodged_seals l join seals s on s.seal_id = l.seal_id where l.lodging_id = new.subject_key
        and s.state in ('stopped','surrendered','sealed-up','destroyed','lost','void','cancelled')))
    then perform guard_refuse('a card whose seal no longer holds is withdrawn'); end if;
  elsif new.kind = 'confirm-position' then
    if new.state = 'done' and not exists (select from position_confirmations where grant_id = new.subject_key)
      or new.state = 'cancelled' and not exists (select from grants where grant_id = new.subject_key and state = 'ended')
    then perform guard_refuse('a position is confirmed by its holder or ends'); end if;
  elsif new.kind = 'read-rule-book' then
    if not exists (select from rule_book_confirmations where version_id = split_part(new.subject_key, ' ', 1) and person_id = split_part(new.subject_key, ' ', 2))
      and (new.state = 'done' or not exists (select from rule_book_versions old_one join rule_book_versions newer on newer.version > old_one.version
          where old_one.version_id = split_part(new.subject_key, ' ', 1) and newer.published_at is not null)
        /* In every time zone: begun before the task was opened, and without an end. */
        and exists (select from grants g join people p on p.person_id = g.person_id where p.person_id = split_part(new.subject_key, ' ', 2) and p.state = 'active'
          and g.state = 'given' and g.to_on is null and g.from_on < (new.opened_at at time zone 'UTC' - interval '12 hours')::date))
    then perform guard_refuse('the rule book is confirmed by its reader or replaced'); end if;
  end if;
  return new;
end $$;
create trigger task_ends_by_its_act before update on tasks for each row execute function task_ends_by_its_act();
`;

/**
 * A matter is approved when every step of its round was, and carried out when it was approved; what was asked for stays
 * meanwhile. Kinds that nobody has to decide are named, for they alone are approved without a step.
 */
const matters = `
create function matter_is_decided() returns trigger language plpgsql as $$
begin
  if (new.matter_id, new.kind, new.asked_by, new.created_at) is distinct from (old.matter_id, old.kind, old.asked_by, old.created_at)
  then perform guard_refuse('a matter stays with its kind and with who asked'); end if;
  if old.number is not null and new.entity_id <> old.entity_id then perform guard_refuse('a matter with a number stays with its entity'); end if;
  if old.state not in ('draft', 'returned', 'withdrawn') and ((new.data, new.reason, new.title, new.entity_id, new.unit_id, new.person_id, new.effective_on, new.digest, new.round)
       is distinct from (old.data, old.reason, old.title, old.entity_id, old.unit_id, old.person_id, old.effective_on, old.digest, old.round)
     or (old.seal_id is not null and new.seal_id is distinct from old.seal_id))
  then perform guard_refuse('what was asked for changes while it is edited alone'); end if;
  if new.state = old.state then return new; end if;
  if old.state in ('done', 'rejected', 'cancelled') then perform guard_refuse('a matter that is over stays as it is'); end if;
  if new.state = 'done' and old.state <> 'approved' then perform guard_refuse('a matter is carried out when it was approved'); end if;
  if new.state = 'approved' and (old.state <> 'in-review'
     or exists (select from matter_steps where matter_id = new.matter_id and round = new.round and (state <> 'approved' or decided_by is null))
     or new.kind not in ('short-handover', 'short-return', 'take-out-return', 'receive-piece', 'file-seal', 'keep-specimen', 'surrender', 'seal-up')
        and not exists (select from matter_steps where matter_id = new.matter_id and round = new.round))
  then perform guard_refuse('a matter is approved when all its steps are'); end if;
  return new;
end $$;
create trigger matter_is_decided before update on matters for each row execute function matter_is_decided();
create function matter_begins_as_draft() returns trigger language plpgsql as $$
begin
  if new.state <> 'draft' then perform guard_refuse('a matter begins as a draft'); end if;
  return new;
end $$;
create trigger matter_begins_as_draft before insert on matters for each row execute function matter_begins_as_draft();
`;
