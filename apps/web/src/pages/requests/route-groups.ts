import type { RouteAnswer } from "../../api.ts";

type Step = RouteAnswer<"GET /v1/seal-use-requests/:requestId">["steps"][number];
type Asked = Pick<Step, "kind" | "title" | "stage" | "group" | "candidates">;

/** Agreements of one group, shown as one step of the route. */
export interface StepGroup<S extends Asked> {
  readonly kind: Step["kind"];
  readonly title: Step["title"];
  readonly stage: number;
  readonly steps: readonly S[];
  /** Everybody who could give one of them. */
  readonly candidates: Step["candidates"];
  /** How many must agree. */
  readonly needed: number;
  /** Whether another group waits at the same time. */
  readonly beside: boolean;
}

/** The route as people read it: stage after stage, each group once with how many of its people must agree. */
export function groupSteps<S extends Asked>(steps: readonly S[]): StepGroup<S>[] {
  const groups = new Map<string, S[]>();
  for (const step of steps) {
    const key = `${step.stage} ${step.group}`;
    groups.set(key, [...(groups.get(key) ?? []), step]);
  }
  const made = [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const people = new Map(own.flatMap((step) => step.candidates.map((person) => [person.personId, person] as const)));
    return [{ first, own, people: [...people.values()] }];
  });
  return made.map(({ first, own, people }) => ({
    ...{ kind: first.kind, title: first.title, stage: first.stage, steps: own, candidates: people, needed: own.length },
    beside: made.filter((one) => one.first.stage === first.stage).length > 1,
  }));
}

/** Who decides before a person who put reviewers before his own step; nobody where he did not, or is asked now. */
export function listReviewersBefore(
  steps: readonly Pick<Step, "state" | "candidates" | "added">[],
  personId: string,
): Step["candidates"] {
  const has = (step: Pick<Step, "candidates">): boolean => step.candidates.some((one) => one.personId === personId);
  const open = steps.filter(({ state }) => state === "current");
  const waits = steps.some((step) => step.state === "waiting" && has(step));
  if (!waits || open.some(has)) return [];
  return open.filter(({ added }) => added?.by?.personId === personId).flatMap(({ candidates }) => candidates);
}
