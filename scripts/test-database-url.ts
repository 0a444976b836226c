import type { AdminConnection } from "../apps/server/platform/migrate.ts";

/**
 * Reads TEST_DATABASE_URL (`postgresql://user:password@host:port/database`, `?host=/folder` for a Unix socket) of a
 * role that may create databases and roles. Throws where it is no such address.
 */
export function parseTestDatabaseUrl(text: string): AdminConnection {
  const url = new URL(text);
  if (!/^postgres(ql)?:$/.test(url.protocol)) throw new Error("TEST_DATABASE_URL does not begin with postgresql://");
  return {
    host: url.searchParams.get("host") ?? decodeURIComponent(url.hostname),
    port: Number(url.port || "5432"),
    user: decodeURIComponent(url.username),
    ...(url.password === "" ? {} : { password: decodeURIComponent(url.password) }),
    database: decodeURIComponent(url.pathname.slice(1)) || "postgres",
  };
}
