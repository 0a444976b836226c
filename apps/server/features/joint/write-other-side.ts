import { listJointSwitchRefusals } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { writeReaders } from "../confidential/readers.ts";
import { recordEvent } from "../ledger/record-event.ts";
import type { LoadedRequest } from "../requests/load-request.ts";
import { type Draft, draftColumns, writeAttachments, writeDocuments } from "../requests/write-draft.ts";
import type { LoadedJoint } from "./joint-rows.ts";

export interface DraftOfSides {
  readonly own: Draft;
  /** What stands in the other side's draft; null where one entity alone is asked for. */
  readonly other: (Draft & { readonly entityId: string; readonly unitId: string | null }) | null;
}

/**
 * What was drawn up as one draft, side by side: the same papers and words for both, to each the seals of its own entity and
 * the readers who belong to it.
 */
export async function partDraft(tx: Tx, draft: Draft): Promise<DraftOfSides> {
  const entityId = draft.joint?.entityId;
  if (entityId === undefined) return { own: draft, other: null };
  const sealIds = draft.documents.flatMap(({ placements }) => placements.map(({ sealId }) => sealId));
  const seals = await tx
    .selectFrom("seals")
    .select("seal_id")
    .where("seal_id", "in", ["", ...sealIds])
    .where("entity_id", "=", entityId)
    .execute();
  const readers = await tx
    .selectFrom("people")
    .select("person_id")
    .where("person_id", "in", ["", ...(draft.confidential?.readers ?? [])])
    .where("entity_id", "=", entityId)
    .execute();
  const ofOther = new Set([...seals.map((one) => one.seal_id), ...readers.map((one) => one.person_id)]);
  const side = (isOther: boolean) => ({
    documents: draft.documents.map((document) => ({
      ...document,
      placements: document.placements.filter(({ sealId }) => ofOther.has(sealId) === isOther),
    })),
    confidential: draft.confidential
      ? { ...draft.confidential, readers: draft.confidential.readers.filter((one) => ofOther.has(one) === isOther) }
      : null,
  });
  return {
    own: { ...draft, ...side(false) },
    // Series, emergency and standing authorisation are the first side's to be refused for.
    other: {
      ...draft,
      ...side(true),
      entityId,
      unitId: draft.joint?.unitId ?? null,
      seriesId: null,
      emergency: null,
      standingId: null,
    },
  };
}

/** Writes the other side beside the one that is saved: begun, changed with it, or taken off while nothing was submitted. */
export async function writeOtherSide(
  tx: Tx,
  env: Environment,
  first: Pick<LoadedRequest["row"], "request_id" | "number" | "applicant_id">,
  joint: LoadedJoint | null,
  other: DraftOfSides["other"],
): Promise<void> {
  const switched = listJointSwitchRefusals({
    number: first.number ?? joint?.other.number ?? null,
    ...{ was: joint?.other.entityId ?? null, wanted: other?.entityId ?? null },
  });
  if (switched.length > 0) throw refusedBy(switched);
  if (joint !== null && other === null) {
    await tx
      .updateTable("seal_use_requests")
      .set({ joint_id: null, joint_side: null })
      .where("request_id", "=", first.request_id)
      .execute();
    return removeDraft(tx, env, joint.other.requestId, first.applicant_id);
  }
  if (other === null) return;
  const now = env.clock.now();
  const requestId = joint?.other.requestId ?? newId("req", now);
  if (joint === null) {
    const jointId = newId("jnt", now);
    await tx
      .updateTable("seal_use_requests")
      .set({ joint_id: jointId, joint_side: 1 })
      .where("request_id", "=", first.request_id)
      .execute();
    await tx
      .insertInto("seal_use_requests")
      .values({
        ...{ request_id: requestId, state: "draft", joint_id: jointId, joint_side: 2, entity_id: other.entityId },
        ...{ applicant_id: first.applicant_id, unit_id: other.unitId, created_at: new Date(now) },
        ...draftColumns(other, now),
      })
      .execute();
    const by = { actorId: first.applicant_id, requestId, facts: {} };
    await recordEvent(tx, env, { type: "SealUseRequestDrafted", ...by });
  } else {
    await tx
      .updateTable("seal_use_requests")
      .set((eb) => ({
        ...draftColumns(other, now),
        entity_id: other.entityId,
        unit_id: other.unitId,
        version: eb("version", "+", 1),
      }))
      .where("request_id", "=", requestId)
      .execute();
    await tx.deleteFrom("request_documents").where("request_id", "=", requestId).execute();
    await tx.deleteFrom("request_attachments").where("request_id", "=", requestId).execute();
  }
  await writeDocuments(tx, requestId, other, now);
  await writeAttachments(tx, requestId, other);
  const row = {
    ...{ request_id: requestId, number: joint?.other.number ?? null, applicant_id: first.applicant_id },
    entity_id: other.entityId,
  };
  await writeReaders(tx, env, row, other.confidential?.readers ?? []);
}

/** Removes a draft that was never submitted, with everything in it. */
export async function removeDraft(tx: Tx, env: Environment, requestId: string, actorId: string): Promise<void> {
  await tx.deleteFrom("request_documents").where("request_id", "=", requestId).execute();
  await tx.deleteFrom("request_forms").where("request_id", "=", requestId).execute();
  await tx.deleteFrom("request_attachments").where("request_id", "=", requestId).execute();
  await tx.deleteFrom("request_readers").where("request_id", "=", requestId).execute();
  await tx.deleteFrom("seal_use_requests").where("request_id", "=", requestId).execute();
  await recordEvent(tx, env, { type: "SealUseRequestDiscarded", actorId, requestId, facts: {} });
}
