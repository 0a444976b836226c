import { createPrivateKey, randomUUID, sign } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { encodePem } from "@chancery/pki";
import type { Controller } from "@chancery/seallink";
import { SimulatedBox } from "@chancery/seallink/simulator";
import mqtt, { type MqttClient } from "mqtt";
import type { BoxState } from "./box-state.ts";
import { CommandFailure, exitCodes } from "./command.ts";

export interface Faults {
  /** Records to write in this run. */
  readonly records: number;
  /** Shares of messages that are sent twice, and that are lost on the way. */
  readonly duplicate: number;
  readonly drop: number;
  /** The line breaks after so many records; 0: never. */
  readonly reconnect: number;
}

const patience = 30_000;
const again = 500;

interface Identity {
  readonly dev: string;
  readonly urls?: readonly string[];
  readonly cert: string;
  readonly ca: string;
}

/** Runs a box from what it has kept: connects, writes records, and sends them until they are acknowledged. */
export async function runBox(state: BoxState, faults: Faults) {
  const identity = JSON.parse(state.answer) as Identity;
  const box = new SimulatedBox({ signer: signerOf(state, identity), rtc: Date.now() });
  box.flash = new Map(state.flash);
  box.counters = [...state.counters];
  box.randomSource = (size) => crypto.getRandomValues(new Uint8Array(size));
  let controller = await box.start();
  if (state.flash.length === 0) {
    const enrolled = await controller.enrol(state.answer);
    if (!enrolled.ok) throw new CommandFailure(exitCodes.failure, `enrolment.${enrolled.code}: ${enrolled.detail}`);
  }
  let connections = 0;
  let client: MqttClient | null = null;
  const join = async (): Promise<void> => {
    await client?.endAsync(true);
    client = await connect(state, identity, () => controller);
    connections += 1;
  };
  box.onSend = (message) => {
    if (message.kind !== "records") return;
    const send = (): void =>
      void client?.publish(`seal/v1/${identity.dev}/up/rec`, message.texts.join("\n"), { qos: 1 });
    if (Math.random() >= faults.drop) send();
    if (Math.random() < faults.duplicate) send();
  };
  await join();
  for (let at = 1; at <= faults.records; at += 1) {
    const now = Date.now();
    box.wait(now - (box.rtc ?? now));
    // A start writes a record, and is no cause for alarm.
    controller = await box.start();
    if (faults.reconnect > 0 && at % faults.reconnect === 0) await join();
    await controller.connected();
  }
  const end = Date.now() + patience;
  while (controller.view().acked < controller.view().seq && Date.now() < end) {
    await wait(again);
    await controller.connected();
  }
  const { seq, acked } = controller.view();
  await (client as MqttClient | null)?.endAsync();
  return {
    ...{ controllerId: identity.dev, records: seq, acknowledged: acked, connections },
    state: { ...state, flash: [...box.flash], counters: box.counters },
  };
}

function signerOf(state: BoxState, { dev }: Identity) {
  const key = createPrivateKey(state.key);
  return { kid: `${dev}-1`, alg: "EdDSA" as const, sign: (message: Uint8Array) => sign(null, message, key) };
}

/** Connects with the box's certificate, says that it is there, and lets what comes down reach it. */
async function connect(state: BoxState, identity: Identity, box: () => Controller): Promise<MqttClient> {
  const { dev, urls = [] } = identity;
  const [url] = urls;
  if (url === undefined) throw new CommandFailure(exitCodes.failure, "gateway.off: the platform told no address");
  const pem = (text: string): string => encodePem("CERTIFICATE", Buffer.from(text, "base64url"));
  const sid = randomUUID();
  const presence = `seal/v1/${dev}/up/presence`;
  const client = await mqtt
    .connectAsync(
      url,
      {
        ...{ clientId: dev, clean: true, protocolVersion: 4, reconnectPeriod: 0, connectTimeout: 10_000 },
        ...{ key: state.key, cert: pem(identity.cert), ca: pem(identity.ca) },
        will: { topic: presence, payload: Buffer.from(JSON.stringify({ s: "offline", sid })), qos: 1, retain: true },
      },
      false,
    )
    .catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new CommandFailure(exitCodes.unreachable, `gateway.unreachable: ${url}: ${why}`);
    });
  client.on("error", () => undefined);
  client.on("message", (_, payload) => {
    // Answers that nobody signed, such as tickets, are not for its core.
    const text = payload.toString();
    if (!text.startsWith("{")) void box().receive(text);
  });
  await client.subscribeAsync(`seal/v1/${dev}/down/#`, { qos: 1 });
  const { seq, ep } = box().view();
  await client.publishAsync(
    presence,
    JSON.stringify({ s: "online", sid, fw: "1.0.0", ep, seq, bat: 80, net: "simulated" }),
    { qos: 1, retain: true },
  );
  return client;
}
