import { type Kysely, sql } from "kysely";

/** Whether a photo was given for another paper is asked at each report: found by its digest, and not by reading all of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
create index evidence_by_digest on evidence (digest);
create index events_cancelled_paper on events ((facts ->> 'paper')) where type = 'ImpressionSpoiled';
`,
    )
    .execute(db);
}
