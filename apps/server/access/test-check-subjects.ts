import { openCheck } from "../features/checks/open-check.ts";
import type { World } from "./test-world.ts";

/** A storage check of one piece of the own entity that nobody has answered yet. */
export async function openCheckOf(world: World): Promise<{ checkId: string; bodyId: string }> {
  const { bodyId } = await world.subjects.pieceInHand();
  const open = await world.env.db
    .selectFrom("storage_check_items as i")
    .innerJoin("storage_checks as c", "c.check_id", "i.check_id")
    .select("c.check_id")
    .where("i.body_id", "=", bodyId)
    .where("i.answered_at", "is", null)
    .where("c.kind", "=", "storage")
    .executeTakeFirst();
  if (open) return { checkId: open.check_id, bodyId };
  await closeChecks(world, "storage");
  const wanted = { entityId: world.own.entityId, kind: "storage", count: 1, openedBy: null, only: [bodyId] } as const;
  return { checkId: (await openCheck(world.env, wanted)).checkId, bodyId };
}

/** Ends what is open of a kind, so that another one can be opened. */
export async function closeChecks(world: World, kind: "storage" | "surprise"): Promise<void> {
  await world.env.db
    .updateTable("storage_checks")
    .set({ closed_at: new Date(world.env.clock.now()) })
    .where("kind", "=", kind)
    .where("closed_at", "is", null)
    .execute();
}
