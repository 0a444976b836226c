import { type Kysely, sql } from "kysely";

/** What nobody can tell is decided with evidence (C09): who says so first adds it, or who agrees does. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
create function ruling_has_evidence() returns trigger language plpgsql as $$
begin
  if new.evidence_id is null and not exists (select from impression_rulings a where a.impression_id = new.impression_id
     and a.verdict = new.verdict and a.by_person <> new.by_person and a.evidence_id is not null)
  then perform guard_refuse('what nobody can tell is decided with evidence'); end if;
  return new;
end $$;
create trigger ruling_has_evidence before insert on impression_rulings for each row execute function ruling_has_evidence();
`,
    )
    .execute(db);
}
