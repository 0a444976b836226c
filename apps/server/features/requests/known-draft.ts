import type { Tx } from "../../platform/db.ts";
import type { UnfitField } from "../../platform/input-words.ts";
import { problems } from "../../platform/problems.ts";
import { maySee, readViewer } from "../seals/visible-seals.ts";
import type { Draft } from "./write-draft.ts";

/**
 * Documents are the applicant's own uploads, or already stand in this request or in the one whose copy it replaces; the applicant
 * sees the seals; entity and handler exist.
 */
export async function requireKnown(
  tx: Tx,
  personId: string,
  draft: Draft,
  requestIds: readonly string[],
  now: number,
): Promise<void> {
  const wrong: UnfitField[] = [];
  const documentIds = draft.documents.map((document) => document.documentId);
  if (new Set(documentIds).size !== documentIds.length)
    wrong.push({ path: "documents", message: "name a document twice", zh: "同一文件重复" });
  if (documentIds.length > 0) {
    const own = await tx
      .selectFrom("documents as d")
      .leftJoin("request_documents as r", (join) =>
        join.onRef("r.document_id", "=", "d.document_id").on("r.request_id", "in", requestIds),
      )
      .select(["d.document_id", "d.pages"])
      .where("d.document_id", "in", documentIds)
      .where((eb) => eb.or([eb("d.uploaded_by", "=", personId), eb("r.request_id", "is not", null)]))
      .execute();
    for (const document of draft.documents) {
      const found = own.find((row) => row.document_id === document.documentId);
      if (!found)
        wrong.push({ path: "documents", message: "name a document that is not yours", zh: "含有不属于您的文件" });
      else if (document.placements.some((placement) => placement.page >= found.pages.length))
        wrong.push({
          path: "documents",
          message: "place a seal on a page that does not exist",
          zh: "有印章放在不存在的页上",
        });
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
    if (seen.length !== sealIds.length)
      wrong.push({ path: "documents", message: "name a seal that does not exist", zh: "含有不存在的印章" });
  }
  const attached = (draft.attachments ?? []).map((one) => one.evidenceId);
  const papers = [...new Set(attached)];
  if (papers.length !== attached.length)
    wrong.push({ path: "attachments", message: "name a file twice", zh: "同一材料重复" });
  if (papers.length > 0) {
    const own = await tx
      .selectFrom("evidence as e")
      .leftJoin("request_attachments as a", (join) =>
        join.onRef("a.evidence_id", "=", "e.evidence_id").on("a.request_id", "in", requestIds),
      )
      .select("e.evidence_id")
      .where("e.evidence_id", "in", papers)
      .where((eb) => eb.or([eb("e.uploaded_by", "=", personId), eb("a.request_id", "is not", null)]))
      .execute();
    if (new Set(own.map((row) => row.evidence_id)).size !== papers.length)
      wrong.push({ path: "attachments", message: "name a file that is not yours", zh: "含有不属于您的材料" });
  }
  if (
    draft.entityId &&
    !(await tx.selectFrom("entities").select("entity_id").where("entity_id", "=", draft.entityId).executeTakeFirst())
  )
    wrong.push({ path: "entityId", message: "is unknown", zh: "不存在" });
  const other = draft.joint?.entityId;
  if (other && !(await tx.selectFrom("entities").select("entity_id").where("entity_id", "=", other).executeTakeFirst()))
    wrong.push({ path: "joint", message: "is unknown", zh: "不存在" });
  const unit = draft.joint?.unitId;
  if (
    unit &&
    !(await tx
      .selectFrom("units")
      .select("unit_id")
      .where("unit_id", "=", unit)
      .where("entity_id", "=", other ?? "")
      .where("closed_at", "is", null)
      .executeTakeFirst())
  )
    wrong.push({ path: "joint.unitId", message: "is unknown in that entity", zh: "不属于该单位" });
  if (
    draft.standingId &&
    !(await tx
      .selectFrom("standing_authorisations")
      .select("standing_id")
      .where("standing_id", "=", draft.standingId)
      .where("entity_id", "=", draft.entityId ?? "")
      .executeTakeFirst())
  )
    wrong.push({ path: "standingId", message: "is unknown", zh: "不存在" });
  const readers = [...new Set(draft.confidential?.readers)];
  const known =
    readers.length === 0
      ? []
      : await tx.selectFrom("people").select("person_id").where("person_id", "in", readers).execute();
  if (known.length !== readers.length)
    wrong.push({ path: "confidential", message: "name a person who is unknown", zh: "所列人员中有人不存在" });
  if (
    draft.handlerId &&
    !(await tx
      .selectFrom("people")
      .select("person_id")
      .where("person_id", "=", draft.handlerId)
      .where("state", "=", "active")
      .executeTakeFirst())
  )
    wrong.push({ path: "handlerId", message: "is unknown", zh: "不存在" });
  if (wrong.length > 0) throw problems.inputInvalid(wrong);
}
