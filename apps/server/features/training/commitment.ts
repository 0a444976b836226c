import { createHash } from "node:crypto";
import { commitmentDigestInput, commitmentVersion, refuse } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { consumePresence, type PresenceMethod } from "../identity/step-up.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { endFitnessTasks } from "./fitness-tasks.ts";
import { readHome } from "./take-course.ts";

/** What a signature of the letter is bound to: its text in both languages, its version and who signs. */
export function commitmentDigest(personId: string): string {
  return `sha256:${createHash("sha256").update(commitmentDigestInput(personId)).digest("hex")}`;
}

/** Signs the commitment letter as it stands, with a proof of presence that was checked and is used up here. */
export async function signCommitment(
  env: Environment,
  personId: string,
  input: { digest: string; presence: { stepUpId: string; method: PresenceMethod } },
): Promise<void> {
  const digest = commitmentDigest(personId);
  if (input.digest !== digest) throw problems.changedMeanwhile();
  await transact(env.db, async (tx) => {
    await consumePresence(tx, env, input.presence.stepUpId, {
      personId,
      act: "commitment",
      subjectId: personId,
      digest,
    });
    await tx
      .selectFrom("people")
      .select("person_id")
      .where("person_id", "=", personId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const before = await tx
      .selectFrom("commitments")
      .select("commitment_id")
      .where("person_id", "=", personId)
      .where("version", "=", commitmentVersion)
      .executeTakeFirst();
    if (before) throw refusedBy([refuse("commitment.signed-already", {}, "C12")]);
    const now = env.clock.now();
    const { eventId } = await recordEvent(tx, env, {
      type: "CommitmentGiven",
      actorId: personId,
      facts: { version: commitmentVersion, digest, method: input.presence.method },
    });
    await tx
      .insertInto("commitments")
      .values({
        ...{ commitment_id: newId("com", now), person_id: personId, version: commitmentVersion, digest },
        ...{ step_up_id: input.presence.stepUpId, method: input.presence.method, at: new Date(now) },
        event_id: eventId,
      })
      .execute();
    const { entityId } = await readHome(tx, personId);
    await writeRegisterLine(tx, env, {
      ...{ register: "training", kind: "committed", entityId, eventId, personIds: [personId] },
      facts: { person: personId, version: commitmentVersion, digest },
    });
    await endFitnessTasks(tx, env, personId);
  });
}
