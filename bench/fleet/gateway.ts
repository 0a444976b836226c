import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createGateway } from "../../apps/server/features/gateway/gateway.ts";
import type { RoleConnections } from "../../apps/server/platform/migrate.ts";
import { until } from "../../apps/server/platform/test-until.ts";
import { makeEnvironment } from "../environment.ts";

/** What the process with the broker of the benches of a fleet is told: its data at first, then to tell how much it holds. */
export type GatewayOrder =
  | {
      readonly connections: RoleConnections;
      readonly folder: string;
      readonly key: string;
      /** Where it listens; 0 where any port will do. */
      readonly port: number;
    }
  | "tell";
export interface GatewayWord {
  readonly port: number;
  /** Resident memory in MB, once its garbage is gone. */
  readonly megabytes: number;
}

let port = 0;
async function start(order: Exclude<GatewayOrder, "tell">): Promise<void> {
  const env = await makeEnvironment(order.connections, order.folder, 20, Buffer.from(order.key, "hex"));
  const gateway = createGateway(env, {
    ...{ host: "127.0.0.1", publicUrl: undefined },
    gateway: { kind: "embedded", always: true, host: undefined, port: order.port },
  });
  await gateway.ensureStarted();
  const running = () => gateway.status();
  await until(running, ({ state }) => state === "running");
  port = Number(new URL(running().address ?? "").port);
}

function restingMegabytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let turn = 0; turn < 3; turn += 1) collect();
  return process.memoryUsage().rss / 1e6;
}

process.on("message", (order: GatewayOrder) => {
  const tell = (): void => void process.send?.({ port, megabytes: restingMegabytes() } satisfies GatewayWord);
  if (order === "tell") tell();
  else void start(order).then(tell);
});
