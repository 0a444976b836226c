import type { TileAddress, TileReader } from "@chancery/ledger";
import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";
import { organisationLog } from "./record-event.ts";

/** Reads the tiles named, all in one query, for the functions of the ledger package that list what they will read. */
export async function readTiles(
  reader: Reader,
  tiles: readonly TileAddress[],
  logId: string = organisationLog,
): Promise<TileReader> {
  const found =
    tiles.length === 0
      ? { rows: [] }
      : await sql<{ level: number; idx: string; data: Buffer }>`
          select t.level, t.idx, t.data from ledger_tiles t
          join unnest(${tiles.map((tile) => tile.level)}::int[], ${tiles.map((tile) => tile.index)}::bigint[]) as w (level, idx)
            on t.level = w.level and t.idx = w.idx
          where t.log_id = ${logId}`.execute(reader);
  const byAddress = new Map(found.rows.map((row) => [`${row.level}/${row.idx}`, row.data]));
  return (level, index) => byAddress.get(`${level}/${index}`);
}

/** The newest checkpoint, or null before the first. Everything that is published lies under it. */
export async function findNewestCheckpoint(
  reader: Reader,
  logId: string = organisationLog,
): Promise<{ size: number; root: Buffer; note: string; at: Date } | null> {
  const row = await reader
    .selectFrom("ledger_checkpoints")
    .select(["size", "root", "note", "created_at"])
    .where("log_id", "=", logId)
    .orderBy("size", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? { size: Number(row.size), root: row.root, note: row.note, at: row.created_at } : null;
}
