import { addPeriod, refuse } from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { endTasks, openTasks } from "../tasks/open-task.ts";

const signedTask = "slip-signed";
const keyOf = (slipId: string, personId: string): string => `${slipId} ${personId}`;

interface NamedOnSlip {
  readonly signatory_id: string;
  readonly custodian_id: string;
  readonly entered_by: string;
}
/** Whom a slip names without his doing: who entered it says of himself by entering it. */
export const listNamedOnSlip = (slip: NamedOnSlip): string[] =>
  [slip.signatory_id, slip.custodian_id].filter((personId) => personId !== slip.entered_by);

/** Asks everybody whom a slip names whether that was he: nobody is said to have signed without learning it. */
export async function askNamedOnSlip(
  tx: Tx,
  env: Environment,
  slip: NamedOnSlip & {
    readonly slipId: string;
    readonly entityId: string;
    readonly sealId: string;
    readonly written: string;
    readonly day: string;
  },
): Promise<void> {
  const now = env.clock.now();
  const there = await tx
    .selectFrom("people")
    .select("person_id")
    .where("person_id", "in", ["", ...listNamedOnSlip(slip)])
    .where("state", "=", "active")
    .orderBy("person_id")
    .execute();
  const place = await readPlaceInTime(tx, slip.entityId);
  const { emergencyReviewWithin: count } = await readSettings(tx, now);
  await openTasks(
    tx,
    env,
    there.map(({ person_id: assigneeId }) => ({
      ...{ kind: signedTask, subjectKey: keyOf(slip.slipId, assigneeId), entityId: slip.entityId, assigneeId },
      ...{ sealId: slip.sealId, facts: { slip: slip.written, day: slip.day }, actorId: slip.entered_by },
      dueAt: addPeriod(now, { unit: "working-days", count }, place),
    })),
  );
}

/** Somebody whom a slip names says that he signed it, or that it was not he: the latter is a finding (C11). */
export async function answerSlip(
  env: Environment,
  personId: string,
  slipId: string,
  said: { wasMe: boolean; note: string },
): Promise<void> {
  const { wasMe, note } = said;
  await transact(env.db, async (tx) => {
    const slip = await tx.selectFrom("emergency_slips").selectAll().where("slip_id", "=", slipId).executeTakeFirst();
    if (!slip || !listNamedOnSlip(slip).includes(personId)) throw problems.notFound();
    if (!wasMe && note === "") throw refusedBy([refuse("slip.words-missing", {}, "C11")]);
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: wasMe ? "EmergencySlipConfirmed" : "EmergencySlipDenied", actorId: personId, sealId: slip.seal_id },
      ...{ facts: { slip: slipId, number: slip.written }, comment: note === "" ? null : note },
    });
    const made = await tx
      .insertInto("emergency_slip_answers")
      .values({
        ...{ slip_id: slipId, person_id: personId, was_me: wasMe, note },
        ...{ at: new Date(env.clock.now()), event_id: eventId },
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows !== 1n) throw problems.changedMeanwhile();
    const which = { kind: signedTask, subjectKey: keyOf(slipId, personId) };
    await endTasks(tx, env, which, { state: "done", actorId: personId, note });
    if (!wasMe)
      await openFinding(tx, env, {
        ...{ control: "C11", source: "slip.denied", subjectKey: keyOf(slipId, personId), entityId: slip.entity_id },
        ...{ sealId: slip.seal_id, personId: slip.entered_by, facts: { slip: slip.written }, actorId: personId },
      });
  });
}

/** Whether somebody whom a slip names is asked, and has not answered. */
export async function isSlipUnanswered(reader: Reader, slipId: string): Promise<boolean> {
  const row = await reader
    .selectFrom("tasks")
    .select("task_id")
    .where("kind", "=", signedTask)
    .where("subject_key", "like", `${slipId} %`)
    .where("state", "=", "open")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What was said of these slips by those whom they name. */
export async function readSlipAnswers(reader: Reader, slipIds: readonly string[]) {
  return reader
    .selectFrom("emergency_slip_answers")
    .select(["slip_id", "person_id", "was_me", "note"])
    .where("slip_id", "in", ["", ...slipIds])
    .orderBy("at")
    .execute();
}
