import { createHash } from "node:crypto";
import { type Profile, type RuleSet, STARTER_SETS, type StarterSetId, starterRules } from "@chancery/domain";
import { encodeCanonicalJson } from "@chancery/ledger";
import { jsonArrayFrom } from "kysely/helpers/postgres";
import type { Reader } from "../../platform/db.ts";
import type { SettingRow } from "../settings/read-settings.ts";

export interface RulesInForce {
  /** A version of the organisation's own, or the starter set it began with. */
  readonly versionId: string;
  readonly number: number;
  readonly rules: RuleSet;
  /** What the organisation set besides; which of it holds depends on the day. */
  readonly settings: readonly SettingRow[];
}

/** What tells which rules hold now, to be read by itself or in one statement with what else is read there. */
export const rulesInForceRow = (reader: Reader) =>
  reader
    .selectFrom("installation as i")
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom("rule_versions")
          .select(["version_id", "number", "rules"])
          .where("in_force_at", "is not", null)
          .orderBy("number", "desc")
          .limit(1)
          .as("v"),
      (join) => join.onTrue(),
    )
    .select(["i.starter_set", "i.profile", "v.version_id", "v.number", "v.rules"])
    .select((eb) => jsonArrayFrom(eb.selectFrom("settings").select(["key", "value", "ends_on"])).as("settings"));

/** The rules of use as they hold now: the newest version in force, else the starter set of the organisation. */
export async function readRulesInForce(reader: Reader): Promise<RulesInForce> {
  return toRulesInForce(await rulesInForceRow(reader).executeTakeFirstOrThrow());
}

export function toRulesInForce(
  row: Awaited<ReturnType<ReturnType<typeof rulesInForceRow>["executeTakeFirstOrThrow"]>>,
): RulesInForce {
  const { settings } = row;
  if (row.version_id !== null)
    return { versionId: row.version_id, number: row.number ?? 0, rules: row.rules as unknown as RuleSet, settings };
  const id = findStarterSet(row);
  return { versionId: id, number: 0, rules: starterRules(id), settings };
}

/** The starter set an organisation chose when it was set up; one that never chose has the one of its profile. */
export async function readStarterSet(reader: Reader): Promise<StarterSetId> {
  return findStarterSet(
    await reader.selectFrom("installation").select(["starter_set", "profile"]).executeTakeFirstOrThrow(),
  );
}

function findStarterSet({
  starter_set: chosen,
  profile,
}: {
  readonly starter_set: string | null;
  readonly profile: string | null;
}): StarterSetId {
  const known = STARTER_SETS.find((id) => id === chosen);
  return known ?? ((profile as Profile) === "small" ? "small-company" : "group");
}

/** The entity that was there first: its people keep the rules that bind the whole organisation. */
export async function readHeadEntity(reader: Reader): Promise<{ entityId: string; code: string }> {
  const row = await reader
    .selectFrom("entities")
    .select(["entity_id", "code"])
    .orderBy("created_at")
    .orderBy("entity_id")
    .limit(1)
    .executeTakeFirstOrThrow();
  return { entityId: row.entity_id, code: row.code };
}

/** What is decided when rules are decided on: the tables as they are. */
export function digestRules(rules: RuleSet): string {
  const canonical = encodeCanonicalJson(JSON.parse(JSON.stringify(rules)));
  if (!canonical.ok) throw new Error(`rules have no canonical form: ${canonical.code}`);
  return `sha256:${createHash("sha256").update("chancery rules v1\n").update(canonical.value).digest("hex")}`;
}
