import { createHash } from "node:crypto";
import { listReadingRefusals, ruleBookConfirmationInput } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { consumePresence, type PresenceMethod } from "../identity/step-up.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { listBound } from "./bound-people.ts";
import { endReadingTask } from "./reading-tasks.ts";
import { findInForce } from "./write-version.ts";

/** What a confirmation is bound to: the digest of the version's text in both languages, and who confirms. */
export function readingDigest(versionDigest: string, personId: string): string {
  return `sha256:${createHash("sha256").update(ruleBookConfirmationInput(versionDigest, personId)).digest("hex")}`;
}

/** What a proof of presence for a version has to be bound to. Throws `subject.not-found`. */
export async function getReadingDigest(env: Environment, personId: string, versionId: string): Promise<string> {
  const row = await env.db
    .selectFrom("rule_book_versions")
    .select("digest")
    .where("version_id", "=", versionId)
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  return readingDigest(row.digest, personId);
}

/** Confirms to have read the version in force, with a proof of presence that was checked and is used up here. */
export async function confirmReading(
  env: Environment,
  personId: string,
  input: { versionId: string; digest: string; presence: { stepUpId: string; method: PresenceMethod } },
): Promise<void> {
  const { versionId, digest, presence } = input;
  if (digest !== (await getReadingDigest(env, personId, versionId))) throw problems.changedMeanwhile();
  await transact(env.db, async (tx) => {
    const binding = { personId, act: "rule-book", subjectId: versionId, digest } as const;
    await consumePresence(tx, env, presence.stepUpId, binding);
    // Held, so that the same person confirms once.
    await tx.selectFrom("people").select("person_id").where("person_id", "=", personId).forUpdate().execute();
    const now = env.clock.now();
    const version = await findInForce(tx);
    const [own] = version ? await listBound(tx, version, now, personId) : [];
    const refusals = listReadingRefusals({
      inForce: version?.version_id === versionId,
      bound: own !== undefined,
      confirmed: own !== undefined && own.confirmedAt !== null,
    });
    if (refusals.length > 0 || !own || !version) throw refusedBy(refusals);
    const facts = { version: version.version, digest: version.digest };
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "RuleBookConfirmed", actorId: personId },
      facts: { ruleBook: versionId, ...facts, method: presence.method },
    });
    await tx
      .insertInto("rule_book_confirmations")
      .values({
        ...{ version_id: versionId, person_id: personId, digest, step_up_id: presence.stepUpId },
        ...{ method: presence.method, at: new Date(now), event_id: eventId },
      })
      .execute();
    await writeRegisterLine(tx, env, {
      ...{ register: "training", kind: "rule-book-confirmed", entityId: own.entityId, eventId, personIds: [personId] },
      facts: { person: personId, ...facts },
    });
    await endReadingTask(tx, env, versionId, personId);
  });
}
