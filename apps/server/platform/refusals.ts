import { describeRefusal, type Refusal } from "@chancery/domain";
import { type ProblemError, problems, type RefusalOut } from "./problems.ts";

/** A refusal of the domain as the API shows it: code, rule, sentence, way out, facts. */
export function toRefusalView(refusal: Refusal): RefusalOut {
  const { sentence, wayOut } = describeRefusal(refusal);
  return { code: refusal.code, rule: refusal.rule, sentence, wayOut, facts: { ...refusal.facts } };
}

/** A refused decision as the problem that rolls the transaction back. */
export function refusedBy(refusals: readonly Refusal[]): ProblemError {
  return problems.refused(refusals.map(toRefusalView));
}
