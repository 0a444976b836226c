import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from "kysely";
import type { Tables } from "../../platform/database-schema.ts";
import type { Reader } from "../../platform/db.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";

/** Whose lines a person reads. */
export interface RegisterReach {
  readonly personId: string;
  /** Entities of which he reads every line: he inspects them, or runs the life of their seals. */
  readonly watched: readonly string[];
  /** Seals he holds, whose lines he reads. */
  readonly held: readonly string[];
}

const watching: readonly string[] = ["inspector", "seal-administrator"];

export async function readRegisterReach(reader: Reader, personId: string, now: number): Promise<RegisterReach> {
  const grants = await readGrantsInForce(reader, now, { personId });
  const watched = grants.filter(({ scope, role }) => scope.kind === "entity" && watching.includes(role));
  const held = grants.filter(({ scope }) => scope.kind === "seal");
  return {
    personId,
    watched: [...new Set(watched.map((grant) => grant.entityId))],
    held: [...new Set(held.map((grant) => grant.scope.id))],
  };
}

export type WideLines = Tables & { l: Tables["register_lines"] };

/** The lines a person reads: all of the entities he watches, of his seals, and those that name him. */
export function isRead({ personId, watched, held }: RegisterReach) {
  return (eb: ExpressionBuilder<WideLines, "l">): ExpressionWrapper<WideLines, "l", SqlBool> =>
    eb.or([
      ...(watched.length > 0 ? [eb("l.entity_id", "in", [...watched])] : []),
      ...(held.length > 0 ? [eb("l.seal_id", "in", [...held])] : []),
      sql<boolean>`l.person_ids @> ${[personId]}::text[]`,
    ]);
}

/** Whether he reads this line: what `isRead` says of many. */
export const readsLine = (
  { personId, watched, held }: RegisterReach,
  line: { readonly entity_id: string; readonly seal_id: string | null; readonly person_ids: readonly string[] },
): boolean =>
  watched.includes(line.entity_id) ||
  (line.seal_id !== null && held.includes(line.seal_id)) ||
  line.person_ids.includes(personId);
