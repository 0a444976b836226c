import type { RouteAnswer } from "@chancery/api/client";
import { describe, type GateAnswer, type GateCondition, type GateConditionId } from "@chancery/domain";
import { listAskedNow } from "../requests/list-waiting.ts";
import type { PersonRefView } from "../requests/read-people.ts";
import type { GateView } from "./gate-facts.ts";

type Shown = RouteAnswer<"GET /v1/seal-use-requests/:requestId/gate">;
type Action = Shown["conditions"][number]["action"];

const actionOf: Partial<Record<GateConditionId, Action>> = {
  "request-authorised": "approve",
  "approvals-complete": "approve",
  "custodian-present": "release",
  "supervisor-confirmed": "confirm",
  "seal-in-use": "unfreeze",
  "certificate-valid": "renew",
  "document-unchanged": "withdraw",
};

/** The gate's answer for people: every condition with its sentence, why it is not met, the way out and who can. */
export function showGate(answer: GateAnswer, view: GateView, person: (id: string) => PersonRefView | null): Shown {
  const whoOf = (id: GateConditionId): readonly string[] => {
    if (id === "request-authorised" || id === "approvals-complete") return listAskedNow(view.loaded.steps);
    if (id === "custodian-present") return view.custodians;
    if (id === "supervisor-confirmed") return view.supervisors;
    const { row, around } = view.loaded;
    return id === "document-unchanged" && !around.applicantLeft ? [row.applicant_id] : [];
  };
  return {
    allowed: answer.allowed,
    askedAt: new Date(view.facts.now).toISOString(),
    conditions: listShown(answer, view).map((condition) => {
      const { sentence, wayOut } = describe(condition.code, condition.facts);
      return {
        id: condition.id,
        control: condition.control,
        met: condition.met,
        sentence,
        why: null,
        wayOut: condition.met ? null : wayOut,
        action: condition.met ? ("none" as const) : (actionOf[condition.id] ?? "none"),
        who: condition.met ? [] : whoOf(condition.id).flatMap((id) => person(id) ?? []),
        facts: { ...condition.facts },
      };
    }),
  };
}

/** What is asked of joint requests or make-up stampings alone is told of those alone, and what is not asked by hand is not told there. */
const listShown = ({ conditions }: GateAnswer, { facts }: GateView): readonly GateCondition[] =>
  conditions.filter(
    ({ id, code }) =>
      code !== "gate.certificate-valid.not-asked" &&
      code !== "gate.copy-to-replace.none" &&
      (facts.joint || id !== "other-side-agreed"),
  );
