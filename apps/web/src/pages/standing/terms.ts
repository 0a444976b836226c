import type { MatterData } from "../matters/matter-forms.ts";
import type { Standing } from "./queries.ts";

/** How a standing authorisation stands: its days may still run when nothing more can be sealed under it. */
export function stateOf(
  standing: Pick<Standing, "ended" | "used" | "count" | "inForce">,
): "ended" | "usedUp" | "inForce" | "over" {
  if (standing.ended) return "ended";
  if (standing.used >= standing.count) return "usedUp";
  return standing.inForce ? "inForce" : "over";
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const count = (value: unknown, usual: number): number => (typeof value === "number" ? value : usual);

/** The terms of a standing authorisation as a matter keeps them, whatever of them is there yet. */
export function readTerms(data: MatterData) {
  const kinds: unknown = data.counterpartyKinds;
  return {
    templateId: text(data.templateId),
    counterpartyKinds: Array.isArray(kinds) ? kinds.filter((one): one is string => typeof one === "string") : [],
    limit: count(data.limit, 0),
    currency: text(data.currency) || "CNY",
    count: count(data.count, 20),
    from: text(data.from),
    to: text(data.to),
  };
}
