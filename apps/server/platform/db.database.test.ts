import assert from "node:assert/strict";
import { after, test } from "node:test";
import { sql } from "kysely";
import { openDb, openPool } from "./db.ts";
import { createTestDatabase } from "./test-database.ts";

const database = await createTestDatabase();
const pool = openPool({ ...database.connections.app, max: 1 }, () => undefined);
const db = openDb(pool);
after(async () => {
  await db.destroy();
  await database.drop();
});

const preparedLike = async (text: string): Promise<number> =>
  (await pool.query("select from pg_prepared_statements where statement like '%' || $1 || '%'", [text])).rowCount ?? 0;

test("a statement is prepared from its second time on, and one without parameters never", async () => {
  const ask = (value: string) => sql<{ value: string }>`select ${value}::text as value, 'asked again'`.execute(db);
  assert.equal((await ask("one")).rows[0]?.value, "one");
  assert.equal(await preparedLike("asked again"), 0);
  assert.equal((await ask("two")).rows[0]?.value, "two");
  assert.equal((await ask("three")).rows[0]?.value, "three");
  assert.equal(await preparedLike("asked again"), 1);
  for (let time = 0; time < 3; time += 1) await sql`select 'without parameters'`.execute(db);
  assert.equal(await preparedLike("without parameters"), 0);
});

test("a prepared statement that fails is told, and serves again afterwards", async () => {
  const divide = (by: number) => sql<{ part: number }>`select 84 / ${by}::int as part`.execute(db);
  for (const by of [2, 2, 2]) assert.equal((await divide(by)).rows[0]?.part, 42);
  await assert.rejects(divide(0), { code: "22012" });
  assert.equal((await divide(4)).rows[0]?.part, 21);
});

test("a statement that a transaction was broken off in serves in the next", async () => {
  const count = (least: number) =>
    sql<{ n: number }>`select count(*)::int as n from installation where ${least}::int = 0`;
  for (let time = 0; time < 3; time += 1) {
    const broken = db.transaction().execute(async (tx) => {
      await count(0).execute(tx);
      throw new Error("broken off");
    });
    await assert.rejects(broken, /broken off/);
  }
  assert.equal((await count(1).execute(db)).rows[0]?.n, 0);
});
