import pg from "pg";

/** Where Debian, Red Hat, Homebrew and the official image put their server, and the names of its administrator. */
const PLACES = ["127.0.0.1", "/var/run/postgresql", "/tmp"];
const NAMES = ["postgres", process.env.USER ?? "root"];

/** Answers the address of the first server whose role may make databases and roles. */
async function findServer(): Promise<string | undefined> {
  for (const host of PLACES) {
    for (const user of NAMES) {
      const client = new pg.Client({ host, port: 5432, user, database: "postgres", connectionTimeoutMillis: 2000 });
      client.on("error", () => undefined);
      try {
        await client.connect();
        const { rows } = await client.query<{ able: boolean }>(
          "select rolsuper and current_setting('server_version_num')::int >= 150000 as able from pg_roles where rolname = current_user",
        );
        if (rows[0]?.able !== true) continue;
        const name = encodeURIComponent(user);
        return host.startsWith("/")
          ? `postgresql://${name}@localhost:5432/postgres?host=${encodeURIComponent(host)}`
          : `postgresql://${name}@${host}:5432/postgres`;
      } catch {
        // Not here, or not for us: the next place.
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  }
  return undefined;
}

const found = await findServer();
if (found !== undefined) console.log(found);
