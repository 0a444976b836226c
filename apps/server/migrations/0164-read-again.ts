import { type Kysely, sql } from "kysely";

/**
 * Amounts were read that were missed before, and what a notice hides is asked now: documents that nobody has decided on yet are
 * read again when they are checked. What was submitted keeps what it was promised, and what was objected to is known again by
 * what was read of it; documents of a series are read with their series alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
delete from document_readings d
where not exists (
    select from request_documents rd join seal_use_requests r using (request_id)
    where rd.document_id = d.document_id and (r.number is not null or r.state <> 'draft'))
  and not exists (select from document_series_lines l where l.document_id = d.document_id);
`,
    )
    .execute(db);
}
