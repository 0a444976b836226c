import {
  ATTACHMENT_KINDS,
  attachmentNames,
  type ClassBook,
  type ClassNames,
  checkRuleSet,
  classNames,
  compareRules,
  describeFault,
  describeMoney,
  describeRateWeakening,
  describeRows,
  describeTableWeakening,
  describeWeakening,
  type FactId,
  factDefinitions,
  isBlocking,
  type LocalName,
  listRateWeakenings,
  listTableWeakenings,
  listWeakenings,
  matterDefinition,
  ownClassIds,
  type RuleSet,
  type RuleSetFault,
  STARTER_SETS,
  starterRules,
  starterSetNames,
  type TABLE_IDS,
  tableFacts,
} from "@chancery/domain";
import { sql } from "kysely";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { readClassBook } from "../document-classes/class-rows.ts";
import { readMattersOfVersions, seesMatterOfVersion } from "../matters/about-version.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { readPeople } from "../requests/read-people.ts";
import { listNamed } from "./named-people.ts";
import { digestRules, readHeadEntity, readRulesInForce, readStarterSet } from "./read-rules.ts";

type Answer = HandlerAnswer<"GET /v1/rules">;
type VersionView = Answer["versions"][number];
type Detail = HandlerAnswer<"GET /v1/rules/versions/:versionId">;

export interface RulesReader {
  readonly personId: string;
  readonly mayWrite: boolean;
}

async function readRows(reader: Reader) {
  const rows = await reader
    .selectFrom("rule_versions")
    .selectAll()
    .orderBy(sql`number desc nulls first`)
    .orderBy("updated_at", "desc")
    .execute();
  return rows.map((row) => ({ ...row, rules: row.rules as unknown as RuleSet }));
}
type Row = Awaited<ReturnType<typeof readRows>>[number];

async function showVersions(
  env: Environment,
  rows: readonly Row[],
  inForceId: string,
  replacedAt: ReplacedAt,
): Promise<VersionView[]> {
  const ownClasses = ownClassIds(await readClassBook(env.db));
  const person = await readPeople(
    env.db,
    rows.map((row) => row.written_by),
  );
  const matterOf = await readMattersOfVersions(env.db, "change-rules", rows);
  return rows.map((row): VersionView => {
    return {
      ...{ versionId: row.version_id as VersionView["versionId"], number: row.number, note: row.note },
      state: row.number === null ? "draft" : row.version_id === inForceId ? "in-force" : "replaced",
      ...{ writtenBy: person(row.written_by), updatedAt: row.updated_at.toISOString() },
      inForceAt: row.in_force_at?.toISOString() ?? null,
      replacedAt: row.number === null ? null : replacedAt(row.number),
      faults: row.number === null ? checkRuleSet(row.rules, ownClasses).filter(isBlocking).length : null,
      outdated: row.number === null && row.based_on !== inForceId,
      matter: matterOf(row.version_id),
    };
  });
}

/** When the version after this one took force; the starter set, which has number 0, was before all others. */
const replacing =
  (rows: readonly Row[]) =>
  (number: number): string | null => {
    const later = rows.flatMap((row) => (row.in_force_at && (row.number ?? 0) > number ? [row.in_force_at] : []));
    return later.length === 0 ? null : new Date(Math.min(...later.map((at) => at.getTime()))).toISOString();
  };
type ReplacedAt = ReturnType<typeof replacing>;

/**
 * A starter set, shown as the version that every organisation begins with. One that the organisation did not begin with
 * was never in force, so nothing took its place.
 */
function showStarter(
  id: (typeof STARTER_SETS)[number],
  inForceId: string,
  { own, replacedAt }: { own: (typeof STARTER_SETS)[number]; replacedAt: ReplacedAt },
): VersionView {
  return {
    ...{ versionId: id, number: 0, state: id === inForceId ? "in-force" : "starter", note: starterSetNames[id].en },
    ...{ writtenBy: null, updatedAt: null, inForceAt: null, matter: null, faults: null, outdated: false },
    replacedAt: id === own ? replacedAt(0) : null,
  };
}

/** Rows beside which a fault stands: what passes by a row is told of that row, and not of all that answer in its place. */
function listToldRows(fault: RuleSetFault): string[] {
  if (fault.kind === "unstated-passes") return fault.rowIds.slice(0, 1);
  if (fault.kind === "overlap") return [...fault.rowIds];
  return "rowId" in fault ? [fault.rowId] : [];
}

function showFault(fault: RuleSetFault, names: ClassNames): Detail["faults"][number] {
  const { table, kind } = fault;
  return {
    ...{ table, kind, blocking: isBlocking(fault), sentence: describeFault(fault, names) },
    rowIds: listToldRows(fault),
    region: "region" in fault ? (structuredClone(fault.region) as Detail["faults"][number]["region"]) : null,
  };
}

/** What there is to read of tables: their rows as sentences, what is wrong, and in what they differ from others. */
export function readTables(
  rules: RuleSet,
  before: RuleSet,
  book: ClassBook,
): Pick<Detail, "sentences" | "faults" | "warnings" | "money" | "changes"> {
  const names = classNames(book);
  return {
    sentences: {
      ...{ scope: describeRows(rules, "scope", names), route: describeRows(rules, "route", names) },
      limits: describeRows(rules, "limits", names),
    },
    faults: checkRuleSet(rules, ownClassIds(book)).map((fault) => showFault(fault, names)),
    warnings: [
      ...listTableWeakenings(before, rules, ownClassIds(book)).map((one) => ({
        ...{ kind: one.kind, sentence: { ...describeTableWeakening(one, names) } },
      })),
      ...listWeakenings(before, rules, ownClassIds(book)).map((one) => ({
        ...{ kind: one.kind, sentence: { ...describeWeakening(one, names) } },
      })),
      ...listRateWeakenings(before, rules).map((one) => ({
        ...{ kind: one.kind, sentence: { ...describeRateWeakening(one) } },
      })),
    ],
    money: { ...describeMoney(rules) },
    changes: compareRules(before, rules, names).map((change) => ({ ...change })),
  };
}

async function showDetail(
  env: Environment,
  version: VersionView,
  { rules, revision }: { rules: RuleSet; revision: number },
  before: RuleSet,
): Promise<Detail> {
  const named = listNamed(rules);
  const person = await readPeople(env.db, named);
  return {
    ...{ version, revision, digest: digestRules(rules), rules: structuredClone(rules) as Detail["rules"] },
    ...readTables(rules, before, await readClassBook(env.db)),
    people: named.flatMap((id) => person(id) ?? []),
  };
}

/** One version, for whoever may read it: what is or was in force by everybody, a draft by who writes it or decides on it. */
export async function readVersion(env: Environment, versionId: string, reader: RulesReader): Promise<Detail> {
  const { versionId: inForceId, rules: inForce } = await readRulesInForce(env.db);
  const rows = await readRows(env.db);
  const replacedAt = replacing(rows);
  const starter = STARTER_SETS.find((id) => id === versionId);
  if (starter)
    return showDetail(
      env,
      showStarter(starter, inForceId, { own: await readStarterSet(env.db), replacedAt }),
      { rules: starterRules(starter), revision: 0 },
      inForce,
    );
  const row = rows.find((one) => one.version_id === versionId);
  if (!row || !(await mayRead(env, row, reader))) throw problems.notFound();
  const [version] = await showVersions(env, [row], inForceId, replacedAt);
  if (!version) throw problems.notFound();
  const replaced = row.in_force_at === null ? inForce : findRules(rows, row.based_on);
  return showDetail(env, version, row, replaced ?? inForce);
}

function findRules(rows: readonly Row[], versionId: string): RuleSet | undefined {
  const starter = STARTER_SETS.find((id) => id === versionId);
  return starter ? starterRules(starter) : rows.find((row) => row.version_id === versionId)?.rules;
}

async function mayRead(env: Environment, row: Row, { personId, mayWrite }: RulesReader): Promise<boolean> {
  if (mayWrite || row.in_force_at !== null) return true;
  return seesMatterOfVersion(env, "change-rules", row.version_id, personId);
}

/** What the page of rules shows. */
export async function readRules(env: Environment, reader: RulesReader): Promise<Answer> {
  const { versionId: inForceId, rules } = await readRulesInForce(env.db);
  const rows = await readRows(env.db);
  const shown = reader.mayWrite ? rows : rows.filter((row) => row.in_force_at !== null);
  const own = await showVersions(env, shown, inForceId, replacing(rows));
  const starterSet = await readStarterSet(env.db);
  const starter = showStarter(starterSet, inForceId, { own: starterSet, replacedAt: replacing(rows) });
  const versions = [...own, starter];
  const current = versions.find((one) => one.versionId === inForceId) ?? starter;
  const grants = await readGrantsInForce(env.db, env.clock.now(), { personId: reader.personId });
  const { askedBy } = matterDefinition("change-rules");
  const asking = grants.filter((grant) => askedBy.includes(grant.role)).map((grant) => grant.entityId);
  const entities = await env.db
    .selectFrom("entities")
    .select(["entity_id", "name_en", "name_zh", "code"])
    .where("entity_id", "in", ["", ...asking])
    .where("entity_id", "=", (await readHeadEntity(env.db)).entityId)
    .orderBy("created_at")
    .execute();
  const book = await readClassBook(env.db);
  // An own class that is retired stands in rules as long as they name it, and is chosen into none.
  const valuesOf = (fact: FactId): [string, LocalName][] =>
    fact === "documentClass"
      ? [...book.values()].flatMap(({ classId, name, retired }) => (retired ? [] : [[classId, name]]))
      : Object.entries(factDefinitions[fact].values);
  const columnsOf = (table: (typeof TABLE_IDS)[number]): Answer["columns"][typeof table] =>
    tableFacts[table].map((fact) => {
      const { name, kind, optional } = factDefinitions[fact];
      return {
        ...{ fact, name: { ...name }, kind, optional },
        values: valuesOf(fact).map(([value, called]) => ({ value, name: { ...called } })),
      };
    });
  return {
    inForce: await showDetail(env, current, { rules, revision: 0 }, rules),
    versions,
    columns: { scope: columnsOf("scope"), route: columnsOf("route"), limits: columnsOf("limits") },
    attachments: ATTACHMENT_KINDS.map((kind) => ({ kind, name: { ...attachmentNames[kind] } })),
    starterSets: STARTER_SETS.map((id) => ({ id, name: { ...starterSetNames[id] } })),
    mayWrite: reader.mayWrite,
    mayAskIn: entities.map((row) => ({
      ...{ entityId: row.entity_id, name: { en: row.name_en, zh: row.name_zh }, code: row.code },
    })),
  };
}
