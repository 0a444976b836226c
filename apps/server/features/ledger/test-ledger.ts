import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { createWalkingClock } from "../../platform/clock.ts";
import { openDb, openPool, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { openFileStore } from "../../platform/files.ts";
import { newId } from "../../platform/ids.ts";
import { createMasterKey } from "../../platform/master-key.ts";
import { createTestDatabase, type TestDatabase } from "../../platform/test-database.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { recordEvent } from "./record-event.ts";

export interface TestLedger {
  readonly database: TestDatabase;
  readonly env: Environment;
  readonly sequencerPool: pg.Pool;
  readonly personId: string;
  /** Faults the log reported. */
  readonly errors: object[];
  open(): Promise<Ledger>;
  /** Records this many events in one transaction. */
  record(count: number, facts?: Record<string, string | number>): Promise<void>;
  /** Runs statements as a superuser with every trigger switched off: what only an outsider's copy can reveal. */
  tamper(statement: string, values?: unknown[]): Promise<number>;
  close(): Promise<void>;
}

/** A migrated database with one person in it, and what a log needs. */
export async function openTestLedger(): Promise<TestLedger> {
  const database = await createTestDatabase();
  const ignore = (): void => undefined;
  const pool = openPool(database.connections.app, ignore);
  const sequencerPool = openPool(database.connections.sequencer, ignore);
  const errors: object[] = [];
  const clock = createWalkingClock(Date.parse("2026-11-24T08:00:00Z"));
  const env: Environment = {
    db: openDb(pool),
    clock,
    files: await openFileStore(join(tmpdir(), `chancery-ledger-test-${randomBytes(6).toString("hex")}`)),
    masterKey: createMasterKey(randomBytes(32), "a test"),
    enqueue: async () => undefined,
    origin: "http://localhost:8080",
    logger: { info: ignore, warn: ignore, error: (facts) => void errors.push(facts) },
  };
  const personId = newId("per", clock.now());
  await env.db
    .insertInto("people")
    .values({
      person_id: personId,
      organisation_id: newId("org", clock.now()),
      name_en: "Wilhelmina Quartermaine",
      name_zh: "权薇娜",
      login: "w.quartermaine",
      state: "active",
      ledger_salt: randomBytes(16),
      created_at: new Date(clock.now()),
    })
    .execute();
  return {
    database,
    env,
    sequencerPool,
    personId,
    errors,
    open: () => createLedger(env, sequencerPool),
    record: (count, facts = {}) =>
      transact(env.db, async (tx) => {
        for (let at = 0; at < count; at += 1)
          await recordEvent(tx, env, {
            type: "SealUseCommented",
            actorId: personId,
            facts,
            comment: "Looks right to me",
          });
      }),
    tamper: async (statement, values = []) => {
      const client = new pg.Client(database.admin);
      await client.connect();
      try {
        await client.query("set session_replication_role = replica");
        return (await client.query(statement, values)).rowCount ?? 0;
      } finally {
        await client.end();
      }
    },
    close: async () => {
      await env.db.destroy();
      await sequencerPool.end();
      await database.drop();
    },
  };
}
