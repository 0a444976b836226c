import type { CallOptions } from "../../api.ts";
import type { Presence } from "../../parts/presence-dialog.tsx";
import type { StepState } from "../../parts/step-bar.tsx";
import type { TimelineMark } from "../../parts/timeline.tsx";
import type { EvidenceSlot, MatterDetail, MatterFilter, MatterKind, MatterSummary } from "./queries.ts";

export const MATTER_VIEWS = ["waiting", "mine", "all"] as const;

/** The filters of the list in an address: unknown ones are left out, so that an old link still shows a list. */
export function findMatterFilter(
  search: Readonly<Record<string, unknown>>,
  known: { readonly states: readonly MatterSummary["state"][]; readonly kinds: readonly MatterKind[] },
  waiting: number,
): MatterFilter {
  const state = known.states.find((one) => one === search.state);
  const kind = known.kinds.find((one) => one === search.kind);
  // An address turns a search for digits into a number.
  const words = typeof search.search === "number" ? search.search.toString() : search.search;
  const text = (value: unknown): value is string => typeof value === "string" && value !== "";
  return {
    view: MATTER_VIEWS.find((view) => view === search.view) ?? (waiting > 0 ? "waiting" : "all"),
    ...(state ? { state } : {}),
    ...(kind ? { kind } : {}),
    ...(text(search.sealId) ? { sealId: search.sealId } : {}),
    ...(text(search.personId) ? { personId: search.personId } : {}),
    ...(text(words) && words.trim() !== "" ? { search: words.slice(0, 100) } : {}),
  };
}

/** What happens next with a matter, as the reader has to know it first. */
export type Next =
  | "draft"
  | "returned"
  | "withdrawn"
  | "decide"
  | "review"
  | "confirm"
  | "missing"
  | "later"
  | "carry-out"
  | "approved"
  | "done"
  | "rejected"
  | "cancelled";

/** `today` is the reader's day: what takes effect later is not offered to be carried out yet. */
export function findNext(
  matter: Pick<MatterDetail, "state" | "actions" | "mayConfirm" | "missing" | "effectiveOn">,
  today: string,
): Next {
  switch (matter.state) {
    case "in-review":
      return matter.actions.includes("approve") ? "decide" : "review";
    case "approved":
      if (matter.mayConfirm.length > 0) return "confirm";
      if (matter.missing.length > 0) return "missing";
      if (matter.effectiveOn !== null && matter.effectiveOn > today) return "later";
      return matter.actions.includes("carry-out") ? "carry-out" : "approved";
    default:
      return matter.state;
  }
}

export type MatterStage = "asked" | "decided" | "carried-out";

/** Whether one of several is asked for; a single person is simply named. */
export const isChoice = (people: readonly unknown[]): boolean => people.length > 1;

/**
 * How far a matter is: asked, decided, carried out. One that ended otherwise stops where it ended, and one that nobody
 * decides never shows that somebody did.
 */
export function listStages(
  matter: Pick<MatterDetail, "state" | "decidedByOthers">,
): readonly { readonly stage: MatterStage; readonly state: StepState }[] {
  const reached: Readonly<Record<MatterDetail["state"], readonly [StepState, StepState, StepState]>> = {
    draft: ["now", "todo", "todo"],
    returned: ["now", "todo", "todo"],
    withdrawn: ["ended", "todo", "todo"],
    "in-review": ["done", "now", "todo"],
    rejected: ["done", "ended", "todo"],
    approved: ["done", "done", "now"],
    done: ["done", "done", "done"],
    cancelled: ["ended", "todo", "todo"],
  };
  const [asked, decided, carriedOut] = reached[matter.state];
  return [
    { stage: "asked", state: asked },
    ...(matter.decidedByOthers ? [{ stage: "decided" as const, state: decided }] : []),
    { stage: "carried-out", state: carriedOut },
  ];
}

/** Whether the reader may put a file into a slot now: what is submitted is his who asks, the rest comes from anybody. */
export function mayAddTo(slot: Pick<EvidenceSlot, "needed" | "open">, matter: Pick<MatterDetail, "actions">): boolean {
  return slot.open && (slot.needed !== "to-submit" || matter.actions.includes("edit"));
}

/** Why a slot takes nothing now: its time has passed, or comes with the approval. */
export function closedSlot(needed: EvidenceSlot["needed"], state: MatterDetail["state"]): "later" | "fixed" {
  const before: readonly string[] = ["draft", "in-review", "returned", "withdrawn"];
  return needed === "to-carry-out" && before.includes(state) ? "later" : "fixed";
}

/** Files without which the reader may not confirm: he would be the last, and has them before him then. */
export function listNeededToConfirm(
  matter: Pick<MatterDetail, "evidence" | "confirmations" | "mayConfirm">,
): readonly EvidenceSlot[] {
  const open = matter.confirmations.reduce((sum, one) => sum + Math.max(0, one.count - one.confirmed.length), 0);
  if (matter.mayConfirm.length === 0 || open > 1) return [];
  return matter.evidence.filter((slot) => slot.needed === "to-carry-out" && slot.files.length === 0);
}

/** What a slot's file must be, as a browser's file dialog takes it. A phone makes a JPEG of its own kinds for it. */
export function acceptedBy(accepts: EvidenceSlot["accepts"]): string {
  const pictures = "image/jpeg,image/png,image/webp,image/tiff";
  return accepts === "picture" ? pictures : accepts === "document" ? "application/pdf" : `${pictures},application/pdf`;
}

/** The largest file that is sent at all; the server's own limit. */
export const EVIDENCE_LIMIT_BYTES = 30 * 1024 * 1024;

/** Files worth sending, and those that are too large. */
export function sortFiles<F extends { readonly size: number }>(
  files: readonly F[],
): { readonly send: readonly F[]; readonly tooLarge: readonly F[] } {
  return {
    send: files.filter((file) => file.size <= EVIDENCE_LIMIT_BYTES),
    tooLarge: files.filter((file) => file.size > EVIDENCE_LIMIT_BYTES),
  };
}

export type MatterDecision = CallOptions<"POST /v1/matters/:matterId/decisions">["body"]["decision"];
export type MatterDecisionBody = CallOptions<"POST /v1/matters/:matterId/decisions">["body"];
type Decided = Pick<MatterDetail, "steps" | "digest" | "actions">;

/** The step that is decided now. */
export function currentStep(matter: Pick<MatterDetail, "steps">): MatterDetail["steps"][number] | undefined {
  return matter.steps.find((step) => step.state === "current");
}

/** The decision as the server takes it, bound to what was shown; undefined where it can not be made. */
export function makeMatterDecision(
  matter: Decided,
  decision: MatterDecision,
  comment: string,
  presence: Presence | undefined,
): MatterDecisionBody | undefined {
  const step = currentStep(matter);
  if (!step || matter.digest === null || !matter.actions.includes(decision)) return undefined;
  if (decision !== "approve" && comment.trim() === "") return undefined;
  return {
    stepId: step.stepId,
    decision,
    comment: comment.trim(),
    digest: matter.digest,
    ...(presence ? { presence } : {}),
  };
}

const MARKS: Readonly<Record<string, TimelineMark>> = {
  MatterStepApproved: "success",
  MatterApproved: "success",
  MatterConfirmed: "success",
  MatterCarriedOut: "success",
  TaskDone: "success",
  MatterStepRejected: "problem",
  FindingOpened: "problem",
};

/** How an event of a matter is marked; a kind that is not known here is written in ink, never as a good one. */
export function markOfMatterEvent(eventType: string): TimelineMark {
  return Object.hasOwn(MARKS, eventType) ? (MARKS[eventType] ?? "ink") : "ink";
}
