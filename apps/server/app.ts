import { randomUUID } from "node:crypto";
import { type Route, routes } from "@chancery/api";
import type { RouteKey } from "@chancery/api/client";
import cookie from "@fastify/cookie";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { z } from "zod";
import type { Call, Handlers, RawAnswer, SignedIn } from "./platform/call.ts";
import { ProblemError, problems } from "./platform/problems.ts";
import { registerWebApp } from "./platform/web-app.ts";

export interface AppSettings {
  /** The one origin pages are served from, e.g. http://localhost:8080. */
  origin(): string;
  secureCookie(): boolean;
  trustProxy: boolean | string;
  logger: FastifyBaseLogger;
  /** Folder of the built web app; null serves the API alone. */
  webRoot: string | null;
  tls: { cert: string; key: string } | null;
  uploadLimitBytes: number;
}

export interface AppPorts {
  handlers: Handlers;
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
    genReqId: () => randomUUID(),
    disableRequestLogging: true,
    ...(settings.tls ? { https: settings.tls } : {}),
  }) as unknown as FastifyInstance;
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  app.setNotFoundHandler((request, reply) => sendProblem(problems.notFound(), request, reply));
  await app.register(cookie);
  await app.register(multipart, {
    limits: { fileSize: settings.uploadLimitBytes + 1, files: 1, fields: 10, fieldSize: 64 * 1024 },
  });
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: () =>
      new ProblemError(429, "limit.too-many", {
        en: "Too many tries from this address. Wait a minute and try again.",
        zh: "该地址的尝试次数过多。请一分钟后再试。",
      }),
  });
  guardHost(app, settings);
  for (const key of Object.keys(routes) as RouteKey[]) registerRoute(app, settings, ports, key);
  if (settings.webRoot) await registerWebApp(app, settings.webRoot);
  return app;
}

export const sessionCookieName = (secure: boolean): string => (secure ? "__Host-chancery" : "chancery");

/** A page of another name that resolves to this machine (DNS rebinding) must not reach the API. */
function guardHost(app: FastifyInstance, settings: AppSettings): void {
  app.addHook("onRequest", async (request, reply) => {
    const own = new URL(settings.origin());
    const loopback = ["localhost", "127.0.0.1", "[::1]"];
    const port = own.port ? `:${own.port}` : "";
    const allowed = loopback.includes(own.hostname) ? loopback.map((name) => `${name}${port}`) : [own.host];
    reply
      .header("x-content-type-options", "nosniff")
      .header("referrer-policy", "same-origin")
      .header("x-frame-options", "DENY")
      .header("cross-origin-opener-policy", "same-origin")
      .header("cross-origin-resource-policy", "same-origin");
    if (own.protocol === "https:") reply.header("strict-transport-security", "max-age=31536000");
    const host = (settings.trustProxy ? request.host : request.headers.host) ?? "";
    if (!allowed.includes(host))
      throw new ProblemError(421, "host.unknown", {
        en: `This server answers as ${own.host}, not as the name it was called by. Open ${settings.origin()}, or set PUBLIC_URL.`,
        zh: `本服务器的地址是 ${own.host}。请打开 ${settings.origin()}，或设置 PUBLIC_URL。`,
      });
  });
}

function registerRoute(app: FastifyInstance, settings: AppSettings, ports: AppPorts, key: RouteKey): void {
  const route: Route = routes[key];
  if (!route.permission) throw new Error(`the route ${key} declares no permission`);
  const handler = ports.handlers[key] as unknown as (input: unknown, call: Call) => Promise<unknown>;
  if (!handler) throw new Error(`the route ${key} has no handler`);
  const [method = "GET", url = ""] = key.split(" ");
  app.route({
    method: method as "GET",
    url,
    ...(route.limitPerMinute ? { config: { rateLimit: { max: route.limitPerMinute, timeWindow: 60_000 } } } : {}),
    handler: async (request, reply) => {
      const call = await openCall(request, reply, settings, ports, route, method);
      const input = parseInput(route, request);
      const personId = call.signedIn?.personId;
      if (!route.idempotent || !personId) return answer(reply, route, await handler(input, call));
      const idempotencyKey = request.headers["idempotency-key"];
      if (typeof idempotencyKey !== "string" || !/^[\x21-\x7e]{8,100}$/.test(idempotencyKey))
        throw problems.inputInvalid([{ path: "Idempotency-Key", message: "is missing" }]);
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
  const name = sessionCookieName(settings.secureCookie());
  const token = request.cookies[name];
  const signedIn = token ? await ports.findSession(token) : null;
  if (method !== "GET") {
    const site = request.headers["sec-fetch-site"];
    const origin = request.headers.origin;
    if (
      (site !== undefined && site !== "same-origin" && site !== "none") ||
      (origin !== undefined && !sameOrigin(origin, settings.origin()))
    )
      throw problems.crossSite();
  }
  if (route.permission !== "public") {
    if (!signedIn) throw problems.signInNeeded();
    if (method !== "GET" && request.headers["x-csrf-token"] !== signedIn.csrfToken) throw problems.crossSite();
    if (route.permission !== "session" && !signedIn.permissions.has(route.permission))
      throw problems.notPermitted(route.permission);
  }
  const options = { path: "/", httpOnly: true, sameSite: "strict", secure: settings.secureCookie() } as const;
  return {
    requestId: request.id,
    signedIn,
    person: () => {
      if (!signedIn) throw problems.signInNeeded();
      return signedIn;
    },
    address: request.ip,
    fromLoopback: isLoopback(request.ip) && settings.trustProxy === false,
    setSession: (value, expiresAt) => void reply.setCookie(name, value, { ...options, expires: new Date(expiresAt) }),
    clearSession: () => void reply.clearCookie(name, options),
    upload: async () => {
      const part = await request.file();
      if (part?.fieldname !== "file") throw problems.inputInvalid([{ path: "file", message: "is missing" }]);
      return { stream: part.file, fileName: part.filename.slice(-200) };
    },
  };
}

function sameOrigin(origin: string, own: string): boolean {
  if (origin === own) return true;
  // On loopback the same server is reached under three names.
  const [a, b] = [URL.canParse(origin) ? new URL(origin) : null, new URL(own)];
  const loopback = ["localhost", "127.0.0.1", "[::1]"];
  return (
    a !== null &&
    loopback.includes(a.hostname) &&
    loopback.includes(b.hostname) &&
    a.port === b.port &&
    a.protocol === b.protocol
  );
}

export const isLoopback = (address: string): boolean => address === "::1" || /^(::ffff:)?127\./.test(address);

function parseInput(route: Route, request: FastifyRequest): unknown {
  const input: Record<string, unknown> = {};
  const fields: { path: string; message: string }[] = [];
  for (const part of ["params", "query", "body"] as const) {
    const schema = route[part];
    if (!schema || (part === "body" && route.upload)) continue;
    const parsed = schema.safeParse(request[part] ?? (part === "body" ? null : {}));
    if (parsed.success) input[part] = parsed.data;
    else for (const issue of parsed.error.issues) fields.push({ path: issue.path.join("."), message: issue.message });
  }
  if (fields.length > 0) throw problems.inputInvalid(fields.slice(0, 20));
  if (!("params" in input)) input.params = request.params;
  return input;
}

async function answer(reply: FastifyReply, route: Route, result: unknown): Promise<FastifyReply> {
  if (route.response === "binary" || route.response === "text") {
    const raw = result as RawAnswer;
    reply
      .header("content-type", raw.contentType)
      .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    reply.header("cache-control", raw.immutable ? "public, max-age=31536000, immutable" : "no-store");
    if (raw.fileName)
      reply.header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(raw.fileName)}`);
    return reply.send(raw.body instanceof Uint8Array ? Buffer.from(raw.body) : raw.body);
  }
  // Parsing the answer drops every field that the schema does not declare: nothing leaves by accident.
  const parsed = (route.response as z.ZodType).parse(result);
  return reply
    .header("cache-control", "no-store")
    .header("content-type", "application/json; charset=utf-8")
    .send(JSON.stringify(parsed));
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = error instanceof ProblemError ? error : fromFastify(error);
  if (problem.status >= 500)
    request.log.error({ err: error, requestId: request.id, url: request.url.split("?")[0] }, "a request failed");
  return reply
    .code(problem.status)
    .header("content-type", "application/problem+json; charset=utf-8")
    .header("cache-control", "no-store")
    .send(
      JSON.stringify({
        type: `urn:chancery:problem:${problem.code}`,
        title: problem.code,
        status: problem.status,
        detail: problem.sentence.en,
        code: problem.code,
        requestId: request.id,
        sentence: problem.sentence,
        refusals: problem.refusals,
        fields: problem.fields,
      }),
    );
}

function fromFastify(error: unknown): ProblemError {
  const status =
    typeof error === "object" && error !== null && "statusCode" in error && typeof error.statusCode === "number"
      ? error.statusCode
      : 500;
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  if (error instanceof z.ZodError)
    return new ProblemError(500, "server.answer-invalid", {
      en: "The server made an answer it may not give. Nothing was lost; report the number of this request.",
      zh: "服务器生成的应答不符合约定。数据没有丢失，请报告此请求的编号。",
    });
  if (status === 413 || code === "FST_REQ_FILE_TOO_LARGE")
    return new ProblemError(413, "input.too-large", {
      en: "This is larger than the server takes.",
      zh: "内容超过服务器允许的大小。",
    });
  if (status >= 400 && status < 500)
    return new ProblemError(status, "input.unreadable", {
      en: "The server could not read this request.",
      zh: "服务器无法读取该请求。",
    });
  return new ProblemError(500, "server.fault", {
    en: "Something went wrong on the server. Nothing was lost; try again, or report the number of this request.",
    zh: "服务器出现故障。数据没有丢失；请重试，或报告此请求的编号。",
  });
}
