import { sign } from "node:crypto";
import type { Signer } from "@chancery/seallink";
import type { Environment } from "../../platform/environment.ts";
import { type BoxKeys, presentBox } from "./box.ts";
import { confirmController, readEnrolment } from "./enrol.ts";
import { registerController } from "./service.ts";

/** A controller enrolled by two people: its answer, and its key as the simulated box signs with it. */
export async function enrolInTest(
  env: Environment,
  by: { readonly entityId: string; readonly first: string; readonly second: string; readonly serial: string },
): Promise<{ controllerId: string; answer: string; signer: Signer; keys: BoxKeys }> {
  const { controllerId, pairingCode } = await registerController(env, by.first, {
    ...{ entityId: by.entityId, serial: by.serial, model: "S1", containerId: null },
    name: { en: `Box ${by.serial}`, zh: `设备 ${by.serial}` },
  });
  const box = await presentBox(env, { serial: by.serial, pairingCode });
  await confirmController(env, by.second, controllerId, box.comparisonCode);
  const { answer } = await readEnrolment(env, box.ticket);
  const signer: Signer = {
    ...{ kid: `${controllerId}-1`, alg: "EdDSA" },
    sign: (message) => sign(null, message, box.keys.privateKey),
  };
  return { controllerId, answer: answer ?? "", signer, keys: box.keys };
}
