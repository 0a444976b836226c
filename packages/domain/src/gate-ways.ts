import type { GateConditionId } from "./gate.ts";

/** How an impression is made. Ways that need a piece of a seal come with physical stamping. */
export const GATE_WAYS = ["electronic", "emergency", "standing"] as const;
export type GateWay = (typeof GATE_WAYS)[number];

/**
 * How a condition is asked: whole; only for an important seal or where the rules say so; of approvals the signatory's
 * alone; besides the day also the hours of an emergency; in the place of approvals a standing authorisation that is in force
 * and has counted this use.
 */
export type GateAsking = "asked" | "where-important" | "signatory-alone" | "within-hours" | "standing";

/**
 * Which condition is asked for which way of making an impression (product.md, "One gate"). The gate reads it; it is shown
 * in the docs, and a test holds that table against this one. In an emergency the order of approvals yields; under a
 * standing authorisation the approvals are those it was given by. Nothing else yields.
 */
export const gateTable: Readonly<Record<GateConditionId, Readonly<Record<GateWay, GateAsking>>>> = {
  "request-authorised": { electronic: "asked", emergency: "asked", standing: "asked" },
  "approvals-complete": { electronic: "asked", emergency: "signatory-alone", standing: "standing" },
  "in-date": { electronic: "asked", emergency: "within-hours", standing: "asked" },
  "seal-in-use": { electronic: "asked", emergency: "asked", standing: "asked" },
  "seal-in-scope": { electronic: "asked", emergency: "asked", standing: "asked" },
  "certificate-valid": { electronic: "asked", emergency: "asked", standing: "asked" },
  "document-unchanged": { electronic: "asked", emergency: "asked", standing: "asked" },
  "document-finished": { electronic: "asked", emergency: "asked", standing: "asked" },
  "custodian-present": { electronic: "asked", emergency: "asked", standing: "asked" },
  "custodian-fit": { electronic: "asked", emergency: "asked", standing: "asked" },
  "supervisor-confirmed": { electronic: "where-important", emergency: "asked", standing: "where-important" },
  "duties-apart": { electronic: "asked", emergency: "asked", standing: "asked" },
  "impressions-left": { electronic: "asked", emergency: "asked", standing: "asked" },
};
