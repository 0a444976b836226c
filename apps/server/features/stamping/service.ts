import { askGate, type GateAnswer, hasAgreed, listConfirmationRefusals, refuse } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { askForAuthorisations, listRefusalsOfPieces } from "../controller-stamping/ask-authorisations.ts";
import { listDockHindrances } from "../controller-stamping/may-be-docked.ts";
import { consumePresence } from "../identity/step-up.ts";
import { holdSides } from "../joint/joint-rows.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { listRemoteHindrances } from "../remote-supervision/may-be-remote.ts";
import { type GateView, readGateFacts } from "./gate-facts.ts";
import { listReserved, readStamping } from "./open-stamping.ts";
import { reserve } from "./reserve.ts";

export type PresenceAct = "release" | "confirm";
export type StampWay = "hand" | "controller" | "remote" | "docked";
export interface GateOutcome {
  sealing: boolean;
  answer: GateAnswer;
  view: GateView;
}

/**
 * The custodian releases, or the supervisor confirms, with a checked proof of presence on the digest he saw. When the
 * gate then says yes, the impressions are reserved and the sealing job is enqueued, or the stamping by hand is open, all in
 * one transaction; until then the answer says what is still missing.
 */
export async function givePresence(
  env: Environment,
  personId: string,
  act: PresenceAct,
  requestId: string,
  digest: string,
  stepUpId: string,
  /** Of a release for paper: by the custodian's hand, or by the controller that the seal sits in, its supervisor beside it or elsewhere, anywhere or only in its dock. */
  way: StampWay = "hand",
): Promise<GateOutcome> {
  return transact(env.db, async (tx) => {
    await holdSides(tx, requestId);
    const view = await readGateFacts(tx, env, requestId, { lock: true });
    const { row } = view.loaded;
    // Stamping that goes on another day is opened anew: presence lasts a day.
    const goesOn = row.state === "opened" && row.use_mode === "by-hand";
    if (row.state !== "authorised" && !goesOn)
      throw refusedBy([refuse("request.command-not-possible", { state: row.state, command: act })]);
    const both = view.actsOnOtherSide(personId);
    if (both.length > 0) throw refusedBy(both);
    // A release lasts a day: it is asked for when it can be used.
    if (view.facts.joint && !hasAgreed(view.facts.joint.otherState))
      throw refusedBy([
        refuse(
          "gate.other-side-agreed.not",
          { state: view.facts.joint.otherState, other: view.facts.joint.other },
          "C02",
        ),
      ]);
    if (goesOn && act === "release" && (await readStamping(tx, requestId))?.opened_by !== personId)
      throw refusedBy([refuse("stamping.opened-by-other", {}, "C08")]);
    // Who released is who the register names: while it waits for the second pair of eyes nobody takes his place unseen.
    if (act === "release" && view.turn?.act === "confirmation" && row.released_by !== personId)
      throw refusedBy([refuse("release.waits", {}, "C08")]);
    const allowed = act === "release" ? view.custodians : view.watchers;
    if (!allowed.includes(personId))
      throw refusedBy([
        act === "release" ? refuse("release.not-custodian", {}, "C08") : refuse("confirm.not-supervisor", {}, "C04"),
      ]);
    // One person is never both eyes: the second custodian may supervise what the first released, and the other way round.
    if (act === "confirm" && personId === row.released_by)
      throw refusedBy([refuse("gate.duties-apart.not", { duty: "custodian", otherDuty: "supervisor" }, "C11")]);
    const byController = act === "release" ? way !== "hand" && row.use_mode === "by-hand" : row.by_controller;
    const remote = act === "release" ? byController && way === "remote" : row.remote;
    const docked = act === "release" ? byController && way === "docked" : row.docked;
    const stamping = goesOn ? await readStamping(tx, requestId) : undefined;
    if (stamping?.end_asked_at != null) throw refusedBy([refuse("stamping.ending", {}, "C09")]);
    if (stamping && stamping.by_controller !== byController) throw refusedBy([refuse("stamping.way-fixed", {}, "C09")]);
    if (stamping && stamping.remote !== remote) throw refusedBy([refuse("remote.way-fixed", {}, "C04")]);
    if (stamping && stamping.docked !== docked) throw refusedBy([refuse("docked.way-fixed", {}, "C09")]);
    if (byController) {
      const stamperId = act === "release" ? personId : (row.released_by ?? "");
      // Who supervises from elsewhere needs no finger on the box.
      const supervisorId = act === "release" || remote ? null : personId;
      const pieces = [...view.piecesOf(stamperId).values()];
      const unwatched = remote ? await listRemoteHindrances(tx, view, pieces) : [];
      if (unwatched.length > 0) throw refusedBy(unwatched);
      const undockable = docked ? await listDockHindrances(tx, view, pieces) : [];
      if (undockable.length > 0) throw refusedBy(undockable);
      const unfit = await listRefusalsOfPieces(tx, view.facts.entityId, pieces, {
        ...{ stamperId, supervisorId, emergency: row.emergency_until !== null },
      });
      if (unfit.length > 0) throw refusedBy(unfit);
    }
    if (digest !== row.digest) throw refusedBy([refuse("approval.digest-differs", {}, "C17")]);
    const early = act === "confirm" ? listConfirmationRefusals(view.facts) : [];
    if (early.length > 0) throw refusedBy(early);
    await consumePresence(tx, env, stepUpId, { personId, act, subjectId: requestId, digest });
    const now = new Date(env.clock.now());
    const delegation = act === "confirm" ? view.delegationOf(personId) : null;
    await tx
      .updateTable("seal_use_requests")
      .set(
        act === "release"
          ? {
              ...{
                released_by: personId,
                released_at: now,
                release_step_up: stepUpId,
                by_controller: byController,
                ...{ remote, docked },
              },
              // What was confirmed was an earlier release.
              ...{ confirmed_by: null, confirmed_at: null, confirm_step_up: null },
            }
          : { confirmed_by: personId, confirmed_at: now, confirm_step_up: stepUpId },
      )
      .where("request_id", "=", requestId)
      .execute();
    await recordEvent(tx, env, {
      type: act === "release" ? "SealUseReleased" : "SealUseConfirmed",
      actorId: personId,
      requestId,
      facts: { number: row.number, digest, stepUp: stepUpId, ...(delegation ? { delegation } : {}) },
    });
    if (!goesOn) return reserve(tx, env, requestId);
    const wanted = await listReserved(tx, requestId);
    const after = await readGateFacts(tx, env, requestId, { wanted });
    const answer = askGate(after.facts);
    if (byController && answer.allowed)
      await askForAuthorisations(tx, env, {
        ...{ requestId, entityId: view.facts.entityId, askedBy: answer.authorisation.custodianId },
      });
    return { sealing: false, answer, view: after };
  });
}

/** The gate's answer for showing it: why can I not seal this? Nothing is reserved. */
export async function askGateFor(env: Environment, requestId: string): Promise<GateOutcome> {
  const row = await env.db
    .selectFrom("seal_use_requests")
    .select("request_id")
    .where("request_id", "=", requestId)
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  const view = await readGateFacts(env.db, env, requestId, { checkFiles: true });
  return { sealing: false, answer: askGate(view.facts), view };
}
