import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Route } from "@chancery/api";
import type { FastifyInstance, InjectOptions } from "fastify";
import pino from "pino";
import { z } from "zod";
import { type AppPorts, type AppSettings, createApp, sessionCookieName } from "./app.ts";
import type { Call, Handlers, SignedIn } from "./platform/call.ts";
import { createTelemetry } from "./platform/telemetry.ts";

const signedIn: SignedIn = {
  personId: "per_1",
  sessionHash: Buffer.alloc(32),
  csrfToken: "the token of this session",
  permissions: new Set(["seal.read"]),
};
const answer = z.object({ address: z.string() });
const table: Record<string, Route> = {
  "GET /v1/open": { summary: "", permission: "public", response: answer },
  "POST /v1/open": { summary: "", permission: "public", body: z.object({ word: z.string() }), response: answer },
  "POST /v1/large": {
    ...{ summary: "", permission: "public", body: z.object({ word: z.string() }), response: answer },
    bodyLimitBytes: 2_000_000,
  },
  "GET /v1/own": { summary: "", permission: "session", response: answer },
  "POST /v1/own": { summary: "", permission: "session", response: answer },
  "POST /v1/files": { summary: "", permission: "public", upload: true, response: z.object({ size: z.number() }) },
  "GET /v1/file": { summary: "", permission: "public", response: "binary", mediaType: "image/svg+xml" },
  "GET /v1/fault/:kind": { summary: "", permission: "public", response: answer },
  "GET /v1/limited": { summary: "", permission: "public", response: answer, limitPerMinute: 3 },
  "POST /v1/session": { summary: "", permission: "public", response: answer },
};
const secret = "s3cr3t-of-the-database";
const faults: Record<string, unknown> = {
  bug: new Error(`a bug that knows ${secret}`),
  text: `a text that knows ${secret}`,
  stopping: Object.assign(new Error("terminating connection due to administrator command"), { code: "57P01" }),
  gone: Object.assign(new Error("connect ENOENT /run/.s.PGSQL.5432"), { code: "ENOENT", syscall: "connect" }),
  broken: new Error("Connection terminated unexpectedly"),
};
const handlers = {
  "GET /v1/open": async (_: unknown, call: Call) => ({ address: call.address, more: secret }),
  "POST /v1/open": async (_: unknown, call: Call) => ({ address: call.address }),
  "POST /v1/large": async (_: unknown, call: Call) => ({ address: call.address }),
  "GET /v1/own": async (_: unknown, call: Call) => ({ address: call.address }),
  "POST /v1/own": async (_: unknown, call: Call) => ({ address: call.address }),
  "POST /v1/files": async (_: unknown, call: Call) => {
    let size = 0;
    for await (const part of (await call.upload()).stream) size += part.length;
    return { size };
  },
  "GET /v1/file": async () => ({ contentType: "image/svg+xml", body: "<svg/>", fileName: "it's (1)*.svg" }),
  "GET /v1/fault/:kind": async ({ params }: { params: { kind: string } }) => {
    if (params.kind === "answer") return { word: secret };
    throw faults[params.kind];
  },
  "GET /v1/limited": async (_: unknown, call: Call) => ({ address: call.address }),
  "POST /v1/session": async (_: unknown, call: Call) => {
    call.setSession("a token", Date.UTC(2026, 11, 1));
    return { address: call.address };
  },
} as unknown as Handlers;

const apps: FastifyInstance[] = [];
after(() => Promise.all(apps.map((app) => app.close())));

async function start(settings: Partial<AppSettings> = {}) {
  const logged: string[] = [];
  const ports: AppPorts = {
    routes: table,
    handlers,
    telemetry: createTelemetry(),
    findSession: async (token) => (token === "valid" ? signedIn : null),
    claimKey: async () => null,
    keepAnswer: async () => undefined,
    dropKey: async () => undefined,
  };
  const app = await createApp(
    {
      ...{ origin: () => "http://localhost:8080", https: false, trustProxy: false, webRoot: null, tls: null },
      ...{ uploadLimitBytes: 1000, metricsToken: null },
      logger: pino({ level: "trace" }, { write: (line: string) => void logged.push(line) }),
      ...settings,
    },
    ports,
  );
  apps.push(app);
  const call = (method: InjectOptions["method"], url: string, more: InjectOptions = {}) =>
    app.inject({ method: method ?? "GET", url, ...more, headers: { host: "localhost:8080", ...more.headers } });
  return { app, call, logged };
}
const own = { cookie: `${sessionCookieName(false)}=valid`, "x-csrf-token": signedIn.csrfToken };

test("every answer carries the headers that keep a browser from being led astray, refused ones too", async () => {
  const { call } = await start();
  const answers = [
    await call("GET", "/v1/open"),
    await call("GET", "/v1/own"),
    await call("GET", "/v1/nothing"),
    await call("GET", "/v1/fault/bug"),
    await call("GET", "/v1/open", { headers: { host: "evil.example" } }),
  ];
  assert.deepEqual(
    answers.map((one) => one.statusCode),
    [200, 401, 404, 500, 421],
  );
  for (const { headers } of answers) {
    assert.equal(
      headers["content-security-policy"],
      "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["x-frame-options"], "DENY");
    assert.equal(headers["referrer-policy"], "same-origin");
    assert.equal(headers["cross-origin-opener-policy"], "same-origin");
    assert.equal(headers["cross-origin-resource-policy"], "same-origin");
    assert.match(String(headers["permissions-policy"]), /camera=\(\)/);
    assert.equal(headers["cache-control"], "no-store");
    assert.equal(headers["strict-transport-security"], undefined);
    assert.equal(headers["access-control-allow-origin"], undefined);
    assert.equal(headers["x-powered-by"] ?? headers.server, undefined);
  }
});

test("over https the cookie is __Host- and Secure, and the browser is told to stay with https", async () => {
  const plain = await (await start()).call("POST", "/v1/session");
  assert.equal(
    plain.headers["set-cookie"],
    "chancery=a%20token; Path=/; Expires=Tue, 01 Dec 2026 00:00:00 GMT; HttpOnly; SameSite=Strict",
  );
  const { call } = await start({ https: true, origin: () => "https://seals.example" });
  const safe = await call("POST", "/v1/session", { headers: { host: "seals.example" } });
  assert.match(String(safe.headers["set-cookie"]), /^__Host-chancery=.*Path=\/;.*HttpOnly; Secure; SameSite=Strict$/);
  assert.match(String(safe.headers["strict-transport-security"]), /^max-age=31536000/);
});

test("the page has a policy of its own, with a nonce that is new each time and stands in the page", async () => {
  const folder = await mkdtemp(join(tmpdir(), "chancery-web-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "assets", "a-1.js"), "1");
  await writeFile(join(folder, "assets", "a-1.js.gz"), gzipSync("1"));
  await writeFile(join(folder, "index.html"), '<meta property="csp-nonce" nonce="__CSP_NONCE__"><p>__CSP_NONCE__</p>');
  const { call } = await start({ webRoot: folder });
  const nonces = new Set<string>();
  for (const url of ["/", "/seals/seal_1?x=1", "/v1", "/metrics-page"]) {
    const { headers, body, statusCode } = await call("GET", url);
    assert.equal(statusCode, 200, url);
    const policy = String(headers["content-security-policy"]);
    const nonce = /style-src 'self' 'nonce-([A-Za-z0-9+/=]{24})'/.exec(policy)?.[1] ?? "none";
    assert.equal(body, `<meta property="csp-nonce" nonce="${nonce}"><p>${nonce}</p>`);
    nonces.add(nonce);
    assert.match(policy, /^default-src 'none';script-src 'self' 'wasm-unsafe-eval';/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:|\*/);
    assert.equal(headers["cache-control"], "no-store");
  }
  assert.equal(nonces.size, 4);
  const asset = await call("GET", "/assets/a-1.js");
  assert.deepEqual([asset.statusCode, asset.headers["cache-control"]], [200, "public, max-age=31536000, immutable"]);
  // A worker's script brings the worker's policy: it reads character maps and runs WebAssembly.
  assert.match(
    String(asset.headers["content-security-policy"]),
    /script-src 'self' 'wasm-unsafe-eval';style-src 'self';.*connect-src 'self'/,
  );
  const small = await call("GET", "/assets/a-1.js", { headers: { "accept-encoding": "gzip, br" } });
  assert.deepEqual([small.headers["content-encoding"], small.headers.vary], ["gzip", "accept-encoding"]);
  assert.match(String(small.headers["content-type"]), /javascript/);
  assert.equal(gunzipSync(small.rawPayload).toString(), "1");
  for (const url of ["/assets/none.js", "/v1/none", "/assets/..%2findex.html", "/assets/../../app.ts"]) {
    const { statusCode, body } = await call("GET", url);
    assert.ok(statusCode === 404 || !body.includes("import "), url);
  }
  assert.equal((await call("GET", "/v1/none")).headers["content-type"], "application/problem+json; charset=utf-8");
  assert.equal((await call("GET", "/assets/none.js")).statusCode, 404);
  assert.equal((await call("POST", "/")).statusCode, 404);
  await rm(folder, { recursive: true });
});

test("a file of somebody's is opened without an origin, and its name is encoded whole", async () => {
  const { headers } = await (await start()).call("GET", "/v1/file");
  assert.equal(headers["content-security-policy"], "default-src 'none';style-src 'unsafe-inline';sandbox");
  assert.equal(headers["content-disposition"], "attachment; filename*=UTF-8''it%27s%20%281%29%2A.svg");
});

test("what changes something is refused to other sites, and to who lacks the session's token", async () => {
  const { call } = await start();
  const post = async (headers: Record<string, string>, url = "/v1/own") => {
    const { statusCode, body } = await call("POST", url, { headers });
    return `${statusCode} ${(JSON.parse(body) as { code?: string }).code ?? ""}`.trim();
  };
  assert.equal(await post(own), "200");
  assert.equal(await post({ ...own, origin: "http://localhost:8080", "sec-fetch-site": "same-origin" }), "200");
  assert.equal(await post({ ...own, origin: "http://127.0.0.1:8080" }), "200");
  const refused = [
    { cookie: own.cookie },
    { ...own, "x-csrf-token": `${signedIn.csrfToken}x` },
    { ...own, "x-csrf-token": "" },
    { ...own, origin: "http://evil.example" },
    { ...own, origin: "null" },
    { ...own, origin: "http://localhost:9999" },
    { ...own, origin: "https://localhost:8080" },
    { ...own, "sec-fetch-site": "cross-site" },
    { ...own, "sec-fetch-site": "same-site" },
  ];
  for (const headers of refused) assert.equal(await post(headers), "403 session.cross-site", JSON.stringify(headers));
  assert.equal(await post({ origin: "http://evil.example" }, "/v1/session"), "403 session.cross-site");
  assert.equal(await post({}), "401 session.missing");
  assert.equal(await post({ ...own, cookie: "chancery=other" }), "401 session.missing");
});

test("a name that is not the server's is refused, whoever resolves it to this machine", async () => {
  const { call } = await start();
  const status = async (host: string, more: Record<string, string> = {}) =>
    (await call("GET", "/v1/open", { headers: { host, ...more } })).statusCode;
  for (const host of ["localhost:8080", "LOCALHOST:8080", "127.0.0.1:8080", "[::1]:8080"])
    assert.equal(await status(host), 200, host);
  for (const host of [
    "evil.example",
    "evil.example:8080",
    "localhost",
    "localhost:81",
    "localhost:8080.evil.example",
    "",
  ])
    assert.equal(await status(host), 421, host);
  assert.equal(await status("evil.example", { "x-forwarded-host": "localhost:8080" }), 421);
});

test("forwarding headers count from the proxy that is named and from nobody else", async () => {
  const settings = { trustProxy: "10.0.0.1", https: true, origin: () => "https://seals.example" };
  const { call } = await start(settings);
  const ask = async (remoteAddress: string, headers: Record<string, string>) => {
    const response = await call("GET", "/v1/open", { remoteAddress, headers });
    return response.statusCode === 200 ? (response.json() as { address: string }).address : response.statusCode;
  };
  const forwarded = { host: "inside:8080", "x-forwarded-host": "seals.example", "x-forwarded-for": "192.0.2.7" };
  assert.equal(await ask("10.0.0.1", forwarded), "192.0.2.7");
  assert.equal(await ask("10.0.0.2", forwarded), 421);
  assert.equal(await ask("10.0.0.2", { ...forwarded, host: "seals.example" }), "10.0.0.2");
  // What a client wrote before the proxy added its own line is not believed.
  assert.equal(await ask("10.0.0.1", { ...forwarded, "x-forwarded-for": "127.0.0.1, 192.0.2.7" }), "192.0.2.7");
  assert.equal(await ask("10.0.0.1", { ...forwarded, "x-forwarded-host": "evil.example" }), 421);
});

test("what cannot be read is a problem with a code, never a page or a stack", async () => {
  const { call } = await start();
  const json = { "content-type": "application/json" };
  const cases: [InjectOptions, number, string][] = [
    [{ method: "POST", url: "/v1/open", headers: json, payload: '{"word":' }, 400, "input.unreadable"],
    [{ method: "POST", url: "/v1/open", headers: json, payload: "" }, 400, "input.unreadable"],
    [
      { method: "POST", url: "/v1/open", headers: json, payload: '{"__proto__":{"word":"x"}}' },
      400,
      "input.unreadable",
    ],
    [{ method: "POST", url: "/v1/open", headers: json, payload: '{"word":7}' }, 400, "input.incomplete"],
    [{ method: "POST", url: "/v1/open" }, 400, "input.incomplete"],
    [
      { method: "POST", url: "/v1/open", headers: { "content-type": "text/xml" }, payload: "<a/>" },
      415,
      "input.kind-unknown",
    ],
    [
      { method: "POST", url: "/v1/open", headers: json, payload: `{"word":"${"x".repeat(1_100_000)}"}` },
      413,
      "input.too-large",
    ],
    [
      { method: "POST", url: "/v1/large", headers: json, payload: `{"word":"${"x".repeat(2_100_000)}"}` },
      413,
      "input.too-large",
    ],
    [
      { method: "POST", url: "/v1/large", headers: json, payload: `{"wood":"${"x".repeat(1_100_000)}"}` },
      400,
      "input.incomplete",
    ],
    [{ method: "POST", url: "/v1/files", headers: json, payload: "{}" }, 400, "input.incomplete"],
    [{ method: "GET", url: "/v1/nothing" }, 404, "subject.not-found"],
    [{ method: "GET", url: "/v1/fault/%E0%A4%A" }, 400, "input.unreadable"],
    [{ method: "OPTIONS", url: "/v1/open" }, 404, "subject.not-found"],
    [{ method: "DELETE", url: "/v1/open" }, 404, "subject.not-found"],
    [{ method: "GET", url: "/v1/fault/bug" }, 500, "server.fault"],
    [{ method: "GET", url: "/v1/fault/text" }, 500, "server.fault"],
    [{ method: "GET", url: "/v1/fault/answer" }, 500, "server.answer-invalid"],
    [{ method: "GET", url: "/v1/fault/stopping" }, 503, "database.unreachable"],
    [{ method: "GET", url: "/v1/fault/gone" }, 503, "database.unreachable"],
    [{ method: "GET", url: "/v1/fault/broken" }, 503, "database.unreachable"],
  ];
  for (const [options, status, code] of cases) {
    const response = await call(options.method, String(options.url), options);
    const name = `${options.method} ${options.url}`;
    assert.equal(response.statusCode, status, name);
    assert.match(String(response.headers["content-type"]), /^application\/problem\+json/, name);
    const problem = response.json() as Record<string, unknown>;
    assert.equal(problem.code, code, name);
    assert.deepEqual(Object.keys(problem).sort(), problemFields, name);
    assert.doesNotMatch(response.body, new RegExp(`${secret}|node_modules|\\.ts:|Error:`), name);
    if (status === 503) assert.equal(response.headers["retry-after"], "5");
  }
});
const problemFields = "code detail fields refusals requestId sentence status title type".split(" ");

test("fields that the contract does not name stay inside; HEAD is GET without its body", async () => {
  const { call } = await start();
  const get = await call("GET", "/v1/open");
  assert.deepEqual(get.json(), { address: "127.0.0.1" });
  const head = await call("HEAD", "/v1/open");
  assert.deepEqual([head.statusCode, head.body], [200, ""]);
  assert.equal((await call("HEAD", "/v1/own")).statusCode, 401);
});

test("a route's limit counts by address, says when to come again, and leaves others alone", async () => {
  const { call } = await start();
  const status = async (remoteAddress: string) => (await call("GET", "/v1/limited", { remoteAddress })).statusCode;
  assert.deepEqual(
    [await status("10.0.0.1"), await status("10.0.0.1"), await status("10.0.0.1"), await status("10.0.0.1")],
    [200, 200, 200, 429],
  );
  const refused = await call("GET", "/v1/limited", { remoteAddress: "10.0.0.1" });
  assert.equal((refused.json() as { code: string }).code, "limit.too-many");
  assert.ok(Number(refused.headers["retry-after"]) > 0);
  assert.equal(await status("10.0.0.2"), 200);
});

test("a fault is logged once, under its number and the route's template, without what the path held", async () => {
  const { call, logged } = await start();
  const { requestId } = (await call("GET", "/v1/fault/bug?token=abc")).json() as { requestId: string };
  const lines = logged.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line.level === 50);
  assert.equal(lines.length, 1);
  assert.deepEqual([lines[0]?.requestId, lines[0]?.route], [requestId, "/v1/fault/:kind"]);
  assert.doesNotMatch(logged.join(), /token=abc|fault\/bug/);
});

test("an upload beyond the limit is refused while it is still coming", async () => {
  const { app } = await start({ origin: () => origin });
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const form = new FormData();
  form.set("file", new Blob([new Uint8Array(300)]), "small.pdf");
  const small = await fetch(`${origin}/v1/files`, { method: "POST", body: form });
  assert.deepEqual(await small.json(), { size: 300 });
  // The sender never ends: what comes back is the answer to what came so far.
  const answered = await new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sending = httpRequest(`${origin}/v1/files`, {
      method: "POST",
      headers: { "content-type": "multipart/form-data; boundary=b" },
    });
    sending.once("error", reject);
    sending.once("response", async (response) => {
      let body = "";
      for await (const part of response) body += String(part);
      sending.destroy();
      resolve({ status: response.statusCode ?? 0, body });
    });
    sending.write('--b\r\ncontent-disposition: form-data; name="file"; filename="large.pdf"\r\n\r\n');
    sending.write(Buffer.alloc(100_000));
  });
  assert.equal(answered.status, 413);
  assert.equal((JSON.parse(answered.body) as { code: string }).code, "input.too-large");
});
