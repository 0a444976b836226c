import { spawn } from "node:child_process";
import { chmod, lchown, lstat, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Places } from "./embedded-postgres-places.ts";
import { refuse, type StartRefusal } from "./embedded-postgres-refusal.ts";
import { BOOTSTRAP_ROLE } from "./postmaster.ts";

/** Major version of the programs this project installs. */
const MAJOR_VERSION = "18";

/**
 * Makes the data folder where it is missing (initdb), so that it stands there whole or not at all: into a draft beside
 * it, then renamed. Of two starts at once one rename wins and the other draft is thrown away.
 */
export async function prepareCluster(binaries: string, places: Places): Promise<{ readonly ok: true } | StartRefusal> {
  const version = await readFile(join(places.cluster, "PG_VERSION"), "utf8").catch(() => undefined);
  if (version?.trim() === MAJOR_VERSION) return { ok: true };
  if (version !== undefined) {
    return refuse(
      "postgres.data-version",
      `The data in ${places.cluster} are of PostgreSQL ${version.trim()}, the programs here of ${MAJOR_VERSION}. Use the release that made them to export them.`,
    );
  }
  const draft = `${places.cluster}.new-${process.pid}`;
  const account = places.uid === undefined ? undefined : await accountForInit();
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { mode: 0o700 });
    await chmod(draft, 0o700);
    if (account !== undefined) await lchown(draft, account.uid, account.gid);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    return refuse(
      "postgres.folder-not-writable",
      `Cannot write ${places.home} (${code}). Choose a folder with CHANCERY_DATA.`,
    );
  }
  const failure = await initialise(join(binaries, "bin", "initdb"), draft, account);
  if (failure !== undefined) {
    await rm(draft, { recursive: true, force: true });
    return refuse("postgres.init-failed", `PostgreSQL could not make its data folder ${places.cluster}: ${failure}`);
  }
  if (places.uid !== undefined) await handOver(draft, places.uid);
  try {
    await rename(draft, places.cluster);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
    await rm(draft, { recursive: true, force: true });
    if (!(await readdir(places.cluster)).includes("PG_VERSION")) {
      return refuse("postgres.init-failed", `${places.cluster} exists and holds no PostgreSQL data; move it away.`);
    }
  }
  return { ok: true };
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** initdb asks the system for the name of its account, so it needs one of the passwd file: nobody. */
async function accountForInit(): Promise<Account> {
  const lines = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  const found = lines.find(([name]) => name === "nobody") ?? lines.find((line) => Number(line[2]) > 0);
  return { uid: Number(found?.[2] ?? 65534), gid: Number(found?.[3] ?? 65534) };
}

/** Runs initdb; answers what went wrong. Text sorts by code point, the same on every system. */
async function initialise(initdb: string, folder: string, account: Account | undefined): Promise<string | undefined> {
  const parameters = ["--pgdata", folder, "--username", BOOTSTRAP_ROLE, "--encoding", "UTF8"];
  parameters.push("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C");
  // Nobody comes in by network, and the socket stands in a folder that only its account and root may enter.
  parameters.push("--auth-local", "trust", "--auth-host", "reject", "--no-instructions");
  const child = spawn(initdb, parameters, {
    ...account,
    cwd: "/",
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let text = "";
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code) => resolve(code === 0 ? undefined : firstReason(text)));
  });
}

function firstReason(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.find((line) => /FATAL|error/.test(line)) ?? lines.find((line) => line !== "") ?? "no reason given";
}

/** Gives a tree that we made to an account; links are not followed. */
async function handOver(path: string, uid: number): Promise<void> {
  await lchown(path, uid, uid);
  if (!(await lstat(path)).isDirectory()) return;
  for (const name of await readdir(path)) await handOver(join(path, name), uid);
}
