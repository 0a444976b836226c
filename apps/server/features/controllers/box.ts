import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { readPairingCode } from "@chancery/domain";
import { makeCertificateRequest } from "@chancery/pki";
import { type Controller, composeComparisonCode, type Signer, webCrypto } from "@chancery/seallink";
import { SimulatedBox } from "@chancery/seallink/simulator";
import type { RouteInput } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { presentController, readEnrolment } from "./enrol.ts";
import { nodeCrypto } from "./node-crypto.ts";

export interface BoxKeys {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** What a box sends when it presents its code: the box's side of an enrolment, for the sample and for tests. */
export function composePresentation(box: {
  readonly serial: string;
  readonly pairingCode: string;
  readonly keys: BoxKeys;
}): RouteInput<"POST /v1/controller-enrolments">["body"] {
  const request = makeCertificateRequest({ commonName: box.serial, key: box.keys.privateKey });
  if (!request.ok) throw new Error(request.detail);
  return {
    ...{ serial: box.serial, model: "S1", pairingCode: box.pairingCode, firmware: "1.0.0", counters: [0] },
    request: Buffer.from(request.value).toString("base64"),
  };
}

/** Presents a box, and answers the six digits that it shows then. */
export async function presentBox(
  env: Environment,
  box: { readonly serial: string; readonly pairingCode: string; readonly keys?: BoxKeys },
): Promise<{ ticket: string; comparisonCode: string; keys: BoxKeys }> {
  const keys = box.keys ?? generateKeyPairSync("ed25519");
  const body = composePresentation({ ...box, keys });
  const { ticket, platformKey } = await presentController(env, body);
  const comparisonCode = await composeComparisonCode(webCrypto, {
    request: Buffer.from(body.request, "base64"),
    platformKey: Buffer.from(platformKey, "base64"),
    // A box reads what was typed as the platform does.
    pairingCode: readPairingCode(box.pairingCode) ?? "",
  });
  return { ticket, comparisonCode, keys };
}

/** The box that was presented with this ticket and confirmed since, as it runs: its journal has begun. */
export async function startBox(
  env: Environment,
  presented: { readonly ticket: string; readonly keys: BoxKeys },
): Promise<{ answer: string; signer: Signer; box: SimulatedBox; controller: Controller }> {
  const { answer } = await readEnrolment(env, presented.ticket);
  if (answer === null) throw new Error("nobody has confirmed this box");
  const { dev } = JSON.parse(answer) as { dev: string };
  const signer: Signer = {
    ...{ kid: `${dev}-1`, alg: "EdDSA" },
    sign: (message) => sign(null, message, presented.keys.privateKey),
  };
  const box = new SimulatedBox({ signer, crypto: nodeCrypto, rtc: env.clock.now() });
  const controller = await box.start();
  const enrolled = await controller.enrol(answer);
  if (!enrolled.ok) throw new Error(`the box refuses its enrolment: ${enrolled.code}`);
  return { answer, signer, box, controller };
}
