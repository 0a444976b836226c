import { type Kysely, sql } from "kysely";

/**
 * What documents say: read once when they come in, compared with the templates in force, and held against what the
 * application declares. What decided is kept with the request, as are the rulings of reviewers on where the two differ.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table document_readings (
  document_id text primary key references documents, facts jsonb not null, missing jsonb not null, read_at timestamptz not null
);
/* One for each document and each set of templates it was compared with: the set is named by the digest of its versions. */
create table document_comparisons (
  document_id text not null references documents, shelf text not null, version_id text references template_versions,
  verdict text not null check (verdict in ('same', 'same-but-fields', 'changed', 'other')), comparison jsonb, compared_at timestamptz not null,
  primary key (document_id, shelf), check ((version_id is null) = (verdict = 'other'))
);
create index document_comparisons_version on document_comparisons (version_id) where version_id is not null;

alter table seal_use_requests add column fact_answers jsonb not null default '[]', add column facts_seen jsonb;
create or replace function request_keeps_its_rules() returns trigger language plpgsql as $$
declare edited boolean := old.state in ('draft', 'returned', 'withdrawn');
begin
  if old.number is not null and not edited
     and (new.counterparty_kind, new.rules_version, new.rules_fired, new.limits, new.fact_answers, new.facts_seen)
     is distinct from (old.counterparty_kind, old.rules_version, old.rules_fired, old.limits, old.fact_answers, old.facts_seen)
  then perform guard_refuse('a request keeps the rules it was submitted under'); end if;
  return new;
end $$;

/* In each round of a request a reviewer rules once on each place where application and document differ. */
create table request_fact_rulings (
  request_id text not null references seal_use_requests, round int not null, key text not null check (length(key) <= 800),
  ruling text not null check (ruling in ('declared', 'document')), reason text not null check (length(reason) > 0),
  step_id text not null references request_steps, ruled_by text not null references people, ruled_at timestamptz not null,
  primary key (request_id, round, key)
);
grant select, insert on document_readings, document_comparisons, request_fact_rulings to ${roles.app};
revoke update, delete on document_readings, document_comparisons, request_fact_rulings from ${roles.app};
`,
    )
    .execute(db);
}
