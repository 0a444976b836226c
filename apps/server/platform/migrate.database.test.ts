import assert from "node:assert/strict";
import { after, test } from "node:test";
import pg from "pg";
import { migrate } from "./migrate.ts";
import { createTestDatabase } from "./test-database.ts";

const database = await createTestDatabase();
after(() => database.drop());

test("data of a newer version are refused in one sentence, and nothing of them is changed", async () => {
  const client = new pg.Client(database.admin);
  await client.connect();
  try {
    const readAll = async () => (await client.query("select name from kysely_migration order by name")).rows;
    await client.query("insert into kysely_migration (name, timestamp) values ('9999-newer', now()::text)");
    const before = await readAll();
    const answer = await migrate(database.admin, () => assert.fail("no role is made"));
    assert.ok(!answer.ok);
    assert.equal(answer.code, "database.other-version");
    assert.match(answer.message, /9999-newer.*Start that version or a newer one/);
    assert.deepEqual(await readAll(), before);
    // One that came between others is as unknown.
    await client.query("update kysely_migration set name = '0001-between' where name = '9999-newer'");
    const between = await migrate(database.admin, () => assert.fail("no role is made"));
    assert.ok(!between.ok && between.message.includes("0001-between"));
  } finally {
    await client.end();
  }
});
