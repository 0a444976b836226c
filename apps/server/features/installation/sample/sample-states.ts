import type { MatterKind, SealState } from "@chancery/domain";
import { defaultFace } from "@chancery/seal-image";
import { addContainer, changeLockHolder } from "../../custody/containers.ts";
import { readLocks } from "../../custody/locks.ts";
import { lockAway } from "../../custody/move-piece.ts";
import { addMatterEvidence } from "../../matters/ask-matter.ts";
import { carryOutMatter } from "../../matters/carry-out-matter.ts";
import { getMatter } from "../../matters/store.ts";
import { dayIn } from "../../organisation/read-grants.ts";
import { reportLoss } from "../../seals/report-loss.ts";
import { freezeSeal } from "../../seals/service.ts";
import { completeTask } from "../../tasks/complete-task.ts";
import { listTasksOf } from "../../tasks/read-model.ts";
import type { SampleForCustody } from "./custody.ts";
import { sampleEntities } from "./sample-crew.ts";
import { approve, ask, confirm, uploadFace } from "./sample-matters.ts";
import { confirmSamplePositions } from "./sample-rule-book.ts";

/** Numbered seals of the sales desks, each come as far as its name says. */
const desks: readonly { readonly desk: number; readonly state: SealState }[] = [
  { desk: 1, state: "destroyed" },
  { desk: 2, state: "sealed-up" },
  { desk: 3, state: "surrendered" },
  { desk: 4, state: "void" },
  { desk: 5, state: "lost" },
  { desk: 6, state: "frozen" },
  { desk: 7, state: "cancelled" },
  { desk: 8, state: "awaiting-issue" },
  { desk: 9, state: "filed" },
  { desk: 10, state: "made" },
  { desk: 11, state: "approved-for-engraving" },
  // A number further on, so that the next one is free to be asked for.
  { desk: 20, state: "requested" },
];
/** Pieces that have been in use: their custody goes back as far as that of the other pieces, whatever became of them since. */
const used: readonly SealState[] = ["destroyed", "sealed-up", "surrendered", "void", "lost", "frozen"];

/** Steps that are told of while they are made: those that have been used are walked in two parts. */
export const sampleDesks = desks.length + desks.filter(({ state }) => used.includes(state)).length;

interface Desk {
  readonly sealId: string;
  readonly bodyId: string;
  readonly number: string;
  readonly widthMm: number;
}

/** What desks have that were issued early, for what becomes of them later. */
interface DesksInUse {
  readonly photo: string;
  readonly issued: ReadonlyMap<number, Desk>;
}

/** The pieces that have been used, issued when the platform began and kept in the sales cabinet since. */
export async function issueSampleDesks(place: SampleForCustody, told: () => void): Promise<DesksInUse> {
  const { env, people, entityId } = place;
  const { containerId } = await addContainer(env, people.gao, {
    ...{ entityId, kind: "cabinet", name: { en: "Cabinet 7", zh: "7 号密码柜" }, camera: "" },
    ...{ address: "总部 1 楼 营业厅 · HQ, ground floor", insideMonitoring: false, goodForImportant: false },
    locks: [{ kind: "code", label: "7" }],
  });
  const [lock] = await readLocks(env.db, [containerId]);
  await changeLockHolder(env, people.gao, { containerId, lockId: lock?.lockId ?? "", personId: people.he });
  let photo = "";
  const issued = new Map<number, Desk>();
  for (const { desk, state } of desks) {
    if (!used.includes(state)) continue;
    const made = await engrave(place, desk);
    // Their faces are alike: one picture stands in for the photos of all of them.
    photo ||= await uploadFace(place, people.gao, made.sealId);
    await walkTo(place, made, "in-use", photo);
    await lockAway(env, people.he, { bodyId: made.bodyId, containerId });
    issued.set(desk, made);
    told();
  }
  return { photo, issued };
}

/**
 * Physical seals in every state that the other seals of the sample are not in, each brought there by its matters. Of what
 * is applied for there is the matter alone: a seal is made only once it is approved.
 */
export async function makeSealsInEveryState(
  place: SampleForCustody,
  { photo, issued }: DesksInUse,
  told: () => void,
): Promise<void> {
  const archive = await addArchiveSafe(place);
  for (const { desk, state } of desks) {
    const inUse = issued.get(desk);
    if (inUse) await endUse(place, inUse, state, { archive, photo });
    else if (state === "requested") await askForDesk(place, desk);
    else await walkTo(place, await engrave(place, desk), state, photo);
    told();
  }
}

async function addArchiveSafe({ env, people, entityId }: SampleForCustody): Promise<string> {
  const { containerId } = await addContainer(env, people.gao, {
    ...{ entityId, kind: "safe", name: { en: "Archive safe", zh: "档案保险柜" }, camera: "C-102" },
    ...{ address: "总部 1 楼 档案室 · HQ, ground floor", insideMonitoring: true, goodForImportant: true },
    locks: [
      { kind: "key", label: "R-1" },
      { kind: "code", label: "R-2" },
    ],
  });
  const locks = await readLocks(env.db, [containerId]);
  for (const [label, personId] of [
    ["R-1", people.gao],
    ["R-2", people.ye],
  ] as const) {
    const lockId = locks.find((lock) => lock.label === label)?.lockId ?? "";
    await changeLockHolder(env, people.gao, { containerId, lockId, personId });
  }
  return containerId;
}

const numberOf = (desk: number): string => `LX-${30 + desk}`;

async function askForDesk(place: SampleForCustody, desk: number): Promise<string> {
  const { people } = place;
  const number = numberOf(desk);
  const face = defaultFace("business", sampleEntities.lanxi.name.zh);
  return ask(place, "engrave", people.gao, {
    ...{ sealId: null, title: `Seal of sales desk ${desk} ${number} · 业务专用章（${desk}）` },
    reason: "One for each desk. · 每个柜台一枚。",
    data: {
      ...{ type: "business", name: { en: `Sales desk seal (${desk})`, zh: `业务专用章（${desk}）` }, number },
      ...{ external: false, face: { kind: "generated", spec: face } },
      ...{ physical: { pieces: 1, material: "rubber" }, electronic: null },
      ...{ custodians: [people.he, people.duan], supervisor: null, certificateKeeper: null },
    },
  });
}

async function engrave(place: SampleForCustody, desk: number): Promise<Desk> {
  const { env, people } = place;
  const number = numberOf(desk);
  const matterId = await askForDesk(place, desk);
  await approve(place, matterId);
  await confirmSamplePositions(env, [people.he, people.duan]);
  const made = await env.db
    .selectFrom("seals as s")
    .innerJoin("seal_bodies as b", "b.seal_id", "s.seal_id")
    .select(["s.seal_id", "b.body_id", "s.width_mm"])
    .where("s.matter_id", "=", matterId)
    .executeTakeFirstOrThrow();
  return { sealId: made.seal_id, bodyId: made.body_id, number, widthMm: made.width_mm };
}

/** Matters of the life of one desk's seal, asked for by the office that runs the seals. */
function mattersOf(place: SampleForCustody, { sealId, number }: Desk, photo: string) {
  const { env, people } = place;
  const asked = (kind: MatterKind, title: string, data: object, photos: readonly string[] = []): Promise<string> =>
    ask(place, kind, people.gao, {
      ...{ sealId, photos, evidenceId: photo },
      ...{ title: `${title} ${number}`, reason: "The life of a desk seal. · 柜台印章的流转。", data: { ...data } },
    });
  return {
    asked,
    approved: async (...of: Parameters<typeof asked>): Promise<string> => {
      const matterId = await asked(...of);
      await approve(place, matterId);
      return matterId;
    },
    shown: async (matterId: string, slots: readonly string[]): Promise<void> => {
      for (const slot of slots) await addMatterEvidence(env, people.gao, { matterId, slot, evidenceId: photo });
    },
    reached: async (state: SealState, wanted: SealState): Promise<boolean> => {
      if (state !== wanted) return false;
      const row = await env.db.selectFrom("seals").select("state").where("seal_id", "=", sealId).executeTakeFirst();
      if (row?.state !== wanted) throw new Error(`the seal ${number} of the sample is ${row?.state}, not ${wanted}`);
      return true;
    },
  };
}

/** From its approval on to its issue, one matter after the other, until the piece is in the state wanted. */
async function walkTo(place: SampleForCustody, desk: Desk, wanted: SealState, photo: string): Promise<void> {
  const { env, people } = place;
  const { bodyId, number } = desk;
  const bodyIds = [bodyId];
  const { asked, approved, reached } = mattersOf(place, desk, photo);
  if (await reached("approved-for-engraving", wanted)) return;
  if (wanted === "cancelled") {
    await approved("give-up-engraving", "The desk is not opened · 柜台取消", { bodyIds });
    await reached("cancelled", wanted);
    return;
  }
  const received = await asked(
    "receive-piece",
    "Received from the engraver · 领取",
    { ...{ bodyIds, madeBy: "Jiangcheng Engravers · 江城刻章", receiverId: people.gao } },
    ["slip"],
  );
  await confirm(place, people.gao, received, "receiver", {});
  if (await reached("made", wanted)) return;
  const filedOn = dayIn("Asia/Shanghai", env.clock.now());
  await asked("file-seal", "Filed · 备案", { bodyIds, filingNumber: `3301-${number}`, filedOn }, ["filing"]);
  if (await reached("filed", wanted)) return;
  const kept = await asked(
    "keep-specimen",
    "Specimen kept · 留存印模",
    { ...{ bodyId, specimenWidthMm: desk.widthMm, witnessId: people.ye } },
    ["specimen"],
  );
  await confirm(place, people.ye, kept, "witness", {});
  if (await reached("awaiting-issue", wanted)) return;
  const notice = await approved("issue", "Issued for use · 启用", {
    ...{ bodyIds, scope: "Sales slips · 销售单据", recipients: [people.jiang] },
  });
  await reached("in-use", wanted);
  const [receipt] = (await listTasksOf(env, people.jiang, { matterId: notice })).filter((one) => one.mayDo);
  await completeTask(env, people.jiang, { taskId: receipt?.taskId ?? "", note: "Read. · 已阅。", evidenceId: null });
}

/** What becomes of a piece that was in use. */
async function endUse(
  place: SampleForCustody,
  desk: Desk,
  wanted: SealState,
  { archive, photo }: { archive: string; photo: string },
): Promise<void> {
  const { env, people } = place;
  const { sealId, bodyId, number } = desk;
  const bodyIds = [bodyId];
  const { asked, approved, shown, reached } = mattersOf(place, desk, photo);
  if (wanted === "frozen") {
    await freezeSeal(env, {
      sealId,
      actorId: people.gao,
      reason: "The desk is being moved. · 柜台搬迁。",
      stepUpId: null,
    });
    await reached("frozen", wanted);
    return;
  }
  if (wanted === "lost" || wanted === "void") {
    await reportLoss(env, { actorId: people.he, sealId, bodyId, reason: "Not in its drawer. · 不在抽屉内。" });
    if (await reached("lost", wanted)) return;
    const voided = await approved("declare-void", "Declared void · 公告作废", { bodyIds }, ["report"]);
    await shown(voided, ["notice"]);
    const digest = (await getMatter(env.db, voided)).digest ?? "";
    await carryOutMatter(env, people.gao, { matterId: voided, digest, presence: null });
    await reached("void", wanted);
    return;
  }
  await approved("stop", "Stopped · 停用", {});
  const surrendered = await asked("surrender", "Surrendered · 上缴", {
    ...{ bodyIds, transferorId: people.he, receiverId: people.gao, books: "Use register 1 · 用印登记簿 1" },
  });
  await shown(surrendered, ["pieces", "register"]);
  await confirm(place, people.he, surrendered, "transferor", {});
  await confirm(place, people.gao, surrendered, "receiver", {});
  if (await reached("surrendered", wanted)) return;
  const sealed = await asked("seal-up", "Sealed up · 封存", {
    ...{ bodyIds, containerId: archive, tag: number, executorId: people.gao, witnessId: people.ye },
  });
  await shown(sealed, ["sealed"]);
  await confirm(place, people.gao, sealed, "executor", {});
  await confirm(place, people.ye, sealed, "witness", {});
  if (await reached("sealed-up", wanted)) return;
  const ended = await approved("destroy", "No longer needed. · 不再需要。", {
    ...{ bodyIds, executors: [people.gao, people.song], witnessId: people.ye, method: "cut · 切割" },
  });
  await shown(ended, ["before", "after"]);
  await confirm(place, people.gao, ended, "executor", {});
  await confirm(place, people.song, ended, "executor", {});
  await confirm(place, people.ye, ended, "witness", {});
  await reached("destroyed", wanted);
}
