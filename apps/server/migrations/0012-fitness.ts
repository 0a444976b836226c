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
grant select, insert on course_versions, training_attempts, commitments to ${roles.app};
`,
    )
    .execute(db);
}
