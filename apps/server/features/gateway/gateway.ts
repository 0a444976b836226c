import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type Signer, signAck, signTime } from "@chancery/seallink";
import { type IClientOptions, type IPublishPacket, MqttClient, connect as mqttConnect } from "mqtt";
import type pg from "pg";
import { type Config, isLoopbackHost } from "../../config.ts";
import type { Environment } from "../../platform/environment.ts";
import { signedChannel } from "../authority/ask.ts";
import { takeSettings } from "../controller-settings/read-settings.ts";
import { takeReport } from "../controller-settings/take-report.ts";
import { takeSigned } from "../controller-stamping/deliver.ts";
import { openControllerAuthority, openPlatformSigner } from "../controllers/authority.ts";
import { ingestRecords } from "../controllers/ingest.ts";
import { askForPhoto } from "../controllers/photos.ts";
import { renewCertificate } from "../controllers/renew.ts";
import { type EmbeddedBroker, startEmbeddedBroker } from "./embedded-broker.ts";
import { forgetPresence, noteHeard, readLiveAfter, takePresence } from "./presence.ts";
import { readRequest } from "./read-request.ts";
import { downTopic, hostProof, hostState, ofAllControllers, readUpTopic, type UpTopic } from "./topics.ts";

/** How the gateway is: `deaf` is a broker that takes our subscription and delivers nothing. */
export type GatewayState = "off" | "starting" | "running" | "deaf" | "failed";

export interface Gateway {
  status(): {
    readonly state: GatewayState;
    readonly address: string | null;
    readonly problem: string | null;
    /** Whether the authority that signs for controllers is at work beside it. */
    readonly signs: boolean;
  };
  /** Starts it where it is not running and the settings let it; a failure is told by `status`, not thrown. */
  ensureStarted(): Promise<void>;
  /** Sends a controller what was signed for it; one that is away asks for it when it is back. */
  deliver(controllerId: string): Promise<void>;
  /** Renews its own certificate where it is due, and ends connections whose certificate is not taken any more. */
  maintain(): Promise<void>;
  /** Ends the connection of a controller that was revoked. */
  drop(controllerId: string): void;
  stop(): Promise<void>;
}

/** Messages of one controller that may wait: what is more is let go, and sent again until it is acknowledged. */
const mostWaiting = 64;
const proofTime = 5000;
const listenAgain = 5000;
const maintainEvery = 60 * 60_000;

export type GatewaySettings = Pick<Config, "host" | "publicUrl" | "gateway">;

/** What goes with the gateway: the process that signs, and connections on which it is told that something was signed. */
export interface GatewayCompany {
  readonly authority?: { ensureStarted(): Promise<void>; running(): boolean };
  readonly pool?: pg.Pool;
}

export function createGateway(env: Environment, settings: GatewaySettings, company: GatewayCompany = {}): Gateway {
  let state: GatewayState = "off";
  let problem: string | null = null;
  let running: { readonly broker: EmbeddedBroker | null; readonly client: MqttClient } | null = null;
  let starting: Promise<void> | null = null;
  let unlisten: (() => void) | null = null;
  const deliver = async (controllerId: string): Promise<void> => {
    if (running) await sendSigned(env, running.client, controllerId);
  };
  const maintain = async (): Promise<void> => {
    await running?.broker?.maintain();
  };
  const timer = setInterval(() => {
    maintain().catch((error: unknown) => env.logger.error({ err: error }, "the gateway's certificates"));
  }, maintainEvery);
  timer.unref();
  const start = async (): Promise<void> => {
    state = "starting";
    try {
      running = await open(env, settings, (next) => {
        state = next;
      });
      problem = null;
      await company.authority?.ensureStarted();
      unlisten ??= company.pool ? hearSigned(env, company.pool, deliver) : null;
    } catch (error) {
      state = "failed";
      problem = error instanceof Error ? error.message : String(error);
      env.logger.error({ err: error }, "the gateway of the controllers could not be started");
    }
  };
  return {
    status: () => ({
      ...{ state, address: addressOf(settings, running?.broker?.port), problem },
      signs: company.authority?.running() ?? false,
    }),
    ensureStarted: async () => {
      if (settings.gateway.kind === "off" || running !== null) return;
      // Without an authority there is no box that could come.
      if ((await openControllerAuthority(env.db, env)) === null) return;
      starting ??= start().finally(() => {
        starting = null;
      });
      await starting;
    },
    deliver,
    maintain,
    drop: (controllerId) => running?.broker?.drop(controllerId),
    stop: async () => {
      await starting;
      clearInterval(timer);
      unlisten?.();
      unlisten = null;
      const ending = running;
      running = null;
      state = "off";
      await ending?.client.endAsync(true);
      await ending?.broker?.close();
    },
  };
}

/** Follows what is signed, on a connection of its own; a box that was missed here asks by itself. Answers how to stop. */
function hearSigned(env: Environment, pool: pg.Pool, deliver: (controllerId: string) => Promise<void>): () => void {
  let stopped = false;
  let client: pg.PoolClient | null = null;
  const tell = (error: unknown): void => env.logger.warn({ err: error }, "what was signed could not be delivered");
  const listen = async (): Promise<void> => {
    const taken = await pool.connect();
    if (stopped) return taken.release();
    client = taken;
    taken.on("notification", ({ payload }) => {
      if (payload) deliver(payload).catch(tell);
    });
    taken.on("error", () => {
      if (client === taken) client = null;
      taken.release(true);
    });
    await taken.query(`listen ${signedChannel}`);
  };
  listen().catch(tell);
  const timer = setInterval(() => {
    if (client === null && !stopped) listen().catch(tell);
  }, listenAgain);
  timer.unref();
  return () => {
    stopped = true;
    clearInterval(timer);
    client?.release(true);
    client = null;
  };
}

/** The session of the box that a sample organisation is made with. */
export const sampleSession = "sample";

/** Whether it is started with the server: where a setting asks for it, and else once there is a box that could come. */
export async function isGatewayWanted(env: Environment, { gateway }: GatewaySettings): Promise<boolean> {
  if (gateway.kind === "off") return false;
  if (gateway.kind === "broker" || gateway.always) return true;
  const box = await env.db
    .selectFrom("controllers as c")
    .innerJoin("installation as i", (join) => join.onTrue())
    .leftJoin("controller_presence as p", "p.controller_id", "c.controller_id")
    .select("c.controller_id")
    .where("c.state", "=", "enrolled")
    // The box that a sample is made with is made up, and never comes.
    .where((eb) => eb.or([eb("i.state", "=", "live"), eb("p.session", "is distinct from", sampleSession)]))
    .limit(1)
    .executeTakeFirst();
  return box !== undefined;
}

/**
 * Where controllers find it: what their enrolment tells them. A broker of one's own has a listener for them beside the
 * platform's; where that one is on this machine, they find it under the name that people reach the platform at.
 */
export function addressOf({ publicUrl, host, gateway }: GatewaySettings, port?: number): string | null {
  if (gateway.kind === "off") return null;
  const publicName = publicUrl === undefined ? undefined : new URL(publicUrl).hostname;
  if (gateway.kind === "embedded") return `mqtts://${publicName ?? host}:${port ?? gateway.port}`;
  const { protocol, hostname } = new URL(gateway.url);
  // Without TLS there is nothing but this machine, and one listener.
  if (protocol === "mqtt:") return gateway.url;
  const name = gateway.host ?? (isLoopbackHost(hostname) ? publicName : undefined) ?? hostname;
  return `mqtts://${name}:${gateway.port}`;
}

async function open(env: Environment, settings: GatewaySettings, tell: (state: GatewayState) => void) {
  const { gateway } = settings;
  await forgetPresence(env, sampleSession);
  const ackSigner = await openPlatformSigner(env.db, env, "seallink-ack");
  const credentials = gateway.kind === "broker" ? await readCredentials(gateway) : {};
  const broker =
    gateway.kind === "embedded"
      ? await startEmbeddedBroker(env, {
          ...{ host: gateway.host ?? settings.host, port: gateway.port },
          names: [...new Set([new URL(addressOf(settings) ?? "").hostname, "localhost", "127.0.0.1"])],
        })
      : null;
  const options: IClientOptions = {
    ...{ clientId: `platform-${randomUUID()}`, clean: true, protocolVersion: 4, reconnectPeriod: 1000 },
    will: { topic: hostState, payload: Buffer.from(JSON.stringify({ online: false })), qos: 1, retain: true },
  };
  // Nothing is waited for from here on: it connects by itself, and has to be heard when it does.
  const client =
    gateway.kind === "broker"
      ? mqttConnect(gateway.url, { ...options, ...credentials })
      : new MqttClient(() => broker?.connectPlatform() as never, options);
  client.on("error", (error) => env.logger.warn({ err: error }, "the broker of the controllers"));
  listen(env, client, ackSigner);
  // Subscribed anew at each connection, and proved anew: a broker may have been replaced by another.
  client.on("connect", () => {
    void proveDelivery(client).then((heard) => {
      tell(heard ? "running" : "deaf");
      if (!heard) env.logger.error({}, "the broker grants the gateway's subscription and delivers nothing");
    });
  });
  client.on("close", () => {
    if (client.disconnecting) return;
    tell("starting");
    // Renewed meanwhile by whoever certifies us to our own broker: read before it is called again.
    if (gateway.kind === "broker")
      readCredentials(gateway).then(
        (fresh) => void Object.assign(client.options, fresh),
        (error: unknown) => env.logger.warn({ err: error }, "the certificate for the broker cannot be read"),
      );
  });
  return { broker, client };
}

async function readCredentials(broker: { ca: string | null; cert: string | null; key: string | null }) {
  const read = async (path: string | null) => (path === null ? {} : await readFile(path));
  return {
    ...(broker.ca === null ? {} : { ca: await read(broker.ca) }),
    ...(broker.cert === null ? {} : { cert: await read(broker.cert) }),
    ...(broker.key === null ? {} : { key: await read(broker.key) }),
  } as Pick<IClientOptions, "ca" | "cert" | "key">;
}

/** Publishes a word of our own and waits to hear it through our own subscription. */
async function proveDelivery(client: MqttClient): Promise<boolean> {
  const word = randomUUID();
  const { promise: heard, resolve } = Promise.withResolvers<boolean>();
  const hear = (topic: string, payload: Buffer): void => {
    if (topic === hostProof && payload.toString() === word) resolve(true);
  };
  const timer = setTimeout(() => resolve(false), proofTime);
  client.on("message", hear);
  try {
    await client.subscribeAsync({ [ofAllControllers]: { qos: 1 }, [hostProof]: { qos: 1 } });
    await client.publishAsync(hostProof, word, { qos: 1 });
    await client.publishAsync(hostState, JSON.stringify({ online: true, t: Date.now() }), { qos: 1, retain: true });
    return await heard;
  } catch {
    return false;
  } finally {
    // Each connection proves itself anew.
    clearTimeout(timer);
    client.off("message", hear);
  }
}

/** One message of a controller after the other, those of different controllers beside each other. */
function listen(env: Environment, client: MqttClient, ackSigner: Signer): void {
  const lines = new Map<string, { last: Promise<void>; waiting: number }>();
  client.on("message", (topic: string, payload: Buffer, _packet: IPublishPacket) => {
    const up = readUpTopic(topic);
    if (up === null) return;
    const line = lines.get(up.controllerId) ?? { last: Promise.resolve(), waiting: 0 };
    if (line.waiting >= mostWaiting) return;
    line.waiting += 1;
    line.last = line.last
      .then(() => take(env, client, ackSigner, { ...up, payload }))
      .catch((error: unknown) => env.logger.error({ err: error }, "a message of a controller could not be taken"))
      .finally(() => {
        line.waiting -= 1;
        if (line.waiting === 0) lines.delete(up.controllerId);
      });
    lines.set(up.controllerId, line);
  });
}

interface UpMessage {
  readonly controllerId: string;
  readonly kind: UpTopic;
  readonly payload: Buffer;
}

async function take(env: Environment, client: MqttClient, signer: Signer, message: UpMessage): Promise<void> {
  const { controllerId, kind, payload } = message;
  if (kind === "presence") {
    await takePresence(env, controllerId, payload);
    return sendSigned(env, client, controllerId);
  }
  if (kind === "rec") {
    const receivedAt = env.clock.now();
    const liveAfter = await readLiveAfter(env, controllerId);
    const { ack } = await ingestRecords(env, { controllerId, payload, receivedAt, liveAfter });
    if (ack === null) return;
    // Only now, after the commit: a box frees a record by this and by nothing else.
    await send(client, downTopic(controllerId, "ack"), await signAck(ack, signer));
    return noteHeard(env, controllerId);
  }
  if (kind === "twin") return takeReport(env, controllerId, payload);
  if (kind !== "req") return;
  const asked = readRequest(payload);
  if (asked === null) return;
  if (asked.m === "time") await answerTime(env, client, signer, controllerId, asked.p);
  else if (asked.m === "tokens") await sendSigned(env, client, controllerId);
  else if (asked.m === "csr") await answerRenewal(env, client, controllerId, asked.p.r);
  else await answerPhoto(env, client, signer, controllerId, asked.p.h);
  await noteHeard(env, controllerId);
}

async function answerTime(
  env: Environment,
  client: MqttClient,
  signer: Signer,
  controllerId: string,
  { t1, n }: { readonly t1: number; readonly n: string },
): Promise<void> {
  const t2 = env.clock.now();
  const claims = { v: 1 as const, aud: controllerId, t1, t2, t3: env.clock.now(), n };
  await send(client, downTopic(controllerId, "res"), await signTime(claims, signer));
}

/** Not signed by us but for the certificate itself, which a box holds against the authority it pinned and against its own key. */
async function answerRenewal(
  env: Environment,
  client: MqttClient,
  controllerId: string,
  request: string,
): Promise<void> {
  const answer = await renewCertificate(env, controllerId, Buffer.from(request, "base64"));
  if (answer === null) return;
  const says = answer.ok ? { cert: Buffer.from(answer.certificate).toString("base64url") } : { refused: answer.why };
  client.publish(downTopic(controllerId, "res"), JSON.stringify({ m: "csr", ...says }), { qos: 1 });
}

/** The ticket says nothing of an address: a box sends its photos where it was enrolled, whatever a broker tells it. */
async function answerPhoto(
  env: Environment,
  client: MqttClient,
  signer: Signer,
  controllerId: string,
  hash: string,
): Promise<void> {
  const answer = await askForPhoto(env, controllerId, hash);
  if (answer === null) return;
  if (answer.kind === "stored") return send(client, downTopic(controllerId, "ack"), await signAck(answer.ack, signer));
  client.publish(downTopic(controllerId, "res"), JSON.stringify({ m: "blob", h: hash, ticket: answer.ticket }), {
    qos: 1,
  });
}

/** A broker that confirms proves nothing: what was sent is sent again until the box's journal knows it. */
async function sendSigned(env: Environment, client: MqttClient, controllerId: string): Promise<void> {
  for (const token of await takeSigned(env, controllerId))
    client.publish(downTopic(controllerId, "auz"), token, { qos: 1 });
  const settings = await takeSettings(env.db, controllerId);
  // Kept by the broker: a box that comes hears them first of all, whether we are there or not.
  if (settings !== null) client.publish(downTopic(controllerId, "twin"), settings, { qos: 1, retain: true });
}

type Signed = Awaited<ReturnType<typeof signAck>>;

async function send(client: MqttClient, topic: string, signed: Signed): Promise<void> {
  if (!signed.ok) throw new Error(`what was to be signed is refused: ${signed.detail}`);
  // Not waited for: a broker that is gone confirms nothing, and the box sends again.
  client.publish(topic, signed.value, { qos: 1 });
}
