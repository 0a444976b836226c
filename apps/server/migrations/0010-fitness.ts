import { type Kysely, sql } from "kysely";

/**
 * Fitness to hold a seal: courses as versions, attempts and commitments as facts. Nothing here is ever changed: who was
 * trained, by which questions, and what he signed, stays as it was.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table course_versions (
  course_id text not null, version int not null check (version > 0), title_en text not null, title_zh text not null, text jsonb not null, questions jsonb not null,
  pass_mark int check (pass_mark between 50 and 100), valid_months int check (valid_months between 1 and 36), for_custody boolean not null, documents text[] not null,
  changed_by text not null references people, changed_at timestamptz not null, reason text not null, primary key (course_id, version),
  /* The first version of the course that ships is part of the product. */
  check (course_id <> 'crs_starter' or version > 1)
);
create table training_attempts (
  attempt_id text primary key, person_id text not null references people, course_id text not null, version int not null, answers jsonb not null,
  correct int not null, total int not null, pass_mark int not null, passed boolean not null, for_custody boolean not null, valid_until date,
  at timestamptz not null, event_id text not null references events, check (passed = (valid_until is not null)), check (correct between 0 and total)
);
create index training_attempts_person on training_attempts (person_id, course_id, at desc);
create table commitments (
  commitment_id text primary key, person_id text not null references people, version int not null, digest text not null,
  step_up_id text not null references step_ups, method text not null, at timestamptz not null, event_id text not null references events,
  unique (person_id, version)
);
create table storage_checks (
  check_id text primary key, entity_id text not null references entities, kind text not null check (kind in ('storage','stock-take','surprise')),
  /* Committed to by its digest before the draw, published with it. */
  seed text not null, list_digest text not null, opened_by text references people, opened_at timestamptz not null, due_at timestamptz not null, closed_at timestamptz
);
create unique index storage_checks_open on storage_checks (entity_id, kind) where closed_at is null;
create table storage_check_items (
  check_id text not null references storage_checks, body_id text not null references seal_bodies, seal_id text not null references seals,
  answered_at timestamptz, answered_by text references people, evidence_id text references evidence, book_account text, real_account text, difference text, note text,
  primary key (check_id, body_id), check ((answered_at is null) = (answered_by is null)), check (difference is null or answered_at is not null)
);
create index storage_check_items_body on storage_check_items (body_id, answered_at desc);
/* What was found stays as it was said. */
create function check_answer_stays() returns trigger language plpgsql as $$
begin
  if old.answered_at is not null then
    raise exception 'an answer to a check stays' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger check_answer_stays before update on storage_check_items for each row execute function check_answer_stays();
create table unknown_seals (
  report_id text primary key, entity_id text not null references entities, reported_by text not null references people, evidence_id text not null references evidence,
  note text not null, at timestamptz not null, event_id text not null references events
);
grant select, insert on storage_checks, storage_check_items, unknown_seals to ${roles.app};
grant update (closed_at) on storage_checks to ${roles.app};
grant update (answered_at, answered_by, evidence_id, book_account, real_account, difference, note) on storage_check_items to ${roles.app};
grant select, insert on course_versions, training_attempts, commitments to ${roles.app};
`,
    )
    .execute(db);
}
