import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Environment } from "../../platform/environment.ts";
import type { AuthorityHandover } from "./authority-process.ts";

export interface AuthorityProcess {
  /** Starts it where it is not running; a failure is told by `running`, not thrown. */
  ensureStarted(): Promise<void>;
  running(): boolean;
  /** Its process, where there is one. */
  pid(): number | null;
  stop(): Promise<void>;
}

const patience = 20_000;
/** One that ended by itself is started again after this, in milliseconds. */
const restart = 2000;

/** The authority in a process of its own, started with the first need of it and again when it ended. */
export function createAuthorityProcess(env: Environment, handover: AuthorityHandover): AuthorityProcess {
  let child: ChildProcess | null = null;
  let starting: Promise<void> | null = null;
  let ready = false;
  let stopped = false;
  const start = async (): Promise<void> => {
    const made = fork(fileURLToPath(new URL("./authority-process.ts", import.meta.url)), {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      // Secrets travel by the pipe alone; what the server was started with is not passed on.
      env: { PATH: process.env.PATH, NODE_OPTIONS: process.env.NODE_OPTIONS, TZ: process.env.TZ },
    });
    child = made;
    made.once("exit", (code) => {
      if (child === made) child = null;
      ready = false;
      if (stopped) return;
      env.logger.error({ code }, "the authority of the controllers ended and is started again");
      setTimeout(() => void ensureStarted(), restart).unref();
    });
    const started = new Promise<boolean>((resolve) => {
      made.once("message", () => resolve(true));
      made.once("exit", () => resolve(false));
      setTimeout(() => resolve(false), patience).unref();
    });
    made.send(handover);
    ready = await started;
  };
  const ensureStarted = async (): Promise<void> => {
    if (child !== null && starting === null) return;
    if (stopped) return;
    starting ??= start().finally(() => {
      starting = null;
    });
    await starting;
  };
  return {
    ensureStarted,
    running: () => ready,
    pid: () => child?.pid ?? null,
    stop: async () => {
      stopped = true;
      await starting;
      const ending = child;
      if (!ending || ending.exitCode !== null) return;
      const gone = new Promise<void>((resolve) => ending.once("exit", () => resolve()));
      // It has no work that a commit does not hold together: what it was signing is asked again.
      ending.disconnect();
      await gone;
    },
  };
}
