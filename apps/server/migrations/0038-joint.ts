import { type Kysely, sql } from "kysely";

/**
 * Joint requests: two requests, one of each of two entities, over the same documents. They keep their joint request and
 * side once they have a number; neither is under way alone, and both ask for the very same papers (C01, C17).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
alter table seal_use_requests add column joint_id text, add column joint_side smallint check (joint_side in (1, 2)),
  add constraint joint_has_a_side check ((joint_id is null) = (joint_side is null));
/* What was rejected stays with its joint request, and another takes its place there. */
create unique index seal_use_requests_joint_side on seal_use_requests (joint_id, joint_side) where state not in ('rejected', 'cancelled', 'expired');
/* In a draft both sides may change places; what is asked for is of two entities. */
create unique index seal_use_requests_joint_entity on seal_use_requests (joint_id, entity_id) where number is not null and state not in ('rejected', 'cancelled', 'expired');
create function request_stays_joint() returns trigger language plpgsql as $$
begin
  if old.number is not null and (new.joint_id, new.joint_side) is distinct from (old.joint_id, old.joint_side)
  then perform guard_refuse('which side of which joint request it is stays as it was submitted'); end if;
  return new;
end $$;
create trigger request_stays_joint before update on seal_use_requests for each row execute function request_stays_joint();

/* Asked when the transaction ends, for both sides change in one. */
create function sides_go_together() returns trigger language plpgsql as $$
declare this seal_use_requests; other seal_use_requests;
begin
  select * into this from seal_use_requests where request_id = new.request_id;
  if this.joint_id is null or this.state not in ('in-review', 'authorised', 'opened') then return null; end if;
  select * into other from seal_use_requests where joint_id = this.joint_id and joint_side <> this.joint_side
    and state not in ('rejected', 'cancelled', 'expired');
  if other.request_id is null or other.number is null or other.state not in ('in-review', 'authorised', 'opened', 'closed', 'registered')
  then perform guard_refuse('no side of a joint request goes on alone'); end if;
  if this.state = 'opened' and other.state = 'in-review' then perform guard_refuse('no seal stands before both sides have agreed'); end if;
  if (this.applicant_id, this.handler_id, this.title, this.document_class, this.external, this.counterparty, this.amount, this.currency, this.purpose,
      this.confidential_reason is null, this.series_id, this.standing_id, this.emergency_reason)
     is distinct from (other.applicant_id, other.handler_id, other.title, other.document_class, other.external, other.counterparty, other.amount, other.currency, other.purpose,
      other.confidential_reason is null, null, null, null)
    or exists (select from (select * from request_documents where request_id = this.request_id) a full join (select * from request_documents where request_id = other.request_id) b
      on a.document_id = b.document_id and a.position = b.position where a.document_id is null or b.document_id is null)
  then perform guard_refuse('both sides of a joint request ask for the same papers'); end if;
  return null;
end $$;
create constraint trigger sides_go_together after insert or update of state on seal_use_requests
  deferrable initially deferred for each row execute function sides_go_together();
`,
    )
    .execute(db);
}
