import type { Environment } from "../../platform/environment.ts";
import { escalateAlarms } from "../alarms/escalate-alarms.ts";
import { askAnewWhereAllLeft, followOverdueSteps } from "../approvals/overdue-ticks.ts";
import { compareSignaturesNightly } from "../authority/compare-signatures.ts";
import { turnStorageChecks } from "../checks/check-ticks.ts";
import { compareCountersNightly } from "../controller-stamping/compare-counters.ts";
import { followPhotoDebts } from "../controller-stamping/photo-debts.ts";
import { judgeWaitingReadings } from "../controller-stamping/read-counters.ts";
import { followAuthorisations } from "../controller-stamping/stamping-ticks.ts";
import { tellMissingPhotos, tellMissingRecords, tellSilentBoxes } from "../controllers/controller-ticks.ts";
import { alarmOverdueReturns, alarmPiecesOut } from "../custody/custody-ticks.ts";
import { freezeCustodyOfTheUnfit } from "../custody/fitness-ticks.ts";
import { openForcedHandovers } from "../custody/forced-handovers.ts";
import { tellDueRotations } from "../custody/rotation-ticks.ts";
import { leaveStepsOfAbsent, turnDelegations } from "../delegations/ticks.ts";
import { endEmergencies } from "../emergency/emergency-ticks.ts";
import { tellOverdueSheets } from "../forms/blank-sheets.ts";
import { handOnReports } from "../forms/follow-reports.ts";
import { tellUnfitFormKeepers } from "../forms/keeper-ticks.ts";
import { carryOutDueMatters } from "../matters/carry-out-matter.ts";
import { openFirstStockTakes } from "../opening-stock/first-stock-take.ts";
import { endTasksOfTheReturned } from "../organisation/leaver-tasks.ts";
import { sweepExports } from "../registers/exports.ts";
import { endTasksOfOverRequests } from "../requests/leaver-requests.ts";
import { remindOfRuleBook } from "../rule-book/reading-tasks.ts";
import { issueConfirmed } from "../seals/issue-confirmed.ts";
import { alarmOverdueEnds } from "../seals/life-ticks.ts";
import { checkSeparationNightly } from "../separation/prove.ts";
import { alarmLateStampings } from "../stamping/stamping-ticks.ts";
import { pollVendorClouds } from "../vendor-clouds/vendor-ticks.ts";

/**
 * What time itself brings about: clocks that run out, terms that end, effective days that come. Each tick looks for what
 * is due and does it in its own transactions; run again it finds nothing more, so a missed minute is made up by the next.
 */
export type Tick = (env: Environment) => Promise<void>;

const ticks: readonly { name: string; run: Tick }[] = [
  { name: "matters that take effect", run: carryOutDueMatters },
  { name: "seals of those who have gone", run: openForcedHandovers },
  { name: "locks and take-outs of those who are back", run: endTasksOfTheReturned },
  { name: "uses of applicants who left that are over", run: endTasksOfOverRequests },
  { name: "seals whose people have confirmed", run: issueConfirmed },
  { name: "pieces out of their containers", run: alarmPiecesOut },
  { name: "short handovers and take-outs overdue", run: alarmOverdueReturns },
  { name: "records of controllers that are missing", run: tellMissingRecords },
  { name: "photos of controllers that are missing", run: tellMissingPhotos },
  { name: "controllers that are silent", run: tellSilentBoxes },
  { name: "alarms that nobody acknowledged", run: escalateAlarms },
  { name: "authorisations of controllers that are over", run: followAuthorisations },
  { name: "authorisations at makers' clouds that are to be asked for", run: pollVendorClouds },
  { name: "photos that controllers owe", run: followPhotoDebts },
  { name: "custodians who are no longer fit", run: freezeCustodyOfTheUnfit },
  { name: "first stock-takes of the opening stock", run: openFirstStockTakes },
  { name: "storage checks due and unanswered", run: turnStorageChecks },
  { name: "rotations that fall due", run: tellDueRotations },
  { name: "delegations that begin and end", run: turnDelegations },
  { name: "keepers of forms who no longer may", run: tellUnfitFormKeepers },
  { name: "blank sheets that are not back", run: tellOverdueSheets },
  { name: "reports on blank sheets that wait for another", run: handOnReports },
  { name: "steps of people on leave", run: leaveStepsOfAbsent },
  { name: "steps whose people have left", run: askAnewWhereAllLeft },
  { name: "steps that wait too long", run: followOverdueSteps },
  { name: "emergencies whose hours are over", run: endEmergencies },
  { name: "stampings that stay open or unconfirmed", run: alarmLateStampings },
  { name: "what the authority signed, against the ledger", run: compareSignaturesNightly },
  { name: "strokes that are stored, against the counters", run: compareCountersNightly },
  { name: "counters that people read, against the strokes that came", run: judgeWaitingReadings },
  { name: "the proof that nobody acts alone", run: checkSeparationNightly },
  { name: "files of old exports", run: sweepExports },
  { name: "rule books to be read", run: remindOfRuleBook },
  { name: "stopped seals not surrendered and losses not settled", run: alarmOverdueEnds },
];

/** Runs every tick; a tick that fails is told and does not keep the others from running. */
export async function runTicks(env: Environment): Promise<void> {
  for (const { name, run } of ticks) {
    try {
      await run(env);
    } catch (error) {
      env.logger.error({ err: error, tick: name }, "a tick of the clockwork failed");
    }
  }
}

/**
 * One round by the real clock. Not while the sample organisation is made: its past is walked through by a clock of its own, and
 * what is just being put away there would seem to have been out for months.
 */
export async function runRound(env: Environment): Promise<void> {
  const { state } = await env.db.selectFrom("installation").select("state").executeTakeFirstOrThrow();
  if (state !== "preparing-sample") await runTicks(env);
}

/** Runs the ticks every minute, one round at a time; answers how to stop, after the round under way. */
export function startClockwork(env: Environment): () => Promise<void> {
  let round: Promise<void> = Promise.resolve();
  let running = false;
  const begin = (): void => {
    if (running) return;
    running = true;
    round = runRound(env)
      .catch((error: unknown) => env.logger.error({ err: error }, "a round of the clockwork failed"))
      .finally(() => {
        running = false;
      });
  };
  begin();
  const timer = setInterval(begin, 60_000);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await round;
  };
}
