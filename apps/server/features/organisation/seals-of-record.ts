import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";
import { custodiansOf, readHeldNow } from "../custody/postings.ts";

/** Seals with a body that the person answers for by the last posting, alone or jointly. */
export async function readSealsOfRecord(reader: Reader, personId: string): Promise<string[]> {
  const rows = await reader
    .selectFrom("custody_postings as p")
    .innerJoin("seal_bodies as b", "b.body_id", "p.body_id")
    .select(["b.body_id", "b.seal_id"])
    .distinct()
    .where("p.book", "=", "custodian")
    .where(sql<boolean>`p.to_people @> array[${personId}]::text[]`)
    .execute();
  const heldNow = await readHeldNow(
    reader,
    rows.map((row) => row.body_id),
  );
  const held = rows.filter((row) => custodiansOf(heldNow(row.body_id)).includes(personId));
  return [...new Set(held.map((row) => row.seal_id))];
}
