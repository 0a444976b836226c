import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";

/** Empty means not set, as in a shell's `NAME= command`. */
const text = z
  .string()
  .optional()
  .transform((value) => (value === "" ? undefined : value));
const flag = z
  .enum(["", "0", "1", "false", "true"], "is 1 or 0")
  .optional()
  .transform((value) => value === "1" || value === "true");
const whole = (least: number, most: number, fallback: number): z.ZodType<number> =>
  z
    .string()
    .optional()
    .transform((value) => (value === undefined || value === "" ? fallback : Number(value)))
    .pipe(z.number(`is a whole number from ${least} to ${most}`).int().min(least).max(most));

const schema = z.object({
  PORT: whole(0, 65535, 8080),
  HOST: text,
  CHANCERY_DATA: text,
  DATABASE_URL: text.refine(
    (value) => value === undefined || /^postgres(ql)?:\/\//.test(value),
    "begins with postgresql://",
  ),
  CHANCERY_MASTER_KEY: text,
  CHANCERY_MASTER_KEY_FILE: text,
  TLS_CERT: text,
  TLS_KEY: text,
  TRUST_PROXY: text,
  PUBLIC_URL: text.refine(
    (value) => value === undefined || isOrigin(value),
    "is an address such as https://seals.example.org",
  ),
  CHANCERY_SAMPLE_REMOTE: flag,
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  CHANCERY_PG_UID: whole(1, 4_294_967_294, 64123),
});

/** The settings of one server, checked. Paths are absolute. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly masterKey: string | undefined;
  readonly masterKeyFile: string | undefined;
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** Addresses of the proxies whose forwarding headers count, or true for every one; undefined: none. */
  readonly trustProxy: string | true | undefined;
  /** Origin people reach the server at; undefined: `http://localhost:PORT`, known once the port is. */
  readonly publicUrl: string | undefined;
  readonly sampleRemote: boolean;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  readonly postgresUid: number;
}

export type ConfigAnswer =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

function isOrigin(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.origin === value.replace(/\/$/, "");
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/**
 * Reads the settings from the environment and from a JSON file of the same names (`file`, else CHANCERY_CONFIG); the
 * environment wins. Answers every problem at once, each beginning with the setting's name.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>, file?: string): ConfigAnswer {
  const problems: string[] = [];
  const path = file ?? (env.CHANCERY_CONFIG || undefined);
  const settings: Record<string, unknown> = path === undefined ? {} : readSettings(path, problems);
  for (const name of Object.keys(schema.shape)) if (env[name] !== undefined) settings[name] = env[name];
  const parsed = schema.safeParse(settings);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) problems.push(`${issue.path.join(".")}: ${issue.message}`);
    return { ok: false, problems };
  }
  const value = parsed.data;
  const host = value.HOST ?? "127.0.0.1";
  if ((value.TLS_CERT === undefined) !== (value.TLS_KEY === undefined)) {
    problems.push("TLS_CERT: TLS_CERT and TLS_KEY are set together, each with a PEM file");
  }
  if (value.CHANCERY_MASTER_KEY !== undefined && value.CHANCERY_MASTER_KEY_FILE !== undefined) {
    problems.push("CHANCERY_MASTER_KEY: set either this or CHANCERY_MASTER_KEY_FILE");
  }
  const wayOut = "set TLS_CERT and TLS_KEY, or TRUST_PROXY with a proxy that speaks https in front";
  const publicUrl = value.PUBLIC_URL === undefined ? undefined : new URL(value.PUBLIC_URL);
  if (publicUrl?.protocol === "http:" && !isLoopback(publicUrl.hostname)) {
    problems.push(`PUBLIC_URL: plain http only on this machine (localhost); use https and ${wayOut}`);
  }
  const secured = value.TLS_CERT !== undefined || value.TRUST_PROXY !== undefined;
  if (!isLoopback(host) && !secured) problems.push(`HOST: ${host} would serve plain http to others; ${wayOut}`);
  if (publicUrl?.protocol === "https:" && !secured) problems.push(`PUBLIC_URL: nothing here speaks https; ${wayOut}`);
  if (secured && publicUrl === undefined && !isLoopback(host)) {
    problems.push("PUBLIC_URL: the address people open is needed, such as https://seals.example.org");
  }
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    config: {
      port: value.PORT,
      host,
      dataDir: resolve(value.CHANCERY_DATA ?? new URL("../../.data", import.meta.url).pathname),
      databaseUrl: value.DATABASE_URL,
      masterKey: value.CHANCERY_MASTER_KEY,
      masterKeyFile: value.CHANCERY_MASTER_KEY_FILE,
      tls:
        value.TLS_CERT !== undefined && value.TLS_KEY !== undefined
          ? { certFile: resolve(value.TLS_CERT), keyFile: resolve(value.TLS_KEY) }
          : undefined,
      trustProxy: value.TRUST_PROXY === "1" || value.TRUST_PROXY === "true" ? true : value.TRUST_PROXY,
      publicUrl: publicUrl?.origin,
      sampleRemote: value.CHANCERY_SAMPLE_REMOTE,
      logLevel: value.LOG_LEVEL,
      postgresUid: value.CHANCERY_PG_UID,
    },
  };
}

/** Numbers and booleans of the file count as their text, so that one schema serves both sources. */
function readSettings(path: string, problems: string[]): Record<string, unknown> {
  try {
    const read = z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .parse(JSON.parse(readFileSync(path, "utf8")));
    for (const name of Object.keys(read))
      if (!(name in schema.shape)) problems.push(`${name}: no such setting (in ${path})`);
    return Object.fromEntries(Object.entries(read).map(([name, value]) => [name, String(value)]));
  } catch (error) {
    const reason =
      error instanceof SyntaxError || error instanceof z.ZodError ? "is no JSON object of settings" : "cannot be read";
    problems.push(`CHANCERY_CONFIG: ${path} ${reason}`);
    return {};
  }
}
