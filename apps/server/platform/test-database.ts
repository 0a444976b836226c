import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { chmod, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { type AdminConnection, migrate, type RoleConnections, roleKinds } from "./migrate.ts";
import { alive, lookAtServer, stopPostmaster } from "./postmaster.ts";
import { testFolder } from "./test-folder.ts";

/** Environment variable by which one prepared server serves every test file of a run. */
export const TEST_SERVER_VARIABLE = "CHANCERY_TEST_DATABASE";

/** A database of its own for one test file, migrated; gone after `drop`. */
export interface TestDatabase {
  readonly admin: AdminConnection;
  /** As the roles the application works with. */
  readonly connections: RoleConnections;
  drop(): Promise<void>;
}

/** A server that holds one migrated template database, cloned for each test file. */
export interface TestServer {
  /** What a test process needs to clone, for CHANCERY_TEST_DATABASE. */
  readonly handover: string;
  /** Drops everything this run made, and stops the server if it is ours. */
  close(): Promise<void>;
}

interface Handover {
  readonly admin: AdminConnection;
  readonly template: string;
  readonly connections: RoleConnections;
}

/**
 * Clones the run's template (some 40 ms); run by hand without a prepared server, a test file gets a server of its own.
 * No session may be open on the template, or cloning fails; so nobody connects to it after it was made.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const prepared = process.env[TEST_SERVER_VARIABLE];
  const own = prepared === undefined ? await startTestServer() : undefined;
  const { admin, template, connections } = JSON.parse(own?.handover ?? prepared ?? "") as Handover;
  const database = `${template}_${randomBytes(6).toString("hex")}`;
  await execute(admin, [`create database ${database} template ${template} strategy wal_log`]);
  return {
    admin: { ...admin, database },
    connections: {
      app: { ...connections.app, database },
      sequencer: { ...connections.sequencer, database },
      jobs: { ...connections.jobs, database },
    },
    drop: async () => {
      await execute(admin, [`drop database if exists ${database} with (force)`]);
      await own?.close();
    },
  };
}

/** Makes the template on a server whose administrator may create databases and roles. */
export async function prepareTestServer(admin: AdminConnection): Promise<TestServer> {
  const template = `chancery_test_${process.pid}_${randomBytes(4).toString("hex")}`;
  await execute(admin, [`create database ${template}`]);
  const migrated = await migrate({ ...admin, database: template }, (role) => `test ${role}`);
  if (!migrated.ok) throw new Error(migrated.message);
  const { connections } = migrated;
  return {
    handover: JSON.stringify({ admin, template, connections } satisfies Handover),
    close: () => dropAll(admin, template, connections),
  };
}

/** Starts an embedded server in a temporary folder, without flushing to the disk, and makes the template. */
export async function startTestServer(): Promise<TestServer> {
  const parent = join(testFolder(), `chancery-test-${process.getuid?.() ?? 0}`);
  await mkdir(parent, { recursive: true });
  // The account that runs PostgreSQL where we are root must be able to enter.
  await chmod(parent, 0o755);
  await removeAbandoned(parent);
  const folder = join(parent, `${process.pid}-${randomBytes(4).toString("hex")}`);
  await mkdir(folder);
  await chmod(folder, 0o755);
  const server = await startEmbeddedPostgres({
    dataDir: join(folder, "data"),
    systemDir: join(folder, "system"),
    runtimeDir: join(folder, "run"),
    durable: false,
    settings: { max_connections: "200" },
    log: () => undefined,
  });
  if (!server.ok) throw new Error(server.message);
  // A test that ends without `drop` must not leave a detached server behind.
  const abandon = (): void => {
    process.kill(server.pid, "SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", abandon);
  const prepared = await prepareTestServer({ ...server.connection, database: "postgres" });
  return {
    handover: prepared.handover,
    close: async () => {
      process.removeListener("exit", abandon);
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Stops and removes servers of test runs that were killed. */
async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (alive(Number(name.split("-")[0]))) continue;
    const cluster = join(parent, name, "data", "postgres");
    const state = await lookAtServer(cluster);
    if (state.kind === "serving") await stopPostmaster(cluster, state.file.pid, () => undefined);
    await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** On a server that stays, databases and roles of the run go one after the other. */
async function dropAll(admin: AdminConnection, template: string, connections: RoleConnections): Promise<void> {
  const databases = await execute<{ datname: string }>(admin, [
    `select datname from pg_database where starts_with(datname, '${template}') order by length(datname) desc`,
  ]);
  const prefix = String(connections.app.user).replace(/_app$/, "");
  await execute(admin, [
    ...databases.map(({ datname }) => `drop database if exists ${datname} with (force)`),
    ...roleKinds.map((kind) => `drop role if exists ${prefix}_${kind}`),
  ]);
}

/** Runs statements one after the other; the rows of the last. */
async function execute<Row extends pg.QueryResultRow>(admin: AdminConnection, statements: string[]): Promise<Row[]> {
  const client = new pg.Client(admin);
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const statement of statements) rows = (await client.query<Row>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}
