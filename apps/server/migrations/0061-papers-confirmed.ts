import { type Kysely, sql } from "kysely";

/**
 * A paper that followed an emergency use says what it is, and whoever reviews the use confirms that it is that; until then another
 * may be given in its place. What was given stays (C01).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
alter table emergency_papers add column title text not null default '' check (length(title) <= 200),
  drop constraint emergency_papers_pkey, add primary key (request_id, kind, evidence_id);
alter table emergency_reviews add column papers text[] not null default '{}';
`,
    )
    .execute(db);
}
