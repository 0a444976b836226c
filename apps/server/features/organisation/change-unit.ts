import { parentForUnitsBelow, peopleOf, type UnitChange, type UnitToChange } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { custodiansOf } from "../custody/postings.ts";
import { endShortHandover } from "../custody/short-handovers.ts";
import { recordEvent, recordEvents } from "../ledger/record-event.ts";
import type { MatterActor } from "../matters/matter-handler.ts";
import type { MatterRow } from "../matters/store.ts";
import { writeRegisterLines } from "../registers/write-line.ts";
import { voidRequests } from "../sealing/void-requests.ts";
import { byMatter, type StoppedBody, stopSeals, surrenderDueAt, whoHandsIn } from "../seals/stop-seals.ts";
import { lockSeals } from "../seals/store.ts";
import { openTasks } from "../tasks/open-task.ts";
import { endGrants } from "./end-grants.ts";
import { readUnitImpact, type UnitImpact } from "./unit-impact.ts";

export interface UnitChangeToMake {
  readonly row: MatterRow;
  readonly change: UnitChange;
  readonly unit: UnitToChange;
  /** Where people and kept seals go. */
  readonly heir: string | null;
  /** The matters that ended because of it, as they were. */
  readonly ended: readonly MatterRow[];
}

/**
 * Closes, merges or renames a unit in the caller's transaction, which holds the tree (C10). Always in this order, so that
 * nobody waits for one who waits for him: matters were ended before; requests are held and void, then seals are held and
 * stop, then roles, people and units follow. A use that is being sealed either was settled before its request was held,
 * or is released with it.
 */
export async function changeUnit(
  tx: Tx,
  env: Environment,
  wanted: UnitChangeToMake,
  actor: MatterActor,
): Promise<void> {
  const { row, change, unit } = wanted;
  const comment = row.reason === "" ? null : row.reason;
  const by = { actorId: actor.personId, matterId: row.matter_id, comment };
  const seen = await readUnitImpact(tx, change);
  await voidRequests(tx, env, idsOf(seen.requests), by);
  const seals = await lockSeals(
    tx,
    seen.seals.map((seal) => seal.sealId),
  );
  // Asked again with the seals held: what came between is void as well, unless somebody has it in his hands and will see.
  const impact = await readUnitImpact(tx, change);
  await voidRequests(tx, env, idsOf(impact.requests), by, "skip-held");
  for (const { matterId } of impact.shortHandovers)
    await endShortHandover(tx, env, matterId, { matterId: row.matter_id, actorId: actor.personId });
  const stopping = seals.filter((seal) =>
    impact.seals.some((one) => one.sealId === seal.seal_id && one.fate === "stops"),
  );
  const stopped = await stopSeals(tx, env, stopping, byMatter(row, actor), "given-up");
  await openForcedReturns(tx, env, wanted, impact, stopped);
  if (change.kind === "rename-unit") await rename(tx, change);
  else {
    const grantIds = impact.grants.map((grant) => grant.grantId);
    await endGrants(tx, env, grantIds, { ...by, reason: row.reason });
    await movePeople(tx, env, wanted, impact.people, by);
    await moveSeals(tx, env, wanted, impact, by);
    await moveUnitsBelow(tx, env, wanted, impact.unitsBelow, by);
    await endUnit(tx, env, wanted);
  }
  const facts = {
    ...{ unitId: unit.unitId, entityId: unit.entityId, stopped: stopping.length, grants: impact.grants.length },
    ...{ people: impact.people.length, requests: impact.requests.length },
  };
  const type = ({ "close-unit": "UnitClosed", "merge-unit": "UnitMerged", "rename-unit": "UnitRenamed" } as const)[
    change.kind
  ];
  await recordEvent(tx, env, {
    ...{ type, ...by },
    facts: change.kind === "merge-unit" ? { ...facts, intoUnitId: change.intoUnitId } : facts,
  });
}

type By = { actorId: string | null; matterId: string; comment: string | null };
const idsOf = (requests: UnitImpact["requests"]): string[] => requests.map((one) => one.requestId);

/**
 * Whoever has a stopped piece in his hand brings it back: out with it, or in the middle of a handover. In a handover whoever
 * hands it in anyway is asked for that alone; a take-out has a return of its own, whoever is out with it.
 */
async function openForcedReturns(
  tx: Tx,
  env: Environment,
  { row, unit, ended }: UnitChangeToMake,
  impact: UnitImpact,
  stopped: readonly StoppedBody[],
): Promise<void> {
  const due = await surrenderDueAt(tx, env, row.entity_id);
  const handedOver = ended.filter((one) => one.kind === "handover" && one.state === "approved");
  const inHandover = (bodyId: string): boolean =>
    handedOver.some((one) => JSON.stringify(one.data).includes(`"${bodyId}"`));
  await openTasks(
    tx,
    env,
    stopped.flatMap(({ body, held }) => {
      const out = impact.takeOuts.find((one) => one.bodyId === body.body_id);
      if (body.kind !== "physical" || (out === undefined && !inHandover(body.body_id))) return [];
      const inHand = held.place ? peopleOf(held.place.to)[0] : undefined;
      const assigneeId = out?.keeperId ?? inHand ?? custodiansOf(held)[0] ?? null;
      if (out === undefined && assigneeId === whoHandsIn(held)) return [];
      const seal = impact.seals.find((one) => one.sealId === body.seal_id);
      return [
        {
          ...{ kind: "forced-return", subjectKey: body.body_id, entityId: row.entity_id, unitId: unit.unitId },
          ...{ sealId: body.seal_id, bodyId: body.body_id, matterId: row.matter_id, assigneeId },
          ...{ assigneeRole: "seal-administrator", facts: { sealNumber: seal?.number ?? "" }, actorId: null },
          dueAt: Math.min(due, out?.dueAt.getTime() ?? due),
        },
      ];
    }),
  );
}

async function rename(tx: Tx, change: Extract<UnitChange, { kind: "rename-unit" }>): Promise<void> {
  await tx
    .updateTable("units")
    .set({ name_en: change.name.en, name_zh: change.name.zh })
    .where("unit_id", "=", change.unitId)
    .execute();
}

async function movePeople(
  tx: Tx,
  env: Environment,
  { unit, heir }: UnitChangeToMake,
  people: readonly string[],
  by: By,
): Promise<void> {
  if (heir === null) return;
  // Those who left long ago go along, so that nobody belongs to a unit that is gone.
  await tx.updateTable("people").set({ unit_id: heir }).where("unit_id", "=", unit.unitId).execute();
  // What lies in drafts is asked for by the unit its applicant belongs to now.
  await tx
    .updateTable("seal_use_requests")
    .set({ unit_id: heir })
    .where("unit_id", "=", unit.unitId)
    .where("state", "in", ["draft", "returned", "withdrawn"])
    .execute();
  await recordEvents(
    tx,
    env,
    people.map((personId) => ({
      ...{ type: "PersonMoved" as const, actorId: by.actorId, matterId: by.matterId, personId },
      facts: { from: unit.unitId, to: heir },
    })),
  );
}

async function moveSeals(
  tx: Tx,
  env: Environment,
  { row, unit, heir }: UnitChangeToMake,
  impact: UnitImpact,
  by: By,
): Promise<void> {
  const kept = impact.seals.filter((seal) => seal.fate === "kept").map((seal) => seal.sealId);
  if (kept.length === 0 || heir === null) return;
  await tx
    .updateTable("seals")
    .set((eb) => ({ unit_id: heir, version: eb("version", "+", 1) }))
    .where("seal_id", "in", kept)
    .execute();
  const eventIds = await recordEvents(
    tx,
    env,
    kept.map((sealId) => ({
      ...{ type: "SealMoved" as const, actorId: by.actorId, matterId: by.matterId, sealId },
      facts: { from: unit.unitId, to: heir },
    })),
  );
  await writeRegisterLines(
    tx,
    env,
    kept.map((sealId, at) => ({
      ...{ register: "seal" as const, kind: "moved" as const, entityId: row.entity_id, eventId: eventIds[at] ?? "" },
      ...{ sealId, unitId: heir, matterId: row.matter_id, personIds: [row.asked_by], facts: { number: row.number } },
      words: [row.title, row.reason],
    })),
  );
}

async function moveUnitsBelow(
  tx: Tx,
  env: Environment,
  { change, unit }: UnitChangeToMake,
  unitIds: readonly string[],
  by: By,
): Promise<void> {
  if (unitIds.length === 0) return;
  const parentUnitId = parentForUnitsBelow(change, unit);
  await tx.updateTable("units").set({ parent_unit_id: parentUnitId }).where("unit_id", "in", unitIds).execute();
  await recordEvents(
    tx,
    env,
    unitIds.map((unitId) => ({
      ...{ type: "UnitMoved" as const, actorId: by.actorId, matterId: by.matterId },
      facts: { unitId, from: unit.unitId, to: parentUnitId },
    })),
  );
}

async function endUnit(tx: Tx, env: Environment, { row, change, unit }: UnitChangeToMake): Promise<void> {
  await tx
    .updateTable("units")
    .set({
      closed_at: new Date(env.clock.now()),
      merged_into: change.kind === "merge-unit" ? change.intoUnitId : null,
      ended_by_matter: row.matter_id,
    })
    .where("unit_id", "=", unit.unitId)
    .execute();
}
