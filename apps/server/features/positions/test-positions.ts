import type { Environment } from "../../platform/environment.ts";
import { presentInTest } from "../../platform/test-walk.ts";
import { issueConfirmed } from "../seals/issue-confirmed.ts";
import { confirmPositions, positionDigest, readUnconfirmed } from "./confirm.ts";

/** Everybody who was given a position, or these people, confirm what waits for them, present. Used by tests. */
export async function confirmPositionsInTest(env: Environment, ...people: string[]): Promise<void> {
  const rows = await env.db
    .selectFrom("held_roles")
    .select("person_id")
    .distinct()
    .where("state", "=", "given")
    .where("confirmed", "=", false)
    .where("delegated_by", "is", null)
    .execute();
  for (const { person_id: personId } of rows) {
    if (people.length > 0 && !people.includes(personId)) continue;
    const waiting = await readUnconfirmed(env.db, personId);
    const digest = positionDigest(personId, waiting);
    const stepUpId = await presentInTest(env, personId, "position", personId, digest);
    await confirmPositions(env, personId, {
      ...{ grantIds: waiting.map((one) => one.grantId), digest },
      presence: { stepUpId, method: "password" },
    });
  }
  await issueConfirmed(env);
}
