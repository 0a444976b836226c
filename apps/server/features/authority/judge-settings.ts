import { decideBoxSettings, refuse } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { readDesired, settingsOf } from "../controller-settings/read-settings.ts";
import type { Ask } from "./ask.ts";
import type { Head, Judged } from "./judge-ask.ts";

/** Settings are for as long as no newer ones are there; the column wants an end. */
const life = 100 * 365 * 24 * 3600;

/**
 * The settings of a controller (clause 3.11): those that were agreed to, by a second person where they limit, detect or prove anything.
 * What the change changes is told anew from what was signed before it, whatever its row says (C18).
 */
export async function judgeSettings(
  tx: Tx,
  env: Environment,
  { box, asn, now }: Head,
  { changeId }: Ask & { kind: "settings" },
): Promise<Judged> {
  const change = await tx
    .selectFrom("controller_setting_changes")
    .selectAll()
    .where("change_id", "=", changeId)
    .where("controller_id", "=", box.controllerId)
    .executeTakeFirst();
  const version = change?.version ?? null;
  if (change?.state !== "agreed" || version === null)
    return { ok: false, refusals: [refuse("box-settings.unchanged", {}, "C18")] };
  if (!box.enrolled)
    return { ok: false, refusals: [refuse("controller.not-now", { controllerState: "revoked" }, "C18")] };
  const before = await readDesired(tx, box.controllerId, version);
  const decided = decideBoxSettings({ before: before.settings, wanted: settingsOf(change.desired), waits: false });
  if (!decided.ok) return decided;
  if (decided.events.some(({ guarded }) => guarded) && change.decided_by === change.asked_by)
    return { ok: false, refusals: [refuse("box-settings.second-person", {}, "C18")] };
  return {
    ok: true,
    value: {
      kind: "settings",
      claims: { v: 1, aud: box.controllerId, ver: version, desired: settingsOf(change.desired) },
      ...{ jti: newId("twn", env.clock.now()), asn, epoch: box.epoch, requestId: null, sealId: null, bodyId: null },
      ...{ most: null, nbf: now, exp: now + life },
      facts: { version, changed: change.changed.join(" "), agreedBy: change.decided_by },
    },
  };
}
