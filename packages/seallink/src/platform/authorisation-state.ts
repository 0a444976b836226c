import { type Outcome, refuse, succeed } from "../wire/outcome.ts";

/** Where an authorisation stands at the platform (clause 4.2). */
export const authorisationStates = [
  "draft",
  "approved",
  "signed",
  "sent",
  "accepted",
  "in-use",
  "rejected",
  "used-up",
  "closed",
  "expired",
  "revoking",
  "revoked",
  "reconciling",
  "reconciled",
  "disputed",
] as const;
export type AuthorisationState = (typeof authorisationStates)[number];

/** What happens to one: decisions of the platform, records of the device, and the clock. */
export const authorisationEvents = [
  "approve",
  "sign",
  "send",
  "record-accept",
  "record-reject",
  "record-stamp",
  "record-used-up",
  "record-close",
  "record-revoked",
  "expire",
  "revoke",
  "reconcile",
  "agree",
  "dispute",
] as const;
export type AuthorisationEvent = (typeof authorisationEvents)[number];

type Moves = Readonly<Partial<Record<AuthorisationEvent, AuthorisationState>>>;

/** Records may overtake what the platform knows, as when a device tells of its stamps before the accept was stored. */
const ended: Moves = { reconcile: "reconciling", "record-stamp": "reconciling" };

const moves: Readonly<Record<AuthorisationState, Moves>> = {
  draft: { approve: "approved" },
  approved: { sign: "signed" },
  signed: { send: "sent", revoke: "revoking", expire: "expired" },
  sent: {
    send: "sent",
    "record-accept": "accepted",
    "record-reject": "rejected",
    "record-revoked": "revoked",
    revoke: "revoking",
    expire: "expired",
  },
  accepted: {
    "record-stamp": "in-use",
    "record-close": "closed",
    "record-revoked": "revoked",
    revoke: "revoking",
    expire: "expired",
  },
  "in-use": {
    "record-stamp": "in-use",
    "record-used-up": "used-up",
    "record-close": "closed",
    "record-revoked": "revoked",
    revoke: "revoking",
    expire: "expired",
  },
  // A device may reject a token as unfit now, and accept the same one later: NOT_YET, OFFLINE_TOO_OLD.
  rejected: { send: "sent", "record-accept": "accepted", revoke: "revoking", expire: "expired" },
  revoking: {
    "record-accept": "revoking",
    "record-stamp": "revoking",
    "record-reject": "revoked",
    "record-revoked": "revoked",
    "record-used-up": "used-up",
    "record-close": "closed",
    expire: "expired",
  },
  // "record-close" repeats the end that the platform found by its own clock.
  expired: { ...ended, "record-accept": "reconciling", "record-close": "expired", "record-used-up": "used-up" },
  "used-up": { ...ended, "record-close": "used-up", expire: "used-up" },
  closed: { ...ended, expire: "closed" },
  revoked: { ...ended, expire: "revoked" },
  reconciling: {
    agree: "reconciled",
    dispute: "disputed",
    "record-stamp": "reconciling",
    "record-close": "reconciling",
    "record-used-up": "reconciling",
    "record-revoked": "reconciling",
    expire: "reconciling",
  },
  reconciled: { "record-stamp": "reconciling", dispute: "disputed" },
  disputed: { agree: "reconciled", "record-stamp": "disputed" },
};

const over: ReadonlySet<AuthorisationState> = new Set([
  "used-up",
  "closed",
  "expired",
  "revoked",
  "reconciling",
  "reconciled",
  "disputed",
]);

/**
 * The next state, with `late` where a stamp came to light after the authorisation was over: it is counted and marked,
 * and the authorisation never comes back into use. NOT_NOW where the event cannot happen in this state.
 */
export function stepAuthorisation(
  state: AuthorisationState,
  event: AuthorisationEvent,
): Outcome<{ readonly state: AuthorisationState; readonly late: boolean }, "NOT_NOW"> {
  const next = moves[state][event];
  if (next === undefined) return refuse("NOT_NOW", `${event} does not happen to an authorisation that is ${state}.`);
  return succeed({ state: next, late: over.has(state) && event === "record-stamp" });
}

/**
 * Until when it is only provisional that no more stamps will appear, in milliseconds since 1970: a device may hold
 * records for as long as it may work offline, and a day (clause 4.2). Undefined while the device was never heard.
 */
export function provisionalUntil(offlineAge: number, lastAckAt: number | undefined): number | undefined {
  return lastAckAt === undefined ? undefined : lastAckAt + (offlineAge + 24 * 3600) * 1000;
}
