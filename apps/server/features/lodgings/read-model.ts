import { type LodgingKind, lodgingKindNames, type SealState } from "@chancery/domain";
import type { HandlerAnswer, RouteInput } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { readPeople } from "../requests/read-people.ts";
import { readLodgingReach } from "./may-see.ts";
import { withdrawalKind } from "./open-withdrawals.ts";

type LodgingView = HandlerAnswer<"GET /v1/specimens-lodged">["items"][number];
const pageSize = 100;

/** The cards a person may know of: those whose time is over first, then those to be withdrawn, outside, withdrawn. */
export async function listLodgings(
  env: Environment,
  personId: string,
  query: RouteInput<"GET /v1/specimens-lodged">["query"],
): Promise<HandlerAnswer<"GET /v1/specimens-lodged">> {
  const now = env.clock.now();
  const reach = await readLodgingReach(env.db, personId, now);
  if (reach.entityIds.length === 0 && reach.sealIds.length === 0) return { items: [], next: null };
  let select = env.db
    .selectFrom("specimens_lodged as l")
    .innerJoin("entities as e", "e.entity_id", "l.entity_id")
    .leftJoin("tasks as t", (join) =>
      join.onRef("t.subject_key", "=", "l.lodging_id").on("t.kind", "=", withdrawalKind).on("t.state", "=", "open"),
    )
    .selectAll("l")
    .select(["e.name_en as entity_en", "e.name_zh as entity_zh", "e.code", "t.task_id", "t.due_at"])
    .where((eb) => {
      const holds = (sealIds: readonly string[]) =>
        eb.exists(
          eb
            .selectFrom("specimens_lodged_seals as ls")
            .select("ls.seal_id")
            .whereRef("ls.lodging_id", "=", "l.lodging_id")
            .where("ls.seal_id", "in", [...sealIds]),
        );
      const seen = eb.or([
        ...(reach.entityIds.length > 0 ? [eb("l.entity_id", "in", reach.entityIds)] : []),
        ...(reach.sealIds.length > 0 ? [holds(reach.sealIds)] : []),
      ]);
      return query.sealId ? eb.and([seen, holds([query.sealId])]) : seen;
    })
    .orderBy("t.due_at", (order) => order.asc().nullsLast())
    .orderBy("l.withdrawn_on", (order) => order.desc().nullsFirst())
    .orderBy("l.lodged_on", "desc")
    .orderBy("l.lodging_id")
    .limit(pageSize + 1);
  if (query.kind) select = select.where("l.kind", "=", query.kind);
  if (query.state === "outside") select = select.where("l.withdrawn_on", "is", null);
  if (query.state === "called-back") select = select.where("t.task_id", "is not", null);
  if (query.state === "overdue") select = select.where("t.due_at", "<", new Date(now));
  if (query.state === "withdrawn") select = select.where("l.withdrawn_on", "is not", null);
  const offset = Number(query.after ?? 0);
  const from = Number.isSafeInteger(offset) && offset > 0 ? offset : 0;
  const rows = await select.offset(from).execute();
  const page = rows.slice(0, pageSize);
  const sealsOf = await readSealsOf(
    env,
    page.map((row) => row.lodging_id),
  );
  const person = await readPeople(
    env.db,
    page.flatMap((row) => [row.recorded_by, row.withdrawn_by]),
  );
  return {
    items: page.map(
      (row): LodgingView => ({
        lodgingId: row.lodging_id,
        entity: { entityId: row.entity_id, name: { en: row.entity_en, zh: row.entity_zh }, code: row.code },
        kind: row.kind,
        kindName: lodgingKindNames[row.kind as LodgingKind],
        ...{ placeName: row.place_name, branch: row.branch, contact: row.contact, card: row.card },
        seals: sealsOf.get(row.lodging_id) ?? [],
        lodgedOn: row.lodged_on,
        evidenceId: row.evidence_id,
        recordedBy: person(row.recorded_by),
        recordedAt: row.recorded_at.toISOString(),
        replaces: row.replaces_lodging_id,
        withdrawn:
          row.withdrawn_on !== null && row.withdrawn_evidence_id !== null
            ? {
                on: row.withdrawn_on,
                evidenceId: row.withdrawn_evidence_id,
                by: person(row.withdrawn_by),
                note: row.withdrawal_note ?? "",
              }
            : null,
        task:
          row.task_id !== null
            ? {
                taskId: row.task_id,
                dueAt: row.due_at?.toISOString() ?? null,
                overdue: row.due_at !== null && row.due_at.getTime() < now,
              }
            : null,
        mayWithdraw: row.withdrawn_on === null && reach.keptIn.includes(row.entity_id),
      }),
    ),
    next: rows.length > pageSize ? String(from + pageSize) : null,
  };
}

async function readSealsOf(
  env: Environment,
  lodgingIds: readonly string[],
): Promise<ReadonlyMap<string, LodgingView["seals"]>> {
  if (lodgingIds.length === 0) return new Map();
  const rows = await env.db
    .selectFrom("specimens_lodged_seals as ls")
    .innerJoin("seals as s", "s.seal_id", "ls.seal_id")
    .select(["ls.lodging_id", "s.seal_id", "s.number", "s.name_en", "s.name_zh", "s.state"])
    .where("ls.lodging_id", "in", [...lodgingIds])
    .orderBy("s.number")
    .execute();
  const seals = new Map<string, LodgingView["seals"]>();
  for (const row of rows)
    seals.set(row.lodging_id, [
      ...(seals.get(row.lodging_id) ?? []),
      {
        ...{ sealId: row.seal_id, number: row.number, name: { en: row.name_en, zh: row.name_zh } },
        state: row.state as SealState,
      },
    ]);
  return seals;
}
