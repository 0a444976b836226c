import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import type { InjectOptions } from "fastify";
import type { Person } from "../../access/test-actors.ts";
import { createWorld, type World, worldPassword } from "../../access/test-world.ts";
import { createWalkingClock } from "../../platform/clock.ts";
import { openDb, openPool } from "../../platform/db.ts";
import { createTestApp, type TestApp, type TestSession } from "../../platform/test-app.ts";

const minute = 60_000;
let world: World;
/** The same database under a clock that the tests walk. */
let app: TestApp;
let clock: ReturnType<typeof createWalkingClock>;
/** Everything that may never be in a log. */
const secrets = new Set([worldPassword]);
before(async () => {
  world = await createWorld();
  clock = createWalkingClock(Date.now());
  app = await createTestApp({ env: { ...world.env, clock }, ledger: world.ledger });
});
after(async () => {
  await app?.app.close();
  await world?.close();
});

let addresses = 0;
const newAddress = (): string => {
  addresses += 1;
  return `10.1.${addresses >> 8}.${addresses & 255}`;
};
interface Answer {
  status: number;
  code: string;
  body: Record<string, unknown>;
  cookie: string;
}
async function call(
  method: "GET" | "POST" | "DELETE",
  url: string,
  more: { session?: TestSession; body?: object; address?: string; key?: string; on?: TestApp } = {},
): Promise<Answer> {
  const options: InjectOptions = {
    ...{ method, url, remoteAddress: more.address ?? newAddress() },
    headers: {
      host: "localhost:8080",
      ...(more.key ? { "idempotency-key": more.key } : {}),
      ...(more.session ? { cookie: more.session.cookie, "x-csrf-token": more.session.csrf } : {}),
    },
    ...(more.body ? { payload: more.body } : {}),
  };
  const response = await (more.on ?? app).app.inject(options);
  const body = response.json() as Record<string, unknown>;
  const cookie = String(response.headers["set-cookie"] ?? "").split(";")[0] ?? "";
  for (const secret of [
    cookie.split("=")[1],
    body.csrfToken,
    more.session?.csrf,
    String(body.invitationLink).split("/").at(-1),
  ])
    if (typeof secret === "string" && secret.length > 20) secrets.add(decodeURIComponent(secret));
  return { status: response.statusCode, code: String(body.code ?? ""), body, cookie };
}

async function loginOf(who: Person): Promise<string> {
  const row = await world.env.db
    .selectFrom("people")
    .select("login")
    .where("person_id", "=", world.person(who))
    .executeTakeFirstOrThrow();
  return row.login;
}
async function signIn(who: Person, session?: TestSession): Promise<TestSession> {
  const body = { login: await loginOf(who), password: worldPassword };
  const answer = await call("POST", "/v1/sessions", { body, ...(session ? { session } : {}) });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return { cookie: answer.cookie, csrf: String(answer.body.csrfToken) };
}
const isSignedIn = async (session: TestSession): Promise<boolean> =>
  (await call("GET", "/v1/session", { session })).status === 200;

test("signing in gives a new token and ends the session the browser had; the database holds no token", async () => {
  const first = await signIn("own member");
  const second = await signIn("own member", first);
  assert.notEqual(first.cookie, second.cookie);
  assert.deepEqual([await isSignedIn(first), await isSignedIn(second)], [false, true]);
  // A token put into the browser beforehand is worth nothing afterwards.
  const planted = { cookie: "chancery=planted-by-somebody", csrf: "" };
  const third = await signIn("own guest", planted);
  assert.notEqual(third.cookie, planted.cookie);
  assert.equal(await isSignedIn(planted), false);
  const token = decodeURIComponent(second.cookie.split("=")[1] ?? "");
  const rows = await world.env.db.selectFrom("sessions").selectAll().execute();
  assert.ok(rows.some((row) => row.token_hash.equals(createHash("sha256").update(token).digest())));
  assert.doesNotMatch(JSON.stringify(rows), new RegExp(token));
});

test("a session ends when it is signed out, after eight idle hours, and after seven days in any case", async () => {
  const left = await signIn("own member");
  assert.equal((await call("DELETE", "/v1/session", { session: left })).status, 200);
  assert.equal(await isSignedIn(left), false);
  const idle = await signIn("own member");
  const busy = await signIn("own member");
  for (let hours = 0; hours < 7 * 24; hours += 7) {
    assert.equal(await isSignedIn(busy), true, `after ${hours} hours`);
    clock.walkTo(clock.now() + 7 * 60 * minute);
  }
  assert.deepEqual([await isSignedIn(idle), await isSignedIn(busy)], [false, false]);
});

test("a wrong password and an unknown login are answered alike", async () => {
  const wrong = await call("POST", "/v1/sessions", {
    body: { login: await loginOf("own member"), password: "a guess of some length" },
  });
  const unknown = await call("POST", "/v1/sessions", { body: { login: "nobody-here", password: "a guess" } });
  const { requestId: _, ...one } = wrong.body;
  const { requestId: __, ...other } = unknown.body;
  assert.deepEqual(one, other);
  assert.deepEqual([wrong.status, wrong.code], [401, "sign-in.refused"]);
});

test("guesses lock the login for their address, many at one moment too; elsewhere it is still open", async () => {
  const login = await loginOf("own inspector");
  const address = newAddress();
  const guess = async (password: string, from = address) =>
    (await call("POST", "/v1/sessions", { body: { login, password }, address: from })).code;
  const together = await Promise.all(Array.from({ length: 12 }, (_, at) => guess(`guess number ${at}`)));
  const looked = together.filter((code) => code === "sign-in.refused").length;
  assert.ok(looked <= 6, `${looked} passwords were looked at`);
  assert.ok(together.every((code) => code === "sign-in.refused" || code === "sign-in.locked"));
  for (let at = looked; at < 6; at += 1) assert.equal(await guess(`later guess ${at}`), "sign-in.refused");
  assert.equal(await guess(worldPassword), "sign-in.locked");
  assert.equal(await guess(worldPassword, newAddress()), "");
  clock.walkTo(clock.now() + 16 * minute);
  assert.equal(await guess(worldPassword), "");
});

test("a proof of presence serves one person for one act on one digest, once, and for five minutes", async () => {
  const head = await signIn("own unit-head");
  const other = await signIn("own signatory");
  const one = await world.subjects.submitted();
  world.renew();
  const two = await world.subjects.submitted();
  const ask = async (requestId: string, act = "approve") =>
    String((await call("POST", "/v1/step-ups", { session: head, body: { act, requestId } })).body.stepUpId);
  let keys = 0;
  const decide = async (made: typeof one, stepUpId: string, change: object = {}, session = head) => {
    keys += 1;
    const proof = { method: "password", password: worldPassword };
    const body = {
      ...{ stepId: made.stepId, decision: "approve", comment: "", digest: made.digest },
      ...{ presence: { stepUpId, proof }, ...change },
    };
    const url = `/v1/seal-use-requests/${made.requestId}/decisions`;
    const { status, code } = await call("POST", url, { session, body, key: `decide-${keys}` });
    return `${status} ${code}`.trim();
  };
  const stepUpId = await ask(one.requestId);
  assert.equal(await decide(two, stepUpId), "409 presence.expired", "another request");
  assert.equal(
    await decide(one, stepUpId, { decision: "reject", comment: "No" }),
    "409 presence.expired",
    "another act",
  );
  assert.equal(await decide(one, stepUpId, { digest: two.digest }), "409 presence.other-digest", "another digest");
  assert.equal(await decide(one, stepUpId, {}, other), "404 subject.not-found", "another person");
  const wrong = { stepUpId, proof: { method: "password", password: "not the password" } };
  assert.equal(await decide(one, stepUpId, { presence: wrong }), "401 presence.refused");
  const click = { stepUpId, proof: { method: "sample" } };
  assert.equal(await decide(one, stepUpId, { presence: click }), "401 presence.refused", "a click outside the sample");
  const late = await ask(two.requestId);
  assert.equal(await decide(one, stepUpId), "200");
  assert.match(await decide(one, stepUpId), /^4/, "once");
  clock.walkTo(clock.now() + 5 * minute + 1);
  assert.equal(await decide(two, late), "409 presence.expired", "too late");
  const used = await ask(two.requestId);
  const twice = await Promise.all([decide(two, used), decide(two, used)]);
  assert.equal(twice.filter((one) => one === "200").length, 1, twice.join());
});

test("a reset ends every session, takes the password away, and its link serves once and for three days", async () => {
  const asker = await signIn("own system-administrator");
  const second = await signIn("own signatory");
  const personId = world.person("own legal-reviewer");
  const sessions = [await signIn("own legal-reviewer"), await signIn("own legal-reviewer")];
  const reset = async (): Promise<string> => {
    const asked = await call("POST", `/v1/people/${personId}/credential-reset`, {
      ...{ session: asker, body: { reason: "The phone was lost" } },
    });
    const url = `/v1/account-changes/${asked.body.accountChangeId}/confirm`;
    assert.match((await call("POST", url, { session: asker })).code, /permission\.missing/);
    const confirmed = await call("POST", url, { session: second });
    assert.equal(confirmed.status, 200);
    return String(confirmed.body.invitationLink).split("/").at(-1) ?? "";
  };
  const accept = async (token: string) =>
    call("POST", `/v1/invitations/${token}/accept`, { body: { password: worldPassword } });
  const first = await reset();
  assert.deepEqual(await Promise.all(sessions.map(isSignedIn)), [false, false]);
  const login = await loginOf("own legal-reviewer");
  const old = await call("POST", "/v1/sessions", { body: { login, password: worldPassword } });
  assert.equal(old.code, "sign-in.refused");
  const newer = await reset();
  assert.equal((await accept(first)).code, "invitation.gone", "a newer link takes the place of the older");
  clock.walkTo(clock.now() + 72 * 60 * minute + 1);
  assert.equal((await accept(newer)).code, "invitation.gone", "too late");
  const [askerAgain, secondAgain] = [await signIn("own system-administrator"), await signIn("own signatory")];
  Object.assign(asker, askerAgain);
  Object.assign(second, secondAgain);
  const token = await reset();
  const both = await Promise.all([accept(token), accept(token)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 404], "once");
});

test("a changed password ends one's other sessions and keeps this one", async () => {
  const [here, elsewhere] = [await signIn("foreign member"), await signIn("foreign member")];
  const change = (current: string) =>
    call("POST", "/v1/session/password", { session: here, body: { current, next: worldPassword } });
  assert.equal((await change("not the password")).code, "password.refused");
  assert.equal((await change(worldPassword)).status, 200);
  assert.deepEqual([await isSignedIn(here), await isSignedIn(elsewhere)], [true, false]);
});

test("an idempotency key is one person's own, for one call, and gives no way to guess at what the call held", async () => {
  const [one, other] = [await signIn("own applicant"), await signIn("foreign applicant")];
  const draft = (session: TestSession, change: object = {}) =>
    call("POST", "/v1/seal-use-requests", { session, body: world.draftBody(change), key: "the-same-key" });
  const first = await draft(one);
  assert.equal(first.status, 200);
  assert.equal((await draft(one)).body.requestId, first.body.requestId);
  assert.equal((await draft(one, { title: "Another" })).code, "idempotency.key-reused");
  const foreign = await draft(other);
  assert.equal(foreign.status, 200);
  assert.notEqual(foreign.body.requestId, first.body.requestId);
  const missing = await call("POST", "/v1/seal-use-requests", { session: one, body: world.draftBody() });
  assert.equal(missing.code, "input.incomplete");
  const kept = await world.env.db
    .selectFrom("idempotency_keys")
    .select("body_digest")
    .where("key", "=", "the-same-key")
    .execute();
  const bare = createHash("sha256").update(JSON.stringify(world.draftBody())).digest("hex");
  assert.ok(kept.every((row) => row.body_digest !== bare));
});

test("with the database gone every route says so, and what is logged holds no secret", async () => {
  const gone = openDb(
    openPool({ host: "127.0.0.1", port: 1, user: "app", password: "the-database-password" }, () => undefined),
  );
  const down = await createTestApp({ env: { ...world.env, db: gone }, ledger: world.ledger });
  const session = await signIn("own member");
  const token = "an-invitation-token-of-some-length";
  secrets.add(token).add("the-database-password");
  for (const [method, url, more] of [
    ["GET", "/v1/session", { session }],
    ["GET", "/v1/installation", {}],
    ["POST", "/v1/sessions", { body: { login: "person-1", password: worldPassword } }],
    ["POST", `/v1/invitations/${token}/accept`, { body: { password: worldPassword } }],
  ] as const) {
    const answer = await call(method, url, { ...more, on: down });
    assert.deepEqual([url, answer.status, answer.code], [url, 503, "database.unreachable"]);
  }
  assert.equal((await call("GET", "/v1/healthz", { on: down })).status, 200);
  assert.ok(down.logged.length >= 4);
  const logged = [...down.logged, ...app.logged, ...world.logged].join("\n");
  assert.ok(secrets.size > 20);
  for (const secret of secrets) assert.equal(logged.includes(secret), false, `the log holds ${secret}`);
  await down.app.close();
  await gone.destroy();
});
