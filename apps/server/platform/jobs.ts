import { EventEmitter } from "node:events";
import { Logger, makeWorkerUtils, run, type TaskList, type WorkerEvents } from "graphile-worker";
import { sql } from "kysely";
import pg from "pg";
import type { Tx } from "./db.ts";

/** A job is enqueued inside the transaction that needs it: it exists if and only if that transaction is committed. */
export async function enqueueJob(tx: Tx, task: string, payload: Record<string, string>, jobKey: string): Promise<void> {
  await sql`select graphile_worker.enqueue(${task}, ${JSON.stringify(payload)}::json, ${jobKey})`.execute(tx);
}

export interface JobRunner {
  stop(): Promise<void>;
}

/** First key of the advisory locks by which a worker shows that it lives. */
const livingWorkers = 0x4348_4e4a;

/**
 * Runs jobs. A killed worker's jobs stay locked for four hours in graphile-worker; each worker therefore holds an
 * advisory lock under its id for its life, and start and every minute free the jobs of workers whose lock is gone.
 */
export async function startJobs(settings: {
  pool: pg.PoolConfig;
  concurrency: number;
  tasks: Record<string, (payload: Record<string, string>) => Promise<void>>;
  onError(error: unknown): void;
  /** Does the work once a minute until it is told to stop; tests tick by hand. */
  everyMinute?: (work: () => Promise<void>) => () => void;
}): Promise<JobRunner> {
  const pool = new pg.Pool({ max: settings.concurrency + 3, ...settings.pool });
  // A pool has ended before its connections have: what a server still says to one that is being closed is no fault.
  let closing = false;
  const onConnectionError = (error: unknown): void => {
    if (!closing) settings.onError(error);
  };
  pool.on("error", onConnectionError);
  pool.on("connect", (client) => client.on("error", onConnectionError));
  const presence = await pool.connect();
  const events: WorkerEvents = new EventEmitter();
  events.on("worker:create", ({ worker }) => {
    presence
      .query("select pg_advisory_lock($1, hashtext($2))", [livingWorkers, worker.workerId])
      .catch(settings.onError);
  });
  events.on("job:error", ({ error }) => settings.onError(error));
  const logger = new Logger(() => (level, message) => {
    if (level === "error") settings.onError(new Error(message));
  });
  const utils = await makeWorkerUtils({ pgPool: pool, logger });
  const freeDead = async (): Promise<void> => {
    const locked = await pool.query<{ id: string }>(
      "select distinct locked_by as id from graphile_worker._private_jobs where locked_by is not null union select distinct locked_by from graphile_worker._private_job_queues where locked_by is not null",
    );
    const dead: string[] = [];
    for (const { id } of locked.rows) {
      const free = await pool.query<{ free: boolean }>(
        "select not exists (select 1 from pg_locks where locktype = 'advisory' and classid = $1 and objid = (hashtext($2)::bigint & 4294967295)::oid and objsubid = 2 and granted and database = (select oid from pg_database where datname = current_database())) as free",
        [livingWorkers, id],
      );
      if (free.rows[0]?.free) dead.push(id);
    }
    if (dead.length > 0) await utils.forceUnlockWorkers(dead);
  };
  await freeDead();
  const taskList: TaskList = Object.fromEntries(
    Object.entries(settings.tasks).map(([name, task]) => [
      name,
      (payload: unknown) => task(payload as Record<string, string>),
    ]),
  );
  const runner = await run({
    pgPool: pool,
    taskList,
    concurrency: settings.concurrency,
    noHandleSignals: true,
    pollInterval: 1000,
    logger,
    events,
  });
  runner.promise.catch(settings.onError);
  const stopTicking = (settings.everyMinute ?? everyMinute)(() => freeDead().catch(settings.onError));
  return {
    stop: async () => {
      stopTicking();
      await runner.stop().catch(settings.onError);
      await utils.release();
      closing = true;
      presence.release(true);
      await pool.end();
    },
  };
}

function everyMinute(work: () => Promise<void>): () => void {
  const timer = setInterval(() => void work(), 60_000);
  timer.unref();
  return () => clearInterval(timer);
}
