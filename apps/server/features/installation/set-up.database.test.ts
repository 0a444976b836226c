import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestApp, type TestApp } from "../../platform/test-app.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { printSetupCode } from "./routes.ts";

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

async function setUp(setupCode: string, change: object = {}) {
  const response = await app.app.inject({
    ...{ method: "POST", url: "/v1/installation/setup", headers: { host: "localhost:8080" } },
    payload: {
      ...{ setupCode, profile: "small", organisation: { en: "Lanxi", zh: "澜汐" } },
      entity: { name: { en: "Lanxi", zh: "澜汐" }, code: "LX", timeZone: "Asia/Shanghai", ...change },
      administrator: { name: { en: "Qin", zh: "秦" }, login: "qin", password: "a password of some length" },
    },
  });
  return { status: response.statusCode, code: String((response.json() as { code?: string }).code ?? "") };
}
const state = async () =>
  (await place.env.db.selectFrom("installation").select("state").executeTakeFirstOrThrow()).state;

/** Whether somebody there is told the database's version and where the master key lies. */
async function isToldPlaces(remoteAddress: string): Promise<boolean> {
  const response = await app.app.inject({
    url: "/v1/installation",
    remoteAddress,
    headers: { host: "localhost:8080" },
  });
  const told = [/PostgreSQL \d/.test(response.body), response.body.includes("a place of the walk")];
  assert.equal(told[0], told[1]);
  return told[0] === true;
}

test("the set-up wants the code from the console, leaves nothing behind a refusal, and happens once", async () => {
  const lines: string[] = [];
  await printSetupCode(place.env, (line) => lines.push(line));
  await printSetupCode(place.env, (line) => lines.push(line));
  const [older, code] = lines.map((line) => /#code=(\S+)$/.exec(line)?.[1] ?? "");
  assert.ok(code && code.length >= 16);
  assert.equal((await setUp("a code somebody made up")).code, "setup.code-wrong");
  assert.equal((await setUp(older ?? "")).code, "setup.code-wrong", "the code of the last start alone");
  assert.deepEqual(await setUp(code, { timeZone: "Asia/Nowhere" }), { status: 400, code: "input.incomplete" });
  assert.equal(await state(), "empty");
  assert.equal(await isToldPlaces("127.0.0.1"), true);
  assert.equal(await isToldPlaces("192.0.2.7"), false);
  const both = await Promise.all([setUp(code), setUp(code)]);
  assert.deepEqual(both.map((one) => `${one.status} ${one.code}`.trim()).sort(), ["200", "409 installation.not-empty"]);
  assert.equal(await state(), "live");
  assert.equal(await isToldPlaces("127.0.0.1"), false, "once it is set up, not even on the machine itself");
  assert.equal((await setUp(code)).code, "installation.not-empty");
  const entities = await place.env.db.selectFrom("entities").select("code").execute();
  assert.deepEqual(entities, [{ code: "LX" }]);
  const later: string[] = [];
  await printSetupCode(place.env, (line) => later.push(line));
  assert.deepEqual(later, [], "no code is printed for an installation that is set up");
});
