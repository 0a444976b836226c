import { type Kysely, sql } from "kysely";

/**
 * What controllers saw before and after each press is shown to whoever may read the request: found by its evidence, and the records that
 * name it by their authorisation, without reading whole journals.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
create index controller_photos_evidence on controller_photos (evidence_id) where evidence_id is not null;
create index controller_records_pictures on controller_records (jti) where type in ('stamp.begin', 'pic.add', 'pic.lost');
`,
    )
    .execute(db);
}
