import { type Kysely, sql } from "kysely";

/**
 * Confidential requests: their reason, the readers whom the applicant names, and the accesses by which those who watch
 * open them. Whether a request is confidential stays as it was submitted, and an access stays as it was taken (C11).
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
alter table seal_use_requests add column confidential_reason text;
create function request_stays_confidential() returns trigger language plpgsql as $$
begin
  if old.number is not null and (new.confidential_reason is null) <> (old.confidential_reason is null)
  then perform guard_refuse('whether a request is confidential stays as it was submitted'); end if;
  if new.number is not null and new.confidential_reason is not null and btrim(new.confidential_reason) = ''
  then perform guard_refuse('a confidential request says why'); end if;
  return new;
end $$;
create trigger request_stays_confidential before update on seal_use_requests for each row execute function request_stays_confidential();

/* Who reads it now; whom the applicant names and takes off stands in the ledger. */
create table request_readers (
  request_id text not null references seal_use_requests, person_id text not null references people, named_by text not null references people, at timestamptz not null,
  primary key (request_id, person_id)
);
create index request_readers_person on request_readers (person_id);

create table request_accesses (
  event_id text primary key references events, request_id text not null references seal_use_requests, person_id text not null references people,
  reason text not null check (btrim(reason) <> ''), at timestamptz not null, until timestamptz not null, check (at < until and until <= at + interval '1 day')
);
create index request_accesses_request on request_accesses (request_id, person_id, until);
create function access_is_told() returns trigger language plpgsql as $$
begin
  if not exists (select from events e where e.event_id = new.event_id and e.type = 'SealUseConfidentialOpened' and e.request_id = new.request_id and e.actor_id = new.person_id)
  then perform guard_refuse('an access is told by its event'); end if;
  if not exists (select from seal_use_requests r where r.request_id = new.request_id and r.number is not null and r.confidential_reason is not null)
  then perform guard_refuse('an access is to a confidential request'); end if;
  return new;
end $$;
create trigger access_is_told before insert on request_accesses for each row execute function access_is_told();
grant select, insert, delete on request_readers to ${roles.app};
grant select, insert on request_accesses to ${roles.app};
revoke update on request_readers from ${roles.app};
revoke update, delete on request_accesses from ${roles.app};
`,
    )
    .execute(db);
}
