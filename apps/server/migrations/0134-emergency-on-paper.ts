import { type Kysely, sql } from "kysely";

/**
 * Emergency uses on paper: a second person sees every stamping, from beside it (C04). A stamping whose hours are over is ended by the clock, in nobody's name, also where a controller presses; and
 * whoever released or supervised one on an earlier day, or ended it, or confirmed its photos had a part in it, which its review asks (C11).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [plain, seen, ends, parts, takenBack]) await sql.raw(statement).execute(db);
}

const plain = `
alter table seal_use_requests drop constraint by_hand_is_plain,
  add constraint by_hand_is_plain check (use_mode = 'electronic' or state in ('draft', 'returned', 'withdrawn', 'rejected', 'cancelled', 'expired')
    or (copies is not null and joint_id is null and series_id is null and standing_id is null));
`;

const seen = `
create function emergency_stamping_is_seen() returns trigger language plpgsql as $$
begin
  if exists (select from seal_use_requests r where r.request_id = new.request_id and r.emergency_reason is not null
     and (not new.supervised or new.remote or r.confirmed_by is null or r.confirmed_by = new.opened_by))
  then perform guard_refuse('an emergency is stamped beside a second person'); end if;
  return new;
end $$;
create trigger emergency_stamping_is_seen before insert on stampings for each row execute function emergency_stamping_is_seen();
`;

/* One that was agreed to and taken back is over: as another round it would be reviewed by what was said before. */
const takenBack = `
create or replace function request_keeps_its_emergency() returns trigger language plpgsql as $$
declare edited boolean := old.state in ('draft', 'returned', 'withdrawn');
declare over boolean := old.state = 'withdrawn' and old.authorised_at is not null and old.emergency_until is not null;
begin
  if old.number is not null and (not edited or over) and (new.emergency_reason, new.emergency_until) is distinct from (old.emergency_reason, old.emergency_until)
  then perform guard_refuse('an emergency keeps its reason and its end'); end if;
  if over and new.state = 'in-review' then perform guard_refuse('an emergency that was taken back is not asked for once more'); end if;
  if new.state = 'in-review' and (new.emergency_reason is null) <> (new.emergency_until is null)
  then perform guard_refuse('an emergency has an end'); end if;
  return new;
end $$;
`;

const ends = `
alter table stampings drop constraint stampings_check3, add constraint stampings_end_asked check (end_asked_by is null or end_asked_at is not null);
`;

const parts = `
create or replace function review_is_anothers() returns trigger language plpgsql as $$
begin
  if exists (select from seal_use_requests r where r.request_id = new.request_id
       and new.reviewer_id in (r.applicant_id, coalesce(r.handler_id, ''), coalesce(r.released_by, ''), coalesce(r.confirmed_by, '')))
     or exists (select from request_steps s where s.request_id = new.request_id and s.decided_by = new.reviewer_id)
     or exists (select from stampings t where t.request_id = new.request_id and new.reviewer_id in (t.opened_by, coalesce(t.ended_by, ''), coalesce(t.looked_by, '')))
     or exists (select from events e where e.request_id = new.request_id and e.actor_id = new.reviewer_id and e.type in ('SealUseReleased', 'SealUseConfirmed'))
     or exists (select from emergency_slips s where s.slip_id = new.slip_id and new.reviewer_id in (s.signatory_id, s.custodian_id, s.entered_by))
  then perform guard_refuse('an emergency is reviewed by somebody who had no part in it'); end if;
  return new;
end $$;
`;
