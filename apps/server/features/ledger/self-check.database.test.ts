import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import pg from "pg";
import { transact } from "../../platform/db.ts";
import type { Ledger } from "./ledger.ts";
import { recordEvent, recordEvents } from "./record-event.ts";
import { openTestLedger, type TestLedger } from "./test-ledger.ts";

const tables = [
  "ledger_entries",
  "ledger_entries_p0",
  "ledger_entries_p1",
  "ledger_tiles",
  "ledger_head",
  "ledger_checkpoints",
  "ledger_cosignatures",
];

let on: TestLedger;
let ledger: Ledger;
before(async () => {
  on = await openTestLedger();
  ledger = await on.open();
  await on.record(300);
  await ledger.drain();
  await on.record(400);
  await ledger.drain();
  await on.tamper(
    "insert into ledger_cosignatures select log_id, size, 'a witness' from ledger_checkpoints order by size desc limit 1",
  );
});
after(() => on.close());

const codes = async (): Promise<string[]> => (await ledger.check()).findings.map((finding) => finding.code);

/** Tampers, looks what the self-check says, and puts everything back. */
async function whatIsFound(change: string, back: string, values: unknown[] = []): Promise<string[]> {
  assert.ok((await on.tamper(change, values)) > 0, "the tampering itself did nothing");
  const found = await codes();
  assert.ok((await on.tamper(back, values)) > 0);
  assert.deepEqual(await codes(), []);
  return found;
}

describe("append-only, for every role (C24)", () => {
  const changes: Record<string, string> = {
    ledger_entries: "set body = 'x'",
    ledger_entries_p0: "set body = 'x'",
    ledger_entries_p1: "set body = 'x'",
    ledger_tiles: "set data = repeat('x', 32)::bytea, width = 1",
    ledger_head: "set size = size - 1",
    ledger_checkpoints: "set note = 'x'",
    ledger_cosignatures: "set signature = 'x'",
  };
  const connect = async (role: string): Promise<pg.Client> => {
    const { app, sequencer } = on.database.connections;
    const config = role === "app" ? app : role === "sequencer" ? sequencer : on.database.admin;
    const client = new pg.Client(config as pg.ClientConfig);
    await client.connect();
    if (role === "owner") await client.query(`set role ${String(app.user).replace(/_app$/, "_owner")}`);
    return client;
  };
  for (const role of ["app", "sequencer", "owner", "superuser"]) {
    it(`C24: ${role} can neither change, remove nor empty`, async () => {
      const client = await connect(role);
      try {
        for (const table of tables) {
          const statements = [`truncate ${table}`, `truncate ${table} cascade`];
          // The second partition is empty: there is no row whose trigger could fire.
          const hasRows = table !== "ledger_entries_p1";
          if (hasRows || role === "app" || role === "sequencer")
            statements.push(`update ${table} ${changes[table]}`, `delete from ${table}`);
          for (const statement of statements)
            await assert.rejects(client.query(statement), { code: "42501" }, `${role}: ${statement}`);
        }
        if (role === "app")
          for (const table of tables)
            await assert.rejects(client.query(`insert into ${table} select * from ${table}`), { code: "42501" }, table);
      } finally {
        await client.end();
      }
      assert.deepEqual(await codes(), []);
    });
  }

  it("C24: a tile may grow by the sequencer's hand, but what it holds stays", async () => {
    const client = await connect("sequencer");
    try {
      for (const change of [
        "set data = repeat('x', 32 * (width + 1))::bytea, width = width + 1",
        "set width = width + 1",
        "set idx = idx + 100",
      ])
        await assert.rejects(client.query(`update ledger_tiles ${change} where width < 256`), /may only grow/, change);
      await assert.rejects(client.query("select ledger_refuse()"));
    } finally {
      await client.end();
    }
  });
});

describe("the self-check finds what a superuser did (C24)", () => {
  it("says nothing of a log that is as it was written, and keeps the result", async () => {
    assert.deepEqual(await ledger.check(), { leaves: 700, findings: [] });
    const kept = await on.env.db.selectFrom("ledger_checks").selectAll().orderBy("check_id", "desc").limit(1).execute();
    assert.deepEqual([kept[0]?.leaves, kept[0]?.findings], ["700", []]);
  });

  it("C24: a changed body", async () => {
    const found = await whatIsFound(
      "update ledger_entries set body = body || ' '::bytea where seq = 299",
      "update ledger_entries set body = substring(body from 1 for length(body) - 1) where seq = 299",
    );
    assert.deepEqual(found, ["ledger.entry-changed"]);
  });

  it("C24: a changed body with its leaf hash, event and level-0 tile made to fit", async () => {
    await on.tamper("create table kept as select seq, leaf_hash, body from ledger_entries where seq = 10");
    await on.tamper("create table kept_tile as select * from ledger_tiles where level = 0 and idx = 0");
    const fit =
      "update ledger_entries e set body = body || ' '::bytea, leaf_hash = sha256('\\x00'::bytea || body || ' '::bytea) where seq = 10";
    await on.tamper(fit);
    await on.tamper(
      "update events set leaf_hash = (select leaf_hash from ledger_entries where seq = 10) where leaf_hash = (select leaf_hash from kept)",
    );
    await on.tamper(
      "update ledger_tiles set data = overlay(data placing (select leaf_hash from ledger_entries where seq = 10) from 321 for 32) where level = 0 and idx = 0",
    );
    const found = await codes();
    assert.ok(found.includes("ledger.tile-differs") && found.includes("ledger.checkpoint-root"), found.join());
    assert.ok(found.includes("ledger.head-differs"));
    await on.tamper(
      "update events set leaf_hash = (select leaf_hash from kept) where leaf_hash = (select leaf_hash from ledger_entries where seq = 10)",
    );
    await on.tamper("update ledger_entries e set body = k.body, leaf_hash = k.leaf_hash from kept k where e.seq = 10");
    await on.tamper("update ledger_tiles t set data = k.data from kept_tile k where t.level = 0 and t.idx = 0");
    assert.deepEqual(await codes(), []);
  });

  it("C24: a removed entry", async () => {
    await on.tamper("create table removed as select * from ledger_entries where seq = 650");
    const found = await whatIsFound(
      "delete from ledger_entries where seq = 650",
      "insert into ledger_entries select * from removed",
    );
    assert.deepEqual(found, ["ledger.entry-missing"]);
  });

  it("C24: an event that people read as something else", async () => {
    const found = await whatIsFound(
      "update events set comment = 'Looks wrong to me' where leaf_hash = (select leaf_hash from ledger_entries where seq = 5)",
      "update events set comment = 'Looks right to me' where leaf_hash = (select leaf_hash from ledger_entries where seq = 5)",
    );
    assert.deepEqual(found, ["ledger.event-differs"]);
    const facts = await whatIsFound(
      `update events set facts = '{"a":1}' where leaf_hash = (select leaf_hash from ledger_entries where seq = 5)`,
      "update events set facts = '{}' where leaf_hash = (select leaf_hash from ledger_entries where seq = 5)",
    );
    assert.deepEqual(facts, ["ledger.event-differs"]);
  });

  it("does not mind words that were erased", async () => {
    const at = "where leaf_hash = (select leaf_hash from ledger_entries where seq = 6)";
    await on.tamper(`update events set comment = null, comment_salt = null ${at}`);
    assert.deepEqual(await codes(), []);
  });

  it("C24: an event without its row, a tile gone, a tile changed", async () => {
    await on.tamper(
      "create table gone as select * from events where leaf_hash = (select leaf_hash from ledger_entries where seq = 7)",
    );
    assert.deepEqual(
      await whatIsFound(
        "delete from events where event_id in (select event_id from gone)",
        "insert into events select * from gone",
      ),
      ["ledger.event-missing"],
    );
    await on.tamper("create table tile as select * from ledger_tiles where level = 1");
    assert.deepEqual(
      await whatIsFound("delete from ledger_tiles where level = 1", "insert into ledger_tiles select * from tile"),
      ["ledger.tile-missing"],
    );
    assert.deepEqual(
      await whatIsFound(
        "update ledger_tiles set data = set_byte(data, 4, 255 - get_byte(data, 4)) where level = 1",
        "update ledger_tiles set data = (select data from tile) where level = 1",
      ),
      ["ledger.tile-differs"],
    );
  });

  it("C24: a checkpoint that was changed or signed by another key", async () => {
    await on.tamper("create table noted as select * from ledger_checkpoints");
    assert.deepEqual(
      await whatIsFound(
        "update ledger_checkpoints set note = replace(note, '300', '301') where size = 300",
        "update ledger_checkpoints c set note = n.note from noted n where n.size = c.size",
      ),
      ["ledger.checkpoint-signature"],
    );
    assert.deepEqual(
      await whatIsFound(
        "update ledger_checkpoints set root = sha256('') where size = 300",
        "update ledger_checkpoints c set root = n.root from noted n where n.size = c.size",
      ),
      ["ledger.checkpoint-root"],
    );
  });

  it("C24: a tree cut back behind a signed checkpoint", async () => {
    await on.tamper("create table head as select * from ledger_head");
    const found = await whatIsFound(
      "update ledger_head set size = 699",
      "update ledger_head set size = h.size, frontier = h.frontier from head h",
    );
    assert.ok(found.includes("ledger.head-behind") && found.includes("ledger.entry-beyond-head"), found.join());
  });

  it("changes that wait too long for the sequencer", async () => {
    await on.record(2);
    assert.deepEqual(await codes(), []);
    await on.tamper("update ledger_pending set enqueued_at = now() - interval '2 minutes'");
    const { findings } = await ledger.check();
    assert.deepEqual(
      findings.map((one) => one.code),
      ["ledger.pending-old"],
    );
    assert.match(findings[0]?.text.en ?? "", /^2 changes/);
    await ledger.drain();
    assert.deepEqual(await codes(), []);
  });
});

describe("what people read is what was hashed, whatever they wrote (C24)", () => {
  const words = ["", "NULL", '"said" \\ {so, it}', "一行\n两行\t", "{}", null, " "];
  it("one event at a time and several of one transaction", async () => {
    const { env, personId } = on;
    const events = words.map((comment) => ({
      ...{ type: "SealUseCommented" as const, actorId: personId, requestId: comment === null ? "req_1" : null },
      ...{ comment, facts: { said: comment ?? null, nr: 0.1, none: null, yes: true } },
    }));
    await transact(env.db, async (tx) => {
      for (const event of events) await recordEvent(tx, env, event);
      await recordEvents(tx, env, events);
    });
    await ledger.drain();
    assert.deepEqual(await codes(), []);
    const kept = await env.db
      .selectFrom("events")
      .select("comment")
      .where("comment", "in", ["", ...words.filter((one) => typeof one === "string")])
      .execute();
    const said = words.filter((one) => typeof one === "string" && one !== "");
    assert.deepEqual(
      kept.map((row) => row.comment).sort(),
      [...said, ...said].sort(),
      "who said nothing left no words",
    );
  });
});
