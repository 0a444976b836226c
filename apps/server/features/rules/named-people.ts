import type { RuleSet } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";

/** Everybody whom a row names. */
export function listNamed(rules: RuleSet): string[] {
  return [...new Set(rules.route.rows.flatMap(({ output }) => (output.decider === "named" ? output.people : [])))];
}

/** Those of these people who are not here, or not any more. */
export async function listGone(reader: Reader, personIds: readonly string[]): Promise<string[]> {
  if (personIds.length === 0) return [];
  const rows = await reader
    .selectFrom("people")
    .select("person_id")
    .where("person_id", "in", personIds)
    .where("state", "=", "active")
    .execute();
  const here = new Set(rows.map((row) => row.person_id));
  return personIds.filter((personId) => !here.has(personId));
}
