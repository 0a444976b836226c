import {
  decideMatterRoute,
  finalMatterStates,
  listDayFaults,
  type MatterKind,
  type MatterState,
  type MatterStep,
  matterDefinition,
  mayTakeOut,
  type Profile,
  type Refusal,
  refuse,
  takesEvidence,
} from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readAbsentNow } from "../organisation/absences.ts";
import { dayIn, readGrantsInForce } from "../organisation/read-grants.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { approveMatter, endMatter } from "./carry-out-matter.ts";
import { matterHandlers } from "./handlers.ts";
import { holdersOf } from "./holders.ts";
import {
  getOwnMatter,
  type MatterInput,
  moveMatter,
  parseMatter,
  recordMatterEvent,
  submittedSlots,
} from "./matter-rows.ts";
import { requireSeesMatter } from "./may-see.ts";
import { prepareMatter } from "./prepare-matter.ts";
import {
  digestMatter,
  findHolder,
  getMatter,
  type MatterRow,
  readMatterEvidence,
  reserveSubjects,
  standingOf,
  takeMatterNumber,
} from "./store.ts";

async function requireMayAsk(
  reader: Reader,
  env: Environment,
  personId: string,
  row: { kind: MatterKind; entity_id: string },
) {
  const { askedBy } = matterDefinition(row.kind);
  if (askedBy.length === 0) return;
  const grants = await readGrantsInForce(reader, env.clock.now(), { personId, entityId: row.entity_id });
  if (!grants.some((grant) => askedBy.includes(grant.role))) throw problems.notPermitted(askedBy);
}

/** Begins a matter as a draft of the person's own. */
export async function beginMatter(
  env: Environment,
  actorId: string,
  kind: MatterKind,
  input: MatterInput,
): Promise<{ matterId: string }> {
  return transact(env.db, (tx) => beginMatterIn(tx, env, { askedBy: actorId, actorId }, kind, input));
}

async function beginMatterIn(
  tx: Tx,
  env: Environment,
  { askedBy, actorId }: { askedBy: string; actorId: string | null },
  kind: MatterKind,
  input: MatterInput,
): Promise<{ matterId: string }> {
  await requireMayAsk(tx, env, askedBy, { kind, entity_id: input.entityId });
  const now = env.clock.now();
  const matterId = newId("mat", now);
  await tx
    .insertInto("matters")
    .values({
      matter_id: matterId,
      kind,
      state: "draft",
      ...columnsOf(input),
      asked_by: askedBy,
      created_at: new Date(now),
      updated_at: new Date(now),
    })
    .execute();
  parseMatter(await getMatter(tx, matterId));
  await recordEvent(tx, env, { type: "MatterOpened", actorId, matterId, sealId: input.sealId, facts: { kind } });
  return { matterId };
}

/**
 * Opens and submits a matter that the platform asks for by itself, in the name of somebody who may ask for it; its events
 * have no actor. Throws every refusal; the caller's transaction is then given up.
 */
export async function openMatterByItself(
  tx: Tx,
  env: Environment,
  askedBy: string,
  kind: MatterKind,
  input: MatterInput,
): Promise<{ matterId: string; number: string }> {
  const { matterId } = await beginMatterIn(tx, env, { askedBy, actorId: null }, kind, input);
  const { number } = await submitMatterIn(tx, env, await getOwnMatter(tx, askedBy, matterId), null);
  return { matterId, number };
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
    const row = await getOwnMatter(tx, actorId, matterId);
    moveMatter(row, "edit");
    if (row.number !== null && input.entityId !== row.entity_id)
      throw refusedBy([refuse("matter.entity-fixed", { number: row.number }, "C09")]);
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
  await prepareMatter(env, matterId, actorId);
  return transact(env.db, async (tx) => {
    const row = await getOwnMatter(tx, actorId, matterId);
    const held = await findHolder(tx, matterId, matterHandlers[row.kind].subjects(parseMatter(row)));
    const { refusals, steps } = await examine(tx, env, row);
    return { refusals: held === null ? refusals : [held, ...refusals], steps };
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
  const concerned = [...(row.person_id ? [row.person_id] : []), ...((await handler.concerned?.(matter, tx)) ?? [])];
  const grants = (await readGrantsInForce(tx, env.clock.now(), { entityId: row.entity_id })).filter(
    (grant) => grant.delegatedBy === undefined || !concerned.includes(grant.delegatedBy),
  );
  const route = decideMatterRoute(definition, {
    profile: profile as Profile,
    askedBy: row.asked_by,
    concerned,
    holders: (role) => holdersOf(grants, row, role),
    absent: await readAbsentNow(tx, env.clock.now()),
  });
  const { timeZone } = await readPlaceInTime(tx, row.entity_id);
  const today = dayIn(timeZone, env.clock.now());
  const slots = new Set((await readMatterEvidence(tx, row.matter_id)).map((file) => file.slot));
  const refusals = [
    ...(row.reason.trim() === "" ? [refuse("matter.reason-missing", {})] : []),
    ...definition.evidence
      .filter((slot) => slot.needed === "to-submit" && !slots.has(slot.slot))
      .map((slot) => refuse("matter.evidence-missing", { slot: slot.slot }, "C09")),
    ...listDayFaults(definition, row.effective_on, today),
    ...(await listGoneRefusals(tx, row.data)),
    ...(await handler.check(tx, env, matter)),
    ...(route.ok ? [] : route.refusals),
  ];
  return { refusals, steps: route.ok ? route.steps : [] };
}

/** Everybody whom a matter names to do something is there; who gives something up may have left. */
async function listGoneRefusals(tx: Tx, data: Readonly<Record<string, unknown>>): Promise<readonly Refusal[]> {
  const { transferorId: _, ...acting } = data;
  const named = [...new Set(JSON.stringify(acting).match(/\bper_[0-9a-f-]{36}\b/g) ?? [])];
  const gone = await tx
    .selectFrom("people")
    .select("person_id")
    .where("person_id", "in", ["", ...named])
    .where("state", "=", "departed")
    .execute();
  return gone.length === 0 ? [] : [refuse("matter.person-gone", { count: gone.length }, "C14")];
}

/** Submits: the number is given, the subjects are reserved, the route begins. A matter nobody has to decide is approved. */
export async function submitMatter(
  env: Environment,
  actorId: string,
  matterId: string,
): Promise<{ number: string; state: MatterState }> {
  await prepareMatter(env, matterId, actorId);
  return transact(env.db, async (tx) => submitMatterIn(tx, env, await getOwnMatter(tx, actorId, matterId), actorId));
}

async function submitMatterIn(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  actorId: string | null,
): Promise<{ number: string; state: MatterState }> {
  const matterId = row.matter_id;
  moveMatter(row, "submit");
  await requireMayAsk(tx, env, row.asked_by, row);
  const handler = matterHandlers[row.kind];
  const held = await reserveSubjects(tx, matterId, handler.subjects(parseMatter(row)));
  if (held !== null) throw refusedBy([held]);
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
  await recordMatterEvent(tx, env, submitted, "MatterSubmitted", actorId, { digest });
  await handler.submitted?.(tx, env, parseMatter(submitted), { personId: actorId });
  if (steps.length === 0) await approveMatter(tx, env, submitted, { personId: actorId });
  else if (definition.steps.length === 0) throw new Error("a matter without steps has steps");
  return { number, state: (await getMatter(tx, matterId)).state };
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
    const state = row.state as MatterState;
    if (!takesEvidence(slot.needed, state, matterDefinition(row.kind))) {
      const early = slot.needed === "to-carry-out" && !finalMatterStates.includes(state);
      throw refusedBy([
        early
          ? refuse("matter.evidence-before-approval", { slot: slot.slot }, "C09")
          : refuse("matter.command-not-possible", { state }),
      ]);
    }
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
    await recordMatterEvent(tx, env, row, "EvidenceAdded", personId, { slot: input.slot, digest: file.digest });
  });
}

/** Takes a file out of one's own matter again, before the matter is submitted with it. The file itself is kept. */
export async function takeOutMatterEvidence(
  env: Environment,
  personId: string,
  input: { matterId: string; slot: string; evidenceId: string },
): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await getOwnMatter(tx, personId, input.matterId);
    const file = (await readMatterEvidence(tx, row.matter_id)).find(
      (one) => one.slot === input.slot && one.evidence_id === input.evidenceId,
    );
    if (!file) throw problems.notFound();
    if (!mayTakeOut({ addedAt: file.added_at.getTime() }, standingOf(row)))
      throw refusedBy([refuse("matter.evidence-submitted", { slot: input.slot }, "C24")]);
    await tx
      .deleteFrom("matter_evidence")
      .where("matter_id", "=", row.matter_id)
      .where("slot", "=", input.slot)
      .where("evidence_id", "=", input.evidenceId)
      .execute();
    await recordMatterEvent(tx, env, row, "EvidenceTakenOut", personId, { slot: input.slot, digest: file.digest });
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
    const row = await getOwnMatter(tx, personId, matterId);
    await endMatter(tx, env, row, "withdraw", { personId });
    await recordMatterEvent(tx, env, row, "MatterWithdrawn", personId, {}, reason === "" ? null : reason);
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
    const row = await getOwnMatter(tx, personId, matterId);
    await endMatter(tx, env, row, "cancel", { personId });
    await recordMatterEvent(tx, env, row, "MatterCancelled", personId, {}, reason);
  });
}
