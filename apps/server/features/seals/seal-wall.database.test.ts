import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Environment } from "../../platform/environment.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { listSealChoices, readSealWall } from "./seal-wall.ts";

let place: TestEnvironment;
let env: Environment;
let crew: TestCrew;
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
  for (const [type, number] of [
    ["department", "LX-01"],
    ["contract", "LX-02"],
    ["personnel", "LX-03"],
  ] as const)
    await crew.registerSeal(type, number);
});
after(() => place?.close());

type Filter = Parameters<typeof readSealWall>[2];
const wall = (filter: Filter = {}, size?: number) => readSealWall(env, crew.people.inspector, filter, size);
const numbers = async (filter: Filter): Promise<string[]> => (await wall(filter)).items.map((seal) => seal.number);

test("seals are found by number, either name and custodian, word by word; marks of a pattern are plain characters", async () => {
  const { name_en: keeper } = await env.db
    .selectFrom("people")
    .select("name_en")
    .where("person_id", "=", crew.people.custodian)
    .executeTakeFirstOrThrow();
  assert.deepEqual(await numbers({ search: "lx-0" }), ["LX-01", "LX-02", "LX-03"]);
  assert.deepEqual(await numbers({ search: `02 ${keeper.toUpperCase()}` }), ["LX-02"]);
  assert.deepEqual(await numbers({ search: "  " }), ["LX-01", "LX-02", "LX-03"]);
  for (const search of ["nothing", "LX_01", "%", "\\"]) assert.deepEqual(await numbers({ search }), [], search);
});

test("kind, custodian and state narrow together, and the counts follow", async () => {
  assert.deepEqual(await numbers({ kind: "contract", state: "in-use" }), ["LX-02"]);
  assert.deepEqual(await numbers({ kind: "globe" }), []);
  assert.deepEqual(await numbers({ custodianId: crew.people.stranger }), []);
  assert.deepEqual(await numbers({ custodianId: crew.people.custodian, state: "ended" }), []);
  const found = await wall({ kind: "contract", state: "frozen" });
  assert.deepEqual([found.all, found.found, found.items.length], [3, 0, 0]);
  assert.equal(found.states.find(({ state }) => state === "in-use")?.count, 1);
  assert.deepEqual(
    found.kinds.map((kind) => kind.kindId),
    ["contract", "personnel", "department"],
  );
  const all = await wall();
  assert.deepEqual(
    all.entities.map(({ entityId, count }) => [entityId, count]),
    [[crew.entityId, 3]],
  );
  assert.ok(all.custodians.some(({ personId }) => personId === crew.people.custodian));
  assert.ok(all.largestMm >= 30);
});

test("page by page every seal comes once, in the order of the numbers", async () => {
  const first = await wall({}, 2);
  assert.ok(first.next);
  const second = await wall({ after: first.next }, 2);
  assert.equal(second.next, null);
  assert.deepEqual(
    [...first.items, ...second.items].map((seal) => seal.number),
    ["LX-01", "LX-02", "LX-03"],
  );
});

test("a guest without a role for a seal sees none, on the wall or to choose from", async () => {
  const guest = crew.people.stranger;
  await env.db.updateTable("people").set({ guest: true }).where("person_id", "=", guest).execute();
  assert.equal((await readSealWall(env, guest, {})).all, 0);
  assert.deepEqual(await listSealChoices(env, guest), []);
  assert.equal((await listSealChoices(env, crew.people.custodian)).length, 3);
});
