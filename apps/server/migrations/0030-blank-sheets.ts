import { type Kysely, sql } from "kysely";

/**
 * Blank sheets: numbers of a series of their own that come of an approved matter alone, are given to the person it names, and
 * are settled by a scan of what they became, whatever the application does (C05).
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table blank_sheets (
  matter_id text primary key references matters, series_id text not null references form_series, first_no bigint not null, last_no bigint not null,
  taker_id text not null references people, back_by date not null, given_at timestamptz not null, printed int not null default 0 check (printed >= 0),
  check (first_no <= last_no)
);
create index blank_sheets_series on blank_sheets (series_id, first_no);
create function blank_sheets_are_decided() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.printed <> old.printed + 1 or to_jsonb(new) - 'printed' <> to_jsonb(old) - 'printed'
    then perform guard_refuse('blank sheets stay as they were given out'); end if;
    return new;
  end if;
  if new.printed <> 0 or not exists (select from matters m join form_series s on s.series_id = new.series_id and s.kind = 'blank-sheet' and s.entity_id = m.entity_id
    where m.matter_id = new.matter_id and m.kind = 'blank-sheets' and m.state = 'done' and (m.data->>'count')::bigint = new.last_no - new.first_no + 1
    and m.data->>'takerId' = new.taker_id and m.data->>'backBy' = new.back_by::text)
  then perform guard_refuse('blank sheets are given out by their matter, as it was decided'); end if;
  return new;
end $$;
create trigger blank_sheets_are_decided before insert or update on blank_sheets for each row execute function blank_sheets_are_decided();

/* Made and issued by their matter alone; settled by a scan. */
create function blank_sheet_is_posted() returns trigger language plpgsql as $$
begin
  if not exists (select from form_series where series_id = new.series_id and kind = 'blank-sheet') then return new; end if;
  if new.act in ('receive', 'issue') and not exists (select from matters m where m.matter_id = new.matter_id and m.kind = 'blank-sheets' and m.state = 'done'
    and (m.data->>'count')::bigint = new.last_no - new.first_no + 1 and (new.act = 'receive' or m.data->>'takerId' = new.person_id))
  then perform guard_refuse('blank sheets are made and issued by a matter that was approved'); end if;
  if new.act = 'use' and new.evidence_id is null then perform guard_refuse('a blank sheet is settled by a scan of what it became'); end if;
  return new;
end $$;
create trigger blank_sheet_is_posted before insert on form_postings for each row execute function blank_sheet_is_posted();
grant select, insert on blank_sheets to ${roles.app};
grant update (printed) on blank_sheets to ${roles.app};
`,
    )
    .execute(db);
}
