import { addPeriod, hasWay, LOSS_TASKS, refuse, type SealBody, TASKS_OF_A_PIECE } from "@chancery/domain";
import { sql } from "kysely";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { closeSession, endOutAlarm } from "../custody/sessions.ts";
import { followLodgings } from "../lodgings/open-withdrawals.ts";
import { endOthers } from "../matters/carry-out-matter.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import { endTasksOfPiece, openTask } from "../tasks/open-task.ts";
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
    for (const body of others)
      await changeSealState(tx, env, seal.seal_id, "freeze", { ...by, loss: lost.body_id }, body.body_id);
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
    for (const kind of TASKS_OF_A_PIECE) await endTasksOfPiece(tx, env, kind, lost.body_id, report.actorId);
    await endWhatBringsItHome(tx, env, lost, report);
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

/** What was asked of its take-out has nothing to bring back or to prolong any more, and nobody is kept waiting for it. */
async function endWhatBringsItHome(
  tx: Tx,
  env: Environment,
  lost: { body_id: string; number: string },
  report: { actorId: string; reason: string },
): Promise<void> {
  const rows = await tx
    .selectFrom("matters as m")
    .innerJoin("take_outs as t", (join) => join.on(sql<boolean>`t.matter_id = m.data ->> 'takeOutId'`))
    .select("m.matter_id")
    .where("m.kind", "in", ["take-out-extension", "take-out-paper", "take-out-return"])
    .where("m.state", "in", ["in-review", "approved"])
    .where("t.body_id", "=", lost.body_id)
    .execute();
  const by = { matter_id: null, number: lost.number, reason: report.reason };
  const ids = rows.map((row) => row.matter_id);
  await endOthers(tx, env, by, ids, { personId: report.actorId });
}
