import { judgeReading, type ReadingVerdict } from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { type Box, type MountedPiece, readBoxes } from "../controllers/read-box.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { tellOfSlot } from "./tell-of-slot.ts";

/** What somebody read off the controller that a piece sits in, when he answered a check of the piece. */
interface ReadOff {
  readonly checkId: string;
  readonly bodyId: string;
  readonly personId: string;
  readonly at: { readonly box: Box; readonly mounted: MountedPiece };
  /** Null where it could not be read. */
  readonly counter: number | null;
}

/** Keeps the number and what comes of it now; a difference that is certain is a case at once. */
export async function keepReading(tx: Tx, env: Environment, of: ReadOff): Promise<ReadingVerdict> {
  const { box, mounted } = of.at;
  const { slot } = mounted;
  const readAt = env.clock.now();
  const knownThen = box.counters[slot] ?? 0;
  const verdict = judgeReading({ read: of.counter, readAt, knownThen, reachedAt: null }, readAt);
  const row = {
    ...{ check_id: of.checkId, body_id: of.bodyId, controller_id: box.controllerId, epoch: box.epoch, slot, verdict },
    ...{ read: of.counter, known: knownThen, read_by: of.personId, read_at: new Date(readAt) },
  };
  await tx.insertInto("counter_readings").values(row).execute();
  await tellReading(tx, env, row, box);
  return verdict;
}

interface Reading {
  readonly check_id: string;
  readonly body_id: string;
  readonly controller_id: string;
  readonly epoch: number;
  readonly slot: number;
  readonly read: number | null;
  readonly known: number;
  readonly verdict: ReadingVerdict;
}

async function tellReading(tx: Tx, env: Environment, reading: Reading, box: Box | undefined): Promise<void> {
  const { verdict, read, known, slot } = reading;
  if (verdict === "agrees" || verdict === "waits") return;
  await tellOfSlot(tx, env, {
    ...{ source: `counts.reading-${verdict}`, subjectKey: `${reading.check_id} ${reading.body_id}` },
    ...{ entityId: box?.entityId ?? null, controllerId: reading.controller_id, epoch: reading.epoch, slot },
    bodyId: reading.body_id,
    facts: {
      ...{ serial: box?.serial ?? reading.controller_id, slot, known },
      ...(read === null ? {} : { read, count: Math.abs(read - known) }),
    },
  });
}

/** Readings that wait for strokes on their way are judged again: what came explains them, or a day is over. */
export async function judgeWaitingReadings(env: Environment): Promise<void> {
  const waiting = await env.db.selectFrom("counter_readings").selectAll().where("verdict", "=", "waits").execute();
  for (const row of waiting) {
    const read = Number(row.read);
    const reading = { ...row, read, known: Number(row.known) };
    const facts = { read, readAt: row.read_at.getTime(), knownThen: reading.known };
    const verdict = judgeReading({ ...facts, reachedAt: await findReached(env.db, reading) }, env.clock.now());
    if (verdict === "waits") continue;
    await transact(env.db, async (tx) => {
      const turned = await tx
        .updateTable("counter_readings")
        .set({ verdict })
        .where("check_id", "=", row.check_id)
        .where("body_id", "=", row.body_id)
        .where("verdict", "=", "waits")
        .executeTakeFirst();
      if (turned.numUpdatedRows === 0n) return;
      const [box] = await readBoxes(tx, [row.controller_id]);
      await tellReading(tx, env, { ...reading, verdict }, box);
      await recordEvent(tx, env, {
        ...{ type: "CounterReadingJudged", actorId: null },
        facts: { check: row.check_id, body: row.body_id, controller: row.controller_id, slot: row.slot, read, verdict },
      });
    });
  }
}

/** When, by the box's clock, a stroke that came in brought the counter to the number read; null if none did yet. */
async function findReached(reader: Reader, of: Reading): Promise<number | null> {
  const stroke = await reader
    .selectFrom("controller_strokes")
    .select("at")
    .where("controller_id", "=", of.controller_id)
    .where("epoch", "=", of.epoch)
    .where("slot", "=", of.slot)
    .where("counter", ">=", String(of.read))
    .orderBy("seq")
    .limit(1)
    .executeTakeFirst();
  return stroke?.at.getTime() ?? null;
}
