import {
  type ApprovalDecision,
  decideApproval,
  decideRequest,
  type Profile,
  refuse,
  type SealUseRequestState,
} from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { countUnopened } from "../document-series/series-of-request.ts";
import { followAuthorisedEmergency, listAgreementRefusals } from "../emergency/ask-emergency.ts";
import { consumePresence, type PresenceMethod } from "../identity/step-up.ts";
import { readOtherSide } from "../joint/engaged.ts";
import { followOtherSide, replaceRejected } from "../joint/follow-other-side.ts";
import { holdSides } from "../joint/joint-rows.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { type LoadedStep, loadRequest } from "../requests/load-request.ts";
import { dueAt, voidOpenSteps } from "../requests/steps.ts";
import { entitledNow, findDelegated, principalOf, readRouteNow } from "./entitled.ts";
import { leaveToOthers, listDecided } from "./one-part.ts";
import { countAgainst, countToSettle } from "./rule-fact.ts";
import { sendBack } from "./send-back.ts";

export interface DecisionInput {
  requestId: string;
  stepId: string;
  decision: ApprovalDecision;
  comment: string;
  /** The earlier step that it is returned to, instead of to the applicant. */
  backTo?: string | undefined;
  /** The digest the person saw. */
  digest: string;
  /** A checked proof of presence (verifyPresence), still to be consumed. */
  presence: { stepUpId: string; method: PresenceMethod } | null;
}

const eventOf = {
  approve: "SealUseStepApproved",
  reject: "SealUseStepRejected",
  return: "SealUseStepReturned",
} as const;

/**
 * The place in a step that a decision takes. Of several whose agreement is asked, another may have taken the one this
 * person saw, in the same moment or before: any place of the step that is still open to him is as good.
 */
function findPlace(steps: readonly LoadedStep[], stepId: string, personId: string): LoadedStep | undefined {
  const seen = steps.find((one) => one.stepId === stepId);
  // Whoever decided already and names a step that is gone is told so, and not of a step that he was never asked.
  if (!seen) return steps.find((one) => [one.decidedBy, one.decidedFor].includes(personId));
  if (seen.state === "current" || seen.decidedBy === personId) return seen;
  const { groupId } = seen;
  return (
    steps.find((one) => one.groupId === groupId && one.state === "current" && one.candidates.includes(personId)) ?? seen
  );
}

/** Decides the current step of a request as one person: approve, reject, or return for change. */
export async function decideStep(
  env: Environment,
  personId: string,
  input: DecisionInput,
): Promise<{ state: SealUseRequestState }> {
  return transact(env.db, async (tx) => {
    await holdSides(tx, input.requestId);
    const loaded = await loadRequest(tx, input.requestId, true);
    const { row, steps, sealIds, limits } = loaded;
    const backTo = input.decision === "return" ? input.backTo : undefined;
    const step = findPlace(steps, input.stepId, personId);
    if (!step) throw refusedBy([refuse("approval.step-not-current", { state: row.state })]);
    const seals =
      sealIds.length === 0
        ? []
        : await tx.selectFrom("seals").select(["important", "entity_id"]).where("seal_id", "in", sealIds).execute();
    const person = await tx
      .selectFrom("people")
      .select("credential_reset_at")
      .where("person_id", "=", personId)
      .executeTakeFirstOrThrow();
    // Who is engaged on the other side is told so, and not that he holds no role.
    const route = await readRouteNow(tx, env, { row, sealIds, joint: null });
    const { profile } = await tx.selectFrom("installation").select("profile").executeTakeFirstOrThrow();
    const entitled = await entitledNow(tx, route, step);
    const principal = route && principalOf(step, route, personId);
    // One who is not entitled may be so because whoever he stands in for has another duty here: that is told.
    const standsFor =
      principal ?? (route && !entitled.includes(personId) ? findDelegated(step.kind, route, personId) : null);
    const now = env.clock.now();
    const last = steps.every((one) => one.state === "approved" || one.stepId === step.stepId);
    const decided = decideApproval({
      requestState: row.state,
      step: {
        ...{ kind: step.kind, state: step.state, candidates: step.candidates, group: step.groupId },
        last,
      },
      decidedBefore: listDecided(steps),
      profile: profile as Profile,
      decision: input.decision,
      comment: input.comment,
      actorId: personId,
      applicantId: row.applicant_id,
      handlerId: row.handler_id,
      importantSeal: seals.some((seal) => seal.important),
      presenceAsked: limits?.presence === true,
      factsOpen: countToSettle(loaded.facts),
      factsAgainst: countAgainst(loaded.facts),
      sampleUnopened: await countUnopened(tx, loaded, personId),
      digestSeen: input.digest,
      digestNow: row.digest ?? "",
      present: input.presence !== null,
      grantInForce: entitled.includes(personId),
      standsFor: standsFor?.delegatedBy ?? null,
      credentialResetAt: person.credential_reset_at?.getTime() ?? null,
      otherSide: await readOtherSide(tx, env, loaded),
      now,
    });
    if (!decided.ok) throw refusedBy(decided.refusals);
    const early = input.decision === "approve" ? await listAgreementRefusals(tx, env, row) : [];
    if (early.length > 0) throw refusedBy(early);
    const authorises = decided.events[0]?.authorises === true;
    // Where it is returned to an earlier step the request itself stays where it is.
    const ends = input.decision === "approve" || backTo !== undefined ? null : input.decision;
    const command = ends ?? (authorises ? "approve-last" : "approve-step");
    const changed = decideRequest(row.state, command);
    if (!changed.ok) throw refusedBy(changed.refusals);
    const state = changed.events[0]?.to ?? row.state;
    if (input.presence)
      await consumePresence(tx, env, input.presence.stepUpId, {
        personId,
        act: input.decision,
        subjectId: input.requestId,
        digest: input.digest,
      });
    const stepState = { approve: "approved", reject: "rejected", return: "returned" }[input.decision];
    await tx
      .updateTable("request_steps")
      .set({
        state: stepState,
        decided_by: personId,
        decided_at: new Date(now),
        comment: input.comment === "" ? null : input.comment,
        method: input.presence?.method ?? "session",
        step_up_id: input.presence?.stepUpId ?? null,
        delegation_id: principal?.grantId ?? null,
      })
      .where("step_id", "=", step.stepId)
      .execute();
    if (input.decision === "approve") {
      await beginNextStage(tx, steps, step, now);
      if (route) await leaveToOthers(tx, await loadRequest(tx, input.requestId), route);
    }
    const sent =
      backTo === undefined ? null : await sendBack(tx, env, loaded, await readRouteNow(tx, env, loaded), step, backTo);
    if (ends) await voidOpenSteps(tx, input.requestId, row.round);
    await tx
      .updateTable("seal_use_requests")
      .set({
        state,
        updated_at: new Date(now),
        version: row.version + 1,
        ...(authorises ? { authorised_at: new Date(now) } : {}),
      })
      .where("request_id", "=", input.requestId)
      .execute();
    await recordEvent(tx, env, {
      type: sent ? "SealUseStepsReopened" : eventOf[input.decision],
      actorId: personId,
      requestId: input.requestId,
      facts: {
        ...{ step: step.kind, digest: row.digest, method: input.presence?.method ?? "session" },
        ...(input.presence ? { stepUp: input.presence.stepUpId } : {}),
        ...(principal ? { delegation: principal.grantId } : {}),
        ...sent,
      },
      comment: input.comment === "" ? null : input.comment,
    });
    if (ends) {
      const event = ends === "reject" ? "rejected" : "returned";
      const comment = input.comment === "" ? null : input.comment;
      if (event === "rejected") await replaceRejected(tx, env, loaded);
      await followOtherSide(tx, env, loaded, event, { actorId: personId, comment });
    }
    if (authorises) {
      const { eventId } = await recordEvent(tx, env, {
        type: "SealUseRequestAuthorised",
        actorId: null,
        requestId: input.requestId,
        facts: { number: row.number, digest: row.digest },
      });
      await followAuthorisedEmergency(tx, env, loaded, { personId, eventId });
    }
    return { state };
  });
}

/** When the last step of a stage is approved, every step of the next one begins, and its time with it. */
async function beginNextStage(tx: Tx, steps: readonly LoadedStep[], decided: LoadedStep, now: number): Promise<void> {
  const open = steps.filter((one) => one.stepId !== decided.stepId && one.state !== "approved");
  if (open.some((one) => one.stage <= decided.stage)) return;
  const next = Math.min(...open.map((one) => one.stage));
  // One that waits beside a reviewer who was put before another has begun already.
  for (const step of open.filter((one) => one.stage === next && one.state === "waiting"))
    await tx
      .updateTable("request_steps")
      .set({ state: "current", due_at: dueAt(step.hours, now) })
      .where("step_id", "=", step.stepId)
      .execute();
}
