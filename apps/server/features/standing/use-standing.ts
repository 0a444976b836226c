import { randomInt } from "node:crypto";
import {
  addPeriod,
  type CounterpartyKind,
  decideRequest,
  isDrawn,
  listReviewers,
  listStandingRefusals,
  type Objection,
  type Refusal,
  type RuleSet,
  type RulesDecision,
  refuse,
  withoutSteps,
} from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { dayIn, readGrants } from "../organisation/read-grants.ts";
import type { LoadedRequest } from "../requests/load-request.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import { openTask } from "../tasks/open-task.ts";
import { readReferences, readStanding } from "./standing-rows.ts";

/** What the rules say of a use under a standing authorisation: no step, and what does not fall under its terms. */
export async function decideStanding(
  reader: Reader,
  loaded: LoadedRequest,
  decided: RulesDecision,
  at: {
    readonly today: string;
    readonly rules: RuleSet;
    readonly external: boolean;
    readonly counterpartyKind: CounterpartyKind;
    readonly amount: number | null;
    readonly currency: string;
    readonly objections: readonly Objection[];
  },
): Promise<{ decided: RulesDecision; refusals: readonly Refusal[] }> {
  const { row, documents, sealIds, facts } = loaded;
  const state = await readStanding(reader, row.standing_id ?? "", row.request_id);
  if (!state) return { decided, refusals: [refuse("standing.other-entity", {}, "C01")] };
  const documentIds = documents.map((document) => document.documentId);
  const refusals = listStandingRefusals(
    state,
    {
      ...{ entityId: row.entity_id, today: at.today, sealIds, external: at.external, amount: at.amount },
      ...{ currency: at.currency, counterpartyKind: at.counterpartyKind, emergency: row.emergency_reason !== null },
      documents: await readReferences(reader, documentIds, facts.seen.templates),
      disagreements: facts.seen.disagreements.length,
      openPlaces: documents.reduce((sum, { unfinished }) => sum + unfinished.length, 0),
    },
    at.rules,
  );
  // Nobody would be asked: what a reviewer said no to goes the ordinary way.
  const objected = at.objections.length === 0 ? [] : [refuse("standing.objected", {}, "C03")];
  return { decided: withoutSteps(decided), refusals: [...refusals, ...objected] };
}

/**
 * A request that was submitted under a standing authorisation is authorised with that: its use is counted, and if the lot
 * falls on it somebody without a part in it has it to look at.
 */
export async function authoriseByStanding(
  tx: Tx,
  env: Environment,
  { row, sealIds }: Pick<LoadedRequest, "row" | "sealIds">,
  submitted: { readonly number: string; readonly digest: string },
): Promise<void> {
  const standingId = row.standing_id ?? "";
  const requestId = row.request_id;
  const now = env.clock.now();
  // Held: of two requests that want the last use one has it.
  await tx
    .selectFrom("standing_authorisations")
    .select("uses")
    .where("standing_id", "=", standingId)
    .forUpdate()
    .execute();
  const state = await readStanding(tx, standingId, requestId);
  if (!state) throw refusedBy([refuse("standing.other-entity", {}, "C01")]);
  // It may have ended since it was asked.
  if (state.ended) throw refusedBy([refuse("standing.over", { to: state.terms.to }, "C01")]);
  const changed = decideRequest("in-review", "approve-last");
  if (!changed.ok) throw refusedBy(changed.refusals);
  const { standingReviewOneIn, standingReviewWithin } = await readSettings(tx, now);
  const nr = state.used + 1;
  const drawn = isDrawn(nr, standingReviewOneIn, randomInt(2 ** 32) / 2 ** 32);
  if (!state.counted) {
    if (nr > state.terms.count) throw refusedBy([refuse("standing.used-up", { count: state.terms.count }, "C01")]);
    await tx
      .insertInto("standing_uses")
      .values({ standing_id: standingId, nr, request_id: requestId, drawn, at: new Date(now) })
      .execute();
  }
  await tx
    .updateTable("seal_use_requests")
    .set({ state: changed.events[0]?.to ?? "authorised", authorised_at: new Date(now) })
    .where("request_id", "=", requestId)
    .execute();
  await recordEvent(tx, env, {
    ...{ type: "SealUseRequestAuthorised", actorId: null, requestId, matterId: state.row.matter_id },
    facts: { ...submitted, standing: standingId, ...(state.counted ? {} : { use: nr, drawn }) },
  });
  if (state.counted || !drawn) return;
  const place = await readPlaceInTime(tx, state.entityId);
  const reviewers = listReviewers({
    ...{ entityId: state.entityId, today: dayIn(place.timeZone, now) },
    grants: await readGrants(tx, { entityId: state.entityId }),
    taken: [row.applicant_id, row.handler_id ?? ""].map((personId) => ({ personId, duty: "applicant" as const })),
  });
  const office = reviewers?.role ?? "inspector";
  await openTask(tx, env, {
    ...{ kind: "review-standing-use", subjectKey: requestId, entityId: state.entityId, sealId: sealIds[0] ?? null },
    ...{ matterId: state.row.matter_id, actorId: null, assigneeRole: office },
    // An inspector never asks for a use; whoever runs the seals might, so that one is named who did not.
    ...(office === "inspector" ? {} : { assigneeId: reviewers?.people[0] ?? null }),
    facts: { request: submitted.number, standing: state.row.number },
    dueAt: addPeriod(now, { unit: "working-days", count: standingReviewWithin }, place),
  });
}
