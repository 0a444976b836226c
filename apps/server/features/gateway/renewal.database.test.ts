import assert from "node:assert/strict";
import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { after, before, test } from "node:test";
import { connect as tlsConnect } from "node:tls";
import { encodePem, makeCertificateRequest, parseCertificate } from "@chancery/pki";
import { createWalkingClock } from "../../platform/clock.ts";
import type { Environment } from "../../platform/environment.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { until } from "../../platform/test-until.ts";
import { composeRevocations } from "../controllers/broker-certificates.ts";
import { showController } from "../controllers/read-model.ts";
import { renewCertificate } from "../controllers/renew.ts";
import { revokeController } from "../controllers/service.ts";
import { createGateway, type Gateway } from "./gateway.ts";
import { attachBox, connectDevice, enrolDevice, type TestDevice } from "./test-device.ts";

const day = 24 * 60 * 60_000;
const real = Date.now();
// TLS goes by the clock of the machine: the boxes were enrolled 250 days ago, two thirds of a year, and it becomes today.
const clock = createWalkingClock(real - 250 * day);
let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
let gateway: Gateway;
let port = 0;
let boxes: TestDevice[] = [];
const shown: string[] = [];
/** The serial number of the certificate that the gateway shows now. */
const look = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const { ca, cert, key } = boxes[0] as TestDevice;
    const socket = tlsConnect({ port, host: "127.0.0.1", ca, cert, key }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.once("error", reject);
  });

before(async () => {
  place = await createTestEnvironment();
  env = { ...place.env, clock };
  crew = await createTestCrew(env);
  await crew.registerSeal("department", "LX-01");
  const by = { entityId: crew.entityId, first: crew.people.sealAdministrator, second: crew.people.custodian };
  boxes = [];
  for (const serial of ["R-1", "R-2", "R-3", "R-4"]) boxes.push(await enrolDevice(env, { ...by, serial }));
  gateway = createGateway(env, {
    ...{ host: "127.0.0.1", publicUrl: undefined },
    gateway: { kind: "embedded", always: true, host: undefined, port: 0 },
  });
  await gateway.ensureStarted();
  await until(
    () => gateway.status().state,
    (state) => state === "running",
  );
  port = Number(new URL(gateway.status().address ?? "").port);
  shown.push(await look());
  await gateway.maintain();
  shown.push(await look());
});
after(async () => {
  await gateway?.stop();
  await place?.close();
});

const box = (at: number): TestDevice => boxes[at] as TestDevice;
const requestOf = (
  device: TestDevice,
  commonName = device.controllerId,
  key: Parameters<typeof makeCertificateRequest>[0]["key"] | null = null,
) => {
  const made = makeCertificateRequest({ commonName, key: key ?? device.privateKey });
  assert.ok(made.ok);
  return made.value;
};
/** Asks over the line, as a box does, and answers what came down. */
async function renew(device: TestDevice, request: Uint8Array): Promise<{ cert?: string; refused?: string }> {
  const client = await connectDevice(port, device);
  const topic = `seal/v1/${device.controllerId}`;
  await client.subscribeAsync(`${topic}/down/#`, { qos: 1 });
  const { promise, resolve } = Promise.withResolvers<{ cert?: string; refused?: string }>();
  client.on("message", (_, payload) => {
    const text = payload.toString();
    if (text.startsWith(`{"m":"csr"`)) resolve(JSON.parse(text));
  });
  const word = { id: "r9", m: "csr", p: { r: Buffer.from(request).toString("base64") } };
  await client.publishAsync(`${topic}/up/req`, JSON.stringify(word), { qos: 1 });
  const answer = await promise;
  await client.endAsync(true);
  return answer;
}
const withCertificate = (device: TestDevice, cert: string): TestDevice => ({
  ...device,
  cert: encodePem("CERTIFICATE", Buffer.from(cert, "base64url")),
});
const enter = (device: TestDevice): Promise<"in" | "out"> =>
  connectDevice(port, device).then(
    async (client) => {
      await client.endAsync(true);
      return "in" as const;
    },
    () => "out" as const,
  );

test("C18: before it is due a box gets the certificate it has, and nothing is issued", async () => {
  const early = await renewCertificate(env, box(0).controllerId, requestOf(box(0)));
  assert.ok(early?.ok);
  const given = encodePem("CERTIFICATE", early.certificate);
  assert.equal(given, box(0).cert);
});

test("C18: the gateway renews its own certificate while boxes stay connected, and they come in with what they pinned", async () => {
  assert.equal(shown[0], shown[1], "not before it is due");
  const client = await connectDevice(port, box(3));
  let closed = false;
  client.once("close", () => {
    closed = true;
  });
  clock.walkTo(real);
  await gateway.maintain();
  assert.notEqual(await look(), shown[0]);
  await attachBox(box(3), client);
  await box(3).controller.sense({ kind: "door-open" });
  await until(
    () => box(3).controller.view(),
    ({ seq, acked }) => seq === acked,
  );
  assert.equal(closed, false);
  assert.equal(await enter(box(1)), "in");
  await client.endAsync(true);
});

test("C18: from two thirds of its life on a box gets its next certificate over the line; the old one ends with its use", async () => {
  const device = box(0);
  const { cert = "" } = await renew(device, requestOf(device));
  const parsed = parseCertificate(Buffer.from(cert, "base64url"));
  assert.ok(parsed.ok);
  const next = new X509Certificate(Buffer.from(cert, "base64url"));
  assert.ok(next.verify(new X509Certificate(device.ca).publicKey));
  assert.equal(next.subject, `CN=${device.controllerId}`);
  assert.equal(enterDays(next), 365);
  // The answer may have got lost: with the old one it comes in and gets the same again.
  assert.equal((await renew(device, requestOf(device))).cert, cert);
  const page = await showController(env, crew.people.custodian, device.controllerId);
  assert.equal(page.enrolled?.key?.certificate.serial, Buffer.from(parsed.value.serial).toString("hex"));
  assert.equal(await enter(withCertificate(device, cert)), "in");
  assert.equal(await enter(device), "out", "its successor was used");
  const list = await composeRevocations(env);
  assert.match(list, /BEGIN X509 CRL/);
  const told = await env.db
    .selectFrom("events")
    .select("event_id")
    .where("type", "=", "ControllerCertificateRenewed")
    .execute();
  assert.equal(told.length, 1);
});
const enterDays = (certificate: X509Certificate): number =>
  Math.round((certificate.validToDate.getTime() - certificate.validFromDate.getTime()) / day);

test("C18: where its successor is never used, the old certificate ends with the overlap", async () => {
  const device = box(1);
  assert.ok((await renew(device, requestOf(device))).cert);
  const client = await connectDevice(port, device);
  await gateway.maintain();
  assert.equal(client.connected, true);
  clock.walkTo(real + 8 * day);
  // The box may know that it is let in before the broker counts it among those that are there: then the next turn finds it.
  await until(
    async () => {
      await gateway.maintain();
      return client.connected;
    },
    (connected) => !connected,
  );
  assert.equal(await enter(device), "out");
});

test("attack: a request for another box's name, or for another key, is refused, found and told", async () => {
  const [device, other] = [box(2), box(3)];
  assert.deepEqual(await renew(device, requestOf(device, other.controllerId)), { m: "csr", refused: "other-name" });
  const { privateKey } = generateKeyPairSync("ed25519");
  assert.deepEqual(await renew(device, requestOf(device, device.controllerId, privateKey)), {
    ...{ m: "csr", refused: "other-key" },
  });
  assert.deepEqual(await renew(device, Buffer.alloc(80)), { m: "csr", refused: "unfit" });
  // With another's own request, copied off the line.
  assert.deepEqual(await renew(device, requestOf(other)), { m: "csr", refused: "other-name" });
  const found = await env.db
    .selectFrom("controller_findings")
    .select("code")
    .where("controller_id", "=", device.controllerId)
    .execute();
  assert.deepEqual(found, [{ code: "CERTIFICATE_FOREIGN" }]);
});

test("attack: a box that was revoked or is in quarantine gets no certificate, whatever it still has", async () => {
  const device = box(2);
  await env.db
    .updateTable("controller_chains")
    .set({ quarantined: "FORK" })
    .where("controller_id", "=", device.controllerId)
    .execute();
  assert.deepEqual(await renew(device, requestOf(device)), { m: "csr", refused: "quarantined" });
  await revokeController(env, crew.people.inspector, device.controllerId, "Lost");
  assert.equal(await enter(device), "out");
  const answer = await renewCertificate(env, device.controllerId, requestOf(device));
  assert.deepEqual(answer, { ok: false, why: "not-enrolled" });
  await assert.rejects(
    env.db
      .insertInto("controller_certificates")
      .values({
        ...{ serial: "ff", kind: "controller", controller_id: device.controllerId, der: Buffer.from("x"), sha256: "" },
        ...{ not_before: new Date(), not_after: new Date(real + day) },
      })
      .execute(),
    /revoked controller/,
  );
});
