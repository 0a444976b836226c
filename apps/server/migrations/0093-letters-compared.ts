import { type Kysely, sql } from "kysely";

/**
 * Documents that were found to be their template's were not asked whether their letters show what their text says. Where
 * something is still to be decided, or sealed, they are compared anew before it is; what ended keeps what was found.
 * Documents of a series were drawn here, from the template.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
delete from document_comparisons c where verdict in ('same', 'same-but-fields')
  and not exists (select from document_series_lines l where l.document_id = c.document_id)
  and not exists (
    select from request_documents d join seal_use_requests r using (request_id)
    where d.document_id = c.document_id and r.state in ('rejected', 'cancelled', 'expired', 'closed', 'registered'));
`,
    )
    .execute(db);
}
