import { listPermissions, refuse } from "@chancery/domain";
import type { OrderClaims } from "@chancery/seallink";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { handlesOf } from "../controllers/read-box.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import type { Head, Judged } from "./judge-ask.ts";

/** How long the order waits for its two people at the box, in seconds. */
const life = 24 * 3600;

/** The order with which a box in quarantine begins a new epoch: what two people agreed to, carried out by the two of them (C18). */
export async function judgeReset(tx: Tx, env: Environment, { box, asn, now }: Head, resetId: string): Promise<Judged> {
  const reset = await tx
    .selectFrom("controller_epoch_resets")
    .selectAll()
    .where("reset_id", "=", resetId)
    .where("controller_id", "=", box.controllerId)
    .executeTakeFirst();
  const by = reset ? ([reset.asked_by, reset.decided_by ?? ""] as const) : (["", ""] as const);
  const grants = await readGrantsInForce(tx, env.clock.now(), { entityId: box.entityId });
  const manages = (personId: string): boolean =>
    grants.some((one) => one.personId === personId && listPermissions([one.role]).has("controller.manage"));
  const fit = reset?.state === "agreed" && reset.epoch === box.epoch && box.quarantined && box.enrolled;
  const refusals = [
    ...(fit ? [] : [refuse("epoch.not-quarantined", {}, "C18")]),
    ...(by[0] === by[1] ? [refuse("epoch.second-person", {}, "C11")] : []),
    ...(by.every(manages) ? [] : [refuse("order.not-managing", {}, "C18")]),
    ...(by.every((one) => handlesOf(box, one).length > 0) ? [] : [refuse("order.no-finger", {}, "C18")]),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  const jti = newId("ord", env.clock.now());
  const claims: OrderClaims = {
    ...{ v: 1, aud: box.controllerId, ep: box.epoch, jti, asn, iat: now, nbf: now - 30, exp: now + life },
    by: by.map((personId) => ({ u: personId, cred: handlesOf(box, personId) })),
    // Its last records may be the very ones that are not believed: it does not wait for them to be taken.
    ...{ kind: "reset-epoch", next: box.epoch + 1, force: true },
  };
  return {
    ok: true,
    value: {
      ...{ kind: "order", claims, jti, asn, epoch: box.epoch, requestId: null, sealId: null, bodyId: null, most: null },
      ...{ nbf: claims.nbf, exp: claims.exp, facts: { order: "reset-epoch", reset: resetId, next: box.epoch + 1 } },
    },
  };
}
