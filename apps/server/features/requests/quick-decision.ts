import type { BatchedRequest } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { LoadedRequest, LoadedStep } from "./load-request.ts";

/** What decides whether a request may be approved with others in one act. */
export async function readBatched(
  reader: Reader,
  { row, documents, limits, sealIds }: LoadedRequest,
): Promise<BatchedRequest> {
  const important = await reader
    .selectFrom("seals")
    .select("seal_id")
    .where("seal_id", "in", ["", ...sealIds])
    .where("important", "=", true)
    .execute();
  return {
    ...{ documentClass: row.document_class, external: row.external, importantSeal: important.length > 0 },
    // What was submitted before there were rules has no limits that could be read.
    presenceAsked: limits?.presence !== false,
    answeredBlanks: documents.reduce((sum, document) => sum + document.answers.length, 0),
  };
}

/** The step this person is asked to decide now: where several must agree, one in which he has not agreed yet. */
export function findOwnStep(steps: readonly LoadedStep[], personId: string): LoadedStep | undefined {
  const gave = (groupId: string): boolean =>
    steps.some((one) => one.groupId === groupId && [one.decidedBy, one.decidedFor].includes(personId));
  return steps.find((step) => step.state === "current" && step.candidates.includes(personId) && !gave(step.groupId));
}
