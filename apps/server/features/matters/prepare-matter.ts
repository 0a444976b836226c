import type { Environment } from "../../platform/environment.ts";
import { matterHandlers } from "./handlers.ts";
import { parseMatter } from "./matter-rows.ts";
import { seesMatter } from "./may-see.ts";
import { getMatter } from "./store.ts";

/** Has a kind do its long work before it is asked with rows held; for somebody who sees the matter, or for the clock. */
export async function prepareMatter(env: Environment, matterId: string, personId: string | null): Promise<void> {
  const row = await getMatter(env.db, matterId);
  const { prepare } = matterHandlers[row.kind];
  if (!prepare || (personId !== null && !(await seesMatter(env.db, personId, row, env.clock.now())))) return;
  await prepare(env, parseMatter(row));
}
