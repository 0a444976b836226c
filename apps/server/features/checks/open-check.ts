import { randomBytes } from "node:crypto";
import { addPeriod, type CheckKind, drawPieces, listForDraw, refuse } from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { hexOf } from "../../platform/hex-of.ts";
import { newId } from "../../platform/ids.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { openTask } from "../tasks/open-task.ts";
import { ASK_KINDS, readAsked } from "./who-confirms.ts";

/** Working days in which a check is answered. */
const daysToAnswer = 2;

export interface PieceToCheck {
  readonly bodyId: string;
  readonly sealId: string;
}

/** Pieces that lie somewhere: whatever has not ended, and is neither lost nor still with the engraver. */
export async function readPieces(reader: Reader, entityId: string): Promise<PieceToCheck[]> {
  const rows = await reader
    .selectFrom("seal_bodies as b")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .select(["b.body_id", "b.seal_id"])
    .where("s.entity_id", "=", entityId)
    .where("b.kind", "=", "physical")
    .where((eb) =>
      eb.or([
        eb("b.state", "in", ["in-use", "frozen", "in-handover", "stopped", "surrendered", "sealed-up"]),
        // What came with the opening stock lies somewhere, whatever stands before its issue.
        eb.and([eb("b.to_confirm", "=", true), eb("b.state", "not in", ["destroyed", "cancelled", "void", "lost"])]),
      ]),
    )
    .orderBy("b.body_id")
    .execute();
  return rows.map((row) => ({ bodyId: row.body_id, sealId: row.seal_id }));
}

/**
 * Opens a check. First the seed is committed to, by its digest beside that of the list, in an entry of the ledger of its
 * own; then it is published with what it draws, so that anybody can draw again and nobody could choose.
 */
export async function openCheck(
  env: Environment,
  wanted: { entityId: string; kind: CheckKind; count: number; openedBy: string | null; only?: readonly string[] },
): Promise<{ checkId: string; seed: string; pieces: number }> {
  const { entityId, kind, openedBy } = wanted;
  const checkId = newId("chk", env.clock.now());
  const seed = randomBytes(32).toString("hex");
  const all = await readPieces(env.db, entityId);
  const listed = wanted.only ? all.filter((one) => wanted.only?.includes(one.bodyId)) : all;
  if (listed.length === 0) throw refusedBy([refuse("check.nothing-to-check", {}, "C13")]);
  const ids = listed.map((one) => one.bodyId);
  const listDigest = `sha256:${hexOf(listForDraw(ids))}`;
  const count = kind === "surprise" ? Math.min(wanted.count, ids.length) : ids.length;
  await transact(env.db, (tx) =>
    recordEvent(tx, env, {
      type: "StorageCheckSeeded",
      actorId: openedBy,
      facts: { check: checkId, kind, entity: entityId, seedDigest: `sha256:${hexOf(seed)}`, listDigest, count },
    }),
  );
  const drawn = drawPieces(seed, ids, count, hexOf);
  return transact(env.db, async (tx) => {
    // Of two who open at once the second one finds it open.
    await tx.selectFrom("entities").select("entity_id").where("entity_id", "=", entityId).forUpdate().execute();
    const open = await tx
      .selectFrom("storage_checks")
      .select("check_id")
      .where("entity_id", "=", entityId)
      .where("kind", "=", kind)
      .where("closed_at", "is", null)
      .executeTakeFirst();
    if (open) throw refusedBy([refuse("check.open-already", {}, "C13")]);
    const now = env.clock.now();
    const place = await readPlaceInTime(tx, entityId);
    const dueAt = addPeriod(now, { unit: "working-days", count: daysToAnswer }, place);
    await tx
      .insertInto("storage_checks")
      .values({
        ...{ check_id: checkId, entity_id: entityId, kind, seed, list_digest: listDigest, opened_by: openedBy },
        ...{ opened_at: new Date(now), due_at: new Date(dueAt) },
      })
      .execute();
    const items = listed.filter((one) => drawn.includes(one.bodyId));
    await tx
      .insertInto("storage_check_items")
      .values(items.map((one) => ({ check_id: checkId, body_id: one.bodyId, seal_id: one.sealId })))
      .execute();
    const { eventId } = await recordEvent(tx, env, {
      type: "StorageCheckOpened",
      actorId: openedBy,
      facts: { check: checkId, kind, seed, listDigest, pieces: items.length, drawn: hexOf(listForDraw(drawn)) },
    });
    await writeRegisterLine(tx, env, {
      ...{ register: "inspection", kind: "opened", entityId, eventId, personIds: openedBy ? [openedBy] : [] },
      facts: { check: kind, pieces: items.length, by: openedBy, seed: kind === "surprise" ? seed : null },
    });
    await askPeople(tx, env, { checkId, kind, entityId, dueAt, items });
    return { checkId, seed, pieces: items.length };
  });
}

/** Asks the custodians; where their word is not enough, those who may look instead of them. */
async function askPeople(
  tx: Tx,
  env: Environment,
  check: { checkId: string; kind: CheckKind; entityId: string; dueAt: number; items: readonly PieceToCheck[] },
): Promise<void> {
  const bodyIds = check.items.map((one) => one.bodyId);
  const asked = await readAsked(tx, env, check.kind, bodyIds);
  for (const kind of ASK_KINDS)
    for (const personId of asked[kind])
      await openTask(tx, env, {
        ...{ kind, subjectKey: `${check.checkId} ${personId}`, entityId: check.entityId },
        ...{ personId, assigneeId: personId, dueAt: check.dueAt, actorId: null },
      });
}
