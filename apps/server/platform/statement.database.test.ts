import assert from "node:assert/strict";
import { after, test } from "node:test";
import { sql } from "kysely";
import { openDb, openPool } from "./db.ts";
import { statement } from "./statement.ts";
import { createTestDatabase } from "./test-database.ts";

const database = await createTestDatabase();
const db = openDb(openPool({ ...database.connections.app, max: 4 }, () => undefined));
after(async () => {
  await db.destroy();
  await database.drop();
});

interface Given {
  readonly word: string;
  readonly list: readonly string[];
  readonly at: Date;
  readonly none: string | null;
}
let made = 0;
const tell = statement((reader, { word, list, at, none }: Given) => {
  made += 1;
  return reader.selectNoFrom([
    sql<string>`${word}::text`.as("word"),
    sql<boolean>`${word} = any(${list}::text[])`.as("listed"),
    sql<Date>`${at}::timestamptz`.as("at"),
    sql<string | null>`${none}::text`.as("none"),
  ]);
});

test("a statement is made once and answers each time by what it is given", async () => {
  const at = new Date(1_700_000_000_000);
  const ask = (word: string, list: readonly string[], none: string | null) => tell(db, { word, list, at, none });
  const answers = await Promise.all([ask("a", ["a", "b"], null), ask("b", [], "x"), ask("c", ["c"], null)]);
  assert.deepEqual(answers, [
    [{ word: "a", listed: true, at, none: null }],
    [{ word: "b", listed: false, at, none: "x" }],
    [{ word: "c", listed: true, at, none: null }],
  ]);
  assert.equal(made, 1);
});

test("a statement is asked of the transaction it is given, whoever it was made with", async () => {
  const profile = statement((reader) => reader.selectFrom("installation").select("profile"));
  const [before] = await profile(db, {});
  const broken = db.transaction().execute(async (tx) => {
    await sql`update installation set profile = 'small'`.execute(tx);
    assert.deepEqual(await profile(tx, {}), [{ profile: "small" }]);
    throw new Error("and not");
  });
  await assert.rejects(broken, /and not/);
  assert.deepEqual(await profile(db, {}), before ? [before] : []);
});

test("values that are given together are named one by one", async () => {
  const loose = statement((reader, { list, ...others }: Given) => {
    assert.ok(others);
    return reader.selectNoFrom(sql<readonly string[]>`${list}::text[]`.as("list"));
  });
  await assert.rejects(loose(db, { word: "a", list: [], at: new Date(0), none: null }), /names each value/);
});
