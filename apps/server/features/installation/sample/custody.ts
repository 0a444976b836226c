import { addDays } from "@chancery/domain";
import type { Environment } from "../../../platform/environment.ts";
import { openCheck } from "../../checks/open-check.ts";
import { addContainer, changeLockHolder } from "../../custody/containers.ts";
import { readLocks } from "../../custody/locks.ts";
import { bringOut, lockAway } from "../../custody/move-piece.ts";
import { dayIn } from "../../organisation/read-grants.ts";
import type { PersonKey, SealKey } from "./sample-crew.ts";
import { approve, ask, confirm, photograph } from "./sample-matters.ts";

export interface SampleForCustody {
  readonly env: Environment;
  readonly people: Readonly<Record<PersonKey, string>>;
  readonly seals: Readonly<Record<SealKey, string>>;
  readonly entityId: string;
}

interface SampleContainer {
  readonly kind: "safe" | "cabinet";
  readonly name: { readonly en: string; readonly zh: string };
  readonly address: string;
  readonly camera: string;
  readonly important: boolean;
  readonly locks: readonly (readonly ["key" | "code", string, PersonKey])[];
  readonly seals: readonly SealKey[];
}

/** Each seal lies where its own two custodians hold the two locks. */
const containers: readonly SampleContainer[] = [
  {
    ...{ kind: "safe", name: { en: "Safe A", zh: "A 保险柜" }, address: "总部 3 楼 印章室 · HQ, 3rd floor" },
    ...{ camera: "C-301", important: true, seals: ["official"] },
    locks: [
      ["key", "A-1", "chen"],
      ["code", "A-2", "duan"],
    ],
  },
  {
    ...{ kind: "safe", name: { en: "Safe B", zh: "B 保险柜" }, address: "总部 3 楼 印章室 · HQ, 3rd floor" },
    ...{ camera: "C-301", important: true, seals: ["contract"] },
    locks: [
      ["key", "B-1", "chen"],
      ["code", "B-2", "he"],
    ],
  },
  {
    ...{ kind: "safe", name: { en: "Finance safe", zh: "财务保险柜" }, address: "总部 2 楼 财务部 · HQ, 2nd floor" },
    ...{ camera: "C-214", important: true, seals: ["finance", "customs"] },
    locks: [
      ["key", "F-1", "fang"],
      ["code", "F-2", "meng"],
    ],
  },
  {
    ...{ kind: "cabinet", name: { en: "Cabinet 5", zh: "5 号密码柜" }, address: "总部 3 楼 · HQ, 3rd floor" },
    ...{ camera: "", important: false, seals: ["department"] },
    locks: [["code", "5", "duan"]],
  },
  {
    ...{
      kind: "cabinet",
      name: { en: "Cabinet 6", zh: "6 号密码柜" },
      address: "总部 4 楼 人力资源部 · HQ, 4th floor",
    },
    ...{ camera: "", important: false, seals: ["personnel"] },
    locks: [["code", "6", "he"]],
  },
];

/** Instants at which the pieces of the sample are entered and put away: on the first working morning, one after the other. */
export interface SampleMorning {
  /** Moves the clock of the sample on to this instant, never back. */
  walkTo(at: number): void;
}

const minute = 60_000;
const dayLong = 24 * 60 * minute;

/** The next half past nine of a working day in Shanghai, after this instant. */
function nextWorkingMorning(after: number): number {
  const halfPastNine = 90 * minute;
  let at = Math.floor(after / dayLong) * dayLong + halfPastNine;
  while (at <= after || [0, 6].includes(new Date(at).getUTCDay())) at += dayLong;
  return at;
}

/**
 * Pieces that were there before the platform, in their containers. They are entered as soon as their seals are, so that
 * the books answer who held them for as long as the sample's past goes back.
 */
export async function placeSamplePieces(
  place: SampleForCustody,
  { walkTo }: SampleMorning,
): Promise<Partial<Record<SealKey, string>>> {
  const { env, people, seals, entityId } = place;
  const pieces: Partial<Record<SealKey, string>> = {};
  walkTo(nextWorkingMorning(env.clock.now()));
  for (const container of containers) {
    const { containerId } = await addContainer(env, people.gao, {
      ...{ entityId, kind: container.kind, name: container.name, address: container.address, camera: container.camera },
      ...{ insideMonitoring: container.camera !== "", goodForImportant: container.important },
      locks: container.locks.map(([kind, label]) => ({ kind, label })),
    });
    const locks = await readLocks(env.db, [containerId]);
    for (const [, label, holder] of container.locks) {
      const lockId = locks.find((lock) => lock.label === label)?.lockId ?? "";
      await changeLockHolder(env, people.gao, { containerId, lockId, personId: people[holder] });
    }
    for (const key of container.seals) {
      const keeper = container.locks[0]?.[2] ?? "chen";
      const bodyId = await addPiece(place, seals[key], people[keeper]);
      pieces[key] = bodyId;
      walkTo(env.clock.now() + 6 * minute);
      await lockAway(env, people[keeper], { bodyId, containerId });
      walkTo(env.clock.now() + 9 * minute);
    }
  }
  return pieces;
}

/** A handover that waits for two of three, a short handover, a seal on somebody's desk, and a take-out that runs out two minutes later. */
export async function makeSampleCustody(
  place: SampleForCustody,
  pieces: Partial<Record<SealKey, string>>,
): Promise<void> {
  const { env, people, entityId } = place;
  await beginHandover(place);
  await makeShortHandover(place, pieces.personnel ?? "");
  await bringOut(env, people.fang, {
    ...{ bodyId: pieces.finance ?? "", purpose: "other", aboutId: null, reason: "Bank order · 银行付款" },
  });
  await makeTakeOut(place, pieces.contract ?? "");
  // A surprise check under way: nobody has answered yet.
  await openCheck(env, { entityId, kind: "surprise", count: 3, openedBy: people.ye });
}

/** A piece of opening stock: it was engraved and filed long ago, and is entered with its impression. */
async function addPiece(place: SampleForCustody, sealId: string, holderId: string): Promise<string> {
  const { env, people } = place;
  const seal = await env.db.selectFrom("seals").selectAll().where("seal_id", "=", sealId).executeTakeFirstOrThrow();
  const matterId = await ask(place, "enter-piece", people.gao, {
    ...{ sealId, photos: ["impression"] },
    title: `The piece of ${seal.number} that was there before · 登记存量实物 ${seal.number}`,
    reason: "It was engraved and filed before the platform. · 平台启用前已刻制备案。",
    data: {
      ...{ material: "rubber", madeBy: "Jiangcheng Engravers · 江城刻章", filingNumber: `3301-${seal.number}` },
      ...{ filedOn: "2024-03-01", holderId, specimenWidthMm: seal.width_mm },
    },
  });
  await approve(place, matterId);
  const body = await env.db
    .selectFrom("seal_bodies")
    .select("body_id")
    .where("matter_id", "=", matterId)
    .executeTakeFirstOrThrow();
  return body.body_id;
}

async function bodiesOf(env: Environment, sealId: string) {
  const rows = await env.db.selectFrom("seal_bodies").select("body_id").where("seal_id", "=", sealId).execute();
  return rows.map((row) => ({ bodyId: row.body_id, condition: "good" }));
}

async function beginHandover(place: SampleForCustody): Promise<void> {
  const { env, people, seals } = place;
  const matterId = await ask(place, "handover", people.duan, {
    sealId: seals.department,
    title: "Purchasing department seal to Meng Xia · 采购部章移交孟霞",
    reason: "Duan Rui takes another post. · 段睿岗位调整。",
    data: {
      ...{ transferorId: people.duan, receiverId: people.meng, witnessId: people.lin, cause: "post-change" },
      ...{ place: "HQ, 3rd floor · 总部 3 楼", at: null, bodies: await bodiesOf(env, seals.department) },
      ...{ lockIds: [], deviceRights: "", books: "Use register, volume 3 · 用印登记簿第 3 册", requestIds: [] },
    },
  });
  await approve(place, matterId);
  await photograph(place, people.duan, matterId, "impression", seals.department);
  await confirm(place, people.duan, matterId, "transferor", { count: 1 });
}

async function makeShortHandover(place: SampleForCustody, bodyId: string): Promise<void> {
  const { env, people, seals, entityId } = place;
  const today = dayIn("Asia/Shanghai", env.clock.now());
  const matterId = await ask(place, "short-handover", people.he, {
    sealId: seals.personnel,
    title: "Personnel seal to Duan Rui for three days · 人事专用章由段睿代管三日",
    reason: "Business trip · 出差",
    data: {
      ...{ transferorId: people.he, deputyId: people.duan, witnessId: people.jiang, tag: "0042" },
      ...{ until: addDays(today, 3), bodies: await bodiesOf(env, seals.personnel) },
    },
  });
  await confirm(place, people.he, matterId, "transferor", {});
  await confirm(place, people.duan, matterId, "deputy", {});
  // The bag lies where the deputy holds the lock, not where the custodian does.
  const own = await env.db
    .selectFrom("containers")
    .select("container_id")
    .where("entity_id", "=", entityId)
    .where("name_en", "=", "Cabinet 5")
    .executeTakeFirstOrThrow();
  await lockAway(env, people.duan, { bodyId, containerId: own.container_id });
}

async function makeTakeOut(place: SampleForCustody, pieceId: string): Promise<void> {
  const { env, people, seals } = place;
  const matterId = await ask(place, "take-out", people.xu, {
    sealId: seals.contract,
    title: "Signing at the customer's · 客户现场签约",
    reason: "The customer signs only at his own office. · 客户要求在其办公地签署。",
    data: {
      bodyId: pieceId,
      escort: [people.chen, people.xu],
      place: "Beicheng Bearings, Hangzhou · 杭州北辰轴承",
      documents: [{ title: "Framework agreement · 框架协议", impressions: 2 }],
      mostImpressions: 4,
      dueAt: new Date(env.clock.now() + 2 * 60_000).toISOString(),
    },
  });
  await approve(place, matterId);
  await photograph(place, people.chen, matterId, "issue", seals.contract);
  await confirm(place, people.chen, matterId, "keeper", { condition: "good" });
  await confirm(place, people.xu, matterId, "companion", { condition: "good" });
}
