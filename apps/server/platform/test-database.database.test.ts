import assert from "node:assert/strict";
import { after, test } from "node:test";
import pg from "pg";
import { createTestDatabase } from "./test-database.ts";

const first = await createTestDatabase();
after(() => first.drop());

async function ask<Row extends pg.QueryResultRow>(connection: pg.ClientConfig, sql: string): Promise<Row[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

test("a test database is migrated and reached by the application's own role", async () => {
  const [row] = await ask<{ name: string; super: boolean }>(
    first.connections.app as pg.ClientConfig,
    "select current_user as name, rolsuper as super from pg_roles where rolname = current_user",
  );
  assert.equal(row?.name, first.connections.app.user);
  assert.equal(row?.super, false);
  const tables = await ask(
    first.admin,
    "select from pg_tables where schemaname = 'public' and tablename = 'ledger_head'",
  );
  assert.equal(tables.length, 1);
});

test("two test databases share no rows, and a dropped one is gone", async () => {
  const second = await createTestDatabase();
  await ask(second.admin, "create table only_here ()");
  assert.deepEqual(await ask(first.admin, "select from pg_tables where tablename = 'only_here'"), []);
  await second.drop();
  await assert.rejects(ask(second.admin, "select 1"));
});
