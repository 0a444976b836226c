import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { endTasks, openTasks } from "../tasks/open-task.ts";
import { listBound } from "./bound-people.ts";
import { findInForce } from "./write-version.ts";

const kind = "read-rule-book";
const keyOf = (versionId: string, personId: string): string => `${versionId} ${personId}`;

/** Reminds everybody whom the version in force binds and who has not confirmed it, and nobody else any more. */
export async function openReadingTasks(tx: Tx, env: Environment): Promise<void> {
  const version = await findInForce(tx);
  if (!version) return;
  const bound = await listBound(tx, version, env.clock.now());
  const open = await tx
    .selectFrom("tasks")
    .select("subject_key")
    .where("kind", "=", kind)
    .where("state", "=", "open")
    .execute();
  const waiting = bound.filter((one) => one.confirmedAt === null);
  const wanted = new Set(waiting.map((one) => keyOf(version.version_id, one.personId)));
  const there = new Set(open.map((one) => one.subject_key));
  await endTasks(
    tx,
    env,
    { kind, subjectKey: [...there].filter((key) => !wanted.has(key)) },
    { state: "cancelled", actorId: null },
  );
  await openTasks(
    tx,
    env,
    waiting
      .filter((one) => !there.has(keyOf(version.version_id, one.personId)))
      .map(({ personId, entityId, confirmBy }) => ({
        ...{ kind, subjectKey: keyOf(version.version_id, personId), entityId, personId, assigneeId: personId },
        ...{ facts: { version: version.version }, dueAt: confirmBy.getTime(), actorId: null },
      })),
  );
}

export async function endReadingTask(tx: Tx, env: Environment, versionId: string, personId: string): Promise<void> {
  await endTasks(tx, env, { kind, subjectKey: keyOf(versionId, personId) }, { state: "done", actorId: personId });
}

/** A tick: who got a position since the last round is reminded too. */
export async function remindOfRuleBook(env: Environment): Promise<void> {
  if (!(await findInForce(env.db))) return;
  await transact(env.db, (tx) => openReadingTasks(tx, env));
}
