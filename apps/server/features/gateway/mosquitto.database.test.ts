import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { encodePem, issueDeviceCertificate, issueRootCertificate, makeCertificateRequest } from "@chancery/pki";
import type { Environment } from "../../platform/environment.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { until } from "../../platform/test-until.ts";
import { certifyBroker, composeRevocations } from "../controllers/broker-certificates.ts";
import { revokeController } from "../controllers/service.ts";
import { createGateway, type Gateway } from "./gateway.ts";
import { attachBox, connectDevice, enrolDevice, type TestDevice } from "./test-device.ts";

const program = "/usr/sbin/mosquitto";
const skip = existsSync(program) ? false : `${program} is not there`;
const shipped = new URL("../../../../deploy/mosquitto/", import.meta.url);

let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
let folder: string;
let broker: ChildProcess | undefined;
let gateway: Gateway | undefined;
let first: TestDevice;
let devicePort = 0;

const need = <T>(outcome: { ok: true; value: T } | { ok: false; code: string }): T => {
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value;
};

/** A port that was free a moment ago. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

/** The platform's certificate, of an authority that is not the controllers'. */
async function writePlatformFiles(): Promise<void> {
  const makeKeys = () => generateKeyPairSync("ec", { namedCurve: "P-256" });
  const [ca, platform] = [makeKeys(), makeKeys()];
  const dates = { notBefore: Date.now() - 60_000, notAfter: Date.now() + 86_400_000 };
  const key = ca.privateKey;
  const root = need(
    issueRootCertificate({ ...dates, subject: { commonName: "Platform" }, serial: randomBytes(16), key }),
  );
  const certificate = need(
    issueDeviceCertificate({
      ...{ ...dates, subject: { commonName: "platform" }, serial: randomBytes(16) },
      ...{ publicKey: platform.publicKey, issuer: { certificate: root, key } },
    }),
  );
  await writeFile(join(folder, "platform-ca.pem"), encodePem("CERTIFICATE", root.raw));
  await writeFile(join(folder, "platform.pem"), encodePem("CERTIFICATE", certificate.raw));
  await writeFile(join(folder, "platform.key"), platform.privateKey.export({ format: "pem", type: "pkcs8" }));
}

async function writeBrokerFiles(ca: string): Promise<void> {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const request = need(makeCertificateRequest({ commonName: "broker", key: privateKey }));
  const certificate = await certifyBroker(env, {
    request: Buffer.from(request).toString("base64"),
    names: ["localhost", "127.0.0.1"],
  });
  await writeFile(join(folder, "broker.key"), privateKey.export({ format: "pem", type: "pkcs8" }));
  await writeFile(join(folder, "broker.pem"), certificate);
  await writeFile(join(folder, "controllers-ca.pem"), ca);
  await writeFile(join(folder, "controllers.crl.pem"), await composeRevocations(env));
  await writeFile(join(folder, "acl"), await readFile(new URL("acl", shipped)), { mode: 0o600 });
}

async function writeConfiguration(platformPort: number): Promise<void> {
  const text = (await readFile(new URL("mosquitto.conf", shipped), "utf8"))
    .replaceAll("/etc/mosquitto/chancery", folder)
    .replace("listener 8883", `listener ${devicePort} 127.0.0.1`)
    .replace("listener 8884 127.0.0.1", `listener ${platformPort} 127.0.0.1`);
  const data = join(folder, "data");
  await mkdir(data, { recursive: true });
  // As root it would go over to another account, which cannot read the test's folder.
  await writeFile(join(folder, "mosquitto.conf"), `user root\npersistence_location ${data}/\n${text}`);
}

async function startBroker(): Promise<void> {
  const child = spawn(program, ["-c", join(folder, "mosquitto.conf")], { stdio: ["ignore", "ignore", "pipe"] });
  broker = child;
  let said = "";
  child.stderr?.on("data", (part: Buffer) => {
    said += part.toString();
  });
  await until(
    () => said,
    (text) => / running/.test(text) || child.exitCode !== null,
  );
  assert.equal(child.exitCode, null, said);
}

async function killBroker(): Promise<void> {
  const child = broker;
  if (!child || child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

let plates = 0;
const enrol = () => {
  plates += 1;
  return enrolDevice(env, {
    ...{ entityId: crew.entityId, first: crew.people.sealAdministrator, second: crew.people.custodian },
    serial: `M-${plates}`,
  });
};

before(async () => {
  if (skip !== false) return;
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
  await crew.registerSeal("department", "LX-01");
  folder = await mkdtemp(join(tmpdir(), "chancery-mosquitto-"));
  await chmod(folder, 0o711);
  first = await enrol();
  const platformPort = await freePort();
  devicePort = await freePort();
  await writePlatformFiles();
  await writeBrokerFiles(first.ca);
  await writeConfiguration(platformPort);
  await startBroker();
  gateway = createGateway(env, {
    ...{ host: "127.0.0.1", publicUrl: undefined },
    gateway: {
      ...{ kind: "broker", url: `mqtts://127.0.0.1:${platformPort}`, host: undefined, port: devicePort },
      ...{ ca: join(folder, "controllers-ca.pem"), cert: join(folder, "platform.pem") },
      key: join(folder, "platform.key"),
    },
  });
  await gateway.ensureStarted();
  await until(
    () => gateway?.status().state,
    (state) => state === "running",
  );
});
after(async () => {
  await gateway?.stop();
  await killBroker();
  await place?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const allAcked = (device: TestDevice) =>
  until(
    () => device.controller.view(),
    ({ seq, acked }) => acked === seq,
  );

test("C18: with a mosquitto in between a journal arrives and is freed", { skip }, async () => {
  // What an enrolment tells a box is the listener of the boxes, not the platform's.
  assert.equal(gateway?.status().address, `mqtts://127.0.0.1:${devicePort}`);
  const client = await connectDevice(devicePort, first);
  await attachBox(first, client);
  await first.controller.sense({ kind: "door-open" });
  await allAcked(first);
  await client.endAsync(true);
});

test("attacks 25 to 27: mosquitto lets in who has a certificate, under its name, to its topics", { skip }, async () => {
  const [a, b] = [await enrol(), await enrol()];
  await assert.rejects(connectDevice(devicePort, { ...a, cert: "", key: "" }));
  const ofA = await connectDevice(devicePort, a);
  let evicted = false;
  ofA.once("close", () => {
    evicted = true;
  });
  // Under another's client id it is let in as itself: the other one stays, and hears nothing of it.
  const ofB = await connectDevice(devicePort, b, { clientId: a.controllerId });
  ofB.publish(`seal/v1/${a.controllerId}/up/presence`, JSON.stringify({ s: "online", sid: "x" }), { qos: 1 });
  const own = JSON.stringify({ s: "online", sid: "y", fw: "1", ep: 1, seq: 0, bat: 50 });
  await ofA.publishAsync(`seal/v1/${a.controllerId}/up/presence`, own, { qos: 1 });
  const row = await until(
    () =>
      env.db
        .selectFrom("controller_presence")
        .select("session")
        .where("controller_id", "=", a.controllerId)
        .executeTakeFirst(),
    (one) => one !== undefined,
  );
  assert.deepEqual([row?.session, evicted], ["y", false]);
  await Promise.all([ofA.endAsync(true), ofB.endAsync(true)]);
});

test("C18: mosquitto is killed with -9 in the middle: nothing is lost, nothing stored twice", { skip }, async () => {
  const device = await enrol();
  let client = await connectDevice(devicePort, device);
  await attachBox(device, client);
  for (let round = 0; round < 2; round += 1) {
    await device.controller.sense({ kind: "door-open" });
    await killBroker();
    await device.controller.sense({ kind: "door-closed" });
    await startBroker();
    await client.endAsync(true);
    client = await connectDevice(devicePort, device);
    await until(
      () => gateway?.status().state,
      (state) => state === "running",
    );
    await attachBox(device, client);
    await allAcked(device);
  }
  const stored = await env.db
    .selectFrom("controller_records")
    .select("record")
    .where("controller_id", "=", device.controllerId)
    .orderBy("seq")
    .execute();
  const journal = (await device.controller.printJournal()).split("\n").filter((line) => line !== "");
  assert.deepEqual(
    stored.map(({ record }) => record),
    journal,
  );
  await client.endAsync(true);
});

test("C18: a revoked controller stays out once the list was read anew", { skip }, async () => {
  const device = await enrol();
  await (await connectDevice(devicePort, device)).endAsync(true);
  await revokeController(env, crew.people.inspector, device.controllerId, "Lost");
  await writeFile(join(folder, "controllers.crl.pem"), await composeRevocations(env));
  broker?.kill("SIGHUP");
  await until(
    () =>
      connectDevice(devicePort, device).then(
        async (client) => {
          await client.endAsync(true);
          return "in";
        },
        () => "out",
      ),
    (answer) => answer === "out",
  );
  await (await connectDevice(devicePort, first)).endAsync(true);
});
