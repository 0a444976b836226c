import type { KeyObject } from "node:crypto";
import type { Environment } from "../../platform/environment.ts";
import { presentBox, startBox } from "./box.ts";
import { confirmController } from "./enrol.ts";
import { registerController } from "./service.ts";

/** A box that two people enrolled, as it runs. */
export async function enrolInTest(
  env: Environment,
  by: {
    readonly entityId: string;
    readonly first: string;
    readonly second: string;
    readonly serial: string;
    readonly containerId?: string;
  },
): Promise<
  { controllerId: string; privateKey: KeyObject; publicKey: KeyObject } & Awaited<ReturnType<typeof startBox>>
> {
  const { controllerId, pairingCode } = await registerController(env, by.first, {
    ...{ entityId: by.entityId, serial: by.serial, model: "S1", containerId: by.containerId ?? null },
    name: { en: `Box ${by.serial}`, zh: `设备 ${by.serial}` },
  });
  const presented = await presentBox(env, { serial: by.serial, pairingCode });
  await confirmController(env, by.second, controllerId, presented.comparisonCode);
  return { controllerId, ...presented.keys, ...(await startBox(env, presented)) };
}
