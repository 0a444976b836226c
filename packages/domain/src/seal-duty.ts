import { isLiveSeal, type SealState } from "./seal-life.ts";
import { LOSS_TASKS } from "./seal-steps.ts";

/** States as the wall of seals counts them; every state belongs to one group. */
export const SEAL_STATE_GROUPS = ["in-use", "waiting", "moving", "frozen", "lost", "ended"] as const;
export type SealStateGroup = (typeof SEAL_STATE_GROUPS)[number];
const groupOf: Readonly<Record<SealState, SealStateGroup>> = {
  requested: "waiting",
  "approved-for-engraving": "waiting",
  made: "waiting",
  filed: "waiting",
  "awaiting-issue": "waiting",
  "in-use": "in-use",
  "in-handover": "moving",
  "taken-out": "moving",
  frozen: "frozen",
  lost: "lost",
  stopped: "ended",
  surrendered: "ended",
  "sealed-up": "ended",
  destroyed: "ended",
  cancelled: "ended",
  void: "ended",
};
export const groupSealState = (state: SealState): SealStateGroup => groupOf[state];

export const CERTIFICATE_STATES = ["none", "valid", "expiring", "expired", "revoked"] as const;
export type CertificateState = (typeof CERTIFICATE_STATES)[number];
/** So many days before its end a certificate is expiring. */
export const expiringDays = 30;

export const NEXT_DUTIES = [
  ...LOSS_TASKS,
  "loss",
  "return",
  "confirm",
  "people",
  "positions",
  "until",
  "expires",
  "today",
  "expired",
  "revoked",
  "none",
  "nothing",
] as const;
export const URGENCIES = ["later", "soon", "late"] as const;
/** What is next to be done for a seal, and how near it is. */
export interface NextDuty {
  readonly duty: (typeof NEXT_DUTIES)[number];
  readonly urgency: (typeof URGENCIES)[number];
}

/**
 * The next duty of a seal. A loss comes first, with the clock that ends first, then its end. What should be back, from a short handover or a take-out, comes before all else that is left. What came with the opening stock is confirmed first; one that is not in use yet waits for its
 * next step; one in use whose custodians have not confirmed their position is released by nobody (C12), so they confirm it;
 * otherwise it is the certificate's end, where there is a key to certify. A seal that has ended owes nothing
 * any more. `endsToday` is whether the day on which the certificate ends has come.
 */
export function findSealDuty(
  state: SealState,
  certificate: CertificateState,
  endsToday: boolean,
  facts: {
    readonly toConfirm: boolean;
    readonly electronic: boolean;
    readonly returnOverdue: boolean;
    readonly custodyUnconfirmed: boolean;
    /** Goes in use once its people have confirmed their positions. */
    readonly goesInUse: boolean;
    /** Of the clocks of a loss, the one that ends first. */
    readonly loss: { readonly duty: (typeof LOSS_TASKS)[number]; readonly overdue: boolean } | null;
  },
): NextDuty {
  const { toConfirm, electronic, returnOverdue, custodyUnconfirmed, goesInUse, loss } = facts;
  if (loss) return { duty: loss.duty, urgency: loss.overdue ? "late" : "soon" };
  if (groupOf[state] === "lost") return { duty: "loss", urgency: "soon" };
  if (returnOverdue) return { duty: "return", urgency: "late" };
  if (toConfirm) return { duty: "confirm", urgency: "soon" };
  if (groupOf[state] === "waiting") return { duty: goesInUse ? "positions" : "people", urgency: "soon" };
  const live = isLiveSeal(state);
  if (custodyUnconfirmed && live) return { duty: "positions", urgency: "soon" };
  if (!electronic && certificate === "none") return { duty: "nothing", urgency: "later" };
  switch (certificate) {
    case "valid":
      return { duty: "until", urgency: "later" };
    case "expiring":
      return { duty: endsToday ? "today" : "expires", urgency: live ? "soon" : "later" };
    case "expired":
    case "revoked":
      return { duty: certificate, urgency: live ? "late" : "later" };
    case "none":
      return { duty: "none", urgency: live ? "soon" : "later" };
  }
}
