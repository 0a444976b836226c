import { type Kysely, sql } from "kysely";

/**
 * Cards with impressions that others keep, to compare papers with. A card is recorded once and withdrawn once, each with
 * its evidence; the task to withdraw it is done by that alone, whoever speaks with the application's password.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table specimens_lodged (
  lodging_id text primary key, entity_id text not null references entities,
  kind text not null check (kind in ('bank', 'customs', 'court', 'tax', 'other')),
  place_name text not null, branch text not null, contact text not null, card text not null, lodged_on date not null,
  evidence_id text not null references evidence, recorded_by text not null references people, recorded_at timestamptz not null,
  event_id text not null references events, replaces_lodging_id text unique references specimens_lodged,
  withdrawn_on date, withdrawn_evidence_id text references evidence, withdrawn_by text references people, withdrawn_at timestamptz,
  withdrawn_event_id text references events, withdrawal_note text,
  check (num_nulls(withdrawn_on, withdrawn_evidence_id, withdrawn_by, withdrawn_at, withdrawn_event_id, withdrawal_note) in (0, 6)),
  check (withdrawn_on >= lodged_on), check (withdrawn_evidence_id <> evidence_id)
);
create index specimens_lodged_entity on specimens_lodged (entity_id, lodged_on desc);
create table specimens_lodged_seals (
  lodging_id text not null references specimens_lodged, seal_id text not null references seals, primary key (lodging_id, seal_id)
);
create index specimens_lodged_seals_seal on specimens_lodged_seals (seal_id);
create function withdrawn_specimen_stays() returns trigger language plpgsql as $$
begin
  if old.withdrawn_on is not null then perform guard_refuse('a withdrawn specimen stays as it is'); end if;
  return new;
end $$;
create trigger withdrawn_specimen_stays before update on specimens_lodged for each row execute function withdrawn_specimen_stays();
create function withdrawal_task_needs_withdrawal() returns trigger language plpgsql as $$
begin
  if new.kind = 'withdraw-specimen' and new.state = 'done' and (new.evidence_id is null or not exists (
    select from specimens_lodged where lodging_id = new.subject_key and withdrawn_evidence_id = new.evidence_id))
  then perform guard_refuse('a lodged specimen is withdrawn with its evidence'); end if;
  return new;
end $$;
create trigger withdrawal_task_needs_withdrawal before update on tasks for each row execute function withdrawal_task_needs_withdrawal();
grant select, insert on specimens_lodged, specimens_lodged_seals to ${roles.app};
grant update (withdrawn_on, withdrawn_evidence_id, withdrawn_by, withdrawn_at, withdrawn_event_id, withdrawal_note) on specimens_lodged to ${roles.app};
`,
    )
    .execute(db);
}
