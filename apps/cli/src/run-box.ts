import { createPrivateKey, randomUUID, sign, X509Certificate } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { encodePem } from "@chancery/pki";
import type { Controller } from "@chancery/seallink";
import { SimulatedBox } from "@chancery/seallink/simulator";
import mqtt, { type MqttClient } from "mqtt";
import type { BoxState } from "./box-state.ts";
import { CommandFailure, type CommandOutput, exitCodes } from "./command.ts";
import { drawPhoto } from "./draw-photo.ts";
import { obey } from "./obey.ts";
import { composeRenewal, isDue, takeCertificate } from "./renew-certificate.ts";

export interface Faults {
  /** Records to write in this run. */
  readonly records: number;
  /** Shares of messages that are sent twice, and that are lost on the way. */
  readonly duplicate: number;
  readonly drop: number;
  /** The line breaks after so many records; 0: never. */
  readonly reconnect: number;
  /** Share of presses at which the drive does something else than it should. */
  readonly faulty: number;
  /** For how many seconds it carries out orders and presses what it is authorised for; 0: not at all. */
  readonly obey: number;
}

const patience = 30_000;
const again = 500;
/** Of the line that is made anew, in ms. */
const [firstDelay, longestDelay]: readonly [number, number] = [1000, 60_000];

/** One after the other: what comes down to a box, and its starts. */
type InTurn = <Value>(work: () => Promise<Value>) => Promise<Value>;

interface Identity {
  readonly dev: string;
  readonly urls?: readonly string[];
  readonly cert: string;
  readonly ca: string;
}

/**
 * Runs a box from what it has kept: connects, writes records, and sends them until they are acknowledged. What it writes is kept
 * before it is sent and before the drive moves, and a line that breaks is made anew.
 */
export async function runBox(
  state: BoxState,
  faults: Faults,
  to: { readonly url: string; readonly output: CommandOutput; readonly keep: (state: BoxState) => void },
) {
  const enrolled = JSON.parse(state.answer) as Identity;
  let identity: Identity = { ...enrolled, cert: state.certificate ?? enrolled.cert };
  const box = new SimulatedBox({ signer: signerOf(state, identity), rtc: Date.now() });
  box.flash = new Map(state.flash);
  box.counters = [...state.counters];
  // What sat in it when the power went sits in it still.
  box.tags = [...(state.tags ?? [])].map((tag) => tag ?? undefined);
  box.photograph = drawPhoto;
  let stale = false;
  box.onStored = () => {
    stale = true;
  };
  const keep = (): void => {
    if (!stale) return;
    stale = false;
    to.keep({
      ...{ ...state, certificate: identity.cert, flash: [...box.flash], counters: box.counters },
      tags: box.tags.map((tag) => tag ?? null),
    });
  };
  box.onStroke = keep;
  // The drive has counted by itself.
  box.onTouch = () => {
    stale = true;
    keep();
  };
  box.randomSource = (size) => crypto.getRandomValues(new Uint8Array(size));
  let controller = await box.start();
  if (state.flash.length === 0) {
    const begun = await controller.enrol(state.answer);
    if (!begun.ok) throw new CommandFailure(exitCodes.failure, `enrolment.${begun.code}: ${begun.detail}`);
  }
  let last: Promise<unknown> = Promise.resolve();
  const inTurn: InTurn = (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  let connections = 0;
  let client: MqttClient | null = null;
  const received: string[] = [];
  const tickets = new Map<string, string>();
  let over = false;
  // Kept first: from its first use on the one before opens nothing any more.
  const takeRenewed = (text: string): void => {
    const next = takeCertificate(text, { ...identity, key: state.key, current: identity.cert });
    if (next === null) return;
    identity = { ...identity, cert: next };
    stale = true;
    keep();
    to.output.out("certificate: renewed");
    // The line is made anew with it.
    client?.end();
  };
  const join = async (): Promise<void> => {
    const before = client;
    client = null;
    await before?.endAsync(true);
    const made = await connect(state, identity, () => controller, {
      ...{ received, tickets, renewed: takeRenewed, inTurn },
    });
    client = made;
    connections += 1;
    if (isDue(new X509Certificate(Buffer.from(identity.cert, "base64url")), Date.now()))
      ask({ id: "c1", m: "csr", p: { r: composeRenewal(state.key, identity.dev) } });
    made.once("close", () => {
      if (client === made && !over) void mend();
    });
  };
  // As long as the gateway is away: after a second, then ever later, each box at another moment.
  const mend = async (): Promise<void> => {
    for (let delay = firstDelay; !over; delay = Math.min(2 * delay, longestDelay)) {
      await wait(delay * (0.5 + Math.random() / 2), undefined, { ref: false });
      if (over) return;
      const joined = await join().then(
        () => true,
        () => false,
      );
      if (joined) return void (await controller.connected());
    }
  };
  const ask = (message: object): void =>
    void client?.publish(`seal/v1/${identity.dev}/up/req`, JSON.stringify(message), { qos: 1 });
  box.onSend = (message) => {
    if (message.kind === "twin") {
      const report = JSON.stringify(message.report);
      client?.publish(`seal/v1/${identity.dev}/up/twin`, report, { qos: 1, retain: true });
      return;
    }
    if (message.kind !== "records") {
      ask({ id: "r1", m: message.m, p: message.p });
      return;
    }
    keep();
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
    // What is on its way to it is taken before its power goes: two that write would be a box that was copied.
    controller = await inTurn(() => box.start());
    if (faults.reconnect > 0 && at % faults.reconnect === 0) await join();
    await controller.connected();
  }
  if (faults.obey > 0) {
    const sendPhotos = () => sendOwed(box, tickets, to.url, (h) => ask({ id: "b1", m: "blob", p: { h } }));
    await controller.connected();
    await obey(
      { box, controller: () => controller, output: to.output, received, sendPhotos, faulty: faults.faulty },
      faults.obey,
    );
  }
  const end = Date.now() + patience;
  while (controller.view().acked < controller.view().seq && Date.now() < end) {
    await wait(again);
    await controller.connected();
  }
  const { seq, acked } = controller.view();
  over = true;
  keep();
  await (client as MqttClient | null)?.endAsync();
  return { controllerId: identity.dev, records: seq, acknowledged: acked, connections };
}

/** Sends the photos it has a ticket for, and asks for tickets for the others; those that arrived it lets go of by itself. */
async function sendOwed(
  box: SimulatedBox,
  tickets: Map<string, string>,
  url: string,
  ask: (hash: string) => void,
): Promise<void> {
  for (const [hash, bytes] of box.pictures) {
    const ticket = tickets.get(hash);
    if (ticket === undefined) {
      ask(hash);
      continue;
    }
    tickets.delete(hash);
    const form = new FormData();
    form.set("file", new Blob([new Uint8Array(bytes)]), "part");
    await fetch(`${url}/v1/controller-photos/${ticket}/parts?part=0`, { method: "POST", body: form });
  }
}

function signerOf(state: BoxState, { dev }: Identity) {
  const key = createPrivateKey(state.key);
  return { kid: `${dev}-1`, alg: "EdDSA" as const, sign: (message: Uint8Array) => sign(null, message, key) };
}

/** Connects with the box's certificate, says that it is there, and lets what comes down reach it. */
async function connect(
  state: BoxState,
  identity: Identity,
  box: () => Controller,
  heard: { received: string[]; tickets: Map<string, string>; renewed: (certificate: string) => void; inTurn: InTurn },
): Promise<MqttClient> {
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
    if (text.startsWith("{")) {
      const { h, ticket, m, cert } = JSON.parse(text) as { h?: string; ticket?: string; m?: string; cert?: string };
      if (m === "csr" && cert !== undefined) heard.renewed(cert);
      if (h !== undefined && ticket !== undefined) heard.tickets.set(h, ticket);
      return;
    }
    heard.received.push(text);
    void heard.inTurn(() => box().receive(text));
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
