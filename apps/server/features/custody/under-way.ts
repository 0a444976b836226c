import type { MatterKind, MatterState } from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { seesMatter } from "../matters/may-see.ts";
import { getMatter } from "../matters/store.ts";
import { readOpenShortHandovers } from "./short-handovers.ts";

type UnderWay = HandlerAnswer<"GET /v1/custody/mine">["items"][number]["underWay"];

/**
 * Matters of custody that hold these bodies, or what was given away of them, and have not ended: a handover, a take-out, a
 * return. A draft holds nothing, and one the person may not read is not told of.
 */
export async function readUnderWay(
  env: Environment,
  personId: string,
  bodyIds: readonly string[],
): Promise<(bodyId: string) => UnderWay> {
  if (bodyIds.length === 0) return () => [];
  const subjectsOf = new Map(bodyIds.map((bodyId) => [bodyId, [`custody:${bodyId}`]]));
  for (const row of await readOpenShortHandovers(env.db, bodyIds))
    for (const bodyId of row.body_ids) subjectsOf.get(bodyId)?.push(`short-handover:${row.matter_id}`);
  const away = await env.db
    .selectFrom("take_outs")
    .select(["body_id", "matter_id"])
    .where("ended_at", "is", null)
    .where("body_id", "in", [...bodyIds])
    .execute();
  for (const row of away)
    subjectsOf.get(row.body_id)?.push(`take-out:${row.matter_id}`, `take-out-return:${row.matter_id}`);
  const held = await env.db
    .selectFrom("matter_reservations")
    .select(["subject", "matter_id"])
    .where("subject", "in", [...subjectsOf.values()].flat())
    .execute();
  const told = new Map<string, UnderWay[number]>();
  for (const matterId of new Set(held.map((one) => one.matter_id))) {
    const row = await getMatter(env.db, matterId);
    if (await seesMatter(env.db, personId, row, env.clock.now()))
      told.set(matterId, {
        ...{ matterId, number: row.number, kind: row.kind as MatterKind, state: row.state as MatterState },
      });
  }
  return (bodyId) => {
    const subjects = subjectsOf.get(bodyId) ?? [];
    return held.filter((one) => subjects.includes(one.subject)).flatMap((one) => told.get(one.matter_id) ?? []);
  };
}
