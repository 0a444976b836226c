import { type Kysely, sql } from "kysely";

/**
 * What the application's role may not rewrite, whoever speaks with its password: a number once given, the digest that
 * was approved, what stands in a request once it is asked for, a decision once taken, a sealed file once stored, a
 * request once it is over, and a key other than by destroying it. The product does none of this; so nothing is lost.
 * A grant that joins roles which only the profile lets meet keeps the risk that was stated for it.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  for (const statement of [requests, documents, steps, keys]) await sql.raw(statement).execute(db);
  await sql
    .raw(
      `
alter table grants add column risk text;
revoke delete on request_steps, seal_keys, authority_keys, account_changes from ${roles.app};
revoke update, delete on documents from ${roles.app};
`,
    )
    .execute(db);
}

const requests = `
create function guard_refuse(sentence text) returns void language plpgsql as $$
begin raise exception '%', sentence using errcode = 'insufficient_privilege'; end $$;
create function request_stays_as_asked() returns trigger language plpgsql as $$
declare edited boolean := old.state in ('draft', 'returned', 'withdrawn');
begin
  if old.state in ('rejected', 'registered', 'cancelled', 'expired') then perform guard_refuse('a request that is over stays as it is'); end if;
  if old.number is null then return new; end if;
  if new.number is distinct from old.number then perform guard_refuse('a number that was given stays'); end if;
  if new.state = 'draft' then perform guard_refuse('a submitted request is never a draft again'); end if;
  if new.request_id <> old.request_id or new.applicant_id <> old.applicant_id or new.entity_id is distinct from old.entity_id
     or new.created_at <> old.created_at or new.round < old.round
  then perform guard_refuse('who asked, for which entity and how often stays with a number'); end if;
  if new.digest is distinct from old.digest and not (edited and new.state = 'in-review' and new.round > old.round)
  then perform guard_refuse('an approved digest changes by submitting again alone'); end if;
  if not edited and (new.handler_id, new.unit_id, new.title, new.document_class, new.external, new.counterparty, new.amount, new.currency, new.purpose, new.wanted_by, new.valid_until)
     is distinct from (old.handler_id, old.unit_id, old.title, old.document_class, old.external, old.counterparty, old.amount, old.currency, old.purpose, old.wanted_by, old.valid_until)
  then perform guard_refuse('what was asked for changes while it is edited alone'); end if;
  return new;
end $$;
create trigger request_stays_as_asked before update on seal_use_requests for each row execute function request_stays_as_asked();
create function matter_number_stays() returns trigger language plpgsql as $$
begin
  if old.number is not null and new.number is distinct from old.number then perform guard_refuse('a number that was given stays'); end if;
  return new;
end $$;
create trigger matter_number_stays before update on matters for each row execute function matter_number_stays();
`;

/* While nobody edits the request its documents gain a sealed file and nothing else, and that one once. */
const documents = `
create function request_documents_stay() returns trigger language plpgsql as $$
declare request text; edited boolean;
begin
  if tg_op <> 'INSERT' and old.sealed_digest is not null and new is distinct from old
  then perform guard_refuse('a sealed document stays with its request'); end if;
  if tg_op = 'UPDATE' and new.request_id <> old.request_id then perform guard_refuse('a document stays with its request'); end if;
  if tg_op = 'DELETE' then request := old.request_id; else request := new.request_id; end if;
  select state in ('draft', 'returned', 'withdrawn') into edited from seal_use_requests where request_id = request;
  if not coalesce(edited, false) and not (tg_op = 'UPDATE' and (new.document_id, new.position, new.placements, new.answers) is not distinct from (old.document_id, old.position, old.placements, old.answers))
  then perform guard_refuse('documents change while their request is edited alone'); end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
create trigger request_documents_stay before insert or update or delete on request_documents for each row execute function request_documents_stay();
`;

/* A decision may become void, by a return, a withdrawal or the next round, and no more than that. */
const steps = `
create function decided_step_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.decided_by is not null or new.state not in ('waiting', 'current') then perform guard_refuse('a step begins undecided'); end if;
    return new;
  end if;
  if tg_op = 'DELETE' then perform guard_refuse('a step stays with what it decided'); end if;
  if old.state = 'voided' and new is distinct from old then perform guard_refuse('a void step stays as it is'); end if;
  if old.decided_by is not null then
    if to_jsonb(new) - 'state' <> to_jsonb(old) - 'state' or (new.state <> old.state and not (old.state = 'approved' and new.state = 'voided'))
    then perform guard_refuse('a decision that was taken stays'); end if;
  elsif new.round <> old.round or new.position <> old.position or new.step_id <> old.step_id
  then perform guard_refuse('a step stays in its place'); end if;
  return new;
end $$;
create trigger decided_step_stays before insert or update or delete on request_steps for each row execute function decided_step_stays();
create trigger decided_step_stays before insert or update or delete on matter_steps for each row execute function decided_step_stays();
create function step_has_its_request() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.request_id <> old.request_id then perform guard_refuse('a step stays in its place'); end if;
  elsif not exists (select from seal_use_requests where request_id = new.request_id and state in ('draft', 'returned', 'withdrawn', 'in-review'))
  then perform guard_refuse('a request that is decided gets no further step'); end if;
  return new;
end $$;
create trigger step_has_its_request before insert or update on request_steps for each row execute function step_has_its_request();
`;

/* A key is destroyed or stays; only in the place of a destroyed one may a new one be put. */
const keys = `
create function seal_key_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then perform guard_refuse('a seal''s key is destroyed, never deleted'); end if;
  if new.seal_id <> old.seal_id then perform guard_refuse('a key stays with its seal'); end if;
  if old.encrypted_key is null then return new; end if;
  if new.encrypted_key is null and new.destroyed_at is not null and (new.algorithm, new.public_key, new.created_at) = (old.algorithm, old.public_key, old.created_at) then return new; end if;
  if new is distinct from old then perform guard_refuse('a seal''s key stays or is destroyed'); end if;
  return new;
end $$;
create trigger seal_key_stays before update or delete on seal_keys for each row execute function seal_key_stays();
`;
