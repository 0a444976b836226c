import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { seesMatter } from "../matters/may-see.ts";
import { getMatter } from "../matters/store.ts";
import { readPeople } from "../requests/read-people.ts";
import { maySee, readViewer } from "../seals/visible-seals.ts";

import { seesPlaceOfSeal } from "./may-see-place.ts";
import { showEnd } from "./take-outs.ts";

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
    .orderBy("t.ended_at", (order) => order.desc().nullsFirst())
    .orderBy("t.due_at")
    .limit(most);
  if (away) query = query.where("t.ended_at", "is", null);
  const rows = (await query.execute()).filter(
    (row) => row.escort.includes(personId) || maySee(viewer, { sealId: row.seal_id, entityId: row.entity_id }),
  );
  const person = await readPeople(
    env.db,
    rows.flatMap((row) => row.escort),
  );
  const told = new Map<string, boolean>();
  for (const row of rows)
    if (!told.has(row.seal_id)) {
      const bodyIds = rows.filter((one) => one.seal_id === row.seal_id).map((one) => one.body_id);
      const seal = { sealId: row.seal_id, entityId: row.entity_id, bodyIds };
      told.set(row.seal_id, await seesPlaceOfSeal(env.db, personId, seal, now));
    }
  const opens = new Set<string>();
  for (const row of rows)
    if (await seesMatter(env.db, personId, await getMatter(env.db, row.matter_id), now)) opens.add(row.matter_id);
  return rows.map((row) => {
    // Where a seal is, with whom and for what is for those who have to do with it; others learn that it is away (C13).
    const whole = opens.has(row.matter_id) || told.get(row.seal_id) === true;
    return {
      ...{ takeOutId: row.matter_id, number: row.number, opens: opens.has(row.matter_id), entityId: row.entity_id },
      title: whole ? row.title : null,
      seal: { sealId: row.seal_id, number: row.seal_number, name: { en: row.name_en, zh: row.name_zh } },
      bodyNumber: row.body_number,
      keeper: whole ? person(row.keeper_id) : null,
      escort: whole ? row.escort.flatMap((id) => person(id) ?? []) : [],
      place: whole ? row.place : null,
      mostImpressions: row.most_impressions,
      listedImpressions: row.listed_impressions,
      usedImpressions: row.used_impressions,
      issuedAt: row.issued_at.toISOString(),
      dueAt: row.due_at.toISOString(),
      overdue: row.ended_at === null && row.due_at.getTime() < now,
      ended: showEnd(row),
      mine: row.escort.includes(personId),
    };
  });
}
