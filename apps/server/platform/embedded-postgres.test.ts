import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import pg from "pg";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import type { StartRefusal } from "./embedded-postgres-refusal.ts";
import { lookAtServer, stopPostmaster } from "./postmaster.ts";

const root = await mkdtemp(join(tmpdir(), "cpg-"));
await chmod(root, 0o755);
after(() => rm(root, { recursive: true, force: true }));
const isRoot = process.getuid?.() === 0;
const log = (): void => undefined;

async function folderFor(name: string): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder);
  await chmod(folder, 0o755);
  return folder;
}

type Told = { ok: true; adopted: boolean; pid: number; cluster: string } | StartRefusal;

/** Starts in a process of its own, which holds the server until it is killed or told to stop by its input's end. */
async function startElsewhere(dataDir: string, uid?: number): Promise<{ child: ChildProcess; told: Told }> {
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL("./embedded-postgres.ts", import.meta.url).href)});
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false, log: () => {}, systemDir: ${JSON.stringify(join(root, "system"))} });
    if (server.ok) await server.announce("http://localhost:4711");
    console.log(JSON.stringify(server.ok ? { ok: true, adopted: server.adopted, pid: server.pid, cluster: server.cluster } : server));
    if (server.ok) { process.stdin.resume().once("end", () => server.stop().then(() => process.exit(0))); }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["pipe", "pipe", "inherit"],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return { child, told: JSON.parse(line) as Told };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.stdin?.end();
  await gone;
}

function start(dataDir: string, more: object = {}): ReturnType<typeof startEmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, durable: false, log, systemDir: join(root, "system"), ...more });
}

async function refusalOf(dataDir: string, more: object = {}): Promise<StartRefusal> {
  const server = await start(dataDir, more);
  if (server.ok) await server.stop();
  assert.ok(!server.ok);
  return server;
}

test("a fresh folder: initialised, served, stopped, and the data survive", async () => {
  const folder = await folderFor("fresh");
  for (const round of [1, 2]) {
    const server = await start(folder);
    assert.ok(server.ok);
    assert.equal(server.adopted, false);
    const client = new pg.Client(server.url);
    await client.connect();
    if (round === 1) await client.query("create table kept as select 7 as n");
    assert.deepEqual((await client.query("select n from kept")).rows, [{ n: 7 }]);
    assert.deepEqual((await client.query("show listen_addresses")).rows, [{ listen_addresses: "" }]);
    await client.end();
    await server.stop();
    assert.deepEqual(await lookAtServer(server.cluster), { kind: "silent" });
  }
});

test("the parent killed with -9: the server goes on, is adopted with its data, and stopped by its new holder", async () => {
  const folder = await folderFor("orphan");
  const { child, told } = await startElsewhere(folder);
  assert.ok(told.ok);
  child.kill("SIGKILL");
  await once(child, "exit");
  const server = await start(folder);
  assert.ok(server.ok);
  assert.deepEqual([server.adopted, server.pid], [true, told.pid]);
  await server.stop();
  assert.deepEqual(await lookAtServer(server.cluster), { kind: "silent" });
});

test("the postmaster killed: the holder learns it, and the next start serves again", async () => {
  const folder = await folderFor("killed");
  const server = await start(folder);
  assert.ok(server.ok);
  process.kill(server.pid, "SIGKILL");
  assert.match(await server.lost, /is gone/);
  await server.stop();
  const next = await start(folder);
  assert.ok(next.ok);
  assert.equal(next.adopted, false);
  await next.stop();
});

for (const filled of [false, true]) {
  test(`two starts at once on ${filled ? "a filled" : "an empty"} folder: one runs, the other says where`, async () => {
    const folder = await folderFor(filled ? "two-filled" : "two-empty");
    if (filled) {
      const server = await start(folder);
      assert.ok(server.ok);
      await server.stop();
    }
    const both = await Promise.all([startElsewhere(folder), startElsewhere(folder)]);
    const [loser, ...others] = both.map(({ told }) => told).filter((told) => !told.ok);
    await Promise.all(both.map(({ child }) => end(child)));
    assert.deepEqual(others, []);
    assert.ok(loser !== undefined && !loser.ok);
    assert.equal(loser.code, "instance.already-running", loser.message);
    assert.equal(loser.url, "http://localhost:4711");
  });
}

test("postmaster.pid with a stale pid starts; with a living foreign one it says what holds it and is not removed", async () => {
  const folder = await folderFor("pids");
  const first = await start(folder);
  assert.ok(first.ok);
  const pidFile = join(first.cluster, "postmaster.pid");
  const content = await readFile(pidFile, "utf8");
  await first.stop();
  const stale = spawn(process.execPath, ["-e", ""]);
  await once(stale, "exit");
  await writeFile(pidFile, content.replace(/^\d+/, String(stale.pid)));
  const second = await start(folder);
  assert.ok(second.ok);
  await second.stop();
  // PostgreSQL passes over a living process of another account; so this one runs under the server's.
  const account = isRoot ? { uid: 64123, gid: 64123 } : {};
  const foreign = spawn("/bin/sleep", ["600"], account);
  await once(foreign, "spawn");
  await writeFile(pidFile, content.replace(/^\d+/, String(foreign.pid)), { mode: 0o600 });
  if (isRoot) await chown(pidFile, 64123, 64123);
  const refusal = await refusalOf(folder, { patience: 500 });
  foreign.kill();
  assert.equal(refusal.code, "postgres.data-held");
  assert.match(refusal.message, new RegExp(`process ${foreign.pid} \\(.*sleep`));
  assert.match(await readFile(pidFile, "utf8"), new RegExp(`^${foreign.pid}\n`));
});

test("a socket path that is too long, and a platform without binaries, are refused with the way out", async () => {
  const folder = await folderFor("refusals");
  const long = await refusalOf(folder, { runtimeDir: join(root, "x".repeat(100)) });
  assert.equal(long.code, "postgres.socket-path-too-long");
  const missing = await refusalOf(folder, { platform: { os: "plan9", arch: "mips" } });
  assert.equal(missing.code, "postgres.no-binaries");
  assert.match(missing.message, /DATABASE_URL/);
});

test("root in a folder only root may enter: data, socket and programs lie elsewhere", {
  skip: isRoot ? false : "not root",
}, async () => {
  const closed = join(root, "closed");
  await mkdir(closed, { mode: 0o700 });
  const server = await start(join(closed, "data"));
  assert.ok(server.ok);
  assert.ok(server.cluster.startsWith(join(root, "system")));
  assert.ok(server.connection.host.startsWith(join(root, "system")));
  await stopPostmaster(server.cluster, server.pid, log);
  await server.stop();
});

test("an ordinary user starts; data that root began are refused to him", {
  skip: isRoot ? false : "not root",
}, async () => {
  const folder = await folderFor("ordinary");
  await chown(folder, 65534, 65534);
  const { child, told } = await startElsewhere(folder, 65534);
  await end(child);
  assert.ok(told.ok);
  const byRoot = await folderFor("by-root");
  const server = await start(byRoot);
  assert.ok(server.ok);
  await server.stop();
  const second = await startElsewhere(byRoot, 65534);
  await end(second.child);
  assert.ok(!second.told.ok);
  assert.equal(second.told.code, "postgres.data-of-another-user");
});
