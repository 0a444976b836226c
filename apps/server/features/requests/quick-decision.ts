import { type BatchedRequest, isLowRisk } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { type LoadedRequest, type LoadedStep, loadRequest } from "./load-request.ts";
import type { Summary } from "./summaries.ts";

/** What decides whether a request may be approved with others in one act. */
export async function readBatched(
  reader: Reader,
  { row, documents, limits, sealIds, questions, facts, series }: LoadedRequest,
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
    disagreements: facts.seen.disagreements.length,
    answeredBlanks: documents.reduce((sum, document) => sum + document.answers.length, 0),
    ...{ questions: questions.length, isSeries: series !== null, foreignPaper: row.paper_printed_by !== null },
  };
}

/** The step this person is asked to decide now: where several must agree, one in which he has not agreed yet. */
export function findOwnStep(steps: readonly LoadedStep[], personId: string): LoadedStep | undefined {
  const gave = (groupId: string): boolean =>
    steps.some((one) => one.groupId === groupId && [one.decidedBy, one.decidedFor].includes(personId));
  return steps.find((step) => step.state === "current" && step.candidates.includes(personId) && !gave(step.groupId));
}

/** What may be approved with others in one act is told with the step and digest that the act has to name. */
export async function addQuick(env: Environment, personId: string, items: readonly Summary[]): Promise<Summary[]> {
  const told: Summary[] = [];
  for (const item of items) {
    // Only for what could be: a request is read whole to answer it.
    const possible = item.state === "in-review" && !item.external && item.seals.every((seal) => !seal.important);
    const loaded = possible ? await loadRequest(env.db, item.requestId) : null;
    const step = loaded && findOwnStep(loaded.steps, personId);
    const digest = loaded?.row.digest;
    const quick = loaded && step && digest && isLowRisk(await readBatched(env.db, loaded));
    told.push(quick ? { ...item, quick: { stepId: step.stepId, digest } } : item);
  }
  return told;
}
