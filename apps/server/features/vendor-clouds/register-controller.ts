import { refuse } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { sameSecret } from "../../platform/own-site.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { lockController, moveController, requireContainer } from "../controllers/service.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { lockCloud } from "./clouds.ts";

/** Entries of the number on the plate before the controller is given up. */
const tries = 3;

export interface VendorControllerToRegister {
  readonly cloudId: string;
  /** As the cloud names it, and as it stands on the plate. */
  readonly deviceNo: string;
  readonly model: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly containerId: string;
}

/** Registers a controller of a cloud; a second person who stands before it confirms it. */
export async function registerVendorController(
  env: Environment,
  personId: string,
  wanted: VendorControllerToRegister,
): Promise<{ controllerId: string }> {
  return transact(env.db, async (tx) => {
    const cloud = await lockCloud(tx, env, personId, wanted.cloudId, "manages");
    if (cloud.state !== "in-use") throw refusedBy([refuse("vendor.not-in-use", {}, "C18")]);
    await requireContainer(tx, { entityId: cloud.entity_id, containerId: wanted.containerId });
    const now = env.clock.now();
    const controllerId = newId("ctl", now);
    const made = await tx
      .insertInto("controllers")
      .values({
        ...{ controller_id: controllerId, entity_id: cloud.entity_id, serial: wanted.deviceNo, model: wanted.model },
        ...{ name_en: wanted.name.en, name_zh: wanted.name.zh, container_id: wanted.containerId },
        ...{ state: "awaiting-confirmation", registered_by: personId, registered_at: new Date(now) },
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows !== 1n)
      throw refusedBy([refuse("controller.serial-there", { serial: wanted.deviceNo }, "C18")]);
    await tx
      .insertInto("vendor_controllers")
      .values({ controller_id: controllerId, cloud_id: wanted.cloudId, device_no: wanted.deviceNo, tries_left: tries })
      .execute();
    await recordEvent(tx, env, {
      ...{ type: "ControllerRegistered", actorId: personId },
      facts: {
        ...{ controller: controllerId, serial: wanted.deviceNo, model: wanted.model, container: wanted.containerId },
        cloud: wanted.cloudId,
      },
    });
    return { controllerId };
  });
}

/**
 * A second person types the number that stands on the box. It is not shown here until then, so that nobody confirms without having
 * stood before it; three other numbers end it.
 */
export async function confirmVendorController(
  env: Environment,
  personId: string,
  controllerId: string,
  deviceNo: string,
): Promise<void> {
  const left = await transact(env.db, async (tx) => {
    const row = await lockController(tx, env, personId, controllerId, "manages");
    const own = await tx
      .selectFrom("vendor_controllers")
      .selectAll()
      .where("controller_id", "=", controllerId)
      .executeTakeFirst();
    if (!own) throw problems.notFound();
    if (row.registered_by === personId) throw refusedBy([refuse("controller.confirm-self", {}, "C18")]);
    if (row.state !== "awaiting-confirmation")
      throw refusedBy([refuse("controller.not-now", { controllerState: row.state }, "C18")]);
    const change = (values: { tries_left: number } | { confirmed_by: string; confirmed_at: Date }) =>
      tx.updateTable("vendor_controllers").set(values).where("controller_id", "=", controllerId).execute();
    const now = new Date(env.clock.now());
    if (sameSecret(deviceNo, own.device_no)) {
      await change({ confirmed_by: personId, confirmed_at: now });
      await moveController(tx, row, "confirm");
      await recordEvent(tx, env, {
        ...{ type: "ControllerEnrolled", actorId: personId },
        facts: { controller: controllerId, cloud: own.cloud_id },
      });
      return null;
    }
    await change({ tries_left: own.tries_left - 1 });
    if (own.tries_left === 1) {
      const revocation_reason = "Another number stands on the box / 设备铭牌编号不符";
      await moveController(tx, row, "revoke", { revoked_by: personId, revoked_at: now, revocation_reason });
      await recordEvent(tx, env, {
        ...{ type: "ControllerDeclined", actorId: personId },
        facts: { controller: controllerId, digitsDiffered: true },
      });
    }
    return own.tries_left - 1;
  });
  if (left !== null) throw refusedBy([refuse("vendor.number-differs", { left }, "C18")]);
}
