import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { connect } from "node:tls";
import { queryObjects } from "node:v8";
import { defaultSettings } from "@chancery/seallink";
import type { MqttClient } from "mqtt";
import type { Environment } from "../../platform/environment.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { until } from "../../platform/test-until.ts";
import { askBoxSettings } from "../controller-settings/service.ts";
import { showBoxSettings } from "../controller-settings/show-settings.ts";
import { revokeController } from "../controllers/service.ts";
import { createGateway, type Gateway, isGatewayWanted, sampleSession } from "./gateway.ts";
import { SmallPieces } from "./small-pieces.ts";
import { attachBox, connectDevice, enrolDevice, type TestDevice } from "./test-device.ts";

let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
let gateway: Gateway;
let port = 0;
const settings = (at: number) =>
  ({
    ...{ host: "127.0.0.1", publicUrl: undefined },
    gateway: { kind: "embedded", always: true, host: undefined, port: at },
  }) as const;
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
  await crew.registerSeal("department", "LX-01");
  await enrol();
  gateway = createGateway(env, settings(0));
  await gateway.ensureStarted();
  await until(
    () => gateway.status().state,
    (state) => state === "running",
  );
  port = Number(new URL(gateway.status().address ?? "").port);
});
after(async () => {
  await gateway?.stop();
  await place?.close();
});

let plates = 0;
const enrol = () => {
  plates += 1;
  return enrolDevice(env, {
    ...{ entityId: crew.entityId, first: crew.people.sealAdministrator, second: crew.people.custodian },
    serial: `G-${plates}`,
  });
};
const lastOf = async (controllerId: string): Promise<number> =>
  Number(
    (
      await env.db
        .selectFrom("controller_chains")
        .select("last_seq")
        .where("controller_id", "=", controllerId)
        .executeTakeFirstOrThrow()
    ).last_seq,
  );
const presenceOf = (controllerId: string) =>
  env.db
    .selectFrom("controller_presence")
    .select(["online", "session", "battery", "firmware"])
    .where("controller_id", "=", controllerId)
    .executeTakeFirst();
/** The code with which somebody was not let in, or "in". */
const enter = async (device: Parameters<typeof connectDevice>[1], change?: Parameters<typeof connectDevice>[2]) => {
  try {
    await (await connectDevice(port, device, change)).endAsync(true);
    return "in";
  } catch {
    return "out";
  }
};
const acked = (device: TestDevice) => () => device.controller.view();

test("C18: a box over TLS of both sides sends its journal, and frees it by a signed word after it was stored", async () => {
  const device = await enrol();
  const client = await connectDevice(port, device);
  await attachBox(device, client);
  await device.controller.sense({ kind: "door-open" });
  const view = await until(acked(device), ({ seq, acked: to }) => to === seq && seq > 1);
  assert.equal(await lastOf(device.controllerId), view.seq);
  await until(acked(device), ({ time }) => time.tq === "srv");
  await client.endAsync(true);
});

test("attack 25: without a certificate, with one of another authority or after its revocation nobody comes in", async () => {
  const device = await enrol();
  assert.equal(await enter(device), "in");
  assert.equal(await enter({ ...device, cert: "", key: "" }), "out");
  const foreign = await createTestEnvironment();
  try {
    const others = await createTestCrew(foreign.env);
    await others.registerSeal("department", "LX-01");
    const stranger = await enrolDevice(foreign.env, {
      ...{ entityId: others.entityId, first: others.people.sealAdministrator, second: others.people.custodian },
      serial: "X-1",
    });
    assert.equal(await enter({ ...stranger, ca: device.ca }), "out");
  } finally {
    await foreign.close();
  }
  const client = await connectDevice(port, device);
  const closed = new Promise<void>((resolve) => client.once("close", () => resolve()));
  await revokeController(env, crew.people.inspector, device.controllerId, "Lost");
  gateway.drop(device.controllerId);
  await closed;
  assert.equal(await enter(device), "out");
});

test("attack 26: a real box comes in under no other box's client id, and takes over no connection", async () => {
  const [a, b] = [await enrol(), await enrol()];
  const client = await connectDevice(port, a);
  let closed = false;
  client.once("close", () => {
    closed = true;
  });
  assert.equal(await enter(b, { clientId: a.controllerId }), "out");
  assert.equal(await enter(b, { clientId: "platform-1" }), "out");
  assert.equal(await enter(b, { clientId: "" }), "out");
  await client.publishAsync(`seal/v1/${a.controllerId}/up/tele`, "{}", { qos: 1 });
  assert.equal(closed, false);
  await client.endAsync(true);
});

test("attack 27: whoever publishes on another box's topic is cut off, and hears nothing of others", async () => {
  const [a, b] = [await enrol(), await enrol()];
  const listener = await connectDevice(port, b);
  for (const topic of [`seal/v1/${a.controllerId}/down/#`, "seal/v1/+/down/ack", "#", "$SYS/#"]) {
    const granted = await listener.subscribeAsync(topic, { qos: 1 }).catch(() => [{ qos: 128 }]);
    assert.deepEqual(
      granted.map(({ qos }) => qos),
      [128],
      topic,
    );
  }
  await attachBox(a, await connectDevice(port, a));
  await until(acked(a), ({ seq, acked: to }) => to === seq);
  const closed = new Promise<void>((resolve) => listener.once("close", () => resolve()));
  listener.publish(`seal/v1/${a.controllerId}/up/presence`, JSON.stringify({ s: "offline", sid: "x" }), { qos: 1 });
  await closed;
  assert.equal(await presenceOf(a.controllerId), undefined);
});

test("presence is of the newest session: a late word of an earlier one changes nothing", async () => {
  const device = await enrol();
  const client = await connectDevice(port, device);
  const topic = `seal/v1/${device.controllerId}/up/presence`;
  const say = (word: object) => client.publishAsync(topic, JSON.stringify(word), { qos: 1, retain: true });
  await say({ s: "online", sid: "s1", fw: "1.0.0", ep: 1, seq: 1, bat: 71, net: "4g" });
  await until(
    () => presenceOf(device.controllerId),
    (row) => row?.battery === 71,
  );
  await say({ s: "online", sid: "s2", fw: "1.0.1", ep: 1, seq: 4, bat: 60 });
  await until(
    () => presenceOf(device.controllerId),
    (row) => row?.session === "s2",
  );
  await say({ s: "offline", sid: "s1" });
  for (const word of ["{", "null", '{"s":"online"}', "x".repeat(5000)])
    await client.publishAsync(topic, word, { qos: 1 });
  await say({ s: "online", sid: "s2", fw: "1.0.1", ep: 1, seq: 4, bat: 59 });
  const row = await until(
    () => presenceOf(device.controllerId),
    (one) => one?.battery === 59,
  );
  assert.deepEqual([row?.online, row?.firmware], [true, "1.0.1"]);
  await say({ s: "offline", sid: "s2" });
  await until(
    () => presenceOf(device.controllerId),
    (one) => one?.online === false,
  );
  await client.endAsync(true);
});

test("what the broker keeps of a box, its last word and its retained one, holds no more memory than it needs", async () => {
  const device = await enrol();
  const topic = `seal/v1/${device.controllerId}/up/presence`;
  // Lengths that nothing else in this process has.
  const [will, retained] = ["w".repeat(7919), "r".repeat(7927)];
  const client = await connectDevice(port, device, { will: { topic, payload: will, qos: 1, retain: true } });
  await client.publishAsync(topic, retained, { qos: 1, retain: true });
  // Its answer tells that the message before was taken.
  await client.subscribeAsync(`seal/v1/${device.controllerId}/down/#`, { qos: 1 });
  const buffers: string[] = queryObjects(ArrayBuffer, { format: "summary" });
  for (const { length } of [will, retained])
    assert.ok(
      buffers.some((buffer) => new RegExp(`byteLength\\]?: ${length}\\b`).test(buffer)),
      `no buffer of ${length} bytes of its own`,
    );
  // Through these Node keeps one kB for what comes in, and sixty-four without.
  assert.notEqual(queryObjects(SmallPieces, { format: "count" }), 0);
  await client.endAsync();
});

test("a box that offers shares of X25519 and of the hybrid agrees by X25519; one that brings another alone comes in by that", async () => {
  const { cert, key, ca } = await enrol();
  const agreed = async (ecdhCurve: string) => {
    const socket = connect({ port, host: "127.0.0.1", cert, key, ca, ecdhCurve });
    await once(socket, "secureConnect");
    const { name } = socket.getEphemeralKeyInfo() as { readonly name: string };
    socket.destroy();
    return name;
  };
  // What OpenSSL does unasked: a share of the hybrid, and one of X25519 behind it.
  assert.equal(await agreed("auto"), "X25519");
  assert.equal(await agreed("X25519MLKEM768"), "X25519MLKEM768");
  assert.equal(await agreed("secp384r1"), "secp384r1");
});

test("C18: settings lie with the broker until the box comes, and its word on them is kept", async () => {
  const device = await enrol();
  const wanted = { ...defaultSettings, volume: 2 };
  await askBoxSettings(env, crew.people.sealAdministrator, device.controllerId, { wanted, reason: "Quiet" });
  await place.authority().drain();
  await gateway.deliver(device.controllerId);
  const client = await connectDevice(port, device);
  await attachBox(device, client);
  await until(
    () => device.controller.view().twin,
    (version) => version === 1,
  );
  const shown = await until(
    () => showBoxSettings(env, crew.people.custodian, device.controllerId),
    ({ reported }) => reported?.version === 1,
  );
  assert.deepEqual([shown.reported?.settings.volume, shown.differing], [2, []]);
  await client.endAsync(true);
});

test("attack 34: hostile words on every topic end in nothing but themselves", async () => {
  const device = await enrol();
  let client = await connectDevice(port, device);
  const hostile = [
    "",
    "{",
    "[]".repeat(20_000),
    '{"__proto__":{"s":1}}',
    "\u0000",
    `${'{"p":'.repeat(500)}1${"}".repeat(500)}`,
  ];
  for (const kind of ["rec", "req", "res", "tele", "twin"])
    for (const word of hostile)
      await client.publishAsync(`seal/v1/${device.controllerId}/up/${kind}`, word, { qos: 1 });
  const closed = new Promise<void>((resolve) => client.once("close", () => resolve()));
  client.publish(`seal/v1/${device.controllerId}/up/rec`, "x".repeat(70_000), { qos: 1 });
  await closed;
  client = await connectDevice(port, device);
  await attachBox(device, client);
  await until(acked(device), ({ seq, acked: to }) => to === seq);
  assert.equal(gateway.status().state, "running");
  await client.endAsync(true);
});

test("C18: the gateway ends and starts anew in the middle: nothing is lost, nothing stored twice", async () => {
  const devices = [await enrol(), await enrol(), await enrol()];
  const clients: MqttClient[] = [];
  for (const device of devices) {
    const client = await connectDevice(port, device);
    clients.push(client);
    await attachBox(device, client);
  }
  for (let round = 0; round < 3; round += 1) {
    for (const { controller } of devices) await controller.sense({ kind: "door-open" });
    await gateway.stop();
    // Written while nobody listens: sent again once somebody does.
    for (const { controller } of devices) await controller.sense({ kind: "door-closed" });
    gateway = createGateway(env, settings(port));
    await gateway.ensureStarted();
    await until(
      () => gateway.status().state,
      (state) => state === "running",
    );
    for (const [at, device] of devices.entries()) {
      await clients[at]?.endAsync(true);
      const client = await connectDevice(port, device);
      clients[at] = client;
      await attachBox(device, client);
    }
    for (const device of devices) await until(acked(device), ({ seq, acked: to }) => to === seq);
  }
  for (const { controllerId, controller } of devices) {
    const stored = await env.db
      .selectFrom("controller_records")
      .select("record")
      .where("controller_id", "=", controllerId)
      .orderBy("seq")
      .execute();
    const journal = (await controller.printJournal()).split("\n").filter((line) => line !== "");
    assert.deepEqual(
      stored.map(({ record }) => record),
      journal,
    );
  }
  await Promise.all(clients.map((client) => client.endAsync(true)));
});

test("it starts with the server once a box is enrolled, in a sample organisation too, but not for the box the sample is made with", async () => {
  await enrol();
  const gatewayAlone = { ...settings(0), gateway: { ...settings(0).gateway, always: false } };
  const wanted = () => isGatewayWanted(env, gatewayAlone);
  const setState = (state: string) => env.db.updateTable("installation").set({ state }).execute();
  assert.equal(await wanted(), true);
  await setState("sample");
  try {
    assert.equal(await wanted(), true, "somebody enrolled a box of his own");
    const boxes = await env.db
      .selectFrom("controllers")
      .select("controller_id")
      .where("state", "=", "enrolled")
      .execute();
    const at = new Date(env.clock.now());
    const made = { session: sampleSession, online: false, changed_at: at };
    await env.db
      .insertInto("controller_presence")
      .values(boxes.map((box) => ({ ...box, ...made, heard_at: at })))
      .onConflict((conflict) => conflict.column("controller_id").doUpdateSet(made))
      .execute();
    assert.equal(await wanted(), false);
  } finally {
    await setState("live");
  }
});

test("a port that is taken is told, and keeps nothing else from running", async () => {
  const second = createGateway(env, settings(port));
  await second.ensureStarted();
  assert.deepEqual([second.status().state, /EADDRINUSE/.test(second.status().problem ?? "")], ["failed", true]);
  await second.stop();
  const off = createGateway(env, { ...settings(0), gateway: { kind: "off" } });
  await off.ensureStarted();
  assert.deepEqual(off.status(), { state: "off", address: null, problem: null, signs: false });
});
