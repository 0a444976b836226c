import type { Environment } from "../../platform/environment.ts";
import { openCheck } from "../checks/open-check.ts";

/**
 * The first stock-take: pieces of the opening stock that nobody was asked for yet are asked for together, as soon as no
 * other stock-take of the entity is open. What is not found then is asked for again by whoever begins the next one.
 */
export async function openFirstStockTakes(env: Environment): Promise<void> {
  const rows = await env.db
    .selectFrom("seal_bodies as b")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .leftJoin("storage_check_items as i", "i.body_id", "b.body_id")
    .select(["b.body_id", "s.entity_id"])
    .where("b.to_confirm", "=", true)
    .where("b.state", "not in", ["destroyed", "cancelled", "void", "lost"])
    .where("i.check_id", "is", null)
    .orderBy("b.body_id")
    .execute();
  if (rows.length === 0) return;
  const open = await env.db
    .selectFrom("storage_checks")
    .select("entity_id")
    .where("kind", "=", "stock-take")
    .where("closed_at", "is", null)
    .execute();
  for (const [entityId, pieces] of Map.groupBy(rows, (row) => row.entity_id)) {
    if (open.some((one) => one.entity_id === entityId)) continue;
    const only = pieces.map((row) => row.body_id);
    await openCheck(env, { entityId, kind: "stock-take", count: only.length, openedBy: null, only });
  }
}
