import {
  listMissingForCarryingOut,
  type MatterKind,
  type MatterState,
  matterDefinition,
  type Refusal,
  type Role,
  refuse,
} from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { consumePresence } from "../identity/step-up.ts";
import { dayIn, readGrantsInForce } from "../organisation/read-grants.ts";
import { matterHandlers } from "./handlers.ts";
import { holdersOf } from "./holders.ts";
import type { MatterActor } from "./matter-handler.ts";
import { type CheckedPresence, moveMatter, parseMatter, recordMatterEvent, setMatterState } from "./matter-rows.ts";
import { requireSeesMatter } from "./may-see.ts";
import { prepareMatter } from "./prepare-matter.ts";
import { getMatter, type MatterRow, readConfirmations, readMatterEvidence, releaseSubjects } from "./store.ts";

/** The last approval: the facts are asked once more, and what is carried out at once is. */
export async function approveMatter(tx: Tx, env: Environment, row: MatterRow, actor: MatterActor): Promise<void> {
  const refusals = await matterHandlers[row.kind].check(tx, env, parseMatter(row));
  if (refusals.length > 0) throw refusedBy(refusals);
  await setMatterState(tx, env, row, "approve-last", { approved_at: new Date(env.clock.now()) });
  await recordMatterEvent(tx, env, row, "MatterApproved", null, { digest: row.digest });
  const approved = await getMatter(tx, row.matter_id);
  const ready = (await isDue(tx, env, approved)) && (await listMissing(tx, approved)).length === 0;
  if (matterDefinition(row.kind).carriedOut === "at-once" && ready) await carryOutNow(tx, env, approved, actor);
  else await matterHandlers[row.kind].approved?.(tx, env, parseMatter(approved), actor);
}

export async function isDue(tx: Tx, env: Environment, row: MatterRow): Promise<boolean> {
  if (row.effective_on === null) return true;
  const entity = await tx
    .selectFrom("entities")
    .select("time_zone")
    .where("entity_id", "=", row.entity_id)
    .executeTakeFirstOrThrow();
  return row.effective_on <= dayIn(entity.time_zone, env.clock.now());
}

export async function carryOutNow(tx: Tx, env: Environment, row: MatterRow, actor: MatterActor): Promise<void> {
  const handler = matterHandlers[row.kind];
  const matter = parseMatter(row);
  const refusals = [...(await handler.check(tx, env, matter)), ...(await listMissing(tx, row))];
  if (!(await isDue(tx, env, row))) refusals.push(refuse("matter.not-yet", { day: row.effective_on }));
  if (refusals.length > 0) throw refusedBy(refusals);
  await setMatterState(tx, env, row, "carry-out", {
    ended_at: new Date(env.clock.now()),
    carried_out_by: actor.personId,
  });
  await releaseSubjects(tx, row.matter_id);
  await recordMatterEvent(tx, env, row, "MatterCarriedOut", actor.personId, { digest: row.digest });
  const ended = await endOthers(tx, env, row, (await handler.ends?.(tx, matter)) ?? [], actor);
  await handler.carryOut(tx, env, matter, actor, ended);
}

/** Ends matters that another one, or the loss of a piece, makes void, in the order of their ids, and answers them as they were; what ended is left. */
export async function endOthers(
  tx: Tx,
  env: Environment,
  by: { readonly matter_id: string | null; readonly number: string | null; readonly reason: string },
  matterIds: readonly string[],
  actor: MatterActor,
): Promise<MatterRow[]> {
  const ended: MatterRow[] = [];
  for (const matterId of [...new Set(matterIds)].toSorted()) {
    const row = await getMatter(tx, matterId, true);
    const command = row.state === "in-review" ? "withdraw" : row.state === "approved" ? "cancel" : null;
    if (command === null || matterId === by.matter_id) continue;
    await endMatter(tx, env, row, command, actor);
    const type = command === "withdraw" ? "MatterWithdrawn" : "MatterCancelled";
    await recordMatterEvent(tx, env, row, type, actor.personId, { endedBy: by.number }, by.reason);
    ended.push(row);
  }
  return ended;
}

/** What an approved matter still lacks before it may be carried out. */
export async function listMissing(reader: Reader, row: MatterRow): Promise<Refusal[]> {
  const files = await readMatterEvidence(reader, row.matter_id);
  const confirmed = await readConfirmations(reader, row.matter_id);
  return listMissingForCarryingOut(matterDefinition(row.kind), {
    slots: new Set(files.map((file) => file.slot)),
    confirmed: listConfirmed(row, confirmed),
  });
}

/** Who confirmed which part of the matter as it stands now. */
export function listConfirmed(
  row: Pick<MatterRow, "digest">,
  confirmed: Awaited<ReturnType<typeof readConfirmations>>,
): { part: string; personId: string }[] {
  return confirmed
    .filter((one) => one.digest === row.digest)
    .map((one) => ({ part: one.part, personId: one.person_id }));
}

/** Whether a person may carry an approved matter out. */
export async function mayCarryOut(
  reader: Reader,
  env: Environment,
  personId: string,
  row: MatterRow,
): Promise<boolean> {
  if (row.asked_by === personId) return true;
  const roles = listCarryingRoles(row.kind);
  const grants = await readGrantsInForce(reader, env.clock.now(), { personId, entityId: row.entity_id });
  return roles.some((role) => holdersOf(grants, row, role).includes(personId));
}

const listCarryingRoles = (kind: MatterKind): Role[] => [
  ...matterDefinition(kind).askedBy,
  ...(matterDefinition(kind).carriedOutBy ?? []),
];

/** Carries an approved matter out, by a person's hand. */
export async function carryOutMatter(
  env: Environment,
  personId: string,
  input: { matterId: string; digest: string; presence: CheckedPresence },
): Promise<{ state: MatterState }> {
  await prepareMatter(env, input.matterId, personId);
  return transact(env.db, async (tx) => {
    const row = await getMatter(tx, input.matterId, true);
    await requireSeesMatter(tx, personId, row, env.clock.now());
    if (!(await mayCarryOut(tx, env, personId, row))) throw problems.notPermitted(listCarryingRoles(row.kind));
    moveMatter(row, "carry-out");
    if (input.digest !== row.digest) throw refusedBy([refuse("matter.changed", {})]);
    if (input.presence)
      await consumePresence(tx, env, input.presence.stepUpId, {
        personId,
        act: "matter-carry-out",
        subjectId: row.matter_id,
        digest: input.digest,
      });
    await carryOutNow(tx, env, row, { personId });
    return { state: "done" as const };
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

export async function endMatter(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  command: "reject" | "return" | "withdraw" | "cancel",
  actor: MatterActor,
): Promise<void> {
  await setMatterState(
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
