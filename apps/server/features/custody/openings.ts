import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";

/** Openings of containers that wait for this person's lock. */
export const listOpeningsFor = (reader: Reader, personId: string, now: number) =>
  reader
    .selectFrom("container_openings")
    .selectAll()
    .where(sql<boolean>`waits_for @> array[${personId}]::text[]`)
    .where("opened_at", "is", null)
    .where("expires_at", ">", new Date(now))
    .execute();
