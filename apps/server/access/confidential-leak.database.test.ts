import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Route, routes } from "@chancery/api";
import type { RouteKey } from "@chancery/api/client";
import { REGISTERS } from "@chancery/domain";
import { commentOnRequest } from "../features/requests/comments.ts";
import { type Actor, foreign, own } from "./test-actors.ts";
import { calls, type TestCall, worldToken } from "./test-calls.ts";
import { sendCall } from "./test-walk-access.ts";
import { createWorld, type World } from "./test-world.ts";

/** Words that stand in no other place of the world: where one of them is found, the confidential request was told. */
const secrets = {
  ...{ title: "Vexilquar merger", counterparty: "Ondrabyss Holding", purpose: "Thrumwick takeover" },
  ...{ amount: "7654321.09", file: "quillmorth.pdf", reason: "Zaffrelune", comment: "Hobblestrand" },
};
const words = Object.values(secrets).flatMap((text) => text.split(" ")[0] ?? []);
const reading = own("applicant unit-head legal-reviewer signatory custodian supervisor");
/** Everybody who is told most without reading it: who watches, keeps or runs things here, and some of elsewhere. */
const outside: readonly Actor[] = [
  "nobody",
  ...own("member seal-administrator inspector certificate-keeper system-administrator"),
  ...foreign("inspector"),
];

let world: World;
let subject: { requestId: string; documentId: string };
before(async () => {
  world = await createWorld({ settings: { metricsToken: worldToken } });
  subject = await world.subjects.sealedOf(
    {
      ...{ title: secrets.title, counterparty: secrets.counterparty, purpose: secrets.purpose },
      ...{ amount: secrets.amount, confidential: { reason: secrets.reason, readers: [] } },
    },
    secrets.file,
  );
  await commentOnRequest(world.env, world.person("own applicant"), subject.requestId, { text: secrets.comment });
  await world.ledger.drain();
});
after(() => world?.close());

/** The secrets that an answer holds, in whichever way it is coded. */
const listFound = (bytes: Buffer): string[] => {
  const text = `${bytes.toString("utf8")}\n${bytes.toString("utf16le")}`.toLowerCase();
  return words.filter((word) => text.includes(word.toLowerCase()));
};

/** The calls of one route: those of the walk, the same about the confidential request, and searches for its words. */
async function listCalls(key: RouteKey, who: Actor): Promise<TestCall[]> {
  const made: TestCall[] = [];
  for (const make of Object.values(calls[key])) made.push(await make(world, who));
  const { params = {}, query = {} } = made[0] ?? {};
  const about: Record<string, string> = { ...params };
  for (const name of ["requestId", "documentId"] as const) if (name in params) about[name] = subject[name];
  const route: Route = routes[key];
  const searches =
    route.query && "search" in route.query.shape ? words.slice(0, 1).map((search) => ({ ...query, search })) : [];
  const views =
    key === "GET /v1/seal-use-requests"
      ? ["mine", "waiting", "decided", "copied", "custody", "all"].map((view) => ({ view }))
      : [];
  const found: TestCall[] = [{ params: about, query }, ...searches.map((one) => ({ params: about, query: one }))];
  found.push(...views.map((one) => ({ params: about, query: one })));
  if ("lineId" in params)
    for (const line of await world.env.db
      .selectFrom("register_lines")
      .select(["register", "line_id"])
      .where("request_id", "=", subject.requestId)
      .execute())
      found.push({ params: { register: line.register, lineId: line.line_id } });
  if (key === "GET /v1/registers/:register/lines")
    found.push(...REGISTERS.map((register) => ({ params: { register } })));
  return [...made, ...found];
}

const gets = (Object.keys(routes) as RouteKey[]).filter((key) => key.startsWith("GET "));

test("C11: no GET of the API tells an outsider a word of a confidential request", async () => {
  const told: string[] = [];
  let answers = 0;
  for (const who of outside) {
    const session = who === "nobody" ? null : await world.signIn(world.person(who));
    for (const key of gets)
      for (const call of await listCalls(key, who)) {
        const response = await sendCall(world, key, call, session);
        if (response.statusCode === 200) answers += 1;
        const found = listFound(response.rawPayload);
        if (found.length > 0) told.push(`${who}: ${key} ${JSON.stringify(call.query ?? {})}: ${found.join(" ")}`);
      }
  }
  assert.deepEqual(told, []);
  assert.ok(answers > 1000, `only ${answers} calls were answered`);
});

test("C11: searching a list or a register for its words finds nothing that an outsider did not know", async () => {
  for (const who of outside) {
    if (who === "nobody") continue;
    const session = await world.signIn(world.person(who));
    for (const search of words) {
      const searched = REGISTERS.filter((register) => ["use", "exceptions"].includes(register));
      const lists: [RouteKey, TestCall][] = [
        ["GET /v1/seal-use-requests", { query: { view: "all", search } }],
        ...searched.map((register): [RouteKey, TestCall] => [
          "GET /v1/registers/:register/lines",
          { params: { register }, query: { search } },
        ]),
      ];
      for (const [key, call] of lists) {
        const response = await sendCall(world, key, call, session);
        assert.equal(response.statusCode, 200, `${who}: ${key}`);
        assert.deepEqual((response.json() as { items: unknown[] }).items, [], `${who}: ${key} ${search}`);
      }
    }
  }
});

test("its readers read what the outsiders are not told: the walk would find it", async () => {
  for (const who of reading) {
    const session = await world.signIn(world.person(who));
    const response = await sendCall(
      world,
      "GET /v1/seal-use-requests/:requestId",
      { params: { requestId: subject.requestId } },
      session,
    );
    assert.deepEqual(listFound(response.rawPayload), words, who);
  }
});

test("an inspector learns that it is there, by number, seal and impressions, in the list and in the register", async () => {
  const session = await world.signIn(world.person("own inspector"));
  const list = await sendCall(world, "GET /v1/seal-use-requests", { query: { view: "all" } }, session);
  const { items } = list.json() as {
    items: { requestId: string; confidential: string; number: string; title: string }[];
  };
  const one = items.find((item) => item.requestId === subject.requestId);
  assert.equal(one?.confidential, "masked");
  assert.equal(one?.title, "");
  const call = { params: { register: "use" }, query: { search: one?.number ?? "" } };
  const book = await sendCall(world, "GET /v1/registers/:register/lines", call, session);
  const lines = (book.json() as { items: { seal: unknown; facts: { key: string }[]; request: unknown }[] }).items;
  assert.equal(lines.length, 1, "found by its number");
  assert.ok(lines[0]?.seal);
  assert.deepEqual(lines[0].request, { requestId: subject.requestId, number: one?.number, title: "", open: false });
  const keys = lines[0].facts.map((fact) => fact.key);
  assert.ok(keys.includes("page") && !keys.includes("documentClass"), keys.join(" "));
});

test("C11: a sheet of the register, the ledger and the log hold no word of it either", async () => {
  const session = await world.signIn(world.person("own inspector"));
  for (const register of ["use", "exceptions"]) {
    const body = { register, format: "csv", language: "en", filter: { entityId: world.own.entityId } };
    let response = await sendCall(world, "POST /v1/register-exports", { body }, session);
    const { exportId } = response.json() as { exportId: string };
    while ((response.json() as { state: string }).state === "making")
      response = await sendCall(world, "GET /v1/register-exports/:exportId", { params: { exportId } }, session);
    const file = await sendCall(world, "GET /v1/register-exports/:exportId/file", { params: { exportId } }, session);
    assert.equal(file.statusCode, 200);
    assert.deepEqual(listFound(file.rawPayload), [], register);
    if (register === "use") assert.match(file.rawPayload.toString("utf8"), /Confidential request/);
  }
  const entries = await world.env.db.selectFrom("ledger_entries").select("body").execute();
  assert.ok(entries.length > 10);
  for (const { body } of entries) assert.deepEqual(listFound(body), [], body.toString("utf8"));
  assert.deepEqual(listFound(Buffer.from(world.logged.join("\n"))), []);
});
