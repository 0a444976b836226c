import { type Kysely, sql } from "kysely";

/**
 * Files of blank sheets that the platform made to be sealed, known by their digest; and each sheet that was sealed, once, whatever
 * the application does (C05). A series may have a letterhead; what was given out keeps the one it was given out on.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
alter table form_series add column letterhead_digest text references files, add column letterhead_name text,
  add check (num_nulls(letterhead_digest, letterhead_name) in (0, 2)), add check (letterhead_digest is null or kind = 'blank-sheet');
grant update (letterhead_digest, letterhead_name) on form_series to ${roles.app};
alter table blank_sheets add column letterhead_digest text references files;

create table blank_sheet_files (
  digest text primary key references files, matter_id text not null references blank_sheets, numbers bigint[] not null check (cardinality(numbers) between 1 and 20),
  made_by text not null references people, made_at timestamptz not null, event_id text not null references events
);
create index blank_sheet_files_matter on blank_sheet_files (matter_id);
create function blank_sheet_file_stays() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then perform guard_refuse('a file of blank sheets stays as it was made'); end if;
  if not exists (select from blank_sheets b where b.matter_id = new.matter_id and b.taker_id = new.made_by
    and not exists (select from unnest(new.numbers) n where n < b.first_no or n > b.last_no))
    or (select count(distinct n) from unnest(new.numbers) n) <> cardinality(new.numbers)
  then perform guard_refuse('a file of blank sheets is made of those its taker was given'); end if;
  return new;
end $$;
create trigger blank_sheet_file_stays before insert or update or delete on blank_sheet_files for each row execute function blank_sheet_file_stays();

create table blank_sheets_sealed (
  series_id text not null references form_series, number bigint not null, request_id text not null references seal_use_requests, document_id text not null references documents,
  downloads int not null default 0 check (downloads >= 0), sealed_at timestamptz not null, event_id text not null references events, primary key (series_id, number)
);
create index blank_sheets_sealed_document on blank_sheets_sealed (request_id, document_id);
create function blank_sheet_sealed_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then perform guard_refuse('a sheet that was sealed stays sealed'); end if;
  if tg_op = 'UPDATE' then
    if new.downloads <> old.downloads + 1 or to_jsonb(new) - 'downloads' <> to_jsonb(old) - 'downloads' then perform guard_refuse('a sheet that was sealed stays sealed'); end if;
    return new;
  end if;
  if new.downloads <> 0 or not exists (select from request_documents r join documents d using (document_id) join blank_sheet_files f on f.digest = d.digest
      join blank_sheets b on b.matter_id = f.matter_id join seal_use_requests q on q.request_id = r.request_id
      join impressions i on i.request_id = r.request_id and i.document_id = r.document_id and i.state = 'settled'
        and (i.placement->>'page')::int = array_position(f.numbers, new.number) - 1
    where r.request_id = new.request_id and r.document_id = new.document_id and b.series_id = new.series_id and new.number = any(f.numbers) and q.applicant_id = b.taker_id)
  then perform guard_refuse('a sheet is sealed by an impression on its own page, for who was given it'); end if;
  if not exists (select from form_holdings h join blank_sheets b on b.series_id = h.series_id and b.taker_id = h.holder_id
    where h.series_id = new.series_id and h.until is null and h.state = 'issued' and new.number between h.first_no and h.last_no)
  then perform guard_refuse('a sheet is sealed while its taker has it'); end if;
  return new;
end $$;
create trigger blank_sheet_sealed_stays before insert or update or delete on blank_sheets_sealed for each row execute function blank_sheet_sealed_stays();

/* Asked when the transaction ends, for the lines are written with the impressions. */
create function impression_of_sheet_is_kept() returns trigger language plpgsql as $$
begin
  if exists (select from documents d join blank_sheet_files f on f.digest = d.digest join blank_sheets b on b.matter_id = f.matter_id
    where d.document_id = new.document_id and not exists (select from blank_sheets_sealed z where z.series_id = b.series_id
      and z.number = f.numbers[(new.placement->>'page')::int + 1] and z.request_id = new.request_id and z.document_id = new.document_id))
  then perform guard_refuse('each blank sheet is sealed once, and told'); end if;
  return null;
end $$;
create constraint trigger impression_of_sheet_is_kept after update of state on impressions deferrable initially deferred
  for each row when (new.state = 'settled') execute function impression_of_sheet_is_kept();

grant select, insert on blank_sheet_files, blank_sheets_sealed to ${roles.app};
grant update (downloads) on blank_sheets_sealed to ${roles.app};
`,
    )
    .execute(db);
}
