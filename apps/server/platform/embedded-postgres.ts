import { type ChildProcess, spawn } from "node:child_process";
import { open, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { findPostgresBinaries, type PostgresBinaries, prepareBinaries } from "./embedded-postgres-binaries.ts";
import { prepareCluster } from "./embedded-postgres-cluster.ts";
import { type Places, preparePlaces, removeDeadDrafts } from "./embedded-postgres-places.ts";
import { refuse, type StartRefusal } from "./embedded-postgres-refusal.ts";
import { takeInstanceLock } from "./instance-lock.ts";
import {
  alive,
  BOOTSTRAP_ROLE,
  describeProcess,
  findPostmasterFile,
  lookAtServer,
  type PostmasterFile,
  stopPostmaster,
} from "./postmaster.ts";

/** Name of the application's database in the embedded server. */
const DATABASE = "chancery";
/** Messages of the server beyond this size are put aside at a start. */
const MESSAGES_LIMIT = 10_000_000;

export interface EmbeddedPostgresOptions {
  /** Folder of the application's data; the database lies in `postgres/` inside it. */
  readonly dataDir: string;
  /** Folder of the socket, at most 93 bytes; by default one in the temporary folder. */
  readonly runtimeDir?: string | undefined;
  /** Account PostgreSQL runs under where this process is root; default 64123, shared with nothing. */
  readonly uid?: number | undefined;
  /** Lines for the person at the console. */
  readonly log: (line: string) => void;
  /** False only in tests: nothing is flushed to the disk. */
  readonly durable?: boolean;
  /** Milliseconds to wait for data that something still holds; default 10 s. */
  readonly patience?: number;
  /** Further settings of the server, for tests. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The programs; by default those npm installed for this platform. */
  readonly binaries?: PostgresBinaries | undefined;
  readonly platform?: { readonly os: string; readonly arch: string };
  /** Root of the project, and where root keeps what lies below folders nobody else may enter. */
  readonly projectDir?: string;
  readonly systemDir?: string;
}

/** A running embedded server, ours for the life of this process. */
export interface EmbeddedPostgres {
  readonly ok: true;
  /** As the cluster's superuser, for migrations and roles; other roles differ in `user` alone. */
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
  };
  /** The same as one address. */
  readonly url: string;
  /** Where the data really lie. */
  readonly cluster: string;
  readonly pid: number;
  /** True where the server was running already, left by a process that was killed. */
  readonly adopted: boolean;
  /** Tells a second start where this instance can be reached. */
  announce(url: string): Promise<void>;
  /** Answers a sentence when the server, or our lock on it, is lost before `stop`. */
  readonly lost: Promise<string>;
  /** Ends the server in the orderly way and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that npm installed on the data folder, or takes over one that runs there, and holds the lock
 * of the only instance. Answers a refusal with a stable code where that cannot be; throws only for broken
 * infrastructure. The server listens on a Unix socket alone.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres | StartRefusal> {
  const { os, arch } = options.platform ?? { os: process.platform, arch: process.arch };
  const installed = options.binaries ?? (await findPostgresBinaries(os, arch));
  if (installed === undefined || process.getuid === undefined) {
    return refuse(
      "postgres.no-binaries",
      `No embedded PostgreSQL is installed for ${os}-${arch}. Set DATABASE_URL to use a PostgreSQL server of your own.`,
    );
  }
  const places = await preparePlaces({
    dataDir: options.dataDir,
    projectDir: options.projectDir ?? fileURLToPath(new URL("../../../", import.meta.url)),
    runtimeDir: options.runtimeDir,
    ownUid: process.getuid(),
    serverUid: options.uid ?? 64123,
    systemDir: options.systemDir ?? "/var/lib/chancery",
  });
  if (!places.ok) return places;
  await removeDeadDrafts(places.home);
  const programs = await prepareBinaries(installed, places.home, places.uid);
  if (!programs.ok) return programs;
  const cluster = await prepareCluster(programs.folder, places);
  if (!cluster.ok) return cluster;
  const served = await serve(programs.folder, places, options);
  if (!served.ok) return served;
  return takeOver(places, served, options.log);
}

interface Served {
  readonly ok: true;
  readonly file: PostmasterFile;
  readonly adopted: boolean;
}

/**
 * Brings the data folder to be served: by whoever serves it already, else by a server of ours. What PostgreSQL itself
 * says about its postmaster.pid decides; that file is never removed here.
 */
async function serve(
  binaries: string,
  places: Places,
  options: EmbeddedPostgresOptions,
): Promise<Served | StartRefusal> {
  let deadline = Date.now() + (options.patience ?? 10_000);
  let ours: Attempt | undefined;
  for (let round = 0; ; round += 1) {
    const state = await lookAtServer(places.cluster);
    if (state.kind === "serving") return { ok: true, file: state.file, adopted: state.file.pid !== ours?.child.pid };
    if (ours === undefined && state.kind === "silent") ours = await spawnServer(binaries, places, options);
    const named = (await findPostmasterFile(places.cluster))?.pid;
    if (ours !== undefined && !ours.ended() && named === ours.child.pid) {
      // Our own server has the data, and works perhaps through a long recovery; it ends by itself if it cannot go on.
      deadline = Date.now() + (options.patience ?? 10_000);
    }
    if (ours?.ended() === true) {
      const reason = await ours.reason();
      const held =
        /postmaster\.pid|\.lock" already exists|shared memory block|lock file/.test(reason) ||
        // Beside another start a server can fail in other words too: who has the data by now decides, not the words.
        (named !== undefined && named !== ours.child.pid && alive(named)) ||
        (await lookAtServer(places.cluster)).kind === "serving";
      if (!held) return refuse("postgres.start-failed", `PostgreSQL did not start: ${reason} (${messagesOf(places)})`);
      ours = undefined;
    }
    if (Date.now() > deadline) {
      // Whoever is told that the data are held must not find them held by our own server a moment later.
      await ours?.giveUp();
      return dataHeld(places);
    }
    await sleep(ours === undefined ? 200 : Math.min(10 + round, 100));
  }
}

async function dataHeld(places: Places): Promise<StartRefusal> {
  const pid = (await findPostmasterFile(places.cluster))?.pid;
  const holder = pid !== undefined && alive(pid) ? `process ${pid} (${await describeProcess(pid)})` : "another process";
  return refuse(
    "postgres.data-held",
    `The data in ${places.cluster} are held by ${holder}, which does not answer as their PostgreSQL. End it; if it is a program of another kind, remove ${join(places.cluster, "postmaster.pid")} by hand.`,
  );
}

interface Attempt {
  readonly child: ChildProcess;
  readonly ended: () => boolean;
  readonly reason: () => Promise<string>;
  /** Ends it, and is done when it has ended. */
  readonly giveUp: () => Promise<void>;
}

function messagesOf(places: Places): string {
  return join(places.home, "postgres.messages");
}

/** Detached, so that Ctrl-C reaches the application alone, which still needs its database to drain. */
async function spawnServer(binaries: string, places: Places, options: EmbeddedPostgresOptions): Promise<Attempt> {
  const settings: Record<string, string> = {
    listen_addresses: "",
    port: "5432",
    unix_socket_directories: places.runtime,
    unix_socket_permissions: "0700",
    cluster_name: "chancery",
    log_line_prefix: "%m [%p] ",
    log_timezone: "UTC",
    timezone: "UTC",
    ...(options.durable === false ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off" } : {}),
    ...options.settings,
  };
  const parameters = ["-D", places.cluster, ...Object.entries(settings).flatMap(([k, v]) => ["-c", `${k}=${v}`])];
  const path = messagesOf(places);
  const size = (await stat(path).catch(() => undefined))?.size ?? 0;
  if (size > MESSAGES_LIMIT) await rename(path, `${path}.1`);
  const messages = await open(path, "a+", 0o600);
  const from = (await messages.stat()).size;
  const identity = places.uid === undefined ? {} : { uid: places.uid, gid: places.uid };
  const child = spawn(join(binaries, "bin", "postgres"), parameters, {
    ...identity,
    cwd: "/",
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C" },
    detached: true,
    stdio: ["ignore", messages.fd, messages.fd],
  });
  let failure: string | undefined;
  child.once("error", (error) => {
    failure = error.message;
  });
  child.unref();
  await messages.close();
  const ended = (): boolean => failure !== undefined || child.exitCode !== null || child.signalCode !== null;
  return {
    child,
    ended,
    giveUp: async () => {
      const until = Date.now() + 5_000;
      child.kill("SIGINT");
      while (!ended()) {
        await sleep(20);
        if (Date.now() > until) child.kill("SIGKILL");
      }
    },
    reason: async () => failure ?? (await reasonIn(path, from, child.pid ?? 0)),
  };
}

/**
 * The last fatal message that this server wrote after a place in the messages. Another one may write there too (of two
 * starts at once the quicker), so a line that names a process counts only if it is this one.
 */
async function reasonIn(path: string, from: number, pid: number): Promise<string> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64_000), 0, 64_000, from);
    const lines = buffer.toString("utf8", 0, bytesRead).split("\n");
    const own = lines.filter((line) => !/^\S+ \S+ \S+ \[\d+\] /.test(line) || line.includes(` [${pid}] `));
    return own.findLast((line) => /FATAL|PANIC|error while loading/.test(line)) ?? "it ended without a message";
  } finally {
    await file.close();
  }
}

/** Takes the lock of the only instance; whoever holds it owns the server and stops it at the end. */
async function takeOver(
  places: Places,
  served: Served,
  log: (line: string) => void,
): Promise<EmbeddedPostgres | StartRefusal> {
  const { pid, port, socketDir } = served.file;
  const connection = { host: socketDir, port, user: BOOTSTRAP_ROLE, database: DATABASE };
  const lock = await takeInstanceLock({ ...connection, database: "postgres" });
  if (!lock.ok) {
    const where = lock.url === undefined ? "(it is still starting)" : `at ${lock.url}`;
    const refusal = refuse("instance.already-running", `Already running ${where} on the data in ${places.cluster}.`);
    return lock.url === undefined ? refusal : { ...refusal, url: lock.url };
  }
  await createDatabase({ ...connection, database: "postgres" });
  let stopping: Promise<void> | undefined;
  return {
    ok: true,
    connection,
    url: `postgresql://${BOOTSTRAP_ROLE}@localhost:${port}/${DATABASE}?host=${encodeURIComponent(socketDir)}`,
    cluster: places.cluster,
    pid,
    adopted: served.adopted,
    announce: lock.announce,
    lost: lock.lost.then((reason) => `The embedded PostgreSQL is gone: ${reason}.`),
    stop: () => {
      // The lock is held to the end, so that nobody adopts a server that is about to go.
      stopping ??= lock.release(() => stopPostmaster(places.cluster, pid, log));
      return stopping;
    },
  };
}

async function createDatabase(connection: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}
