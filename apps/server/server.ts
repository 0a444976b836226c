import { mkdir, readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { UPLOAD_LIMIT_BYTES } from "@chancery/api/limits";
import pino from "pino";
import { createApp } from "./app.ts";
import type { Config } from "./config.ts";
import { addAlarmFigures } from "./features/alarms/figures.ts";
import { sendAlarmMail } from "./features/alarms/send-alarm-mail.ts";
import { createAuthorityProcess } from "./features/authority/run-authority.ts";
import { startClockwork } from "./features/clockwork/ticks.ts";
import { authoritySecretOf, moveAuthorityKeys } from "./features/controllers/authority.ts";
import { makeSeries } from "./features/document-series/make-series.ts";
import { readFinalCopy } from "./features/final-copies/read-final-copy.ts";
import { createGateway, isGatewayWanted } from "./features/gateway/gateway.ts";
import { createHandlers } from "./features/handlers.ts";
import { findSession } from "./features/identity/sessions.ts";
import { printSetupCode } from "./features/installation/routes.ts";
import { addLedgerFigures } from "./features/ledger/figures.ts";
import { createLedger } from "./features/ledger/ledger.ts";
import { readImpressionPhoto } from "./features/printed-copies/read-impression-photo.ts";
import { sendPressMail } from "./features/remote-supervision/tell-supervisor.ts";
import { runBacktest } from "./features/rules/backtest.ts";
import { runSealJob, type SealingPorts } from "./features/sealing/seal-job.ts";
import { sweepFiles } from "./features/sealing/sweep-files.ts";
import { keepRevocationsFresh } from "./features/seals/authority.ts";
import { readSealFace } from "./features/seals/face.ts";
import { openSealSigner } from "./features/seals/keys.ts";
import { followVendorAuthorisation } from "./features/vendor-clouds/follow.ts";
import { systemClock } from "./platform/clock.ts";
import { openDb, openPool } from "./platform/db.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./platform/embedded-postgres.ts";
import type { Environment } from "./platform/environment.ts";
import { openFileStore } from "./platform/files.ts";
import { createIdempotency } from "./platform/idempotency.ts";
import { takeInstanceLock } from "./platform/instance-lock.ts";
import { enqueueJob, startJobs } from "./platform/jobs.ts";
import { createMailer } from "./platform/mailer.ts";
import { openMasterKey } from "./platform/master-key.ts";
import { type AdminConnection, authorityConnection, migrate } from "./platform/migrate.ts";
import { createServiceLog } from "./platform/service-log.ts";
import { createTelemetry } from "./platform/telemetry.ts";
import { createWordConverter } from "./platform/word-converter.ts";

export interface RunningServer {
  ok: true;
  url: string;
  dataDir: string;
  masterKeyPlace: string;
  databasePlace: string;
  env: Environment;
  /** Resolves with a sentence when the database, or our lock on it, is lost. */
  lost: Promise<string>;
  stop(): Promise<void>;
}
export interface ServerRefusal {
  ok: false;
  code: string;
  message: string;
}

export interface ServerOptions {
  /** Folder of the built web app; null serves the API alone. */
  webRoot: string | null;
  /** Lines for the person at the console. */
  log: (line: string) => void;
  /** Called at each named step of the sealing job; for tests that end the process there. */
  reached?: SealingPorts["reached"];
}

/** Starts everything one process needs, in order, and answers how to stop it; nothing stays behind a refusal. */
export async function startServer(config: Config, options: ServerOptions): Promise<RunningServer | ServerRefusal> {
  const undo: (() => Promise<unknown>)[] = [];
  let stopping = false;
  const stop = async (): Promise<void> => {
    stopping = true;
    for (const step of undo.toReversed()) await step();
    undo.length = 0;
  };
  try {
    const started = await start(config, options, undo, { stop, isStopping: () => stopping });
    if (!started.ok) await stop();
    return started;
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

async function start(
  config: Config,
  options: ServerOptions,
  undo: (() => Promise<unknown>)[],
  ending: { stop: () => Promise<void>; isStopping: () => boolean },
): Promise<RunningServer | ServerRefusal> {
  // The folder itself stays enterable for the account PostgreSQL runs under; what is secret lies in folders of 0700.
  await mkdir(config.dataDir, { recursive: true, mode: 0o755 });
  const masterKey = await openMasterKey(config);
  if (!masterKey.ok) return { ok: false, code: "master-key.unusable", message: masterKey.message };
  const logger = pino(
    { level: config.logLevel, redact: ["password", "*.password", "*.*.password", "*.cookie", "*.headers"] },
    pino.destination({ dest: 2, sync: true }),
  );

  const log = createServiceLog(logger, ending.isStopping);
  const database = await openDatabase(config, options.log);
  if (!database.ok) return database;
  undo.push(() => database.stop());
  const migrated = await migrate(database.admin, (role) => masterKey.key.derive(`role ${role}`));
  if (!migrated.ok) return migrated;

  const onError = (error: unknown): void => log.warn({ err: error }, "a background task met an error");
  const appPool = openPool(migrated.connections.app, onError);
  undo.push(() => appPool.end());
  const sequencerPool = openPool({ ...migrated.connections.sequencer, max: 3 }, onError);
  undo.push(() => sequencerPool.end());

  let origin = config.publicUrl ?? "";
  const env: Environment = {
    db: openDb(appPool),
    clock: systemClock,
    files: await openFileStore(join(config.dataDir, "files")),
    masterKey: masterKey.key,
    enqueue: enqueueJob,
    get origin() {
      return origin;
    },
    lab: config.lab,
    locationDays: config.locationDays,
    ...(config.mail === null ? {} : { mailer: createMailer(config.mail) }),
    ...(config.libreOffice === null ? {} : { word: createWordConverter(config.libreOffice) }),
    logger: log,
  };
  const ledger = await createLedger(env, sequencerPool);
  undo.push(() => ledger.stop());
  const sealing: SealingPorts = {
    openSigner: (sealId) => openSealSigner(env, sealId),
    readFace: (sealId) => readSealFace(env, sealId),
    reached: options.reached ?? (() => undefined),
  };
  await sweepFiles(env, 60 * 60_000);
  const jobs = await startJobs({
    pool: migrated.connections.jobs,
    concurrency: 2,
    onError,
    tasks: {
      "seal-request": async ({ requestId }) => runSealJob(env, sealing, requestId ?? ""),
      "make-series": async ({ seriesId }) => makeSeries(env, seriesId ?? ""),
      "read-photo": async ({ requestId, impressionId }) =>
        readImpressionPhoto(env, requestId ?? "", impressionId ?? ""),
      "read-final-copy": async ({ finalCopyId }) => readFinalCopy(env, finalCopyId ?? ""),
      "send-alarm-mail": async ({ alarmId, level, personId }) =>
        sendAlarmMail(env, { alarmId: alarmId ?? "", level: Number(level), personId: personId ?? "" }),
      "send-press-mail": async ({ lookId }) => sendPressMail(env, lookId ?? ""),
      "follow-vendor": async ({ authorisationId }) => followVendorAuthorisation(env, authorisationId ?? ""),
      backtest: async ({ backtestId }) => runBacktest(env, backtestId ?? ""),
    },
  });
  undo.push(() => jobs.stop());
  const revocations = await keepRevocationsFresh(env);
  undo.push(revocations);

  const clockwork = startClockwork(env);
  undo.push(clockwork);

  const tls = config.tls
    ? { cert: await readFile(config.tls.certFile, "utf8"), key: await readFile(config.tls.keyFile, "utf8") }
    : null;
  const telemetry = createTelemetry();
  addLedgerFigures(env, telemetry);
  addAlarmFigures(env, telemetry);
  await moveAuthorityKeys(env);
  const authority = createAuthorityProcess(env, {
    connection: authorityConnection(migrated.connections.app, (role) => masterKey.key.derive(`role ${role}`)),
    ...{ secret: authoritySecretOf(masterKey.key), files: join(config.dataDir, "files"), logLevel: config.logLevel },
  });
  undo.push(() => authority.stop());
  const gateway = createGateway(env, config, { authority, pool: appPool });
  undo.push(() => gateway.stop());
  const app = await createApp(
    {
      origin: () => origin,
      https: tls !== null || (config.publicUrl ?? "").startsWith("https:"),
      trustProxy: config.trustProxy ?? false,
      logger,
      webRoot: options.webRoot,
      tls,
      uploadLimitBytes: UPLOAD_LIMIT_BYTES,
      metricsToken: config.metricsToken ?? null,
    },
    {
      handlers: createHandlers(env, {
        ledger,
        sealing,
        gateway,
        config,
        masterKeyPlace: masterKey.key.place,
        databasePlace: database.place,
        telemetry,
        log: options.log,
      }),
      telemetry,
      findSession: (token) => findSession(env, token),
      ...createIdempotency(env),
    },
  );
  undo.push(() => app.close());
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    return {
      ok: false,
      code: "port.taken",
      message: `Port ${config.port} is taken by another program. Set PORT to another one, for example PORT=8081 npm start.`,
    };
  }
  const port = (app.server.address() as AddressInfo).port;
  const loopback = ["127.0.0.1", "localhost", "::1", "[::1]"].includes(config.host);
  if (origin === "") origin = `${tls ? "https" : "http"}://${loopback ? "localhost" : config.host}:${port}`;
  await database.announce(origin);
  await ledger.start();
  if (await isGatewayWanted(env, config)) await gateway.ensureStarted();
  await printSetupCode(env, options.log);
  return {
    ok: true,
    url: origin,
    dataDir: config.dataDir,
    masterKeyPlace: masterKey.key.place,
    databasePlace: database.place,
    env,
    lost: database.lost,
    stop: ending.stop,
  };
}

interface OpenDatabase {
  ok: true;
  admin: AdminConnection;
  place: string;
  announce(url: string): Promise<void>;
  lost: Promise<string>;
  stop(): Promise<void>;
}

async function openDatabase(config: Config, log: (line: string) => void): Promise<OpenDatabase | ServerRefusal> {
  if (config.databaseUrl === undefined) {
    const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, uid: config.postgresUid, log });
    if (!embedded.ok) return embedded;
    return fromEmbedded(embedded);
  }
  const url = new URL(config.databaseUrl);
  const name = decodeURIComponent(url.pathname.slice(1)) || "postgres";
  const admin: AdminConnection = {
    host: url.searchParams.get("host") ?? decodeURIComponent(url.hostname),
    port: url.port === "" ? 5432 : Number(url.port),
    database: name,
    ...(url.username === "" ? {} : { user: decodeURIComponent(url.username) }),
    ...(url.password === "" ? {} : { password: decodeURIComponent(url.password) }),
    ...(["require", "verify-full", "verify-ca"].includes(url.searchParams.get("sslmode") ?? "")
      ? { ssl: { rejectUnauthorized: url.searchParams.get("sslmode") !== "require" } }
      : {}),
  };
  try {
    const lock = await takeInstanceLock(admin);
    if (!lock.ok)
      return {
        ok: false,
        code: "instance.already-running",
        message: `Chancery already runs on this database${lock.url ? `: ${lock.url}` : ""}.`,
      };
    return {
      ok: true,
      admin,
      place: `${admin.host}:${admin.port}/${name}`,
      announce: (at) => lock.announce(at),
      lost: lock.lost,
      stop: () => lock.release(),
    };
  } catch (error) {
    return {
      ok: false,
      code: "database.unreachable",
      message: `The database of DATABASE_URL can not be reached: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

function fromEmbedded(embedded: EmbeddedPostgres): OpenDatabase {
  return {
    ok: true,
    admin: { ...embedded.connection },
    place: embedded.cluster,
    announce: (url) => embedded.announce(url),
    lost: embedded.lost,
    stop: () => embedded.stop(),
  };
}
