import { type Kysely, sql } from "kysely";

/**
 * The rules of use as versions of tables, what a request was promised by them, the papers that go with it, and steps that
 * are decided side by side or by several people.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table rule_versions (
  version_id text primary key, rules jsonb not null, digest text not null check (digest ~ '^sha256:[0-9a-f]{64}$'), note text not null,
  based_on text not null, written_by text not null references people, written_at timestamptz not null, updated_at timestamptz not null,
  revision int not null check (revision > 0), number int unique check (number > 0), matter_id text unique references matters, in_force_at timestamptz,
  check ((number is null) = (in_force_at is null)), check ((number is null) = (matter_id is null))
);
/* A draft is written until a matter that was carried out puts it in force as it was decided; then it stays (C24). */
create function rule_version_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.in_force_at is not null then perform guard_refuse('rules of use begin as a draft'); end if;
    return new;
  end if;
  if old.in_force_at is not null then perform guard_refuse('rules of use in force stay as they are'); end if;
  if tg_op = 'DELETE' then return old; end if;
  if (new.version_id, new.based_on, new.written_by, new.written_at) is distinct from (old.version_id, old.based_on, old.written_by, old.written_at)
  then perform guard_refuse('a draft stays with who wrote it'); end if;
  if new.in_force_at is null then return new; end if;
  if (new.rules, new.digest) is distinct from (old.rules, old.digest)
     or not exists (select from matters where matter_id = new.matter_id and kind = 'change-rules' and state = 'done'
       and data->>'versionId' = new.version_id and data->>'digest' = new.digest)
  then perform guard_refuse('rules of use take force by their matter, as they were decided'); end if;
  return new;
end $$;
create trigger rule_version_stays before insert or update or delete on rule_versions for each row execute function rule_version_stays();

alter table installation add column starter_set text check (starter_set in ('small-company', 'group', 'state-owned', 'bank-like'));
/* Once it is set up, an organisation's rules change by decisions alone. */
create function starter_set_stays() returns trigger language plpgsql as $$
begin
  if old.state not in ('empty', 'preparing-sample') and new.starter_set is distinct from old.starter_set
  then perform guard_refuse('the rules an organisation began with stay'); end if;
  return new;
end $$;
create trigger starter_set_stays before update on installation for each row execute function starter_set_stays();

/* What the rules promised: their version, the rows that fired, the limits. Requests before the tables have none. */
alter table seal_use_requests add column counterparty_kind text, add column rules_version text, add column rules_fired jsonb, add column limits jsonb;
create function request_keeps_its_rules() returns trigger language plpgsql as $$
declare edited boolean := old.state in ('draft', 'returned', 'withdrawn');
begin
  if old.number is not null and not edited and (new.counterparty_kind, new.rules_version, new.rules_fired, new.limits)
     is distinct from (old.counterparty_kind, old.rules_version, old.rules_fired, old.limits)
  then perform guard_refuse('a request keeps the rules it was submitted under'); end if;
  return new;
end $$;
create trigger request_keeps_its_rules before update on seal_use_requests for each row execute function request_keeps_its_rules();

create table request_attachments (
  request_id text not null references seal_use_requests, kind text not null, evidence_id text not null references evidence, position int not null,
  primary key (request_id, kind, evidence_id)
);
create function request_attachments_stay() returns trigger language plpgsql as $$
declare request text;
begin
  if tg_op = 'DELETE' then request := old.request_id; else request := new.request_id; end if;
  if not exists (select from seal_use_requests where request_id = request and state in ('draft', 'returned', 'withdrawn'))
  then perform guard_refuse('papers change while their request is edited alone'); end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
create trigger request_attachments_stay before insert or delete on request_attachments for each row execute function request_attachments_stay();

/* Steps of one stage wait together; those of one group are counted together. Stages lie apart, so that one can be put between. */
alter table request_steps add column stage int, add column group_id text, add column title_en text, add column title_zh text, add column hours int, add column due_at timestamptz;
alter table request_steps disable trigger decided_step_stays;
update request_steps set stage = position * 1000, group_id = step_id;
alter table request_steps enable trigger decided_step_stays;
alter table request_steps alter column stage set not null, alter column group_id set not null;
create function step_asks_the_same() returns trigger language plpgsql as $$
begin
  if (new.kind, new.stage, new.group_id, new.title_en, new.title_zh, new.hours) is distinct from (old.kind, old.stage, old.group_id, old.title_en, old.title_zh, old.hours)
  then perform guard_refuse('what a step asks for stays'); end if;
  return new;
end $$;
create trigger step_asks_the_same before update on request_steps for each row execute function step_asks_the_same();

grant select, insert, update on rule_versions to ${roles.app};
grant delete on rule_versions to ${roles.app};
grant select, insert, delete on request_attachments to ${roles.app};
`,
    )
    .execute(db);
}
