import { nameClass } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { sheetAt } from "../forms/sheets-of-request.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import type { LoadedDocument } from "../requests/load-request.ts";
import type { GateView } from "../stamping/gate-facts.ts";
import type { ImpressionRow } from "./settle.ts";

/** The line of the register of uses that one settled impression makes. */
export async function writeUseLine(
  tx: Tx,
  env: Environment,
  view: GateView,
  document: LoadedDocument,
  impression: ImpressionRow,
  eventId: string,
): Promise<void> {
  const { row, steps, series } = view.loaded;
  const sheet = sheetAt(view.loaded.sheets, document.documentId, impression.placement.page);
  const nr = series?.lines.get(document.documentId)?.nr;
  const approvers = steps.flatMap((step) => (step.state === "approved" && step.decidedBy ? [step.decidedBy] : []));
  // A line says what the class was called when it was written.
  const className = row.document_class && nameClass(view.loaded.facts.classes, row.document_class);
  const people = [row.applicant_id, row.handler_id, ...approvers, row.released_by, row.confirmed_by];
  const { unit_id } = await tx
    .selectFrom("people")
    .select("unit_id")
    .where("person_id", "=", row.applicant_id)
    .executeTakeFirstOrThrow();
  const standing =
    row.standing_id === null
      ? null
      : await tx
          .selectFrom("standing_authorisations")
          .select("number")
          .where("standing_id", "=", row.standing_id)
          .executeTakeFirst();
  await writeRegisterLine(tx, env, {
    ...{ register: "use", kind: "sealed", eventId, entityId: row.entity_id ?? view.facts.entityId },
    sealId: impression.sealId,
    unitId: unit_id,
    requestId: row.request_id,
    personIds: people.filter((id) => id !== null),
    facts: {
      ...{ request: row.number, documentClass: className, page: impression.placement.page + 1 },
      ...{ pages: document.pages.length, digest: document.digest, impression: impression.impressionId },
      ...{ applicant: row.applicant_id, handler: row.handler_id, approvers: [...new Set(approvers)].join(" ") },
      ...{ custodian: row.released_by, supervisor: row.confirmed_by },
      ...(nr === undefined ? {} : { ofSeries: `${nr} / ${series?.total ?? 0}` }),
      ...(view.loaded.joint ? { joint: view.loaded.joint.other.number } : {}),
      ...(sheet === null ? {} : { blankSheets: sheet }),
      ...(standing ? { standing: standing.number } : {}),
      ...(row.emergency_until === null ? {} : { emergency: true }),
    },
    words: [row.number ?? "", row.title, row.counterparty, document.name, sheet ?? ""].filter((word) => word !== ""),
  });
}
