import {
  JOINT_SIDES,
  type JointSide,
  listJointRefusals,
  partSides,
  type Refusal,
  refuse,
  type SideToAsk,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readGrants } from "../organisation/read-grants.ts";
import { checkRequest, type RequestCheck } from "../requests/check-request.ts";
import { planKeeping } from "../requests/keep-approvals.ts";
import { type LoadedRequest, loadRequest } from "../requests/load-request.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { listKeepers } from "./engaged.ts";

export interface CheckedSide {
  readonly loaded: LoadedRequest;
  readonly check: RequestCheck;
}

/**
 * What submitting would be answered, for a request and the other side of it. Both are checked by the rules of their own
 * entity; then their people are parted, and what stands against one stands against both.
 */
export async function checkSides(
  reader: Reader,
  env: Environment,
  loaded: LoadedRequest,
  hears?: string,
): Promise<{ own: CheckedSide; other: CheckedSide | null }> {
  const own = await checkOne(reader, env, loaded, hears);
  const { joint, row } = loaded;
  if (joint === null) return { own, other: null };
  const other = await checkOne(reader, env, await loadRequest(reader, joint.other.requestId), hears);
  const first = joint.side === 1 ? own : other;
  const refusals = listJointRefusals({
    ...{ entityId: row.entity_id, otherEntityId: joint.other.entityId, series: first.loaded.series !== null },
    ...{ emergency: first.loaded.row.emergency_reason !== null, standing: first.loaded.row.standing_id !== null },
  });
  // Who is missing on a side by itself is told there; only then it is asked whether both can do with whom they have.
  const routed = [own, other].every(({ check }) => check.route.length > 0 && check.refusals.length === 0);
  const sides = routed && refusals.length === 0 ? await partPeople(reader, env, own, other) : null;
  if (sides && !sides.ok) refusals.push(...sides.refusals);
  const waits = (side: CheckedSide): Refusal[] =>
    side.check.refusals.length > 0 || side.check.missing.length > 0 ? [refuse("joint.side-refused", {}, "C01")] : [];
  const judged = (side: CheckedSide, against: CheckedSide, which: JointSide): CheckedSide => ({
    ...side,
    check: {
      ...side.check,
      ...(sides?.ok ? narrow(side, sides.candidates[which]) : {}),
      refusals: [...side.check.refusals, ...refusals, ...waits(against)],
    },
  });
  return { own: judged(own, other, "first"), other: judged(other, own, "second") };
}

async function checkOne(reader: Reader, env: Environment, loaded: LoadedRequest, hears?: string): Promise<CheckedSide> {
  return { loaded, check: await checkRequest(reader, env, loaded, hears) };
}

/** The route asked of fewer people; what they agreed to before stands as far as they are still among them. */
function narrow({ loaded, check }: CheckedSide, candidates: readonly (readonly string[])[]) {
  const route = check.route.map((step, at) => ({ ...step, candidates: candidates[at] ?? step.candidates }));
  return { route, keeping: check.parts ? planKeeping(loaded, route, check.parts, check.facts) : [] };
}

async function partPeople(reader: Reader, env: Environment, first: CheckedSide, second: CheckedSide) {
  const sides = { first: await describeSide(reader, env, first), second: await describeSide(reader, env, second) };
  const people = JOINT_SIDES.flatMap((side) => [
    ...sides[side].steps.flatMap((step) => step.candidates),
    ...sides[side].custodians,
    ...(sides[side].supervisors ?? []),
  ]);
  const rows = await reader
    .selectFrom("people")
    .select(["person_id", "entity_id"])
    .where("person_id", "in", ["", ...people])
    .execute();
  const entityOf = new Map(rows.map((row) => [row.person_id, row.entity_id]));
  const agreed = (side: CheckedSide, personId: string): boolean =>
    side.loaded.steps.some((step) => step.decidedBy === personId && step.state === "approved");
  return partSides(sides, (personId) => {
    // Who agreed on one side before it came back is not asked on the other in the next round.
    if (agreed(first, personId)) return "first";
    if (agreed(second, personId)) return "second";
    const entityId = entityOf.get(personId);
    if (entityId === first.loaded.row.entity_id) return "first";
    return entityId === second.loaded.row.entity_id ? "second" : null;
  });
}

async function describeSide(reader: Reader, env: Environment, { loaded, check }: CheckedSide): Promise<SideToAsk> {
  const sealing = await readGateFacts(reader, env, loaded.row.request_id);
  const supervised = sealing.supervisionNeeded || check.rules?.decided.limits.supervised === true;
  const grants = await readGrants(reader, { entityId: loaded.row.entity_id ?? "" });
  return {
    steps: check.route.map(({ kind, group, candidates }) => ({ kind, group, candidates })),
    custodians: sealing.custodians,
    supervisors: supervised ? sealing.supervisors : null,
    keepers: await listKeepers(reader, env, loaded, grants),
  };
}
