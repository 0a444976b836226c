import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Route, routes } from "@chancery/api";
import type { RouteKey } from "@chancery/api/client";
import type { Handlers } from "../platform/call.ts";
import { asForm, createTestApp, type TestSession } from "../platform/test-app.ts";
import { type Access, accessTable } from "./access-table.ts";
import { type Actor, anyone, type Person } from "./test-actors.ts";
import { calls, type TestCall, worldToken } from "./test-calls.ts";
import { createWorld, type World } from "./test-world.ts";

let world: World;
before(async () => {
  world = await createWorld({ settings: { metricsToken: worldToken } });
  await world.ledger.drain();
});
after(() => world?.close());

const sessions = new Map<Person, Promise<TestSession>>();
const sessionOf = (who: Person): Promise<TestSession> => {
  const there = sessions.get(who) ?? world.signIn(world.person(who));
  sessions.set(who, there);
  return there;
};
let callers = 0;

/** Sends one call of the walk; each from an address of its own, so that the limits of a minute do not meet it. */
async function send(key: RouteKey, who: Actor, call: TestCall) {
  const [method = "GET", template = ""] = key.split(" ");
  const path = template.replace(/:(\w+)|\*/g, (part, name: string | undefined) =>
    name ? encodeURIComponent(call.params?.[name] ?? part) : (call.params?.["*"] ?? ""),
  );
  callers += 1;
  const tail = `${callers >> 16}.${(callers >> 8) & 255}.${callers & 255}`;
  const form = call.file ? await asForm(call.file.bytes, call.file.name) : null;
  const session = who === "nobody" ? null : await sessionOf(who);
  return world.app.inject({
    method: method as "GET",
    url: path,
    query: call.query ?? {},
    remoteAddress: call.elsewhere ? `10.${tail}` : `127.${tail}`,
    headers: {
      host: "localhost:8080",
      "idempotency-key": `walk-${callers}`,
      ...(session ? { cookie: session.cookie, "x-csrf-token": session.csrf } : {}),
      ...form?.headers,
      ...call.headers,
    },
    ...(form ? { payload: form.payload } : call.body === undefined ? {} : { payload: call.body as object }),
  });
}

/** What the row says this actor is answered, in words that a difference can be read from. */
function expectedFor(row: Access, route: Route, who: Actor): string {
  if (row.allowed.includes(who)) return `${row.answers ?? 200}`;
  if (row.absent?.includes(who)) return "200, but it is not there";
  if (row.hidden?.includes(who)) return "404";
  if (row.refused?.[2].includes(who)) return `${row.refused[0]} ${row.refused[1]}`;
  // One public route guards a part of what it gives.
  return who === "nobody" && route.permission !== undefined ? "401 session.missing" : "403 permission.missing";
}

async function answerTo(key: RouteKey, row: Access, who: Actor): Promise<string> {
  const make = calls[key][row.of];
  if (!make) throw new Error(`no call is written for ${key}, ${row.of}`);
  const call = await make(world, who);
  if (call.sample) await world.env.db.updateTable("installation").set({ state: "sample" }).execute();
  const response = await send(key, who, call);
  if (call.sample) await world.env.db.updateTable("installation").set({ state: "live" }).execute();
  if (response.statusCode < 300 && !key.startsWith("GET ")) {
    if (!call.keeps) world.renew();
    // Signing in or out ends the session the call was made in.
    if (who !== "nobody") sessions.delete(who);
  }
  const { mediaType } = routes[key] as Route;
  if (
    response.statusCode === 200 &&
    !String(response.headers["content-type"]).startsWith(mediaType ?? "application/json")
  )
    return `a wrong content-type, ${response.headers["content-type"]}`;
  if (response.statusCode === 200 && call.shows) return call.shows(response.body) ? "200" : "200, but it is not there";
  if (response.statusCode === 404 || response.statusCode < 400) return `${response.statusCode}`;
  const { code } = response.json() as { code: string };
  return row.answers === response.statusCode ? `${response.statusCode}` : `${response.statusCode} ${code}`;
}

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
    createTestApp(world, { ports: { handlers, routes: { "GET /v1/seals": open as Route } } }),
    /GET \/v1\/seals declares no permission/,
  );
  await assert.rejects(
    createTestApp(world, { ports: { handlers, routes: { "GET /v1/seals": list, "GET /v1/others": list } } }),
    /GET \/v1\/others has no handler/,
  );
});

test("the server answers under the routes of the table and no other, whatever the method", async () => {
  const known = new Set(Object.keys(routes).map((key) => key.replace("GET ", "HEAD ")));
  const printed = world.app.printRoutes({ commonPrefix: false });
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
      const response = await world.app.inject({ method, url, headers: { host: "localhost:8080" } });
      assert.deepEqual([method, path, response.statusCode], [method, path, 404]);
    }
});

for (const key of Object.keys(accessTable) as RouteKey[]) {
  test(`access to ${key} is as the table says, for everybody`, async () => {
    const differences: string[] = [];
    for (const row of accessTable[key]) {
      for (const who of anyone) {
        const [expected, found] = [expectedFor(row, routes[key], who), await answerTo(key, row, who)];
        if (expected !== found)
          differences.push(`${who}${row.of ? `, ${row.of}` : ""}: ${found} instead of ${expected}`);
      }
    }
    assert.deepEqual(differences, []);
  });
}
