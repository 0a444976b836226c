import type pg from "pg";
import pino from "pino";
import { systemClock } from "../../platform/clock.ts";
import { openDb, openPool } from "../../platform/db.ts";
import { openFileStore } from "../../platform/files.ts";
import { createMasterKey } from "../../platform/master-key.ts";
import { createAuthority } from "./authority.ts";

/** What the server hands over: its role's connection, its own secret, and where approved files lie. Nothing of it is in the environment. */
export interface AuthorityHandover {
  readonly connection: pg.PoolConfig;
  /** Hex; opens the authority's keys and tells nothing of the master key. */
  readonly secret: string;
  readonly files: string;
  readonly logLevel: string;
}

/** The authority as a process of its own: it hears nobody but the database, and ends with the server that started it. */
async function main(handover: AuthorityHandover): Promise<void> {
  const logger = pino({ level: handover.logLevel }, pino.destination({ dest: 2, sync: true }));
  const pool = openPool({ ...handover.connection, max: 3 }, (error) =>
    logger.warn({ err: error }, "the authority's database"),
  );
  const env = {
    ...{ db: openDb(pool), clock: systemClock, files: await openFileStore(handover.files), origin: "", logger },
    masterKey: createMasterKey(Buffer.from(handover.secret, "hex"), "the server"),
    enqueue: async () => {
      throw new Error("the authority enqueues nothing");
    },
  };
  const authority = createAuthority(env, pool);
  await authority.start();
  process.send?.("ready");
}

process.once("message", (handover: AuthorityHandover) => {
  main(handover).catch((error: unknown) => {
    process.stderr.write(
      `the authority could not be started: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exit(1);
  });
});
process.once("disconnect", () => process.exit(0));
