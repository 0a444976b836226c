import { type Decision, refuse } from "./refusal.ts";
import type { SealUseRequestState } from "./vocabulary.ts";

export const REQUEST_COMMANDS = [
  "edit",
  "submit",
  "approve-step",
  "approve-last",
  "reject",
  "return",
  "withdraw",
  "open",
  "close",
  "register",
  "cancel",
  "expire",
  "freeze",
  "unfreeze-authorised",
  "unfreeze-opened",
  "release-rest",
] as const;
export type RequestCommand = (typeof REQUEST_COMMANDS)[number];

/**
 * The life of a request (product.md). A returned or withdrawn request can be changed and submitted again; a rejected
 * one is over, and a copy of it is a new draft. Once impressions are reserved it can no longer be withdrawn, only what
 * is left can be released.
 */
const machine: Readonly<Record<SealUseRequestState, Partial<Record<RequestCommand, SealUseRequestState>>>> = {
  draft: { edit: "draft", submit: "in-review", cancel: "cancelled" },
  "in-review": {
    "approve-step": "in-review",
    "approve-last": "authorised",
    reject: "rejected",
    return: "returned",
    withdraw: "withdrawn",
    expire: "expired",
  },
  returned: { edit: "returned", submit: "in-review", withdraw: "withdrawn", cancel: "cancelled" },
  withdrawn: { edit: "withdrawn", submit: "in-review", cancel: "cancelled" },
  rejected: {},
  authorised: { open: "opened", withdraw: "withdrawn", expire: "expired", freeze: "frozen" },
  opened: { close: "closed", freeze: "frozen", "release-rest": "authorised" },
  frozen: { "unfreeze-authorised": "authorised", "unfreeze-opened": "opened", cancel: "cancelled" },
  closed: { register: "registered" },
  registered: {},
  cancelled: {},
  expired: {},
};

export const finalRequestStates: readonly SealUseRequestState[] = ["rejected", "registered", "cancelled", "expired"];

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

/** Whether approvals given so far still stand: only while the request is under review or beyond. */
export function approvalsStand(state: SealUseRequestState): boolean {
  return (
    state === "in-review" ||
    state === "authorised" ||
    state === "opened" ||
    state === "closed" ||
    state === "registered" ||
    state === "frozen"
  );
}
