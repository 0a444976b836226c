import { isLiveSeal, type SealState } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { endTasks } from "../tasks/open-task.ts";

/** What asks a recipient of an issue notice to say that he has it. */
export const issueReceipt = "issue-receipt";

/** Nobody has to say any more that he knows of the issue of a seal that is out of use for good. */
export async function endIssueReceipts(
  tx: Tx,
  env: Environment,
  sealIds: readonly string[],
  by: { readonly actorId: string | null },
): Promise<void> {
  const open = await tx
    .selectFrom("tasks as t")
    .innerJoin("seals as s", "s.seal_id", "t.seal_id")
    .select(["t.subject_key", "s.state"])
    .where("t.kind", "=", issueReceipt)
    .where("t.state", "=", "open")
    .where("t.seal_id", "in", ["", ...sealIds])
    .orderBy("t.task_id")
    .execute();
  const subjectKey = open.filter((row) => !isLiveSeal(row.state as SealState)).map((row) => row.subject_key);
  await endTasks(tx, env, { kind: issueReceipt, subjectKey }, { state: "cancelled", actorId: by.actorId });
}
