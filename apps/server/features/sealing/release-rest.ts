import { decideImpression, decideRequest, describe, type FactValue, type GateCondition } from "@chancery/domain";
import type { SealRefusal } from "@chancery/pdf-seal/seal";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import type { BothTexts } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { letOtherSideSeal } from "../joint/turns.ts";
import { recordEvent } from "../ledger/record-event.ts";
import type { GateView } from "../stamping/gate-facts.ts";
import { engineProblem } from "./document-problems.ts";
import type { ImpressionRow } from "./settle.ts";

/** Why what was begun is not let out. */
export interface ReleaseReason {
  code: string;
  facts: Readonly<Record<string, FactValue>>;
  /** Where the code is none of the domain's. */
  sentence?: BothTexts;
}

export const gateReasons = (conditions: readonly GateCondition[]): ReleaseReason[] =>
  conditions.filter((condition) => !condition.met).map(({ code, facts }) => ({ code, facts }));

export const engineReason = (refusal: SealRefusal): ReleaseReason => ({ ...engineProblem(refusal), facts: {} });

/**
 * Nothing that was begun gets out: what is not settled is released, its signature is forgotten, and the request says why.
 * The request is held; custodian and supervisor are asked anew.
 */
export async function releaseRest(
  tx: Tx,
  env: Environment,
  view: GateView,
  waiting: readonly ImpressionRow[],
  reasons: readonly ReleaseReason[],
): Promise<void> {
  const { row } = view.loaded;
  const now = new Date(env.clock.now());
  const changed = decideRequest(row.state, "release-rest");
  if (!changed.ok) throw refusedBy(changed.refusals);
  const codes = reasons.map(({ code }) => code).join(" ");
  for (const impression of waiting) {
    const decided = decideImpression(impression.state, "release", "electronic");
    if (!decided.ok) throw refusedBy(decided.refusals);
    const released = await tx
      .updateTable("impressions")
      .set({ state: "released", released_at: now, signature: null })
      .where("impression_id", "=", impression.impressionId)
      .where("state", "=", impression.state)
      .executeTakeFirst();
    if (released.numUpdatedRows !== 1n) throw new Error("an impression changed while it was released");
    await recordEvent(tx, env, {
      type: "ImpressionReleased",
      actorId: null,
      requestId: row.request_id,
      sealId: impression.sealId,
      facts: { impressionId: impression.impressionId, reasons: codes },
    });
  }
  const [first] = reasons;
  const sentence = first ? (first.sentence ?? describe(first.code, first.facts).sentence) : null;
  await tx
    .updateTable("seal_use_requests")
    .set({
      state: changed.events[0]?.to ?? row.state,
      sealing_state: "failed",
      sealing_problem: JSON.stringify({ codes, sentence }),
      released_by: null,
      released_at: null,
      release_step_up: null,
      confirmed_by: null,
      confirmed_at: null,
      confirm_step_up: null,
      updated_at: now,
      version: row.version + 1,
    })
    .where("request_id", "=", row.request_id)
    .execute();
  await letOtherSideSeal(tx, env, row.request_id);
}

/** The sentence that `releaseRest` left with a request, for showing it. */
export function readSealingProblem(stored: string | null): BothTexts | null {
  return stored === null ? null : (JSON.parse(stored) as { sentence: BothTexts | null }).sentence;
}
