import { type Kysely, sql } from "kysely";

/**
 * A blank sheet that bears a seal goes neither back into stock nor void, whatever the application does (C05): it ends with the scan
 * of what it became, or destroyed by an approved matter, from whatever hand it is in.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
create function sealed_sheet_stays_out() returns trigger language plpgsql as $$
begin
  if new.act in ('issue', 'return', 'void') and exists (select from blank_sheets_sealed z where z.series_id = new.series_id
    and z.number between new.first_no and new.last_no)
  then perform guard_refuse('a sealed sheet goes neither back into stock nor void'); end if;
  return new;
end $$;
create trigger sealed_sheet_stays_out before insert on form_postings for each row execute function sealed_sheet_stays_out();
create or replace function holding_ends_once() returns trigger language plpgsql as $$
begin
  if old.until is not null then perform guard_refuse('a holding ends once'); end if;
  if old.state in ('used', 'destroyed') then perform guard_refuse('used and destroyed numbers stay so'); end if;
  if not exists (select from form_postings p where p.series_id = old.series_id and p.nr = new.until and p.first_no <= old.last_no and p.last_no >= old.first_no
     and (old.state = any (case p.act when 'issue' then '{in-stock}' when 'use' then '{issued}' when 'void' then '{in-stock,issued,missing}' when 'return' then '{issued}'
       when 'miss' then '{in-stock}' when 'find' then '{missing}' when 'destroy' then '{in-stock,voided}' else '{}' end::text[])
       or (p.act = 'destroy' and old.state = 'issued' and (select count(*) from blank_sheets_sealed z where z.series_id = old.series_id
         and z.number between greatest(p.first_no, old.first_no) and least(p.last_no, old.last_no)) = least(p.last_no, old.last_no) - greatest(p.first_no, old.first_no) + 1)))
  then perform guard_refuse('numbers change their place by a new posting'); end if;
  return new;
end $$;
`,
    )
    .execute(db);
}
