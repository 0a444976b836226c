import { randomBytes } from "node:crypto";
import { attachBox, connectDevice, type TestDevice } from "../../apps/server/features/gateway/test-device.ts";
import type { Environment } from "../../apps/server/platform/environment.ts";
import { until } from "../../apps/server/platform/test-until.ts";
import { withDatabase } from "../database.ts";
import { makeEnvironment } from "../environment.ts";
import type { BenchLine } from "../line.ts";
import { enrolFleet, startGateway } from "./fleet.ts";

const controllers = 200;
/** Simulated minutes of work; after each five of them the process with broker and ingest is killed. */
const minutes = 60;
const minutesToKill = 5;
/** Records that a controller writes in five minutes. */
const recordsBetweenKills = 6;
const again = 200;

/**
 * A fleet at work for an hour while broker and ingest are killed (SIGKILL) every five minutes and started again: what every
 * controller wrote is stored afterwards, byte for byte, once, and acknowledged.
 */
export function benchSoak(): Promise<BenchLine[]> {
  return withDatabase(async (connections, folder) => {
    const key = randomBytes(32);
    const env = await makeEnvironment(connections, folder, 20, key);
    const on = { connections, folder, key };
    const devices = await enrolFleet(env, controllers);
    let gateway = await startGateway(on);
    const { port } = gateway.word;
    let working = true;
    try {
      const begun = performance.now();
      const lines = devices.map((device) => stayConnected(device, port, () => working));
      for (let minute = 0; minute < minutes; minute += minutesToKill) {
        // The kill comes in the middle of their work, and half of it is done while nobody hears them.
        const work = Promise.all(devices.map(workFiveMinutes));
        gateway.process.kill("SIGKILL");
        gateway = await startGateway(on, port);
        await work;
      }
      for (const device of devices)
        await until(
          () => device.controller.view(),
          ({ seq, acked }) => acked === seq,
          60_000,
        );
      const seconds = (performance.now() - begun) / 1000;
      working = false;
      gateway.process.kill("SIGKILL");
      await Promise.all(lines);
      const { written, lost, doubled } = await compare(env, devices);
      const fleet = `${controllers} controllers, ${minutes / minutesToKill} kills of broker and ingest`;
      return [
        {
          ...{ name: `${fleet}: records lost or doubled of ${written}`, value: lost + doubled, unit: "records" },
          ...{ ratio: (written - lost - doubled) / written, against: "every record once" },
        },
        {
          ...{ name: "the same, simulated time to real time", value: Math.round((minutes * 60) / seconds), unit: "x" },
          ...{ ratio: Math.round(((minutes * 60) / seconds / 600) * 100) / 100, against: "600 x" },
        },
      ];
    } finally {
      working = false;
      gateway.process.kill("SIGKILL");
      await env.db.destroy();
    }
  });
}

/** Connects, and again whenever the line is cut, as a box does. */
async function stayConnected(device: TestDevice, port: number, working: () => boolean): Promise<void> {
  while (working()) {
    try {
      const client = await connectDevice(port, device, { connectTimeout: 30_000 });
      const closed = new Promise<void>((resolve) => client.once("close", () => resolve()));
      await Promise.race([attachBox(device, client).catch(() => undefined), closed]);
      if (working()) await closed;
      else await client.endAsync(true);
    } catch {
      // Nobody listens there now.
    }
    device.box.onSend = () => undefined;
    await new Promise((resolve) => setTimeout(resolve, again));
  }
}

/** Doors that open and close, each of which is a record. */
async function workFiveMinutes({ box, controller }: TestDevice): Promise<void> {
  for (let nth = 0; nth < recordsBetweenKills; nth += 1) {
    box.wait((minutesToKill * 60_000) / recordsBetweenKills);
    await controller.sense({ kind: nth % 2 === 0 ? "door-open" : "door-closed" });
    await new Promise((resolve) => setTimeout(resolve, again));
  }
}

/** What is stored against what the controllers' own journals hold. */
async function compare(env: Environment, devices: readonly TestDevice[]) {
  const counts = { written: 0, lost: 0, doubled: 0 };
  for (const { controllerId, controller } of devices) {
    const own = (await controller.printJournal()).split("\n").filter((line) => line !== "");
    const rows = await env.db
      .selectFrom("controller_records")
      .select("record")
      .where("controller_id", "=", controllerId)
      .execute();
    const stored = new Map<string, number>();
    for (const { record } of rows) stored.set(record, (stored.get(record) ?? 0) + 1);
    counts.written += own.length;
    counts.lost += own.filter((line) => !stored.has(line)).length;
    counts.doubled += rows.length - stored.size + [...stored.keys()].filter((record) => !own.includes(record)).length;
  }
  return counts;
}
