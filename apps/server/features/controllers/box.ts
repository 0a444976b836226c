import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { readPairingCode } from "@chancery/domain";
import { makeCertificateRequest } from "@chancery/pki";
import { composeComparisonCode, webCrypto } from "@chancery/seallink";
import type { RouteInput } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { presentController } from "./enrol.ts";

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
