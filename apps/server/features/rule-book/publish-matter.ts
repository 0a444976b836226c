import { addPeriod, listPublishRefusals } from "@chancery/domain";
import { z } from "zod";
import { recordEvent } from "../ledger/record-event.ts";
import { type MatterHandler, matterHandler } from "../matters/matter-handler.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import { openReadingTasks } from "./reading-tasks.ts";
import { findInForce, writeBookOfNow } from "./write-version.ts";

const PublishData = z.object({
  versionId: z.string().regex(/^rbk_[0-9a-f-]{36}$/),
  /** What is decided is this very text. */
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
});

/** A version of the rule book takes force: on its day it replaces the one before, and everybody it binds is asked to read it. */
export const publishRuleBook: MatterHandler = matterHandler<z.output<typeof PublishData>>({
  data: PublishData,
  subjects: () => ["rule-book"],
  check: async (tx, env, { row, data }) => {
    // Held, so that of two versions that take force at once the second one sees the first.
    await tx.selectFrom("installation").select("state").forUpdate().executeTakeFirstOrThrow();
    const wanted = await tx
      .selectFrom("rule_book_versions")
      .select(["version", "digest"])
      .where("version_id", "=", data.versionId)
      .executeTakeFirst();
    const inForce = await findInForce(tx);
    const { timeZone } = await readPlaceInTime(tx, row.entity_id);
    const today = dayIn(timeZone, env.clock.now());
    return listPublishRefusals({
      ...{ version: wanted?.version ?? null, digest: wanted?.digest ?? "", digestAsked: data.digest },
      digestNow: (await writeBookOfNow(tx, env.clock.now())).digest,
      published: inForce
        ? {
            ...{ version: inForce.version, digest: inForce.digest, inForceOn: inForce.in_force_on ?? today },
          }
        : null,
      ...{ effectiveOn: row.effective_on ?? today, today },
      approved: row.state === "approved",
    });
  },
  carryOut: async (tx, env, { row, data }, actor) => {
    const now = env.clock.now();
    const place = await readPlaceInTime(tx, row.entity_id);
    const { ruleBookConfirmWithin: count } = await readSettings(tx, now);
    const version = await tx
      .updateTable("rule_book_versions")
      .set({
        ...{ matter_id: row.matter_id, in_force_on: row.effective_on ?? dayIn(place.timeZone, now) },
        ...{
          published_at: new Date(now),
          confirm_by: new Date(addPeriod(now, { unit: "working-days", count }, place)),
        },
      })
      .where("version_id", "=", data.versionId)
      .returning("version")
      .executeTakeFirstOrThrow();
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "RuleBookPublished", actorId: actor.personId, matterId: row.matter_id },
      facts: { ruleBook: data.versionId, version: version.version, digest: data.digest },
    });
    await writeRegisterLine(tx, env, {
      ...{ register: "training", kind: "rule-book", entityId: row.entity_id, eventId, matterId: row.matter_id },
      personIds: [row.asked_by, ...(actor.personId === null ? [] : [actor.personId])],
      facts: { version: version.version, digest: data.digest, by: actor.personId, number: row.number },
    });
    await openReadingTasks(tx, env);
  },
});
