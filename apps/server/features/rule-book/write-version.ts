import { createHash } from "node:crypto";
import { StoredRuleBook } from "@chancery/api";
import {
  type Profile,
  type RuleBook,
  type RuleBookFacts,
  ruleBookDigestInput,
  SEAL_TYPES,
  writeRuleBook,
} from "@chancery/domain";
import { type Reader, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { readClassBook } from "../document-classes/class-rows.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readRulesInForce } from "../rules/read-rules.ts";
import { isOwnKind, readTypeRules, readTypeVersions } from "../seals/seal-types.ts";
import { readSettings } from "../settings/read-settings.ts";

export interface BookInBoth {
  readonly en: RuleBook;
  readonly zh: RuleBook;
}

async function readFacts(reader: Reader, now: number): Promise<RuleBookFacts> {
  const installation = await reader
    .selectFrom("installation")
    .select(["profile", "name_en", "name_zh"])
    .executeTakeFirstOrThrow();
  const entities = await reader
    .selectFrom("entities")
    .select(["name_en", "name_zh", "time_zone", "weekend"])
    .orderBy("created_at")
    .orderBy("entity_id")
    .execute();
  return {
    organisation: { en: installation.name_en ?? "", zh: installation.name_zh ?? "" },
    profile: installation.profile as Profile,
    settings: await readSettings(reader, now),
    rules: (await readRulesInForce(reader)).rules,
    classes: await readClassBook(reader),
    kindNames: Object.fromEntries(
      (await readTypeVersions(reader)).filter(isOwnKind).map(({ kindId, name }) => [kindId, name]),
    ),
    entities: entities.map((row) => ({
      ...{ name: { en: row.name_en, zh: row.name_zh }, timeZone: row.time_zone, weekend: row.weekend },
    })),
    sealTypes: await readTypeRules(reader, SEAL_TYPES),
  };
}

export function digestBook(book: BookInBoth): string {
  return `sha256:${createHash("sha256").update(ruleBookDigestInput(book)).digest("hex")}`;
}

/** The rule book as the settings of now say it; nothing is kept. */
export async function writeBookOfNow(reader: Reader, now: number): Promise<{ text: BookInBoth; digest: string }> {
  const facts = await readFacts(reader, now);
  const text = { en: writeRuleBook(facts, "en"), zh: writeRuleBook(facts, "zh") };
  return { text, digest: digestBook(text) };
}

export async function readVersions(reader: Reader) {
  const rows = await reader.selectFrom("rule_book_versions").selectAll().orderBy("version", "desc").execute();
  return rows.map((row) => ({ ...row, text: StoredRuleBook.parse(row.text) }));
}
export type VersionRow = Awaited<ReturnType<typeof readVersions>>[number];

/** The newest version that took force. */
export async function findInForce(reader: Reader) {
  return reader
    .selectFrom("rule_book_versions")
    .select(["version_id", "version", "digest", "confirm_by", "published_at", "in_force_on"])
    .where("published_at", "is not", null)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
}

/**
 * Writes a version from the settings of now. Where the newest version is a draft that says the same already, it is that
 * one: who asks twice makes no second.
 */
export async function writeVersion(env: Environment, actorId: string): Promise<string> {
  return transact(env.db, async (tx) => {
    // Of two who write at once the second one waits, and is answered the first one's version.
    await tx.selectFrom("installation").select("state").forUpdate().executeTakeFirstOrThrow();
    const now = env.clock.now();
    const { text, digest } = await writeBookOfNow(tx, now);
    const newest = await tx
      .selectFrom("rule_book_versions")
      .select(["version_id", "version", "digest", "published_at"])
      .orderBy("version", "desc")
      .limit(1)
      .executeTakeFirst();
    if (newest && newest.digest === digest && newest.published_at === null) return newest.version_id;
    const version = (newest?.version ?? 0) + 1;
    const versionId = newId("rbk", now);
    const { eventId } = await recordEvent(tx, env, {
      type: "RuleBookDrafted",
      actorId,
      facts: { ruleBook: versionId, version, digest },
    });
    await tx
      .insertInto("rule_book_versions")
      .values({
        ...{ version_id: versionId, version, text: JSON.stringify(text), digest, written_by: actorId },
        ...{ written_at: new Date(now), event_id: eventId },
      })
      .execute();
    return versionId;
  });
}
