import type { RouteAnswer } from "@chancery/api/client";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { type Comparison, readComparisons } from "../printed-copies/show-readings.ts";
import { readPeople } from "../requests/read-people.ts";
import { readDebts } from "./follow-stamping.ts";
import { readFourCounts } from "./four-counts.ts";
import type { GateView } from "./gate-facts.ts";
import { type HandImpressionRow, readHandImpressions, readStamping } from "./open-stamping.ts";
import { countStamping, listActions } from "./read-model.ts";

type Detail = RouteAnswer<"GET /v1/seal-use-requests/:requestId">;

/** How far the stamping of a request is, for its page; null before it was opened, and for what is sealed electronically. */
export async function showStamping(reader: Reader, view: GateView): Promise<Detail["stamping"]> {
  const stamping = await readStamping(reader, view.loaded.row.request_id);
  if (!stamping) return null;
  const person = await readPeople(reader, [stamping.opened_by, stamping.ended_by, stamping.looked_by]);
  const act = (by: string | null, at: Date | null) => at && { by: person(by), at: at.toISOString() };
  const { differences, ...four } = await readFourCounts(reader, view, stamping);
  const impressions = await readHandImpressions(reader, stamping.request_id);
  const comparisons = await readComparisons(reader, stamping.request_id);
  return {
    fourCounts: {
      ...four,
      differences: differences.map((one) => ({
        ...one,
        dueAt: one.dueAt === null ? null : new Date(one.dueAt).toISOString(),
      })),
    },
    counts: await countStamping(reader, view, impressions),
    bookedByCode: impressions.filter((one) => isElsewhere(one) && isOnItsSheet(one, comparisons.get(one.impressionId)))
      .length,
    ...{ debts: await readDebts(reader, stamping), supervised: stamping.supervised },
    ...{ byController: stamping.by_controller, docked: stamping.docked },
    opened: { by: person(stamping.opened_by), at: stamping.opened_at.toISOString() },
    ...{ ended: act(stamping.ended_by, stamping.ended_at), looked: act(stamping.looked_by, stamping.looked_at) },
  };
}

/** Whether it stands on another sheet than the one whose turn it was. */
const isElsewhere = (one: HandImpressionRow): boolean =>
  one.copy !== one.turn || one.documentId !== one.turnDocumentId || one.placement.page !== one.turnPage;
/** Whether its own photo shows the sheet it stands on. */
const isOnItsSheet = ({ copy, placement }: HandImpressionRow, found: Comparison | undefined): boolean =>
  found?.code?.here === true && found.code.copy === copy && found.code.page === placement.page + 1;

/** What this person may do with a request that is stamped by hand. */
export async function listHandActions(env: Environment, view: GateView, personId: string): Promise<Detail["actions"]> {
  const stamping = await readStamping(env.db, view.loaded.row.request_id);
  const impressions = await readHandImpressions(env.db, view.loaded.row.request_id);
  const debts = stamping ? await readDebts(env.db, stamping) : [];
  const actions = await listActions(env, view, stamping, { personId, debts, impressions });
  return [
    ...(actions.some((one) => one === "open" || one === "report" || one === "go-on" || one === "end")
      ? (["stamp"] as const)
      : []),
    ...(actions.includes("open-at-controller") ? (["stamp-with-controller"] as const) : []),
    // While it is open the supervisor confirms again when it goes on another day.
    ...(actions.includes("supervise") && stamping ? (["confirm"] as const) : []),
    ...(actions.includes("look") ? (["look-at-photos"] as const) : []),
    ...(actions.includes("rule") ? (["rule-impression"] as const) : []),
  ];
}
