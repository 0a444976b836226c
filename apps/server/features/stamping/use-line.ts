import { nameClass } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import type { GateView } from "./gate-facts.ts";

/**
 * The line of the register of uses that a stamping by hand has for each seal: it opens with the seal's first impression. What
 * became of the impressions, and what is still owed, is read with it and never written (registers/stamped-lines.ts).
 */
export async function openUseLine(
  tx: Tx,
  env: Environment,
  view: GateView,
  sealId: string,
  eventId: string,
): Promise<void> {
  const { row, steps, documents, makeUp } = view.loaded;
  const open = await tx
    .selectFrom("register_lines")
    .select("line_id")
    .where("request_id", "=", row.request_id)
    .where("register", "=", "use")
    .where("kind", "=", "stamped")
    .where("seal_id", "=", sealId)
    .executeTakeFirst();
  if (open) return;
  const approvers = steps.flatMap((step) => (step.state === "approved" && step.decidedBy ? [step.decidedBy] : []));
  const people = [row.applicant_id, row.handler_id, ...approvers, row.released_by, row.confirmed_by];
  const places = documents.reduce(
    (sum, document) => sum + document.placements.filter((placement) => placement.sealId === sealId).length,
    0,
  );
  const [first] = documents;
  await writeRegisterLine(tx, env, {
    ...{ register: "use", kind: "stamped", eventId, entityId: row.entity_id ?? view.facts.entityId, sealId },
    ...{ unitId: row.unit_id, requestId: row.request_id, personIds: people.filter((id) => id !== null) },
    facts: {
      ...{ request: row.number, documents: documents.length },
      documentClass: row.document_class && nameClass(view.loaded.facts.classes, row.document_class),
      pages: documents.reduce((sum, document) => sum + document.pages.length, 0),
      digest: documents.length === 1 ? (first?.digest ?? null) : row.digest,
      ...{ applicant: row.applicant_id, handler: row.handler_id, approvers: [...new Set(approvers)].join(" ") },
      ...{ custodian: row.released_by, supervisor: row.confirmed_by },
      ...(makeUp ? { makeUpOf: makeUp.original, makeUpCopy: makeUp.copy, makeUpCause: makeUp.cause } : {}),
      ...{ copies: row.copies, authorised: places * (row.copies ?? 1), onPaper: row.paper_reason },
      ...(row.paper_printed_by === null ? {} : { foreignPaper: row.paper_printed_by }),
      ...(row.emergency_until === null ? {} : { emergency: true }),
    },
    words: [row.number ?? "", row.title, row.counterparty, ...documents.map(({ name }) => name)].filter(
      (word) => word !== "",
    ),
  });
}
