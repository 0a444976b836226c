import type { StepState } from "../../parts/step-bar.tsx";
import type { RequestDetail } from "./queries.ts";

/** What the way of a seal use is told from. */
export type Progress = Pick<RequestDetail, "state" | "steps" | "release" | "supervision" | "sealing" | "counts"> & {
  readonly number: string | null;
};
export const PROGRESS_STEPS = ["submitted", "review", "authorised", "released", "sealed", "registered"] as const;
export type ProgressStep = (typeof PROGRESS_STEPS)[number];

const ENDED = ["rejected", "withdrawn", "cancelled", "expired"];

/** How far a seal use is: every step with its state. An ended or frozen one stops at the step it had reached. */
export function listProgress(request: Progress): readonly { readonly step: ProgressStep; readonly state: StepState }[] {
  const at = PROGRESS_STEPS.indexOf(findCurrentStep(request));
  const finished = request.state === "registered";
  return PROGRESS_STEPS.map((step, index) => ({
    step,
    state:
      finished || index < at
        ? "done"
        : index > at
          ? "todo"
          : ENDED.includes(request.state)
            ? "ended"
            : request.state === "frozen"
              ? "frozen"
              : "now",
  }));
}

/** Whether the request stands still for now or for ever. */
function stopped(state: RequestDetail["state"]): boolean {
  return state === "frozen" || ENDED.includes(state);
}

function findCurrentStep(request: Progress): ProgressStep {
  switch (request.state) {
    case "draft":
      return "submitted";
    case "in-review":
    case "returned":
    case "rejected":
      return "review";
    case "authorised":
      return "released";
    case "opened":
      return "sealed";
    case "closed":
    case "registered":
      return "registered";
    case "withdrawn":
    case "cancelled":
    case "expired":
    case "frozen":
      return findReached(request);
  }
}

/** The step that was under way when the request stopped. */
function findReached(request: Progress): ProgressStep {
  if (request.number === null) return "submitted";
  if (request.counts.settled > 0) return "sealed";
  // What was taken back is released by nobody any longer.
  if (request.release.by !== null && request.state !== "withdrawn") return "sealed";
  const open = request.steps.some((step) => step.state !== "approved");
  return open || request.steps.length === 0 ? "review" : "released";
}

/** How many steps of the route are approved. */
export function countApproved(steps: Progress["steps"]): number {
  return steps.filter((step) => step.state === "approved").length;
}

/**
 * A release that stands and waits for the second person's confirmation. Whose release it was does nothing more here, so
 * nothing of it is offered again unless the request asks for a new one.
 */
export function findStandingRelease(
  request: Pick<RequestDetail, "state" | "release" | "supervision" | "actions">,
): { readonly by: Person; readonly at: string; readonly awaited: readonly Person[] } | undefined {
  const { by, at } = request.release;
  if (request.state !== "authorised" || by === null || at === null) return undefined;
  if (request.actions.includes("release") || request.supervision.by !== null) return undefined;
  return { by, at, awaited: request.supervision.candidates.filter((one) => one.personId !== by.personId) };
}
type Person = NonNullable<RequestDetail["release"]["by"]>;

/** Which of the act pages suits what the reader may do; undefined where nothing waits for him. */
export type ActMode = "decide" | "release" | "confirm";
export function findActMode(actions: RequestDetail["actions"]): ActMode | undefined {
  if (actions.includes("approve") || actions.includes("reject") || actions.includes("return")) return "decide";
  if (actions.includes("release")) return "release";
  return actions.includes("confirm") ? "confirm" : undefined;
}

const AUTHORISED = ["authorised", "opened", "closed", "registered"];

/** Whether its impressions are, or were when it stopped, approved. */
function isApproved(request: Progress): boolean {
  if (AUTHORISED.includes(request.state)) return true;
  return stopped(request.state) && request.state !== "rejected" && PAST_REVIEW.includes(findReached(request));
}
const PAST_REVIEW: readonly ProgressStep[] = ["released", "sealed"];

/** What is to be said of a count. */
export type CountWord = "authorisedWhy" | "notApproved" | "approval" | "never" | "equal" | "waits" | "open";

/** The four counts with what each lacks against what was authorised; before that, and after the end, nothing is due. */
export const COUNTS = ["authorised", "sealed", "settled", "registered"] as const;
export function listCounts(request: Progress): readonly {
  readonly key: (typeof COUNTS)[number];
  readonly count: number;
  readonly left: number;
  readonly unequal: boolean;
  readonly word: CountWord;
}[] {
  const { counts, state } = request;
  const approved = isApproved(request);
  const due = approved ? counts.authorised - counts.released : 0;
  const over = state === "closed" || state === "registered";
  // What was withdrawn can be changed and sent again.
  const ended = ENDED.includes(state) && state !== "withdrawn";
  return COUNTS.map((key) => {
    const count = key === "authorised" && !approved ? 0 : counts[key];
    const left = key === "authorised" ? Math.max(0, due - counts.settled) : Math.max(0, due - count);
    const wordOfOthers = (): CountWord =>
      !approved ? "approval" : left === 0 ? "equal" : count === 0 ? "waits" : "open";
    return {
      key,
      count,
      left,
      unequal: key !== "authorised" && (count > due || (over && key !== "registered" && count < due)),
      word:
        ended && (!approved || (key !== "authorised" && (left > 0 || count === 0)))
          ? "never"
          : key !== "authorised"
            ? wordOfOthers()
            : approved
              ? "authorisedWhy"
              : "notApproved",
    };
  });
}
