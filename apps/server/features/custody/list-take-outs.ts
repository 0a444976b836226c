import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { readPeople } from "../requests/read-people.ts";
import { maySee, readViewer } from "../seals/visible-seals.ts";

type TakeOutView = HandlerAnswer<"GET /v1/take-outs">["items"][number];
const most = 200;

/** Take-outs of the seals a person sees, those still away first, the one due first before the others. */
export async function listTakeOuts(env: Environment, personId: string, away: boolean): Promise<TakeOutView[]> {
  const now = env.clock.now();
  const viewer = await readViewer(env.db, personId, now);
  let query = env.db
    .selectFrom("take_outs as t")
    .innerJoin("matters as m", "m.matter_id", "t.matter_id")
    .innerJoin("seal_bodies as b", "b.body_id", "t.body_id")
    .innerJoin("seals as s", "s.seal_id", "t.seal_id")
    .selectAll("t")
    .select(["m.number", "m.title", "b.number as body_number"])
    .select(["s.number as seal_number", "s.name_en", "s.name_zh"])
    .orderBy("t.returned_at", (order) => order.desc().nullsFirst())
    .orderBy("t.due_at")
    .limit(most);
  if (away) query = query.where("t.returned_at", "is", null);
  const rows = (await query.execute()).filter(
    (row) => row.escort.includes(personId) || maySee(viewer, { sealId: row.seal_id, entityId: row.entity_id }),
  );
  const person = await readPeople(
    env.db,
    rows.flatMap((row) => row.escort),
  );
  return rows.map((row) => ({
    takeOutId: row.matter_id,
    number: row.number,
    title: row.title,
    seal: { sealId: row.seal_id, number: row.seal_number, name: { en: row.name_en, zh: row.name_zh } },
    bodyNumber: row.body_number,
    keeper: person(row.keeper_id),
    escort: row.escort.flatMap((id) => person(id) ?? []),
    place: row.place,
    mostImpressions: row.most_impressions,
    listedImpressions: row.listed_impressions,
    usedImpressions: row.used_impressions,
    issuedAt: row.issued_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    overdue: row.returned_at === null && row.due_at.getTime() < now,
    returnedAt: row.returned_at?.toISOString() ?? null,
    mine: row.escort.includes(personId),
  }));
}
