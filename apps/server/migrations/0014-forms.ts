import { type Kysely, sql } from "kysely";

/**
 * Controlled forms. Postings are what was done, and only grow; holdings are where numbers are, as ranges, each from the
 * posting that began it until the one that ended it. That no number is ever in two states is an exclusion constraint
 * over two plain ranges: its place on one line of the numbers of all series, and the postings it lasted. No extension
 * is needed, which a database of the organisation's own might not let us have. That none is lost is asked at the end
 * of each transaction: what is held now are exactly the numbers that were received.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  for (const statement of [tables, sums, stays]) await sql.raw(statement).execute(db);
  await sql
    .raw(
      `
grant select, insert on form_series, form_postings, form_holdings, form_counts, request_forms to ${roles.app};
grant update (keeper_id, low_mark, name_en, name_zh, seal_id) on form_series to ${roles.app};
grant update (receipt_at, receipt_event_id) on form_postings to ${roles.app};
grant update (until) on form_holdings to ${roles.app};
grant update (state, decided_by, decided_at, note, event_id, missing) on form_counts to ${roles.app};
grant delete on request_forms to ${roles.app};
`,
    )
    .execute(db);
}

const tables = `
create table form_series (
  series_id text primary key, nr int generated always as identity unique check (nr < 90000000), entity_id text not null references entities,
  kind text not null, name_en text not null, name_zh text not null, prefix text not null, digits int not null check (digits between 1 and 11),
  seal_id text references seals, keeper_id text not null references people, low_mark int not null check (low_mark >= 0), opened_at timestamptz not null,
  opened_by text not null references people, event_id text not null references events, unique (entity_id, prefix, digits)
);
create table form_counts (
  count_id text primary key, series_id text not null references form_series, counted_by text not null references people, counted_at timestamptz not null,
  ranges jsonb not null, total bigint not null, expected bigint not null, missing bigint, state text not null check (state in ('waiting','confirmed','declined')),
  decided_by text references people, decided_at timestamptz, note text, event_id text not null references events,
  check (decided_by is null or decided_by <> counted_by), check ((state = 'waiting') = (decided_by is null))
);
create unique index form_counts_waiting on form_counts (series_id) where state = 'waiting';
create table form_postings (
  posting_id text primary key, nr bigint generated always as identity unique, series_id text not null references form_series,
  act text not null check (act in ('receive','issue','use','void','return','miss','find','destroy')), first_no bigint not null, last_no bigint not null,
  actor_id text references people, person_id text references people, request_id text references seal_use_requests, matter_id text references matters,
  count_id text references form_counts, evidence_id text references evidence, received_on date, words text not null, at timestamptz not null,
  event_id text not null references events, receipt_at timestamptz, receipt_event_id text references events,
  check (first_no <= last_no), check ((act = 'issue') or receipt_at is null), check ((act in ('issue')) <= (person_id is not null)),
  check ((act = 'void') <= (evidence_id is not null)), check ((act = 'destroy') <= (matter_id is not null)), check ((act in ('miss','find')) <= (count_id is not null))
);
create index form_postings_series on form_postings (series_id, nr desc);
create index form_postings_request on form_postings (request_id) where request_id is not null;
create table form_holdings (
  holding_id bigint generated always as identity primary key, series_id text not null references form_series, series_nr int not null,
  first_no bigint not null, last_no bigint not null, state text not null check (state in ('in-stock','issued','used','voided','missing','destroyed')),
  holder_id text references people, posting_id text not null references form_postings, since bigint not null, until bigint,
  /* On one line of the numbers of all series: each has a stretch of its own. */
  place int8range generated always as (int8range(series_nr * 100000000000::bigint + first_no, series_nr * 100000000000::bigint + last_no + 1)) stored,
  lasts int8range generated always as (int8range(since, until)) stored,
  check (0 <= first_no and first_no <= last_no and last_no < 100000000000), check ((state = 'issued') = (holder_id is not null)),
  check (until is null or until > since),
  exclude using gist (place with &&, lasts with &&)
);
create index form_holdings_now on form_holdings (series_id, first_no) where until is null;
create index form_holdings_hand on form_holdings (holder_id) where until is null and holder_id is not null;
/* Forms a request is to use; they become used when it is registered. Until then they are merely named: nothing has to be restored. */
create table request_forms (
  request_id text not null references seal_use_requests, series_id text not null references form_series, first_no bigint not null, last_no bigint not null,
  primary key (request_id, series_id, first_no), check (first_no <= last_no)
);
create index request_forms_series on request_forms (series_id);
`;

const sums = `
create function forms_add_up() returns trigger language plpgsql as $$
begin
  if (select range_agg(int8range(first_no, last_no + 1)) from form_holdings where series_id = new.series_id and until is null)
     is distinct from (select range_agg(int8range(first_no, last_no + 1)) from form_postings where series_id = new.series_id and act = 'receive')
  then raise exception 'the numbers of a series are not those that were received' using errcode = 'integrity_constraint_violation'; end if;
  return null;
end $$;
create constraint trigger forms_add_up after insert or update on form_holdings deferrable initially deferred for each row execute function forms_add_up();
/* Numbers are where the newest posting on them put them; what a posting did not take stays where it was. */
create function holding_fits() returns trigger language plpgsql as $$
declare posting record;
begin
  select p.nr, p.act, p.first_no, p.last_no, p.person_id into posting from form_series s join form_postings p on p.series_id = s.series_id
    where s.series_id = new.series_id and s.nr = new.series_nr and p.posting_id = new.posting_id and p.nr <= new.since;
  if posting is null then perform guard_refuse('a holding belongs to a series and begins with a posting of it'); end if;
  if posting.nr = new.since then
    if new.first_no < posting.first_no or new.last_no > posting.last_no or new.holder_id is distinct from (case posting.act when 'issue' then posting.person_id end)
       or new.state <> (case posting.act when 'issue' then 'issued' when 'use' then 'used' when 'void' then 'voided' when 'miss' then 'missing' when 'destroy' then 'destroyed' else 'in-stock' end)
    then perform guard_refuse('a holding is what its posting made of the numbers'); end if;
  elsif not exists (select from form_holdings h where h.series_id = new.series_id and h.posting_id = new.posting_id and h.until = new.since
     and h.first_no <= new.first_no and h.last_no >= new.last_no and (h.state, h.holder_id) is not distinct from (new.state, new.holder_id))
     or exists (select from form_postings p where p.series_id = new.series_id and p.nr = new.since and p.first_no <= new.last_no and p.last_no >= new.first_no)
  then perform guard_refuse('numbers change their place by a new posting'); end if;
  return new;
end $$;
create trigger holding_fits before insert on form_holdings for each row execute function holding_fits();
/* Destroyed by the approved matter that names these numbers; nothing else destroys. */
create function destruction_was_approved() returns trigger language plpgsql as $$
begin
  if new.act = 'destroy' and not exists (select from matters where matter_id = new.matter_id and kind = 'destroy-forms' and state in ('approved', 'done')
     and data->>'seriesId' = new.series_id and (data->>'first')::bigint <= new.first_no and (data->>'last')::bigint >= new.last_no)
  then perform guard_refuse('forms are destroyed by a matter that was approved for them'); end if;
  return new;
end $$;
create trigger destruction_was_approved before insert on form_postings for each row execute function destruction_was_approved();
`;

const stays = `
create function posting_stays() returns trigger language plpgsql as $$
begin
  if old.receipt_at is not null then perform guard_refuse('a receipt that was confirmed stays'); end if;
  return new;
end $$;
create trigger posting_stays before update on form_postings for each row execute function posting_stays();
create function holding_ends_once() returns trigger language plpgsql as $$
begin
  if old.until is not null then perform guard_refuse('a holding ends once'); end if;
  if old.state in ('used', 'destroyed') then perform guard_refuse('used and destroyed numbers stay so'); end if;
  if not exists (select from form_postings p where p.series_id = old.series_id and p.nr = new.until and p.first_no <= old.last_no and p.last_no >= old.first_no
     and old.state = any (case p.act when 'issue' then '{in-stock}' when 'use' then '{issued}' when 'void' then '{in-stock,issued,missing}' when 'return' then '{issued}'
       when 'miss' then '{in-stock}' when 'find' then '{missing}' when 'destroy' then '{in-stock,voided}' else '{}' end::text[]))
  then perform guard_refuse('numbers change their place by a new posting'); end if;
  return new;
end $$;
create trigger holding_ends_once before update on form_holdings for each row execute function holding_ends_once();
create function form_count_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'waiting' then perform guard_refuse('a stock-take begins undecided'); end if;
    return new;
  end if;
  if old.state <> 'waiting' then perform guard_refuse('a stock-take that was decided stays'); end if;
  if new.decided_by = (select keeper_id from form_series where series_id = new.series_id)
  then perform guard_refuse('a stock-take is not decided by who keeps the series'); end if;
  return new;
end $$;
create trigger form_count_stays before insert or update on form_counts for each row execute function form_count_stays();
create function request_forms_stay() returns trigger language plpgsql as $$
declare request text; edited boolean;
begin
  if tg_op = 'DELETE' then request := old.request_id; else request := new.request_id; end if;
  select state in ('draft', 'returned', 'withdrawn') into edited from seal_use_requests where request_id = request;
  if not coalesce(edited, false) then perform guard_refuse('forms are named while their request is edited alone'); end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
create trigger request_forms_stay before insert or delete on request_forms for each row execute function request_forms_stay();
/* A correction corrects a line of the same book; nothing else names another line. */
create function line_corrects_its_own_book() returns trigger language plpgsql as $$
begin
  if (new.kind = 'correction') <> (new.corrects is not null) then perform guard_refuse('a correction names what it corrects, and nothing else does'); end if;
  if new.corrects is not null and not exists (select from register_lines l where l.line_id = new.corrects and l.register = new.register and l.entity_id = new.entity_id)
  then perform guard_refuse('a correction stands in the book of what it corrects'); end if;
  return new;
end $$;
create trigger line_corrects_its_own_book before insert on register_lines for each row execute function line_corrects_its_own_book();
`;
