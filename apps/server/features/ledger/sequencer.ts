import {
  type Appended,
  appendLeafHashes,
  type Checkpoint,
  decideCheckpoint,
  encodeFrontier,
  type Frontier,
  getRoot,
  listConsistencyTiles,
  openCheckpoint,
  parseFrontier,
  proveConsistency,
  signCheckpoint,
  verifyConsistency,
} from "@chancery/ledger";
import type pg from "pg";
import { type LedgerKey, verifyEd25519 } from "./keys.ts";
import { organisationLog, sha256 } from "./record-event.ts";

/** Rows taken in one transaction at the most. Larger takes were measured faster up to here, and hold the head longer. */
export const sequencerBatch = 1024;
/** Leaves between two looks at whether the next partition is there; a partition holds ten times as many. */
const partitionLook = 1_000_000;

export interface Sequencer {
  /** Takes everything that waits, then signs a checkpoint. Resolves with the size of the tree. */
  drain(): Promise<number>;
  /** Listens and drains by itself until stopped. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface SequencerPorts {
  /** Connections of the sequencer's role. */
  readonly pool: pg.Pool;
  readonly key: LedgerKey;
  onError(error: unknown): void;
  readonly logId?: string;
  /** Rows taken in one transaction; default `sequencerBatch`. */
  readonly batch?: number;
}

/**
 * Moves pending leaves into the tree, in order, with the head row locked: the lock and the primary key are the fence,
 * so a second sequencer at the same moment waits or finds nothing. A checkpoint is signed over what is committed, and
 * only if it continues the newest one that was signed.
 */
export function createSequencer(ports: SequencerPorts): Sequencer {
  const logId = ports.logId ?? organisationLog;
  const batch = ports.batch ?? sequencerBatch;
  let running: Promise<number> | null = null;
  let queued: Promise<number> | null = null;
  let stopped = false;
  let listener: pg.PoolClient | null = null;
  let timer: NodeJS.Timeout | null = null;
  let partitionsGoodTo = -1;

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

  const preparePartitions = async (): Promise<void> => {
    const head = await ports.pool.query<{ size: string }>("select size from ledger_head where log_id = $1", [logId]);
    const size = Number(head.rows[0]?.size ?? 0);
    if (size < partitionsGoodTo) return;
    await ports.pool.query(
      "insert into ledger_head (log_id, size, frontier) values ($1, 0, '') on conflict do nothing",
      [logId],
    );
    await ports.pool.query("select ledger_prepare_partitions()");
    partitionsGoodTo = size + partitionLook;
  };

  const takeBatch = async (client: pg.PoolClient): Promise<number> => {
    const head = await lockHead(client, logId);
    // The leaf is hashed from the body here, not believed: what the tree says is what is stored, whoever wrote the row.
    const taken = await client.query<{ seq: string; leaf_hash: Buffer }>(
      `with taken as (
         delete from ledger_pending where id in (select id from ledger_pending where log_id = $1 order by id limit $2)
         returning id, body)
       insert into ledger_entries (log_id, seq, leaf_hash, body)
       select $1, $3::bigint + row_number() over (order by id) - 1, sha256('\\x00'::bytea || body), body from taken
       returning seq, leaf_hash`,
      [logId, batch, head.size],
    );
    if (taken.rows.length === 0) return 0;
    const leaves = taken.rows.sort((a, b) => Number(a.seq) - Number(b.seq)).map((row) => row.leaf_hash);
    const appended = appendLeafHashes(sha256, head, leaves);
    await writeTiles(client, logId, appended);
    await client.query("update ledger_head set size = $2, frontier = $3 where log_id = $1", [
      logId,
      appended.frontier.size,
      Buffer.from(encodeFrontier(appended.frontier)),
    ]);
    return leaves.length;
  };

  const writeCheckpoint = async (client: pg.PoolClient): Promise<number> => {
    const head = await lockHead(client, logId);
    const previous = await findSigned(client, logId, ports.key);
    if (head.size === 0 && previous === undefined) return 0;
    const root = getRoot(sha256, head);
    const next: Checkpoint = { origin: ports.key.origin, size: head.size, root, extensions: [] };
    const decision = decideCheckpoint(previous, next);
    if (!decision.ok) throw new Error(`no checkpoint is signed: ${decision.code}, ${decision.detail}`);
    if (previous?.size === head.size) return head.size;
    await requireContinuation(client, logId, previous, next);
    const note = await signCheckpoint(next, [ports.key]);
    await client.query("insert into ledger_checkpoints (log_id, size, root, note) values ($1, $2, $3, $4)", [
      logId,
      head.size,
      Buffer.from(root),
      note,
    ]);
    return head.size;
  };

  const drainOnce = async (): Promise<number> => {
    await preparePartitions();
    while (!stopped && (await inTransaction(takeBatch)) === batch) await preparePartitions();
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
    // One run under way and one that waits are enough: the one that waits will see what this call is about.
    if (!stopped && !queued) drain().catch(ports.onError);
  };
  const listen = async (): Promise<void> => {
    const client = await ports.pool.connect();
    if (stopped) {
      client.release();
      return;
    }
    listener = client;
    client.on("notification", wake);
    client.on("error", () => {
      if (listener !== client) return;
      listener = null;
      client.release(true);
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
      await queued?.catch(() => undefined);
      await running?.catch(() => undefined);
      const client = listener;
      listener = null;
      client?.release(true);
    },
  };
}

async function lockHead(client: pg.PoolClient, logId: string): Promise<Frontier> {
  // Lock first; the head is read by the next statement, so that it sees what the lock waited for.
  await client.query("select 1 from ledger_head where log_id = $1 for update", [logId]);
  const { rows } = await client.query<{ size: string; frontier: Buffer }>(
    "select size, frontier from ledger_head where log_id = $1",
    [logId],
  );
  if (!rows[0]) throw new Error("the ledger has no head");
  const frontier = parseFrontier(Number(rows[0].size), rows[0].frontier);
  if (!frontier.ok) throw new Error(`the ledger's head is damaged: ${frontier.detail}`);
  return frontier.value;
}

/** Two statements for all tiles of a batch: those that begin, and those that go on exactly where they ended. */
async function writeTiles(client: pg.PoolClient, logId: string, { slices }: Appended): Promise<void> {
  const columns = (begun: boolean): unknown[] => {
    const some = slices.filter((slice) => (slice.offset === 0) === begun);
    return [
      logId,
      some.map((slice) => slice.level),
      some.map((slice) => slice.index),
      some.map((slice) => slice.width),
      some.map((slice) => Buffer.from(slice.data)),
      ...(begun ? [] : [some.map((slice) => slice.offset)]),
    ];
  };
  const begun = await client.query(
    `insert into ledger_tiles (log_id, level, idx, width, data)
     select $1, level, idx, width, data from unnest($2::int[], $3::bigint[], $4::int[], $5::bytea[]) as t (level, idx, width, data)`,
    columns(true),
  );
  const continued = await client.query(
    `update ledger_tiles o set width = t.width, data = o.data || t.data
     from unnest($2::int[], $3::bigint[], $4::int[], $5::bytea[], $6::int[]) as t (level, idx, width, data, start)
     where o.log_id = $1 and o.level = t.level and o.idx = t.idx and o.width = t.start`,
    columns(false),
  );
  if ((begun.rowCount ?? 0) + (continued.rowCount ?? 0) !== slices.length)
    throw new Error("the ledger's tiles do not continue where its head says");
}

/** The newest checkpoint, as signed; throws where the stored one does not carry our signature any more. */
async function findSigned(client: pg.PoolClient, logId: string, key: LedgerKey): Promise<Checkpoint | undefined> {
  const { rows } = await client.query<{ note: string }>(
    "select note from ledger_checkpoints where log_id = $1 order by size desc limit 1",
    [logId],
  );
  if (!rows[0]) return undefined;
  const opened = await openCheckpoint(rows[0].note, [key.key], verifyEd25519);
  if (!opened.ok) throw new Error(`the newest checkpoint is not as it was signed: ${opened.code}`);
  return opened.value.checkpoint;
}

/** A larger tree is signed only if the tiles prove that it continues the tree that was signed before. */
async function requireContinuation(
  client: pg.PoolClient,
  logId: string,
  previous: Checkpoint | undefined,
  next: Checkpoint,
): Promise<void> {
  const from = previous?.size ?? 0;
  const listed = from === 0 ? [] : listConsistencyTiles(from, next.size);
  if (from === 0 || previous === undefined) return;
  const { rows } = await client.query<{ level: number; idx: string; data: Buffer }>(
    `select t.level, t.idx, t.data from ledger_tiles t
     join unnest($2::int[], $3::bigint[]) as w (level, idx) on t.level = w.level and t.idx = w.idx where t.log_id = $1`,
    [logId, listed.map((tile) => tile.level), listed.map((tile) => tile.index)],
  );
  const tiles = new Map(rows.map((row) => [`${row.level}/${row.idx}`, row.data]));
  const proof = await proveConsistency(sha256, (level, index) => tiles.get(`${level}/${index}`), from, next.size);
  if (!proof.ok) throw new Error(`no checkpoint is signed: ${proof.code}, ${proof.detail}`);
  const holds = verifyConsistency(sha256, {
    size1: from,
    root1: previous.root,
    size2: next.size,
    root2: next.root,
    proof: proof.value,
  });
  if (!holds.ok) throw new Error(`no checkpoint is signed: ${holds.code}, ${holds.detail}`);
}
