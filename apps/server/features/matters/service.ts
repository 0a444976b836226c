import {
  decideMatter,
  decideMatterRoute,
  decideMatterStep,
  type Grant,
  listMissingForCarryingOut,
  type MatterCommand,
  type MatterKind,
  type MatterState,
  type MatterStep,
  matterDefinition,
  type Profile,
  type Refusal,
  type Role,
  refuse,
} from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { consumePresence, type PresenceMethod } from "../identity/step-up.ts";
import { type EventToRecord, recordEvent } from "../ledger/record-event.ts";
import { dayIn, readGrantsInForce } from "../organisation/read-grants.ts";
import { matterHandlers } from "./handlers.ts";
import type { MatterActor, MatterOf } from "./matter-handler.ts";
import { requireSeesMatter } from "./may-see.ts";
import {
  digestMatter,
  getMatter,
  type MatterRow,
  readConfirmations,
  readMatterEvidence,
  readSteps,
  releaseSubjects,
  reserveSubjects,
  takeMatterNumber,
} from "./store.ts";

export interface MatterInput {
  entityId: string;
  unitId: string | null;
  sealId: string | null;
  bodyId: string | null;
  personId: string | null;
  title: string;
  reason: string;
  data: Record<string, unknown>;
  effectiveOn: string | null;
}
/** A checked proof of presence (verifyPresence), still to be consumed. */
export type CheckedPresence = { stepUpId: string; method: PresenceMethod } | null;

/** Holders of a role for the matter's seal, unit or entity, in force now. */
export function holdersOf(grants: readonly Grant[], row: MatterRow, role: Role): string[] {
  const reaching = grants.filter(
    (grant) =>
      grant.role === role &&
      grant.entityId === row.entity_id &&
      (grant.scope.kind === "entity" ||
        (grant.scope.kind === "seal" && grant.scope.id === row.seal_id) ||
        (grant.scope.kind === "unit" && grant.scope.id === row.unit_id)),
  );
  return [...new Set(reaching.map((grant) => grant.personId))];
}

/** Reads a matter's data by its kind's schema; data that do not fit name the fields. */
export function parseMatter(row: MatterRow): MatterOf<unknown> {
  const parsed = matterHandlers[row.kind].data.safeParse(row.data);
  if (!parsed.success)
    throw problems.inputInvalid(
      parsed.error.issues
        .slice(0, 20)
        .map((issue) => ({ path: `data.${issue.path.join(".")}`, message: issue.message })),
    );
  return { row, data: parsed.data };
}

async function requireMayAsk(
  reader: Reader,
  env: Environment,
  personId: string,
  row: { kind: MatterKind; entity_id: string },
) {
  const { askedBy } = matterDefinition(row.kind);
  if (askedBy.length === 0) return;
  const grants = await readGrantsInForce(reader, env.clock.now(), { personId, entityId: row.entity_id });
  if (!grants.some((grant) => askedBy.includes(grant.role))) throw problems.notPermitted(`matter ${row.kind}`);
}

/** Begins a matter as a draft of the person's own. */
export async function beginMatter(
  env: Environment,
  actorId: string,
  kind: MatterKind,
  input: MatterInput,
): Promise<{ matterId: string }> {
  return transact(env.db, async (tx) => {
    await requireMayAsk(tx, env, actorId, { kind, entity_id: input.entityId });
    const now = env.clock.now();
    const matterId = newId("mat", now);
    await tx
      .insertInto("matters")
      .values({
        matter_id: matterId,
        kind,
        state: "draft",
        ...columnsOf(input),
        asked_by: actorId,
        created_at: new Date(now),
        updated_at: new Date(now),
      })
      .execute();
    parseMatter(await getMatter(tx, matterId));
    await recordEvent(tx, env, { type: "MatterOpened", actorId, matterId, sealId: input.sealId, facts: { kind } });
    return { matterId };
  });
}

const columnsOf = (input: MatterInput) => ({
  entity_id: input.entityId,
  unit_id: input.unitId,
  seal_id: input.sealId,
  body_id: input.bodyId,
  person_id: input.personId,
  title: input.title,
  reason: input.reason,
  data: JSON.stringify(input.data),
  effective_on: input.effectiveOn,
});

/** Changes a draft, or a returned or withdrawn matter, of one's own. */
export async function saveMatter(
  env: Environment,
  actorId: string,
  matterId: string,
  input: MatterInput,
): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await getOwn(tx, actorId, matterId);
    move(row, "edit");
    await requireMayAsk(tx, env, actorId, { kind: row.kind, entity_id: input.entityId });
    await tx
      .updateTable("matters")
      .set({ ...columnsOf(input), updated_at: new Date(env.clock.now()), version: row.version + 1 })
      .where("matter_id", "=", matterId)
      .execute();
    parseMatter(await getMatter(tx, matterId));
  });
}

/** What submitting would answer, without doing it. */
export async function checkMatter(
  env: Environment,
  actorId: string,
  matterId: string,
): Promise<{ refusals: readonly Refusal[]; steps: readonly MatterStep[] }> {
  return transact(env.db, async (tx) => {
    const row = await getOwn(tx, actorId, matterId);
    return examine(tx, env, row);
  });
}

async function examine(
  tx: Tx,
  env: Environment,
  row: MatterRow,
): Promise<{ refusals: readonly Refusal[]; steps: readonly MatterStep[] }> {
  const definition = matterDefinition(row.kind);
  const handler = matterHandlers[row.kind];
  const matter = parseMatter(row);
  const { profile } = await tx.selectFrom("installation").select("profile").executeTakeFirstOrThrow();
  const grants = await readGrantsInForce(tx, env.clock.now(), { entityId: row.entity_id });
  const route = decideMatterRoute(definition, {
    profile: profile as Profile,
    askedBy: row.asked_by,
    concerned: [...(row.person_id ? [row.person_id] : []), ...(handler.concerned?.(matter) ?? [])],
    holders: (role) => holdersOf(grants, row, role),
  });
  const slots = new Set((await readMatterEvidence(tx, row.matter_id)).map((file) => file.slot));
  const refusals = [
    ...(row.reason.trim() === "" ? [refuse("matter.reason-missing", {})] : []),
    ...definition.evidence
      .filter((slot) => slot.needed === "to-submit" && !slots.has(slot.slot))
      .map((slot) => refuse("matter.evidence-missing", { slot: slot.slot }, "C09")),
    ...(await handler.check(tx, env, matter)),
    ...(route.ok ? [] : route.refusals),
  ];
  return { refusals, steps: route.ok ? route.steps : [] };
}

/** Submits: the number is given, the subjects are reserved, the route begins. A matter nobody has to decide is approved. */
export async function submitMatter(
  env: Environment,
  actorId: string,
  matterId: string,
): Promise<{ number: string; state: MatterState }> {
  return transact(env.db, async (tx) => {
    const row = await getOwn(tx, actorId, matterId);
    move(row, "submit");
    await requireMayAsk(tx, env, actorId, row);
    const handler = matterHandlers[row.kind];
    const held = await reserveSubjects(tx, matterId, handler.subjects(parseMatter(row)));
    if (held !== null) throw refusedBy([refuse("matter.reserved", { number: held })]);
    const { refusals, steps } = await examine(tx, env, row);
    if (refusals.length > 0) throw refusedBy(refusals);
    const now = env.clock.now();
    const entity = await tx
      .selectFrom("entities")
      .select(["code", "time_zone"])
      .where("entity_id", "=", row.entity_id)
      .executeTakeFirstOrThrow();
    const year = Number(dayIn(entity.time_zone, now).slice(0, 4));
    const number = row.number ?? (await takeMatterNumber(tx, row.entity_id, entity.code, year));
    const round = row.round + 1;
    const definition = matterDefinition(row.kind);
    const digest = await digestMatter(tx, { ...row, round }, submittedSlots(row.kind));
    await tx
      .updateTable("matters")
      .set({
        state: "in-review",
        number,
        round,
        digest,
        submitted_at: new Date(now),
        updated_at: new Date(now),
        version: row.version + 1,
      })
      .where("matter_id", "=", matterId)
      .execute();
    for (const [position, step] of steps.entries())
      await tx
        .insertInto("matter_steps")
        .values({
          step_id: newId("step", now),
          matter_id: matterId,
          round,
          position,
          role: step.role,
          presence: step.presence,
          candidates: [...step.candidates],
          state: position === 0 ? "current" : "waiting",
        })
        .execute();
    const submitted = await getMatter(tx, matterId);
    await tell(tx, env, submitted, "MatterSubmitted", actorId, { digest });
    await handler.submitted?.(tx, env, parseMatter(submitted), { personId: actorId });
    if (steps.length === 0) await approve(tx, env, submitted, { personId: actorId });
    else if (definition.steps.length === 0) throw new Error("a matter without steps has steps");
    return { number, state: (await getMatter(tx, matterId)).state };
  });
}

export const submittedSlots = (kind: MatterKind): string[] =>
  matterDefinition(kind)
    .evidence.filter((slot) => slot.needed === "to-submit")
    .map((slot) => slot.slot);

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
  return transact(env.db, async (tx) => {
    const row = await getMatter(tx, input.matterId, true);
    await requireSeesMatter(tx, personId, row, env.clock.now());
    const steps = await readSteps(tx, row);
    const step = steps.find((one) => one.step_id === input.stepId && one.state === "current");
    if (!step) throw problems.changedMeanwhile();
    const grants = await readGrantsInForce(tx, env.clock.now(), { personId, entityId: row.entity_id });
    const decided = decideMatterStep({
      state: row.state,
      step: { role: step.role as Role, presence: step.presence, candidates: step.candidates },
      actorId: personId,
      askedBy: row.asked_by,
      decision: input.decision,
      comment: input.comment,
      grantInForce: holdersOf(grants, row, step.role as Role).includes(personId),
      digestSeen: input.digest,
      digestNow: row.digest ?? "",
      present: input.presence !== null,
    });
    if (!decided.ok) throw refusedBy(decided.refusals);
    if (input.presence) await consumePresence(tx, env, input.presence.stepUpId);
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
      })
      .where("step_id", "=", step.step_id)
      .execute();
    const type = { approve: "MatterStepApproved", reject: "MatterStepRejected", return: "MatterStepReturned" } as const;
    await tell(tx, env, row, type[input.decision], personId, { role: step.role, digest: row.digest }, comment);
    const next = steps.find((one) => one.position === step.position + 1);
    if (input.decision !== "approve") await end(tx, env, row, input.decision, { personId });
    else if (next) {
      await setState(tx, env, row, "approve-step");
      await tx.updateTable("matter_steps").set({ state: "current" }).where("step_id", "=", next.step_id).execute();
    } else await approve(tx, env, row, { personId });
    return { state: (await getMatter(tx, row.matter_id)).state };
  });
}

/** The last approval: the facts are asked once more, and what is carried out at once is. */
async function approve(tx: Tx, env: Environment, row: MatterRow, actor: MatterActor): Promise<void> {
  const refusals = await matterHandlers[row.kind].check(tx, env, parseMatter(row));
  if (refusals.length > 0) throw refusedBy(refusals);
  await setState(tx, env, row, "approve-last", { approved_at: new Date(env.clock.now()) });
  await tell(tx, env, row, "MatterApproved", null, { digest: row.digest });
  if (matterDefinition(row.kind).carriedOut === "at-once" && (await isDue(tx, env, row)))
    await carryOutNow(tx, env, await getMatter(tx, row.matter_id), actor);
}

async function isDue(tx: Tx, env: Environment, row: MatterRow): Promise<boolean> {
  if (row.effective_on === null) return true;
  const entity = await tx
    .selectFrom("entities")
    .select("time_zone")
    .where("entity_id", "=", row.entity_id)
    .executeTakeFirstOrThrow();
  return row.effective_on <= dayIn(entity.time_zone, env.clock.now());
}

async function carryOutNow(tx: Tx, env: Environment, row: MatterRow, actor: MatterActor): Promise<void> {
  const handler = matterHandlers[row.kind];
  const matter = parseMatter(row);
  const refusals = [...(await handler.check(tx, env, matter)), ...(await listMissing(tx, row))];
  if (!(await isDue(tx, env, row))) refusals.push(refuse("matter.not-yet", { day: row.effective_on }));
  if (refusals.length > 0) throw refusedBy(refusals);
  await setState(tx, env, row, "carry-out", {
    ended_at: new Date(env.clock.now()),
    carried_out_by: actor.personId,
  });
  await releaseSubjects(tx, row.matter_id);
  await tell(tx, env, row, "MatterCarriedOut", actor.personId, { digest: row.digest });
  await handler.carryOut(tx, env, matter, actor);
}

/** What an approved matter still lacks before it may be carried out. */
export async function listMissing(reader: Reader, row: MatterRow): Promise<Refusal[]> {
  const files = await readMatterEvidence(reader, row.matter_id);
  const confirmed = await readConfirmations(reader, row.matter_id);
  return listMissingForCarryingOut(matterDefinition(row.kind), {
    slots: new Set(files.map((file) => file.slot)),
    confirmed: confirmed
      .filter((one) => one.digest === row.digest)
      .map((one) => ({ part: one.part, personId: one.person_id })),
  });
}

/** Whether a person may carry an approved matter out. */
export async function mayCarryOut(
  reader: Reader,
  env: Environment,
  personId: string,
  row: MatterRow,
): Promise<boolean> {
  if (row.asked_by === personId) return true;
  const roles = [...matterDefinition(row.kind).askedBy, ...(matterDefinition(row.kind).carriedOutBy ?? [])];
  const grants = await readGrantsInForce(reader, env.clock.now(), { personId, entityId: row.entity_id });
  return roles.some((role) => holdersOf(grants, row, role).includes(personId));
}

/** Carries an approved matter out, by a person's hand. */
export async function carryOutMatter(
  env: Environment,
  personId: string,
  input: { matterId: string; digest: string; presence: CheckedPresence },
): Promise<{ state: MatterState }> {
  return transact(env.db, async (tx) => {
    const row = await getMatter(tx, input.matterId, true);
    await requireSeesMatter(tx, personId, row, env.clock.now());
    if (!(await mayCarryOut(tx, env, personId, row))) throw problems.notPermitted(`matter ${row.kind}`);
    move(row, "carry-out");
    if (input.digest !== row.digest) throw refusedBy([refuse("matter.changed", {})]);
    if (input.presence) await consumePresence(tx, env, input.presence.stepUpId);
    await carryOutNow(tx, env, row, { personId });
    return { state: "done" as const };
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
    if (row.state !== "approved") throw refusedBy([refuse("matter.command-not-possible", { matterState: row.state })]);
    if (input.digest !== row.digest) throw refusedBy([refuse("matter.changed", {})]);
    if (!input.presence) throw refusedBy([refuse("matter.presence-missing", {})]);
    const confirmed = await readConfirmations(tx, row.matter_id);
    const other = confirmed.find((one) => one.person_id === personId);
    if (other) throw refusedBy([refuse("matter.parts-meet", { part: input.part, other: other.part }, "C11")]);
    const refusals =
      (await handler.checkConfirmation?.(tx, env, matter, { part: input.part, personId, facts: input.facts })) ?? [];
    if (refusals.length > 0) throw refusedBy(refusals);
    await consumePresence(tx, env, input.presence.stepUpId);
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
    await tell(tx, env, row, "MatterConfirmed", personId, { part: input.part, digest: input.digest });
    const definition = matterDefinition(row.kind);
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

/** Puts an uploaded file of one's own into a slot. */
export async function addMatterEvidence(
  env: Environment,
  personId: string,
  input: { matterId: string; slot: string; evidenceId: string },
): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await getMatter(tx, input.matterId, true);
    await requireSeesMatter(tx, personId, row, env.clock.now());
    const slot = matterDefinition(row.kind).evidence.find((one) => one.slot === input.slot);
    const file = await tx
      .selectFrom("evidence")
      .select(["digest", "media_type"])
      .where("evidence_id", "=", input.evidenceId)
      .where("uploaded_by", "=", personId)
      .executeTakeFirst();
    if (!slot || !file) throw problems.notFound();
    const picture = file.media_type.startsWith("image/");
    if ((slot.accepts === "picture" && !picture) || (slot.accepts === "document" && picture))
      throw refusedBy([refuse("matter.evidence-of-other-kind", { slot: input.slot }, "C09")]);
    // What was submitted is what is decided on; only what comes afterwards is added later.
    const early = slot.needed === "to-submit";
    const open = early
      ? ["draft", "returned", "withdrawn"]
      : ["draft", "in-review", "returned", "withdrawn", "approved", "done"];
    if (!open.includes(row.state)) throw refusedBy([refuse("matter.command-not-possible", { matterState: row.state })]);
    await tx
      .insertInto("matter_evidence")
      .values({
        matter_id: row.matter_id,
        slot: input.slot,
        evidence_id: input.evidenceId,
        added_by: personId,
        added_at: new Date(env.clock.now()),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await tell(tx, env, row, "EvidenceAdded", personId, { slot: input.slot, digest: file.digest });
  });
}

/** Takes a matter back while it is under review. */
export async function withdrawMatter(
  env: Environment,
  personId: string,
  matterId: string,
  reason: string,
): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await getOwn(tx, personId, matterId);
    await end(tx, env, row, "withdraw", { personId });
    await tell(tx, env, row, "MatterWithdrawn", personId, {}, reason === "" ? null : reason);
  });
}

/** Ends a draft, or an approved matter that can no longer be carried out. */
export async function cancelMatter(
  env: Environment,
  personId: string,
  matterId: string,
  reason: string,
): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await getOwn(tx, personId, matterId);
    await end(tx, env, row, "cancel", { personId });
    await tell(tx, env, row, "MatterCancelled", personId, {}, reason);
  });
}

/** Carries out what was approved for a later day, once the day has come; what fails waits for a person. */
export async function carryOutDueMatters(env: Environment): Promise<void> {
  const rows = await env.db
    .selectFrom("matters")
    .select("matter_id")
    .where("state", "=", "approved")
    .where("effective_on", "is not", null)
    .execute();
  for (const { matter_id } of rows)
    await transact(env.db, async (tx) => {
      const row = await getMatter(tx, matter_id, true);
      if (row.state !== "approved" || matterDefinition(row.kind).carriedOut !== "at-once") return;
      if (!(await isDue(tx, env, row)) || (await listMissing(tx, row)).length > 0) return;
      const refusals = await matterHandlers[row.kind].check(tx, env, parseMatter(row));
      if (refusals.length === 0) await carryOutNow(tx, env, row, { personId: null });
    });
}

async function end(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  command: "reject" | "return" | "withdraw" | "cancel",
  actor: MatterActor,
): Promise<void> {
  await setState(
    tx,
    env,
    row,
    command,
    command === "return" || command === "withdraw" ? {} : { ended_at: new Date(env.clock.now()) },
  );
  await releaseSubjects(tx, row.matter_id);
  await tx
    .updateTable("matter_steps")
    .set({ state: "voided" })
    .where("matter_id", "=", row.matter_id)
    .where("round", "=", row.round)
    .where("state", "in", ["waiting", "current"])
    .execute();
  if (row.number !== null) await matterHandlers[row.kind].released?.(tx, env, parseMatter(row), actor);
}

async function getOwn(tx: Tx, actorId: string, matterId: string): Promise<MatterRow> {
  const row = await getMatter(tx, matterId, true);
  if (row.asked_by !== actorId) throw problems.notFound();
  return row;
}

function move(row: MatterRow, command: MatterCommand): MatterState {
  const decided = decideMatter(row.state, command);
  if (!decided.ok) throw refusedBy(decided.refusals);
  return decided.events[0]?.to ?? row.state;
}

async function setState(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  command: MatterCommand,
  more: { approved_at?: Date; ended_at?: Date; carried_out_by?: string | null } = {},
): Promise<void> {
  await tx
    .updateTable("matters")
    .set((eb) => ({
      ...more,
      state: move(row, command),
      updated_at: new Date(env.clock.now()),
      version: eb("version", "+", 1),
    }))
    .where("matter_id", "=", row.matter_id)
    .execute();
}

function tell(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  type: EventToRecord["type"],
  actorId: string | null,
  facts: EventToRecord["facts"],
  comment: string | null = null,
): Promise<{ eventId: string }> {
  return recordEvent(tx, env, {
    type,
    actorId,
    matterId: row.matter_id,
    sealId: row.seal_id,
    personId: row.person_id,
    facts: { kind: row.kind, ...facts },
    comment,
  });
}
