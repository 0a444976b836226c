import { listEarlyReturnRefusals, type Role, refuse } from "@chancery/domain";
import { sql } from "kysely";
import { z } from "zod";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { askToUnfreeze, endForcedHandovers, listForced } from "../custody/forced-handover-tasks.ts";
import { askBackAgain } from "../delegations/follow-steps.ts";
import { closeDelegation } from "../delegations/service.ts";
import { type MatterActor, type MatterHandler, matterHandler } from "../matters/matter-handler.ts";
import type { MatterRow } from "../matters/store.ts";
import { lockSeals } from "../seals/store.ts";
import { checkSeparationIn } from "../separation/prove.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readAbsences } from "./absences.ts";
import { dayIn, readGrantsInForce } from "./read-grants.ts";
import { readSealsOfRecord } from "./seals-of-record.ts";

/** Who may ask for somebody's leave says, too, that it has ended. */
const asksForLeave: readonly Role[] = ["seal-administrator", "system-administrator"];

async function todayOf(reader: Reader, env: Environment, row: MatterRow): Promise<string> {
  return dayIn((await readPlaceInTime(reader, row.entity_id)).timeZone, env.clock.now());
}

/**
 * Leave ends before its last day (C11, C12): on the first day back, which is the day the matter takes effect. Who stood
 * in for these days no longer does, open steps are asked of him again, and the proof is asked anew.
 */
export const leaveEnd: MatterHandler = matterHandler<Record<string, never>>({
  data: z.object({}).strict(),
  subjects: ({ row }) => [`leave-end:${row.person_id}`],
  check: async (tx, env, { row }) => {
    // Approved, it has ended the leave already, as everything that asks for leave reads it.
    if (row.state === "approved") return [];
    const today = await todayOf(tx, env, row);
    const leaves = (await readAbsences(tx, [row.person_id ?? ""])).filter((one) => one.entityId === row.entity_id);
    const grants = await readGrantsInForce(tx, env.clock.now(), { personId: row.asked_by, entityId: row.entity_id });
    const may = row.asked_by === row.person_id || grants.some((grant) => asksForLeave.includes(grant.role));
    return [
      ...(may ? [] : [refuse("person.return-of-another", {}, "C11")]),
      ...listEarlyReturnRefusals(leaves, row.effective_on ?? today, today),
    ];
  },
  ends: (tx, { row }) => listOpenHandovers(tx, row.person_id ?? ""),
  carryOut: async (tx, env, { row }, actor) => {
    const backOn = row.effective_on ?? (await todayOf(tx, env, row));
    await endDelegationsOfLeave(tx, env, row, backOn, actor);
    await askBackAgain(tx, env, row.person_id ?? "");
    await giveSealsBack(tx, env, row, actor);
    await checkSeparationIn(tx, env, actor.personId);
  },
});

/** The days for which others stood in end with the leave; what he gave them for longer he ends himself. */
async function endDelegationsOfLeave(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  backOn: string,
  actor: MatterActor,
): Promise<void> {
  const personId = row.person_id ?? "";
  const leaves = await tx
    .selectFrom("matters")
    .select("data")
    .where("kind", "=", "person-leave")
    .where("state", "in", ["approved", "done"])
    .where("person_id", "=", personId)
    .execute();
  const lastDays = leaves.map(({ data }) => (data as { untilOn?: string }).untilOn ?? "");
  const lastDay = lastDays.filter((day) => day >= backOn).toSorted()[0];
  if (lastDay === undefined) return;
  const rows = await tx
    .selectFrom("delegations")
    .selectAll()
    .where("delegator_id", "=", personId)
    .where("ended_at", "is", null)
    .where("to_on", ">=", backOn)
    .where("to_on", "<=", lastDay)
    .orderBy("delegation_id")
    .forUpdate()
    .execute();
  for (const delegation of rows)
    await closeDelegation(tx, env, delegation, { cause: "ended", actorId: actor.personId, reason: row.reason });
}

/** A seal that nobody took over is frozen: it is not to be handed over for him any more, but looked at and unfrozen. */
async function giveSealsBack(tx: Tx, env: Environment, row: MatterRow, actor: MatterActor): Promise<void> {
  const personId = row.person_id ?? "";
  const seals = await lockSeals(tx, await readSealsOfRecord(tx, personId));
  const sealIds = seals.map((seal) => seal.seal_id);
  const forced = await listForced(tx, personId, sealIds, null);
  const note = row.number === null ? {} : { note: row.number };
  await endForcedHandovers(tx, env, { personId, sealIds }, { state: "cancelled", actorId: actor.personId, ...note });
  const kept = seals.filter((seal) => forced.includes(seal.seal_id));
  await askToUnfreeze(tx, env, kept, { matterId: row.matter_id, actorId: actor.personId });
}

/** Handovers that were opened because he was away, and wait for their people still. */
async function listOpenHandovers(tx: Tx, personId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom("matters")
    .select("matter_id")
    .where("kind", "=", "handover")
    .where("state", "in", ["in-review", "approved"])
    .where(sql<boolean>`data->>'transferorId' = ${personId} and data->>'cause' = 'leave'`)
    .execute();
  return rows.map((matter) => matter.matter_id);
}
