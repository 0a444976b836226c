import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Route, routes } from "@chancery/api";
import type { RouteKey } from "@chancery/api/client";
import { asForm, type TestSession } from "../platform/test-app.ts";
import { type Access, accessTable } from "./access-table.ts";
import { type Actor, anyone, type Person } from "./test-actors.ts";
import { calls, type TestCall, worldToken } from "./test-calls.ts";
import { createWorld, type World } from "./test-world.ts";

/** The walk is taken in parts, a test file each, so that they run beside one another. */
export type Part = "people" | "requests" | "seals" | "keeping";
const partOf = (key: string): Part => {
  if (
    /\/(matters|matter-kinds|evidence|tasks|findings|settings|setting-changes|calendars|containers|custody|take-outs|registers|register-views|register-exports|form-series|specimens-lodged|controllers|controller-[a-z]+|vendor-[a-z]+|alarms)\b/.test(
      key,
    )
  )
    return "keeping";
  if (/\/(seal-use-requests|documents|overview|document-classes|step-ups)\b/.test(key)) return "requests";
  return /\/(seals?|seal-[a-z-]+|certification-authority|controls|ledger|verifications)\b/.test(key)
    ? "seals"
    : "people";
};

let world: World;
const sessions = new Map<Person, Promise<TestSession>>();
const sessionOf = (who: Person): Promise<TestSession> => {
  const there = sessions.get(who) ?? world.signIn(world.person(who));
  sessions.set(who, there);
  return there;
};
/** Where each answer is a second's work and everybody is answered alike. */
const fewer: Actor[] = ["nobody", "own member", "own inspector", "foreign member"];
let callers = 0;

const send = async (key: RouteKey, who: Actor, call: TestCall) =>
  sendCall(world, key, call, who === "nobody" ? null : await sessionOf(who));

/** Sends one call; each from an address of its own, so that the limits of a minute do not meet it. */
export async function sendCall(
  { app }: Pick<World, "app">,
  key: RouteKey,
  call: TestCall,
  session: TestSession | null,
) {
  const [method = "GET", template = ""] = key.split(" ");
  const path = template.replace(/:(\w+)|\*/g, (part, name: string | undefined) =>
    name ? encodeURIComponent(call.params?.[name] ?? part) : (call.params?.["*"] ?? ""),
  );
  callers += 1;
  const tail = `${callers >> 16}.${(callers >> 8) & 255}.${callers & 255}`;
  const form = call.file ? await asForm(call.file.bytes, call.file.name) : null;
  return app.inject({
    method: method as "GET",
    url: path,
    query: call.query ?? {},
    remoteAddress: call.elsewhere ? `10.${tail}` : `127.${tail}`,
    headers: {
      host: "localhost:8080",
      "idempotency-key": `the-walk-${callers}`,
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
  for (const refused of [row.refused, row.refusedToo])
    if (refused?.[2].includes(who)) return `${refused[0]} ${refused[1]}`;
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
  const { mediaType, response: shape } = routes[key] as Route;
  // A file whose kind is its own may be anything but an answer in JSON.
  const expected = mediaType ?? (shape === "binary" ? /^(?!application\/json)/ : "application/json");
  const type = String(response.headers["content-type"]);
  if (response.statusCode === 200 && !(typeof expected === "string" ? type.startsWith(expected) : expected.test(type)))
    return `a wrong content-type, ${response.headers["content-type"]}`;
  if (response.statusCode === 200 && call.shows) return call.shows(response.body) ? "200" : "200, but it is not there";
  if (response.statusCode === 404 || response.statusCode < 400) return `${response.statusCode}`;
  const { code } = response.json() as { code: string };
  return row.answers === response.statusCode ? `${response.statusCode}` : `${response.statusCode} ${code}`;
}

/** Calls every route of one part as everybody of the walk, and compares with the table. */
export function walkAccess(part: Part): void {
  before(async () => {
    world = await createWorld({ settings: { metricsToken: worldToken } });
    await world.ledger.drain();
  });
  after(() => world?.close());
  for (const key of (Object.keys(accessTable) as RouteKey[]).filter((one) => partOf(one) === part)) {
    test(`access to ${key} is as the table says, for everybody`, async () => {
      const differences: string[] = [];
      for (const row of accessTable[key]) {
        for (const who of row.heavy ? fewer : anyone) {
          const [expected, found] = [expectedFor(row, routes[key], who), await answerTo(key, row, who)];
          if (expected !== found)
            differences.push(`${who}${row.of ? `, ${row.of}` : ""}: ${found} instead of ${expected}`);
        }
      }
      assert.deepEqual(differences, []);
    });
  }
}
