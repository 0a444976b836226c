import { type Kysely, sql } from "kysely";

/**
 * What became of a blank sheet is reported by who took it and confirmed by somebody without a part in it, whatever the application does
 * (C05, C11): until then the sheet is out. Nobody takes back or voids a sheet in his own hand.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  for (const statement of [tables, reported, posted, ends]) await sql.raw(statement).execute(db);
  await sql
    .raw(
      `
grant select, insert on sheet_reports to ${roles.app};
grant update (state, decided_by, decided_at, reason, decided_event_id) on sheet_reports to ${roles.app};
`,
    )
    .execute(db);
}

const tables = `
create table sheet_reports (
  report_id text primary key, matter_id text not null references blank_sheets, series_id text not null references form_series,
  numbers bigint[] not null check (cardinality(numbers) > 0), outcome text not null check (outcome in ('returned', 'destroyed')),
  reported_by text not null references people, reported_at timestamptz not null, request_id text references seal_use_requests, words text not null,
  evidence_id text not null references evidence, unread bigint[] not null check (unread <@ numbers), event_id text not null references events,
  state text not null default 'waiting' check (state in ('waiting', 'confirmed', 'rejected')), decided_by text references people, decided_at timestamptz,
  reason text, decided_event_id text references events,
  check ((state = 'waiting') = (decided_by is null)), check ((decided_by is null) = (decided_at is null)), check ((decided_by is null) = (decided_event_id is null)),
  check (state <> 'rejected' or coalesce(reason, '') <> ''), check (decided_by is null or decided_by <> reported_by)
);
create index sheet_reports_series on sheet_reports (series_id, reported_at desc);
create index sheet_reports_evidence on sheet_reports (evidence_id);
alter table form_postings add column report_id text references sheet_reports;
`;

const reported = `
create function sheet_report_is_anothers() returns trigger language plpgsql as $$
declare given record;
begin
  select b.taker_id, b.series_id, b.first_no, b.last_no, m.asked_by, s.keeper_id into given from blank_sheets b join matters m on m.matter_id = b.matter_id
    join form_series s on s.series_id = b.series_id where b.matter_id = new.matter_id;
  if tg_op = 'INSERT' then
    if new.state <> 'waiting' then perform guard_refuse('a report begins undecided'); end if;
    if new.series_id <> given.series_id or not (select bool_and(n between given.first_no and given.last_no) from unnest(new.numbers) n)
    then perform guard_refuse('a report tells of sheets that its matter gave out'); end if;
    if new.reported_by <> given.taker_id and not (new.reported_by = given.keeper_id and exists (select from people p where p.person_id = given.taker_id and p.state = 'departed'))
    then perform guard_refuse('sheets are reported by who took them, or by their keeper once he has left'); end if;
    if exists (select from sheet_reports r where r.series_id = new.series_id and r.state = 'waiting' and r.numbers && new.numbers)
    then perform guard_refuse('a sheet waits for one confirmation at a time'); end if;
    return new;
  end if;
  if old.state <> 'waiting' then perform guard_refuse('a report that was decided stays'); end if;
  if new.decided_by in (given.taker_id, given.asked_by) or exists (select from seal_use_requests q where new.decided_by in (q.applicant_id, coalesce(q.handler_id, ''))
       and (q.request_id = old.request_id or exists (select from blank_sheets_sealed z where z.request_id = q.request_id and z.series_id = old.series_id and z.number = any (old.numbers))))
  then perform guard_refuse('what became of sheets is confirmed by somebody without a part in them'); end if;
  return new;
end $$;
create trigger sheet_report_is_anothers before insert or update on sheet_reports for each row execute function sheet_report_is_anothers();
`;

const posted = `
create or replace function blank_sheet_is_posted() returns trigger language plpgsql as $$
begin
  if not exists (select from form_series where series_id = new.series_id and kind = 'blank-sheet') then
    if new.report_id is not null then perform guard_refuse('only blank sheets end by a report'); end if;
    return new;
  end if;
  if new.act in ('receive', 'issue') and not exists (select from matters m where m.matter_id = new.matter_id and m.kind = 'blank-sheets' and m.state = 'done'
    and (m.data->>'count')::bigint = new.last_no - new.first_no + 1 and (new.act = 'receive' or m.data->>'takerId' = new.person_id))
  then perform guard_refuse('blank sheets are made and issued by a matter that was approved'); end if;
  if new.act = 'use' and new.report_id is null
  then perform guard_refuse('a blank sheet is settled once somebody confirmed what its taker reported'); end if;
  if new.report_id is not null and not exists (select from sheet_reports r where r.report_id = new.report_id and r.series_id = new.series_id and r.state = 'confirmed'
    and r.evidence_id = new.evidence_id and new.act = (case r.outcome when 'returned' then 'use' else 'destroy' end)
    and (select bool_and(n = any (r.numbers)) from generate_series(new.first_no, new.last_no) n))
  then perform guard_refuse('a blank sheet is settled as it was reported and confirmed'); end if;
  if new.report_id is not null and new.act = 'destroy' and exists (select from blank_sheets_sealed z where z.series_id = new.series_id and z.number between new.first_no and new.last_no)
  then perform guard_refuse('a sealed sheet is destroyed by a matter that was approved'); end if;
  if new.act in ('return', 'void') and exists (select from form_holdings h where h.series_id = new.series_id and h.until is null and h.holder_id = new.actor_id
    and h.first_no <= new.last_no and h.last_no >= new.first_no)
  then perform guard_refuse('nobody takes back or voids a blank sheet in his own hand'); end if;
  if new.report_id is null and new.act in ('return', 'void', 'destroy') and exists (select from sheet_reports r where r.series_id = new.series_id and r.state = 'waiting'
    and exists (select from unnest(r.numbers) n where n between new.first_no and new.last_no))
  then perform guard_refuse('what is reported waits for its confirmation'); end if;
  return new;
end $$;
create or replace function destruction_was_approved() returns trigger language plpgsql as $$
begin
  if new.act = 'destroy' and new.report_id is null and not exists (select from matters where matter_id = new.matter_id and kind = 'destroy-forms' and state in ('approved', 'done')
     and data->>'seriesId' = new.series_id and (data->>'first')::bigint <= new.first_no and (data->>'last')::bigint >= new.last_no)
  then perform guard_refuse('forms are destroyed by a matter that was approved for them'); end if;
  return new;
end $$;
`;

const ends = `
create or replace function holding_ends_once() returns trigger language plpgsql as $$
begin
  if old.until is not null then perform guard_refuse('a holding ends once'); end if;
  if old.state in ('used', 'destroyed') then perform guard_refuse('used and destroyed numbers stay so'); end if;
  if not exists (select from form_postings p where p.series_id = old.series_id and p.nr = new.until and p.first_no <= old.last_no and p.last_no >= old.first_no
     and (old.state = any (case p.act when 'issue' then '{in-stock}' when 'use' then '{issued}' when 'void' then '{in-stock,issued,missing}' when 'return' then '{issued}'
       when 'miss' then '{in-stock}' when 'find' then '{missing}' when 'destroy' then '{in-stock,voided}' else '{}' end::text[])
       or (p.act = 'destroy' and old.state = 'issued' and (p.report_id is not null or (select count(*) from blank_sheets_sealed z where z.series_id = old.series_id
         and z.number between greatest(p.first_no, old.first_no) and least(p.last_no, old.last_no)) = least(p.last_no, old.last_no) - greatest(p.first_no, old.first_no) + 1))))
  then perform guard_refuse('numbers change their place by a new posting'); end if;
  return new;
end $$;
`;
