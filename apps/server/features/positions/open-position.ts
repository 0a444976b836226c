import { jobDescriptionVersion, type Role } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readSettings } from "../settings/read-settings.ts";
import { openTask } from "../tasks/open-task.ts";
import { keepConfirmations, type OwnPosition, positionDigest } from "./confirm.ts";
import { taskForPosition } from "./open-position-task.ts";

/**
 * What a position that was just given waits for: its holder, who is reminded; or nothing, where the organisation asks for
 * no confirmation, or where he confirmed the same role for the same seal, unit or entity before.
 */
export async function openPosition(tx: Tx, env: Environment, personId: string, position: OwnPosition): Promise<void> {
  const { positionConfirmation } = await readSettings(tx, env.clock.now());
  const method =
    positionConfirmation === 0 ? "setting" : (await confirmedBefore(tx, personId, position)) && "as-before";
  if (!method) {
    await openTask(tx, env, taskForPosition({ ...position, personId }));
    return;
  }
  const digest = positionDigest(personId, [position]);
  await keepConfirmations(tx, env, personId, [position], { method, stepUpId: null, digest });
}

async function confirmedBefore(tx: Tx, personId: string, position: OwnPosition): Promise<boolean> {
  const row = await tx
    .selectFrom("position_confirmations as c")
    .innerJoin("grants as g", "g.grant_id", "c.grant_id")
    .select("c.grant_id")
    .where("c.person_id", "=", personId)
    .where("c.description_version", "=", jobDescriptionVersion)
    .where("c.method", "in", ["passkey", "password", "sample"])
    .where("g.role", "=", position.role)
    .where("g.scope_kind", "=", position.scopeKind)
    .where("g.scope_id", "=", position.scopeId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Once the organisation asks for no confirmation, what waited for one waits no more. */
export async function settleWaitingPositions(tx: Tx, env: Environment): Promise<void> {
  const rows = await tx
    .selectFrom("grants as g")
    .leftJoin("position_confirmations as c", "c.grant_id", "g.grant_id")
    .leftJoin("units as u", "u.unit_id", "g.scope_id")
    .leftJoin("seals as s", "s.seal_id", "g.scope_id")
    .selectAll("g")
    .select(["u.entity_id as unit_entity", "s.entity_id as seal_entity"])
    .where("g.state", "=", "given")
    .where("c.grant_id", "is", null)
    .orderBy("g.grant_id")
    .execute();
  for (const [personId, own] of Map.groupBy(rows, (row) => row.person_id)) {
    const positions = own.map((row) => ({
      ...{ grantId: row.grant_id, role: row.role as Role, scopeKind: row.scope_kind, scopeId: row.scope_id },
      ...{ from: row.from_on, to: row.to_on, entityId: row.unit_entity ?? row.seal_entity ?? row.scope_id },
    }));
    const digest = positionDigest(personId, positions);
    await keepConfirmations(tx, env, personId, positions, { method: "setting", stepUpId: null, digest });
  }
}
