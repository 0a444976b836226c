import type { Sign } from "../../parts/states.ts";
import type { AnswerTone, FindingAnswer } from "./judgement.ts";

export const SIGNS: Readonly<Record<AnswerTone, Sign>> = {
  success: "check",
  warning: "warning",
  problem: "octagon",
  plain: "dashed",
};

export const FINDING_TONES: Readonly<Record<FindingAnswer, AnswerTone>> = {
  yes: "success",
  no: "problem",
  attention: "warning",
  unknown: "plain",
};
