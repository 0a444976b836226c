import {
  type CheckKind,
  type CustodyAccount,
  compareWithBook,
  containerAccount,
  listAnswerRefusals,
  listCounterRefusals,
  peopleAccount,
  refuse,
} from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { keepReading } from "../controller-stamping/read-counters.ts";
import { findBoxOf } from "../controllers/read-box.ts";
import { custodiansOf, readHeldNow } from "../custody/postings.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { confirmPiece } from "../opening-stock/confirm-piece.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { endTasks } from "../tasks/open-task.ts";
import { ASK_KINDS, readAsked, readConfirmers } from "./who-confirms.ts";

export interface CheckAnswerInput {
  readonly checkId: string;
  readonly bodyId: string;
  readonly containerId: string | null;
  readonly holderId: string | null;
  readonly evidenceId: string | null;
  /** The number on the controller that the piece was found in; null where it is in none, or could not be read. */
  readonly counter: number | null;
  readonly note: string;
}

/** Who looks at pieces of an entity besides their custodians. */
const lookers = ["seal-administrator", "inspector"];

/** Whether a person may answer for a piece: its custodian of record, or who inspects the entity. */
export async function readMayAnswer(
  reader: Reader,
  env: Environment,
  personId: string,
): Promise<(entityId: string, custodians: readonly string[]) => boolean> {
  const grants = await readGrantsInForce(reader, env.clock.now(), { personId });
  return (entityId, custodians) =>
    custodians.includes(personId) ||
    grants.some((grant) => grant.entityId === entityId && lookers.includes(grant.role));
}

/** Takes one answer: what was found, against the book as it is at this moment; a difference opens a finding. */
export async function answerCheck(
  env: Environment,
  personId: string,
  input: CheckAnswerInput,
): Promise<{ agrees: boolean }> {
  return transact(env.db, async (tx) => {
    const check = await tx
      .selectFrom("storage_checks")
      .selectAll()
      .where("check_id", "=", input.checkId)
      .executeTakeFirst();
    const item = await tx
      .selectFrom("storage_check_items as i")
      .innerJoin("seal_bodies as b", "b.body_id", "i.body_id")
      .select(["i.seal_id", "i.answered_at", "b.number"])
      .where("i.check_id", "=", input.checkId)
      .where("i.body_id", "=", input.bodyId)
      .forUpdate("i")
      .executeTakeFirst();
    if (!check || !item) throw problems.notFound();
    const held = (await readHeldNow(tx, [input.bodyId]))(input.bodyId);
    const mayAnswer = await readMayAnswer(tx, env, personId);
    if (!mayAnswer(check.entity_id, custodiansOf(held))) throw problems.notFound();
    if (item.answered_at !== null) throw problems.changedMeanwhile();
    const confirmers = (await readConfirmers(tx, env, [input.bodyId]))(input.bodyId, check.kind);
    if (confirmers && !confirmers.includes(personId))
      throw refusedBy([
        check.kind === "surprise" ? refuse("check.keeps-himself", {}, "C13") : refuse("check.confirm-own", {}, "C23"),
      ]);
    const real = await readFound(tx, check.entity_id, input);
    const photo = input.evidenceId === null ? null : await readPhoto(tx, personId, input.evidenceId);
    const photoIsOld = photo !== null && photo.uploaded_at < check.opened_at;
    const inBox = await findBoxOf(tx, check.entity_id, input.bodyId);
    const at = inBox !== null && inBox.box.containerId === input.containerId ? inBox : null;
    const refusals = [
      ...listAnswerRefusals({ real, hasPhoto: photo !== null, photoIsOld }),
      ...listCounterRefusals({ ...input, mounted: at !== null }),
    ];
    if (refusals.length > 0) throw refusedBy(refusals);
    const book = held.place?.to ?? null;
    const difference = compareWithBook(book, real);
    await tx
      .updateTable("storage_check_items")
      .set({
        ...{ answered_at: new Date(env.clock.now()), answered_by: personId, evidence_id: input.evidenceId },
        ...{ book_account: book, real_account: real, difference: difference?.source ?? null, note: input.note || null },
      })
      .where("check_id", "=", input.checkId)
      .where("body_id", "=", input.bodyId)
      .execute();
    const { checkId, bodyId, counter } = input;
    const verdict = at === null ? null : await keepReading(tx, env, { checkId, bodyId, personId, at, counter });
    const { eventId } = await recordEvent(tx, env, {
      type: "StorageCheckAnswered",
      actorId: personId,
      sealId: item.seal_id,
      personId: input.holderId,
      facts: {
        ...{ check: check.check_id, body: input.bodyId, evidence: input.evidenceId, container: input.containerId },
        ...{ agrees: difference === null, difference: difference?.source ?? null },
        ...(at === null ? {} : { controller: at.box.controllerId, slot: at.mounted.slot, counter, reading: verdict }),
      },
      comment: input.note || null,
    });
    await writeRegisterLine(tx, env, {
      ...{ register: "inspection", kind: difference === null ? "answered" : "differs", entityId: check.entity_id },
      ...{ eventId, sealId: item.seal_id, bodyId: input.bodyId },
      personIds: [personId, ...(input.holderId === null ? [] : [input.holderId])],
      facts: { body: item.number, by: personId, holder: input.holderId, counter },
      words: [input.note],
    });
    if (difference)
      await openFinding(tx, env, {
        ...{ control: difference.control, source: difference.source, subjectKey: input.bodyId },
        ...{ entityId: check.entity_id, sealId: item.seal_id, bodyId: input.bodyId, personId: input.holderId },
        ...{ facts: { check: check.check_id }, actorId: personId },
      });
    else await confirmPiece(tx, env, { bodyId: input.bodyId, sealId: item.seal_id, actorId: personId });
    await endAnsweredTasks(tx, env, check, confirmers ?? custodiansOf(held), personId);
    await closeIfAnswered(tx, env, check);
    return { agrees: difference === null };
  });
}

/** Where the piece was found, as an account of the books; null where it was not. */
async function readFound(tx: Tx, entityId: string, input: CheckAnswerInput): Promise<CustodyAccount | null> {
  if (input.containerId !== null && input.holderId !== null)
    throw refusedBy([refuse("check.place-unknown", {}, "C13")]);
  if (input.containerId !== null) {
    const known = await tx
      .selectFrom("containers")
      .select("container_id")
      .where("container_id", "=", input.containerId)
      .where("entity_id", "=", entityId)
      .executeTakeFirst();
    if (!known) throw refusedBy([refuse("check.place-unknown", {}, "C13")]);
    return containerAccount(input.containerId);
  }
  if (input.holderId === null) return null;
  const person = await tx
    .selectFrom("people")
    .select("person_id")
    .where("person_id", "=", input.holderId)
    .executeTakeFirst();
  if (!person) throw refusedBy([refuse("check.place-unknown", {}, "C13")]);
  return peopleAccount([input.holderId]);
}

/** A photo that the person took himself. Throws the problem `subject.not-found`. */
async function readPhoto(tx: Tx, personId: string, evidenceId: string): Promise<{ uploaded_at: Date }> {
  const row = await tx
    .selectFrom("evidence")
    .select("uploaded_at")
    .where("evidence_id", "=", evidenceId)
    .where("uploaded_by", "=", personId)
    .where("media_type", "like", "image/%")
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  return row;
}

/** Ends the tasks of people of whom a piece was asked and no other of this check is. */
async function endAnsweredTasks(
  tx: Tx,
  env: Environment,
  { check_id: checkId, kind: checkKind }: { check_id: string; kind: CheckKind },
  people: readonly string[],
  actorId: string,
): Promise<void> {
  const open = await tx
    .selectFrom("storage_check_items")
    .select("body_id")
    .where("check_id", "=", checkId)
    .where("answered_at", "is", null)
    .execute();
  const bodyIds = open.map((one) => one.body_id);
  const asked = await readAsked(tx, env, checkKind, bodyIds);
  for (const kind of ASK_KINDS)
    for (const one of people.filter((each) => !asked[kind].has(each)))
      await endTasks(tx, env, { kind, subjectKey: `${checkId} ${one}` }, { state: "done", actorId });
}

async function closeIfAnswered(
  tx: Tx,
  env: Environment,
  check: { check_id: string; entity_id: string; kind: string },
): Promise<void> {
  // Held, so that of two last answers at one moment the second one sees the first.
  await tx.selectFrom("entities").select("entity_id").where("entity_id", "=", check.entity_id).forUpdate().execute();
  const items = await tx
    .selectFrom("storage_check_items")
    .select(["answered_at", "difference"])
    .where("check_id", "=", check.check_id)
    .execute();
  if (items.some((one) => one.answered_at === null)) return;
  const differences = items.filter((one) => one.difference !== null).length;
  await tx
    .updateTable("storage_checks")
    .set({ closed_at: new Date(env.clock.now()) })
    .where("check_id", "=", check.check_id)
    .execute();
  const { eventId } = await recordEvent(tx, env, {
    type: "StorageCheckClosed",
    actorId: null,
    facts: { check: check.check_id, pieces: items.length, differences },
  });
  await writeRegisterLine(tx, env, {
    ...{ register: "inspection", kind: "closed", entityId: check.entity_id, eventId },
    facts: { check: check.kind, pieces: items.length, differences },
  });
}

/** A seal that is in no register: a finding of C23 with its photo, whoever saw it. */
export async function reportUnknownSeal(
  env: Environment,
  personId: string,
  input: { entityId: string; evidenceId: string; note: string },
): Promise<void> {
  await transact(env.db, async (tx) => {
    const home = await tx.selectFrom("people").select("entity_id").where("person_id", "=", personId).executeTakeFirst();
    const grants = await readGrantsInForce(tx, env.clock.now(), { personId, entityId: input.entityId });
    if (home?.entity_id !== input.entityId && grants.length === 0) throw problems.notFound();
    await readPhoto(tx, personId, input.evidenceId);
    const now = env.clock.now();
    const reportId = newId("unk", now);
    const { eventId } = await recordEvent(tx, env, {
      type: "UnknownSealReported",
      actorId: personId,
      facts: { report: reportId, evidence: input.evidenceId },
      comment: input.note,
    });
    await tx
      .insertInto("unknown_seals")
      .values({
        ...{ report_id: reportId, entity_id: input.entityId, reported_by: personId, evidence_id: input.evidenceId },
        ...{ note: input.note, at: new Date(now), event_id: eventId },
      })
      .execute();
    await openFinding(tx, env, {
      ...{ control: "C23", source: "check.unknown-seal", subjectKey: reportId, entityId: input.entityId },
      ...{ facts: { report: reportId }, actorId: personId },
    });
    await writeRegisterLine(tx, env, {
      ...{ register: "inspection", kind: "unknown-seal", entityId: input.entityId, eventId, personIds: [personId] },
      ...{ facts: { by: personId }, words: [input.note] },
    });
  });
}
