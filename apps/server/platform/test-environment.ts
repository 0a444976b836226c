import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Authority, createAuthority } from "../features/authority/authority.ts";
import { authoritySecret } from "../features/controllers/authority.ts";
import { createLedger, type Ledger } from "../features/ledger/ledger.ts";
import { systemClock } from "./clock.ts";
import { openDb, openPool } from "./db.ts";
import type { Environment } from "./environment.ts";
import { openFileStore } from "./files.ts";
import { enqueueJob } from "./jobs.ts";
import { createMasterKey } from "./master-key.ts";
import { authorityConnection, type RoleConnections } from "./migrate.ts";
import { createTestDatabase } from "./test-database.ts";

/** What a second process needs to work on the same data. */
export interface TestHandover {
  connections: RoleConnections;
  files: string;
  masterKey: string;
}

export interface TestEnvironment {
  env: Environment;
  ledger: Ledger;
  handover: TestHandover;
  /** The authority of the controllers, with its own role, in this process. */
  authority(): Authority;
  close(): Promise<void>;
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The environment on data that lie somewhere already: a second process, or a start after a crash. */
export async function openTestEnvironment(
  handover: TestHandover,
): Promise<{ env: Environment; close(): Promise<void> }> {
  const pool = openPool({ ...handover.connections.app, max: 6 }, () => undefined);
  const env: Environment = {
    db: openDb(pool),
    clock: systemClock,
    files: await openFileStore(handover.files),
    masterKey: createMasterKey(Buffer.from(handover.masterKey, "hex"), "test"),
    enqueue: enqueueJob,
    origin: "http://localhost:8080",
    logger: quiet,
  };
  return { env, close: () => env.db.destroy() };
}

interface TestAuthority {
  authority: Authority;
  close(): Promise<void>;
}

function openTestAuthority(env: Environment, app: RoleConnections["app"]): TestAuthority {
  const pool = openPool({ ...authorityConnection(app, (role) => `test ${role}`), max: 3 }, () => undefined);
  const own = { ...env, db: openDb(pool), masterKey: authoritySecret(env.masterKey) };
  const authority = createAuthority(own, pool);
  return {
    authority,
    close: async () => {
      await authority.stop();
      await own.db.destroy();
    },
  };
}

/** A database, a file store and a ledger of its own for one test file. */
export async function createTestEnvironment(): Promise<TestEnvironment> {
  const database = await createTestDatabase();
  const files = await mkdtemp(join(tmpdir(), "chancery-files-"));
  const handover = { connections: database.connections, files, masterKey: randomBytes(32).toString("hex") };
  const { env, close } = await openTestEnvironment(handover);
  const sequencerPool = openPool({ ...database.connections.sequencer, max: 3 }, () => undefined);
  const ledger = await createLedger(env, sequencerPool);
  let authority: TestAuthority | undefined;
  return {
    env,
    ledger,
    handover,
    authority: () => {
      authority ??= openTestAuthority(env, database.connections.app);
      return authority.authority;
    },
    close: async () => {
      await authority?.close();
      await ledger.stop();
      await sequencerPool.end();
      await close();
      await database.drop();
      await rm(files, { recursive: true, force: true });
    },
  };
}
