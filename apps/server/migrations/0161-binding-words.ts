import { type Kysely, sql } from "kysely";

/**
 * Documents were found to be their template's with values that bind by a word alone (goods first, money later). Those of drafts are
 * compared anew before they are submitted; what was submitted keeps what it was promised.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
delete from document_comparisons c where verdict = 'same-but-fields'
  and not exists (
    select from request_documents d join seal_use_requests r using (request_id)
    where d.document_id = c.document_id and r.state not in ('draft', 'returned', 'withdrawn'));
`,
    )
    .execute(db);
}
