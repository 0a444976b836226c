import {
  type ControlId,
  controls,
  describe,
  type Grant,
  HANDOVER_TASKS,
  REQUEST_TASKS,
  type Role,
  TASKS_ENDED_BY_WORD,
} from "@chancery/domain";
import { expressionBuilder } from "kysely";
import type { HandlerAnswer, RouteInput } from "../../platform/call.ts";
import type { Tables } from "../../platform/database-schema.ts";
import type { Environment } from "../../platform/environment.ts";
import { readAlarmHindrances } from "../alarms/finding-hindrance.ts";
import { readOpenHandovers } from "../custody/open-handovers.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { readPeople } from "../requests/read-people.ts";
import { hindranceOf, readExplanations } from "./open-case.ts";

export type TaskView = HandlerAnswer<"GET /v1/tasks">["items"][number];
type FindingView = HandlerAnswer<"GET /v1/findings">["items"][number];
const pageSize = 100;
const watching: readonly string[] = ["seal-administrator", "inspector", "system-administrator"];

/** Whether somebody with these grants watches over an entity; what belongs to none is everybody's who watches at all. */
export function watches(grants: readonly { role: string; entityId: string }[], entityId: string | null): boolean {
  return grants.some((one) => watching.includes(one.role) && (entityId === null || one.entityId === entityId));
}

const tasksWith = (env: Environment) =>
  env.db
    .selectFrom("tasks as t")
    .leftJoin("entities as e", "e.entity_id", "t.entity_id")
    .leftJoin("seals as s", "s.seal_id", "t.seal_id")
    .selectAll("t")
    .select(["e.name_en as entity_en", "e.name_zh as entity_zh", "e.code"])
    .select(["s.number as seal_number", "s.name_en as seal_en", "s.name_zh as seal_zh"]);
type TaskRow = Awaited<ReturnType<ReturnType<typeof tasksWith>["execute"]>>[number];
interface Reach {
  readonly roles: readonly { role: string; entityId: string }[];
}

async function readReach(env: Environment, personId: string): Promise<Reach> {
  const grants = await readGrantsInForce(env.db, env.clock.now(), { personId });
  return { roles: grants.map((grant) => ({ role: grant.role, entityId: grant.entityId })) };
}

/** Whether a task is the person's to do: named, or a holder of the role it is for in its entity. */
export function mayDo(
  personId: string,
  reach: Reach,
  row: { assignee_id: string | null; assignee_role: string | null; entity_id: string | null },
): boolean {
  if (row.assignee_id !== null) return row.assignee_id === personId;
  return reach.roles.some(
    (one) => one.role === row.assignee_role && (row.entity_id === null || one.entityId === row.entity_id),
  );
}

/** The tasks `t` that are a person's own: named, or for a role he holds in their entity. */
const ownTask = (personId: string, reach: Reach) => {
  const eb = expressionBuilder<Tables & { t: Tables["tasks"] }, "t">();
  return eb.or([
    eb("t.assignee_id", "=", personId),
    ...reach.roles.map((one) =>
      eb.and([
        eb("t.assignee_id", "is", null),
        eb("t.assignee_role", "=", one.role),
        eb.or([eb("t.entity_id", "is", null), eb("t.entity_id", "=", one.entityId)]),
      ]),
    ),
  ]);
};

/** How many open tasks are a person's own. */
export async function countMyTasks(env: Environment, personId: string): Promise<number> {
  const reach = await readReach(env, personId);
  const { count } = await env.db
    .selectFrom("tasks as t")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where("t.state", "=", "open")
    .where(ownTask(personId, reach))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Tasks, those due first; the person's own, or all of the entities he watches over. */
export async function listTasks(
  env: Environment,
  personId: string,
  query: RouteInput<"GET /v1/tasks">["query"],
): Promise<{ items: TaskView[]; next: string | null }> {
  const reach = await readReach(env, personId);
  const watched = [...new Set(reach.roles.filter((one) => watching.includes(one.role)).map((one) => one.entityId))];
  let select = tasksWith(env)
    .where((eb) =>
      eb.or([
        ownTask(personId, reach),
        ...(query.view === "all" && watched.length > 0 ? [eb("t.entity_id", "in", watched)] : []),
      ]),
    )
    .orderBy("t.due_at", (order) => order.asc().nullsLast())
    .orderBy("t.task_id")
    .limit(pageSize + 1);
  select = select.where("t.state", "=", query.state ?? "open");
  if (query.kind) select = select.where("t.kind", "=", query.kind);
  if (query.sealId) select = select.where("t.seal_id", "=", query.sealId);
  if (query.unitId) select = select.where("t.unit_id", "=", query.unitId);
  if (query.overdue) select = select.where("t.due_at", "<", new Date(env.clock.now()));
  const offset = Number(query.after ?? 0);
  if (Number.isSafeInteger(offset) && offset > 0) select = select.offset(offset);
  const rows = await select.execute();
  return {
    items: await showTasks(env, personId, reach, rows.slice(0, pageSize)),
    next: rows.length > pageSize ? String((Number.isSafeInteger(offset) ? offset : 0) + pageSize) : null,
  };
}

/** Every task of one matter or seal, whatever its state. */
export async function listTasksOf(
  env: Environment,
  personId: string,
  subject: { matterId: string } | { sealId: string },
): Promise<TaskView[]> {
  const select = tasksWith(env).orderBy("t.opened_at").limit(200);
  const rows = await ("matterId" in subject
    ? select.where("t.matter_id", "=", subject.matterId)
    : select.where("t.seal_id", "=", subject.sealId)
  ).execute();
  return showTasks(env, personId, await readReach(env, personId), rows);
}

async function showTasks(
  env: Environment,
  personId: string,
  reach: Reach,
  rows: readonly TaskRow[],
): Promise<TaskView[]> {
  const person = await readPeople(
    env.db,
    rows.flatMap((row) => [row.assignee_id, row.person_id, row.ended_by]),
  );
  const now = env.clock.now();
  const handovers = await readOpenHandovers(
    env.db,
    rows.flatMap((row) => (row.state === "open" && HANDOVER_TASKS[row.kind] ? (row.seal_id ?? []) : [])),
  );
  return rows.map((row) => {
    const facts = row.facts as TaskView["facts"];
    const { sentence, wayOut } = describe(`task.${row.kind}`, facts);
    const asked = HANDOVER_TASKS[row.kind];
    return {
      taskId: row.task_id,
      kind: row.kind,
      state: row.state,
      title: sentence,
      wayOut,
      entity:
        row.entity_id && row.entity_en && row.entity_zh && row.code
          ? { entityId: row.entity_id, name: { en: row.entity_en, zh: row.entity_zh }, code: row.code }
          : null,
      seal: showSeal(row),
      person: person(row.person_id),
      matterId: row.matter_id,
      requestId: REQUEST_TASKS.includes(row.kind) && row.subject_key.startsWith("req_") ? row.subject_key : null,
      handover:
        row.state === "open" && asked
          ? { matterId: handovers.get(row.seal_id ?? "") ?? null, cause: asked.cause }
          : null,
      assignee: person(row.assignee_id),
      assigneeRole: row.assignee_role as Role | null,
      dueAt: row.due_at?.toISOString() ?? null,
      overdue: row.state === "open" && row.due_at !== null && row.due_at.getTime() < now,
      openedAt: row.opened_at.toISOString(),
      endedAt: row.ended_at?.toISOString() ?? null,
      endedBy: person(row.ended_by),
      evidenceId: row.evidence_id,
      note: row.note,
      facts,
      mayDo: row.state === "open" && mayDo(personId, reach, row),
      endsByWord: TASKS_ENDED_BY_WORD.includes(row.kind),
    };
  });
}

const showSeal = (row: {
  seal_id: string | null;
  seal_number: string | null;
  seal_en: string | null;
  seal_zh: string | null;
}): TaskView["seal"] =>
  row.seal_id
    ? { sealId: row.seal_id, number: row.seal_number ?? "", name: { en: row.seal_en ?? "", zh: row.seal_zh ?? "" } }
    : null;

/** The request a finding's subject names, alone or with what it is about. */
function requestOf(subjectKey: string): string | null {
  return subjectKey.split(" ").find((part) => part.startsWith("req_")) ?? null;
}

/** Seals that somebody was given a role for, each by itself. */
export const sealsHeld = (grants: readonly Pick<Grant, "scope">[]): ReadonlySet<string> =>
  new Set(grants.flatMap(({ scope }) => (scope.kind === "seal" ? [scope.id] : [])));

/** Findings, newest first, of the entities whose audit the person may read. */
export async function listFindings(
  env: Environment,
  personId: string,
  query: RouteInput<"GET /v1/findings">["query"],
): Promise<{ items: FindingView[]; next: string | null }> {
  const grants = await readGrantsInForce(env.db, env.clock.now(), { personId });
  const watched = [...new Set(grants.filter((one) => watching.includes(one.role)).map((one) => one.entityId))];
  const holds = sealsHeld(grants);
  let select = env.db
    .selectFrom("findings as f")
    .leftJoin("seals as s", "s.seal_id", "f.seal_id")
    .selectAll("f")
    .select(["s.number as seal_number", "s.name_en as seal_en", "s.name_zh as seal_zh"])
    .where((eb) =>
      eb.or([eb("f.entity_id", "is", null), ...(watched.length > 0 ? [eb("f.entity_id", "in", watched)] : [])]),
    )
    .orderBy("f.opened_at", "desc")
    .orderBy("f.finding_id", "desc")
    .limit(pageSize + 1);
  if (query.state) select = select.where("f.state", "=", query.state);
  if (query.control) select = select.where("f.control", "=", query.control);
  if (query.sealId) select = select.where("f.seal_id", "=", query.sealId);
  if (query.after) select = select.where("f.finding_id", "<", query.after);
  const rows = await select.execute();
  const explanations = await readExplanations(
    env.db,
    rows.map((row) => row.finding_id),
  );
  const alarmed = await readAlarmHindrances(
    env.db,
    rows.map((row) => row.finding_id),
  );
  const person = await readPeople(
    env.db,
    rows.flatMap((row) => [row.person_id, row.closed_by, explanations.get(row.finding_id)?.assignee_id ?? null]),
  );
  const now = env.clock.now();
  const page = rows.slice(0, pageSize);
  return {
    items: page.map((row) => {
      const explanation = explanations.get(row.finding_id);
      const { sentence, wayOut } = describe(`finding.${row.source}`, row.facts as TaskView["facts"]);
      return {
        findingId: row.finding_id,
        control: row.control,
        controlTitle: controls[row.control as ControlId].title,
        state: row.state,
        sentence,
        wayOut,
        seal: showSeal(row),
        person: person(row.person_id),
        openedAt: row.opened_at.toISOString(),
        dueAt: row.due_at?.toISOString() ?? null,
        closedAt: row.closed_at?.toISOString() ?? null,
        closedBy: person(row.closed_by),
        closingNote: row.closing_note,
        explanation: explanation
          ? {
              ...{ explainer: person(explanation.assignee_id), dueAt: explanation.due_at?.toISOString() ?? null },
              reason: explanation.state === "done" ? explanation.note : null,
            }
          : null,
        requestId: requestOf(row.subject_key),
        mayClose:
          row.state === "open" &&
          row.person_id !== personId &&
          !holds.has(row.seal_id ?? "") &&
          alarmed(row.finding_id, personId, holds) === null &&
          hindranceOf(explanation, personId, now) === null,
      };
    }),
    next: rows.length > pageSize ? (page.at(-1)?.finding_id ?? null) : null,
  };
}

/** Whether the task waits for this person, by name or by role. */
export async function requireMayDo(
  env: Environment,
  personId: string,
  row: Parameters<typeof mayDo>[2],
): Promise<boolean> {
  return mayDo(personId, await readReach(env, personId), row);
}
