import { type Kysely, sql } from "kysely";

/** A file of a matter may be taken out again until the matter is submitted with it: what was decided on stays (C24). */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create function evidence_stays_submitted() returns trigger language plpgsql as $$
begin
  if not exists (select from matters m where m.matter_id = old.matter_id and m.state in ('draft', 'returned', 'withdrawn')
    and (m.submitted_at is null or m.submitted_at < old.added_at))
  then perform guard_refuse('a file that was submitted with its matter stays'); end if;
  return old;
end $$;
create trigger evidence_stays_submitted before delete on matter_evidence for each row execute function evidence_stays_submitted();
grant delete on matter_evidence to ${roles.app};
`,
    )
    .execute(db);
}
