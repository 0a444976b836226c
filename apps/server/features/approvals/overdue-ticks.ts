import { listAskedToo, listOverdueActs } from "@chancery/domain";
import { sql } from "kysely";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readAbsentNow } from "../organisation/absences.ts";
import { type LoadedRequest, type LoadedStep, loadRequest } from "../requests/load-request.ts";
import { endTasks, openTask } from "../tasks/open-task.ts";
import { entitledNow, readRouteNow } from "./entitled.ts";

/** The task of a step that has waited too long and that nobody else may decide. */
const nobodyElse = "step-nobody-else";

/**
 * Steps whose time is over are told once; when as much time again has passed others are asked as well, once. Where nobody
 * else may decide one, whoever runs the seals is told, and it is looked at again each time.
 */
export async function followOverdueSteps(env: Environment): Promise<void> {
  const late = await env.db
    .selectFrom("request_steps as st")
    .innerJoin("seal_use_requests as r", "r.request_id", "st.request_id")
    .select("st.request_id")
    .distinct()
    .where("st.state", "=", "current")
    .where("r.state", "=", "in-review")
    .where("st.due_at", "<=", new Date(env.clock.now()))
    .where((eb) => eb.or([eb("st.reminded_at", "is", null), eb("st.escalated_at", "is", null)]))
    .execute();
  for (const { request_id } of late)
    await transact(env.db, async (tx) => {
      const loaded = await loadRequest(tx, request_id, true);
      if (loaded.row.state !== "in-review") return;
      for (const group of groupsOf(loaded.steps)) await followGroup(tx, env, loaded, group);
    });
  await endWhereDecided(env);
}

/** Nobody is told any longer of requests in which no such step waits. */
async function endWhereDecided(env: Environment): Promise<void> {
  const over = await env.db
    .selectFrom("tasks as t")
    .select("t.subject_key")
    .where("t.kind", "=", nobodyElse)
    .where("t.state", "=", "open")
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("request_steps as st")
            .innerJoin("seal_use_requests as r", "r.request_id", "st.request_id")
            .select("st.step_id")
            .whereRef("st.request_id", "=", "t.subject_key")
            .where("r.state", "=", "in-review")
            .where("st.state", "=", "current")
            .where("st.due_at", "<=", new Date(env.clock.now()))
            .where("st.escalated_at", "is", null),
        ),
      ),
    )
    .execute();
  const subjectKey = over.map((task) => task.subject_key);
  await transact(env.db, (tx) =>
    endTasks(tx, env, { kind: nobodyElse, subjectKey }, { state: "cancelled", actorId: null }),
  );
}

/** Whether somebody was told that nobody else may decide what waits too long in this request. */
export async function isNobodyElseTold(reader: Reader, requestId: string): Promise<boolean> {
  const task = await reader
    .selectFrom("tasks")
    .select("task_id")
    .where("kind", "=", nobodyElse)
    .where("subject_key", "=", requestId)
    .where("state", "=", "open")
    .executeTakeFirst();
  return task !== undefined;
}

/** The agreements that are asked now, those counted together as one. */
function groupsOf(steps: readonly LoadedStep[]): LoadedStep[][] {
  const current = steps.filter((step) => step.state === "current");
  return [...new Set(current.map((step) => step.groupId))].map((id) => current.filter((step) => step.groupId === id));
}

/** What is due for a step by now. */
export const listActsDue = (step: LoadedStep, now: number): ReturnType<typeof listOverdueActs> =>
  listOverdueActs(
    {
      ...step,
      ...{ dueAt: step.dueAt?.getTime() ?? null, remindedAt: step.remindedAt?.getTime() ?? null },
      escalatedAt: step.escalatedAt?.getTime() ?? null,
    },
    now,
  );

async function followGroup(
  tx: Tx,
  env: Environment,
  loaded: LoadedRequest,
  group: readonly LoadedStep[],
): Promise<void> {
  const { row, steps } = loaded;
  const [step] = group;
  if (!step) return;
  const now = env.clock.now();
  const acts = listActsDue(step, now);
  const ids = group.map((one) => one.stepId);
  const told = { requestId: row.request_id, actorId: null } as const;
  const facts = { step: step.kind, due: step.dueAt?.toISOString() ?? "", cause: "overdue" };
  if (acts.includes("remind")) {
    await tx
      .updateTable("request_steps")
      .set({ reminded_at: new Date(now) })
      .where("step_id", "in", ids)
      .execute();
    await recordEvent(tx, env, { type: "SealUseStepReminded", ...told, facts });
  }
  if (!acts.includes("escalate")) return;
  const route = await readRouteNow(tx, env, loaded);
  const beside = steps.filter((one) => one.groupId === step.groupId);
  const more = route
    ? listAskedToo(
        {
          kind: step.kind,
          asked: beside.flatMap((one) => [...one.candidates, one.decidedBy ?? "", one.decidedFor ?? ""]),
          decided: steps.flatMap(({ kind, decidedBy, decidedFor }) =>
            [decidedBy, decidedFor].flatMap((personId) => (personId ? [{ kind, personId }] : [])),
          ),
        },
        { ...route.facts, absent: await readAbsentNow(tx, now) },
        route.units,
        route.grants,
      )
    : [];
  if (more.length === 0) {
    await openTask(tx, env, {
      ...{ kind: nobodyElse, subjectKey: row.request_id, entityId: row.entity_id, assigneeRole: "seal-administrator" },
      ...{ facts: { number: row.number ?? "" }, dueAt: null, actorId: null },
    });
    return;
  }
  for (const one of group)
    await tx
      .updateTable("request_steps")
      .set({ escalated_at: new Date(now), candidates: [...one.candidates, ...more] })
      .where("step_id", "=", one.stepId)
      .execute();
  for (const personId of more) await recordEvent(tx, env, { type: "SealUseStepEscalated", ...told, personId, facts });
}

/** A step whose people have all left, or hold the role no more, is asked of whoever holds it now. */
export async function askAnewWhereAllLeft(env: Environment): Promise<void> {
  const left = await env.db
    .selectFrom("request_steps as st")
    .innerJoin("seal_use_requests as r", (join) =>
      join.onRef("r.request_id", "=", "st.request_id").onRef("r.round", "=", "st.round"),
    )
    .select(["st.request_id", "st.step_id"])
    .where("st.state", "=", "current")
    .where("st.kind", "<>", "named")
    .where("r.state", "=", "in-review")
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("held_roles as g")
            .select("g.grant_id")
            .where("g.state", "=", "given")
            .where("g.role", "=", sql<string>`case st.kind when 'legal-review' then 'legal-reviewer' else st.kind end`)
            .where(sql<boolean>`g.person_id = any(st.candidates)`),
        ),
      ),
    )
    .execute();
  for (const { request_id, step_id } of left)
    await transact(env.db, async (tx) => {
      const loaded = await loadRequest(tx, request_id, true);
      const { row, steps } = loaded;
      const step = steps.find((one) => one.stepId === step_id);
      if (row.state !== "in-review" || step?.state !== "current") return;
      const entitled = await entitledNow(tx, await readRouteNow(tx, env, loaded), step);
      const decided = steps.flatMap((one) => [one.decidedBy, one.decidedFor]);
      const more = entitled.filter((one) => !step.candidates.includes(one) && !decided.includes(one));
      if (more.length === 0 || step.candidates.some((one) => entitled.includes(one))) return;
      await tx
        .updateTable("request_steps")
        .set({ candidates: [...step.candidates, ...more] })
        .where("step_id", "=", step_id)
        .execute();
      const facts = { step: step.kind, cause: "left" };
      for (const personId of more)
        await recordEvent(tx, env, {
          ...{ type: "SealUseStepEscalated", actorId: null, requestId: request_id, personId, facts },
        });
    });
}
