import type { CallOptions } from "../../api.ts";
import type { Presence, PresenceAct } from "../../parts/presence-dialog.tsx";
import type { RequestDetail } from "./queries.ts";

export type Decision = CallOptions<"POST /v1/seal-use-requests/:requestId/decisions">["body"]["decision"];
export type DecisionBody = CallOptions<"POST /v1/seal-use-requests/:requestId/decisions">["body"];
type Decided = Pick<
  RequestDetail,
  "myStepId" | "digest" | "seals" | "actions" | "documentList" | "series" | "facts" | "maySettleFacts"
>;

/** Whether a decision needs a proof of presence: a seal is important, or the rules ask for it. */
export function needsPresence(request: Pick<RequestDetail, "seals" | "limits">): boolean {
  return request.limits?.presence === true || request.seals.some((seal) => seal.important);
}

/** Whether a decision has to say why: the applicant of a rejected or returned request must know. */
export function needsReason(decision: Decision): boolean {
  return decision !== "approve";
}

/** Whether the documents are what was sent: nothing else may be decided on. */
export function isUnchanged(request: Pick<RequestDetail, "documentList">): boolean {
  return request.documentList.every((document) => document.unchanged);
}

/** How many differences between application and documents the reader has to settle before he may approve. */
export function countToSettle(request: Pick<RequestDetail, "facts" | "maySettleFacts">): number {
  if (!request.maySettleFacts) return 0;
  return request.facts.disagreements.filter(({ toSettle, ruling }) => toSettle && ruling?.ruling !== "declared").length;
}

/** What stands in the way of sending the decision as it is; undefined where nothing does. */
export function findObstacle(
  request: Decided,
  decision: Decision,
  comment: string,
): "not-yours" | "changed" | "sample" | "facts" | "reason" | undefined {
  if (!request.actions.includes(decision) || request.digest === null) return "not-yours";
  if (decision === "approve" && !isUnchanged(request)) return "changed";
  if (decision === "approve" && (request.series?.toOpen.length ?? 0) > 0) return "sample";
  if (decision === "approve" && countToSettle(request) > 0) return "facts";
  return needsReason(decision) && comment.trim() === "" ? "reason" : undefined;
}

/** The decision as the server takes it, bound to the digest that was shown; undefined where it can not be made. */
export function makeDecision(
  request: Decided,
  decision: Decision,
  comment: string,
  presence: Presence | undefined,
  backTo?: string,
): DecisionBody | undefined {
  const { myStepId } = request;
  if (myStepId === null || request.digest === null || findObstacle(request, decision, comment)) return undefined;
  return {
    stepId: myStepId,
    decision,
    comment: comment.trim(),
    digest: request.digest,
    ...(presence ? { presence } : {}),
    ...(decision === "return" && backTo !== undefined ? { backTo } : {}),
  };
}

/** The act that a proof of presence is asked for. */
export function presenceActOf(act: Decision | "release" | "confirm", requestId: string): PresenceAct {
  return { act, requestId };
}

type Step = RequestDetail["steps"][number];

/** The steps before the reader's, one of each that is counted together: to each of them he may return the request. */
export function listEarlierSteps(request: Pick<RequestDetail, "steps" | "myStepId">): readonly Step[] {
  const mine = request.steps.find((step) => step.stepId === request.myStepId);
  if (!mine) return [];
  const groups = new Set<string>();
  return request.steps.filter((step) => {
    if (step.stage >= mine.stage || groups.has(step.group)) return false;
    groups.add(step.group);
    return true;
  });
}
