import { endOfDay, refuse } from "@chancery/domain";
import type { z } from "zod";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { giveCustody } from "../custody/follow-body.ts";
import { type MatterHandler, matterHandler } from "../matters/matter-handler.ts";
import type { MatterRow } from "../matters/store.ts";
import { readDays } from "../organisation/read-grants.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { openTask } from "../tasks/open-task.ts";
import { getSealOfMatter, listPeopleRefusals, listStepRefusals, takeStep } from "./body-step.ts";
import { asking } from "./engrave-matters.ts";
import { issueReceipt } from "./issue-receipts.ts";
import { openStopOfReplaced } from "./replaced-seal.ts";
import { PieceReceived, SealFiled, SealIssued, SpecimenKept } from "./seal-wanted.ts";
import { keepSpecimen, readSpecimen } from "./specimen.ts";

/** What a matter of the life of these bodies reserves: one step of a body at a time. */
export const ofBodies = (bodyIds: readonly string[]): string[] => bodyIds.map((bodyId) => `life:${bodyId}`);

/** The engraver's work is taken in by a named person, who answers for the piece from that moment. */
export const receivePiece: MatterHandler = matterHandler<z.output<typeof PieceReceived>>({
  data: PieceReceived,
  subjects: ({ data }) => ofBodies(data.bodyIds),
  candidates: async (_tx, _env, { data }) => [data.receiverId],
  check: async (tx, env, { row, data }) => [
    ...(await listPieceRefusals(tx, row, data.bodyIds)),
    ...(await listStepRefusals(tx, env, row, "receive-piece", data.bodyIds)),
    ...(await listPeopleRefusals(tx, [data.receiverId])),
  ],
  carryOut: async (tx, env, { row, data }, actor) => {
    await takeStep(tx, env, row, "receive-piece", data.bodyIds, actor, {
      ...{ personIds: [data.receiverId], words: [data.madeBy] },
    });
    await tx.updateTable("seal_bodies").set({ made_by: data.madeBy }).where("body_id", "in", data.bodyIds).execute();
    await giveToOne(tx, env, row, data.bodyIds, data.receiverId, "received", actor.personId);
  },
});

/** Pieces from now on answered for, and held, by one person. */
export async function giveToOne(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  bodyIds: readonly string[],
  personId: string,
  kind: "received" | "surrendered",
  actorId: string | null,
): Promise<void> {
  const { seal, bodies } = await getSealOfMatter(tx, row);
  const to = { people: [personId], placeOf: personId, kind };
  for (const body of bodies.filter((one) => bodyIds.includes(one.body_id)))
    await giveCustody(tx, env, seal, body, to, { actorId, matterId: row.matter_id });
}

export async function listPieceRefusals(tx: Tx, row: MatterRow, bodyIds: readonly string[]) {
  const keys = await tx
    .selectFrom("seal_bodies")
    .select("body_id")
    .where("seal_id", "=", row.seal_id)
    .where("body_id", "in", [...bodyIds])
    .where("kind", "=", "electronic")
    .execute();
  return keys.length > 0 ? [refuse("seal.pieces-only", {}, "C10")] : [];
}

/** Filed with the authority: its number and its paper. */
export const fileSeal: MatterHandler = matterHandler<z.output<typeof SealFiled>>({
  data: SealFiled,
  subjects: ({ data }) => ofBodies(data.bodyIds),
  check: async (tx, env, { row, data }) => [
    ...(data.filedOn > (await readDays(tx, env.clock.now()))(row.entity_id)
      ? [refuse("seal.file-date", {}, "C23")]
      : []),
    ...(await listStepRefusals(tx, env, row, "file-seal", data.bodyIds)),
  ],
  carryOut: async (tx, env, { row, data }, actor) => {
    await takeStep(tx, env, row, "file-seal", data.bodyIds, actor, {
      ...{ facts: { filedOn: data.filedOn }, words: [data.filingNumber] },
    });
    await tx
      .updateTable("seal_bodies")
      .set({ filing_number: data.filingNumber, filed_on: data.filedOn })
      .where("body_id", "in", data.bodyIds)
      .execute();
  },
});

/** The impression that every other one is compared with, made before a witness (C23). */
export const keepSpecimenMatter: MatterHandler = matterHandler<z.output<typeof SpecimenKept>>({
  data: SpecimenKept,
  subjects: ({ data }) => ofBodies([data.bodyId]),
  candidates: async (_tx, _env, { data }) => [data.witnessId],
  check: async (tx, env, { row, data }) => {
    const refusals = [
      ...(data.witnessId === row.asked_by ? [refuse("matter.own", {}, "C11")] : []),
      ...(await listPieceRefusals(tx, row, [data.bodyId])),
      ...(await listStepRefusals(tx, env, row, "keep-specimen", [data.bodyId])),
      ...(await listPeopleRefusals(tx, [data.witnessId])),
    ];
    if (refusals.length > 0 || !asking(row)) return refusals;
    const specimen = await readSpecimen(tx, env, row, "specimen", data.specimenWidthMm);
    return specimen.ok ? [] : specimen.refusals;
  },
  carryOut: async (tx, env, { row, data }, actor) => {
    const specimen = await readSpecimen(tx, env, row, "specimen", data.specimenWidthMm);
    if (!specimen.ok) throw refusedBy(specimen.refusals);
    await takeStep(tx, env, row, "keep-specimen", [data.bodyId], actor, { personIds: [data.witnessId] });
    await keepSpecimen(tx, env, specimen, data.bodyId);
  },
});

/**
 * Issue: in use from the day on, when everybody it needs is named. The notice is the matter itself; each recipient has a
 * task to say that he has it, and these receipts stay with the matter.
 */
export const issue: MatterHandler = matterHandler<z.output<typeof SealIssued>>({
  data: SealIssued,
  subjects: ({ data }) => ofBodies(data.bodyIds),
  check: async (tx, env, { row, data }) => [
    ...(await listStepRefusals(tx, env, row, "issue", data.bodyIds)),
    ...(await listPeopleRefusals(tx, data.recipients)),
  ],
  carryOut: async (tx, env, { row, data }, actor) => {
    await takeStep(tx, env, row, "issue", data.bodyIds, actor, { personIds: data.recipients, words: [data.scope] });
    const { seal } = await getSealOfMatter(tx, row);
    const from = (await readDays(tx, env.clock.now()))(row.entity_id);
    for (const personId of new Set(data.recipients))
      await openTask(tx, env, {
        ...{ kind: issueReceipt, subjectKey: `${row.matter_id}:${personId}`, entityId: row.entity_id },
        ...{ sealId: seal.seal_id, matterId: row.matter_id, assigneeId: personId, actorId: actor.personId },
        facts: { sealNumber: seal.number, from },
        dueAt: await dueInDays(tx, env, row.entity_id, from),
      });
    await openStopOfReplaced(tx, env, row, seal);
  },
});

async function dueInDays(tx: Tx, env: Environment, entityId: string, from: string): Promise<number> {
  const { timeZone } = await readPlaceInTime(tx, entityId);
  return Math.max(endOfDay(from, timeZone), env.clock.now());
}
