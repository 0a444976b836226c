import { type Kysely, sql } from "kysely";

/**
 * The opening stock: sheets and pictures that were handed in, people that were made of them, pieces nobody has seen yet,
 * and old books. A piece of the opening stock is not used before somebody has answered a check of it, whatever the
 * application does; and a seal or a piece comes only of a matter that was approved, not merely of one that is there.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  for (const statement of [tables, guards]) await sql.raw(statement).execute(db);
  await sql
    .raw(
      `
grant select, insert on import_files, imported_people, old_books, old_book_scans to ${roles.app};
grant update (invited_at) on imported_people to ${roles.app};
`,
    )
    .execute(db);
}

const tables = `
alter table units add column code text;
create unique index units_code on units (entity_id, lower(code)) where code is not null and closed_at is null;
alter table seal_bodies add column engraved_on date, add column remark text, add column to_confirm boolean not null default false;
create index seal_bodies_to_confirm on seal_bodies (body_id) where to_confirm;
create table import_files (
  file_id text primary key, kind text not null check (kind in ('sheet','picture')), name text not null, digest text not null references files,
  size_bytes bigint not null, uploaded_by text not null references people, uploaded_at timestamptz not null, event_id text not null references events,
  evidence_id text references evidence, cleaned_digest text references files, width_px int, height_px int,
  check ((kind = 'picture') = (evidence_id is not null)), check ((kind = 'picture') = (cleaned_digest is not null and width_px > 0 and height_px > 0))
);
create index import_files_evidence on import_files (evidence_id) where evidence_id is not null;
create table imported_people (
  person_id text primary key references people, matter_id text not null references matters, invited_at timestamptz
);
create index imported_people_matter on imported_people (matter_id);
create table old_books (
  book_id text primary key, entity_id text not null references entities, register text not null, title text not null, from_on date not null, to_on date not null,
  last_number text not null, place text not null, closed_by text not null references people, closed_at timestamptz not null, event_id text not null references events,
  check (from_on <= to_on)
);
create index old_books_entity on old_books (entity_id, closed_at desc);
create table old_book_scans (
  book_id text not null references old_books, position int not null, evidence_id text not null references evidence, primary key (book_id, position)
);
create index old_book_scans_evidence on old_book_scans (evidence_id);
`;

const guards = `
create or replace function made_by_a_matter() returns trigger language plpgsql as $$
declare made text;
begin
  if tg_op = 'INSERT' then
    select state into made from matters where matter_id = new.matter_id;
    if made is null or made not in ('approved', 'done') then
      raise exception 'a seal is made only by a matter that was approved' using errcode = 'insufficient_privilege';
    end if;
  end if;
  if tg_op = 'UPDATE' and new.matter_id is distinct from old.matter_id then
    raise exception 'the matter that made a seal stays' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create function opening_stock_is_confirmed() returns trigger language plpgsql as $$
begin
  if new.to_confirm and new.state = 'in-use' then perform guard_refuse('a piece of the opening stock is used when it was confirmed'); end if;
  if tg_op = 'INSERT' then
    if not new.to_confirm and exists (select from matters where matter_id = new.matter_id and kind = 'opening-stock')
    then perform guard_refuse('a piece of the opening stock is to be confirmed'); end if;
    return new;
  end if;
  if new.to_confirm and not old.to_confirm then perform guard_refuse('what was confirmed stays so'); end if;
  if old.to_confirm and not new.to_confirm and not exists (
    select from storage_check_items where body_id = new.body_id and answered_at is not null and difference is null
  ) then perform guard_refuse('a piece is confirmed by a check that found it'); end if;
  return new;
end $$;
create trigger opening_stock_is_confirmed before insert or update on seal_bodies for each row execute function opening_stock_is_confirmed();
/* A book comes closed, with its scans, in one transaction. */
create function old_book_is_closed() returns trigger language plpgsql as $$
begin
  if not exists (select from old_books where book_id = new.book_id and xmin::text = (pg_current_xact_id()::xid)::text)
  then perform guard_refuse('a closed book keeps the scans it was closed with'); end if;
  return new;
end $$;
create trigger old_book_is_closed before insert on old_book_scans for each row execute function old_book_is_closed();
create function invited_once() returns trigger language plpgsql as $$
begin
  if old.invited_at is not null then perform guard_refuse('an invitation of an import is shown once'); end if;
  return new;
end $$;
create trigger invited_once before update on imported_people for each row execute function invited_once();
`;
