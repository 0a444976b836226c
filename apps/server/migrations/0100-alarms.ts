import { type Kysely, sql } from "kysely";

/**
 * Alarms of controllers as people are told of them (C18): who was told at which level, what they said, and who acknowledged.
 * One alarm of a kind is open at a box at a time; what repeats meanwhile is counted. Who was told and what was said stays.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table alarms (
  alarm_id text primary key, controller_id text not null references controllers, entity_id text not null references entities,
  epoch int not null, seq bigint not null, code text not null, speed text not null check (speed in ('at-once', 'same-day')),
  finding_id text references findings, keepers text[] not null,
  state text not null default 'open' check (state in ('open', 'acknowledged')),
  raised_at timestamptz not null, last_at timestamptz not null, times int not null default 1 check (times > 0),
  level int not null check (level >= 0), escalates_at timestamptz, acknowledged_at timestamptz,
  check ((state = 'acknowledged') = (acknowledged_at is not null)), check (state = 'open' or escalates_at is null)
);
create unique index alarms_open on alarms (controller_id, code, speed) where state = 'open';
create index alarms_escalating on alarms (escalates_at) where escalates_at is not null;
create index alarms_of_entity on alarms (entity_id, alarm_id);
create index alarms_finding on alarms (finding_id);
create table alarm_seals (alarm_id text not null references alarms, seal_id text not null references seals, primary key (alarm_id, seal_id));
create table alarm_told (
  alarm_id text not null references alarms, level int not null check (level >= 0), person_id text not null references people,
  told_at timestamptz not null, mail text not null check (mail in ('none', 'waiting', 'sent', 'failed', 'not-needed')),
  mail_tries int not null default 0, mail_at timestamptz, mail_fault text,
  primary key (alarm_id, level, person_id)
);
create index alarm_told_person on alarm_told (person_id, alarm_id);
create index alarm_told_mail on alarm_told (told_at) where mail in ('waiting', 'failed');
create table alarm_words (
  alarm_id text not null references alarms, nth int not null check (nth > 0), person_id text not null references people,
  at timestamptz not null, word text not null check (word <> ''), ends boolean not null, primary key (alarm_id, nth)
);
create unique index alarm_words_end on alarm_words (alarm_id) where ends;
create table mail_addresses (
  person_id text primary key references people, address text not null check (address !~ '[[:cntrl:][:space:]]'),
  language text check (language in ('en', 'zh')), changed_by text not null references people, changed_at timestamptz not null
);
create function alarm_stays() returns trigger language plpgsql as $$
begin
  if old.state = 'acknowledged' then perform guard_refuse('an alarm that was acknowledged stays so'); end if;
  if new.level < old.level or new.times < old.times then perform guard_refuse('an alarm only grows'); end if;
  if new.state = 'acknowledged' and not exists (select 1 from alarm_words w where w.alarm_id = new.alarm_id and w.ends)
    then perform guard_refuse('an alarm is acknowledged by somebody''s word'); end if;
  return new;
end $$;
create trigger alarm_stays before update on alarms for each row execute function alarm_stays();
create function alarm_word_fits() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from alarm_told t where t.alarm_id = new.alarm_id and t.person_id = new.person_id)
    then perform guard_refuse('only who was told of an alarm says something of it'); end if;
  if new.ends and exists (select 1 from alarms a where a.alarm_id = new.alarm_id and a.speed = 'at-once' and new.person_id = any (a.keepers))
    then perform guard_refuse('nobody ends an alarm about a seal he keeps'); end if;
  return new;
end $$;
create trigger alarm_word_fits before insert on alarm_words for each row execute function alarm_word_fits();
grant select, insert on alarms, alarm_seals, alarm_told, alarm_words to ${roles.app};
grant update (state, last_at, times, level, escalates_at, acknowledged_at) on alarms to ${roles.app};
grant update (mail, mail_tries, mail_at, mail_fault) on alarm_told to ${roles.app};
grant select, insert, update, delete on mail_addresses to ${roles.app};
`,
    )
    .execute(db);
}
