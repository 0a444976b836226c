import type { GateConditionId } from "./gate.ts";

/** How an impression is made. */
export const GATE_WAYS = ["electronic", "emergency", "standing", "by-hand", "controller"] as const;
export type GateWay = (typeof GATE_WAYS)[number];

/**
 * How a condition is asked: whole; only for an important seal or where the rules say so; only where two entities seal one
 * paper, or where a copy is replaced; of approvals the signatory's alone; besides the day also the hours of an emergency; in the place of approvals a standing authorisation that is in force
 * and has counted this use; or not at all.
 */
export type GateAsking =
  | "asked"
  | "not-asked"
  | "where-important"
  | "where-joint"
  | "where-make-up"
  | "signatory-alone"
  | "within-hours"
  | "standing";

/**
 * Which condition is asked for which way of making an impression (product.md, "One gate"). The gate reads it; it is shown
 * in the docs, and a test holds that table against this one. In an emergency the order of approvals yields; under a
 * standing authorisation the approvals are those it was given by. By hand nothing is signed, so that no certificate is asked for,
 * and the seal is its piece; a controller presses the same piece, so that it is asked the same. Papers that the rules ask for may follow an emergency. Nothing else yields.
 */
export const gateTable: Readonly<Record<GateConditionId, Readonly<Record<GateWay, GateAsking>>>> = {
  "request-authorised": {
    electronic: "asked",
    emergency: "asked",
    standing: "asked",
    "by-hand": "asked",
    controller: "asked",
  },
  "approvals-complete": {
    electronic: "asked",
    emergency: "signatory-alone",
    standing: "standing",
    "by-hand": "asked",
    controller: "asked",
  },
  "in-date": {
    electronic: "asked",
    emergency: "within-hours",
    standing: "asked",
    "by-hand": "asked",
    controller: "asked",
  },
  "seal-in-use": {
    electronic: "asked",
    emergency: "asked",
    standing: "asked",
    "by-hand": "asked",
    controller: "asked",
  },
  "seal-in-scope": {
    electronic: "asked",
    emergency: "asked",
    standing: "asked",
    "by-hand": "asked",
    controller: "asked",
  },
  "certificate-valid": {
    electronic: "asked",
    emergency: "asked",
    standing: "asked",
    "by-hand": "not-asked",
    controller: "not-asked",
  },
  "document-unchanged": {
    electronic: "asked",
    emergency: "asked",
    standing: "asked",
    "by-hand": "asked",
    controller: "asked",
  },
  "document-finished": {
    electronic: "asked",
    emergency: "asked",
    standing: "asked",
    "by-hand": "asked",
    controller: "asked",
  },
  "papers-attached": {
    electronic: "asked",
    emergency: "not-asked",
    standing: "asked",
    "by-hand": "asked",
    controller: "asked",
  },
  "other-side-agreed": {
    electronic: "where-joint",
    emergency: "where-joint",
    standing: "where-joint",
    "by-hand": "where-joint",
    controller: "where-joint",
  },
  "copy-to-replace": {
    electronic: "where-make-up",
    emergency: "where-make-up",
    standing: "where-make-up",
    "by-hand": "where-make-up",
    controller: "where-make-up",
  },
  "custodian-present": {
    electronic: "asked",
    emergency: "asked",
    standing: "asked",
    "by-hand": "asked",
    controller: "asked",
  },
  "custodian-fit": {
    electronic: "asked",
    emergency: "asked",
    standing: "asked",
    "by-hand": "asked",
    controller: "asked",
  },
  "supervisor-confirmed": {
    electronic: "where-important",
    emergency: "asked",
    standing: "where-important",
    "by-hand": "where-important",
    controller: "where-important",
  },
  "duties-apart": {
    electronic: "asked",
    emergency: "asked",
    standing: "asked",
    "by-hand": "asked",
    controller: "asked",
  },
  "impressions-left": {
    electronic: "asked",
    emergency: "asked",
    standing: "asked",
    "by-hand": "asked",
    controller: "asked",
  },
};
