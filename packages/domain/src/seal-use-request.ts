import { type Decision, refuse } from "./refusal.ts";
import type { SealUseRequestState } from "./vocabulary.ts";

export const REQUEST_COMMANDS = [
  "edit",
  "submit",
  "discard",
  "approve-step",
  "approve-last",
  "reject",
  "return",
  "return-with-other",
  "withdraw",
  "end",
  "open",
  "close",
  "register",
  "cancel",
  "expire",
  "freeze",
  "unfreeze-authorised",
  "unfreeze-opened",
  "unfreeze-closed",
  "release-rest",
] as const;
export type RequestCommand = (typeof REQUEST_COMMANDS)[number];

/**
 * The life of a request (product.md). A returned or withdrawn request can be changed and submitted again; a rejected
 * one is over, and a copy of it is a new draft. Once impressions are reserved it can no longer be withdrawn, only what
 * is left can be released; and once one is settled it can only be ended, for what was sealed stays sealed.
 */
const machine: Readonly<Record<SealUseRequestState, Partial<Record<RequestCommand, SealUseRequestState>>>> = {
  draft: { edit: "draft", submit: "in-review", discard: "cancelled" },
  "in-review": {
    "approve-step": "in-review",
    "approve-last": "authorised",
    reject: "rejected",
    return: "returned",
    "return-with-other": "returned",
    withdraw: "withdrawn",
    expire: "expired",
  },
  returned: { edit: "returned", submit: "in-review", withdraw: "withdrawn", cancel: "cancelled" },
  withdrawn: { edit: "withdrawn", submit: "in-review", cancel: "cancelled" },
  rejected: {},
  authorised: {
    ...{ open: "opened", withdraw: "withdrawn", end: "closed", expire: "expired", freeze: "frozen" },
    // The other side of a joint request came back, and nothing goes on alone.
    "return-with-other": "returned",
  },
  opened: { close: "closed", freeze: "frozen", "release-rest": "authorised" },
  frozen: {
    "unfreeze-authorised": "authorised",
    "unfreeze-opened": "opened",
    "unfreeze-closed": "closed",
    "release-rest": "frozen",
    cancel: "cancelled",
  },
  // Stamped by hand it stays closed until its evidence is complete, and may still be found not to be right.
  closed: { register: "registered", freeze: "frozen" },
  registered: {},
  cancelled: {},
  expired: {},
};

export const finalRequestStates: readonly SealUseRequestState[] = ["rejected", "registered", "cancelled", "expired"];

/** Asked for and not over: what somebody still works on, decides or seals. */
export const openRequestStates: readonly SealUseRequestState[] = ["in-review", "authorised", "opened", "frozen"];

export interface RequestStateChanged {
  readonly type: "RequestStateChanged";
  readonly command: RequestCommand;
  readonly from: SealUseRequestState;
  readonly to: SealUseRequestState;
}

/** A named transition or a named refusal for every command in every state. */
export function decideRequest(state: SealUseRequestState, command: RequestCommand): Decision<RequestStateChanged> {
  const to = machine[state][command];
  if (to === undefined) return { ok: false, refusals: [refuse("request.command-not-possible", { state, command })] };
  return { ok: true, events: [{ type: "RequestStateChanged", command, from: state, to }] };
}

/** What the applicant's taking back is: a withdrawal while nothing was sealed, else the end of the request. */
export function decideTakingBack(
  state: SealUseRequestState,
  settledImpressions: number,
): Decision<RequestStateChanged> {
  return decideRequest(state, settledImpressions > 0 ? "end" : "withdraw");
}

/** Whether a change may be saved: a number belongs to its entity, so a request that has one stays there. */
export function decideEdit(
  state: SealUseRequestState,
  facts: { readonly number: string | null; readonly entityId: string | null; readonly entityWanted: string | null },
): Decision<RequestStateChanged> {
  const decided = decideRequest(state, "edit");
  const moves = facts.entityWanted !== null && facts.entityWanted !== facts.entityId;
  if (decided.ok && facts.number !== null && moves)
    return { ok: false, refusals: [refuse("request.entity-fixed", { number: facts.number }, "C09")] };
  return decided;
}

/**
 * Whether a person may take a request back: its applicant; and where he has left, so that nobody would ever do it, whoever handles
 * it for him or administers the seals. Nobody else.
 */
export function mayTakeBack(facts: {
  readonly actorId: string;
  readonly applicantId: string;
  readonly applicantLeft: boolean;
  readonly handlerId: string | null;
  /** Who administers the seals of its entity. */
  readonly administrators: readonly string[];
}): boolean {
  const { actorId, applicantId, applicantLeft, handlerId, administrators } = facts;
  if (!applicantLeft) return actorId === applicantId;
  return actorId !== applicantId && (actorId === handlerId || administrators.includes(actorId));
}

/** Whether nothing more can be sealed under a request. */
export const isUseOver = (state: string): boolean =>
  ["closed", "registered", "expired", "withdrawn", "cancelled", "rejected"].includes(state);
