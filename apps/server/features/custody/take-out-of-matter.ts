import { z } from "zod";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readPeople } from "../requests/read-people.ts";
import { readContainerRefs } from "./container-view.ts";
import { showEnd } from "./take-outs.ts";

const About = z.object({ takeOutId: z.string() });
const Target = z.object({ containerId: z.string().nullable() });
const Paper = z.object({ title: z.string(), impressions: z.number() });
const Listed = z.object({ documents: z.array(Paper).default([]) });
const container = "container:";

/**
 * The take-out that a matter prolongs, adds to or ends, as it stands. Who decides from afar or checks the return sees here
 * which piece is where, with whom and for what; he need not see the take-out's own matter.
 */
export async function readTakeOutOfMatter(
  reader: Reader,
  env: Environment,
  matter: { kind: string; data: unknown },
): Promise<HandlerAnswer<"GET /v1/matters/:matterId">["takeOut"]> {
  const kinds: readonly string[] = ["take-out-extension", "take-out-paper", "take-out-return"];
  const about = kinds.includes(matter.kind) ? About.safeParse(matter.data) : null;
  if (!about?.success) return null;
  const row = await reader
    .selectFrom("take_outs as t")
    .innerJoin("matters as m", "m.matter_id", "t.matter_id")
    .innerJoin("seal_bodies as b", "b.body_id", "t.body_id")
    .innerJoin("seals as s", "s.seal_id", "t.seal_id")
    .selectAll("t")
    .select(["m.number", "m.title", "m.data", "b.number as body_number"])
    .select(["s.number as seal_number", "s.name_en", "s.name_zh"])
    .where("t.matter_id", "=", about.data.takeOutId)
    .executeTakeFirst();
  if (!row) return null;
  const found = await reader
    .selectFrom("matters")
    .select("data")
    .where("kind", "=", "take-out-paper")
    .where("state", "=", "done")
    .where("seal_id", "=", row.seal_id)
    .orderBy("submitted_at")
    .execute();
  const onTheSpot = found.flatMap(({ data }) => {
    const paper = Paper.safeParse(data);
    return paper.success && About.safeParse(data).data?.takeOutId === row.matter_id ? [paper.data] : [];
  });
  const person = await readPeople(reader, row.escort);
  const named = Target.safeParse(matter.data).data?.containerId ?? null;
  const before = row.from_account.startsWith(container) ? row.from_account.slice(container.length) : null;
  const target = named ?? before;
  const containers = await readContainerRefs(reader, target === null ? [] : [target]);
  return {
    ...{ takeOutId: row.matter_id, number: row.number, title: row.title, bodyNumber: row.body_number },
    seal: { sealId: row.seal_id, number: row.seal_number, name: { en: row.name_en, zh: row.name_zh } },
    escort: row.escort.flatMap((id) => person(id) ?? []),
    place: row.place,
    papers: [...(Listed.safeParse(row.data).data?.documents ?? []), ...onTheSpot],
    mostImpressions: row.most_impressions,
    listedImpressions: row.listed_impressions,
    dueAt: row.due_at.toISOString(),
    overdue: row.ended_at === null && row.due_at.getTime() < env.clock.now(),
    ended: showEnd(row),
    goesTo: (target === null ? undefined : containers.get(target)?.name) ?? null,
  };
}
