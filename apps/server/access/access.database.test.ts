import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Route, routes } from "@chancery/api";
import type { RouteKey } from "@chancery/api/client";
import type { Handlers } from "../platform/call.ts";
import { createTestApp, type TestApp } from "../platform/test-app.ts";
import { createTestEnvironment, type TestEnvironment } from "../platform/test-environment.ts";
import { accessTable } from "./access-table.ts";
import { calls } from "./test-calls.ts";

let place: TestEnvironment;
let app: TestApp;
before(async () => {
  place = await createTestEnvironment();
  app = await createTestApp(place);
});
after(async () => {
  await app?.app.close();
  await place?.close();
});

test("the access table has every route of the API and no other", () => {
  assert.deepEqual(Object.keys(accessTable).sort(), Object.keys(routes).sort());
  for (const [key, rows] of Object.entries(accessTable))
    assert.deepEqual(Object.keys(calls[key as RouteKey]).sort(), rows.map((row) => row.of).sort(), key);
});

const handlers = { "GET /v1/seals": async () => ({ items: [] }) } as unknown as Handlers;
const list: Route = { summary: "", permission: "seal.read", response: "text" };

test("a route without a permission, and one without a handler, stop the start", async () => {
  const { permission: _, ...open } = list;
  await assert.rejects(
    createTestApp(place, { ports: { handlers, routes: { "GET /v1/seals": open as Route } } }),
    /GET \/v1\/seals declares no permission/,
  );
  await assert.rejects(
    createTestApp(place, { ports: { handlers, routes: { "GET /v1/seals": list, "GET /v1/others": list } } }),
    /GET \/v1\/others has no handler/,
  );
});

test("the server answers under the routes of the table and no other, whatever the method", async () => {
  const known = new Set(Object.keys(routes).map((key) => key.replace("GET ", "HEAD ")));
  const printed = app.app.printRoutes({ commonPrefix: false });
  const found = [...printed.matchAll(/── (\S+) \(([A-Z, ]+)\)/g)].flatMap(([, path = "", methods = ""]) =>
    methods.split(", ").map((method) => ({ path, method })),
  );
  // Leaves of the printed tree hold the end of a path; every method at such an end is one of the table.
  assert.ok(found.length >= Object.keys(routes).length);
  const ends = (method: string, path: string): boolean =>
    [...Object.keys(routes), ...known].some((key) => key.startsWith(`${method} `) && key.endsWith(path));
  assert.deepEqual(
    found.filter(({ path, method }) => !ends(method, path)),
    [],
  );
  const paths = new Set(Object.keys(routes).map((key) => key.split(" ")[1] ?? ""));
  for (const path of paths)
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const) {
      if (`${method} ${path}` in routes) continue;
      const url = path.replace(/:\w+|\*/g, "x");
      const other = Object.keys(routes).some(
        (key) =>
          key.startsWith(`${method} `) &&
          new RegExp(`^${(key.split(" ")[1] ?? "").replace(/:\w+|\*/g, ".+")}$`).test(url),
      );
      if (other) continue;
      const response = await app.app.inject({ method, url, headers: { host: "localhost:8080" } });
      assert.deepEqual([method, path, response.statusCode], [method, path, 404]);
    }
});
