import { type LodgingKind, listLodgingRefusals, listWithdrawalRefusals, nameLodging, refuse } from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { requireSeesEvidence } from "../evidence/service.ts";
import { recordEvents } from "../ledger/record-event.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { writeRegisterLines } from "../registers/write-line.ts";
import { lockSeals } from "../seals/store.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { endTasks } from "../tasks/open-task.ts";
import { readLodgingReach } from "./may-see.ts";
import { followLodgings, readSealsOnCards, withdrawalKind } from "./open-withdrawals.ts";

export interface CardToLodge {
  readonly entityId: string;
  readonly kind: LodgingKind;
  readonly placeName: string;
  readonly branch: string;
  readonly contact: string;
  readonly card: string;
  readonly sealIds: readonly string[];
  readonly lodgedOn: string;
  readonly evidenceId: string;
  /** The card that this one takes the place of; it counts as withdrawn on the same day, by the same new evidence. */
  readonly replaces: { readonly lodgingId: string; readonly evidenceId: string } | null;
}

type CardRow = Awaited<ReturnType<typeof lockCard>>["row"];

/** Records a card that lies with somebody else: which seals it shows, since when, with its photo. */
export async function lodgeSpecimen(
  env: Environment,
  personId: string,
  card: CardToLodge,
): Promise<{ lodgingId: string }> {
  await requireSeesEvidence(env, personId, card.evidenceId);
  if (card.replaces) await requireSeesEvidence(env, personId, card.replaces.evidenceId);
  return transact(env.db, async (tx) => {
    const now = env.clock.now();
    await requireKeeps(tx, env, personId, card.entityId);
    const old = card.replaces ? await lockCard(tx, card.replaces.lodgingId) : null;
    if (old && old.row.entity_id !== card.entityId) throw problems.notFound();
    const sealIds = [...new Set(card.sealIds)];
    // A stop at the same moment either sees this card, or is seen by it.
    const held = await lockSeals(tx, sealIds);
    const seals = await readSealsOnCards(tx, sealIds, now);
    const today = await todayIn(tx, env, card.entityId);
    const refusals = listLodgingRefusals({
      ...{ entityId: card.entityId, lodgedOn: card.lodgedOn, today },
      seals: held.length === sealIds.length ? [...seals.values()] : [],
    });
    if (refusals.length > 0) throw refusedBy(refusals);
    const lodgingId = newId("spl", now);
    const eventIds = await recordEvents(
      tx,
      env,
      sealIds.map((sealId) => ({
        ...{ type: "SpecimenLodged" as const, actorId: personId, sealId },
        facts: {
          ...{ lodging: lodgingId, kind: card.kind, lodgedOn: card.lodgedOn, evidence: card.evidenceId },
          replaces: card.replaces?.lodgingId ?? null,
        },
      })),
    );
    await tx
      .insertInto("specimens_lodged")
      .values({
        ...{ lodging_id: lodgingId, entity_id: card.entityId, kind: card.kind, place_name: card.placeName },
        ...{ branch: card.branch, contact: card.contact, card: card.card, lodged_on: card.lodgedOn },
        ...{ evidence_id: card.evidenceId, recorded_by: personId, recorded_at: new Date(now) },
        ...{ event_id: eventIds[0] ?? "", replaces_lodging_id: card.replaces?.lodgingId ?? null },
      })
      .execute();
    await tx
      .insertInto("specimens_lodged_seals")
      .values(sealIds.map((seal_id) => ({ lodging_id: lodgingId, seal_id })))
      .execute();
    await writeRegisterLines(
      tx,
      env,
      sealIds.map((sealId, at) => ({
        ...{ register: "seal" as const, kind: "specimen-lodged" as const, entityId: card.entityId, sealId },
        ...{ eventId: eventIds[at] ?? "", personIds: [personId] },
        facts: {
          lodgedWith: card.kind,
          lodgedAt: nameLodging(card),
          card: card.card,
          lodgedOn: card.lodgedOn,
          by: personId,
        },
        words: [card.placeName, card.branch, card.card],
      })),
    );
    if (old && card.replaces)
      await endCard(tx, env, old, personId, {
        ...{ withdrawnOn: card.lodgedOn, evidenceId: card.replaces.evidenceId, note: "", today },
      });
    await followLodgings(tx, env, sealIds, { actorId: personId });
    return { lodgingId };
  });
}

/** Records that a card came back or was cancelled, with its evidence; its task is done by that. */
export async function withdrawSpecimen(
  env: Environment,
  personId: string,
  lodgingId: string,
  wanted: { readonly withdrawnOn: string; readonly evidenceId: string; readonly note: string },
): Promise<void> {
  await requireSeesEvidence(env, personId, wanted.evidenceId);
  await transact(env.db, async (tx) => {
    const card = await lockCard(tx, lodgingId);
    await requireKeeps(tx, env, personId, card.row.entity_id);
    await endCard(tx, env, card, personId, { ...wanted, today: await todayIn(tx, env, card.row.entity_id) });
  });
}

async function endCard(
  tx: Tx,
  env: Environment,
  { row, sealIds }: { row: CardRow; sealIds: readonly string[] },
  personId: string,
  wanted: { readonly withdrawnOn: string; readonly evidenceId: string; readonly note: string; readonly today: string },
): Promise<void> {
  if (row.withdrawn_on !== null) throw refusedBy([refuse("lodging.withdrawn-already", {}, "C10")]);
  const refusals = listWithdrawalRefusals({
    ...wanted,
    ...{ lodgedOn: row.lodged_on, evidenceDigest: await digestOf(tx, wanted.evidenceId) },
    lodgedDigest: await digestOf(tx, row.evidence_id),
  });
  if (refusals.length > 0) throw refusedBy(refusals);
  const eventIds = await recordEvents(
    tx,
    env,
    sealIds.map((sealId) => ({
      ...{ type: "SpecimenWithdrawn" as const, actorId: personId, sealId },
      facts: { lodging: row.lodging_id, withdrawnOn: wanted.withdrawnOn, evidence: wanted.evidenceId },
      comment: wanted.note === "" ? null : wanted.note,
    })),
  );
  await tx
    .updateTable("specimens_lodged")
    .set({
      ...{ withdrawn_on: wanted.withdrawnOn, withdrawn_evidence_id: wanted.evidenceId, withdrawn_by: personId },
      ...{ withdrawn_at: new Date(env.clock.now()), withdrawn_event_id: eventIds[0] ?? "" },
      withdrawal_note: wanted.note,
    })
    .where("lodging_id", "=", row.lodging_id)
    .execute();
  await writeRegisterLines(
    tx,
    env,
    sealIds.map((sealId, at) => ({
      ...{ register: "seal" as const, kind: "specimen-withdrawn" as const, entityId: row.entity_id, sealId },
      ...{ eventId: eventIds[at] ?? "", personIds: [personId] },
      facts: {
        ...{ lodgedWith: row.kind, lodgedAt: nameLodging({ placeName: row.place_name, branch: row.branch }) },
        ...{ card: row.card, withdrawnOn: wanted.withdrawnOn, by: personId },
      },
      words: [row.place_name, row.branch, row.card, wanted.note],
    })),
  );
  await endTasks(
    tx,
    env,
    { kind: withdrawalKind, subjectKey: row.lodging_id },
    { state: "done", actorId: personId, note: wanted.note, evidenceId: wanted.evidenceId },
  );
}

async function digestOf(tx: Tx, evidenceId: string): Promise<string> {
  const file = await tx
    .selectFrom("evidence")
    .select("digest")
    .where("evidence_id", "=", evidenceId)
    .executeTakeFirstOrThrow();
  return file.digest;
}

/** A card with its seals, whose rows are held before its own: in the order in which a stop takes them. */
async function lockCard(tx: Tx, lodgingId: string) {
  const seals = await tx
    .selectFrom("specimens_lodged_seals")
    .select("seal_id")
    .where("lodging_id", "=", lodgingId)
    .orderBy("seal_id")
    .execute();
  const sealIds = seals.map((one) => one.seal_id);
  await lockSeals(tx, sealIds);
  const row = await tx
    .selectFrom("specimens_lodged")
    .selectAll()
    .where("lodging_id", "=", lodgingId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  return { row, sealIds };
}

/** Cards are recorded by who runs the entity's seals; to others there is nothing there. */
async function requireKeeps(tx: Tx, env: Environment, personId: string, entityId: string): Promise<void> {
  const { keptIn } = await readLodgingReach(tx, personId, env.clock.now());
  if (!keptIn.includes(entityId)) throw problems.notFound();
}

async function todayIn(tx: Tx, env: Environment, entityId: string): Promise<string> {
  const { timeZone } = await readPlaceInTime(tx, entityId);
  return dayIn(timeZone, env.clock.now());
}
