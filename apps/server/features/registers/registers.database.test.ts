import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { REGISTERS, type Register } from "@chancery/domain";
import { newId } from "../../platform/ids.ts";
import { createTestApp, type TestApp } from "../../platform/test-app.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { walkToReserved } from "../../platform/test-walk.ts";
import { runSealJob } from "../sealing/seal-job.ts";
import type { LineView } from "./show-lines.ts";
import { type TestLine, writeLineInTest } from "./test-registers.ts";

let on: TestEnvironment;
let crew: TestCrew;
let http: TestApp;
let sealId: string;
let otherSeal: string;
let otherEntity: string;

before(async () => {
  on = await createTestEnvironment();
  crew = await createTestCrew(on.env);
  http = await createTestApp(on);
  sealId = await crew.registerSeal("contract", "LX-02");
  otherSeal = await crew.registerSeal("personnel", "LX-06");
  otherEntity = newId("ent", Date.now());
  const { organisation_id } = await on.env.db
    .selectFrom("entities")
    .select("organisation_id")
    .executeTakeFirstOrThrow();
  await on.env.db
    .insertInto("entities")
    .values({
      ...{ entity_id: otherEntity, organisation_id: organisation_id, code: "BC", time_zone: "America/New_York" },
      ...{ name_en: "Beicheng", name_zh: "北澄", created_at: new Date() },
    })
    .execute();
});
after(async () => {
  await http.app.close();
  await on.close();
});

interface Page {
  items: LineView[];
  next: string | null;
}

async function get(personId: string, url: string): Promise<{ status: number; body: unknown }> {
  const { cookie } = await http.signIn(personId);
  const answer = await http.app.inject({ method: "GET", url, headers: { cookie, host: "localhost:8080" } });
  return { status: answer.statusCode, body: answer.json() };
}
async function list(personId: string, register: Register, query: Record<string, string> = {}): Promise<Page> {
  const { status, body } = await get(personId, `/v1/registers/${register}/lines?${new URLSearchParams(query)}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body as Page;
}
async function listAll(personId: string, register: Register, query: Record<string, string> = {}): Promise<LineView[]> {
  const items: LineView[] = [];
  let after: string | null = null;
  do {
    const page: Page = await list(personId, register, { ...query, ...(after ? { after } : {}) });
    items.push(...page.items);
    after = page.next;
  } while (after !== null);
  return items;
}
const numbers = (lines: readonly LineView[]): string[] => lines.map((line) => line.number);
const write = (line: Partial<TestLine> = {}) =>
  writeLineInTest(on.env, {
    ...{ register: "custody", kind: "handover", entityId: crew.entityId, sealId },
    ...line,
  } as TestLine);

test("C09 each settled impression and each role given makes one line, told in plain words with its people", async () => {
  const requestId = await walkToReserved(on.env, crew, sealId, { placements: 2 });
  await runSealJob(on.env, http.sealing, requestId);
  const lines = await listAll(crew.people.inspector, "use");
  assert.deepEqual(
    numbers(lines),
    ["LX-U-2026-000002", "LX-U-2026-000001"].map((number) => number.replace("2026", String(new Date().getFullYear()))),
  );
  const [line] = lines;
  assert.equal(line?.title.zh, "文件已签章");
  assert.equal(line?.request?.title, "Supply contract");
  const told = Object.fromEntries(line?.facts.map(({ name, value }) => [name.en, value.en]) ?? []);
  assert.equal(told["Released by"], "En custodian");
  assert.equal(told.Supervisor, "En supervisor");
  assert.equal(told["Approved by"], "En head, En lawyer, En signatory");
  assert.match(told.Digest ?? "", /^sha256:[0-9a-f]{8}…[0-9a-f]{8}$/);
  const roles = await listAll(crew.people.inspector, "authority", { personId: crew.people.lawyer });
  assert.deepEqual(
    roles.map(({ title, facts }) => [title.en, facts.find((one) => one.name.en === "Role")?.value.en]),
    [
      ["Position confirmed", "legal reviewer"],
      ["Role given", "legal reviewer"],
    ],
  );
});

test("C09 a line is proved by the ledger's own entry, which goes to whoever reads the line", async () => {
  const { lineId } = await write({ personIds: [crew.people.stranger], sealId: null });
  await on.ledger.drain();
  const { body } = await get(crew.people.stranger, `/v1/registers/custody/lines/${lineId}`);
  const { event } = body as LineView;
  assert.ok(event.leaf !== null);
  const proof = async (personId: string): Promise<string> => {
    const { cookie } = await http.signIn(personId);
    const headers = { cookie, host: "localhost:8080" };
    return (await http.app.inject({ method: "GET", url: `/v1/ledger/leaves/${event.leaf}/proof`, headers })).body;
  };
  const extra = /^extra (.+)$/m.exec(await proof(crew.people.stranger))?.[1] ?? "";
  assert.ok(Buffer.from(extra, "base64").toString().includes(event.eventId));
  assert.doesNotMatch(await proof(crew.people.lawyer), /^extra /m);
});

test("a register is narrowed by entity, seal, person, unit, kind and day, each by itself and together", async () => {
  const mine = await write({ personIds: [crew.people.head], unitId: crew.unitId, kind: "short-return" });
  const other = await write({ sealId: otherSeal, kind: "opening" });
  const inspector = crew.people.inspector;
  const found = async (query: Record<string, string>): Promise<string[]> =>
    numbers(await listAll(inspector, "custody", query));
  assert.deepEqual(await found({ personId: crew.people.head }), [mine.number]);
  assert.deepEqual(await found({ unitId: crew.unitId, kind: "short-return", sealId }), [mine.number]);
  assert.deepEqual(await found({ unitId: crew.unitId, kind: "opening" }), []);
  assert.ok((await found({ sealId: otherSeal, kind: "opening" })).includes(other.number));
  assert.ok(!(await found({ sealId: otherSeal })).includes(mine.number));
  assert.deepEqual(await found({ entityId: otherEntity }), []);
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(new Date());
  assert.ok((await found({ from: today, to: today })).includes(mine.number));
  assert.deepEqual(await found({ to: "2020-01-01" }), []);
  assert.equal((await get(inspector, "/v1/registers/custody/lines?from=2026-02-01&to=2026-01-01")).status, 400);
});

test("a day begins when it begins where the line's entity is", async () => {
  const at = Date.parse("2026-03-02T03:00:00.000Z");
  const then = { ...on.env, clock: { ...on.env.clock, now: () => at } };
  const line = { register: "life", kind: "stopped", personIds: [crew.people.head] } as const;
  const here = await writeLineInTest(then, { ...line, entityId: crew.entityId });
  const there = await writeLineInTest(then, { ...line, entityId: otherEntity });
  const on1 = { from: "2026-03-01", to: "2026-03-01" };
  const on2 = { from: "2026-03-02", to: "2026-03-02" };
  assert.deepEqual(numbers(await listAll(crew.people.head, "life", on1)), [there.number]);
  assert.deepEqual(numbers(await listAll(crew.people.head, "life", on2)), [here.number]);
});

test("two Chinese characters are found, whatever else is asked is found as it is typed, and likeness is not enough", async () => {
  const both = await write({ kind: "opening", words: ["澜汐仪器采购合同", "Beicheng GmbH"] });
  const swapped = await write({ kind: "opening", words: ["合同仪器 器采 同采购合"] });
  const search = async (text: string): Promise<string[]> =>
    numbers(await listAll(crew.people.inspector, "custody", { search: text, kind: "opening" }));
  assert.deepEqual(await search("仪器采购"), [both.number]);
  assert.deepEqual((await search("仪器")).toSorted(), [both.number, swapped.number].toSorted());
  assert.deepEqual(await search("ＢＥＩＣＨＥＮＧ 采购合同"), [both.number], "each part anywhere, folded");
  assert.deepEqual(await search(both.number), [both.number]);
  assert.deepEqual(await search("100% _"), []);
  for (const short of ["章", "a b"])
    assert.equal(
      (await get(crew.people.inspector, `/v1/registers/custody/lines?search=${encodeURIComponent(short)}`)).status,
      400,
    );
});

test("pages hold while lines are added: nothing twice, nothing left out", async () => {
  const written: string[] = [];
  for (let count = 0; count < 120; count += 1)
    written.push((await write({ register: "use", kind: "sealed", unitId: crew.unitId })).number);
  const query = { unitId: crew.unitId };
  const before = numbers(await listAll(crew.people.inspector, "use", query));
  const read: string[] = [];
  let after: string | null = null;
  do {
    const page: Page = await list(crew.people.inspector, "use", { ...query, ...(after ? { after } : {}) });
    read.push(...numbers(page.items));
    after = page.next;
    await write({ register: "use", kind: "sealed", unitId: crew.unitId });
  } while (after !== null);
  assert.deepEqual(read, before);
  for (const number of written) assert.ok(read.includes(number), number);
  for (const after of ["x", "1_2_line_1", `99999999999999999_1_${newId("line", 1)}`])
    assert.equal((await get(crew.people.inspector, `/v1/registers/use/lines?after=${after}`)).status, 400, after);
});

test("C09 numbers have no gap under twenty writers at once, and what is rolled back leaves none", async () => {
  const writeOne = (): Promise<{ number: string }> => write({ register: "take-out", kind: "issued" });
  const broken = write({ register: "take-out", kind: "issued", corrects: "line_that_is_not_there" });
  const [failed, ...made] = await Promise.allSettled([broken, ...Array.from({ length: 20 }, writeOne)]);
  assert.equal(failed?.status, "rejected");
  assert.ok(made.every((one) => one.status === "fulfilled"));
  const rows = await on.env.db
    .selectFrom("register_lines")
    .select(["running", "number"])
    .where("register", "=", "take-out")
    .orderBy("running")
    .execute();
  assert.deepEqual(
    rows.map((row) => row.running),
    Array.from({ length: 20 }, (_, at) => at + 1),
  );
  assert.equal(new Set(rows.map((row) => row.number)).size, 20);
});

test("a person reads what names him and what is about his seals; the rest is not there, whatever he asks", async () => {
  const named = await write({ sealId: null, personIds: [crew.people.lawyer] });
  const ofSeal = await write({ sealId: otherSeal });
  const elsewhere = await write({ sealId: null, entityId: otherEntity });
  const { lawyer, custodian, inspector, sealAdministrator, stranger } = crew.people;
  assert.deepEqual(numbers(await listAll(lawyer, "custody")), [named.number]);
  const held = numbers(await listAll(custodian, "custody"));
  assert.ok(held.includes(ofSeal.number) && !held.includes(named.number) && !held.includes(elsewhere.number));
  for (const watcher of [inspector, sealAdministrator]) {
    const seen = numbers(await listAll(watcher, "custody"));
    assert.ok(seen.includes(named.number) && seen.includes(ofSeal.number) && !seen.includes(elsewhere.number));
  }
  const narrowed = [{ entityId: crew.entityId }, { sealId: otherSeal }, { personId: lawyer }, { search: "LX-K" }];
  for (const query of narrowed) {
    const seen = numbers(await listAll(stranger, "custody", query as Record<string, string>));
    assert.ok(!seen.includes(named.number) && !seen.includes(ofSeal.number), JSON.stringify(query));
  }
  assert.equal((await get(stranger, `/v1/registers/custody/lines/${named.lineId}`)).status, 404);
  assert.equal((await get(lawyer, `/v1/registers/custody/lines/${named.lineId}`)).status, 200);
  assert.equal((await get(lawyer, `/v1/registers/use/lines/${named.lineId}`)).status, 404, "of another register");
});

test("the cards count what the reader reads and name its last line", async () => {
  for (const personId of [crew.people.inspector, crew.people.custodian, crew.people.lawyer]) {
    const { items } = (await get(personId, "/v1/registers")).body as {
      items: { register: Register; count: number; last: { number: string } | null; kinds: { kind: string }[] }[];
    };
    assert.deepEqual(
      items.map((one) => one.register),
      [...REGISTERS],
    );
    for (const { register, count, last } of items) {
      const lines = await listAll(personId, register);
      assert.equal(count, lines.length, `${register} of ${personId}`);
      assert.equal(last?.number, lines[0]?.number);
    }
  }
});

test("C24 a correction stands beside the line it corrects, and names it", async () => {
  const wrong = await write({ kind: "opening" });
  const right = await write({ kind: "correction", corrects: wrong.lineId });
  const lines = await listAll(crew.people.inspector, "custody");
  const of = (number: string) => lines.find((line) => line.number === number);
  assert.deepEqual(of(right.number)?.corrects, wrong);
  assert.deepEqual(of(wrong.number)?.correctedBy, [right]);
  assert.deepEqual(of(right.number)?.correctedBy, []);
  await assert.rejects(write({ kind: "opening", corrects: wrong.lineId }), /nothing else does/);
  await assert.rejects(write({ kind: "correction" }), /names what it corrects/);
  const { lineId } = await write({ register: "take-out", kind: "issued" });
  await assert.rejects(write({ kind: "correction", corrects: lineId }), /in the book of what it corrects/);
});

test("lines can be written, and neither changed nor taken away", async () => {
  const { lineId } = await write();
  const { db } = on.env;
  await assert.rejects(
    db.updateTable("register_lines").set({ kind: "opening" }).where("line_id", "=", lineId).execute(),
  );
  await assert.rejects(db.deleteFrom("register_lines").where("line_id", "=", lineId).execute());
});
