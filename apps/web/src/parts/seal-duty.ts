import type { RouteAnswer } from "../api.ts";

type SealSummary = RouteAnswer<"GET /v1/seals">["items"][number];

/** What is next to be done for a seal, by the name of its text, and how near it is. */
export interface SealDuty {
  readonly duty: "confirm" | "people" | "until" | "expires" | "today" | "expired" | "revoked" | "none";
  readonly urgency: "later" | "soon" | "late";
}

const NOT_YET: readonly string[] = ["requested", "approved-for-engraving", "made", "filed", "awaiting-issue"];
const OVER: readonly string[] = ["stopped", "surrendered", "sealed-up", "destroyed", "cancelled", "void"];

/**
 * The next duty of a seal. What came with the opening stock is confirmed first; one that is not in use yet waits for its people; otherwise it is the certificate's end, and a
 * seal that has ended owes nothing any more. `days` are those left of the certificate.
 */
export function findDuty(seal: Pick<SealSummary, "state" | "certificateState" | "toConfirm">, days: number): SealDuty {
  if (seal.toConfirm) return { duty: "confirm", urgency: "soon" };
  if (NOT_YET.includes(seal.state)) return { duty: "people", urgency: "soon" };
  const over = OVER.includes(seal.state);
  switch (seal.certificateState) {
    case "valid":
      return { duty: "until", urgency: "later" };
    case "expiring":
      return { duty: days <= 0 ? "today" : "expires", urgency: over ? "later" : "soon" };
    case "expired":
    case "revoked":
      return { duty: seal.certificateState, urgency: over ? "later" : "late" };
    case "none":
      return { duty: "none", urgency: over ? "later" : "soon" };
  }
}
