import { randomUUID } from "node:crypto";
import { connectDevice, type DeviceIdentity } from "../../apps/server/features/gateway/test-device.ts";

/** What the process that holds the controllers of `idle.ts` is told, and what it answers. */
export interface IdleOrder {
  readonly port: number;
  readonly devices: readonly DeviceIdentity[];
}
export type IdleWord = { readonly ok: true } | { readonly ok: false; readonly problem: string };

/** So many shake hands at a time. */
const atOnce = 50;

async function connectAll({ port, devices }: IdleOrder): Promise<void> {
  const waiting = [...devices];
  const work = async (): Promise<void> => {
    for (let device = waiting.pop(); device !== undefined; device = waiting.pop()) {
      const topics = `seal/v1/${device.controllerId}`;
      const sid = randomUUID();
      const payload = Buffer.from(JSON.stringify({ s: "offline", sid }));
      const client = await connectDevice(port, device, {
        ...{ connectTimeout: 60_000, will: { topic: `${topics}/up/presence`, payload, qos: 1, retain: true } },
      });
      await client.subscribeAsync(`${topics}/down/#`, { qos: 1 });
      const there = { s: "online", sid, fw: "1.0.0", ep: 1, seq: 1, bat: 80, net: "bench" };
      await client.publishAsync(`${topics}/up/presence`, JSON.stringify(there), { qos: 1, retain: true });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

process.on("message", (order: IdleOrder) => {
  const tell = (word: IdleWord): void => void process.send?.(word);
  connectAll(order).then(
    () => tell({ ok: true }),
    (error: unknown) => tell({ ok: false, problem: error instanceof Error ? error.message : String(error) }),
  );
});
