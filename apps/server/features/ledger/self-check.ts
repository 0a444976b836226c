import { createHash } from "node:crypto";
import {
  appendLeafHashes,
  emptyFrontier,
  encodeCanonicalJson,
  encodeFrontier,
  type Frontier,
  getRoot,
  hashLeaf,
  type JsonValue,
  openCheckpoint,
  parseCanonicalJson,
  type TileSlice,
  tileWidth,
} from "@chancery/ledger";
import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";
import { type LedgerKey, verifyEd25519 } from "./keys.ts";
import { readTiles } from "./read-tiles.ts";
import { organisationLog, sha256 } from "./record-event.ts";
import { type LedgerFinding, ledgerFinding } from "./self-check-findings.ts";

export interface SelfCheckResult {
  /** Leaves that were recomputed. */
  readonly leaves: number;
  readonly findings: readonly LedgerFinding[];
}

/** A whole log can be wrong; this many findings are enough to say so. */
const mostFindings = 100;
/** Entries read at once: sixteen tiles. */
const batch = 16 * tileWidth;
const pendingLimitSeconds = 60;

interface EntryRow {
  seq: string;
  leaf_hash: Buffer;
  body: Buffer;
  event_id: string | null;
  type: string | null;
  at: Date | null;
  request_id: string | null;
  seal_id: string | null;
  facts: JsonValue;
  comment: string | null;
  comment_salt: Buffer | null;
}

/**
 * Recomputes the whole log from the bodies: every leaf hash, every tile, the head, the root of every checkpoint and its
 * signature; and compares the events people read with the bodies. What is written meanwhile is left to the next check.
 * It reads in batches and holds no lock or snapshot, so the log goes on growing; `onProgress` hears after each batch,
 * and answers false to give up.
 */
export async function checkLedger(
  reader: Reader,
  key: LedgerKey,
  onProgress: (done: number, total: number) => boolean = () => true,
): Promise<SelfCheckResult> {
  const findings: LedgerFinding[] = [];
  const find = (...args: Parameters<typeof ledgerFinding>): void => {
    if (findings.length < mostFindings) findings.push(ledgerFinding(...args));
  };
  const start = await readStart(reader);
  if (start.behind !== null) find("ledger.head-behind", start.behind);
  if (start.pendingOld > 0) find("ledger.pending-old", start.pendingOld);
  if (start.beyond !== null) find("ledger.entry-beyond-head", start.beyond);

  let frontier: Frontier = emptyFrontier;
  while (frontier.size < start.size) {
    const until = Math.min(start.size, frontier.size + batch);
    const leaves = await checkEntries(reader, frontier.size, until, find);
    const checkpoints = await readCheckpoints(reader, frontier.size, until);
    const slices: TileSlice[] = [];
    const first = frontier.size;
    const extend = (to: number): void => {
      const appended = appendLeafHashes(sha256, frontier, leaves.slice(frontier.size - first, to - first));
      frontier = appended.frontier;
      slices.push(...appended.slices);
    };
    // Stops at each checkpoint on the way, because its root is the root of the tree at just that size.
    for (const row of checkpoints) {
      if (Number(row.size) > first + leaves.length) break;
      extend(Number(row.size));
      await checkCheckpoint(row, getRoot(sha256, frontier), key, find);
    }
    extend(first + leaves.length);
    await checkTiles(reader, slices, find);
    if (frontier.size < until) return { leaves: frontier.size, findings };
    if (!onProgress(frontier.size, start.size)) return { leaves: frontier.size, findings };
  }
  if (!Buffer.from(encodeFrontier(frontier)).equals(start.frontier)) find("ledger.head-differs", start.size);
  return { leaves: frontier.size, findings };
}

type Find = (...args: Parameters<typeof ledgerFinding>) => void;

async function readStart(reader: Reader): Promise<{
  size: number;
  frontier: Buffer;
  behind: number | null;
  beyond: number | null;
  pendingOld: number;
}> {
  // One statement, so that head, entries and checkpoints are of the same moment.
  const { rows } = await sql<{
    size: string | null;
    frontier: Buffer | null;
    signed: string | null;
    last: string | null;
    pending: string;
  }>`
    select h.size, h.frontier,
      (select max(size) from ledger_checkpoints where log_id = ${organisationLog}) as signed,
      (select max(seq) from ledger_entries where log_id = ${organisationLog}) as last,
      (select count(*) from ledger_pending where log_id = ${organisationLog}
         and enqueued_at < clock_timestamp() - make_interval(secs => ${pendingLimitSeconds})) as pending
    from (select 1) as one left join ledger_head h on h.log_id = ${organisationLog}`.execute(reader);
  const row = rows[0];
  const size = Number(row?.size ?? 0);
  const signed = Number(row?.signed ?? 0);
  const last = row?.last == null ? -1 : Number(row.last);
  return {
    size,
    frontier: row?.frontier ?? Buffer.alloc(0),
    behind: signed > size ? signed : null,
    beyond: last >= size ? last : null,
    pendingOld: Number(row?.pending ?? 0),
  };
}

/** The leaf hashes of a stretch of entries, up to the first one that is missing. */
async function checkEntries(reader: Reader, from: number, until: number, find: Find): Promise<Uint8Array[]> {
  const { rows } = await sql<EntryRow>`
    select l.seq, l.leaf_hash, l.body, e.event_id, e.type, e.at, e.request_id, e.seal_id, e.facts, e.comment, e.comment_salt
    from ledger_entries l left join events e on e.leaf_hash = l.leaf_hash
    where l.log_id = ${organisationLog} and l.seq >= ${from} and l.seq < ${until} order by l.seq`.execute(reader);
  const leaves: Uint8Array[] = [];
  for (const row of rows) {
    const seq = Number(row.seq);
    if (seq !== from + leaves.length) break;
    const leaf = hashLeaf(sha256, row.body);
    // A changed body is one finding: the tree is checked on with the hash that was stored for it.
    const same = Buffer.from(leaf).equals(row.leaf_hash);
    if (!same) find("ledger.entry-changed", seq);
    else if (row.event_id === null) find("ledger.event-missing", seq);
    else if (!tellsTheSame(row)) find("ledger.event-differs", seq);
    leaves.push(same ? leaf : new Uint8Array(row.leaf_hash));
  }
  if (from + leaves.length < until) find("ledger.entry-missing", from + leaves.length);
  return leaves;
}

/** Whether the event people read says what the body says. Words that were erased later are no difference. */
function tellsTheSame(row: EntryRow): boolean {
  const parsed = parseCanonicalJson(row.body);
  if (!parsed.ok) return false;
  const body = parsed.value;
  if (typeof body !== "object" || body === null || Array.isArray(body)) return false;
  const fields = body as Record<string, JsonValue>;
  const canonical = (value: JsonValue | undefined): string => {
    const text = encodeCanonicalJson(value ?? null);
    return text.ok ? Buffer.from(text.value).toString() : "";
  };
  const words =
    row.comment === null ||
    (row.comment_salt !== null &&
      fields.comment === createHash("sha256").update(row.comment_salt).update(row.comment).digest("hex"));
  return (
    fields.id === row.event_id &&
    fields.type === row.type &&
    fields.at === row.at?.toISOString() &&
    fields.request === row.request_id &&
    fields.seal === row.seal_id &&
    canonical(fields.facts) === canonical(row.facts) &&
    words
  );
}

interface CheckpointRow {
  size: string;
  root: Buffer;
  note: string;
}

async function readCheckpoints(reader: Reader, from: number, until: number): Promise<CheckpointRow[]> {
  return reader
    .selectFrom("ledger_checkpoints")
    .select(["size", "root", "note"])
    .where("log_id", "=", organisationLog)
    .where("size", ">", String(from))
    .where("size", "<=", String(until))
    .orderBy("size")
    .execute();
}

async function checkCheckpoint(row: CheckpointRow, root: Uint8Array, key: LedgerKey, find: Find): Promise<void> {
  const opened = await openCheckpoint(row.note, [key.key], verifyEd25519);
  if (!opened.ok) {
    find("ledger.checkpoint-signature", row.size);
    return;
  }
  const { size, root: signed } = opened.value.checkpoint;
  if (size !== Number(row.size) || !row.root.equals(root) || !Buffer.from(signed).equals(root))
    find("ledger.checkpoint-root", row.size);
}

async function checkTiles(reader: Reader, slices: readonly TileSlice[], find: Find): Promise<void> {
  const tiles = await readTiles(reader, [
    ...new Map(slices.map((slice) => [`${slice.level}/${slice.index}`, slice])).values(),
  ]);
  const told = new Set<string>();
  for (const slice of slices) {
    const place = `${slice.level}/${slice.index}`;
    const data = await tiles(slice.level, slice.index, slice.width);
    const part = data?.subarray(slice.offset * 32, slice.offset * 32 + slice.data.length);
    if (told.has(place) || (part && Buffer.from(part).equals(slice.data))) continue;
    told.add(place);
    find(data === undefined ? "ledger.tile-missing" : "ledger.tile-differs", place);
  }
}
