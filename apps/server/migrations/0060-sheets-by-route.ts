import { type Kysely, sql } from "kysely";

/**
 * A request for numbered blank sheets says so from its beginning: it is begun from the page of the sheets, and what was begun as
 * anything else never becomes one (C05). What asked for sheets before is marked by what it asks for.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
alter table seal_use_requests add column sheets_of text references blank_sheets;
alter table seal_use_requests disable trigger user;
update seal_use_requests r set sheets_of = f.matter_id from request_documents x join documents d using (document_id)
  join blank_sheet_files f on f.digest = d.digest where x.request_id = r.request_id;
alter table seal_use_requests enable trigger user;

create function request_keeps_its_sheets() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.sheets_of is distinct from old.sheets_of then perform guard_refuse('a request for blank sheets is begun as one'); end if;
  if tg_op = 'INSERT' and new.sheets_of is not null and not exists (select from blank_sheets b where b.matter_id = new.sheets_of and b.taker_id = new.applicant_id)
  then perform guard_refuse('blank sheets are asked for by who was given them'); end if;
  return new;
end $$;
create trigger request_keeps_its_sheets before insert or update on seal_use_requests for each row execute function request_keeps_its_sheets();
`,
    )
    .execute(db);
}
