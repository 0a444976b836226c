import { type Kysely, sql } from "kysely";

/**
 * What is asked about a request without refusing it, and what a request rested on part by part, so that agreements which
 * saw nothing that changed stand when it is submitted again after a return.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
alter table seal_use_requests add column question_answers jsonb not null default '[]', add column questions jsonb, add column parts jsonb;
create function request_keeps_its_questions() returns trigger language plpgsql as $$
declare edited boolean := old.state in ('draft', 'returned', 'withdrawn');
begin
  if old.number is not null and not edited and (new.question_answers, new.questions, new.parts)
     is distinct from (old.question_answers, old.questions, old.parts)
  then perform guard_refuse('a request keeps what was asked about it'); end if;
  return new;
end $$;
create trigger request_keeps_its_questions before update on seal_use_requests for each row execute function request_keeps_its_questions();
/* Like requests are looked for by the other side's name, width, case, spaces and punctuation aside; files by their digests. */
create index requests_counterparty on seal_use_requests
  (entity_id, (lower(regexp_replace(normalize(counterparty, NFKC), '[[:space:][:punct:]]', '', 'g'))), submitted_at) where number is not null;
create index request_documents_document on request_documents (document_id);

/* What each round was decided on, as the text whose digest it is: an agreement that stands can be proved by it later. */
create table request_rounds (
  request_id text not null references seal_use_requests, round int not null, digest text not null check (digest ~ '^sha256:[0-9a-f]{64}$'),
  subject text not null, primary key (request_id, round), check ('sha256:' || encode(sha256(convert_to(subject, 'UTF8')), 'hex') = digest)
);
grant select, insert on request_rounds to ${roles.app};

/* An agreement that stands in the next round is a step of its own that names the one it was given in. */
alter table request_steps add column kept_from text references request_steps;
create or replace function decided_step_stays() returns trigger language plpgsql as $$
declare kept text := to_jsonb(new) ->> 'kept_from';
begin
  if tg_op = 'INSERT' then
    if kept is not null then
      if new.state <> 'approved' or new.kind = 'signatory' or not exists (
        select from request_steps s join seal_use_requests r on r.request_id = s.request_id
        where s.step_id = kept and s.request_id = new.request_id and s.round = r.round and new.round = s.round + 1 and r.state = 'returned'
          and s.state = 'approved' and (s.kind, s.group_id, s.decided_by, s.decided_at, s.method) is not distinct from (new.kind, new.group_id, new.decided_by, new.decided_at, new.method)
          and (s.step_up_id, s.delegation_id, s.comment) is not distinct from (new.step_up_id, new.delegation_id, new.comment))
      then perform guard_refuse('an agreement is kept as it was given, after a return alone'); end if;
      return new;
    end if;
    if new.decided_by is not null or new.state not in ('waiting', 'current') then perform guard_refuse('a step begins undecided'); end if;
    return new;
  end if;
  if tg_op = 'DELETE' then perform guard_refuse('a step stays with what it decided'); end if;
  if old.state = 'voided' and new is distinct from old then perform guard_refuse('a void step stays as it is'); end if;
  if old.decided_by is not null then
    if to_jsonb(new) - 'state' <> to_jsonb(old) - 'state' or (new.state <> old.state and not (old.state = 'approved' and new.state = 'voided'))
    then perform guard_refuse('a decision that was taken stays'); end if;
  elsif new.round <> old.round or new.position <> old.position or new.step_id <> old.step_id or kept is not null
  then perform guard_refuse('a step stays in its place'); end if;
  return new;
end $$;
`,
    )
    .execute(db);
}
