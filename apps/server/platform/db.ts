import { Kysely, PostgresDialect, type Transaction } from "kysely";
import pg from "pg";
import type { Tables } from "./database-schema.ts";

export type Db = Kysely<Tables>;
/** A read may go through the database or through the transaction that is under way. */
export type Reader = Kysely<Tables> | Transaction<Tables>;
export type Tx = Transaction<Tables>;

// Days are kept as they are written; a Date would move them by the reader's time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** Opens a pool for one role. `onError` hears of connections that broke while idle; the pool replaces them. */
export function openPool(config: pg.PoolConfig, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({ max: 12, ...config });
  pool.on("error", onError);
  return pool;
}

export function openDb(pool: pg.Pool): Db {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/** Runs one business transaction; serialisation is by row locks taken in it, so READ COMMITTED is enough. */
export function transact<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(work);
}
