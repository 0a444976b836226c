import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { openDb, openPool, transact } from "./db.ts";
import { enqueueJob, type JobRunner, startJobs } from "./jobs.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

let database: TestDatabase;
let watch: pg.Pool;
before(async () => {
  database = await createTestDatabase();
  watch = new pg.Pool({ ...database.admin, max: 2 });
  watch.on("error", () => undefined);
});
after(async () => {
  await watch.end();
  await database.drop();
});

async function enqueue(requestId: string): Promise<void> {
  const db = openDb(openPool(database.connections.app, () => undefined));
  await transact(db, (tx) => enqueueJob(tx, "seal-request", { requestId }, `seal-request ${requestId}`));
  await db.destroy();
}

/** Starts a process that takes the job and holds it; answers once it has. */
async function takeInChild(requestId: string): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL("./jobs-child.ts", import.meta.url)), JSON.stringify(database.connections.jobs)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  assert.match(said.toString(), new RegExp(`took ${requestId}`));
  return child;
}

const holderOf = async (): Promise<string | null> =>
  (await watch.query<{ locked_by: string | null }>("select locked_by from graphile_worker._private_jobs")).rows[0]
    ?.locked_by ?? null;

/** Asks until it is so, each time after a round trip to the server: what is waited for happens there. */
async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let asked = 0; !(await holds()); asked += 1) {
    assert.ok(asked < 100_000, "it never came to be");
    await watch.query("select 1");
  }
}

/** How many workers show that they live; the locks of a killed one go with its connection, a moment after it. */
async function countLiving(): Promise<number> {
  const { rows } = await watch.query<{ living: number }>(
    "select count(*)::int as living from pg_locks where locktype = 'advisory' and classid = $1 and database = (select oid from pg_database where datname = current_database())",
    [0x4348_4e4a],
  );
  return rows[0]?.living ?? 0;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

interface Listener {
  runner: JobRunner;
  done: string[];
}
async function listen(): Promise<Listener> {
  const done: string[] = [];
  const runner = await startJobs({
    pool: database.connections.jobs,
    concurrency: 1,
    onError: (error) => assert.fail(String(error)),
    everyMinute: () => () => undefined,
    tasks: {
      "seal-request": async ({ requestId }) => {
        done.push(requestId ?? "");
      },
    },
  });
  return { runner, done };
}

test("the job of a worker that was killed is run at the next start, not four hours later", async () => {
  await enqueue("req_start");
  const child = await takeInChild("req_start");
  const holder = await holderOf();
  assert.ok(holder, "the job is locked by the worker that took it");
  await kill(child);
  await until(async () => (await countLiving()) === 0);
  assert.equal(await holderOf(), holder, "being killed frees nothing by itself");
  const { runner, done } = await listen();
  await until(() => done.length > 0);
  assert.deepEqual(done, ["req_start"]);
  await until(async () => (await holderOf()) === null);
  await runner.stop();
});

test("a job exists if and only if its transaction was committed, and once however often it is enqueued", async () => {
  const db = openDb(openPool(database.connections.app, () => undefined));
  await assert.rejects(
    transact(db, async (tx) => {
      await enqueueJob(tx, "seal-request", { requestId: "req_never" }, "seal-request req_never");
      throw new Error("rolled back");
    }),
    /rolled back/,
  );
  await db.destroy();
  await enqueue("req_twice");
  await enqueue("req_twice");
  const { runner, done } = await listen();
  await until(
    async () => done.length > 0 && (await watch.query("select from graphile_worker._private_jobs")).rowCount === 0,
  );
  assert.deepEqual(done, ["req_twice"]);
  await runner.stop();
});
