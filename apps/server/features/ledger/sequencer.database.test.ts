import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openCheckpoint } from "@chancery/ledger";
import pg from "pg";
import { openPool, transact } from "../../platform/db.ts";
import { createMasterKey } from "../../platform/master-key.ts";
import { openLedgerKey, verifyEd25519 } from "./keys.ts";
import { createLedger } from "./ledger.ts";
import { findNewestCheckpoint } from "./read-tiles.ts";
import { organisationLog, recordEvent } from "./record-event.ts";
import { sequencerBatch } from "./sequencer.ts";
import { openTestLedger, type TestLedger } from "./test-ledger.ts";

let on: TestLedger;
before(async () => {
  on = await openTestLedger();
});
after(() => on.close());

const sequences = async (): Promise<number[]> =>
  (await on.env.db.selectFrom("ledger_entries").select("seq").orderBy("seq").execute()).map((row) => Number(row.seq));
const pending = async (): Promise<number> =>
  (await on.env.db.selectFrom("ledger_pending").select("id").execute()).length;

describe("the sequencer", () => {
  it("signs nothing while nothing has happened", async () => {
    const ledger = await on.open();
    assert.equal(await ledger.drain(), 0);
    assert.equal(await findNewestCheckpoint(on.env.db), null);
  });

  it("gives leaves in order without gaps and signs a checkpoint that opens under the key", async () => {
    const ledger = await on.open();
    await on.record(3);
    assert.equal(await ledger.drain(), 3);
    await on.record(600);
    assert.equal(await ledger.drain(), 603);
    assert.deepEqual(
      await sequences(),
      Array.from({ length: 603 }, (_, at) => at),
    );
    const newest = await findNewestCheckpoint(on.env.db);
    const opened = await openCheckpoint(newest?.note ?? "", [ledger.key.key], verifyEd25519);
    assert.ok(opened.ok);
    assert.equal(opened.value.checkpoint.size, 603);
    assert.match(ledger.vkey, /^chancery\.ledger\/[0-9a-f]{8}\+/);
    assert.deepEqual((await ledger.check()).findings, []);
  });

  it("keeps its key and its tree over a restart", async () => {
    const [first, second] = [await on.open(), await on.open()];
    assert.equal(first.vkey, second.vkey);
    const size = await first.drain();
    await on.record(1);
    assert.equal(await second.drain(), size + 1);
    assert.deepEqual((await second.check()).findings, []);
  });

  it("leaves no trace of a business transaction that is rolled back", async () => {
    const ledger = await on.open();
    const size = await ledger.drain();
    await assert.rejects(
      transact(on.env.db, async (tx) => {
        await recordEvent(tx, on.env, { type: "SignedOut", actorId: on.personId, facts: {} });
        throw new Error("changed its mind");
      }),
      /changed its mind/,
    );
    assert.equal(await ledger.drain(), size);
    assert.equal(await pending(), 0);
  });

  it("makes one tree when several sequencers work at the same moment", async () => {
    const ledgers = await Promise.all([on.open(), on.open(), on.open()]);
    const size = await ledgers[0].drain();
    const count = Math.ceil(sequencerBatch / 4) + 19;
    const work = Array.from({ length: 4 }, () => on.record(count));
    const drains = Array.from({ length: 12 }, (_, at) => ledgers[at % 3]?.drain());
    await Promise.all([...work, ...drains]);
    const end = await ledgers[1].drain();
    assert.equal(end, size + 4 * count);
    assert.deepEqual(
      await sequences(),
      Array.from({ length: end }, (_, at) => at),
    );
    assert.deepEqual((await ledgers[2].check()).findings, []);
  });

  it("goes on after its connection is cut between any two statements", async () => {
    await on.record(20);
    for (let allowed = 0; allowed < 14; allowed += 1) {
      const pool = openPool(on.database.connections.sequencer, () => undefined);
      const cut = cutAfter(pool, allowed);
      const ledger = await createLedger(on.env, cut);
      await ledger.drain().catch(() => undefined);
      await pool.end();
    }
    const ledger = await on.open();
    const size = await ledger.drain();
    assert.equal(await pending(), 0);
    assert.deepEqual(
      await sequences(),
      Array.from({ length: size }, (_, at) => at),
    );
    assert.deepEqual((await ledger.check()).findings, []);
  });

  it("takes what is recorded by itself once started", async () => {
    const ledger = await on.open();
    const size = await ledger.drain();
    await ledger.start();
    await on.record(5);
    await until(async () => (await findNewestCheckpoint(on.env.db))?.size === size + 5);
    const checks = on.env.db.selectFrom("ledger_checks").select("findings").orderBy("check_id", "desc");
    await until(async () => ledger.checking() === null);
    assert.deepEqual((await checks.executeTakeFirst())?.findings, [], "the start brings a self-check with it");
    await ledger.stop();
    assert.deepEqual(on.errors, []);
  });

  it("signs no checkpoint over a tree that does not continue the signed one", async () => {
    const other = await openTestLedger();
    try {
      const ledger = await other.open();
      await other.record(5);
      await ledger.drain();
      // A superuser puts an earlier head back, as after restoring an old copy.
      await other.tamper("delete from ledger_entries");
      await other.tamper("delete from ledger_tiles");
      await other.tamper("update ledger_head set size = 0, frontier = ''");
      await assert.rejects(ledger.drain(), /checkpoint\.size-smaller/);
      await other.record(5);
      await assert.rejects(ledger.drain(), /checkpoint\.root-differs/);
      await other.record(1);
      await assert.rejects(ledger.drain(), /consistency\./);
      const rows = await other.env.db.selectFrom("ledger_checkpoints").select("size").execute();
      assert.deepEqual(
        rows.map((row) => Number(row.size)),
        [5],
      );
    } finally {
      await other.close();
    }
  });

  it("makes no other key where checkpoints are signed and the key is gone, or the master key is another", async () => {
    const other = await openTestLedger();
    try {
      const ledger = await other.open();
      await other.record(1);
      await ledger.drain();
      const stranger = createMasterKey(Buffer.alloc(32, 7), "elsewhere");
      await assert.rejects(openLedgerKey({ ...other.env, masterKey: stranger }), /master key of elsewhere/);
      await other.tamper("delete from authority_keys where kind = 'ledger'");
      await assert.rejects(other.open(), /its key is gone/);
    } finally {
      await other.close();
    }
  });

  it("has the next partition ready, guarded like the others", async () => {
    const other = await openTestLedger();
    try {
      const ledger = await other.open();
      await other.record(1);
      await ledger.drain();
      await other.tamper("update ledger_head set size = 25000000");
      const client = await other.sequencerPool.connect();
      const made = await client.query("select ledger_prepare_partitions() as made");
      client.release();
      assert.equal(made.rows[0].made, 2);
      const admin = new pg.Client(other.database.admin);
      await admin.connect();
      await admin.query(
        "insert into ledger_entries (log_id, seq, leaf_hash, body) values ($1, 30000000, sha256('\\x00'), '')",
        [organisationLog],
      );
      for (const statement of [
        "delete from ledger_entries_p3",
        "update ledger_entries_p3 set body = 'x'",
        "truncate ledger_entries_p3",
      ])
        await assert.rejects(admin.query(statement), /append-only/);
      await admin.end();
    } finally {
      await other.close();
    }
  });
});

describe("the bodies of the ledger", () => {
  it("never hold a name, a login or the words of a person", async () => {
    const { db } = on.env;
    const people = await db.selectFrom("people").select(["name_en", "name_zh", "login", "person_id"]).execute();
    const bodies = await db.selectFrom("ledger_entries").select("body").execute();
    const events = await db.selectFrom("events").select("comment").where("comment", "is not", null).execute();
    assert.ok(bodies.length > 600);
    const words = new Set([
      ...people.flatMap((row) => [row.name_en, row.name_zh, row.login, row.person_id]),
      ...events.flatMap((row) => row.comment ?? []),
    ]);
    assert.ok(words.size >= 5);
    for (const { body } of bodies) {
      const text = body.toString("utf8");
      for (const word of words) assert.ok(!text.includes(word), `${word} occurs in ${text}`);
    }
  });
});

/** A pool whose connections break after this many statements, as when the process is killed there. */
function cutAfter(pool: pg.Pool, allowed: number): pg.Pool {
  let left = allowed;
  const guard = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (on, name) => {
        const value = Reflect.get(on, name);
        if (name === "connect")
          return async () => {
            return guard(await pool.connect());
          };
        if (name !== "query") return typeof value === "function" ? value.bind(on) : value;
        return async (...args: unknown[]) => {
          if (left <= 0) throw new Error("cut");
          left -= 1;
          return Reflect.apply(value as () => unknown, on, args);
        };
      },
    });
  return guard(pool);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error("it did not happen within ten seconds");
    await new Promise((resolve) => setImmediate(resolve));
  }
}
