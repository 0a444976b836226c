import type { StepState } from "../../parts/step-bar.tsx";
import type { TimelineMark } from "../../parts/timeline.tsx";
import type { SealDetail, SealEvent } from "./queries.ts";

export type SealAct = SealDetail["actions"][number]["act"];
export type SealAction = SealDetail["actions"][number];

/** How far a seal's life is, for the step bar: vermilion only where the seal may be used. */
export function listLifeSteps(
  life: SealDetail["bodies"][number]["life"],
  live: boolean,
): readonly { readonly state: string; readonly at: string | null; readonly step: StepState }[] {
  const now = life.findIndex((step) => step.current);
  return life.map(({ state, at }, index) => {
    if (index < now) return { state, at, step: "done" as const };
    if (index > now) return { state, at, step: "todo" as const };
    return { state, at, step: state === "in-use" && live ? "seal" : state === "frozen" ? "frozen" : "now" };
  });
}

/** Pieces that can be reported lost: made, and not gone already. */
export function listPiecesToLose(bodies: SealDetail["bodies"]): SealDetail["bodies"] {
  const never = ["requested", "approved-for-engraving", "lost", "void", "destroyed", "cancelled"];
  return bodies.filter((body) => body.kind === "physical" && !never.includes(body.state));
}

/** Whether a seal has ended for ever: nobody may do anything with it, whoever was named for it. */
export const isOver = (state: SealDetail["state"]): boolean => state === "destroyed" || state === "cancelled";

type NamedPeople = Pick<SealDetail, "state" | "custodians" | "supervisors" | "signatories" | "certificateKeepers">;

/** Who is named for each duty today; nobody any more for a seal that has ended for ever. */
export function listDutiesToday(
  seal: NamedPeople,
): readonly (readonly ["custodian" | "supervisor" | "signatory" | "certificate-keeper", NamedPeople["custodians"]])[] {
  if (isOver(seal.state)) return [];
  return [
    ["custodian", seal.custodians],
    ["supervisor", seal.supervisors],
    ["signatory", seal.signatories],
    ["certificate-keeper", seal.certificateKeepers],
  ];
}

export interface NextView {
  /** What leads on. */
  readonly first: SealDetail["next"];
  /** Everything else that may be asked for. */
  readonly others: SealDetail["next"];
}

/** What comes next for a seal, and what else may be asked for, as far as it is up to this reader. */
export function sortNext(next: SealDetail["next"]): NextView {
  return {
    first: next.filter((one) => one.first),
    others: next.filter((one) => !one.first && one.mayAsk),
  };
}

/** Whether a matter is still worth asking for: some body of it has none of its kind under way. */
export function isLeftToAsk({ bodyIds, underWay }: Pick<SealDetail["next"][number], "bodyIds" | "underWay">): boolean {
  if (underWay.length === 0) return true;
  return bodyIds.some((id) => !underWay.some((one) => one.bodyIds.includes(id)));
}

export interface ActsView {
  /** The reader may do it now. */
  readonly open: readonly SealAction[];
  /** It fits the seal's state, and a rule refuses it: the reasons are shown with their ways out. */
  readonly refused: readonly SealAction[];
  /** It has no sense in this state, or is for others. */
  readonly closed: readonly SealAction[];
}

/** What may be done with a seal, what a rule refuses, and what is not up to this reader or this state. */
export function sortActs(actions: readonly SealAction[]): ActsView {
  const has = (action: SealAction, code: string): boolean => action.refusals.some((refusal) => refusal.code === code);
  const closed = actions.filter(
    (action) => !action.allowed && (has(action, "permission.missing") || has(action, "seal.command-not-possible")),
  );
  return {
    open: actions.filter((action) => action.allowed),
    refused: actions.filter((action) => !action.allowed && !closed.includes(action)),
    closed,
  };
}

/** Whether the acts concern this reader at all: one of them is open to his roles. */
export function concernsReader(actions: readonly SealAction[]): boolean {
  return actions.some((action) => !action.refusals.some((refusal) => refusal.code === "permission.missing"));
}

export const EVENT_GROUPS = ["state", "people", "certificate", "uses"] as const;
export type EventGroup = (typeof EVENT_GROUPS)[number];
const GROUPS: Readonly<Record<string, EventGroup>> = {
  SealRegistered: "state",
  SealStateChanged: "state",
  OpeningStockEntered: "state",
  OpeningStockConfirmed: "state",
  GrantGiven: "people",
  PositionConfirmed: "people",
  GrantEnded: "people",
  SealCertificateIssued: "certificate",
  SealCertificateRevoked: "certificate",
  ImpressionReserved: "uses",
  ImpressionSealed: "uses",
  ImpressionSettled: "uses",
  ImpressionReleased: "uses",
};

/** The part of a seal's history that an address names; all of it where it names none. */
export function findEventGroup(named: unknown): EventGroup | "all" {
  return EVENT_GROUPS.find((group) => group === named) ?? "all";
}

/** The events of a part of the history; a kind that is not known here is in the whole of it alone. */
export function filterEvents(timeline: readonly SealEvent[], group: EventGroup | "all"): readonly SealEvent[] {
  return group === "all"
    ? timeline
    : timeline.filter((entry) => Object.hasOwn(GROUPS, entry.type) && GROUPS[entry.type] === group);
}

/** How an event of a seal is marked; a kind that is not known here is written in ink, never as a good one. */
export function markOfEvent({ type, facts }: Pick<SealEvent, "type" | "facts">): TimelineMark {
  switch (type) {
    case "ImpressionSettled":
      return "impression";
    case "SealStateChanged":
      return facts.to === "in-use"
        ? "success"
        : facts.to === "frozen"
          ? "frozen"
          : facts.to === "lost"
            ? "problem"
            : "ink";
    default:
      return "ink";
  }
}
