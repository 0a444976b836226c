import { createHash } from "node:crypto";
import {
  joinHalves,
  type MatterKind,
  type MatterState,
  matterDefinition,
  type Refusal,
  refuse,
} from "@chancery/domain";
import { encodeCanonicalJson } from "@chancery/ledger";
import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/db.ts";
import { problems } from "../../platform/problems.ts";
import { askedNow } from "../organisation/still-here.ts";

export type MatterRow = Awaited<ReturnType<typeof readMatterRow>>;

async function readMatterRow(reader: Reader, matterId: string, lock: boolean) {
  let query = reader.selectFrom("matters").selectAll().where("matter_id", "=", matterId);
  if (lock) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  if (!row) throw problems.notFound();
  return { ...row, kind: row.kind as MatterKind, state: row.state as MatterState };
}

/** The matter's row; held until the transaction ends where `lock` is set. Throws `subject.not-found`. */
export function getMatter(reader: Reader, matterId: string, lock = false): Promise<MatterRow> {
  return readMatterRow(reader, matterId, lock);
}

export async function readSteps(reader: Reader, matter: { matter_id: string; round: number }) {
  const rows = await reader
    .selectFrom("matter_steps as st")
    .selectAll("st")
    .select(askedNow("st").as("asked_now"))
    .where("st.matter_id", "=", matter.matter_id)
    .where("st.round", "=", matter.round)
    .orderBy("st.position")
    .execute();
  return rows.map(({ asked_now: candidates, ...row }) => ({ ...row, candidates }));
}

/** How far a matter is, as the domain asks. */
export const standingOf = (row: Pick<MatterRow, "state" | "submitted_at">) => ({
  state: row.state as MatterState,
  submittedAt: row.submitted_at?.getTime() ?? null,
});

export async function readMatterEvidence(reader: Reader, matterId: string) {
  return reader
    .selectFrom("matter_evidence as m")
    .innerJoin("evidence as e", "e.evidence_id", "m.evidence_id")
    .selectAll("e")
    .select(["m.slot", "m.added_by", "m.added_at"])
    .where("m.matter_id", "=", matterId)
    .orderBy("m.added_at")
    .execute();
}

export async function readConfirmations(reader: Reader, matterId: string) {
  return reader
    .selectFrom("matter_confirmations")
    .selectAll()
    .where("matter_id", "=", matterId)
    .orderBy("confirmed_at")
    .execute();
}

/**
 * What decisions and confirmations are bound to: what is asked, about whom and what, and the files that came with the
 * asking. What is added afterwards (photos of the carrying out) does not change what was approved.
 */
export async function digestMatter(reader: Reader, row: MatterRow, slots: readonly string[]): Promise<string> {
  const files = (await readMatterEvidence(reader, row.matter_id)).filter((file) => slots.includes(file.slot));
  const canonical = encodeCanonicalJson({
    v: 1,
    matter: row.matter_id,
    round: row.round,
    kind: row.kind,
    entity: row.entity_id,
    unit: row.unit_id,
    seal: row.seal_id,
    body: row.body_id,
    person: row.person_id,
    title: row.title,
    reason: row.reason,
    data: row.data as never,
    effectiveOn: row.effective_on,
    askedBy: row.asked_by,
    files: files.map((file) => `${file.slot} ${file.digest}`).toSorted(),
  });
  if (!canonical.ok) throw new Error(`a matter has no canonical form: ${canonical.code}`);
  return `sha256:${createHash("sha256").update(canonical.value).digest("hex")}`;
}

/** Takes the next number of the entity's matters of a year; the counter's row is held until the transaction ends. */
export async function takeMatterNumber(tx: Tx, entityId: string, code: string, year: number): Promise<string> {
  const counter = await tx
    .insertInto("matter_counters")
    .values({ entity_id: entityId, year, last: 1 })
    .onConflict((conflict) =>
      conflict.columns(["entity_id", "year"]).doUpdateSet({ last: sql`matter_counters.last + 1` }),
    )
    .returning("last")
    .executeTakeFirstOrThrow();
  return `${code}-M-${year}-${String(counter.last).padStart(6, "0")}`;
}

/** Reserves the subjects; answers the number of the matter that holds one of them already. */
export async function reserveSubjects(tx: Tx, matterId: string, subjects: readonly string[]): Promise<Refusal | null> {
  for (const subject of [...new Set(subjects)].toSorted()) {
    const made = await tx
      .insertInto("matter_reservations")
      .values({ matter_id: matterId, subject })
      .onConflict((conflict) => conflict.column("subject").doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 1n) continue;
    const held = await tx
      .selectFrom("matter_reservations as r")
      .innerJoin("matters as m", "m.matter_id", "r.matter_id")
      .select(["m.number", "m.matter_id", "m.kind"])
      .where("r.subject", "=", subject)
      .executeTakeFirst();
    if (held && held.matter_id !== matterId) return refuseReserved(held);
  }
  return null;
}

/** Which matter it is that stands in the way, so that it is found. */
const refuseReserved = ({
  number,
  matter_id,
  kind,
}: {
  number: string | null;
  matter_id: string;
  kind: string;
}): Refusal =>
  refuse("matter.reserved", {
    ...{ number: number ?? "", matterId: matter_id, kind: joinHalves(matterDefinition(kind as MatterKind).name) },
  });

/** That another matter has reserved one of these subjects; null where they are free. */
export async function findHolder(
  reader: Reader,
  matterId: string,
  subjects: readonly string[],
): Promise<Refusal | null> {
  const [held] = (await findHolders(reader, subjects, matterId)).values();
  return held ?? null;
}

/** Which of these subjects a matter (other than `apartFrom`) has reserved, each with what says so. */
export async function findHolders(
  reader: Reader,
  subjects: readonly string[],
  apartFrom = "",
): Promise<ReadonlyMap<string, Refusal>> {
  const rows = await reader
    .selectFrom("matter_reservations as r")
    .innerJoin("matters as m", "m.matter_id", "r.matter_id")
    .select(["r.subject", "m.number", "m.matter_id", "m.kind"])
    .where("r.subject", "in", ["", ...subjects])
    .where("r.matter_id", "<>", apartFrom)
    .execute();
  return new Map(rows.map(({ subject, ...held }) => [subject, refuseReserved(held)]));
}

export async function releaseSubjects(tx: Tx, matterId: string): Promise<void> {
  await tx.deleteFrom("matter_reservations").where("matter_id", "=", matterId).execute();
}
