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

/** The page where a task is done that is done by an act of its own. */
export function placeOf(kind: string): string | null {
  if (kind === "review-emergency") return paths.emergency;
  if (kind === "read-rule-book") return paths.ruleBook;
  return kind === "confirm-position" ? paths.account : null;
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
