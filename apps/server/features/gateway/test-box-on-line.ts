import { generateKeyPairSync, sign } from "node:crypto";
import type { ApiCall } from "@chancery/api/client";
import { encodePem } from "@chancery/pki";
import { type Controller, composeComparisonCode, webCrypto } from "@chancery/seallink";
import { SimulatedBox } from "@chancery/seallink/simulator";
import type { MqttClient } from "mqtt";
import { redPicture } from "../../platform/test-picture.ts";
import { until } from "../../platform/test-until.ts";
import { composePresentation } from "../controllers/box.ts";
import { attachBox, connectDevice } from "./test-device.ts";

/** A simulated box that was enrolled over the API and speaks with the gateway over TLS of both sides. */
export interface BoxOnLine {
  readonly controllerId: string;
  readonly box: SimulatedBox;
  readonly controller: Controller;
  /** Waits until it has what a request is authorised for, and chooses it on its screen. */
  choose(requestId: string): Promise<void>;
  /** Waits until an order has come down, and carries it out with these fingers. */
  carryOut(handles: readonly [string, string]): Promise<void>;
  /** Sends the photos it has taken, as a box does when it has a network. */
  sendPhotos(): Promise<void>;
  close(): Promise<void>;
}

/** Registers a box as one person, confirms it as another, and connects it. */
export async function putOnLine(
  origin: string,
  by: { readonly first: ApiCall; readonly second: ApiCall },
  wanted: { readonly entityId: string; readonly containerId: string; readonly serial: string; readonly zh: string },
): Promise<BoxOnLine> {
  const keys = generateKeyPairSync("ed25519");
  const { controllerId, pairingCode } = await by.first("POST /v1/controllers", {
    body: {
      ...{ entityId: wanted.entityId, containerId: wanted.containerId, serial: wanted.serial, model: "S1" },
      name: { en: `Box ${wanted.serial}`, zh: wanted.zh },
    },
  });
  const presented = composePresentation({ serial: wanted.serial, pairingCode, keys });
  const { ticket, platformKey } = await by.first("POST /v1/controller-enrolments", { body: presented });
  const comparisonCode = await composeComparisonCode(webCrypto, {
    request: Buffer.from(presented.request, "base64"),
    platformKey: Buffer.from(platformKey, "base64"),
    pairingCode: pairingCode.toUpperCase().replaceAll(/[\s-]/g, ""),
  });
  await by.second("POST /v1/controllers/:controllerId/confirmation", {
    params: { controllerId },
    body: { comparisonCode },
  });
  const { answer } = await by.first("GET /v1/controller-enrolments/:ticket", { params: { ticket } });
  const { cert, ca, urls } = JSON.parse(answer ?? "{}") as { cert: string; ca: string; urls: string[] };
  const pem = (text: string): string => encodePem("CERTIFICATE", Buffer.from(text, "base64url"));
  const box = new SimulatedBox({
    signer: { kid: `${controllerId}-1`, alg: "EdDSA", sign: (message) => sign(null, message, keys.privateKey) },
    rtc: Date.now(),
  });
  let photos = 60_000;
  box.photograph = () => {
    photos += 1;
    return new Uint8Array(redPicture(photos));
  };
  const controller = await box.start();
  const enrolled = await controller.enrol(answer ?? "");
  if (!enrolled.ok) throw new Error(enrolled.code);
  const key = keys.privateKey.export({ format: "pem", type: "pkcs8" });
  const identity = { controllerId, cert: pem(cert), ca: pem(ca), key };
  const port = Number(new URL(urls[0] ?? "").port);
  const client = await until(
    () => connectDevice(port, identity).catch(() => null),
    (one) => one !== null,
  );
  if (client === null) throw new Error("the gateway lets the box in");
  await client.publishAsync(
    `seal/v1/${controllerId}/up/presence`,
    JSON.stringify({ s: "online", sid: "e2e", fw: "1.0.0", ep: 1, seq: 1, bat: 90, net: "wifi" }),
    { qos: 1, retain: true },
  );
  await attachBox({ ...identity, box, controller }, client);
  return {
    ...{ controllerId, box, controller },
    choose: async (requestId) => {
      const token = await until(
        () => controller.view().tokens.find(({ claims }) => claims.sub === requestId),
        (one) => one !== undefined,
        20_000,
      );
      const chosen = await controller.choose(token?.claims.jti ?? "");
      if (!chosen.ok) throw new Error(chosen.code);
    },
    carryOut: async (handles) => {
      await until(
        () => controller.view().order,
        (order) => order != null,
        20_000,
      );
      for (const handle of handles) {
        const shown = await controller.present(handle);
        if (!shown.ok) throw new Error(`${handle}: ${shown.code}`);
      }
    },
    sendPhotos: () => sendPhotos(origin, controllerId, box, client),
    close: async () => {
      await client.endAsync(true);
    },
  };
}

/** Asks over the line for a ticket for each photo, and sends it where the box was enrolled. */
async function sendPhotos(origin: string, controllerId: string, box: SimulatedBox, client: MqttClient): Promise<void> {
  for (const [hash, bytes] of [...box.pictures]) {
    const asked = new Promise<string | null>((resolve) => {
      const hear = (topic: string, payload: Buffer): void => {
        if (!topic.endsWith("/down/res") && !topic.endsWith("/down/ack")) return;
        const text = payload.toString();
        const ticket = text.startsWith("{") ? (JSON.parse(text) as { h?: string; ticket?: string }) : null;
        if (ticket === null ? !text.includes(".") : ticket.h !== hash) return;
        if (ticket === null) return;
        client.off("message", hear);
        resolve(ticket.ticket ?? null);
      };
      client.on("message", hear);
    });
    client.publish(`seal/v1/${controllerId}/up/req`, JSON.stringify({ id: "b1", m: "blob", p: { h: hash } }), {
      qos: 1,
    });
    const ticket = await asked;
    if (ticket === null) continue;
    const form = new FormData();
    form.set("file", new Blob([new Uint8Array(bytes)]), "part");
    const sent = await fetch(`${origin}/v1/controller-photos/${ticket}/parts?part=0`, { method: "POST", body: form });
    if (!sent.ok) throw new Error(await sent.text());
    // What arrived is answered without a ticket: it is not asked for again.
    box.pictures.delete(hash);
  }
}
