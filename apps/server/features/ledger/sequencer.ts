import { appendLeafHashes, encodeFrontier, getRoot, hashLeaf, parseFrontier } from "@chancery/ledger";
import type pg from "pg";
import { organisationLog, sha256 } from "./record-event.ts";

/** Rows taken in one transaction. */
export const sequencerBatch = 256;

export interface Sequencer {
  /** Takes everything that waits, then signs a checkpoint. Resolves with the size of the tree. */
  drain(): Promise<number>;
  /** Listens and drains by itself until stopped. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Moves pending leaves into the tree, in order, with the head row locked: the lock and the primary key are the fence,
 * so a second sequencer at the same moment waits or finds nothing. `signCheckpoint` gets a size and a root that are
 * committed, never others.
 */
export function createSequencer(ports: {
  pool: pg.Pool;
  signCheckpoint(size: number, root: Uint8Array): string | Promise<string>;
  onError(error: unknown): void;
  logId?: string;
}): Sequencer {
  const logId = ports.logId ?? organisationLog;
  let running: Promise<number> | null = null;
  let queued: Promise<number> | null = null;
  let stopped = false;
  let listener: pg.PoolClient | null = null;
  let timer: NodeJS.Timeout | null = null;

  const inTransaction = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await ports.pool.connect();
    try {
      await client.query("begin");
      const result = await work(client);
      await client.query("commit");
      client.release();
      return result;
    } catch (error) {
      await client.query("rollback").catch(() => undefined);
      client.release(error instanceof Error ? error : true);
      throw error;
    }
  };

  const lockHead = async (client: pg.PoolClient): Promise<{ size: number; frontier: Buffer }> => {
    await client.query("insert into ledger_head (log_id, size, frontier) values ($1, 0, '') on conflict do nothing", [
      logId,
    ]);
    // Lock first; the head is read by the next statement, so that it sees what the lock waited for.
    await client.query("select 1 from ledger_head where log_id = $1 for update", [logId]);
    const row = (
      await client.query<{ size: string; frontier: Buffer }>(
        "select size, frontier from ledger_head where log_id = $1",
        [logId],
      )
    ).rows[0];
    if (!row) throw new Error("the ledger has no head");
    return { size: Number(row.size), frontier: row.frontier };
  };

  const takeBatch = async (client: pg.PoolClient): Promise<number> => {
    const head = await lockHead(client);
    const taken = await client.query<{ body: Buffer }>(
      "with taken as (delete from ledger_pending where id in (select id from ledger_pending where log_id = $1 order by id limit $2) returning id, body) select body from taken order by id",
      [logId, sequencerBatch],
    );
    if (taken.rows.length === 0) return 0;
    const frontier = parseFrontier(head.size, head.frontier);
    if (!frontier.ok) throw new Error(`the ledger's head is damaged: ${frontier.detail}`);
    const bodies = taken.rows.map((row) => row.body);
    // Hashed here again: what the tree says is what is stored, whoever wrote the pending row.
    const leafHashes = bodies.map((body) => hashLeaf(sha256, body));
    const appended = appendLeafHashes(sha256, frontier.value, leafHashes);
    await client.query(
      "insert into ledger_entries (log_id, seq, leaf_hash, body) select $1, seq, leaf_hash, body from unnest($2::bigint[], $3::bytea[], $4::bytea[]) as e (seq, leaf_hash, body)",
      [logId, bodies.map((_, at) => head.size + at), leafHashes.map((leaf) => Buffer.from(leaf)), bodies],
    );
    for (const slice of appended.slices) {
      const data = Buffer.from(slice.data);
      const written =
        slice.offset === 0
          ? await client.query(
              "insert into ledger_tiles (log_id, level, idx, width, data) values ($1, $2, $3, $4, $5)",
              [logId, slice.level, slice.index, slice.width, data],
            )
          : await client.query(
              "update ledger_tiles set width = $4, data = data || $5 where log_id = $1 and level = $2 and idx = $3 and width = $6",
              [logId, slice.level, slice.index, slice.width, data, slice.offset],
            );
      if (written.rowCount !== 1)
        throw new Error(`tile ${slice.level}/${slice.index} does not continue at ${slice.offset}`);
    }
    await client.query("update ledger_head set size = $2, frontier = $3 where log_id = $1", [
      logId,
      appended.frontier.size,
      Buffer.from(encodeFrontier(appended.frontier)),
    ]);
    return taken.rows.length;
  };

  const writeCheckpoint = async (client: pg.PoolClient): Promise<number> => {
    const head = await lockHead(client);
    const newest = await client.query<{ size: string }>(
      "select size from ledger_checkpoints where log_id = $1 order by size desc limit 1",
      [logId],
    );
    const signed = newest.rows[0] ? Number(newest.rows[0].size) : -1;
    if (signed > head.size) throw new Error(`a checkpoint of size ${signed} was signed, but the tree has ${head.size}`);
    if (signed === head.size || head.size === 0) return head.size;
    const frontier = parseFrontier(head.size, head.frontier);
    if (!frontier.ok) throw new Error(`the ledger's head is damaged: ${frontier.detail}`);
    const root = getRoot(sha256, frontier.value);
    await client.query("insert into ledger_checkpoints (log_id, size, root, note) values ($1, $2, $3, $4)", [
      logId,
      head.size,
      Buffer.from(root),
      await ports.signCheckpoint(head.size, root),
    ]);
    return head.size;
  };

  const drainOnce = async (): Promise<number> => {
    while ((await inTransaction(takeBatch)) === sequencerBatch && !stopped);
    return inTransaction(writeCheckpoint);
  };
  const drain = (): Promise<number> => {
    if (!running) {
      running = drainOnce().finally(() => {
        running = null;
      });
      return running;
    }
    // What was recorded after the run under way began is promised by the next one.
    queued ??= running
      .catch(() => 0)
      .then(() => {
        queued = null;
        return drain();
      });
    return queued;
  };
  const wake = (): void => {
    if (!stopped) drain().catch(ports.onError);
  };
  const listen = async (): Promise<void> => {
    const client = await ports.pool.connect();
    listener = client;
    client.on("notification", wake);
    client.on("error", () => {
      client.release(true);
      if (listener === client) listener = null;
    });
    await client.query("listen ledger_pending");
  };

  return {
    drain,
    start: async () => {
      await listen();
      // A lost notification, or a lost listener, costs a second, nothing more.
      timer = setInterval(() => {
        wake();
        if (!listener && !stopped) listen().catch(ports.onError);
      }, 1000);
      timer.unref();
      wake();
    },
    stop: async () => {
      stopped = true;
      if (timer) clearInterval(timer);
      await running?.catch(() => undefined);
      listener?.release(true);
      listener = null;
    },
  };
}
