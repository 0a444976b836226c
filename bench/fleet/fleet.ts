import { type ChildProcess, fork } from "node:child_process";
import { readFile } from "node:fs/promises";
import { enrolDevice, type TestDevice } from "../../apps/server/features/gateway/test-device.ts";
import type { Environment } from "../../apps/server/platform/environment.ts";
import type { RoleConnections } from "../../apps/server/platform/migrate.ts";
import { createTestCrew } from "../../apps/server/platform/test-crew.ts";
import type { IdleOrder } from "./clients.ts";
import type { GatewayOrder, GatewayWord } from "./gateway.ts";

/** So many controllers of one organisation, each enrolled by two people. */
export async function enrolFleet(env: Environment, count: number): Promise<TestDevice[]> {
  const crew = await createTestCrew(env);
  await crew.registerSeal("department", "LX-01");
  const devices: TestDevice[] = [];
  for (let nth = 1; nth <= count; nth += 1)
    devices.push(
      await enrolDevice(env, {
        ...{ entityId: crew.entityId, first: crew.people.sealAdministrator, second: crew.people.custodian },
        serial: `FLEET-${nth}`,
      }),
    );
  return devices;
}

/** A process of a bench, by its file beside this one. */
export const startProcess = (file: string, flags?: string[]): ChildProcess =>
  fork(new URL(file, import.meta.url), flags && { execArgv: flags });

/** What `npm start` tells Node of its memory: a process that stands for the product is told the same. */
async function readFlags(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")) as {
    readonly scripts: { readonly start: string };
  };
  const flags = scripts.start.split(" ").filter((word) => word.startsWith("--"));
  if (flags.length === 0) throw new Error("npm start tells Node nothing of its memory any more");
  return flags;
}

/** Tells a process something and waits for its answer. Rejects where it ends instead. */
export function ask<T>(child: ChildProcess, order: GatewayOrder | IdleOrder): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`a process of the bench ended with ${code}`));
    child.once("exit", ended);
    child.once("message", (word) => {
      child.off("exit", ended);
      resolve(word as T);
    });
    child.send(order);
  });
}

/** The gateway with its embedded broker and the ingest, in a process of its own on these data. */
export async function startGateway(
  on: { readonly connections: RoleConnections; readonly folder: string; readonly key: Buffer },
  port = 0,
): Promise<{ readonly process: ChildProcess; readonly word: GatewayWord }> {
  const { connections, folder, key } = on;
  const child = startProcess("gateway.ts", await readFlags());
  return { process: child, word: await ask(child, { connections, folder, key: key.toString("hex"), port }) };
}
