import { type Kysely, sql } from "kysely";

/**
 * Stamping with a controller whose supervisor is elsewhere (SealLink 1, clause 3.5, mode `remote`): each press waits for his word on
 * the picture that was taken before it. What he said is kept, and a press without it is not what was authorised (C04).
 */
export async function up(db: Kysely<unknown>, roles: { app: string; authority: string }): Promise<void> {
  for (const statement of [stampings, looks, agreements]) await sql.raw(statement).execute(db);
  await sql
    .raw(
      `
grant select, insert on remote_looks to ${roles.app};
grant update (state, lapse, evidence_id, unfit, answered_by, answered_at, step_up_id, reason) on remote_looks to ${roles.app};
grant select on remote_looks to ${roles.authority};
`,
    )
    .execute(db);
}

/* Chosen with the release, kept with the stamping. */
const stampings = `
alter table seal_use_requests add column remote boolean not null default false,
  add constraint remote_is_by_controller check (not remote or by_controller);
alter table stampings add column remote boolean not null default false,
  add constraint remote_is_supervised check (not remote or (by_controller and supervised));
`;

/* One press that waits at a time; agreed to by who confirmed the stamping, in time, with his own proof of presence over this picture. */
const looks = `
create table remote_looks (
  look_id text primary key, controller_id text not null, epoch int not null, seq bigint not null,
  jti text not null references controller_authorisations, n int not null check (n > 0), request_id text not null references seal_use_requests,
  impression_id text not null references impressions, picture text not null, digest text not null,
  asked_at timestamptz not null, expires_at timestamptz not null check (expires_at > asked_at),
  state text not null check (state in ('waiting', 'agreed', 'refused', 'pressed', 'lapsed')),
  lapse text check (lapse in ('late', 'retaken', 'disturbed', 'ended')),
  evidence_id text references evidence, unfit boolean not null default false,
  answered_by text references people, answered_at timestamptz, step_up_id text references step_ups, reason text,
  unique (controller_id, epoch, seq), foreign key (controller_id, epoch, seq) references controller_records,
  check ((state = 'lapsed') = (lapse is not null)), check ((answered_by is null) = (answered_at is null)),
  check (state in ('waiting', 'lapsed') or answered_by is not null), check (state not in ('agreed', 'pressed') or (step_up_id is not null and evidence_id is not null)),
  check ((state = 'refused') = (reason is not null))
);
create unique index remote_looks_open on remote_looks (jti) where state in ('waiting', 'agreed');
create index remote_looks_request on remote_looks (request_id);
create function remote_look_goes_on() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'waiting' or new.answered_by is not null then perform guard_refuse('a look begins unanswered'); end if;
    if not exists (select from controller_authorisations a join stampings t on t.request_id = a.request_id
       where a.jti = new.jti and a.request_id = new.request_id and a.controller_id = new.controller_id and t.remote and t.ended_at is null)
    then perform guard_refuse('a look is asked for where the supervisor is elsewhere'); end if;
    return new;
  end if;
  if old.state in ('refused', 'pressed', 'lapsed') and new.state <> old.state
    and not (old.state = 'lapsed' and old.lapse = 'late' and old.answered_by is not null and new.state = 'pressed')
  then perform guard_refuse('what became of a look stays'); end if;
  if old.state = 'agreed' and new.state not in ('agreed', 'pressed', 'lapsed') then perform guard_refuse('an agreement is pressed on or lapses'); end if;
  if old.state = 'waiting' and new.state = 'pressed' then perform guard_refuse('nothing is pressed before it was agreed to'); end if;
  if old.answered_by is not null and (new.answered_by, new.answered_at, new.step_up_id, new.reason) is distinct from (old.answered_by, old.answered_at, old.step_up_id, old.reason)
  then perform guard_refuse('an answer to a look stays'); end if;
  if old.evidence_id is not null and new.evidence_id is distinct from old.evidence_id then perform guard_refuse('the picture of a look stays'); end if;
  if new.evidence_id is not null and old.evidence_id is null
    and not exists (select from evidence e where e.evidence_id = new.evidence_id and e.digest = new.picture)
  then perform guard_refuse('the picture of a look is the one that its record names'); end if;
  if old.state = 'waiting' and new.state in ('agreed', 'refused') then
    if not exists (select from stampings t join seal_use_requests r on r.request_id = t.request_id where t.request_id = new.request_id
       and t.ended_at is null and r.confirmed_by = new.answered_by and t.opened_by <> new.answered_by and r.applicant_id <> new.answered_by)
    then perform guard_refuse('who confirmed the stamping answers, and nobody who presses or applied'); end if;
    if new.answered_at >= new.expires_at then perform guard_refuse('a look is answered in time'); end if;
  end if;
  if old.state = 'waiting' and new.state = 'agreed' and not exists (select from step_ups s where s.step_up_id = new.step_up_id and s.used_at is not null
     and s.person_id = new.answered_by and s.act = 'remote-press' and s.subject_id = new.look_id and s.digest = new.digest)
  then perform guard_refuse('who agrees shows that it is him, for this picture'); end if;
  return new;
end $$;
create trigger remote_look_goes_on before insert or update on remote_looks for each row execute function remote_look_goes_on();
`;

const agreements = `
alter table controller_asks drop constraint controller_asks_kind_check,
  add constraint controller_asks_kind_check check (kind in ('authorisation', 'revocation', 'order', 'agreement'));
alter table controller_signatures drop constraint controller_signatures_kind_check,
  add constraint controller_signatures_kind_check check (kind in ('authorisation', 'revocation', 'order', 'agreement'));
`;
