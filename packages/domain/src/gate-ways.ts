import type { GateConditionId } from "./gate.ts";

/** What makes an impression: a signature in a file, its custodian's hand, or a controller that holds the piece. */
export const GATE_MEANS = ["electronic", "by-hand", "controller"] as const;
export type GateMeans = (typeof GATE_MEANS)[number];
/** On what a use rests where it does not rest on the whole route of approvals; whatever makes its impressions. */
export const GATE_GROUNDS = ["emergency", "standing"] as const;
export type GateGround = (typeof GATE_GROUNDS)[number];
/** The columns of the table. */
export const GATE_WAYS = [...GATE_MEANS, ...GATE_GROUNDS] as const;

/**
 * How a condition is asked: whole; only for an important seal or where the rules say so; only where two entities seal one
 * paper, or where a copy is replaced; of a route that is the signatory alone, with whoever objected; besides the day also the hours of an emergency; in the place of approvals a standing authorisation that is in force
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

/** One condition: how each means of making an impression is asked, and what a ground changes of that; `as-made` changes nothing. */
type GateRow = Readonly<Record<GateMeans, GateAsking>> & Readonly<Record<GateGround, GateAsking | "as-made">>;

const row = (
  asking: GateAsking,
  change: Partial<Record<GateMeans, GateAsking> & Record<GateGround, GateAsking>> = {},
): GateRow => ({
  ...{ electronic: asking, "by-hand": asking, controller: asking, emergency: "as-made", standing: "as-made" },
  ...change,
});

/**
 * Which condition is asked for which way of making an impression (product.md, "One gate"). The gate reads it; it is shown
 * in the docs, and a test holds that table against this one. What makes the impression and what the use rests on are asked together, so that an emergency by hand or with a
 * controller is asked what paper is asked, and nothing yields but what its own column says. In an emergency the order of approvals yields, for a day and more a few hours count, a second person is asked for whatever the seal, and papers that the rules
 * ask for may follow; under a standing authorisation the approvals are those it was given by. By hand nothing is signed, so that no certificate is asked for,
 * and the seal is its piece; a controller presses the same piece, so that it is asked the same.
 */
export const gateTable: Readonly<Record<GateConditionId, GateRow>> = {
  "request-authorised": row("asked"),
  "approvals-complete": row("asked", { emergency: "signatory-alone", standing: "standing" }),
  "in-date": row("asked", { emergency: "within-hours" }),
  "seal-in-use": row("asked"),
  "seal-in-scope": row("asked"),
  "certificate-valid": row("asked", { "by-hand": "not-asked", controller: "not-asked" }),
  "document-unchanged": row("asked"),
  "document-finished": row("asked"),
  "papers-attached": row("asked", { emergency: "not-asked" }),
  "other-side-agreed": row("where-joint"),
  "copy-to-replace": row("where-make-up"),
  "custodian-present": row("asked"),
  "custodian-fit": row("asked"),
  "supervisor-confirmed": row("where-important", { emergency: "asked" }),
  "duties-apart": row("asked"),
  "impressions-left": row("asked"),
};

/** How a condition is asked of a use that is made so and rests on that; `ground` null for one that rests on its whole route. */
export function askingOf(id: GateConditionId, means: GateMeans, ground: GateGround | null): GateAsking {
  const changed = ground === null ? "as-made" : gateTable[id][ground];
  return changed === "as-made" ? gateTable[id][means] : changed;
}
