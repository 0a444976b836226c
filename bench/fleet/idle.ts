import { randomBytes } from "node:crypto";
import type { Environment } from "../../apps/server/platform/environment.ts";
import { until } from "../../apps/server/platform/test-until.ts";
import { withDatabase } from "../database.ts";
import { makeEnvironment } from "../environment.ts";
import type { BenchLine } from "../line.ts";
import type { IdleWord } from "./clients.ts";
import { ask, enrolFleet, startGateway, startProcess } from "./fleet.ts";
import type { GatewayWord } from "./gateway.ts";

/** MB that the embedded broker may take for so many controllers that are connected and say nothing. */
const limit = 300;
const controllers = 5000;
/** Milliseconds until what their coming has left behind is gone. */
const settle = 5000;

/**
 * What the process with the gateway and its embedded broker holds when all controllers of a large fleet are connected, each by a
 * certificate of its own over TLS of both sides, subscribed to its topics, and idle. Another process holds the controllers.
 */
export function benchIdleControllers(): Promise<BenchLine[]> {
  return withDatabase(async (connections, folder) => {
    const key = randomBytes(32);
    const env = await makeEnvironment(connections, folder, 20, key);
    const clients = startProcess("clients.ts");
    const children = [clients];
    try {
      const fleet = await enrolFleet(env, controllers);
      const devices = fleet.map(({ controllerId, cert, ca, key: own }) => ({
        controllerId,
        cert,
        ca,
        key: String(own),
      }));
      const { process: gateway, word: before } = await startGateway({ connections, folder, key });
      children.push(gateway);
      const begun = performance.now();
      const word = await ask<IdleWord>(clients, { port: before.port, devices });
      if (!word.ok) throw new Error(word.problem);
      const seconds = (performance.now() - begun) / 1000;
      await untilOnline(env, devices.length);
      await new Promise((resolve) => setTimeout(resolve, settle));
      const { megabytes } = await ask<GatewayWord>(gateway, "tell");
      const grown = megabytes - before.megabytes;
      return [
        memory(`gateway and embedded broker with ${devices.length} idle controllers, resident`, megabytes),
        memory("of it for the controllers", grown),
        {
          ...{ name: "their connecting at once, TLS of both sides", value: Math.round(devices.length / seconds) },
          ...{ unit: "controllers/s", ratio: Math.round((60 / seconds) * 100) / 100, against: "a minute for all" },
        },
      ];
    } finally {
      for (const child of children) child.kill("SIGKILL");
      await env.db.destroy();
    }
  });
}

const memory = (name: string, megabytes: number): BenchLine => ({
  ...{ name, value: Math.round(megabytes), unit: "MB" },
  ...{ ratio: Math.round((limit / megabytes) * 100) / 100, against: `limit ${limit} MB` },
});

/** Their presence is written as they come. */
const untilOnline = (env: Environment, all: number): Promise<number> =>
  until(
    async () => {
      const { count } = await env.db
        .selectFrom("controller_presence")
        .select((eb) => eb.fn.countAll<string>().as("count"))
        .where("online", "=", true)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    (count) => count === all,
    120_000,
  );
