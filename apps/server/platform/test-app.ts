import { UPLOAD_LIMIT_BYTES } from "@chancery/api/limits";
import type { FastifyInstance } from "fastify";
import pino from "pino";
import { type AppPorts, type AppSettings, createApp, sessionCookieName } from "../app.ts";
import { loadConfig } from "../config.ts";
import { createGateway } from "../features/gateway/gateway.ts";
import { createHandlers } from "../features/handlers.ts";
import { findSession, openSession } from "../features/identity/sessions.ts";
import type { SealingPorts } from "../features/sealing/seal-job.ts";
import { readSealFace } from "../features/seals/face.ts";
import { openSealSigner } from "../features/seals/keys.ts";
import type { Environment } from "./environment.ts";
import { createIdempotency } from "./idempotency.ts";
import { createTelemetry } from "./telemetry.ts";
import type { TestEnvironment } from "./test-environment.ts";

/** A session as a browser holds it. */
export interface TestSession {
  cookie: string;
  csrf: string;
}

export interface TestApp {
  app: FastifyInstance;
  sealing: SealingPorts;
  /** What went to the log, line by line. */
  logged: string[];
  /** What went to the console. */
  printed: string[];
  signIn(personId: string): Promise<TestSession>;
}

/** The HTTP side on a test's database, as the server puts it together, to be called by inject. */
export async function createTestApp(
  { env, ledger }: Pick<TestEnvironment, "env" | "ledger">,
  change: { settings?: Partial<AppSettings>; ports?: Partial<AppPorts> } = {},
): Promise<TestApp> {
  const config = loadConfig({});
  if (!config.ok) throw new Error(config.problems.join("; "));
  const logged: string[] = [];
  const printed: string[] = [];
  const sealing: SealingPorts = {
    openSigner: (sealId) => openSealSigner(env, sealId),
    readFace: (sealId) => readSealFace(env, sealId),
    reached: () => undefined,
  };
  const telemetry = createTelemetry();
  const settings: AppSettings = {
    origin: () => env.origin,
    https: false,
    trustProxy: false,
    logger: pino({ level: "trace" }, { write: (line: string) => void logged.push(line) }),
    webRoot: null,
    tls: null,
    uploadLimitBytes: UPLOAD_LIMIT_BYTES,
    metricsToken: null,
    ...change.settings,
  };
  const app = await createApp(settings, {
    handlers: createHandlers(env, {
      ledger,
      sealing,
      gateway: createGateway(env, { ...config.config, gateway: { kind: "off" } }),
      config: config.config,
      masterKeyPlace: "a place of the walk",
      databasePlace: "a test",
      telemetry,
      log: (line) => void printed.push(line),
    }),
    telemetry,
    findSession: (token) => findSession(env, token),
    ...createIdempotency(env),
    ...change.ports,
  });
  return { app, sealing, logged, printed, signIn: (personId) => signInTo(env, settings.https, personId) };
}

async function signInTo(env: Environment, https: boolean, personId: string): Promise<TestSession> {
  const { token } = await openSession(env.db, env, personId, "password");
  const session = await findSession(env, token);
  if (!session) throw new Error(`${personId} can not be signed in`);
  return { cookie: `${sessionCookieName(https)}=${token}`, csrf: session.csrfToken };
}

/** A file as a form carries it, with the header that goes with it. */
export async function asForm(
  bytes: Uint8Array,
  name: string,
  field = "file",
): Promise<{ payload: Buffer; headers: Record<string, string> }> {
  const form = new FormData();
  form.set(field, new Blob([new Uint8Array(bytes)]), name);
  const encoded = new Response(form);
  return {
    payload: Buffer.from(await encoded.arrayBuffer()),
    headers: { "content-type": encoded.headers.get("content-type") ?? "" },
  };
}
