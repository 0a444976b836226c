import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";

/** Who watches over an entity's forms besides their keeper. */
export const formWatchers: readonly string[] = ["inspector", "seal-administrator", "supervisor"];

/**
 * Who has nothing to do with a series does not learn that it is there: he neither keeps nor watches forms of the entity,
 * nor ever had one of these in his hand. Throws `subject.not-found`.
 */
export async function requireKnowsSeries(
  reader: Reader,
  env: Environment,
  personId: string,
  series: { readonly series_id: string; readonly entity_id: string; readonly keeper_id: string },
): Promise<void> {
  if (series.keeper_id === personId) return;
  const grants = await readGrantsInForce(reader, env.clock.now(), { personId, entityId: series.entity_id });
  if (grants.some((grant) => grant.role === "certificate-keeper" || formWatchers.includes(grant.role))) return;
  const posted = await reader
    .selectFrom("form_postings")
    .select("posting_id")
    .where("series_id", "=", series.series_id)
    .where("person_id", "=", personId)
    .limit(1)
    .executeTakeFirst();
  if (!posted) throw problems.notFound();
}
