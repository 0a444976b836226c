import type { KeyObject } from "node:crypto";
import { encodePem } from "@chancery/pki";
import type { Controller } from "@chancery/seallink";
import type { SimulatedBox } from "@chancery/seallink/simulator";
import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import type { Environment } from "../../platform/environment.ts";
import { enrolInTest } from "../controllers/test-controllers.ts";

/** How a device reaches its broker: its certificate and key, and the authority it pins. */
export interface DeviceIdentity {
  readonly controllerId: string;
  readonly cert: string;
  readonly key: string | Buffer;
  readonly ca: string;
}

export interface TestDevice extends DeviceIdentity {
  readonly box: SimulatedBox;
  readonly controller: Controller;
  readonly privateKey: KeyObject;
}

/** A box that two people enrolled, with its first records written and nothing connected. */
export async function enrolDevice(env: Environment, by: Parameters<typeof enrolInTest>[1]): Promise<TestDevice> {
  const { controllerId, answer, privateKey, box, controller } = await enrolInTest(env, by);
  const { cert, ca } = JSON.parse(answer) as { cert: string; ca: string };
  const pem = (text: string): string => encodePem("CERTIFICATE", Buffer.from(text, "base64url"));
  const key = privateKey.export({ format: "pem", type: "pkcs8" });
  return { controllerId, cert: pem(cert), ca: pem(ca), key, privateKey, box, controller };
}

/** Connects with this identity; `change` makes it another one's. Rejects where the broker lets nobody in. */
export async function connectDevice(
  port: number,
  device: DeviceIdentity,
  change: IClientOptions = {},
): Promise<MqttClient> {
  const client = mqtt.connect(`mqtts://127.0.0.1:${port}`, {
    ...{ clientId: device.controllerId, cert: device.cert, key: device.key, ca: device.ca, clean: true },
    ...{ protocolVersion: 4, reconnectPeriod: 0, connectTimeout: 3000, ...change },
  });
  await new Promise<void>((resolve, reject) => {
    client.once("connect", () => resolve());
    client.once("error", reject);
    client.once("close", () => reject(new Error("closed before it was let in")));
  });
  client.on("error", () => undefined);
  return client;
}

/** Lets a box speak through a connection: what it writes goes up, what the platform signs comes down. */
export async function attachBox(device: Omit<TestDevice, "privateKey">, client: MqttClient): Promise<void> {
  const { controllerId, box, controller } = device;
  const up = `seal/v1/${controllerId}/up`;
  box.onSend = (message) => {
    if (message.kind === "records") client.publish(`${up}/rec`, message.texts.join("\n"), { qos: 1 });
    else if (message.kind === "twin")
      client.publish(`${up}/twin`, JSON.stringify(message.report), { qos: 1, retain: true });
    else client.publish(`${up}/req`, JSON.stringify({ id: "r1", m: message.m, p: message.p }), { qos: 1 });
  };
  client.on("message", (topic, payload) => {
    // Answers that nobody signed, such as tickets, are not for its core.
    const text = payload.toString();
    if (topic.startsWith(`seal/v1/${controllerId}/down/`) && !text.startsWith("{")) void controller.receive(text);
  });
  await client.subscribeAsync(`seal/v1/${controllerId}/down/#`, { qos: 1 });
  await controller.connected();
}
