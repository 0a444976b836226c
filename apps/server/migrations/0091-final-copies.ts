import { type Kysely, sql } from "kysely";

/**
 * Final copies that came back as a scan (C17, C19): the files they came in, what was read of each sheet, and what legal review said.
 * One scan of a copy counts at a time; what was read of a sheet, and what somebody ruled, stays.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table final_copies (
  final_copy_id text primary key, request_id text not null references stampings, copy integer not null check (copy > 0),
  state text not null check (state in ('reading', 'missing', 'review', 'filed', 'refused', 'not-agreed')),
  verdict text check (verdict in ('same', 'differs', 'unclear', 'missing', 'other-paper', 'not-readable', 'too-many-sheets')),
  pages jsonb not null default '[]', sheets integer,
  brought_by text not null references people, brought_at timestamptz not null, compared_at timestamptz,
  ruling text check (ruling in ('as-approved', 'agreed-change', 'not-agreed')), reason text,
  ruled_by text references people, ruled_at timestamptz,
  check ((ruled_by is null) = (ruling is null) and (ruled_by is null) = (ruled_at is null) and (ruled_by is null) = (reason is null)),
  check (state <> 'not-agreed' or ruling = 'not-agreed'),
  check (state <> 'filed' or verdict = 'same' or ruling in ('as-approved', 'agreed-change')),
  check (state = 'reading' or verdict is not null)
);
create unique index final_copies_one on final_copies (request_id, copy) where state in ('reading', 'missing', 'review', 'filed');
create index final_copies_review on final_copies (request_id) where state = 'review';
create table final_copy_files (
  final_copy_id text not null references final_copies, nth integer not null check (nth > 0), evidence_id text not null references evidence,
  brought_by text not null references people, brought_at timestamptz not null,
  primary key (final_copy_id, nth)
);
create index final_copy_files_evidence on final_copy_files (evidence_id);
create table final_copy_sheets (
  final_copy_id text not null, sheet integer not null check (sheet > 0), file integer not null, file_page integer not null check (file_page > 0),
  page integer check (page >= 0), verdict text not null check (verdict in ('same', 'signed', 'differs', 'unclear', 'blank', 'other')),
  hint text check (hint in ('no-code', 'forged-code', 'other-copy', 'other-request', 'other-page')),
  places jsonb not null, picture text not null references files,
  primary key (final_copy_id, sheet), unique (final_copy_id, file, file_page),
  foreign key (final_copy_id, file) references final_copy_files
);
grant select, insert on final_copies, final_copy_files, final_copy_sheets to ${roles.app};
grant update (state, verdict, pages, sheets, compared_at, ruling, reason, ruled_by, ruled_at) on final_copies to ${roles.app};

create function final_copy_stays() returns trigger language plpgsql as $$
begin
  if old.state in ('filed', 'refused', 'not-agreed') then perform guard_refuse('a final copy that was settled stays as it is'); end if;
  if new.ruled_by is not null and old.state <> 'review' then perform guard_refuse('a final copy is ruled in review'); end if;
  if new.ruled_by = new.brought_by then perform guard_refuse('nobody rules what he brought'); end if;
  return new;
end $$;
create trigger final_copy_stays before update on final_copies for each row execute function final_copy_stays();
`,
    )
    .execute(db);
}
