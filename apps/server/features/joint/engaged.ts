import { type Grant, holdersFor, listEngaged } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { dayIn, readGrants } from "../organisation/read-grants.ts";
import { type LoadedRequest, loadRequest } from "../requests/load-request.ts";

/** Who decided, keeps, released or supervised on the other side of a joint request; null for a request of one entity. */
export async function readOtherSide(
  reader: Reader,
  env: Environment,
  { joint }: Pick<LoadedRequest, "joint">,
): Promise<{ engaged: string[]; other: string | null } | null> {
  if (joint === null) return null;
  const side = await loadRequest(reader, joint.other.requestId);
  const { row } = side;
  const grants = await readGrants(reader, { entityId: joint.other.entityId });
  return {
    other: row.number,
    engaged: listEngaged({
      steps: side.steps,
      keepers: await listKeepers(reader, env, side, grants),
      acted: [row.released_by, row.confirmed_by, delegatorOf(row.confirmed_by, grants)],
    }),
  };
}

/** Everybody who keeps one of the seals of a request today. */
export async function listKeepers(
  reader: Reader,
  env: Environment,
  { row, sealIds }: Pick<LoadedRequest, "row" | "sealIds">,
  grants: readonly Grant[],
): Promise<string[]> {
  const entityId = row.entity_id ?? "";
  const { time_zone: zone } = (await reader
    .selectFrom("entities")
    .select("time_zone")
    .where("entity_id", "=", entityId)
    .executeTakeFirst()) ?? { time_zone: "UTC" };
  const today = dayIn(zone, env.clock.now());
  return [...new Set(sealIds.flatMap((sealId) => holdersFor(grants, "custodian", { sealId, entityId }, today)))];
}

/** In whose place somebody supervises who has no such role of his own. */
function delegatorOf(personId: string | null, grants: readonly Grant[]): string | null {
  const held = grants.filter((grant) => grant.personId === personId && grant.role === "supervisor");
  if (held.some(({ delegatedBy }) => delegatedBy === undefined)) return null;
  return held[0]?.delegatedBy ?? null;
}
