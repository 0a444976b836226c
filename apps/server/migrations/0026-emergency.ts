import { type Kysely, sql } from "kysely";

/**
 * Emergency uses with their end and their review, who is on call, and what was stamped by a slip while the platform could
 * not be reached. A review is by somebody without a part in it, whatever the application does (C11).
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  for (const statement of [requests, slips, reviews, roster]) await sql.raw(statement).execute(db);
  await sql
    .raw(
      `
grant select, insert on emergency_slips, emergency_reviews, duty_shifts to ${roles.app};
grant update (ended_at, ended_by) on duty_shifts to ${roles.app};
`,
    )
    .execute(db);
}

const requests = `
alter table seal_use_requests add column emergency_reason text, add column emergency_until timestamptz;
create index requests_emergency on seal_use_requests (emergency_until) where emergency_until is not null and state in ('in-review', 'authorised');
create function request_keeps_its_emergency() returns trigger language plpgsql as $$
declare edited boolean := old.state in ('draft', 'returned', 'withdrawn');
begin
  if old.number is not null and not edited and (new.emergency_reason, new.emergency_until) is distinct from (old.emergency_reason, old.emergency_until)
  then perform guard_refuse('an emergency keeps its reason and its end'); end if;
  if new.state = 'in-review' and (new.emergency_reason is null) <> (new.emergency_until is null)
  then perform guard_refuse('an emergency has an end'); end if;
  return new;
end $$;
create trigger request_keeps_its_emergency before update on seal_use_requests for each row execute function request_keeps_its_emergency();
`;

/* Each slip is entered once, by the numbers of its series. */
const slips = `
create table emergency_slips (
  slip_id text primary key, entity_id text not null references entities, seal_id text not null references seals, series_id text not null references form_series,
  slip_no bigint not null, written text not null, title text not null, counterparty text not null, reason text not null, impressions int not null check (impressions > 0),
  used_at timestamptz not null, signatory_id text not null references people, custodian_id text not null references people, evidence_id text not null references evidence,
  entered_by text not null references people, entered_at timestamptz not null, late boolean not null, event_id text not null references events,
  unique (series_id, slip_no), check (signatory_id <> custodian_id), check (used_at <= entered_at)
);
create index emergency_slips_entity on emergency_slips (entity_id, entered_at desc);
`;

const reviews = `
create table emergency_reviews (
  request_id text unique references seal_use_requests, slip_id text unique references emergency_slips, entity_id text not null references entities,
  reviewer_id text not null references people, verdict text not null check (verdict in ('justified', 'not-justified')), note text not null,
  at timestamptz not null, event_id text primary key references events, check (num_nonnulls(request_id, slip_id) = 1)
);
create function review_is_anothers() returns trigger language plpgsql as $$
begin
  if exists (select from seal_use_requests r where r.request_id = new.request_id
       and new.reviewer_id in (r.applicant_id, coalesce(r.handler_id, ''), coalesce(r.released_by, ''), coalesce(r.confirmed_by, '')))
     or exists (select from request_steps s where s.request_id = new.request_id and s.decided_by = new.reviewer_id)
     or exists (select from emergency_slips s where s.slip_id = new.slip_id and new.reviewer_id in (s.signatory_id, s.custodian_id, s.entered_by))
  then perform guard_refuse('an emergency is reviewed by somebody who had no part in it'); end if;
  return new;
end $$;
create trigger review_is_anothers before insert on emergency_reviews for each row execute function review_is_anothers();
`;

const roster = `
create table duty_shifts (
  shift_id text primary key, entity_id text not null references entities, role text not null check (role in ('signatory', 'custodian', 'supervisor')),
  person_id text not null references people, from_on date not null, to_on date not null, reach text not null, place text not null,
  made_by text not null references people, made_at timestamptz not null, ended_at timestamptz, ended_by text references people,
  check (from_on <= to_on), check ((ended_at is null) = (ended_by is null))
);
create index duty_shifts_entity on duty_shifts (entity_id, to_on) where ended_at is null;
`;
