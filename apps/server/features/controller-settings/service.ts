import { type BoxSettings, decideBoxSettings, listSettingsDecisionRefusals, refuse } from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { askAuthority } from "../authority/ask.ts";
import { lockController, refuseOfCloud } from "../controllers/service.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readDesired, settingsOf } from "./read-settings.ts";

/**
 * Asks for a change of a controller's settings. What only makes it more comfortable holds at once; what limits, detects or proves
 * anything waits for a second person (C18).
 */
export async function askBoxSettings(
  env: Environment,
  personId: string,
  controllerId: string,
  { wanted, reason }: { readonly wanted: BoxSettings; readonly reason: string },
): Promise<{ readonly state: "waiting" | "agreed" }> {
  return transact(env.db, async (tx) => {
    await lockEnrolled(tx, env, personId, controllerId);
    const { settings: before } = await readDesired(tx, controllerId);
    const waiting = await readWaiting(tx, controllerId);
    const decided = decideBoxSettings({ before, wanted, waits: waiting !== undefined });
    if (!decided.ok) throw refusedBy(decided.refusals);
    const [change] = decided.events;
    if (!change) throw new Error("a change that is allowed says what it is");
    const at = env.clock.now();
    const changeId = newId("bsc", at);
    await tx
      .insertInto("controller_setting_changes")
      .values({
        ...{ change_id: changeId, controller_id: controllerId, desired: JSON.stringify(wanted) },
        ...{ changed: [...change.changed], guarded: change.guarded, reason, state: "waiting" },
        ...{ asked_by: personId, asked_at: new Date(at) },
      })
      .execute();
    await recordEvent(tx, env, {
      ...{ type: "ControllerSettingsAsked", actorId: personId, comment: reason },
      facts: {
        ...{ controller: controllerId, change: changeId, changed: change.changed.join(" "), guarded: change.guarded },
        ...{ before: JSON.stringify(before), wanted: JSON.stringify(wanted) },
      },
    });
    if (!change.guarded) await agree(tx, env, { personId, controllerId, changeId });
    return { state: change.guarded ? "waiting" : "agreed" };
  });
}

/** Agrees to the change that waits, or declines it. */
export async function decideBoxSettingsChange(
  env: Environment,
  personId: string,
  controllerId: string,
  { changeId, confirm }: { readonly changeId: string; readonly confirm: boolean },
): Promise<void> {
  await transact(env.db, async (tx) => {
    await lockEnrolled(tx, env, personId, controllerId);
    const change = await readWaiting(tx, controllerId);
    if (change?.change_id !== changeId) throw problems.changedMeanwhile();
    const refusals = listSettingsDecisionRefusals({ personId, askedBy: change.asked_by, agree: confirm });
    if (refusals.length > 0) throw refusedBy(refusals);
    if (confirm) return agree(tx, env, { personId, controllerId, changeId });
    await tx
      .updateTable("controller_setting_changes")
      .set({ state: "declined", decided_by: personId, decided_at: new Date(env.clock.now()) })
      .where("change_id", "=", changeId)
      .execute();
    await recordEvent(tx, env, {
      ...{ type: "ControllerSettingsDeclined", actorId: personId },
      facts: { controller: controllerId, change: changeId },
    });
  });
}

async function lockEnrolled(tx: Tx, env: Environment, personId: string, controllerId: string): Promise<void> {
  const row = await lockController(tx, env, personId, controllerId, "manages");
  await refuseOfCloud(tx, controllerId);
  if (row.state !== "enrolled") throw refusedBy([refuse("controller.not-now", { controllerState: row.state }, "C18")]);
}

const readWaiting = (tx: Tx, controllerId: string) =>
  tx
    .selectFrom("controller_setting_changes")
    .selectAll()
    .where("controller_id", "=", controllerId)
    .where("state", "=", "waiting")
    .forUpdate()
    .executeTakeFirst();

async function agree(
  tx: Tx,
  env: Environment,
  { personId, controllerId, changeId }: { personId: string; controllerId: string; changeId: string },
): Promise<void> {
  const { version: last } = await readDesired(tx, controllerId);
  const now = new Date(env.clock.now());
  const version = last + 1;
  const changed = await tx
    .updateTable("controller_setting_changes")
    .set({ state: "agreed", decided_by: personId, decided_at: now, version })
    .where("change_id", "=", changeId)
    .returning("desired")
    .executeTakeFirstOrThrow();
  // It differs from now on, until the box says that it took them.
  await tx
    .updateTable("controller_twins")
    .set((eb) => ({ differs_since: eb.fn.coalesce("differs_since", eb.val(now)) }))
    .where("controller_id", "=", controllerId)
    .execute();
  await recordEvent(tx, env, {
    ...{ type: "ControllerSettingsAgreed", actorId: personId },
    facts: { controller: controllerId, change: changeId, version, wanted: JSON.stringify(settingsOf(changed.desired)) },
  });
  await askAuthority(tx, env, { kind: "settings", changeId, controllerId, askedBy: personId });
}
