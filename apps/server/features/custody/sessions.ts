import type { BringPurpose } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { readSettings } from "../settings/read-settings.ts";
import { endTasks } from "../tasks/open-task.ts";

/** Opens the time a piece may be out of its container, in a person's hand; one at a time for each piece. */
export async function openSession(
  tx: Tx,
  env: Environment,
  session: { bodyId: string; personId: string; reason: string; purpose?: BringPurpose; aboutId?: string | null },
): Promise<{ sessionId: string }> {
  const now = env.clock.now();
  const { outOfContainerMost } = await readSettings(tx, now);
  await closeSession(tx, env, session.bodyId);
  const sessionId = newId("ses", now);
  await tx
    .insertInto("custody_sessions")
    .values({
      session_id: sessionId,
      ...{ purpose: session.purpose ?? null, about_id: session.aboutId ?? null },
      body_id: session.bodyId,
      person_id: session.personId,
      reason: session.reason,
      opened_at: new Date(now),
      until_at: new Date(now + outOfContainerMost * 60_000),
    })
    .execute();
  return { sessionId };
}

/** Ends it: the piece is back, changed hands, or left the house by an approval. */
export async function closeSession(tx: Tx, env: Environment, bodyId: string): Promise<void> {
  await tx
    .updateTable("custody_sessions")
    .set({ closed_at: new Date(env.clock.now()) })
    .where("body_id", "=", bodyId)
    .where("closed_at", "is", null)
    .execute();
}

/** The alarm of a piece that is where it belongs again needs nobody any more; its finding stays for who checks. */
export async function endOutAlarm(tx: Tx, env: Environment, bodyId: string, actorId: string | null): Promise<void> {
  await endTasks(tx, env, { kind: "lock-away", subjectKey: bodyId }, { state: "done", actorId });
}
