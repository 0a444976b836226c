import { addDays } from "@chancery/domain";
import { giveDelegation } from "../../delegations/service.ts";
import { dayIn } from "../../organisation/read-grants.ts";
import type { SampleForCustody } from "./custody.ts";
import type { UnitKey } from "./sample-crew.ts";
import { approve, ask } from "./sample-matters.ts";

/** What is planned: a head of unit on leave next week, with who stands in for him, and a team that ends in ten days. */
export async function planSampleChanges(
  place: SampleForCustody,
  units: Readonly<Partial<Record<UnitKey, string>>>,
): Promise<void> {
  const { env, people } = place;
  const today = dayIn("Asia/Shanghai", env.clock.now());
  const days = { from: addDays(today, 7), to: addDays(today, 11) };
  const leave = await ask(place, "person-leave", people.gao, {
    ...{ sealId: null, personId: people.bai, effectiveOn: days.from, data: { untilOn: days.to } },
    ...{ title: "Bai Heng on leave next week · 白衡下周休假", reason: "Annual leave · 年假" },
  });
  await approve(place, leave);
  const { grant_id: grantId } = await env.db
    .selectFrom("grants")
    .select("grant_id")
    .where("person_id", "=", people.bai)
    .where("role", "=", "unit-head")
    .executeTakeFirstOrThrow();
  await giveDelegation(env, people.bai, {
    ...{ grantId, scope: { kind: "unit", id: units.purchasing ?? "" }, delegateId: people.tang },
    ...{ ...days, reason: "Annual leave · 年假" },
  });
  const closing = await ask(place, "close-unit", people.qin, {
    ...{ sealId: null, unitId: units.fair ?? null, effectiveOn: addDays(today, 10), data: { peopleTo: null } },
    ...{ title: "Close the trade fair team · 撤销展会项目组", reason: "The fair is over. · 展会已结束。" },
  });
  await approve(place, closing);
}
