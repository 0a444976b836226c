import { type Kysely, sql } from "kysely";

/** What people keep of their reading of registers: saved views, and the exports they had made. */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
/* A search is compared with folded text. */
update register_lines set search = lower(normalize(search, nfkc));

create table register_views (
  view_id text primary key, person_id text not null references people, register text not null, name text not null, filter jsonb not null,
  saved_at timestamptz not null, unique (person_id, register, name)
);

create table register_exports (
  export_id text primary key, person_id text not null references people, register text not null, format text not null check (format in ('csv','xlsx','book')),
  language text not null check (language in ('en','zh')), filter jsonb not null, state text not null check (state in ('making','ready','broken','gone')),
  done int not null, total int not null, file_name text not null, size_bytes bigint, digest text, asked_at timestamptz not null, ended_at timestamptz,
  check ((state in ('ready','gone')) = (digest is not null))
);

/* Pages begin after a time and an id: a time finer than the one in the address would lose the lines between. */
alter table register_lines add constraint register_lines_at_whole check (extract(microseconds from at)::int % 1000 = 0);
drop index register_lines_order, register_lines_all;
create index register_lines_order on register_lines (register, entity_id, at desc, running desc, line_id desc);
create index register_lines_all on register_lines (register, at desc, running desc, line_id desc);
create index register_lines_event on register_lines (event_id);
create index register_exports_person on register_exports (person_id, register, asked_at desc);
create index register_lines_corrects on register_lines (corrects) where corrects is not null;

grant select, insert, update, delete on register_views to ${roles.app};
grant select, insert, update on register_exports to ${roles.app};
`,
    )
    .execute(db);
}
