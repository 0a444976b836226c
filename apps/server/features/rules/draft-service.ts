import { RuleSetShape } from "@chancery/api";
import { ownClassIds, type RuleSet, readModels, refuse, STARTER_SETS, starterRules } from "@chancery/domain";
import { cleanTexts } from "../../platform/clean-input.ts";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { readClassBook } from "../document-classes/class-rows.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { digestRules, readRulesInForce } from "./read-rules.ts";

/** The tables of a version, or of a starter set. Throws `subject.not-found`. */
async function readRulesOf(tx: Tx, versionId: string): Promise<RuleSet> {
  const starter = STARTER_SETS.find((id) => id === versionId);
  if (starter) return starterRules(starter);
  const row = await tx
    .selectFrom("rule_versions")
    .select("rules")
    .where("version_id", "=", versionId)
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  return row.rules as unknown as RuleSet;
}

async function writeDraft(tx: Tx, env: Environment, actorId: string, said: RuleSet, note: string): Promise<string> {
  const rules = cleanTexts(said);
  const now = env.clock.now();
  const versionId = newId("rul", now);
  const basedOn = (await readRulesInForce(tx)).versionId;
  await tx
    .insertInto("rule_versions")
    .values({
      ...{
        version_id: versionId,
        rules: JSON.stringify(rules),
        digest: digestRules(rules),
        note: cleanTexts(note),
        based_on: basedOn,
      },
      ...{ written_by: actorId, written_at: new Date(now), updated_at: new Date(now), revision: 1, number: null },
    })
    .execute();
  await recordEvent(tx, env, {
    ...{ type: "RulesDrafted", actorId },
    facts: { rules: versionId, basedOn, digest: digestRules(rules) },
  });
  return versionId;
}

/** Begins a draft from a version or a starter set; what it will replace are the rules in force now. */
export async function beginDraft(
  env: Environment,
  actorId: string,
  { from, note }: { from: string; note: string },
): Promise<string> {
  return transact(env.db, async (tx) => writeDraft(tx, env, actorId, await readRulesOf(tx, from), note));
}

/** A file of decision models as it is exported: the three models beside the currency of their amounts. */
export function writeFile(rules: RuleSet, models: unknown): string {
  return JSON.stringify({ format: "chancery rules 1", currency: rules.currency, rates: rules.rates, models }, null, 2);
}

/** Begins a draft from such a file. Whatever it holds, only tables that the schema takes come of it. */
export async function importDraft(
  env: Environment,
  actorId: string,
  { text, note }: { text: string; note: string },
): Promise<string> {
  const rules = readFile(text, ownClassIds(await readClassBook(env.db)));
  return transact(env.db, async (tx) => writeDraft(tx, env, actorId, rules, note));
}

function readFile(text: string, own: readonly string[]): RuleSet {
  const unreadable = (place: string) => refusedBy([refuse("rules.unreadable", { place })]);
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    throw refusedBy([refuse("rules.not-json", {})]);
  }
  if (typeof file !== "object" || file === null) throw refusedBy([refuse("rules.not-json", {})]);
  const known = ["format", "currency", "rates", "models"];
  const other = Object.keys(file).find((key) => !known.includes(key));
  if (other !== undefined) throw unreadable(other.slice(0, 60));
  const models: unknown = Reflect.get(file, "models");
  const of = (table: string): unknown =>
    typeof models === "object" && models !== null ? Reflect.get(models, table) : null;
  const read = readModels({ scope: of("scope"), route: of("route"), limits: of("limits") }, own);
  if (!read.ok) throw refusedBy([read.refusal]);
  const said = {
    ...{ currency: Reflect.get(file, "currency") as unknown, rates: Reflect.get(file, "rates") as unknown },
    ...read.tables,
  };
  const parsed = RuleSetShape.safeParse(said);
  // A half of a character that only two halves make can be kept nowhere.
  if (/\\ud[89a-f]/iu.test(JSON.stringify(parsed.data ?? null))) throw unreadable("text");
  if (!parsed.success) throw unreadable(parsed.error.issues[0]?.path.join(" ") ?? "tables");
  const dropped = findDropped(said, parsed.data);
  if (dropped !== null) throw unreadable(dropped);
  return parsed.data as RuleSet;
}

/** Where the file says something that the schema passed over, so that it would have no effect. */
function findDropped(before: unknown, after: unknown): string | null {
  if (typeof before !== "object" || before === null) return null;
  for (const [key, value] of Object.entries(before)) {
    const isKept = typeof after === "object" && after !== null && Object.hasOwn(after, key);
    const inside = isKept ? findDropped(value, Reflect.get(after, key)) : "";
    if (inside !== null) return inside === "" ? key.slice(0, 60) : `${key} ${inside}`.slice(0, 120);
  }
  return null;
}

/**
 * A draft held until the transaction ends. It is its writer's alone: whoever would say something else begins a draft from
 * it. What is under decision or was approved for a later day stays as it was proposed. Throws `subject.not-found`.
 */
async function holdDraft(tx: Tx, actorId: string, versionId: string) {
  const row = await tx
    .selectFrom("rule_versions")
    .select(["revision", "in_force_at", "digest", "written_by"])
    .where("version_id", "=", versionId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  if (row.in_force_at !== null) throw refusedBy([refuse("rules.gone", {})]);
  if (row.written_by !== actorId) throw refusedBy([refuse("rules.not-your-draft", {}, "C11")]);
  const asked = await tx
    .selectFrom("matters")
    .select("matter_id")
    .where("kind", "=", "change-rules")
    .where("state", "in", ["in-review", "approved"])
    .where((eb) => eb(eb.ref("data", "->>").key("versionId" as never), "=", versionId))
    .executeTakeFirst();
  if (asked) throw refusedBy([refuse("rules.proposed", {})]);
  return row;
}

/** Saves a draft. What another window saved meanwhile is never overwritten unseen. */
export async function saveDraft(
  env: Environment,
  actorId: string,
  versionId: string,
  said: { revision: number; rules: RuleSet; note: string },
): Promise<void> {
  const { revision, rules, note } = cleanTexts(said);
  await transact(env.db, async (tx) => {
    const row = await holdDraft(tx, actorId, versionId);
    if (row.revision !== revision) throw problems.changedMeanwhile();
    const digest = digestRules(rules);
    await tx
      .updateTable("rule_versions")
      .set({
        ...{ rules: JSON.stringify(rules), digest, note, revision: revision + 1 },
        updated_at: new Date(env.clock.now()),
      })
      .where("version_id", "=", versionId)
      .execute();
    if (digest !== row.digest)
      await recordEvent(tx, env, { type: "RulesDraftSaved", actorId, facts: { rules: versionId, digest } });
  });
}

/** Discards a draft; nothing was ever decided by it. */
export async function discardDraft(env: Environment, actorId: string, versionId: string): Promise<void> {
  await transact(env.db, async (tx) => {
    await holdDraft(tx, actorId, versionId);
    await tx.deleteFrom("rule_versions").where("version_id", "=", versionId).execute();
    await recordEvent(tx, env, { type: "RulesDraftDiscarded", actorId, facts: { rules: versionId } });
  });
}
