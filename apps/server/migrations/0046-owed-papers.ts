import { type Kysely, sql } from "kysely";

/**
 * Papers that followed an emergency use: given by who asked or carries them, each kind once, and never taken back (C01, C24).
 *
 * Whom the rules name decides his step and nobody in his place, so nothing adds people to it or takes them out; where a reviewer was
 * added, his part may be passed on. And what profile an organisation is set up with stays with it (C11), like its first rules: both
 * are written in the moment it is made, whatever state the installation says it is in.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table emergency_papers (
  request_id text not null references seal_use_requests, kind text not null, evidence_id text not null references evidence, given_by text not null references people,
  given_at timestamptz not null, event_id text not null references events, primary key (request_id, kind)
);
create index emergency_papers_evidence on emergency_papers (evidence_id);
create function emergency_paper_stays() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then perform guard_refuse('a paper that followed stays'); end if;
  if not exists (select from seal_use_requests r join evidence e on e.evidence_id = new.evidence_id where r.request_id = new.request_id
    and r.emergency_until is not null and r.authorised_at is not null and new.given_by in (r.applicant_id, coalesce(r.handler_id, '')) and e.uploaded_by = new.given_by)
  then perform guard_refuse('a paper follows an emergency that was agreed to, from who asked'); end if;
  return new;
end $$;
create trigger emergency_paper_stays before insert or update or delete on emergency_papers for each row execute function emergency_paper_stays();
create function named_people_stay() returns trigger language plpgsql as $$
begin
  if old.kind = 'named' and not old.rule ? 'added' and new.candidates is distinct from old.candidates
  then perform guard_refuse('whom the rules name in a step stays'); end if;
  return new;
end $$;
create trigger named_people_stay before update on request_steps for each row execute function named_people_stay();

create or replace function starter_set_stays() returns trigger language plpgsql as $$
begin
  if old.organisation_id is not null
     and (new.organisation_id, new.starter_set, new.profile) is distinct from (old.organisation_id, old.starter_set, old.profile)
  then perform guard_refuse('the rules and the profile an organisation began with stay'); end if;
  return new;
end $$;

grant select, insert on emergency_papers to ${roles.app};
`,
    )
    .execute(db);
}
