import pg from "pg";

/** Key of the advisory lock: "CHNC" and 1, the lock of a running instance. */
const LOCK = [0x43484e43, 1] as const;

/** The lock of one running instance, held by one fixed connection for the life of the process. */
export interface InstanceLock {
  readonly ok: true;
  /** Tells other starts where this instance can be reached; at most 55 bytes count. */
  announce(url: string): Promise<void>;
  /** Answers when the connection, and with it the lock, was lost without our doing. */
  readonly lost: Promise<string>;
  /** Ends the lock; `before` runs while it is still held and may end the server itself. */
  release(before?: () => Promise<void>): Promise<void>;
}

/** The lock is held by another process; `url` where that one has announced it. */
export interface InstanceLockHeld {
  readonly ok: false;
  readonly url: string | undefined;
}

/**
 * Takes the lock of the only instance on a database, or says who has it. The holder's address travels as the name of
 * its connection (`application_name`, 63 bytes), so it can never outlive the holder.
 * Throws where the database cannot be reached.
 */
export async function takeInstanceLock(connection: pg.ClientConfig): Promise<InstanceLock | InstanceLockHeld> {
  const client = new pg.Client({ ...connection, application_name: "chancery", keepAlive: true });
  let releasing = false;
  const lost = new Promise<string>((resolve) => {
    client.on("error", (error) => resolve(error.message));
    client.on("end", () => {
      if (!releasing) resolve("the connection to the database ended");
    });
  });
  await client.connect();
  const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1, $2) as taken", [...LOCK]);
  if (rows[0]?.taken === true) {
    return {
      ok: true,
      lost,
      announce: async (url) => {
        await client.query("select set_config('application_name', $1, false)", [`chancery ${url}`]);
      },
      release: async (before) => {
        releasing = true;
        await before?.();
        await client.end().catch(() => undefined);
      },
    };
  }
  const url = await findHolder(client);
  releasing = true;
  await client.end();
  return { ok: false, url };
}

/** The holder may still be starting and not know its port: it is given two seconds. */
async function findHolder(client: pg.Client): Promise<string | undefined> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const { rows } = await client.query<{ name: string }>(
      `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
       where l.locktype = 'advisory' and l.granted and l.classid = $1 and l.objid = $2 and l.objsubid = 2
         and l.database = (select oid from pg_database where datname = current_database())`,
      [...LOCK],
    );
    const url = /^chancery (\S+)$/.exec(rows[0]?.name ?? "")?.[1];
    if (url !== undefined) return url;
    await client.query("select pg_sleep(0.1)");
  }
  return undefined;
}
