import type { Register } from "@chancery/domain";
import type { HandlerAnswer, RouteInput } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { ProblemError, problems } from "../../platform/problems.ts";

type View = HandlerAnswer<"POST /v1/register-views">;
const mostViews = 50;

const tooMany = (): ProblemError =>
  new ProblemError(409, "register.too-many-views", {
    en: `You have ${mostViews} saved views of this register. Drop one that you no longer need.`,
    zh: `您在此台账已保存 ${mostViews} 个视图。请先删除不再需要的视图。`,
  });

/** A person's saved views of a register, by name. They are his own way of reading, not a fact of the organisation. */
export async function listViews(env: Environment, personId: string, register: Register): Promise<{ items: View[] }> {
  const rows = await env.db
    .selectFrom("register_views")
    .selectAll()
    .where("person_id", "=", personId)
    .where("register", "=", register)
    .orderBy("name")
    .execute();
  return {
    items: rows.map((row) => ({
      ...{ viewId: row.view_id, register, name: row.name, filter: row.filter as View["filter"] },
    })),
  };
}

export async function saveView(
  env: Environment,
  personId: string,
  { register, name, filter }: RouteInput<"POST /v1/register-views">["body"],
): Promise<View> {
  const { items } = await listViews(env, personId, register);
  if (items.length >= mostViews && !items.some((view) => view.name === name)) throw tooMany();
  const now = env.clock.now();
  const { view_id: viewId } = await env.db
    .insertInto("register_views")
    .values({
      ...{ view_id: newId("view", now), person_id: personId, register, name },
      ...{ filter: JSON.stringify(filter), saved_at: new Date(now) },
    })
    .onConflict((conflict) =>
      conflict
        .columns(["person_id", "register", "name"])
        .doUpdateSet({ filter: JSON.stringify(filter), saved_at: new Date(now) }),
    )
    .returning("view_id")
    .executeTakeFirstOrThrow();
  return { viewId, register, name, filter };
}

export async function dropView(env: Environment, personId: string, viewId: string): Promise<void> {
  const dropped = await env.db
    .deleteFrom("register_views")
    .where("view_id", "=", viewId)
    .where("person_id", "=", personId)
    .executeTakeFirst();
  if (dropped.numDeletedRows === 0n) throw problems.notFound();
}
