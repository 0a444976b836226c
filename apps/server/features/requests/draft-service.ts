import { decideEdit, decideRequest, listSwitchRefusals, listTakenBackRefusals, refuse } from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { withClassDefault } from "../confidential/class-default.ts";
import { writeReaders } from "../confidential/readers.ts";
import { expandSeries } from "../document-series/expand-series.ts";
import { holdSides } from "../joint/joint-rows.ts";
import { partDraft, removeDraft, writeOtherSide } from "../joint/write-other-side.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { requireKnown } from "./known-draft.ts";
import { loadRequest } from "./load-request.ts";
import { emergencyFacts } from "./request-row.ts";
import { type Draft, draftColumns, writeAttachments, writeDocuments } from "./write-draft.ts";

/** What a draft is begun from, if not from nothing: it stays so for good. */
interface DraftOrigin {
  /** The matter that gave out the blank sheets it is for. */
  readonly sheets_of?: string;
  /** The copy of another request that it replaces, and why. */
  readonly make_up_of?: string;
  readonly make_up_copy?: number;
  readonly make_up_cause?: string;
  readonly make_up_reason?: string;
  readonly make_up_evidence?: string;
}
interface DraftBegun {
  readonly requestId: string;
  readonly version: number;
  readonly savedAt: string;
}

/** Begins a draft. What is in it need not be complete; what it names must exist and be the applicant's to name. */
export const beginDraft = (
  env: Environment,
  personId: string,
  wanted: Draft,
  origin: DraftOrigin = {},
): Promise<DraftBegun> => transact(env.db, (tx) => beginDraftIn(tx, env, personId, wanted, origin));

/** Begins a draft in the caller's transaction. */
export async function beginDraftIn(
  tx: Tx,
  env: Environment,
  personId: string,
  wanted: Draft,
  origin: DraftOrigin,
): Promise<DraftBegun> {
  const now = env.clock.now();
  const requestId = newId("req", now);
  const person = await tx
    .selectFrom("people")
    .select(["entity_id", "unit_id"])
    .where("person_id", "=", personId)
    .executeTakeFirstOrThrow();
  const whole = await expandSeries(tx, personId, await withClassDefault(tx, wanted, null), requestId);
  await requireKnown(tx, personId, whole, [requestId, origin.make_up_of ?? requestId], now);
  const { own: draft, other } = await partDraft(tx, { ...whole, entityId: whole.entityId ?? person.entity_id });
  await tx
    .insertInto("seal_use_requests")
    .values({
      request_id: requestId,
      state: "draft",
      applicant_id: personId,
      unit_id: person.unit_id,
      created_at: new Date(now),
      ...draftColumns(draft, now),
      entity_id: draft.entityId,
      ...origin,
    })
    .execute();
  await writeDocuments(tx, requestId, draft, now);
  await writeAttachments(tx, requestId, draft);
  const row = { request_id: requestId, number: null, applicant_id: personId, entity_id: null };
  await writeReaders(tx, env, row, draft.confidential?.readers ?? []);
  await recordEvent(tx, env, { type: "SealUseRequestDrafted", actorId: personId, requestId, facts: {} });
  await writeOtherSide(tx, env, row, null, other);
  return { requestId, version: 1, savedAt: new Date(now).toISOString() };
}

/**
 * Saves a draft, or changes a returned or withdrawn request before it is submitted again. The draft names the version
 * it was made on: what another window saved meanwhile is never overwritten unseen.
 */
export async function saveDraft(
  env: Environment,
  personId: string,
  requestId: string,
  wanted: Draft & { version: number },
): Promise<{ version: number; savedAt: string }> {
  const now = env.clock.now();
  const version = wanted.version + 1;
  await transact(env.db, async (tx) => {
    await holdSides(tx, requestId);
    const { row, joint } = await loadRequest(tx, requestId, true);
    if (row.applicant_id !== personId) throw problems.notFound();
    if (joint?.side === 2) throw refusedBy([refuse("joint.change-first-side", {}, "C17")]);
    // Of a joint request the entities stay once either side has a number.
    const number = row.number ?? joint?.other.number ?? null;
    const decided = decideEdit(row.state, {
      number,
      entityId: row.entity_id,
      entityWanted: wanted.entityId,
    });
    if (!decided.ok) throw refusedBy(decided.refusals);
    const over = listTakenBackRefusals(emergencyFacts(row));
    if (over.length > 0) throw refusedBy(over);
    const said = await withClassDefault(tx, wanted, row);
    const [was, masked] = [row.confidential_reason !== null, Boolean(said.confidential)];
    const switched = listSwitchRefusals({ number, was, wanted: masked });
    if (switched.length > 0) throw refusedBy(switched);
    if (row.version !== wanted.version) throw problems.changedMeanwhile();
    const whole = await expandSeries(tx, personId, said, requestId);
    await requireKnown(tx, personId, whole, [requestId, row.make_up_of ?? requestId], now);
    const { own: draft, other } = await partDraft(tx, { ...whole, entityId: whole.entityId ?? row.entity_id });
    await writeOtherSide(tx, env, row, joint, other);
    await tx
      .updateTable("seal_use_requests")
      .set({ ...draftColumns(draft, now), entity_id: draft.entityId, version })
      .where("request_id", "=", requestId)
      .execute();
    await tx.deleteFrom("request_documents").where("request_id", "=", requestId).execute();
    await tx.deleteFrom("request_attachments").where("request_id", "=", requestId).execute();
    await writeDocuments(tx, requestId, draft, now);
    await writeAttachments(tx, requestId, draft);
    await writeReaders(tx, env, row, draft.confidential?.readers ?? []);
  });
  return { version, savedAt: new Date(now).toISOString() };
}

/** Discards a draft that was never submitted; nothing of it was ever asked of anybody. */
export async function discardDraft(env: Environment, personId: string, requestId: string): Promise<void> {
  await transact(env.db, async (tx) => {
    await holdSides(tx, requestId);
    const { row, joint } = await loadRequest(tx, requestId, true);
    if (row.applicant_id !== personId) throw problems.notFound();
    const number = joint?.other.number ?? null;
    // What was submitted of the other side stays, and this one is what it waits for.
    if (number !== null) throw refusedBy([refuse("joint.fixed", { number }, "C09")]);
    const decided = decideRequest(row.state, "discard");
    if (!decided.ok) throw refusedBy(decided.refusals);
    await removeDraft(tx, env, requestId, personId);
    if (joint !== null) await removeDraft(tx, env, joint.other.requestId, personId);
  });
}
