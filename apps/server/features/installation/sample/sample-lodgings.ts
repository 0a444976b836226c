import { addDays } from "@chancery/domain";
import { type CardToLodge, lodgeSpecimen } from "../../lodgings/service.ts";
import { dayIn } from "../../organisation/read-grants.ts";
import type { SampleForCustody } from "./custody.ts";
import type { SealKey } from "./sample-crew.ts";
import { approve, ask, confirm, photograph, uploadFace } from "./sample-matters.ts";

type Card = Pick<CardToLodge, "kind" | "placeName" | "branch" | "contact" | "card"> & {
  readonly seals: readonly SealKey[];
  readonly daysAgo: number;
};
const cards: readonly Card[] = [
  {
    ...{ kind: "bank", placeName: "Jiangnan Commercial Bank · 江南商业银行", branch: "西湖支行 · West Lake" },
    ...{ contact: "柜面 · Counter 3", card: "6217-0042", seals: ["finance", "official"], daysAgo: 700 },
  },
  {
    ...{ kind: "customs", placeName: "Port customs · 口岸海关", branch: "企业管理处 · Registration" },
    ...{ contact: "", card: "BG-118", seals: ["customs"], daysAgo: 410 },
  },
  {
    ...{ kind: "court", placeName: "District court · 区人民法院", branch: "立案庭 · Filing" },
    ...{ contact: "", card: "", seals: ["contract"], daysAgo: 160 },
  },
];

/** Cards that lay with a bank, the customs and a court before the platform. */
export async function lodgeSampleCards(place: SampleForCustody): Promise<void> {
  const { env, people, seals, entityId } = place;
  const today = dayIn("Asia/Shanghai", env.clock.now());
  for (const { seals: shown, daysAgo, ...card } of cards) {
    const sealIds = shown.map((key) => seals[key]);
    await lodgeSpecimen(env, people.gao, {
      ...{ entityId, sealIds, lodgedOn: addDays(today, -daysAgo), replaces: null, ...card },
      evidenceId: await uploadFace(place, people.gao, sealIds[0] ?? "", "card.png"),
    });
  }
}

/** A worn seal is stopped and handed in; its card still lies with the customs, and its time runs out. */
export async function stopSampleSeal(place: SampleForCustody, bodyId: string): Promise<void> {
  const { people, seals } = place;
  const sealId = seals.customs;
  const stop = await ask(place, "stop", people.gao, {
    ...{ sealId, data: {}, title: "Stop the worn customs seal · 停用磨损的报关专用章" },
    reason: "Its impressions are pale. · 印迹已不清晰。",
  });
  await approve(place, stop);
  const surrender = await ask(place, "surrender", people.gao, {
    ...{ sealId, title: "Surrender of the customs seal · 报关专用章上缴" },
    reason: "It was stopped. · 已停用。",
    data: {
      ...{ bodyIds: [bodyId], transferorId: people.fang, receiverId: people.gao },
      books: "Use register, volume 2 · 用印登记簿第 2 册",
    },
  });
  for (const slot of ["pieces", "register"]) await photograph(place, people.gao, surrender, slot, sealId);
  await confirm(place, people.fang, surrender, "transferor", {});
  await confirm(place, people.gao, surrender, "receiver", {});
}
