import { type Kysely, sql } from "kysely";

/** Documents that say the same, page by page, are found whatever their bytes: a file that is saved anew is the same paper. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw("create index document_readings_words on document_readings (md5((page_words - '')::text))").execute(db);
}
