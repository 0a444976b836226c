import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { testFolder } from "../apps/server/platform/test-folder.ts";

const project = fileURLToPath(new URL("../", import.meta.url));

/** The product as people run it, on data of its own: a second process, its embedded database, its built pages. */
export interface ServerUnderTest {
  readonly url: string;
  readonly dataDir: string;
  /** Everything it printed so far. */
  output(): string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Ends it as Ctrl-C does; the data stay. */
  stop(): Promise<void>;
  /** Ends it as Ctrl-C does and removes its data. */
  close(): Promise<void>;
}

/** Starts the product; resolves when it has printed where it runs. */
export async function startServerUnderTest(
  options: { dataDir?: string; env?: Record<string, string> } = {},
): Promise<ServerUnderTest> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(testFolder(), "chancery-e2e-")));
  const child = spawn(process.execPath, ["apps/server/main.ts"], {
    cwd: project,
    env: {
      ...process.env,
      // Ports that are free, beside other servers of the run.
      ...{ PORT: "0", CHANCERY_MQTT_PORT: "0" },
      ...{ CHANCERY_DATA: dataDir, DATABASE_URL: "", LOG_LEVEL: "warn" },
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // A run that is ended in the middle of a test leaves no server behind, and the server none of its own.
  const endWithUs = (): void => void child.kill("SIGTERM");
  process.once("exit", endWithUs);
  child.once("exit", () => process.removeListener("exit", endWithUs));
  let printed = "";
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (part: Buffer): void => {
      printed += part.toString();
      const found = /runs at (\S+)/.exec(printed)?.[1];
      if (found) resolve(found);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${printed}`)));
  });
  return {
    url,
    dataDir,
    output: () => printed,
    kill: () => end(child, "SIGKILL"),
    stop: () => end(child, "SIGINT"),
    close: async () => {
      await end(child, "SIGTERM");
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill(signal);
  });
}
