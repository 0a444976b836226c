import type { Sign, Tone } from "../../parts/states.ts";
import { paths } from "../../paths.ts";
import type { Task, TaskFilter } from "./queries.ts";

export const TASK_VIEWS = ["mine", "all", "collections", "done"] as const;
export type TaskView = (typeof TASK_VIEWS)[number];

export function findTaskView(named: unknown): TaskView {
  return TASK_VIEWS.find((view) => view === named) ?? "mine";
}

/** What a view asks the server for; those that are done, and stopped seals not handed in, are others' too. */
export function filterOf(view: TaskView): TaskFilter {
  if (view === "collections") return { view: "all", kind: "surrender", overdue: "yes" };
  return view === "done" ? { view: "all", state: "done" } : { view };
}

type Place = { readonly to: string; readonly search?: Readonly<Record<string, string>> };
const places: Readonly<Record<string, Place>> = {
  "review-emergency": { to: paths.emergency },
  "slip-signed": { to: paths.emergency },
  "step-nobody-else": { to: paths.organisation },
  "read-rule-book": { to: paths.ruleBook },
  "confirm-position": { to: paths.account },
  "answer-check": { to: paths.checks },
  "confirm-pieces": { to: paths.checks },
  "look-at-pieces": { to: paths.checks },
  "stay-fit": { to: paths.training },
  "withdraw-specimen": { to: paths.specimensLodged, search: { state: "called-back" } },
  "take-out-return": { to: paths.takeOuts },
  "bring-back": { to: paths.takeOuts },
  "forced-return": { to: paths.takeOuts },
  "lock-away": { to: paths.custody },
  "short-return": { to: paths.custody },
  "change-lock": { to: paths.containers },
  "form-receipt": { to: paths.forms },
  "confirm-sheets": { to: paths.forms },
  "blank-sheets-back": { to: paths.forms },
  "take-back-forms": { to: paths.forms },
  "account-for-forms": { to: paths.forms },
  "account-for-voided-forms": { to: paths.forms },
};

/** The page where a task is done that ends by an act: the page of the act, else the seal it is about, where the next step stands. */
export function placeOf(task: Pick<Task, "kind" | "endsByWord" | "handover" | "seal" | "requestId">): Place | null {
  if (task.endsByWord || task.handover) return null;
  if (task.requestId) return { to: paths.request(task.requestId) };
  return places[task.kind] ?? (task.seal ? { to: paths.seal(task.seal.sealId) } : null);
}

/** The handover a task asks for: the one that is under way, else the form with what the task knows; null where it asks for none. */
export function handoverOf(
  task: Pick<Task, "handover" | "mayDo" | "person" | "seal">,
): { readonly open: string } | { readonly begin: { from?: string; sealId?: string; cause?: string } } | null {
  if (!task.handover || !task.mayDo) return null;
  if (task.handover.matterId !== null) return { open: paths.matter(task.handover.matterId) };
  return {
    begin: {
      ...(task.person ? { from: task.person.personId } : {}),
      ...(task.seal ? { sealId: task.seal.sealId } : {}),
      ...(task.handover.cause ? { cause: task.handover.cause } : {}),
    },
  };
}

const SOON_MS = 2 * 86_400_000;

/** How urgent a task is, by shape before colour: octagon late, triangle soon, circle later. */
export function urgencyOf(
  task: Pick<Task, "state" | "dueAt" | "overdue">,
  now: number,
): { readonly tone: Tone; readonly sign: Sign; readonly name: "late" | "soon" | "later" | "ended" } {
  if (task.state !== "open") return { tone: "ended", sign: task.state === "done" ? "check" : "stop", name: "ended" };
  if (task.overdue) return { tone: "problem", sign: "octagon", name: "late" };
  if (task.dueAt !== null && Date.parse(task.dueAt) - now < SOON_MS)
    return { tone: "warning", sign: "warning", name: "soon" };
  return { tone: "waiting", sign: "dashed", name: "later" };
}
