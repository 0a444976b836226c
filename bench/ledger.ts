import { randomBytes } from "node:crypto";
import { hashLeaf, listInclusionTiles, proveInclusion, verifyInclusion } from "@chancery/ledger";
import { openLedgerKey } from "../apps/server/features/ledger/keys.ts";
import { findNewestCheckpoint, readTiles } from "../apps/server/features/ledger/read-tiles.ts";
import { organisationLog, sha256 } from "../apps/server/features/ledger/record-event.ts";
import { createSequencer } from "../apps/server/features/ledger/sequencer.ts";
import { systemClock } from "../apps/server/platform/clock.ts";
import { type Db, openDb, openPool } from "../apps/server/platform/db.ts";
import { createMasterKey } from "../apps/server/platform/master-key.ts";
import { withDatabase } from "./database.ts";
import type { BenchLine } from "./line.ts";

type Pool = ReturnType<typeof openPool>;

/** Goals of the product: leaves a second through the outbox, and milliseconds of a proof at a million leaves. */
const goals = { leavesPerSecond: 15_000, proofMs: 2 };
const bodyBytes = 420;
const leaves = 1_000_000;
const measured = 120_000;

/**
 * Durable appends (every commit flushed) through the outbox into tree, tiles and signed checkpoint, on an embedded server
 * of its own; then the inclusion proof at a million leaves, read from the database and verified.
 */
export function benchLedger(): Promise<BenchLine[]> {
  return withDatabase(async (connections) => {
    const ignore = (): void => undefined;
    const app = openPool(connections.app, ignore);
    const sequencer = openPool(connections.sequencer, ignore);
    const db = openDb(app);
    try {
      return await measure(db, app, sequencer);
    } finally {
      await db.destroy();
      await sequencer.end();
    }
  });
}

async function measure(db: Db, app: Pool, pool: Pool): Promise<BenchLine[]> {
  const key = await openLedgerKey({ db, clock: systemClock, masterKey: createMasterKey(randomBytes(32), "a bench") });
  const sequencer = createSequencer({
    pool,
    key,
    onError: (error) => {
      throw error;
    },
  });
  await fill(app, 20_000);
  await sequencer.drain();
  const begun = performance.now();
  // The outbox fills in transactions of a thousand rows while the sequencer drains it.
  const filling = fill(app, measured);
  let size = 0;
  while (size < measured + 20_000) size = await sequencer.drain();
  await filling;
  const rate = measured / ((performance.now() - begun) / 1000);
  while (size < leaves) {
    await fill(app, Math.min(100_000, leaves - size));
    size = await sequencer.drain();
  }
  const proof = await measureProofs(db);
  return [
    {
      name: "ledger: durable appends, outbox included",
      value: Math.round(rate),
      unit: "leaves/s",
      ratio: round(rate / goals.leavesPerSecond),
      against: `goal ${goals.leavesPerSecond} leaves/s`,
    },
    {
      name: `ledger: inclusion proof at ${size} leaves, p50`,
      value: Number(proof.toFixed(2)),
      unit: "ms",
      ratio: round(goals.proofMs / proof),
      against: `limit ${goals.proofMs} ms`,
    },
  ];
}

/** Pending rows as recordEvent writes them, a thousand a transaction. */
async function fill(app: Pool, count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1000) {
    const bodies = Array.from({ length: Math.min(1000, left) }, () => randomBytes(bodyBytes));
    await app.query(
      "insert into ledger_pending (log_id, leaf_hash, body) select $1, sha256('\\x00'::bytea || body), body from unnest($2::bytea[]) as body",
      [organisationLog, bodies],
    );
  }
}

async function measureProofs(db: Db): Promise<number> {
  const newest = await findNewestCheckpoint(db);
  if (!newest) throw new Error("nothing was signed");
  const { size, root } = newest;
  const times: number[] = [];
  for (let at = 0; at < 300; at += 1) {
    const index = (at * 7_919_993) % size;
    const begun = performance.now();
    const proof = await proveInclusion(sha256, await readTiles(db, listInclusionTiles(index, size)), index, size);
    times.push(performance.now() - begun);
    if (!proof.ok) throw new Error(proof.code);
    if (at % 50 !== 0) continue;
    const entry = await db
      .selectFrom("ledger_entries")
      .select("body")
      .where("log_id", "=", organisationLog)
      .where("seq", "=", String(index))
      .executeTakeFirstOrThrow();
    const leafHash = hashLeaf(sha256, entry.body);
    if (!verifyInclusion(sha256, { index, size, leafHash, proof: proof.value, root }).ok)
      throw new Error("a proof does not hold");
  }
  return times.sort((a, b) => a - b)[times.length >> 1] ?? 0;
}

const round = (value: number): number => Math.round(value * 100) / 100;
