import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { resolve } from "node:path";
import { readMailAddress } from "@chancery/domain";
import { z } from "zod";
import type { MailConfig } from "./platform/mailer.ts";
import { findLibreOffice } from "./platform/word-converter.ts";

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
    (value) => value === undefined || (/^postgres(ql)?:\/\//.test(value) && URL.canParse(value)),
    "is an address that begins with postgresql://",
  ),
  CHANCERY_MASTER_KEY: text,
  CHANCERY_MASTER_KEY_FILE: text,
  TLS_CERT: text,
  TLS_KEY: text,
  TRUST_PROXY: text.refine(
    (value) => value === undefined || value.split(",").every((one) => isAddressRange(one.trim())),
    "is the address of the proxy in front, or several (127.0.0.1, 10.1.0.0/16, loopback, uniquelocal): from anybody else forwarding headers are made up",
  ),
  PUBLIC_URL: text.refine(
    (value) => value === undefined || isOrigin(value),
    "is an address such as https://seals.example.org",
  ),
  CHANCERY_SAMPLE_REMOTE: flag,
  CHANCERY_LAB: flag,
  CHANCERY_MQTT: text.refine(
    (value) => value === undefined || ["off", "embedded"].includes(value) || isBroker(value),
    "is off, embedded, or a broker's address such as mqtts://broker.example.org:8884",
  ),
  CHANCERY_MQTT_HOST: text,
  CHANCERY_MQTT_PORT: whole(0, 65535, 8883),
  CHANCERY_MQTT_CA: text,
  CHANCERY_MQTT_CERT: text,
  CHANCERY_MQTT_KEY: text,
  SMTP_URL: text.refine(
    (value) => value === undefined || readMailServer(value) !== null,
    "is a mail server's address such as smtp://name@mail.example.org:587, or smtps:// where it speaks TLS from the start; what is no letter or digit in name and password is written as %40",
  ),
  SMTP_PASSWORD_FILE: text,
  SMTP_STARTTLS: z.enum(["", "required", "opportunistic", "off"], "is required, opportunistic or off").optional(),
  SMTP_CA: text,
  MAIL_FROM: text.refine(
    (value) => value === undefined || readSender(value) !== null,
    "is the address that mail comes from, such as seals@example.org, or with a name: Seals <seals@example.org>",
  ),
  CHANCERY_LIBREOFFICE: text.refine(
    (value) => value === undefined || value === "off" || findLibreOffice(value) !== null,
    "is off, or the path of LibreOffice's program such as /usr/bin/soffice",
  ),
  CHANCERY_LOCATION_DAYS: whole(1, 3650, 90),
  CHANCERY_METRICS_TOKEN: text.refine(
    (value) => value === undefined || /^[\x21-\x7e]{24,}$/.test(value),
    "has at least 24 characters, none of them a space",
  ),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("warn"),
  CHANCERY_PG_UID: whole(1, 4_294_967_294, 64123),
});

export type GatewayConfig =
  | { readonly kind: "off" }
  /** In this process; `always` where a setting asks for it, else once a controller is enrolled. */
  | { readonly kind: "embedded"; readonly always: boolean; readonly host: string | undefined; readonly port: number }
  | {
      readonly kind: "broker";
      /** Where the platform finds it. */
      readonly url: string;
      /** Where controllers find it: under this name, or the broker's own, and at this port. */
      readonly host: string | undefined;
      readonly port: number;
      readonly ca: string | null;
      readonly cert: string | null;
      readonly key: string | null;
    };

/** The settings of one server, checked. Paths are absolute. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly masterKey: string | undefined;
  readonly masterKeyFile: string | undefined;
  readonly tls: { readonly certFile: string; readonly keyFile: string } | undefined;
  /** Addresses of the proxies whose forwarding headers count; undefined: none. */
  readonly trustProxy: string | undefined;
  /** Origin people reach the server at; undefined: `http://localhost:PORT`, known once the port is. */
  readonly publicUrl: string | undefined;
  readonly sampleRemote: boolean;
  /** Whether the page of the virtual controller is there; with the sample organisation it always is. */
  readonly lab: boolean;
  /** The way controllers reach the platform. */
  readonly gateway: GatewayConfig;
  /** Where mail about alarms goes out; null: nobody is written to. */
  readonly mail: MailConfig | null;
  /** LibreOffice's program, which turns Word files into PDF; null: they are not taken. */
  readonly libreOffice: string | null;
  /** Days after which nobody is given any more where a photo was taken. */
  readonly locationDays: number;
  /** Opens GET /metrics to who sends it as a bearer token; undefined: to this machine alone. */
  readonly metricsToken: string | undefined;
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

/** Without TLS only on this machine. */
function isBroker(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url !== undefined && (url.protocol === "mqtts:" || (url.protocol === "mqtt:" && isLoopbackHost(url.hostname)));
}

function readGateway(value: Partial<z.output<typeof schema>>): GatewayConfig {
  const { CHANCERY_MQTT: mode } = value;
  if (mode === "off") return { kind: "off" };
  if (mode === undefined || mode === "embedded")
    return {
      ...{ kind: "embedded", always: mode !== undefined, host: value.CHANCERY_MQTT_HOST },
      port: value.CHANCERY_MQTT_PORT ?? 8883,
    };
  const file = (path: string | undefined): string | null => (path === undefined ? null : resolve(path));
  return {
    ...{ kind: "broker", url: mode, host: value.CHANCERY_MQTT_HOST, port: value.CHANCERY_MQTT_PORT ?? 8883 },
    ca: file(value.CHANCERY_MQTT_CA),
    ...{ cert: file(value.CHANCERY_MQTT_CERT), key: file(value.CHANCERY_MQTT_KEY) },
  };
}

/** Server, port and login of SMTP_URL; the port is that of submission (RFC 6409; with TLS from the start RFC 8314). */
function readMailServer(value: string): Pick<MailConfig, "host" | "port" | "implicitTls" | "login"> | null {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === "" || !/^\/?$/.test(url.pathname)) return null;
  if (url.search !== "" || url.hash !== "") return null;
  const implicitTls = url.protocol === "smtps:";
  try {
    const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
    return {
      ...{ host: url.hostname.replaceAll(/[[\]]/g, ""), implicitTls },
      port: url.port === "" ? (implicitTls ? 465 : 587) : Number(url.port),
      login: user === "" ? null : { user, password },
    };
  } catch {
    return null;
  }
}

/** An address, alone or behind a name. */
function readSender(value: string): MailConfig["from"] | null {
  const [, name = "", inside, alone] = /^(?:([^<>"\p{Cc}]*?)\s*<([^<>]+)>|(\S+))$/u.exec(value.trim()) ?? [];
  const address = readMailAddress(inside ?? alone ?? "");
  return address === null ? null : { name: name.trim(), address };
}

/** The way mail goes out, or null; what is wrong between the settings goes to `problems`. */
function readMail(value: Partial<z.output<typeof schema>>, wrong: ReadonlySet<string | undefined>, problems: string[]) {
  const { SMTP_URL: url, MAIL_FROM: sender, SMTP_PASSWORD_FILE: passwordFile, SMTP_CA: ca } = value;
  const server = url === undefined ? null : readMailServer(url);
  if (server === null) {
    for (const name of ["MAIL_FROM", "SMTP_PASSWORD_FILE", "SMTP_STARTTLS", "SMTP_CA"] as const)
      if (value[name] && !wrong.has("SMTP_URL"))
        problems.push(`${name}: goes with SMTP_URL, the mail server's address`);
    return null;
  }
  const from = sender === undefined ? null : readSender(sender);
  if (from === null && !wrong.has("MAIL_FROM"))
    problems.push("MAIL_FROM: goes with SMTP_URL: the address mail comes from");
  if (ca !== undefined) readSecret("SMTP_CA", ca, problems);
  const startTls = value.SMTP_STARTTLS || (isLoopbackHost(server.host) ? "opportunistic" : "required");
  if (server.implicitTls && value.SMTP_STARTTLS)
    problems.push("SMTP_STARTTLS: goes with smtp://; smtps:// speaks TLS from the start");
  const login = readLogin(server.login, passwordFile, problems);
  if (login !== null && !server.implicitTls && startTls !== "required" && !isLoopbackHost(server.host))
    problems.push("SMTP_STARTTLS: a password goes only over TLS: leave it at required, or use smtps://");
  return from === null ? null : { ...server, login, startTls, from, caFile: ca === undefined ? null : resolve(ca) };
}

function readLogin(login: MailConfig["login"], passwordFile: string | undefined, problems: string[]) {
  if (passwordFile === undefined) {
    if (login?.password === "") problems.push("SMTP_PASSWORD_FILE: the login of SMTP_URL has no password");
    return login;
  }
  if (login === null) problems.push("SMTP_PASSWORD_FILE: SMTP_URL names no login: smtp://name@mail.example.org");
  else if (login.password !== "")
    problems.push("SMTP_PASSWORD_FILE: SMTP_URL holds a password already; keep one of them");
  const password = readSecret("SMTP_PASSWORD_FILE", passwordFile, problems).replace(/\r?\n$/, "");
  return login === null ? null : { user: login.user, password };
}

function readSecret(name: string, path: string, problems: string[]): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    problems.push(`${name}: ${path} cannot be read`);
    return "";
  }
}

/** An address, one with the length of its prefix, or a kind of network that @fastify/proxy-addr knows by name. */
function isAddressRange(text: string): boolean {
  if (["loopback", "linklocal", "uniquelocal"].includes(text)) return true;
  const [address = "", bits, ...more] = text.split("/");
  const most = isIP(address) === 4 ? 32 : 128;
  return (
    more.length === 0 && isIP(address) !== 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= most))
  );
}

export function isLoopbackHost(host: string): boolean {
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
  // Setting by setting: one that is wrong must not hide what is wrong between the others.
  const value = parseEach(settings, problems);
  const wrong = new Set(problems.map((problem) => problem.split(":")[0]));
  const host = value.HOST ?? "127.0.0.1";
  if (!wrong.has("TLS_CERT") && (value.TLS_CERT === undefined) !== (value.TLS_KEY === undefined)) {
    problems.push("TLS_CERT: TLS_CERT and TLS_KEY are set together, each with a PEM file");
  }
  if (value.CHANCERY_MASTER_KEY !== undefined && value.CHANCERY_MASTER_KEY_FILE !== undefined) {
    problems.push("CHANCERY_MASTER_KEY: set either this or CHANCERY_MASTER_KEY_FILE");
  }
  const wayOut = "set TLS_CERT and TLS_KEY, or TRUST_PROXY with a proxy that speaks https in front";
  const publicUrl = value.PUBLIC_URL === undefined ? undefined : new URL(value.PUBLIC_URL);
  if (publicUrl?.protocol === "http:" && !isLoopbackHost(publicUrl.hostname)) {
    problems.push(`PUBLIC_URL: plain http only on this machine (localhost); use https and ${wayOut}`);
  }
  if (publicUrl?.protocol === "http:" && value.TLS_CERT !== undefined) {
    problems.push("PUBLIC_URL: with TLS_CERT the server speaks https; begin the address with https://");
  }
  const secured = value.TLS_CERT !== undefined || value.TRUST_PROXY !== undefined || wrong.has("TRUST_PROXY");
  if (!isLoopbackHost(host) && !secured) problems.push(`HOST: ${host} would serve plain http to others; ${wayOut}`);
  if (publicUrl?.protocol === "https:" && !secured) problems.push(`PUBLIC_URL: nothing here speaks https; ${wayOut}`);
  if (secured && publicUrl === undefined && !wrong.has("PUBLIC_URL") && !isLoopbackHost(host)) {
    problems.push("PUBLIC_URL: the address people open is needed, such as https://seals.example.org");
  }
  const mail = readMail(value, wrong, problems);
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    config: {
      port: value.PORT ?? 8080,
      host,
      dataDir: resolve(value.CHANCERY_DATA ?? new URL("../../.data", import.meta.url).pathname),
      databaseUrl: value.DATABASE_URL,
      masterKey: value.CHANCERY_MASTER_KEY,
      masterKeyFile: value.CHANCERY_MASTER_KEY_FILE,
      tls:
        value.TLS_CERT !== undefined && value.TLS_KEY !== undefined
          ? { certFile: resolve(value.TLS_CERT), keyFile: resolve(value.TLS_KEY) }
          : undefined,
      trustProxy: value.TRUST_PROXY,
      publicUrl: publicUrl?.origin,
      sampleRemote: value.CHANCERY_SAMPLE_REMOTE ?? false,
      lab: value.CHANCERY_LAB ?? false,
      gateway: readGateway(value),
      mail,
      libreOffice: findLibreOffice(value.CHANCERY_LIBREOFFICE),
      locationDays: value.CHANCERY_LOCATION_DAYS ?? 90,
      metricsToken: value.CHANCERY_METRICS_TOKEN,
      logLevel: value.LOG_LEVEL ?? "warn",
      postgresUid: value.CHANCERY_PG_UID ?? 64123,
    },
  };
}

function parseEach(settings: Record<string, unknown>, problems: string[]): Partial<z.output<typeof schema>> {
  const value: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(schema.shape)) {
    const parsed = one.safeParse(settings[name]);
    if (parsed.success) value[name] = parsed.data;
    else problems.push(...parsed.error.issues.map((issue) => `${name}: ${issue.message}`));
  }
  return value as Partial<z.output<typeof schema>>;
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
