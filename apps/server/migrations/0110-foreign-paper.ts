import { type Kysely, sql } from "kysely";

/**
 * Foreign paper (C17): a request to stamp paper that others printed says who did, from its application on, and nothing is printed
 * here for it: its scan is what was approved, and what its photos are compared with. A photo may show none of the scan's pages.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
alter table seal_use_requests add column paper_printed_by text,
  add constraint foreign_paper_has_its_printer check (btrim(paper_printed_by) <> '' or state in ('draft', 'returned', 'withdrawn', 'rejected', 'cancelled', 'expired')),
  add constraint foreign_paper_is_paper check (paper_printed_by is null or use_mode = 'by-hand');
create or replace function request_keeps_its_mode() returns trigger language plpgsql as $$
begin
  if old.number is not null and old.state not in ('draft', 'returned', 'withdrawn')
     and (new.use_mode, new.copies, new.paper_reason, new.paper_printed_by) is distinct from (old.use_mode, old.copies, old.paper_reason, old.paper_printed_by)
  then perform guard_refuse('how a seal is used, on whose paper, and on how many copies, changes while the request is edited alone'); end if;
  return new;
end $$;
create function foreign_paper_is_not_printed() returns trigger language plpgsql as $$
begin
  if exists (select from seal_use_requests where request_id = new.request_id and paper_printed_by is not null)
  then perform guard_refuse('paper that others printed is not printed here'); end if;
  return new;
end $$;
create trigger foreign_paper_is_not_printed before insert on printed_documents for each row execute function foreign_paper_is_not_printed();
alter table photo_readings drop constraint photo_readings_verdict_check, add constraint photo_readings_verdict_check
  check (verdict in ('same', 'differs', 'wrong-page', 'other-document', 'wrong-copy', 'no-code', 'forged-code', 'blank', 'unclear'));
`,
    )
    .execute(db);
}
