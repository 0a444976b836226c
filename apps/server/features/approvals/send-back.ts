import { decideSendingBack, listAskedAgain } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { refusedBy } from "../../platform/refusals.ts";
import type { LoadedRequest, LoadedStep } from "../requests/load-request.ts";
import { dueAt } from "../requests/steps.ts";
import { entitledNow, type RouteNow } from "./entitled.ts";

export interface SentBack {
  /** What kind of step it went back to. */
  readonly to: string;
  /** How many agreements were given and do not count any more. */
  readonly voided: number;
}

/**
 * Asks the steps from an earlier one on again, the one that was returned among them. What was agreed there stays in the
 * tables as void; each is a new step with the same group, so that as many people are needed as before.
 */
export async function sendBack(
  tx: Tx,
  env: Environment,
  { row, steps, allSteps }: LoadedRequest,
  route: RouteNow | null,
  from: LoadedStep,
  toId: string,
): Promise<SentBack> {
  const decided = decideSendingBack(steps, from.stepId, toId);
  if (!decided.ok) throw refusedBy(decided.refusals);
  const [{ stage, stepIds } = { stage: 0, stepIds: [] as readonly string[] }] = decided.events;
  const again = steps.filter((one) => stepIds.includes(one.stepId));
  await tx
    .updateTable("request_steps")
    .set({ state: "voided" })
    .where("step_id", "in", stepIds)
    .where("state", "in", ["waiting", "current", "approved"])
    .execute();
  const now = env.clock.now();
  let position = Math.max(...allSteps.filter((one) => one.round === row.round).map((one) => one.position));
  for (const step of again) {
    position += 1;
    const begins = step.stage === stage;
    const added = step.added ? { added: step.added } : {};
    const superiors = step.superiors.length > 0 ? { superiors: step.superiors } : {};
    await tx
      .insertInto("request_steps")
      .values({
        ...{ step_id: newId("step", now), request_id: row.request_id, round: row.round, position, kind: step.kind },
        state: begins ? "current" : "waiting",
        candidates: [...listAskedAgain(step.candidates, await entitledNow(tx, route, step))],
        rule: JSON.stringify({ reason: step.reason, row: step.groupId, ...added, ...superiors }),
        ...{ stage: step.stage, group_id: step.groupId, hours: step.hours, asking: step.asking + 1 },
        ...{ title_en: step.title?.en ?? null, title_zh: step.title?.zh ?? null },
        due_at: begins ? dueAt(step.hours, now) : null,
      })
      .execute();
  }
  const to = steps.find((one) => one.stepId === toId)?.kind ?? from.kind;
  return { to, voided: again.filter((one) => one.state === "approved").length };
}
