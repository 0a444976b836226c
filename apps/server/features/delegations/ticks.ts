import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readAbsentNow } from "../organisation/absences.ts";
import { readDays } from "../organisation/read-grants.ts";
import { leaveAbsentOut } from "./follow-steps.ts";
import { beginDelegation, closeDelegation } from "./service.ts";

/** Who is on leave today is asked for nothing that others may decide: what waited for him is theirs. */
export async function leaveStepsOfAbsent(env: Environment): Promise<void> {
  const absent = await readAbsentNow(env.db, env.clock.now());
  for (const personId of absent) await transact(env.db, (tx) => leaveAbsentOut(tx, env, personId, absent));
}

/** Delegations take force on their first day, and end by themselves after the last one, or with the grant they come from. */
export async function turnDelegations(env: Environment): Promise<void> {
  const dayOf = await readDays(env.db, env.clock.now());
  const open = await env.db
    .selectFrom("delegations as d")
    .innerJoin("grants as g", "g.grant_id", "d.grant_id")
    .select(["d.delegation_id", "d.entity_id", "d.from_on", "d.to_on", "d.begun_at", "g.state", "g.to_on as grant_to"])
    .where("d.ended_at", "is", null)
    .execute();
  for (const one of open) {
    const today = dayOf(one.entity_id);
    const cause =
      one.state !== "given" || (one.grant_to !== null && one.grant_to < today)
        ? "grant-over"
        : one.to_on < today
          ? "days-over"
          : null;
    const begins = one.begun_at === null && one.from_on <= today;
    if (cause === null && !begins) continue;
    await transact(env.db, async (tx) => {
      const row = await tx
        .selectFrom("delegations")
        .selectAll()
        .where("delegation_id", "=", one.delegation_id)
        .where("ended_at", "is", null)
        .forUpdate()
        .executeTakeFirst();
      if (!row) return;
      if (cause) await closeDelegation(tx, env, row, { cause, actorId: null, reason: null });
      else if (row.begun_at === null) await beginDelegation(tx, env, row);
    });
  }
}
