import { type Kysely, sql } from "kysely";

/**
 * What every area of keeping seals shares: settings and calendars, files given as evidence, matters with their steps and
 * confirmations, tasks with their clocks, findings, and the lines of the registers. Lines and findings only grow.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table settings (
  key text primary key, value int not null, ends_on date, set_at timestamptz not null, asked_by text references people, confirmed_by text references people
);
create table setting_changes (
  setting_change_id text primary key, key text not null, value int not null, ends_on date, reason text not null,
  state text not null check (state in ('waiting','confirmed','declined')), asked_by text not null references people, asked_at timestamptz not null,
  decided_by text references people, decided_at timestamptz, check (decided_by is null or decided_by <> asked_by)
);
alter table entities add column weekend int[] not null default '{6,7}';
create table calendar_days (
  entity_id text not null references entities, day date not null, kind text not null check (kind in ('holiday','make-up')), name text not null default '',
  primary key (entity_id, day)
);

create table evidence (
  evidence_id text primary key, digest text not null references files, name text not null, media_type text not null, size_bytes bigint not null,
  width_px int, height_px int, preview_digest text references files, taken_at timestamptz, location jsonb,
  uploaded_by text not null references people, uploaded_at timestamptz not null
);

create table matters (
  matter_id text primary key, number text unique, kind text not null, state text not null, version int not null default 1, round int not null default 0,
  entity_id text not null references entities, unit_id text references units, seal_id text references seals, body_id text, person_id text references people,
  title text not null, reason text not null, data jsonb not null, digest text, effective_on date,
  asked_by text not null references people, created_at timestamptz not null, updated_at timestamptz not null, submitted_at timestamptz,
  approved_at timestamptz, ended_at timestamptz, carried_out_by text references people
);
create index matters_open on matters (entity_id, state, updated_at desc);
create index matters_seal on matters (seal_id) where seal_id is not null;
create index matters_person on matters (person_id) where person_id is not null;
create index matters_asked on matters (asked_by, updated_at desc);
/* What a matter reserves, one row for each subject: a second matter that wants the same waits for the first. */
create table matter_reservations (
  matter_id text not null references matters, subject text not null, primary key (subject)
);
create index matter_reservations_matter on matter_reservations (matter_id);
create table matter_counters (entity_id text not null references entities, year int not null, last int not null, primary key (entity_id, year));
create table matter_steps (
  step_id text primary key, matter_id text not null references matters, round int not null, position int not null, role text not null, presence boolean not null,
  candidates text[] not null, state text not null check (state in ('waiting','current','approved','rejected','returned','voided')),
  decided_by text references people, decided_at timestamptz, comment text, method text, step_up_id text references step_ups,
  unique (matter_id, round, position)
);
create index matter_steps_candidates on matter_steps using gin (candidates) where state = 'current';
create table matter_evidence (
  matter_id text not null references matters, slot text not null, evidence_id text not null references evidence,
  added_by text not null references people, added_at timestamptz not null, primary key (matter_id, slot, evidence_id)
);
/* Who confirmed which part, on which digest, with which proof of presence. */
create table matter_confirmations (
  matter_id text not null references matters, part text not null, person_id text not null references people, digest text not null,
  method text not null, step_up_id text references step_ups, confirmed_at timestamptz not null, facts jsonb not null default '{}',
  primary key (matter_id, part, person_id)
);

create table tasks (
  task_id text primary key, kind text not null, state text not null check (state in ('open','done','cancelled')),
  entity_id text references entities, unit_id text references units, seal_id text references seals, body_id text, person_id text references people,
  matter_id text references matters, assignee_id text references people, assignee_role text, subject_key text not null, facts jsonb not null,
  due_at timestamptz, opened_at timestamptz not null, ended_at timestamptz, ended_by text references people, evidence_id text references evidence, note text
);
create unique index tasks_once on tasks (kind, subject_key) where state = 'open';
create index tasks_due on tasks (due_at) where state = 'open';
create index tasks_assignee on tasks (assignee_id) where state = 'open';

create table findings (
  finding_id text primary key, control text not null, source text not null, state text not null check (state in ('open','closed')),
  entity_id text references entities, unit_id text references units, seal_id text references seals, body_id text, person_id text references people,
  subject_key text not null, facts jsonb not null, opened_at timestamptz not null, due_at timestamptz, closed_at timestamptz, closed_by text references people,
  checked_by text references people, closing_note text
);
create unique index findings_once on findings (source, subject_key) where state = 'open';

create table register_counters (register text not null, entity_id text not null references entities, year int not null, last int not null, primary key (register, entity_id, year));
create table register_lines (
  line_id text primary key, register text not null, entity_id text not null references entities, year int not null, running int not null, number text not null,
  at timestamptz not null, seal_id text, body_id text, unit_id text, person_ids text[] not null default '{}', matter_id text, request_id text,
  event_id text not null references events, kind text not null, facts jsonb not null, search text not null, grams text[] not null, corrects text references register_lines,
  unique (register, entity_id, year, running)
);
create index register_lines_order on register_lines (register, entity_id, at desc, line_id desc);
create index register_lines_all on register_lines (register, at desc, line_id desc);
create index register_lines_seal on register_lines (seal_id, at desc) where seal_id is not null;
create index register_lines_people on register_lines using gin (person_ids);
create index register_lines_grams on register_lines using gin (grams);

alter table events add column matter_id text;
create index events_matter on events (matter_id, at) where matter_id is not null;

grant select, insert, update on settings, setting_changes, matters, matter_steps, matter_counters, tasks, findings, register_counters to ${roles.app};
grant select, insert, update, delete on calendar_days, matter_reservations to ${roles.app};
grant select, insert on evidence, matter_evidence, matter_confirmations, register_lines to ${roles.app};
grant update (preview_digest) on evidence to ${roles.app};
`,
    )
    .execute(db);
}
