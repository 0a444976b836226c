import { encodeEntryBundle, type JsonValue, parseCanonicalJson } from "@chancery/ledger";
import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";
import { type PersonRefView, readPeople } from "../requests/read-people.ts";
import type { LedgerFacts } from "./record-event.ts";
import { organisationLog } from "./record-event.ts";
import type { LedgerFinding } from "./self-check-findings.ts";

const pageSize = 50;

export interface EntryView {
  leaf: number;
  type: string;
  at: string;
  actor: PersonRefView | null;
  facts: LedgerFacts;
  leafHash: string;
  bodyText: string;
}

/** A page of entries below `before`, newest first. What they say is read from the bodies that were hashed. */
export async function listEntries(
  reader: Reader,
  wanted: { before?: number | undefined; type?: string | undefined },
): Promise<{ size: number; items: EntryView[]; next: number | null }> {
  let query = reader
    .selectFrom("ledger_entries as l")
    .leftJoin("events as e", "e.leaf_hash", "l.leaf_hash")
    .select(["l.seq", "l.leaf_hash", "l.body", "e.actor_id"])
    .where("l.log_id", "=", organisationLog)
    .orderBy("l.seq", "desc")
    .limit(pageSize + 1);
  if (wanted.before !== undefined) query = query.where("l.seq", "<", String(wanted.before));
  if (wanted.type !== undefined) query = query.where("e.type", "=", wanted.type);
  const [rows, head] = await Promise.all([query.execute(), readSize(reader)]);
  const page = rows.slice(0, pageSize);
  const person = await readPeople(
    reader,
    page.map((row) => row.actor_id),
  );
  return {
    size: head,
    items: page.map((row) => {
      const body = readBody(row.body);
      return {
        leaf: Number(row.seq),
        type: body.type,
        at: body.at,
        actor: person(row.actor_id),
        facts: body.facts,
        leafHash: row.leaf_hash.toString("hex"),
        bodyText: row.body.toString("utf8"),
      };
    }),
    next: rows.length > pageSize ? Number(page.at(-1)?.seq) : null,
  };
}

/** Type, time and facts of a body; of one that is not ours, as little as is true. */
function readBody(body: Buffer): { type: string; at: string; facts: LedgerFacts } {
  const parsed = parseCanonicalJson(body);
  const fields = (parsed.ok && isRecord(parsed.value) ? parsed.value : {}) as Record<string, JsonValue | undefined>;
  const facts: LedgerFacts = {};
  if (isRecord(fields.facts))
    for (const [name, value] of Object.entries(fields.facts))
      if (value === null || typeof value !== "object") facts[name] = value ?? null;
  return {
    type: typeof fields.type === "string" ? fields.type : "",
    at: typeof fields.at === "string" ? fields.at : new Date(0).toISOString(),
    facts,
  };
}

const isRecord = (value: unknown): value is Record<string, JsonValue> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export async function readSize(reader: Reader): Promise<number> {
  const row = await reader
    .selectFrom("ledger_head")
    .select("size")
    .where("log_id", "=", organisationLog)
    .executeTakeFirst();
  return Number(row?.size ?? 0);
}

/** One entry's body and leaf hash, or null. */
export async function findEntry(reader: Reader, index: number): Promise<{ body: Buffer; leafHash: Buffer } | null> {
  const row = await reader
    .selectFrom("ledger_entries")
    .select(["body", "leaf_hash"])
    .where("log_id", "=", organisationLog)
    .where("seq", "=", String(index))
    .executeTakeFirst();
  return row ? { body: row.body, leafHash: row.leaf_hash } : null;
}

/** Whether the entry tells of the sealing that made the file with this digest. */
export function namesSealedFile(body: Buffer, digest: string): boolean {
  const { type, facts } = readBody(body);
  return type === "ImpressionSettled" && facts.sealedDigest === digest;
}

/** The leaf that tells of the sealing of a file, or null while it is not in the tree. */
export async function findSealedFileLeaf(reader: Reader, requestId: string, digest: string): Promise<number | null> {
  const row = await reader
    .selectFrom("events as e")
    .innerJoin("ledger_entries as l", "l.leaf_hash", "e.leaf_hash")
    .select("l.seq")
    .where("e.request_id", "=", requestId)
    .where("e.type", "=", "ImpressionSettled")
    .where(sql<string>`e.facts->>'sealedDigest'`, "=", digest)
    .where("l.log_id", "=", organisationLog)
    .orderBy("l.seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? Number(row.seq) : null;
}

/** The leaves that tell of the giving of grants, by grant; those that are not in the tree yet are left out. */
export async function findGrantLeaves(reader: Reader, grantIds: readonly string[]): Promise<Map<string, number>> {
  if (grantIds.length === 0) return new Map();
  const rows = await reader
    .selectFrom("events as e")
    .innerJoin("ledger_entries as l", "l.leaf_hash", "e.leaf_hash")
    .select([sql<string>`e.facts ->> 'grant'`.as("grant_id"), "l.seq"])
    .where("e.type", "=", "GrantGiven")
    .where(sql<string>`e.facts ->> 'grant'`, "in", grantIds)
    .where("l.log_id", "=", organisationLog)
    .execute();
  return new Map(rows.map((row) => [row.grant_id, Number(row.seq)]));
}

/** The exact bodies of a stretch of entries as a C2SP entry bundle, or null where one is missing. */
export async function readEntryBundle(reader: Reader, first: number, width: number): Promise<Uint8Array | null> {
  const rows = await reader
    .selectFrom("ledger_entries")
    .select("body")
    .where("log_id", "=", organisationLog)
    .where("seq", ">=", String(first))
    .where("seq", "<", String(first + width))
    .orderBy("seq")
    .execute();
  return rows.length === width ? encodeEntryBundle(rows.map((row) => row.body)) : null;
}

/** How many changes wait for the sequencer, and what the last self-check said. */
export async function readCheckState(
  reader: Reader,
): Promise<{ pending: number; last: { at: Date; leaves: number; findings: LedgerFinding[] } | null }> {
  const pending = await reader
    .selectFrom("ledger_pending")
    .select((at) => at.fn.countAll<string>().as("count"))
    .where("log_id", "=", organisationLog)
    .executeTakeFirst();
  const row = await reader
    .selectFrom("ledger_checks")
    .select(["at", "leaves", "findings"])
    .orderBy("check_id", "desc")
    .limit(1)
    .executeTakeFirst();
  return {
    pending: Number(pending?.count ?? 0),
    last: row ? { at: row.at, leaves: Number(row.leaves), findings: row.findings as LedgerFinding[] } : null,
  };
}
