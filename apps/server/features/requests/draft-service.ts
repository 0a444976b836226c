import { decideEdit, decideRequest } from "@chancery/domain";
import type { RouteInput } from "../../platform/call.ts";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { ProblemError, problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { maySee, readViewer } from "../seals/visible-seals.ts";
import { loadRequest } from "./load-request.ts";

type Body = RouteInput<"POST /v1/seal-use-requests">["body"];
/** What a draft says; papers and the kind of the counterparty may be left out. */
export type Draft = Omit<Body, OptionalInDraft> & Partial<Pick<Body, OptionalInDraft>>;
type OptionalInDraft =
  | "counterpartyKind"
  | "attachments"
  | "factAnswers"
  | "questionAnswers"
  | "emergency"
  | "standingId";

/** Begins a draft. What is in it need not be complete; what it names must exist and be the applicant's to name. */
export async function beginDraft(
  env: Environment,
  personId: string,
  draft: Draft,
): Promise<{ requestId: string; version: number; savedAt: string }> {
  const now = env.clock.now();
  const requestId = newId("req", now);
  await transact(env.db, async (tx) => {
    const person = await tx
      .selectFrom("people")
      .select(["entity_id", "unit_id"])
      .where("person_id", "=", personId)
      .executeTakeFirstOrThrow();
    await requireKnown(tx, personId, draft, requestId, now);
    await tx
      .insertInto("seal_use_requests")
      .values({
        request_id: requestId,
        state: "draft",
        applicant_id: personId,
        unit_id: person.unit_id,
        created_at: new Date(now),
        ...columns(draft, now),
        entity_id: draft.entityId ?? person.entity_id,
      })
      .execute();
    await writeDocuments(tx, requestId, draft, now);
    await writeAttachments(tx, requestId, draft);
    await recordEvent(tx, env, { type: "SealUseRequestDrafted", actorId: personId, requestId, facts: {} });
  });
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
  draft: Draft & { version: number },
): Promise<{ version: number; savedAt: string }> {
  const now = env.clock.now();
  const version = draft.version + 1;
  await transact(env.db, async (tx) => {
    const { row } = await loadRequest(tx, requestId, true);
    if (row.applicant_id !== personId) throw problems.notFound();
    const decided = decideEdit(row.state, {
      number: row.number,
      entityId: row.entity_id,
      entityWanted: draft.entityId,
    });
    if (!decided.ok) throw refusedBy(decided.refusals);
    if (row.version !== draft.version) throw problems.changedMeanwhile();
    await requireKnown(tx, personId, draft, requestId, now);
    await tx
      .updateTable("seal_use_requests")
      .set({ ...columns(draft, now), entity_id: draft.entityId ?? row.entity_id, version })
      .where("request_id", "=", requestId)
      .execute();
    await tx.deleteFrom("request_documents").where("request_id", "=", requestId).execute();
    await tx.deleteFrom("request_attachments").where("request_id", "=", requestId).execute();
    await writeDocuments(tx, requestId, draft, now);
    await writeAttachments(tx, requestId, draft);
  });
  return { version, savedAt: new Date(now).toISOString() };
}

/** Discards a draft that was never submitted; nothing of it was ever asked of anybody. */
export async function discardDraft(env: Environment, personId: string, requestId: string): Promise<void> {
  await transact(env.db, async (tx) => {
    const { row } = await loadRequest(tx, requestId, true);
    if (row.applicant_id !== personId) throw problems.notFound();
    const decided = decideRequest(row.state, "discard");
    if (!decided.ok) throw refusedBy(decided.refusals);
    await tx.deleteFrom("request_documents").where("request_id", "=", requestId).execute();
    await tx.deleteFrom("request_forms").where("request_id", "=", requestId).execute();
    await tx.deleteFrom("request_attachments").where("request_id", "=", requestId).execute();
    await tx.deleteFrom("seal_use_requests").where("request_id", "=", requestId).execute();
    await recordEvent(tx, env, { type: "SealUseRequestDiscarded", actorId: personId, requestId, facts: {} });
  });
}

function columns(draft: Draft, now: number) {
  return {
    handler_id: draft.handlerId,
    title: draft.title,
    document_class: draft.documentClass,
    external: draft.external,
    counterparty: draft.counterparty,
    counterparty_kind: draft.counterpartyKind ?? null,
    question_answers: JSON.stringify(draft.questionAnswers ?? []),
    emergency_reason: draft.emergency ?? null,
    standing_id: draft.standingId ?? null,
    fact_answers: JSON.stringify(draft.factAnswers ?? []),
    amount: draft.amount,
    currency: draft.currency,
    purpose: draft.purpose,
    wanted_by: draft.wantedBy,
    valid_until: draft.validUntil,
    updated_at: new Date(now),
  };
}

async function writeDocuments(tx: Tx, requestId: string, draft: Draft, now: number): Promise<void> {
  for (const [position, document] of draft.documents.entries()) {
    await tx
      .insertInto("request_documents")
      .values({
        request_id: requestId,
        document_id: document.documentId,
        position,
        placements: JSON.stringify(
          document.placements.map((placement) => ({ placementId: newId("plc", now), ...placement })),
        ),
        answers: JSON.stringify(document.answers),
      })
      .execute();
  }
}

async function writeAttachments(tx: Tx, requestId: string, draft: Draft): Promise<void> {
  const attachments = draft.attachments ?? [];
  if (attachments.length === 0) return;
  await tx
    .insertInto("request_attachments")
    .values(
      attachments.map(({ kind, evidenceId }, position) => ({
        ...{ request_id: requestId, kind, evidence_id: evidenceId, position },
      })),
    )
    .execute();
}

/**
 * Documents are the applicant's own uploads, or already stand in this request; the applicant sees the seals; entity and
 * handler exist.
 */
async function requireKnown(tx: Tx, personId: string, draft: Draft, requestId: string, now: number): Promise<void> {
  const wrong: { path: string; message: string }[] = [];
  const documentIds = draft.documents.map((document) => document.documentId);
  if (new Set(documentIds).size !== documentIds.length)
    wrong.push({ path: "documents", message: "name a document twice" });
  if (documentIds.length > 0) {
    const own = await tx
      .selectFrom("documents as d")
      .leftJoin("request_documents as r", (join) =>
        join.onRef("r.document_id", "=", "d.document_id").on("r.request_id", "=", requestId),
      )
      .select(["d.document_id", "d.pages"])
      .where("d.document_id", "in", documentIds)
      .where((eb) => eb.or([eb("d.uploaded_by", "=", personId), eb("r.request_id", "is not", null)]))
      .execute();
    for (const document of draft.documents) {
      const found = own.find((row) => row.document_id === document.documentId);
      if (!found) wrong.push({ path: "documents", message: "name a document that is not yours" });
      else if (document.placements.some((placement) => placement.page >= found.pages.length))
        wrong.push({ path: "documents", message: "place a seal on a page that does not exist" });
    }
  }
  const sealIds = [
    ...new Set(draft.documents.flatMap((document) => document.placements.map((placement) => placement.sealId))),
  ];
  if (sealIds.length > 0) {
    const seals = await tx
      .selectFrom("seals")
      .select(["seal_id", "entity_id"])
      .where("seal_id", "in", sealIds)
      .execute();
    const viewer = await readViewer(tx, personId, now);
    const seen = seals.filter((seal) => maySee(viewer, { sealId: seal.seal_id, entityId: seal.entity_id }));
    if (seen.length !== sealIds.length) wrong.push({ path: "documents", message: "name a seal that does not exist" });
  }
  const attached = (draft.attachments ?? []).map((one) => one.evidenceId);
  const papers = [...new Set(attached)];
  if (papers.length !== attached.length) wrong.push({ path: "attachments", message: "name a file twice" });
  if (papers.length > 0) {
    const own = await tx
      .selectFrom("evidence as e")
      .leftJoin("request_attachments as a", (join) =>
        join.onRef("a.evidence_id", "=", "e.evidence_id").on("a.request_id", "=", requestId),
      )
      .select("e.evidence_id")
      .where("e.evidence_id", "in", papers)
      .where((eb) => eb.or([eb("e.uploaded_by", "=", personId), eb("a.request_id", "is not", null)]))
      .execute();
    if (new Set(own.map((row) => row.evidence_id)).size !== papers.length)
      wrong.push({ path: "attachments", message: "name a file that is not yours" });
  }
  if (
    draft.entityId &&
    !(await tx.selectFrom("entities").select("entity_id").where("entity_id", "=", draft.entityId).executeTakeFirst())
  )
    wrong.push({ path: "entityId", message: "is unknown" });
  if (
    draft.standingId &&
    !(await tx
      .selectFrom("standing_authorisations")
      .select("standing_id")
      .where("standing_id", "=", draft.standingId)
      .where("entity_id", "=", draft.entityId ?? "")
      .executeTakeFirst())
  )
    wrong.push({ path: "standingId", message: "is unknown" });
  if (
    draft.handlerId &&
    !(await tx
      .selectFrom("people")
      .select("person_id")
      .where("person_id", "=", draft.handlerId)
      .where("state", "=", "active")
      .executeTakeFirst())
  )
    wrong.push({ path: "handlerId", message: "is unknown" });
  if (wrong.length > 0)
    throw new ProblemError(400, "input.incomplete", problems.inputInvalid(wrong).sentence, { fields: wrong });
}
