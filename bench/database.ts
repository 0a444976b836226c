import { randomBytes } from "node:crypto";
import { chmod, mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../apps/server/platform/embedded-postgres.ts";
import { type AdminConnection, migrate, type RoleConnections } from "../apps/server/platform/migrate.ts";

/** Runs a measurement on an embedded server of its own, every commit flushed to the disk, in a folder that goes again. */
export async function withDatabase<T>(
  measure: (connections: RoleConnections, folder: string, admin: AdminConnection) => Promise<T>,
): Promise<T> {
  const folder = join(tmpdir(), `chancery-bench-${randomBytes(4).toString("hex")}`);
  await mkdir(folder);
  // The account that runs PostgreSQL where we are root must be able to enter.
  await chmod(folder, 0o755);
  const server = await startEmbeddedPostgres({
    dataDir: join(folder, "data"),
    systemDir: join(folder, "system"),
    runtimeDir: join(folder, "run"),
    log: () => undefined,
  });
  if (!server.ok) throw new Error(server.message);
  const leave = (): void => {
    // What is being measured loses its connections now, which is no news.
    process.on("uncaughtException", () => undefined);
    void server
      .stop()
      .then(() => rm(folder, { recursive: true, force: true }))
      .finally(() => process.exit(130));
  };
  process.once("SIGINT", leave);
  process.once("SIGTERM", leave);
  try {
    const migrated = await migrate(server.connection, (role) => `bench ${role}`);
    if (!migrated.ok) throw new Error(migrated.message);
    return await measure(migrated.connections, folder, server.connection);
  } finally {
    process.off("SIGINT", leave);
    process.off("SIGTERM", leave);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
