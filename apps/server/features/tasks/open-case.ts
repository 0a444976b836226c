import { addPeriod, describe, findCaseHindrance, joinHalves, type MessageCode } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { type FindingToOpen, openFinding } from "./open-finding.ts";
import { endTasks, openTask } from "./open-task.ts";

/** The task by which whoever has to explains a finding; its word is the case's reason. */
const kind = "explain-finding";

/**
 * Opens a finding that somebody explains before others close it: that one gets a working day to say what happened. Answers
 * null where the same one is open already.
 */
export async function openCase(
  tx: Tx,
  env: Environment,
  finding: FindingToOpen & { readonly explainerId: string },
): Promise<{ findingId: string } | null> {
  const opened = await openFinding(tx, env, finding);
  if (opened === null) return null;
  const place = await readPlaceInTime(tx, finding.entityId ?? "");
  const { sentence } = describe(`finding.${finding.source}` as MessageCode, finding.facts ?? {});
  await openTask(tx, env, {
    ...{ kind, subjectKey: opened.findingId, entityId: finding.entityId ?? null, sealId: finding.sealId ?? null },
    ...{ assigneeId: finding.explainerId, actorId: null, facts: { what: joinHalves(sentence) } },
    dueAt: addPeriod(env.clock.now(), { unit: "working-days", count: 1 }, place),
  });
  return opened;
}

/** Who explains each of these findings, and what he said; a finding that nobody has to explain is not among them. */
export async function readExplanations(reader: Reader, findingIds: readonly string[]) {
  const rows = await reader
    .selectFrom("tasks")
    .select(["subject_key", "state", "assignee_id", "ended_by", "note", "due_at"])
    .where("kind", "=", kind)
    .where("subject_key", "in", ["", ...findingIds])
    .execute();
  return new Map(rows.map((row) => [row.subject_key, row]));
}
type Explanation = Awaited<ReturnType<typeof readExplanations>> extends Map<string, infer E> ? E : never;

/** Why this person does not close the finding now. */
export const hindranceOf = (explanation: Explanation | undefined, actorId: string, now: number) =>
  findCaseHindrance({
    ...{ actorId, now },
    explains: explanation
      ? {
          ...{ explainerId: explanation.assignee_id, explainedBy: explanation.ended_by },
          ...{ explained: explanation.state === "done", dueAt: explanation.due_at?.getTime() ?? null },
        }
      : null,
  });

/** Whoever let his time pass is asked no more once the case is closed. */
export const endExplanation = (tx: Tx, env: Environment, findingId: string, actorId: string) =>
  endTasks(tx, env, { kind, subjectKey: findingId }, { state: "cancelled", actorId });
