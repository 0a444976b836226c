import { type Kysely, sql } from "kysely";

/**
 * Changes of the organisation. A unit that ended stays, so that what it did keeps its name, and nothing new may belong to
 * it; the tree of units has no rings, whatever the application does.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
alter table units add column closed_at timestamptz, add column merged_into text references units,
  add column ended_by_matter text references matters,
  add check (merged_into is null or closed_at is not null), add check (merged_into <> unit_id), add check (parent_unit_id <> unit_id);

/* The row above is held: of two moves at once the second one sees the first. */
create function unit_tree_has_no_ring() returns trigger language plpgsql as $$
declare next text := new.parent_unit_id; above record;
begin
  if tg_op = 'UPDATE' and old.closed_at is not null then
    raise exception 'a unit that ended stays as it is' using errcode = 'insufficient_privilege';
  end if;
  if tg_op = 'UPDATE' and new.parent_unit_id is not distinct from old.parent_unit_id then return new; end if;
  while next is not null loop
    if next = new.unit_id then raise exception 'a unit would lie under itself' using errcode = 'check_violation'; end if;
    select parent_unit_id, entity_id, closed_at into above from units where unit_id = next for share;
    if above.entity_id <> new.entity_id then raise exception 'a unit lies under one of its own entity' using errcode = 'check_violation'; end if;
    if above.closed_at is not null and new.closed_at is null then
      raise exception 'nothing lies under a unit that ended' using errcode = 'check_violation';
    end if;
    next := above.parent_unit_id;
  end loop;
  return new;
end $$;
create trigger unit_tree_has_no_ring before insert or update on units for each row execute function unit_tree_has_no_ring();

/* Nobody and nothing comes to a unit that ended; who comes while it ends waits and is refused. */
create function unit_is_open() returns trigger language plpgsql as $$
declare wanted text; ended timestamptz;
begin
  if tg_table_name = 'grants' then
    if new.scope_kind <> 'unit' or new.state = 'ended' then return new; end if;
    wanted := new.scope_id;
  else
    wanted := new.unit_id;
    if wanted is null or (tg_op = 'UPDATE' and wanted is not distinct from old.unit_id) then return new; end if;
  end if;
  select closed_at into ended from units where unit_id = wanted for share;
  if ended is not null then raise exception 'the unit has ended' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger unit_is_open before insert or update on people for each row execute function unit_is_open();
create trigger unit_is_open before insert or update on seals for each row execute function unit_is_open();
create trigger unit_is_open before insert or update on grants for each row execute function unit_is_open();

alter table entities add column legal_representative_id text references people;

create index seals_unit on seals (unit_id) where unit_id is not null;
create index people_unit on people (unit_id) where unit_id is not null;
create index requests_unit on seal_use_requests (unit_id) where unit_id is not null;
`,
    )
    .execute(db);
}
