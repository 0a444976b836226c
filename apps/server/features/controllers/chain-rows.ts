import type { ChainState, FindingCode, JournalRecord, PendingRecord } from "@chancery/seallink";
import type { Reader, Tx } from "../../platform/db.ts";

/** The chain's row of one epoch, held until the transaction ends: records of one controller are judged one after the other. */
export async function lockChain(tx: Tx, controllerId: string, epoch: number): Promise<ChainState | null> {
  const row = await tx
    .selectFrom("controller_chains")
    .selectAll()
    .where("controller_id", "=", controllerId)
    .where("epoch", "=", epoch)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return null;
  return {
    ...{ dev: controllerId, ep: epoch, closed: row.closed, last: Number(row.last_seq), head: row.head },
    ...{ imp: row.counters.map(Number), boot: Number(row.boot), open: row.open_stroke as ChainState["open"] },
    quarantined: row.quarantined as FindingCode | null,
    pending: await readPending(tx, controllerId, epoch),
    ...{ skewBoot: Number(row.skew_boot), gapTold: row.gap_told },
  };
}

async function readPending(reader: Reader, controllerId: string, epoch: number): Promise<PendingRecord[]> {
  const rows = await reader
    .selectFrom("controller_records_pending")
    .selectAll()
    .where("controller_id", "=", controllerId)
    .where("epoch", "=", epoch)
    .orderBy("seq")
    .execute();
  return rows.map((row) => ({
    // Its signature was verified when it came; here it is read alone.
    record: JSON.parse(Buffer.from(row.record.split(".")[1] ?? "", "base64url").toString()) as JournalRecord,
    ...{ hash: row.hash, text: row.record, receivedAt: row.received_at.getTime() },
  }));
}

/** The epoch that counts now: the highest. */
export async function readEpoch(reader: Reader, controllerId: string): Promise<number | null> {
  const row = await reader
    .selectFrom("controller_chains")
    .select("epoch")
    .where("controller_id", "=", controllerId)
    .orderBy("epoch", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.epoch ?? null;
}

export async function storeNewChain(tx: Tx, chain: ChainState): Promise<void> {
  await tx
    .insertInto("controller_chains")
    .values({
      ...{ controller_id: chain.dev, epoch: chain.ep, begins_from: chain.head, closed: chain.closed },
      ...rowOf(chain),
    })
    .execute();
}

/** Stores what became of a chain: its row, and the difference of what waits. */
export async function storeChain(tx: Tx, before: ChainState, after: ChainState): Promise<void> {
  await tx
    .updateTable("controller_chains")
    .set({ closed: after.closed, ...rowOf(after) })
    .where("controller_id", "=", after.dev)
    .where("epoch", "=", after.ep)
    .execute();
  const seqs = (pending: readonly PendingRecord[]): Set<number> => new Set(pending.map(({ record }) => record.seq));
  const [waited, waits] = [seqs(before.pending), seqs(after.pending)];
  const gone = [...waited].filter((seq) => !waits.has(seq));
  if (gone.length > 0)
    await tx
      .deleteFrom("controller_records_pending")
      .where("controller_id", "=", after.dev)
      .where("epoch", "=", after.ep)
      .where("seq", "in", gone.map(String))
      .execute();
  const fresh = after.pending.filter(({ record }) => !waited.has(record.seq));
  if (fresh.length > 0)
    await tx
      .insertInto("controller_records_pending")
      .values(
        fresh.map(({ record, hash, text, receivedAt }) => ({
          ...{ controller_id: after.dev, epoch: after.ep, seq: record.seq, hash, record: text },
          received_at: new Date(receivedAt),
        })),
      )
      .execute();
}

function rowOf(chain: ChainState) {
  return {
    ...{ last_seq: chain.last, head: chain.head, counters: [...chain.imp], boot: chain.boot },
    open_stroke: chain.open === null ? null : JSON.stringify(chain.open),
    ...{ quarantined: chain.quarantined, skew_boot: chain.skewBoot, gap_told: chain.gapTold },
  };
}
