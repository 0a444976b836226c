import { type Kysely, sql } from "kysely";

/**
 * Delegations of a role for some days, and the answers to the question who could act alone. `held_roles` is what people
 * hold: their grants, and in the delegator's place what was delegated to them, never beyond the grant it comes from.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table delegations (
  delegation_id text primary key, grant_id text not null references grants, delegator_id text not null references people, delegate_id text not null references people,
  entity_id text not null references entities, role text not null check (role in ('unit-head','legal-reviewer','signatory','supervisor')),
  scope_kind text not null check (scope_kind in ('entity','unit','seal')), scope_id text not null, from_on date not null, to_on date not null,
  reason text not null, given_at timestamptz not null,
  /* When it took force: from then on the delegate is among those asked to decide what waits for the delegator. */
  begun_at timestamptz, ended_at timestamptz, ended_by text references people, end_cause text check (end_cause in ('days-over','grant-over','ended')), end_reason text,
  check (delegator_id <> delegate_id), check (to_on >= from_on), check ((ended_at is null) = (end_cause is null)),
  check (ended_by is null or ended_at is not null)
);
create index delegations_delegate on delegations (delegate_id) where ended_at is null;
create index delegations_delegator on delegations (delegator_id);
create index delegations_grant on delegations (grant_id) where ended_at is null;

create view held_roles as
  select grant_id, person_id, role, scope_kind, scope_id, from_on, to_on, state, null::text as delegated_by from grants
  union all
  select d.delegation_id, d.delegate_id, g.role, d.scope_kind, d.scope_id, greatest(d.from_on, g.from_on), least(d.to_on, g.to_on), g.state, d.delegator_id
  from delegations d join grants g on g.grant_id = d.grant_id and g.person_id = d.delegator_id
  where d.ended_at is null and g.state = 'given';

alter table request_steps add column delegation_id text references delegations;
alter table matter_steps add column delegation_id text references delegations;

create table separation_checks (
  check_id text primary key, at timestamptz not null, asked_by text references people, holes jsonb not null, took_ms int not null
);
create index separation_checks_newest on separation_checks (at desc);

grant select, insert on delegations, separation_checks to ${roles.app};
grant update (begun_at, ended_at, ended_by, end_cause, end_reason) on delegations to ${roles.app};
grant select on held_roles to ${roles.app};
`,
    )
    .execute(db);
}
