import { randomUUID } from "node:crypto";
import { type Route, routes } from "@chancery/api";
import cookie from "@fastify/cookie";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import type { z } from "zod";
import { answerProblem } from "./platform/answer-problem.ts";
import type { Call, Handlers, RawAnswer, SignedIn } from "./platform/call.ts";
import { cleanFileName, findUnfitText } from "./platform/clean-input.ts";
import { describeIssue, type UnfitField } from "./platform/input-words.ts";
import { isLoopback, requireOwnHost, requireOwnSite, sameSecret } from "./platform/own-site.ts";
import { ProblemError, problems } from "./platform/problems.ts";
import { registerSecurityHeaders, setContentPolicy } from "./platform/security-headers.ts";
import type { Telemetry } from "./platform/telemetry.ts";
import { registerWebApp } from "./platform/web-app.ts";

/** Requests a minute and address where a route declares no limit of its own; it stops floods, not people. */
const generalLimit = 6000;
/** A request that has not arrived whole by then is given up: 50 MB over a slow line still fit. */
const requestTimeout = 5 * 60_000;

export interface AppSettings {
  /** The one origin pages are served from, e.g. http://localhost:8080. */
  origin(): string;
  /** Whether people reach that origin by https, here or at a proxy. */
  https: boolean;
  /** Addresses of the proxies whose forwarding headers count; false: none. */
  trustProxy: false | string;
  logger: FastifyBaseLogger;
  /** Folder of the built web app; null serves the API alone. */
  webRoot: string | null;
  tls: { cert: string; key: string } | null;
  uploadLimitBytes: number;
  /** With this bearer token the operator's routes answer from elsewhere too; null: from this machine alone. */
  metricsToken: string | null;
}

export interface AppPorts {
  /** The route table; left out, the product's own. */
  routes?: Readonly<Record<string, Route>>;
  handlers: Handlers;
  telemetry: Telemetry;
  findSession(token: string): Promise<SignedIn | null>;
  /** Claims an idempotency key: the answer given before, or null when this call is to be carried out. */
  claimKey(personId: string, key: string, route: string, body: unknown): Promise<{ answer: unknown } | null>;
  keepAnswer(personId: string, key: string, answer: unknown): Promise<void>;
  dropKey(personId: string, key: string): Promise<void>;
}

/** Builds the HTTP side: every route of the table, each with its declared permission, nothing else. */
export async function createApp(settings: AppSettings, ports: AppPorts): Promise<FastifyInstance> {
  const app = Fastify({
    trustProxy: settings.trustProxy,
    loggerInstance: settings.logger,
    bodyLimit: 1024 * 1024,
    requestTimeout,
    genReqId: () => randomUUID(),
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (error, request, reply) => void answerProblem(error, request, reply),
    ...(settings.tls ? { https: settings.tls } : {}),
  }) as unknown as FastifyInstance;
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply));
  app.setNotFoundHandler((request, reply) => answerProblem(problems.notFound(), request, reply));
  await registerSecurityHeaders(app, settings.https);
  app.addHook("onRequest", async (request) => {
    requireOwnHost((settings.trustProxy ? request.host : request.headers.host) ?? "", settings.origin());
  });
  app.addHook("onResponse", async ({ method, routeOptions }, { statusCode, elapsedTime }) =>
    ports.telemetry.observeAnswer(method, routeOptions.url ?? "none", statusCode, elapsedTime / 1000),
  );
  await app.register(cookie);
  await app.register(multipart, {
    limits: { fileSize: settings.uploadLimitBytes + 1, files: 1, fields: 10, fieldSize: 64 * 1024 },
  });
  await app.register(rateLimit, {
    max: generalLimit,
    timeWindow: 60_000,
    errorResponseBuilder: () =>
      new ProblemError(429, "limit.too-many", {
        en: "Too many tries from this address. Wait a minute and try again.",
        zh: "该地址的尝试次数过多。请一分钟后再试。",
      }),
  });
  for (const [key, route] of Object.entries<Route>(ports.routes ?? routes)) {
    if (route.raw) await registerRaw(app, (scope) => registerRoute(scope, settings, ports, key, route));
    else registerRoute(app, settings, ports, key, route);
  }
  if (settings.webRoot) await registerWebApp(app, settings.webRoot);
  return app;
}

export const sessionCookieName = (https: boolean): string => (https ? "__Host-chancery" : "chancery");

/** Within its scope nothing reads a body before its handler does. */
async function registerRaw(app: FastifyInstance, add: (scope: FastifyInstance) => void): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    add(scope);
  });
}

function registerRoute(app: FastifyInstance, settings: AppSettings, ports: AppPorts, key: string, route: Route): void {
  if (!route.permission) throw new Error(`the route ${key} declares no permission`);
  const handlers = ports.handlers as unknown as Record<string, (input: unknown, call: Call) => Promise<unknown>>;
  const handler = handlers[key];
  if (!handler) throw new Error(`the route ${key} has no handler`);
  const [method = "GET", url = ""] = key.split(" ");
  app.route({
    method: method as "GET",
    url,
    ...(route.bodyLimitBytes ? { bodyLimit: route.bodyLimitBytes } : {}),
    ...(route.limitPerMinute ? { config: { rateLimit: { max: route.limitPerMinute, timeWindow: 60_000 } } } : {}),
    handler: async (request, reply) => {
      const call = await openCall(request, reply, settings, ports, route, method);
      const input = parseInput(route, request);
      const personId = call.signedIn?.personId;
      if (!route.idempotent || !personId) return answer(reply, route, await handler(input, call));
      const idempotencyKey = request.headers["idempotency-key"];
      if (typeof idempotencyKey !== "string" || !/^[\x21-\x7e]{8,100}$/.test(idempotencyKey))
        throw problems.inputInvalid([{ path: "Idempotency-Key", message: "is missing", zh: "缺失" }]);
      const before = await ports.claimKey(personId, idempotencyKey, `${method} ${request.url}`, request.body ?? null);
      if (before) return answer(reply, route, before.answer);
      try {
        const result = await handler(input, call);
        await ports.keepAnswer(personId, idempotencyKey, result);
        return answer(reply, route, result);
      } catch (error) {
        await ports.dropKey(personId, idempotencyKey);
        throw error;
      }
    },
  });
}

async function openCall(
  request: FastifyRequest,
  reply: FastifyReply,
  settings: AppSettings,
  ports: AppPorts,
  route: Route,
  method: string,
): Promise<Call> {
  const name = sessionCookieName(settings.https);
  const fromLoopback = isLoopback(request.ip) && settings.trustProxy === false;
  if (method !== "GET") requireOwnSite(request.headers, settings.origin());
  const token = request.cookies[name];
  const signedIn = token ? await ports.findSession(token) : null;
  if (route.permission === "operator") {
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    const known = settings.metricsToken !== null && sameSecret(bearer, settings.metricsToken);
    if (!fromLoopback && !known) throw problems.notFound();
  } else if (route.permission !== "public") {
    if (!signedIn) throw problems.signInNeeded();
    if (method !== "GET" && !sameSecret(request.headers["x-csrf-token"], signedIn.csrfToken))
      throw problems.crossSite();
    if (route.permission !== "session" && !signedIn.permissions.has(route.permission))
      throw problems.notPermitted(route.permission);
  }
  const options = { path: "/", httpOnly: true, sameSite: "strict", secure: settings.https } as const;
  return {
    requestId: request.id,
    signedIn,
    person: () => {
      if (!signedIn) throw problems.signInNeeded();
      return signedIn;
    },
    address: request.ip,
    fromLoopback,
    setSession: (value, expiresAt) => void reply.setCookie(name, value, { ...options, expires: new Date(expiresAt) }),
    clearSession: () => void reply.clearCookie(name, options),
    raw: () => ({
      body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      header: (header) => {
        const value = request.headers[header];
        return typeof value === "string" ? value : undefined;
      },
    }),
    upload: async () => {
      if (!request.isMultipart()) throw problems.inputInvalid([{ path: "file", message: "is missing", zh: "缺失" }]);
      const part = await request.file().catch((error: unknown) => {
        throw unreadableForm(error);
      });
      if (part?.fieldname !== "file")
        throw problems.inputInvalid([{ path: "file", message: "is missing", zh: "缺失" }]);
      return { stream: bound(part.file, settings.uploadLimitBytes), fileName: cleanFileName(part.filename, "") };
    },
  };
}

/** The parser cuts a file at its limit and goes on reading; a part of a file must not be taken for the file. */
async function* bound(file: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  const parts = file[Symbol.asyncIterator]();
  let size = 0;
  try {
    for (;;) {
      const next = await parts.next().catch((error: unknown) => {
        throw unreadableForm(error);
      });
      if (next.done) return;
      size += next.value.length;
      yield next.value;
      if (size > limit) throw problems.tooLarge();
    }
  } finally {
    await parts.return?.();
  }
}

/** A form without its boundary, or cut off in the middle: not a fault of ours. */
function unreadableForm(error: unknown): unknown {
  if (error instanceof Error && "statusCode" in error) return error;
  return problems.inputInvalid([
    { path: "file", message: "did not arrive whole, or not in a form", zh: "未完整送达，或未以表单提交" },
  ]);
}

function parseInput(route: Route, request: FastifyRequest): unknown {
  const input: Record<string, unknown> = {};
  const fields: UnfitField[] = [];
  for (const part of ["params", "query", "body"] as const) {
    const schema = route[part];
    if (!schema || (part === "body" && route.upload)) continue;
    const given = request[part] ?? (part === "body" ? null : {});
    const unfit = findUnfitText(given);
    if (unfit) throw problems.inputInvalid([unfit]);
    const parsed = schema.safeParse(given, { reportInput: true });
    if (parsed.success) input[part] = parsed.data;
    else for (const issue of parsed.error.issues) fields.push(describeIssue(issue, issue.path.join(".")));
  }
  if (fields.length > 0) throw problems.inputInvalid(fields.slice(0, 20));
  if (!("params" in input)) {
    const unfit = findUnfitText(request.params);
    if (unfit) throw problems.inputInvalid([unfit]);
    input.params = request.params;
  }
  return input;
}

async function answer(reply: FastifyReply, route: Route, result: unknown): Promise<FastifyReply> {
  if (route.response === "binary" || route.response === "text") {
    const raw = result as RawAnswer;
    setContentPolicy(reply, "file");
    reply.header("content-type", raw.contentType);
    reply.header("cache-control", raw.immutable ? "public, max-age=31536000, immutable" : "no-store");
    if (raw.fileName) reply.header("content-disposition", `attachment; filename*=UTF-8''${encodeName(raw.fileName)}`);
    return reply.send(raw.body instanceof Uint8Array ? Buffer.from(raw.body) : raw.body);
  }
  // Parsing the answer drops every field that the schema does not declare: nothing leaves by accident.
  const parsed = (route.response as z.ZodType).parse(result);
  return reply
    .header("cache-control", "no-store")
    .header("content-type", "application/json; charset=utf-8")
    .send(JSON.stringify(parsed));
}

/** A file name as an ext-value (RFC 8187, 3.2.1): encodeURIComponent leaves four characters that may not stand there. */
const encodeName = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
