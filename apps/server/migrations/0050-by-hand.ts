import { type Kysely, sql } from "kysely";

/**
 * Stamping by hand: how a request's seals are used, impressions that a piece of a seal makes on paper copies, who stamped and
 * who looked at the photos, and what two people decided of an impression that nobody could tell (C08, C09, C11).
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  for (const statement of [requests, impressions, stampings, rulings, guards]) await sql.raw(statement).execute(db);
  await sql
    .raw(
      `
grant select, insert on stampings, impression_rulings to ${roles.app};
grant update (ended_by, ended_at, looked_by, looked_at, look_step_up, looked_digest) on stampings to ${roles.app};
`,
    )
    .execute(db);
}

/* What was asked for before is electronic, and its digest stays what it was. */
const requests = `
alter table seal_use_requests add column use_mode text not null default 'electronic' check (use_mode in ('electronic', 'by-hand')),
  add column copies int check (copies between 1 and 300), add column paper_reason text,
  add constraint by_hand_is_plain check (use_mode = 'electronic' or state in ('draft', 'returned', 'withdrawn', 'rejected', 'cancelled', 'expired')
    or (copies is not null and joint_id is null and series_id is null and standing_id is null and emergency_reason is null));
create function request_keeps_its_mode() returns trigger language plpgsql as $$
begin
  if old.number is not null and old.state not in ('draft', 'returned', 'withdrawn')
     and (new.use_mode, new.copies, new.paper_reason) is distinct from (old.use_mode, old.copies, old.paper_reason)
  then perform guard_refuse('how a seal is used, and on how many copies, changes while the request is edited alone'); end if;
  return new;
end $$;
create trigger request_keeps_its_mode before update on seal_use_requests for each row execute function request_keeps_its_mode();
`;

/* An impression that a piece makes names it, its copy and its photo; one that a key makes has none of them. */
const impressions = `
alter table impressions add column copy int not null default 1 check (copy between 1 and 300), add column body_id text references seal_bodies,
  add column evidence_id text references evidence, add column pressed_at timestamptz, add column spoiled_at timestamptz, add column unknown_at timestamptz;
alter table impressions drop constraint impressions_state_check,
  add constraint impressions_state_check check (state in ('reserved', 'sealed', 'pressed', 'unknown', 'settled', 'spoiled', 'released')),
  add constraint impressions_of_a_key check (body_id is not null
    or (state in ('reserved', 'sealed', 'settled', 'released') and copy = 1 and evidence_id is null and pressed_at is null)),
  add constraint impressions_of_a_piece check (body_id is null or (state <> 'sealed' and signature is null and sealed_digest is null)),
  add constraint impressions_pressed_with_photo check (pressed_at is null or evidence_id is not null);
drop index impressions_place;
create unique index impressions_place on impressions (request_id, document_id, copy, position) where state <> 'released';
create index impressions_request on impressions (request_id) where body_id is not null;
create index impressions_evidence on impressions (evidence_id) where evidence_id is not null;
`;

const stampings = `
create table stampings (
  request_id text primary key references seal_use_requests, opened_by text not null references people, opened_at timestamptz not null, supervised boolean not null,
  ended_by text references people, ended_at timestamptz,
  looked_by text references people, looked_at timestamptz, look_step_up text references step_ups, looked_digest text,
  check (looked_at is null or ended_at is not null), check ((looked_by is null) = (looked_at is null)), check (looked_by is distinct from opened_by or looked_by is null)
);
create index stampings_open on stampings (opened_by) where ended_at is null;
create function stamping_goes_on() returns trigger language plpgsql as $$
begin
  if (new.request_id, new.opened_by, new.opened_at, new.supervised) is distinct from (old.request_id, old.opened_by, old.opened_at, old.supervised)
     or (old.ended_at is not null and (new.ended_by, new.ended_at) is distinct from (old.ended_by, old.ended_at))
     or (old.looked_at is not null and new is distinct from old)
  then perform guard_refuse('who stamped, when it ended and who looked at the photos stays'); end if;
  if new.looked_by is not null and old.looked_by is null and exists (select from seal_use_requests r where r.request_id = new.request_id
     and new.looked_by in (r.applicant_id, coalesce(r.handler_id, '')))
  then perform guard_refuse('photos are looked at by somebody who did not ask for them'); end if;
  return new;
end $$;
create trigger stamping_goes_on before update on stampings for each row execute function stamping_goes_on();
`;

const rulings = `
create table impression_rulings (
  event_id text primary key references events, impression_id text not null references impressions, verdict text not null check (verdict in ('settled', 'spoiled', 'released')),
  reason text not null check (reason <> ''), evidence_id text references evidence, by_person text not null references people, agrees boolean not null, at timestamptz not null
);
create index impression_rulings_impression on impression_rulings (impression_id, at);
create index impression_rulings_evidence on impression_rulings (evidence_id) where evidence_id is not null;
create function ruling_is_anothers() returns trigger language plpgsql as $$
begin
  if exists (select from impressions i join seal_use_requests r on r.request_id = i.request_id join stampings s on s.request_id = i.request_id
     where i.impression_id = new.impression_id and new.by_person in (r.applicant_id, coalesce(r.handler_id, ''), s.opened_by))
  then perform guard_refuse('what nobody can tell is decided by people who neither asked for it nor stamped it'); end if;
  return new;
end $$;
create trigger ruling_is_anothers before insert on impression_rulings for each row execute function ruling_is_anothers();
`;

/* Every step of an impression, by which body it may be made; what ended stays as it is (C09). */
const guards = `
create or replace function impression_ends_once() returns trigger language plpgsql as $$
begin
  if old.state in ('settled', 'spoiled', 'released') then raise exception 'an impression that is % stays as it is', old.state using errcode = 'insufficient_privilege'; end if;
  if (new.impression_id, new.request_id, new.document_id, new.seal_id, new.position, new.copy, new.body_id) is distinct from
     (old.impression_id, old.request_id, old.document_id, old.seal_id, old.position, old.copy, old.body_id)
  then perform guard_refuse('an impression stays in its place'); end if;
  if new.state <> old.state and not (case when old.body_id is null
    then (old.state, new.state) in (('reserved', 'sealed'), ('reserved', 'released'), ('sealed', 'settled'), ('sealed', 'released'))
    else (old.state, new.state) in (('reserved', 'pressed'), ('reserved', 'unknown'), ('reserved', 'released'), ('pressed', 'settled'), ('pressed', 'spoiled'),
      ('pressed', 'unknown'), ('unknown', 'settled'), ('unknown', 'spoiled'), ('unknown', 'released')) end)
  then perform guard_refuse('an impression that is ' || old.state || ' does not become ' || new.state); end if;
  if (old.evidence_id is not null and new.evidence_id is distinct from old.evidence_id) or (old.pressed_at is not null and new.pressed_at is distinct from old.pressed_at)
  then perform guard_refuse('what was pressed keeps its photo'); end if;
  if new.state = 'pressed' and new.pressed_at is null then perform guard_refuse('what is pressed says when'); end if;
  if new.state = 'released' and new.pressed_at is not null then perform guard_refuse('what was pressed is not unused'); end if;
  if old.state = 'unknown' and new.state <> 'unknown' and not exists (select from impression_rulings a join impression_rulings b on b.impression_id = a.impression_id
     and b.by_person <> a.by_person and b.verdict = a.verdict where a.impression_id = new.impression_id and a.verdict = new.state)
  then perform guard_refuse('what nobody can tell is decided by two people'); end if;
  return new;
end $$;
create function impression_begins() returns trigger language plpgsql as $$
begin
  if new.state <> 'reserved' then perform guard_refuse('an impression begins reserved'); end if;
  if not exists (select from seal_use_requests r where r.request_id = new.request_id and (r.use_mode = 'by-hand') = (new.body_id is not null)
     and new.copy <= coalesce(r.copies, 1))
  then perform guard_refuse('an impression is made the way its request was approved for'); end if;
  if new.body_id is not null and not exists (select from seal_bodies b where b.body_id = new.body_id and b.seal_id = new.seal_id and b.kind = 'physical')
  then perform guard_refuse('an impression by hand is made by a piece of its seal'); end if;
  return new;
end $$;
create trigger impression_begins before insert on impressions for each row execute function impression_begins();
`;
