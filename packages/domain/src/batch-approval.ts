import { type Refusal, refuse } from "./refusal.ts";

export interface BatchedRequest {
  readonly documentClass: string | null;
  readonly external: boolean;
  readonly importantSeal: boolean;
  /** Whether the rules ask for a proof of presence. */
  readonly presenceAsked: boolean;
  /** Blank places that were answered with a reason, which a reviewer has to read. */
  readonly answeredBlanks: number;
  /** What was asked about it (`listQuestions`). */
  readonly questions: number;
  /** Places where its documents say another thing than the application. */
  readonly disagreements: number;
  /** Many documents, of which those that were drawn have to be opened. */
  readonly isSeries: boolean;
  /** Approved by a scan, whose text nobody has read for the reviewer. */
  readonly foreignPaper: boolean;
}

/** Whether a request may be approved with others in one act: nothing of it has to be looked at for itself. */
export function isLowRisk(request: BatchedRequest): boolean {
  const { external, importantSeal, presenceAsked, answeredBlanks, questions, disagreements, isSeries } = request;
  const plain = answeredBlanks === 0 && questions === 0 && disagreements === 0 && !isSeries && !request.foreignPaper;
  return !external && !importantSeal && !presenceAsked && plain;
}

/** Why one of several is not approved with them. The class is the first one's: like is decided with like. */
export function listBatchRefusals(request: BatchedRequest, documentClass: string | null): Refusal[] {
  if (!isLowRisk(request)) return [refuse("batch.not-low-risk", {}, "C01")];
  return request.documentClass === documentClass && documentClass !== null ? [] : [refuse("batch.other-class")];
}
