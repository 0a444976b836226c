import { Time } from "@chancery/api";
import {
  addPeriod,
  HANDOVER_CAUSES,
  listHandoverRefusals,
  listInventoryRefusals,
  PIECE_CONDITIONS,
  refuse,
} from "@chancery/domain";
import { z } from "zod";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { type MatterHandler, type MatterOf, matterHandler } from "../matters/matter-handler.ts";
import { readMatterEvidence, readSteps } from "../matters/store.ts";
import { readAwayUntil } from "../organisation/absences.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { changeSealState } from "../seals/service.ts";
import { keepCondition } from "../seals/store.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import { openTask } from "../tasks/open-task.ts";
import { changeCustodian, listChangeRefusals } from "./change-custodian.ts";
import { listOtherSeals, lockSealsOfBodies, putBackInUse, toHandOver } from "./custody-bodies.ts";
import { listUnfitness } from "./fit-to-hold.ts";
import { askToUnfreeze, endForcedHandovers, listForced, reopenForcedHandovers } from "./forced-handover-tasks.ts";
import { listLockRefusals, passLocksOn } from "./locks.ts";
import { endShortHandoversOf } from "./short-handovers.ts";

export const PersonIdText: z.ZodString = z.string().regex(/^per_[0-9a-f-]{36}$/);
export const BodyIdText: z.ZodString = z.string().regex(/^body_[0-9a-f-]{36}$/);
export const PieceList: z.ZodArray<
  z.ZodObject<{ bodyId: z.ZodString; condition: z.ZodEnum<{ [K in (typeof PIECE_CONDITIONS)[number]]: K }> }>
> = z
  .array(z.object({ bodyId: BodyIdText, condition: z.enum(PIECE_CONDITIONS) }))
  .min(1)
  .max(40);

const HandoverData = z.object({
  transferorId: PersonIdText,
  receiverId: PersonIdText,
  witnessId: PersonIdText,
  cause: z.enum(HANDOVER_CAUSES),
  place: z.string().trim().min(1).max(200),
  /** When the three meet. */
  at: Time.nullable(),
  bodies: PieceList,
  lockIds: z.array(z.string().max(60)).max(40),
  deviceRights: z.string().trim().max(1000),
  books: z.string().trim().max(1000),
  /** Requests under way for these seals, which the receiver goes on with. */
  requestIds: z.array(z.string().max(60)).max(200),
});
type Data = z.output<typeof HandoverData>;
/** What one of the three says he counted and compared. */
const Found = z.object({ count: z.number().int().min(0).max(100), impressionsMatch: z.boolean().nullish() });

const named = ({ data }: MatterOf<Data>): string[] => data.bodies.map((one) => one.bodyId);

/** Who approved it last gives the receiver his grant; never one of the three. */
async function readApprover(tx: Tx, matter: MatterOf<Data>): Promise<string> {
  const steps = await readSteps(tx, matter.row);
  return steps.findLast((step) => step.state === "approved")?.decided_by ?? "";
}

/**
 * Handover of custody (C14): from the approval on nothing passes the gate; the transferor answers until the last of the
 * three has confirmed; then grants, postings and locks move at once, and the managing office is told within its days.
 */
export const handover: MatterHandler = matterHandler<Data>({
  data: HandoverData,
  subjects: (matter) => named(matter).map((bodyId) => `custody:${bodyId}`),
  concerned: ({ data }) => [data.transferorId, data.receiverId, data.witnessId],
  candidates: async (reader, env, { row, data }, part) => {
    if (part === "receiver") return [data.receiverId];
    if (part === "witness") return [data.witnessId];
    if (await hasDeparted(reader, data.transferorId)) return listManagingOffice(reader, env, row, data);
    // Who is on leave may come in and sign himself; nobody waits for it.
    return (await readAwayUntil(reader, data.transferorId, env.clock.now())) === null
      ? [data.transferorId]
      : [data.transferorId, ...(await listManagingOffice(reader, env, row, data))];
  },
  check: async (tx, env, matter) => {
    const { row, data } = matter;
    const there = await lockSealsOfBodies(tx, named(matter));
    const foreign = there.seals.some((seal) => seal.entity_id !== row.entity_id);
    const change = {
      leaving: data.transferorId,
      coming: data.receiverId,
      until: null,
      grantedBy: await readApprover(tx, matter),
    };
    return [
      ...(foreign ? [refuse("handover.body-unknown", {})] : []),
      ...listOtherSeals(row, there, named(matter)),
      ...listHandoverRefusals(data, named(matter), toHandOver(there), row.state === "approved"),
      ...(await listUnfitness(tx, env, data.receiverId, there.seals)),
      ...(await listChangeRefusals(tx, env, there.seals, change)),
      ...(await listLockRefusals(tx, data)),
    ];
  },
  checkConfirmation: async (tx, _env, matter, { part, personId, facts }) => {
    if (part === "transferor" && personId !== matter.data.transferorId) {
      const seen = (await readMatterEvidence(tx, matter.row.matter_id)).some((one) => one.slot === "pieces");
      if (!seen) return [refuse("handover.photo-for-absent", {}, "C14")];
    }
    const found = Found.safeParse(facts);
    if (!found.success) return [refuse("handover.facts-missing", {}, "C14")];
    const { bodies } = await lockSealsOfBodies(tx, named(matter));
    const pieces = bodies.filter((body) => body.kind === "physical" && named(matter).includes(body.body_id)).length;
    const photos = (await readMatterEvidence(tx, matter.row.matter_id)).filter((one) => one.slot === "impression");
    // The receiver compares, because it is he who answers from now on, and the witness sees it; all three count.
    const compares = part === "receiver";
    return listInventoryRefusals(
      { pieces, impressions: part === "transferor" ? pieces : photos.length },
      { count: found.data.count, impressionsMatch: compares ? (found.data.impressionsMatch ?? null) : true },
    );
  },
  approved: async (tx, env, matter, actor) => {
    const { bodies } = await lockSealsOfBodies(tx, named(matter));
    for (const body of bodies.filter((one) => named(matter).includes(one.body_id) && one.state === "in-use"))
      await changeSealState(tx, env, body.seal_id, "begin-handover", byMatter(matter, actor.personId), body.body_id);
  },
  released: async (tx, env, matter, actor) => {
    if (matter.row.state === "approved") await endHandover(tx, env, matter, actor.personId);
    const { seals } = await lockSealsOfBodies(tx, named(matter));
    await reopenForcedHandovers(tx, env, matter.data.transferorId, seals, matter.row.number ?? "");
  },
  carryOut: async (tx, env, matter, actor) => {
    const { row, data } = matter;
    const there = await lockSealsOfBodies(tx, named(matter));
    const moved = there.bodies.filter((body) => named(matter).includes(body.body_id));
    const by = { actorId: actor.personId, matterId: row.matter_id, reason: row.reason };
    const { eventId } = await changeCustodian(
      tx,
      env,
      there.seals,
      moved,
      {
        ...{ leaving: data.transferorId, coming: data.receiverId, until: null },
        grantedBy: await readApprover(tx, matter),
      },
      by,
    );
    for (const { bodyId, condition } of data.bodies) await keepCondition(tx, bodyId, condition);
    await passLocksOn(tx, env, data, row.matter_id);
    await endShortHandoversOf(tx, env, named(matter), row.matter_id, actor.personId);
    await endHandover(tx, env, matter, actor.personId);
    const sealIds = there.seals.map((seal) => seal.seal_id);
    const forced = await listForced(tx, data.transferorId, sealIds, row.number);
    const tasks = { personId: data.transferorId, sealIds };
    await endForcedHandovers(tx, env, tasks, { state: "done", actorId: actor.personId });
    const kept = there.seals.filter((seal) => forced.includes(seal.seal_id));
    await askToUnfreeze(tx, env, kept, { matterId: row.matter_id, actorId: actor.personId });
    for (const seal of there.seals)
      await writeRegisterLine(tx, env, {
        register: "custody",
        entityId: row.entity_id,
        kind: "handover",
        eventId,
        sealId: seal.seal_id,
        matterId: row.matter_id,
        personIds: [data.transferorId, data.receiverId, data.witnessId],
        facts: {
          number: row.number,
          cause: data.cause,
          bodies: moved.filter((body) => body.seal_id === seal.seal_id).length,
          locks: data.lockIds.length,
          ...{ transferor: data.transferorId, receiver: data.receiverId, witness: data.witnessId },
        },
        words: [row.title, row.reason, data.place],
      });
    await openReport(tx, env, matter);
  },
});

/** Somebody who has left signs nothing any more. */
async function hasDeparted(reader: Reader, personId: string): Promise<boolean> {
  const person = await reader.selectFrom("people").select("state").where("person_id", "=", personId).executeTakeFirst();
  return person?.state === "departed";
}

/** Who signs in the place of a transferor who has left or is on leave: the office that runs the seals, but none of the other two. */
async function listManagingOffice(
  reader: Reader,
  env: Environment,
  row: { entity_id: string },
  data: Data,
): Promise<string[]> {
  const grants = await readGrantsInForce(reader, env.clock.now(), { entityId: row.entity_id });
  const office = grants.filter((grant) => grant.role === "seal-administrator").map((grant) => grant.personId);
  return [...new Set(office)].filter((person) => person !== data.receiverId && person !== data.witnessId);
}

const byMatter = (matter: MatterOf<Data>, actorId: string | null) => ({
  actorId,
  matterId: matter.row.matter_id,
  reason: null,
});

async function endHandover(tx: Tx, env: Environment, matter: MatterOf<Data>, actorId: string | null): Promise<void> {
  const { seals, bodies } = await lockSealsOfBodies(tx, named(matter));
  for (const body of bodies.filter((one) => named(matter).includes(one.body_id) && one.state === "in-handover")) {
    const seal = seals.find((one) => one.seal_id === body.seal_id);
    if (seal) await putBackInUse(tx, env, seal, body, "end-handover", byMatter(matter, actorId));
  }
}

async function openReport(tx: Tx, env: Environment, { row, data }: MatterOf<Data>): Promise<void> {
  const now = env.clock.now();
  const { custodianChangeReportWithin: count } = await readSettings(tx, now);
  const place = await readPlaceInTime(tx, row.entity_id);
  await openTask(tx, env, {
    kind: "custodian-change-report",
    subjectKey: row.matter_id,
    entityId: row.entity_id,
    sealId: row.seal_id,
    personId: data.receiverId,
    matterId: row.matter_id,
    assigneeId: data.receiverId,
    dueAt: addPeriod(now, { unit: "working-days", count }, place),
    actorId: null,
  });
}
