import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Route, routes } from "@chancery/api";
import { PERMISSIONS } from "@chancery/domain";
import type { InjectOptions } from "fastify";
import type { SignedIn } from "./call.ts";
import { newId } from "./ids.ts";
import { asForm, createTestApp, type TestApp } from "./test-app.ts";
import { createTestCrew, type TestCrew } from "./test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "./test-environment.ts";
import { testContract } from "./test-pdf.ts";

// Input that no page sends: it is refused as what it is, and never a fault of the server, nor in its log.
let place: TestEnvironment;
let crew: TestCrew;
let app: TestApp;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  const everything: SignedIn = {
    ...{ personId: crew.people.sealAdministrator, sessionHash: Buffer.alloc(32), csrfToken: "token" },
    permissions: new Set(PERMISSIONS),
  };
  app = await createTestApp(place, { ports: { findSession: async () => everything } });
});
after(async () => {
  await app?.app.close();
  await place?.close();
});

let calls = 0;
async function send(method: string, url: string, more: InjectOptions = {}) {
  calls += 1;
  const response = await app.app.inject({
    method: method as "GET",
    url,
    // From an address of its own, so that the limits of a minute do not meet it.
    remoteAddress: `127.1.${calls >> 8}.${calls & 255}`,
    ...more,
    headers: {
      ...{
        host: "localhost:8080",
        cookie: "chancery=x",
        "x-csrf-token": "token",
        "idempotency-key": `hostile-${calls}`,
      },
      ...more.headers,
    },
  });
  return response;
}
async function assertUnfit(method: string, url: string, more: InjectOptions = {}): Promise<void> {
  const response = await send(method, url, more);
  assert.deepEqual([method, url, response.statusCode], [method, url, 400]);
  assert.match(String(response.headers["content-type"]), /^application\/problem\+json/);
  assert.match((response.json() as { code: string }).code, /^input\./);
}

test("NUL in a path, a query or a body of any route is refused before anything is asked of the database", async () => {
  let tried = 0;
  for (const [key, route] of Object.entries<Route>(routes)) {
    const [method = "", template = ""] = key.split(" ");
    if (route.permission === "operator") continue;
    const plain = template.replace(/:\w+|\*/g, "x");
    if (template !== plain) await assertUnfit(method, template.replace(/:\w+|\*/g, "a%00b"));
    for (const name of Object.keys(route.query?.shape ?? {})) await assertUnfit(method, `${plain}?${name}=a%00b`);
    if (route.body && !route.upload) await assertUnfit(method, plain, { payload: { word: "a\0b" } });
    tried += 1;
  }
  assert.ok(tried > 80);
});

test("NUL and half a character in a login, a name, a reason and the data of a matter are refused", async () => {
  for (const bad of ["a\0b", "\ud800"]) {
    await assertUnfit("POST", "/v1/sessions", { payload: { login: bad, password: "x" } });
    await assertUnfit("POST", "/v1/matters", { payload: matter({ data: { note: bad } }) });
    await assertUnfit("POST", "/v1/matters", { payload: matter({ data: { [bad]: "" } }) });
    await assertUnfit("POST", "/v1/matters", { payload: matter({ title: bad }) });
    await assertUnfit("POST", "/v1/matters", { payload: matter({ reason: bad }) });
  }
});

const matter = (change: Record<string, unknown>) => ({
  ...{ kind: "stop", entityId: crew.entityId, unitId: null, sealId: null, bodyId: null, personId: null },
  ...{ title: "Stop", reason: "Worn", data: {}, effectiveOn: null, ...change },
});
const person = (change: Record<string, unknown>) => ({
  ...{ name: { en: "New", zh: "新" }, login: `new-${calls}`, guest: false, unitId: null, entityId: crew.entityId },
  ...{ grants: [], ...change },
});

test("days before any calendar of ours are refused", async () => {
  for (const day of ["0000-01-01", "0001-01-01", "1899-12-31"]) {
    await assertUnfit("POST", "/v1/matters", { payload: matter({ effectiveOn: day }) });
    await assertUnfit("PUT", `/v1/calendars/${crew.entityId}`, {
      payload: { weekend: [6, 7], days: [{ day, kind: "holiday", name: "" }] },
    });
  }
});

test("a unit, seal, person or entity that is not there is named as unknown", async () => {
  const now = Date.now();
  const unknown = {
    unitId: newId("unit", now),
    sealId: newId("seal", now),
    personId: newId("per", now),
    entityId: newId("ent", now),
  };
  for (const field of ["unitId", "sealId", "personId"] as const) {
    const response = await send("POST", "/v1/matters", { payload: matter({ [field]: unknown[field] }) });
    assert.deepEqual([field, response.statusCode], [field, 400], response.body);
    assert.deepEqual(response.json().fields, [{ path: field, message: "is unknown" }]);
  }
  for (const field of ["unitId", "entityId"] as const) {
    const response = await send("POST", "/v1/people", { payload: person({ [field]: unknown[field] }) });
    assert.ok([400, 403, 404].includes(response.statusCode), response.body);
    if (field === "unitId") assert.deepEqual(response.json().fields, [{ path: field, message: "is unknown" }]);
  }
});

test("a form without its boundary, cut off, or empty is refused, and the next one is taken", async () => {
  const form = await asForm(testContract(), "contract.pdf");
  const at = "/v1/verifications";
  await assertUnfit("POST", at, { payload: form.payload, headers: { "content-type": "multipart/form-data" } });
  for (const length of [20, 90, 200, form.payload.length - 30])
    await assertUnfit("POST", at, { payload: form.payload.subarray(0, length), headers: form.headers });
  await assertUnfit("POST", at, { payload: "", headers: form.headers });
  await assertUnfit("POST", at, { payload: "x", headers: { "content-type": "multipart/form-data; boundary=" } });
  assert.equal((await send("POST", at, form)).statusCode, 200);
});

test("what the database can not keep, and only the database knows, is no fault and stands in no log", async () => {
  const before = app.logged.length;
  const response = await send("POST", "/v1/seal-use-requests", {
    payload: {
      ...{ title: "Contract", documentClass: null, external: false, counterparty: "", amount: "9".repeat(30) },
      ...{ currency: "CNY", purpose: "", wantedBy: null, validUntil: null, entityId: null, handlerId: null },
      documents: [],
    },
  });
  assert.equal(response.statusCode, 400, response.body);
  assert.doesNotMatch(app.logged.slice(before).join(""), /99999/);
});

test("none of this was a fault of the server", () => {
  assert.deepEqual(
    app.logged.filter((line) => line.includes("a request failed")),
    [],
  );
});
