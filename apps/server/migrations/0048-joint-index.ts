import { type Kysely, sql } from "kysely";

/** The other side of a request is looked for whenever one is held: of a million requests few are joint. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`create index seal_use_requests_joint on seal_use_requests (joint_id) where joint_id is not null;`)
    .execute(db);
}
