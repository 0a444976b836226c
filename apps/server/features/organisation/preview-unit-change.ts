import { endOfBody, heirOf, matterDefinition, type Role, type UnitChange } from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import { readPeople } from "../requests/read-people.ts";
import { surrenderDueAt } from "../seals/stop-seals.ts";
import { readGrantsInForce } from "./read-grants.ts";
import { listRefusalsOfUnitChange, readUnitImpact, readUnitsToChange } from "./unit-impact.ts";

/** Who asks for a change of a unit, decides it, carries out what follows, or inspects. */
const looking: readonly Role[] = ["unit-head", "signatory", "seal-administrator", "inspector", "system-administrator"];

/** Everything a change of a unit would touch, as it stands now; nothing is changed or reserved. */
export async function previewUnitChange(
  env: Environment,
  personId: string,
  change: UnitChange,
): Promise<HandlerAnswer<"POST /v1/units/:unitId/change-preview">> {
  const units = await readUnitsToChange(env.db);
  const unit = units.find((one) => one.unitId === change.unitId);
  const grants = await readGrantsInForce(env.db, env.clock.now(), { personId });
  if (!grants.some((grant) => grant.entityId === unit?.entityId && looking.includes(grant.role)))
    throw problems.notPermitted(looking);
  if (!unit) throw problems.notFound();
  const refusals = await listRefusalsOfUnitChange(env.db, env, change, {
    entityId: unit.entityId,
    askedBy: personId,
  });
  const impact = await readUnitImpact(env.db, change);
  const person = await readPeople(env.db, [
    ...impact.people,
    ...impact.grants.map((grant) => grant.personId),
    ...impact.delegations.flatMap((one) => [one.delegatorId, one.delegateId]),
    ...impact.takeOuts.map((one) => one.keeperId),
  ]);
  const nameOf = (unitId: string | null) => units.find((one) => one.unitId === unitId)?.name ?? null;
  const states = new Map(
    (await env.db.selectFrom("seals").select(["seal_id", "state"]).where("unit_id", "=", change.unitId).execute()).map(
      (row) => [row.seal_id, row.state],
    ),
  );
  return {
    refusals: refusals.map(toRefusalView),
    seals: impact.seals.map(({ sealId, number, name, fate, bodies }) => ({
      ...{ sealId, number, name, fate, state: states.get(sealId) ?? "" },
      pieces:
        fate === "stops" ? bodies.filter((body) => body.kind === "physical" && endOfBody(body) === "stop").length : 0,
    })),
    grants: impact.grants.flatMap(({ grantId, personId: holder, role }) => {
      const who = person(holder);
      return who ? [{ grantId, person: who, role: role as Role }] : [];
    }),
    delegations: impact.delegations.flatMap(({ delegationId, delegatorId, delegateId, to }) => {
      const [delegator, delegate] = [person(delegatorId), person(delegateId)];
      return delegator && delegate ? [{ delegationId, delegator, delegate, to }] : [];
    }),
    people: impact.people.flatMap((id) => person(id) ?? []),
    peopleTo: change.kind === "rename-unit" ? null : nameOf(heirOf(change, unit)),
    unitsBelow: impact.unitsBelow.flatMap((unitId) => nameOf(unitId) ?? []),
    requests: impact.requests.map(({ number, state }) => ({ number, state })),
    matters: impact.matters.map(({ number, kind, state }) => ({
      ...{ number, state, kindName: matterDefinition(kind).name },
    })),
    takeOuts: impact.takeOuts.map(({ sealId, keeperId, dueAt }) => ({
      sealNumber: impact.seals.find((seal) => seal.sealId === sealId)?.number ?? "",
      ...{ keeper: person(keeperId), dueAt: dueAt.toISOString() },
    })),
    shortHandovers: impact.shortHandovers.length,
    collectBy: new Date(await surrenderDueAt(env.db, env, unit.entityId)).toISOString(),
  };
}
