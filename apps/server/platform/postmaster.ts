import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";

/** Name of the cluster's superuser; the application itself never connects as this role after the migrations. */
export const BOOTSTRAP_ROLE = "chancery_bootstrap";

/** What PostgreSQL writes into postmaster.pid of its data folder (one value a line). */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  readonly socketDir: string;
}

/** Reads postmaster.pid; undefined where there is none or it is not complete yet. */
export async function findPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(join(cluster, "postmaster.pid"), "utf8").catch(() => "");
  const [pid, , , port, socketDir] = text.split("\n");
  // A lone back-end writes its pid negative; it serves nobody.
  if (!pid || !port || !socketDir || !(Number(pid) > 0)) return undefined;
  return { pid: Number(pid), port: Number(port), socketDir };
}

/** Is there a process with this id, ours or not? */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Says in a few words what a process is, for a message. */
export async function describeProcess(pid: number): Promise<string> {
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  if (command !== "") return command.replaceAll("\0", " ").trim().slice(0, 200);
  const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "");
  return name === "" ? "unknown program" : `${name.trim()}, ended but not yet collected by its parent`;
}

/** What a look at the data folder found. `starting`: recovering, starting or shutting down; ask again. */
export type ServerState =
  | { readonly kind: "serving"; readonly file: PostmasterFile }
  | { readonly kind: "starting" }
  | { readonly kind: "silent" };

/** Asks whether a live server answers on the socket that postmaster.pid names, and for this data folder. */
export async function lookAtServer(cluster: string): Promise<ServerState> {
  const file = await findPostmasterFile(cluster);
  if (file === undefined || !alive(file.pid)) return { kind: "silent" };
  const client = new pg.Client({
    host: file.socketDir,
    port: file.port,
    user: BOOTSTRAP_ROLE,
    database: "postgres",
    connectionTimeoutMillis: 3000,
  });
  // A connection that breaks after the answer is no news here.
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("show data_directory");
    const served = await realpath(rows[0]?.data_directory ?? "");
    return served === (await realpath(cluster)) ? { kind: "serving", file } : { kind: "silent" };
  } catch (error) {
    // 57P03: cannot_connect_now, while starting, recovering or shutting down.
    return (error as { code?: string }).code === "57P03" ? { kind: "starting" } : { kind: "silent" };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Stops a postmaster in the orderly way (SIGINT, "fast": sessions end, everything is written) and waits for it. */
export async function stopPostmaster(cluster: string, pid: number, log: (line: string) => void): Promise<void> {
  const named = await findPostmasterFile(cluster);
  if (named?.pid !== pid || !alive(pid)) return;
  process.kill(pid, "SIGINT");
  const hurry = Date.now() + 60_000;
  let hurried = false;
  for (;;) {
    // The file goes last; the process may stay as a zombie where nobody collects it.
    if ((await findPostmasterFile(cluster))?.pid !== pid || !alive(pid)) return;
    if (!hurried && Date.now() > hurry) {
      hurried = true;
      log(`PostgreSQL (process ${pid}) does not end; stopping it at once. The next start recovers from its journal.`);
      process.kill(pid, "SIGQUIT");
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
