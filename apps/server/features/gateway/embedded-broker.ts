import { randomBytes } from "node:crypto";
import { createServer, isIP, type Server } from "node:net";
import { type Duplex, duplexPair } from "node:stream";
import { createServer as createSecureServer, TLSSocket } from "node:tls";
import { isRenewalDue } from "@chancery/domain";
import { encodePem, issueServerCertificate } from "@chancery/pki";
import { Aedes } from "aedes";
import type { Environment } from "../../platform/environment.ts";
import { openControllerAuthority } from "../controllers/authority.ts";
import { admitCertificate, isAdmitted } from "../controllers/renew.ts";
import { makeKeyPair } from "../seals/keys.ts";
import { SmallPieces } from "./small-pieces.ts";
import { mayHear, mayPublish } from "./topics.ts";

/** A message of records, or a word about oneself: more than any of them needs is refused unread. */
const mostBytes = 64 * 1024;
const certificateLife = 365 * 24 * 60 * 60_000;
/**
 * The group that agrees with ML-KEM beside X25519 last: its keys stay with the connection, 10 kB of them. What goes over this
 * connection is signed by itself and no secret for decades, so that it is there for whoever brings nothing else.
 */
const groups = "X25519:prime256v1:X448:secp384r1:secp521r1:X25519MLKEM768";

export interface EmbeddedBroker {
  readonly port: number;
  /** A way in for the platform itself, past TLS: no socket of the machine leads there. */
  connectPlatform(): Duplex;
  /** Ends what is connected with this name now. */
  drop(controllerId: string): void;
  connected(): readonly string[];
  /** Renews the certificate it shows where that is due, and ends what is connected with a certificate that is not taken any more. */
  maintain(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The broker in this process: MQTT 3.1.1 over TLS with certificates of both sides. A client is who its certificate says,
 * under no other client id, and only while its controller is enrolled (attacks 25 to 27).
 */
export async function startEmbeddedBroker(
  env: Environment,
  at: { readonly host: string; readonly port: number; readonly names: readonly string[] },
): Promise<EmbeddedBroker> {
  const ofPlatform = new WeakSet<object>();
  const broker = await Aedes.createBroker({
    maxClientsIdLength: 64,
    connectTimeout: 10_000,
    maxTopicLevels: 6,
    preConnect: (client, packet, done) => {
      if (packet.will) packet.will.payload = apart(packet.will.payload);
      if (ofPlatform.has(client.conn)) return done(null, true);
      const refuse = (): void => {
        done(null, false);
        // Left to itself the connection would stay until its time to say something is over.
        client.conn.destroy();
      };
      const serial = certifiedAs(client.conn, packet.clientId);
      if (serial === null) return refuse();
      admitCertificate(env, packet.clientId, serial).then((taken) => (taken ? done(null, true) : refuse()), refuse);
    },
    authorizePublish: (client, packet, done) => {
      // What the broker says of itself has no client.
      const allowed =
        client === null ||
        ofPlatform.has(client.conn) ||
        (packet.payload.length <= mostBytes && mayPublish(client.id, packet.topic, packet.retain));
      if (allowed && packet.retain) packet.payload = apart(packet.payload);
      done(allowed ? null : new Error("not this controller's topic"));
    },
    authorizeSubscribe: (client, subscription, done) => {
      const allowed = ofPlatform.has(client.conn) || mayHear(client.id, subscription.topic);
      done(null, allowed ? subscription : null);
    },
  });
  // A client that breaks off or misbehaves is its own fault, and ends with its connection.
  broker.on("clientError", (client) => client.close());
  broker.on("connectionError", (client) => client.close());
  const clients = new Map<string, { readonly conn: Duplex; close(): void }>();
  broker.on("clientReady", (client) => void clients.set(client.id, client));
  broker.on("clientDisconnect", (client) => {
    if (clients.get(client.id) === client) clients.delete(client.id);
  });
  let own = await makeCredentials(env, at.names);
  // The broker hears of a connection's errors from here on.
  const secure = createSecureServer(own.options, (socket) => void broker.handle(readWhole(socket)));
  secure.on("tlsClientError", (_, socket) => socket.destroy());
  const server = createServer((socket) => void secure.emit("connection", new SmallPieces(socket)));
  try {
    await listen(server, at);
  } catch (error) {
    await new Promise<void>((resolve) => broker.close(resolve));
    throw error;
  }
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : at.port,
    connectPlatform: () => {
      const [inside, outside] = duplexPair();
      ofPlatform.add(inside);
      broker.handle(readWhole(inside));
      return outside;
    },
    drop: (controllerId) => clients.get(controllerId)?.close(),
    connected: () => [...clients.keys()].filter((id) => id.startsWith("ctl_")),
    maintain: async () => {
      if (isRenewalDue(own.life, env.clock.now())) {
        own = await makeCredentials(env, at.names);
        // Whoever is connected stays so; whoever comes from here on is shown the new one, of the authority that boxes pin.
        secure.setSecureContext(own.options);
      }
      for (const [id, client] of [...clients]) {
        if (ofPlatform.has(client.conn)) continue;
        const serial = certifiedAs(client.conn, id);
        if (serial === null || !(await isAdmitted(env, id, serial))) client.close();
      }
    },
    close: async () => {
      server.close();
      await new Promise<void>((resolve) => broker.close(resolve));
    },
  };
}

/**
 * The broker reads once for each `readable` and takes what it gets for all there is; a stream of Node 26 gives one piece at
 * a time, and a packet in two pieces would wait for whatever comes next.
 */
function readWhole<S extends Duplex>(stream: S): S {
  stream.read = readAllOf;
  return stream;
}

/** One for all streams, and not another two functions for each connection. */
function readAllOf(this: Duplex, size?: number) {
  const { read } = Object.getPrototypeOf(this) as Duplex;
  if (typeof size === "number") return read.call(this, size);
  const pieces: Buffer[] = [];
  for (let piece = read.call(this); piece !== null; piece = read.call(this)) pieces.push(piece);
  return pieces.length > 1 ? Buffer.concat(pieces) : (pieces[0] ?? null);
}

/** For what is kept: a few bytes of a message would hold all the memory that they came in. */
function apart<T extends string | Buffer>(payload: T): T | Buffer {
  if (typeof payload === "string") return payload;
  const copy = Buffer.allocUnsafeSlow(payload.length);
  payload.copy(copy);
  return copy;
}

/** The serial number of the certificate a connection was made with, where it names this client; null otherwise. */
function certifiedAs(connection: Duplex, clientId: string): string | null {
  if (!(connection instanceof TLSSocket) || !connection.authorized) return null;
  const { subject, serialNumber } = connection.getPeerCertificate();
  return subject?.CN === clientId ? serialNumber.toLowerCase() : null;
}

/** A key and certificate of this process alone: boxes pin the authority, so nothing of it has to be kept. */
async function makeCredentials(env: Environment, names: readonly string[]) {
  const issuer = await openControllerAuthority(env.db, env);
  if (!issuer) throw new Error("there is no authority for controllers yet");
  const now = env.clock.now();
  const pair = await makeKeyPair("ecdsa-p256");
  const certificate = issueServerCertificate({
    ...{ subject: { commonName: "Chancery gateway" }, serial: randomBytes(16), issuer, publicKey: pair.publicKey },
    ...{ notBefore: now - 60_000, notAfter: now + certificateLife, names: names.filter((name) => fits(name)) },
  });
  if (!certificate.ok) throw new Error(`the gateway's certificate: ${certificate.code}: ${certificate.detail}`);
  const options = {
    cert: encodePem("CERTIFICATE", certificate.value.raw),
    key: pair.privateKey.export({ format: "pem", type: "pkcs8" }),
    ca: encodePem("CERTIFICATE", issuer.certificate.raw),
    ...{ requestCert: true, rejectUnauthorized: true, minVersion: "TLSv1.2" as const, handshakeTimeout: 10_000 },
    ecdhCurve: groups,
  };
  return { options, life: { notBefore: now, notAfter: now + certificateLife } };
}

const fits = (name: string): boolean => isIP(name) !== 0 || /^[A-Za-z0-9.-]{1,253}$/.test(name);

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
