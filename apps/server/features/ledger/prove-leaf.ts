import { encodeTlogProof, listInclusionTiles, proveInclusion } from "@chancery/ledger";
import type { Reader } from "../../platform/db.ts";
import { ProblemError } from "../../platform/problems.ts";
import { findNewestCheckpoint, readTiles } from "./read-tiles.ts";
import { organisationLog, sha256 } from "./record-event.ts";

export const nothingThere = (): ProblemError =>
  new ProblemError(404, "ledger.not-published", {
    en: "The ledger has published nothing under this name: no signed checkpoint covers it.",
    zh: "账本在此名称下没有已公布的内容：尚无已签发的检查点涵盖它。",
  });

/** The hashes that prove a leaf in the tree of a size; throws `ledger.not-published` where that tree does not hold it. */
export async function readInclusion(reader: Reader, index: number, size: number): Promise<Uint8Array[]> {
  const proof = await proveInclusion(sha256, await readTiles(reader, listInclusionTiles(index, size)), index, size);
  if (proof.ok) return proof.value;
  if (proof.code === "inclusion.index-out-of-range") throw nothingThere();
  throw new Error(`the ledger's tiles are damaged: ${proof.detail}`);
}

/**
 * Proofs, with their entries, of events by their ids (C2SP tlog-proof) under the newest checkpoint; what no checkpoint
 * covers yet is left out. For whoever may read these events.
 */
export async function proveEvents(reader: Reader, eventIds: readonly string[]): Promise<Map<string, string>> {
  const checkpoint = eventIds.length === 0 ? null : await findNewestCheckpoint(reader);
  if (!checkpoint) return new Map();
  const rows = await reader
    .selectFrom("events as e")
    .innerJoin("ledger_entries as l", "l.leaf_hash", "e.leaf_hash")
    .select(["e.event_id", "l.seq", "l.body"])
    .where("e.event_id", "in", [...new Set(eventIds)])
    .where("l.log_id", "=", organisationLog)
    .where("l.seq", "<", String(checkpoint.size))
    .execute();
  const proofs = new Map<string, string>();
  for (const { event_id, seq, body } of rows) {
    const index = Number(seq);
    const hashes = await readInclusion(reader, index, checkpoint.size);
    proofs.set(event_id, encodeTlogProof({ index, hashes, checkpoint: checkpoint.note, extra: new Uint8Array(body) }));
  }
  return proofs;
}
