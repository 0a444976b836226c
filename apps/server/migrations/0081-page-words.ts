import { type Kysely, sql } from "kysely";

/**
 * What the words of each page are, as digests in the order of the pages: the same paper saved anew has other bytes and the same
 * words. What was read before has none, and is known by its bytes alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
alter table document_readings add column page_words jsonb not null default '[]';
alter table paper_readings add column page_words jsonb not null default '[]';
`,
    )
    .execute(db);
}
