import { createHash } from "node:crypto";
import { chmod, chown, lstat, mkdir, readdir, realpath, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { refuse, type StartRefusal } from "./embedded-postgres-refusal.ts";
import { alive } from "./postmaster.ts";

/** A Unix socket's path may have 107 bytes (sun_path less its end mark); PostgreSQL ends with an error beyond. */
const SOCKET_PATH_LIMIT = 107;

/** Where one embedded server keeps its things, and the account it runs under. */
export interface Places {
  /** Folder of the data, the server's messages and, where needed, a copy of the programs. */
  readonly home: string;
  readonly cluster: string;
  readonly runtime: string;
  /** Account of the PostgreSQL processes where we are root; undefined: our own. */
  readonly uid: number | undefined;
}

export interface PlaceOptions {
  readonly dataDir: string;
  readonly projectDir: string;
  readonly runtimeDir: string | undefined;
  /** Our own account; 0 is root. */
  readonly ownUid: number;
  /** Account for PostgreSQL where we are root. */
  readonly serverUid: number;
  /** Where root keeps what the server's account could not reach otherwise. */
  readonly systemDir: string;
}

/**
 * Decides where data and socket lie, makes the folders, and refuses where they cannot be used. Data that exist are
 * never left behind for an empty folder elsewhere: if they cannot be reached, that is said.
 */
export async function preparePlaces(options: PlaceOptions): Promise<({ readonly ok: true } & Places) | StartRefusal> {
  const { ownUid, serverUid } = options;
  try {
    await mkdir(options.dataDir, { recursive: true, mode: 0o755 });
  } catch (error) {
    return notWritable(options.dataDir, error);
  }
  const dataDir = await realpath(options.dataDir);
  const projectDir = await realpath(options.projectDir);
  const subject = dataDir === join(projectDir, ".data") ? projectDir : dataDir;
  const key = createHash("sha256").update(subject).digest("hex").slice(0, 12);
  const moved = join(options.systemDir, key);
  const [near, far] = [join(dataDir, "postgres"), join(moved, "postgres")];

  const holder = (await ownerOf(near)) ?? (await ownerOf(far));
  if (ownUid !== 0) {
    if (holder !== undefined && holder !== ownUid) return foreignData(holder, (await ownerOf(near)) ? near : far);
    const runtime = await prepareRuntime(options.runtimeDir, `chancery-${ownUid}-${key}`, ownUid, ownUid);
    if (!runtime.ok) return runtime;
    return { ok: true, home: dataDir, cluster: near, runtime: runtime.folder, uid: undefined };
  }

  // Root: data that an ordinary user began stay that user's, so that he can go on with them.
  const uid = holder === undefined || holder === 0 ? serverUid : holder;
  const reachable = await canEnter(dataDir, uid);
  const useNear = (await ownerOf(near)) !== undefined || ((await ownerOf(far)) === undefined && reachable);
  if (useNear && !reachable) {
    return refuse(
      "postgres.data-not-reachable",
      `The account ${uid} that runs PostgreSQL cannot enter ${dataDir}. Give every folder above the permission x for others, or move ${near} to ${far}.`,
    );
  }
  const home = useNear ? dataDir : moved;
  try {
    await mkdir(home, { recursive: true, mode: 0o755 });
    if (!useNear) await chmod(moved, 0o755);
  } catch (error) {
    return notWritable(home, error);
  }
  const ownRuntime = useNear ? undefined : join(moved, "run");
  const runtime = await prepareRuntime(options.runtimeDir ?? ownRuntime, `chancery-${uid}-${key}`, 0, uid);
  if (!runtime.ok) return runtime;
  return { ok: true, home, cluster: useNear ? near : far, runtime: runtime.folder, uid };
}

/** The account a folder belongs to; undefined where it does not exist. */
async function ownerOf(path: string): Promise<number | undefined> {
  return (await lstat(path).catch(() => undefined))?.uid;
}

function foreignData(holder: number, path: string): StartRefusal {
  return refuse(
    "postgres.data-of-another-user",
    `The data in ${path} belong to the account ${holder}, as after a start by root. Start it as root again, or let root hand them over with chown -R.`,
  );
}

function notWritable(path: string, error: unknown): StartRefusal {
  const code = (error as NodeJS.ErrnoException).code ?? "unknown";
  return refuse("postgres.folder-not-writable", `Cannot write ${path} (${code}). Choose a folder with CHANCERY_DATA.`);
}

/** May an account without groups enter this folder, through every folder above it? */
async function canEnter(folder: string, uid: number): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid: owner, gid } = await stat(at);
    const bit = owner === uid ? 0o100 : gid === uid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/**
 * Makes the folder of the socket: mode 0700, the server's own. The default stands in the temporary folder, where an
 * attacker may have put something of that name first; then it is refused.
 */
async function prepareRuntime(
  wanted: string | undefined,
  name: string,
  ownUid: number,
  serverUid: number,
): Promise<{ readonly ok: true; readonly folder: string } | StartRefusal> {
  const folder = wanted ?? [join(await realpath(tmpdir()), name), join("/tmp", name)].find(fitsSocket);
  if (folder === undefined || !fitsSocket(folder)) {
    return refuse(
      "postgres.socket-path-too-long",
      `The folder ${folder ?? name} makes a socket path of more than ${SOCKET_PATH_LIMIT} bytes; choose a shorter one.`,
    );
  }
  try {
    await mkdir(folder, { mode: 0o700, recursive: wanted !== undefined });
    await chmod(folder, 0o700);
    if (ownUid === 0) await chown(folder, serverUid, serverUid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") return notWritable(folder, error);
  }
  const made = await lstat(folder);
  if (!made.isDirectory() || made.uid !== serverUid || (made.mode & 0o077) !== 0) {
    // Root may have made it a moment before this check; then it is not yet handed over.
    if (made.isDirectory() && ownUid === 0 && made.uid === 0 && (made.mode & 0o077) === 0) {
      await chown(folder, serverUid, serverUid);
    } else {
      return refuse(
        "postgres.folder-not-private",
        `The folder ${folder} is not a private folder (mode 0700) of the account ${serverUid}; remove it and start again.`,
      );
    }
  }
  return { ok: true, folder };
}

function fitsSocket(folder: string): boolean {
  return Buffer.byteLength(join(folder, ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT;
}

/** Removes drafts (`<name>.new-<pid>`) in a folder whose maker is dead, left by a killed start. */
export async function removeDeadDrafts(folder: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    const pid = /^(?:postgres|postgresql-.+)\.new-(\d+)$/.exec(basename(entry))?.[1];
    if (pid !== undefined && !alive(Number(pid))) await rm(join(folder, entry), { recursive: true, force: true });
  }
}
