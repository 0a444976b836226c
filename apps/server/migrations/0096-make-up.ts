import { type Kysely, sql } from "kysely";

/**
 * Make-up stamping (C09, C19): a request that replaces one copy of another says so from its beginning, asks for one copy on paper,
 * and is stamped only once that copy is void; one of a copy is under way at a time, and one copy is pressed for it. A lost copy that
 * was replaced stays void, also when it is found.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [requests, copies, impressions]) await sql.raw(statement).execute(db);
}

const underWay = "'in-review', 'returned', 'authorised', 'opened', 'frozen'";

const requests = `
alter table seal_use_requests add column make_up_of text references stampings, add column make_up_copy int check (make_up_copy between 1 and 300),
  add column make_up_cause text check (make_up_cause in ('lost', 'spoiled')), add column make_up_reason text check (make_up_reason <> ''),
  add column make_up_evidence text references evidence,
  add constraint make_up_is_whole check (num_nonnulls(make_up_of, make_up_copy, make_up_cause, make_up_reason, make_up_evidence) in (0, 5)),
  add constraint make_up_is_one_copy check (make_up_of is null or state not in ('in-review', 'authorised', 'opened', 'frozen', 'closed', 'registered')
    or (use_mode = 'by-hand' and copies = 1));
create unique index seal_use_requests_make_up on seal_use_requests (make_up_of, make_up_copy) where make_up_of is not null and state in (${underWay});
create index seal_use_requests_make_ups on seal_use_requests (make_up_of) where make_up_of is not null;
create index seal_use_requests_make_up_evidence on seal_use_requests (make_up_evidence) where make_up_evidence is not null;
create function request_keeps_its_make_up() returns trigger language plpgsql as $$
begin
  if (new.make_up_of, new.make_up_copy, new.make_up_cause, new.make_up_reason, new.make_up_evidence) is distinct from
     (old.make_up_of, old.make_up_copy, old.make_up_cause, old.make_up_reason, old.make_up_evidence)
  then perform guard_refuse('a request that replaces a copy is begun as one'); end if;
  return new;
end $$;
create trigger request_keeps_its_make_up before update on seal_use_requests for each row execute function request_keeps_its_make_up();
`;

const copies = `
alter table stamped_copies drop constraint stamped_copies_state_check,
  add constraint stamped_copies_state_check check (state in ('here', 'handed-out', 'filed', 'voided', 'lost', 'declared-void', 'found'));
create or replace function voided_copy_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state in ('declared-void', 'found') and not exists (select from stamped_copies c where c.request_id = new.request_id and c.copy = new.copy)
    then perform guard_refuse('a copy is lost before it is declared void'); end if;
    return new;
  end if;
  if old.state = 'voided' then perform guard_refuse('a voided copy stays voided'); end if;
  if (old.state, new.state) not in (('lost', 'declared-void'), ('declared-void', 'found'), ('found', 'declared-void'), ('found', 'voided'))
     and (old.state in ('declared-void', 'found') or new.state in ('declared-void', 'found')) and old.state <> new.state
  then perform guard_refuse('a copy that was replaced stays void'); end if;
  if old.state = 'lost' and new.state = 'declared-void' and not exists (select from seal_use_requests r
     where r.make_up_of = new.request_id and r.make_up_copy = new.copy and r.state in ('authorised', 'opened'))
  then perform guard_refuse('a copy is declared void by the make-up stamping that replaces it'); end if;
  return new;
end $$;
drop trigger voided_copy_stays on stamped_copies;
create trigger voided_copy_stays before insert or update on stamped_copies for each row execute function voided_copy_stays();
`;

const impressions = `
create function make_up_replaces_a_void_copy() returns trigger language plpgsql as $$
declare made record;
begin
  select make_up_of, make_up_copy into made from seal_use_requests where request_id = new.request_id;
  if made.make_up_of is null then return new; end if;
  if not exists (select from stamped_copies c where c.request_id = made.make_up_of and c.copy = made.make_up_copy and c.state in ('declared-void', 'found', 'voided'))
  then perform guard_refuse('what replaces a copy is stamped once that copy is void'); end if;
  if exists (select from seal_use_requests r join impressions i using (request_id) where r.make_up_of = made.make_up_of
     and r.make_up_copy = made.make_up_copy and r.request_id <> new.request_id and i.state <> 'released')
  then perform guard_refuse('a copy is replaced once'); end if;
  return new;
end $$;
create trigger make_up_replaces_a_void_copy before insert on impressions for each row execute function make_up_replaces_a_void_copy();
`;
