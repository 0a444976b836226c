import { type Kysely, sql } from "kysely";

/**
 * The life of a seal. A seal, or another piece of one, comes into existence only by a matter that was approved (C23): the
 * tables themselves refuse one without. Types of seals are data; a change of a type is a new version, none is rewritten.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
alter table seals add column matter_id text references matters, add column replaces_seal_id text references seals, add column type_version int not null default 1;
create unique index seals_replaces on seals (replaces_seal_id) where replaces_seal_id is not null;
alter table seal_bodies add column matter_id text references matters, add column specimen_digest text references files;
create index seal_bodies_specimen on seal_bodies (specimen_evidence_id) where specimen_evidence_id is not null;
/* Seals that were there before this rule keep their rows; no new one comes without its matter, and none changes it. */
create function made_by_a_matter() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' and new.matter_id is null then
    raise exception 'a seal is made only by a matter that was approved' using errcode = 'insufficient_privilege';
  end if;
  if tg_op = 'UPDATE' and new.matter_id is distinct from old.matter_id then
    raise exception 'the matter that made a seal stays' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger made_by_a_matter before insert or update on seals for each row execute function made_by_a_matter();
create trigger made_by_a_matter before insert or update on seal_bodies for each row execute function made_by_a_matter();

create table seal_type_versions (
  type text not null, version int not null check (version > 1), name_en text not null, name_zh text not null, important boolean not null, external boolean not null,
  filing text not null check (filing in ('none','pieces','all')), width_mm double precision not null, height_mm double precision not null,
  changed_by text not null references people, changed_at timestamptz not null, reason text not null, primary key (type, version)
);
grant select, insert on seal_type_versions to ${roles.app};
`,
    )
    .execute(db);
}
