import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { systemClock } from "../apps/server/platform/clock.ts";
import { openDb, openPool } from "../apps/server/platform/db.ts";
import type { Environment } from "../apps/server/platform/environment.ts";
import { openFileStore } from "../apps/server/platform/files.ts";
import { enqueueJob } from "../apps/server/platform/jobs.ts";
import { createMasterKey } from "../apps/server/platform/master-key.ts";
import type { RoleConnections } from "../apps/server/platform/migrate.ts";

/** What is measured may be told of nothing. */
export const ignore = (): void => undefined;

/**
 * The product's surroundings on the server of a measurement; `max` connections, where it needs more than usual, and the key of
 * another process on the same data.
 */
export async function makeEnvironment(
  connections: RoleConnections,
  folder: string,
  max?: number,
  key: Buffer = randomBytes(32),
): Promise<Environment> {
  return {
    db: openDb(openPool({ ...connections.app, ...(max === undefined ? {} : { max }) }, ignore)),
    clock: systemClock,
    files: await openFileStore(join(folder, "files")),
    masterKey: createMasterKey(key, "a bench"),
    enqueue: enqueueJob,
    origin: "http://localhost:8080",
    logger: { info: ignore, warn: ignore, error: ignore },
  };
}
