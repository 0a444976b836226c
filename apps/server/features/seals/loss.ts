import { addPeriod, hasWay, LOSS_TASKS, refuse, type SealBody } from "@chancery/domain";
import type { z } from "zod";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { postMove, readHeldNow } from "../custody/postings.ts";
import { closeSession, endOutAlarm } from "../custody/sessions.ts";
import { followLodgings } from "../lodgings/open-withdrawals.ts";
import { type MatterActor, type MatterHandler, matterHandler } from "../matters/matter-handler.ts";
import type { MatterRow } from "../matters/store.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import { endTasks, openTask } from "../tasks/open-task.ts";
import { getSealOfMatter, listPeopleRefusals, listStepRefusals, takeStep } from "./body-step.ts";
import { listPieceRefusals, ofBodies } from "./making-matters.ts";
import { BodiesOnly, SealFound } from "./seal-wanted.ts";
import { changeSealState } from "./service.ts";
import { lockSeal, readBodies, type SealRow } from "./store.ts";
import { mayActOn, maySee, readViewer } from "./visible-seals.ts";

/**
 * Reports a piece lost, by anybody who may freeze the seal (C10): that piece is lost, every other body is frozen in the
 * same moment, and the clocks of the loss begin. Pure protection, so nobody is asked first.
 */
export async function reportLoss(
  env: Environment,
  report: { actorId: string; sealId: string; bodyId: string; reason: string },
): Promise<void> {
  await transact(env.db, async (tx) => {
    const seal = await lockSeal(tx, report.sealId);
    const viewer = await readViewer(tx, report.actorId, env.clock.now());
    const place = { sealId: seal.seal_id, entityId: seal.entity_id };
    if (!maySee(viewer, place)) throw problems.notFound();
    if (!mayActOn(viewer, place, "seal.freeze")) throw problems.notPermitted("seal.freeze");
    const bodies = await readBodies(tx, [seal.seal_id]);
    const lost = bodies.find((body) => body.body_id === report.bodyId && body.kind === "physical");
    if (!lost) throw refusedBy([refuse("loss.unknown-piece", {}, "C10")]);
    const by = { actorId: report.actorId, reason: report.reason };
    const { eventId } = await changeSealState(tx, env, seal.seal_id, "report-loss", by, lost.body_id);
    const others = bodies.filter((body) => body !== lost && hasWay(body.kind as SealBody, body.state, "freeze"));
    for (const body of others) await changeSealState(tx, env, seal.seal_id, "freeze", by, body.body_id);
    await closeSession(tx, env, lost.body_id);
    await endOutAlarm(tx, env, lost.body_id, report.actorId);
    await writeRegisterLine(tx, env, {
      register: "loss",
      kind: "lost",
      ...{ entityId: seal.entity_id, eventId, sealId: seal.seal_id },
      ...{ bodyId: lost.body_id, unitId: seal.unit_id, personIds: [report.actorId] },
      facts: { body: lost.number, frozen: others.length },
      words: [report.reason],
    });
    await openClocks(tx, env, seal, lost.body_id, report.actorId);
    await followLodgings(tx, env, [seal.seal_id], report);
  });
}

/** Police in hours, public notice in working days, the file closed in months: each a setting, each with its evidence. */
async function openClocks(tx: Tx, env: Environment, seal: SealRow, bodyId: string, actorId: string): Promise<void> {
  const now = env.clock.now();
  const settings = await readSettings(tx, now);
  const place = await readPlaceInTime(tx, seal.entity_id);
  const periods = {
    "loss-police-report": { unit: "hours", count: settings.lossReportWithin },
    "loss-notice": { unit: "working-days", count: settings.lossNoticeWithin },
    "loss-file": { unit: "months", count: settings.lossFileWithin },
  } as const;
  for (const kind of LOSS_TASKS)
    await openTask(tx, env, {
      ...{ kind, subjectKey: bodyId, entityId: seal.entity_id, sealId: seal.seal_id, bodyId },
      ...{ assigneeRole: "seal-administrator", dueAt: addPeriod(now, periods[kind], place), actorId },
    });
}

async function endClocks(
  tx: Tx,
  env: Environment,
  bodyIds: readonly string[],
  kinds: readonly string[],
  end: { state: "done" | "cancelled"; actorId: string | null },
): Promise<void> {
  for (const bodyId of bodyIds) for (const kind of kinds) await endTasks(tx, env, { kind, subjectKey: bodyId }, end);
}

/** Void: its number is never used again; found later, it can only be destroyed. */
export const declareVoid: MatterHandler = matterHandler<z.output<typeof BodiesOnly>>({
  data: BodiesOnly,
  subjects: ({ data }) => ofBodies(data.bodyIds),
  check: (tx, env, { row, data }) => listStepRefusals(tx, env, row, "declare-void", data.bodyIds),
  carryOut: async (tx, env, { row, data }, actor) => {
    await takeStep(tx, env, row, "declare-void", data.bodyIds, actor);
    await endClocks(tx, env, data.bodyIds, LOSS_TASKS, { state: "done", actorId: actor.personId });
    await followSpecimens(tx, env, row, actor);
  },
});

const followSpecimens = (tx: Tx, env: Environment, row: MatterRow, { personId }: MatterActor): Promise<void> =>
  followLodgings(tx, env, row.seal_id === null ? [] : [row.seal_id], { actorId: personId, matterId: row.matter_id });

type Found = z.output<typeof SealFound>;

/** Found: compared with its specimen, then frozen; back in use only when another person unfreezes it. */
export const findSeal: MatterHandler = matterHandler<Found>({
  data: SealFound,
  subjects: ({ data }) => ofBodies(data.bodyIds),
  concerned: ({ data }) => [data.holderId],
  check: async (tx, env, { row, data }) => [
    ...(data.matchesSpecimen ? [] : [refuse("loss.comparison-missing", {}, "C23")]),
    ...(await listPieceRefusals(tx, row, data.bodyIds)),
    ...(await listStepRefusals(tx, env, row, "find-seal", data.bodyIds)),
    ...(await listPeopleRefusals(tx, [data.holderId])),
  ],
  carryOut: async (tx, env, { row, data }, actor) => {
    await takeStep(tx, env, row, "find-seal", data.bodyIds, actor, {
      ...{ personIds: [data.holderId], words: [data.where] },
    });
    await putInHandOf(tx, env, row, data, actor.personId);
    await endClocks(tx, env, data.bodyIds, LOSS_TASKS, { state: "cancelled", actorId: actor.personId });
    await followSpecimens(tx, env, row, actor);
  },
});

/** Who answers for it did so all the time; only its place is known again. */
async function putInHandOf(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  data: Found,
  actorId: string | null,
): Promise<void> {
  const { seal, bodies } = await getSealOfMatter(tx, row);
  const heldNow = await readHeldNow(tx, data.bodyIds);
  const to = `person:${data.holderId}` as const;
  for (const body of bodies.filter((one) => data.bodyIds.includes(one.body_id)))
    if (heldNow(body.body_id).custodian !== null && heldNow(body.body_id).place?.to !== to)
      await postMove(tx, env, {
        ...{ sealId: seal.seal_id, bodyId: body.body_id, kind: body.kind, book: "place", to },
        ...{ actorId, matterId: row.matter_id },
      });
}
