import {
  decideMatterStep,
  listLastConfirmationRefusals,
  type MatterState,
  matterDefinition,
  type Role,
  refuse,
} from "@chancery/domain";
import { type Reader, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { consumePresence } from "../identity/step-up.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { approveMatter, carryOutNow, endMatter, isDue, listConfirmed, listMissing } from "./carry-out-matter.ts";
import { matterHandlers } from "./handlers.ts";
import { holdersOf, isOnlyDelegate } from "./holders.ts";
import { type CheckedPresence, parseMatter, recordMatterEvent, setMatterState } from "./matter-rows.ts";
import { requireSeesMatter } from "./may-see.ts";
import { prepareMatter } from "./prepare-matter.ts";
import { getMatter, type MatterRow, readConfirmations, readMatterEvidence, readSteps } from "./store.ts";

/** Decides the current step as one person. */
export async function decideMatterStepOf(
  env: Environment,
  personId: string,
  input: {
    matterId: string;
    stepId: string;
    decision: "approve" | "reject" | "return";
    comment: string;
    digest: string;
    presence: CheckedPresence;
  },
): Promise<{ state: MatterState }> {
  if (input.decision === "approve") await prepareMatter(env, input.matterId, personId);
  return transact(env.db, async (tx) => {
    const row = await getMatter(tx, input.matterId, true);
    await requireSeesMatter(tx, personId, row, env.clock.now());
    const steps = await readSteps(tx, row);
    const step = steps.find((one) => one.step_id === input.stepId && one.state === "current");
    if (!step) throw problems.changedMeanwhile();
    const grants = await readGrantsInForce(tx, env.clock.now(), { personId, entityId: row.entity_id });
    const role = step.role as Role;
    const own = grants.filter((grant) => grant.delegatedBy === undefined);
    const delegation = holdersOf(own, row, role).includes(personId)
      ? null
      : (grants.find((grant) => grant.delegatedBy !== undefined && holdersOf([grant], row, role).length > 0)?.grantId ??
        null);
    const decided = decideMatterStep({
      state: row.state,
      step: { role, presence: step.presence, candidates: step.candidates },
      actorId: personId,
      askedBy: row.asked_by,
      decision: input.decision,
      comment: input.comment,
      grantInForce: holdersOf(grants, row, role).includes(personId),
      onlyDelegate: isOnlyDelegate(grants, row, role),
      digestSeen: input.digest,
      digestNow: row.digest ?? "",
      present: input.presence !== null,
    });
    if (!decided.ok) throw refusedBy(decided.refusals);
    if (input.presence)
      await consumePresence(tx, env, input.presence.stepUpId, {
        personId,
        act: "matter-approve",
        subjectId: row.matter_id,
        digest: input.digest,
      });
    const now = new Date(env.clock.now());
    const comment = input.comment === "" ? null : input.comment;
    await tx
      .updateTable("matter_steps")
      .set({
        state: { approve: "approved", reject: "rejected", return: "returned" }[input.decision] as "approved",
        decided_by: personId,
        decided_at: now,
        comment,
        method: input.presence?.method ?? "session",
        step_up_id: input.presence?.stepUpId ?? null,
        delegation_id: delegation,
      })
      .where("step_id", "=", step.step_id)
      .execute();
    const type = { approve: "MatterStepApproved", reject: "MatterStepRejected", return: "MatterStepReturned" } as const;
    await recordMatterEvent(
      tx,
      env,
      row,
      type[input.decision],
      personId,
      { role, digest: row.digest, ...(delegation ? { delegation } : {}) },
      comment,
    );
    const next = steps.find((one) => one.position === step.position + 1);
    if (input.decision !== "approve") await endMatter(tx, env, row, input.decision, { personId });
    else if (next) {
      await setMatterState(tx, env, row, "approve-step");
      await tx.updateTable("matter_steps").set({ state: "current" }).where("step_id", "=", next.step_id).execute();
    } else await approveMatter(tx, env, row, { personId });
    return { state: (await getMatter(tx, row.matter_id)).state };
  });
}

/** Confirms a part with one's own proof of presence; what needs nothing more after it is carried out at once. */
export async function confirmMatter(
  env: Environment,
  personId: string,
  input: { matterId: string; part: string; digest: string; facts: Record<string, unknown>; presence: CheckedPresence },
): Promise<{ state: MatterState }> {
  return transact(env.db, async (tx) => {
    const row = await getMatter(tx, input.matterId, true);
    const handler = matterHandlers[row.kind];
    const matter = parseMatter(row);
    const candidates = await listCandidates(tx, env, row, input.part);
    if (candidates === undefined) throw problems.notFound();
    if (candidates !== null && !candidates.includes(personId))
      throw refusedBy([refuse("matter.not-your-part", { part: input.part }, "C11")]);
    if (row.state !== "approved") throw refusedBy([refuse("matter.command-not-possible", { state: row.state })]);
    if (input.digest !== row.digest) throw refusedBy([refuse("matter.changed", {})]);
    if (!input.presence) throw refusedBy([refuse("matter.presence-missing", {})]);
    const confirmed = await readConfirmations(tx, row.matter_id);
    const other = confirmed.find((one) => one.person_id === personId);
    if (other?.part === input.part) throw refusedBy([refuse("matter.part-confirmed", { part: input.part })]);
    if (other) throw refusedBy([refuse("matter.parts-meet", { part: input.part, other: other.part }, "C11")]);
    const definition = matterDefinition(row.kind);
    const files = await readMatterEvidence(tx, row.matter_id);
    const refusals = [
      ...((await handler.checkConfirmation?.(tx, env, matter, { part: input.part, personId, facts: input.facts })) ??
        []),
      ...listLastConfirmationRefusals(
        definition,
        { slots: new Set(files.map((file) => file.slot)), confirmed: listConfirmed(row, confirmed) },
        { part: input.part, personId },
      ),
    ];
    if (refusals.length > 0) throw refusedBy(refusals);
    await consumePresence(tx, env, input.presence.stepUpId, {
      personId,
      act: "matter-confirm",
      subjectId: row.matter_id,
      digest: input.digest,
    });
    await tx
      .insertInto("matter_confirmations")
      .values({
        matter_id: row.matter_id,
        part: input.part,
        person_id: personId,
        digest: input.digest,
        method: input.presence.method,
        step_up_id: input.presence.stepUpId,
        confirmed_at: new Date(env.clock.now()),
        facts: JSON.stringify(input.facts),
      })
      .execute();
    await recordMatterEvent(tx, env, row, "MatterConfirmed", personId, { part: input.part, digest: input.digest });
    if (definition.carriedOut === "at-once" && (await listMissing(tx, row)).length === 0 && (await isDue(tx, env, row)))
      await carryOutNow(tx, env, row, { personId });
    return { state: (await getMatter(tx, row.matter_id)).state };
  });
}

/** Who may confirm a part; null for anybody of the entity, undefined where the kind has no such part. */
export async function listCandidates(
  reader: Reader,
  env: Environment,
  row: MatterRow,
  part: string,
): Promise<readonly string[] | null | undefined> {
  if (!matterDefinition(row.kind).confirmations.some((one) => one.part === part)) return undefined;
  return (await matterHandlers[row.kind].candidates?.(reader, env, parseMatter(row), part)) ?? null;
}
