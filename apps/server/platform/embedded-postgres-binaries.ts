import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, chmod, copyFile, link, lstat, mkdir, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { refuse, type StartRefusal } from "./embedded-postgres-refusal.ts";

const run = promisify(execFile);

/** Where the programs of one PostgreSQL stand: `bin/`, `lib/` and `share/` below `folder`. */
export interface PostgresBinaries {
  readonly folder: string;
  /** Version of the npm package, part of the name of a copy. */
  readonly version: string;
}

/**
 * Finds the PostgreSQL that npm installed for a platform; undefined where there is none.
 * The package is an optional dependency per operating system and processor, so it is looked up, not imported.
 */
export async function findPostgresBinaries(platform: string, arch: string): Promise<PostgresBinaries | undefined> {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${arch}`);
    const root = dirname(dirname(entry));
    await access(join(root, "native", "bin", "postgres"), constants.X_OK);
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
    return { folder: join(root, "native"), version };
  } catch {
    return undefined;
  }
}

/**
 * Makes the library links that npm packages cannot carry (pg-symlinks.json of the package) in `folder/lib`.
 * Answers false where the folder may not be written. Two processes may do this at once.
 */
async function linkLibraries(folder: string): Promise<boolean> {
  let list: { source: string; target: string }[];
  try {
    list = JSON.parse(await readFile(join(folder, "pg-symlinks.json"), "utf8")) as typeof list;
  } catch {
    return true;
  }
  for (const { source, target } of list) {
    const place = join(folder, relative("native", target));
    try {
      await symlink(relative(dirname(target), source), place);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EACCES" || code === "EPERM" || code === "EROFS") return await exists(place);
      if (code !== "EEXIST") throw error;
    }
  }
  return true;
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

/** Copies a tree by hard links, by content where a link is impossible or the file is not readable for everyone. */
async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o755 });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkTree(source, target);
    else if (entry.isFile()) await linkFile(source, target);
  }
}

async function linkFile(source: string, target: string): Promise<void> {
  const { mode } = await lstat(source);
  const wanted = mode & 0o111 ? 0o755 : 0o644;
  if ((mode & wanted) === wanted) {
    try {
      return await link(source, target);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== "EXDEV" && code !== "EPERM" && code !== "EMLINK") throw error;
    }
  }
  await copyFile(source, target);
  await chmod(target, wanted);
}

async function starts(folder: string, uid: number | undefined): Promise<string | undefined> {
  const identity = uid === undefined ? {} : { uid, gid: uid };
  try {
    await run(join(folder, "bin", "postgres"), ["--version"], { ...identity, cwd: "/", env: {}, timeout: 20_000 });
    return undefined;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    return (stderr || message).trim().split("\n")[0] ?? "unknown reason";
  }
}

/**
 * Gives binaries that the account PostgreSQL runs under can load: those npm installed, or, where that account cannot
 * enter the folder (below /root) or the library links cannot be made there, a copy in `home`. The reader's folders
 * never change their mode.
 */
export async function prepareBinaries(
  installed: PostgresBinaries,
  home: string,
  uid: number | undefined,
): Promise<{ readonly ok: true; readonly folder: string } | StartRefusal> {
  const linked = await linkLibraries(installed.folder);
  if (linked && (await starts(installed.folder, uid)) === undefined) return { ok: true, folder: installed.folder };
  const copy = join(home, `postgresql-${installed.version}`);
  if (!(await exists(copy))) {
    const draft = `${copy}.new-${process.pid}`;
    await rm(draft, { recursive: true, force: true });
    await linkTree(installed.folder, draft);
    await linkLibraries(draft);
    try {
      await rename(draft, copy);
    } catch (error) {
      // Another start was quicker; its copy is as good as ours.
      if (!(await exists(copy))) throw error;
      await rm(draft, { recursive: true, force: true });
    }
  }
  const reason = await starts(copy, uid);
  if (reason === undefined) return { ok: true, folder: copy };
  return refuse(
    "postgres.no-binaries",
    `The PostgreSQL in ${copy} does not start here (${reason}). Set DATABASE_URL to use a PostgreSQL server of your own.`,
  );
}
