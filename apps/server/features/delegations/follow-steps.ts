import { listNearestHeads, type Role, type StepKind } from "@chancery/domain";
import { sql } from "kysely";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { entitledNow, readRouteNow } from "../approvals/entitled.ts";
import { holdersOf } from "../matters/holders.ts";
import { getMatter } from "../matters/store.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { loadRequest } from "../requests/load-request.ts";
import type { DelegationRow } from "./service.ts";

const stepOfRole: Readonly<Record<string, StepKind>> = {
  "unit-head": "unit-head",
  "legal-reviewer": "legal-review",
  signatory: "signatory",
};

/**
 * Steps were asked of people when the request or the matter was submitted. When a delegation takes force, the delegate
 * is asked too for what waits for the delegator, where the rules entitle him.
 */
export async function askDelegateToo(tx: Tx, env: Environment, row: DelegationRow): Promise<void> {
  for (const step of await openSteps(tx, env, row, row.delegator_id))
    if (step.entitled.includes(row.delegate_id) && !step.candidates.includes(row.delegate_id))
      await step.ask([...step.candidates, row.delegate_id]);
}

/** When it ends he is asked no more for what only the delegation entitled him to. */
export async function leaveDelegateOut(tx: Tx, env: Environment, row: DelegationRow): Promise<void> {
  for (const step of await openSteps(tx, env, row, row.delegate_id)) {
    const left = step.candidates.filter((one) => one !== row.delegate_id);
    if (step.entitled.includes(row.delegate_id) && !(left.length > 0 && step.isFarther(row.delegate_id))) continue;
    // The delegator may have been left out while he was away: a step is never left to nobody.
    const others = left.length > 0 ? left : step.entitled;
    if (others.length > 0) await step.ask([...others]);
  }
}

/** While somebody is on leave his open steps are left to the others who may decide them, where there are any. */
export async function leaveAbsentOut(
  tx: Tx,
  env: Environment,
  personId: string,
  absent: readonly string[],
): Promise<void> {
  for (const one of await readHeldByEntity(tx, personId))
    for (const step of await openSteps(tx, env, one, personId)) {
      const others = step.candidates.filter((candidate) => candidate !== personId);
      const able = others.filter((candidate) => step.entitled.includes(candidate) && !absent.includes(candidate));
      if (able.length > 0) await step.ask(others);
    }
}

/** Who is back from leave is asked again for what is open, where the rules entitle him; who was asked meanwhile stays. */
export async function askBackAgain(tx: Tx, env: Environment, personId: string): Promise<void> {
  for (const one of await readHeldByEntity(tx, personId))
    for (const step of await openSteps(tx, env, one, null))
      if (step.entitled.includes(personId) && !step.candidates.includes(personId))
        await step.ask([...step.candidates, personId]);
}

/** The roles somebody holds, once for each entity. */
async function readHeldByEntity(tx: Tx, personId: string): Promise<RoleInEntity[]> {
  const roles = await tx
    .selectFrom("held_roles as g")
    .leftJoin("units as u", "u.unit_id", "g.scope_id")
    .leftJoin("seals as s", "s.seal_id", "g.scope_id")
    .select(["g.role", "g.scope_id", "u.entity_id as unit_entity", "s.entity_id as seal_entity"])
    .where("g.person_id", "=", personId)
    .where("g.state", "=", "given")
    .execute();
  const held = new Map(
    roles.map(({ role, unit_entity, seal_entity, scope_id }) => {
      const entity_id = unit_entity ?? seal_entity ?? scope_id;
      return [`${role} ${entity_id}`, { role, entity_id }];
    }),
  );
  return [...held.values()];
}

interface RoleInEntity {
  readonly role: string;
  readonly entity_id: string;
}

interface OpenStep {
  candidates: readonly string[];
  /** Whom the rules entitle to decide it now. */
  entitled: readonly string[];
  /** Whether somebody heads a unit above those whose heads are asked first: he was asked in the place of one of them. */
  isFarther(personId: string): boolean;
  ask(candidates: string[]): Promise<unknown>;
}

/** Steps of this role, still to be decided, that one person is asked to decide; all of them where it is null. */
async function openSteps(tx: Tx, env: Environment, row: RoleInEntity, personId: string | null): Promise<OpenStep[]> {
  return [...(await openRequestSteps(tx, env, row, personId)), ...(await openMatterSteps(tx, env, row, personId))];
}

async function openRequestSteps(
  tx: Tx,
  env: Environment,
  row: RoleInEntity,
  personId: string | null,
): Promise<OpenStep[]> {
  const kind = stepOfRole[row.role];
  if (kind === undefined) return [];
  const steps = await tx
    .selectFrom("request_steps as st")
    .innerJoin("seal_use_requests as r", (join) =>
      join.onRef("r.request_id", "=", "st.request_id").onRef("r.round", "=", "st.round"),
    )
    .select(["st.step_id", "st.request_id", "st.candidates"])
    .where("r.state", "=", "in-review")
    .where("r.entity_id", "=", row.entity_id)
    .where("st.kind", "=", kind)
    .where("st.state", "in", ["current", "waiting"])
    .where(sql<boolean>`(${personId}::text is null or ${personId} = any(st.candidates))`)
    .orderBy("st.request_id")
    .execute();
  const open: OpenStep[] = [];
  for (const step of steps) {
    const route = await readRouteNow(tx, env, await loadRequest(tx, step.request_id));
    open.push({
      candidates: step.candidates,
      entitled: await entitledNow(tx, route, { kind, candidates: step.candidates, superiors: [] }),
      isFarther: (person) =>
        kind === "unit-head" &&
        route !== null &&
        !listNearestHeads(route.facts, route.units, route.grants).includes(person),
      ask: (candidates) =>
        tx.updateTable("request_steps").set({ candidates }).where("step_id", "=", step.step_id).execute(),
    });
  }
  return open;
}

async function openMatterSteps(
  tx: Tx,
  env: Environment,
  row: RoleInEntity,
  personId: string | null,
): Promise<OpenStep[]> {
  const steps = await tx
    .selectFrom("matter_steps as st")
    .innerJoin("matters as m", (join) =>
      join.onRef("m.matter_id", "=", "st.matter_id").onRef("m.round", "=", "st.round"),
    )
    .select(["st.step_id", "st.matter_id", "st.candidates"])
    .where("m.state", "=", "in-review")
    .where("m.entity_id", "=", row.entity_id)
    .where("st.role", "=", row.role)
    .where("st.state", "in", ["current", "waiting"])
    .where(sql<boolean>`(${personId}::text is null or ${personId} = any(st.candidates))`)
    .orderBy("st.matter_id")
    .execute();
  if (steps.length === 0) return [];
  const grants = await readGrantsInForce(tx, env.clock.now(), { entityId: row.entity_id });
  const open: OpenStep[] = [];
  for (const step of steps) {
    const matter = await getMatter(tx, step.matter_id);
    const out = [matter.asked_by, matter.person_id];
    open.push({
      candidates: step.candidates,
      isFarther: () => false,
      entitled: holdersOf(grants, matter, row.role as Role).filter((one) => !out.includes(one)),
      ask: (candidates) =>
        tx.updateTable("matter_steps").set({ candidates }).where("step_id", "=", step.step_id).execute(),
    });
  }
  return open;
}
