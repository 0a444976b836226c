import {
  ATTACHMENT_KINDS,
  attachmentNames,
  checkRuleSet,
  compareRules,
  describeFault,
  describeMoney,
  describeRows,
  factDefinitions,
  isBlocking,
  type MatterState,
  matterDefinition,
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
import { seesMatter } from "../matters/may-see.ts";
import { getMatter } from "../matters/store.ts";
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

async function showVersions(env: Environment, rows: readonly Row[], inForceId: string): Promise<VersionView[]> {
  const person = await readPeople(
    env.db,
    rows.map((row) => row.written_by),
  );
  const matters =
    rows.length === 0
      ? []
      : await env.db
          .selectFrom("matters")
          .select(["matter_id", "number", "state", "data"])
          .where("kind", "=", "change-rules")
          .where("state", "<>", "cancelled")
          .orderBy("created_at", "desc")
          .execute();
  return rows.map((row): VersionView => {
    const matter =
      matters.find((one) => one.matter_id === row.matter_id) ??
      matters.find((one) => one.data.versionId === row.version_id);
    return {
      ...{ versionId: row.version_id as VersionView["versionId"], number: row.number, note: row.note },
      state: row.number === null ? "draft" : row.version_id === inForceId ? "in-force" : "replaced",
      ...{ writtenBy: person(row.written_by), updatedAt: row.updated_at.toISOString() },
      inForceAt: row.in_force_at?.toISOString() ?? null,
      faults: row.number === null ? checkRuleSet(row.rules).filter(isBlocking).length : null,
      outdated: row.number === null && row.based_on !== inForceId,
      matter: matter ? { matterId: matter.matter_id, number: matter.number, state: matter.state as MatterState } : null,
    };
  });
}

/** A starter set, shown as the version that every organisation begins with. */
function showStarter(id: (typeof STARTER_SETS)[number], inForceId: string): VersionView {
  return {
    ...{ versionId: id, number: 0, state: id === inForceId ? "in-force" : "starter", note: starterSetNames[id].en },
    ...{ writtenBy: null, updatedAt: null, inForceAt: null, matter: null, faults: null, outdated: false },
  };
}

function showFault(fault: RuleSetFault): Detail["faults"][number] {
  const { table, kind } = fault;
  return {
    ...{ table, kind, blocking: isBlocking(fault), sentence: describeFault(fault) },
    rowIds: fault.kind === "overlap" ? [...fault.rowIds] : "rowId" in fault ? [fault.rowId] : [],
    region: "region" in fault ? (structuredClone(fault.region) as Detail["faults"][number]["region"]) : null,
  };
}

/** What there is to read of tables: their rows as sentences, what is wrong, and in what they differ from others. */
export function readTables(
  rules: RuleSet,
  before: RuleSet,
): Pick<Detail, "sentences" | "faults" | "money" | "changes"> {
  const [was, is] = [describeMoney(before), describeMoney(rules)];
  return {
    sentences: {
      ...{ scope: describeRows(rules, "scope"), route: describeRows(rules, "route") },
      limits: describeRows(rules, "limits"),
    },
    faults: checkRuleSet(rules).map(showFault),
    money: { before: was.en === is.en ? null : { ...was }, after: { ...is } },
    changes: compareRules(before, rules).map((change) => ({ ...change })),
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
    ...readTables(rules, before),
    people: named.flatMap((id) => person(id) ?? []),
  };
}

/** One version, for whoever may read it: what is or was in force by everybody, a draft by who writes it or decides on it. */
export async function readVersion(env: Environment, versionId: string, reader: RulesReader): Promise<Detail> {
  const { versionId: inForceId, rules: inForce } = await readRulesInForce(env.db);
  const starter = STARTER_SETS.find((id) => id === versionId);
  if (starter)
    return showDetail(env, showStarter(starter, inForceId), { rules: starterRules(starter), revision: 0 }, inForce);
  const rows = await readRows(env.db);
  const row = rows.find((one) => one.version_id === versionId);
  if (!row || !(await mayRead(env, row, reader))) throw problems.notFound();
  const [version] = await showVersions(env, [row], inForceId);
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
  const asked = await env.db
    .selectFrom("matters")
    .select("matter_id")
    .where("kind", "=", "change-rules")
    .where("number", "is not", null)
    .where(sql<boolean>`data->>'versionId' = ${row.version_id}`)
    .execute();
  for (const { matter_id: matterId } of asked)
    if (await seesMatter(env.db, personId, await getMatter(env.db, matterId), env.clock.now())) return true;
  return false;
}

/** What the page of rules shows. */
export async function readRules(env: Environment, reader: RulesReader): Promise<Answer> {
  const { versionId: inForceId, rules } = await readRulesInForce(env.db);
  const rows = await readRows(env.db);
  const shown = reader.mayWrite ? rows : rows.filter((row) => row.in_force_at !== null);
  const own = await showVersions(env, shown, inForceId);
  const starter = showStarter(await readStarterSet(env.db), inForceId);
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
  const columnsOf = (table: (typeof TABLE_IDS)[number]): Answer["columns"][typeof table] =>
    tableFacts[table].map((fact) => {
      const { name, kind, values, optional } = factDefinitions[fact];
      return {
        ...{ fact, name: { ...name }, kind, optional },
        values: Object.entries(values).map(([value, called]) => ({ value, name: { ...called } })),
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
