import { Kysely, PostgresDialect, type Transaction } from "kysely";
import pg from "pg";
import type { Tables } from "./database-schema.ts";

export type Db = Kysely<Tables>;
/** A read may go through the database or through the transaction that is under way. */
export type Reader = Kysely<Tables> | Transaction<Tables>;
export type Tx = Transaction<Tables>;

// Days are kept as they are written; a Date would move them by the reader's time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

const mostPrepared = 1000;
const mostSeen = 10_000;
const seen = new Set<string>();
const prepared = new Map<string, string>();

/** The name under which a statement is prepared; from its second time on, and only as many as a server easily keeps. */
function nameOf(text: string): string | undefined {
  const name = prepared.get(text);
  if (name !== undefined) return name;
  if (!seen.has(text)) {
    if (seen.size < mostSeen) seen.add(text);
    return undefined;
  }
  if (prepared.size >= mostPrepared) return undefined;
  seen.delete(text);
  prepared.set(text, `chancery_${prepared.size}`);
  return prepared.get(text);
}

/** Statements with parameters come again and again: parsing and planning each anew cost the server more than answering. */
export class PreparingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    const query = this.query.bind(this) as (...parts: unknown[]) => unknown;
    this.query = ((...parts: unknown[]) => {
      const [text, values, ...rest] = parts;
      const name = typeof text === "string" && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
      return name === undefined ? query(...parts) : query({ name, text, values }, ...rest);
    }) as typeof this.query;
  }
}

/** Opens a pool for one role. `onError` hears of connections that broke while idle; the pool replaces them. */
export function openPool(config: pg.PoolConfig, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({ max: 12, Client: PreparingClient, ...config } as pg.PoolConfig);
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
