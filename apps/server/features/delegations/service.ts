import {
  decideDelegation,
  type Grant,
  type GrantScope,
  isAwayWithin,
  type Profile,
  type Refusal,
  refuse,
} from "@chancery/domain";
import type { Selectable } from "kysely";
import type { Tables } from "../../platform/database-schema.ts";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readAbsences } from "../organisation/absences.ts";
import { getEntityOfScope } from "../organisation/grants.ts";
import { dayIn, readGrants, readGrantsInForce, readSealsForSeparation } from "../organisation/read-grants.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { listHolesOf } from "../separation/prove.ts";
import { readSettings } from "../settings/read-settings.ts";
import { askDelegateToo, leaveDelegateOut } from "./follow-steps.ts";

export type DelegationRow = Selectable<Tables["delegations"]>;

export interface DelegationToGive {
  /** The delegator's own grant. */
  grantId: string;
  scope: GrantScope;
  delegateId: string;
  from: string;
  to: string;
}

interface Judged {
  refusals: readonly Refusal[];
  own: Grant;
  entityId: string;
  today: string;
  delegationId: string;
}

/** Asks the rule of delegation, the matrix and the proof; nothing is written. */
export async function judgeDelegation(
  reader: Reader,
  env: Environment,
  delegatorId: string,
  wanted: DelegationToGive,
): Promise<Judged> {
  const now = env.clock.now();
  const held = await readGrants(reader, { named: true });
  // Nobody hands on what he has not confirmed himself.
  const confirmed = await readGrants(reader, { personId: delegatorId });
  const own = confirmed.find((grant) => grant.grantId === wanted.grantId && grant.personId === delegatorId);
  const delegate = await reader
    .selectFrom("people")
    .select(["state", "guest"])
    .where("person_id", "=", wanted.delegateId)
    .executeTakeFirst();
  if (!own || !delegate) throw problems.notFound();
  const { entityId, timeZone } = await getEntityOfScope(reader, wanted.scope);
  const { profile } = await reader.selectFrom("installation").select("profile").executeTakeFirstOrThrow();
  const { delegationMost } = await readSettings(reader, now);
  // What was asked for the delegate and waits for a second person counts too, as it does for a grant.
  const asked = await readGrants(reader, { personId: wanted.delegateId, waiting: true });
  const existing = [...held.filter((grant) => grant.personId !== wanted.delegateId), ...asked];
  const today = dayIn(timeZone, now);
  const delegationId = newId("dlg", now);
  const decided = decideDelegation(
    {
      ...{ delegationId, delegateId: wanted.delegateId, scope: wanted.scope, entityId },
      ...{ from: wanted.from, to: wanted.to, guest: delegate.guest, active: delegate.state === "active" },
    },
    {
      ...{ profile: profile as Profile, own, existing, today, mostDays: delegationMost },
      seals: await readSealsForSeparation(reader),
    },
  );
  const grant: Grant = {
    ...{ grantId: delegationId, personId: wanted.delegateId, role: own.role, scope: wanted.scope, entityId },
    ...{ from: wanted.from, to: wanted.to, delegatedBy: delegatorId },
  };
  const holes = await listHolesOf(reader, now, grant, existing);
  const away = isAwayWithin(await readAbsences(reader, [wanted.delegateId]), wanted.delegateId, wanted);
  const onLeave = away ? [refuse("delegation.delegate-away", {}, "C11")] : [];
  return {
    refusals: [...(decided.ok ? [] : decided.refusals), ...onLeave, ...holes],
    own,
    entityId,
    today,
    delegationId,
  };
}

/** Lets another act in one's role; it takes force on its first day. Throws every refusal. */
export async function giveDelegation(
  env: Environment,
  delegatorId: string,
  wanted: DelegationToGive & { reason: string },
): Promise<{ delegationId: string }> {
  return transact(env.db, async (tx) => {
    // Grants and delegations are judged one after the other: of two at once the second one sees the first.
    await tx.selectFrom("installation").select("profile").forUpdate().executeTakeFirstOrThrow();
    const { refusals, own, entityId, today, delegationId } = await judgeDelegation(tx, env, delegatorId, wanted);
    if (refusals.length > 0) throw refusedBy(refusals);
    const row = await tx
      .insertInto("delegations")
      .values({
        ...{ delegation_id: delegationId, grant_id: own.grantId, delegator_id: delegatorId },
        ...{ delegate_id: wanted.delegateId, entity_id: entityId, role: own.role },
        ...{ scope_kind: wanted.scope.kind, scope_id: wanted.scope.id, from_on: wanted.from, to_on: wanted.to },
        ...{ reason: wanted.reason, given_at: new Date(env.clock.now()) },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await tell(tx, env, row, { type: "DelegationGiven", actorId: delegatorId, comment: wanted.reason });
    if (row.from_on <= today) await beginDelegation(tx, env, row);
    return { delegationId };
  });
}

/** Marks that it has taken force, and asks the delegate too for what waits for the delegator. */
export async function beginDelegation(tx: Tx, env: Environment, row: DelegationRow): Promise<void> {
  await tx
    .updateTable("delegations")
    .set({ begun_at: new Date(env.clock.now()) })
    .where("delegation_id", "=", row.delegation_id)
    .execute();
  await askDelegateToo(tx, env, row);
}

/** Ends a delegation at once: either of the two, or a seal administrator as far as his own grant reaches. */
export async function endDelegation(
  env: Environment,
  actorId: string,
  delegationId: string,
  reason: string,
): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await tx
      .selectFrom("delegations")
      .selectAll()
      .where("delegation_id", "=", delegationId)
      .forUpdate()
      .executeTakeFirst();
    // Who has nothing to do with it does not learn that it is there.
    const held = await readGrantsInForce(tx, env.clock.now(), { personId: actorId });
    if (!row || !mayEnd(actorId, held, row)) throw problems.notFound();
    if (row.ended_at !== null) throw refusedBy([refuse("delegation.over", {})]);
    await closeDelegation(tx, env, row, { cause: "ended", actorId, reason });
  });
}

/** Whether somebody who holds these roles now may end it: either of the two, or a seal administrator of the entity. */
export function mayEnd(
  personId: string,
  held: readonly Grant[],
  row: Pick<DelegationRow, "delegator_id" | "delegate_id" | "entity_id">,
): boolean {
  if (personId === row.delegator_id || personId === row.delegate_id) return true;
  return held.some(
    ({ role, scope, entityId }) =>
      role === "seal-administrator" && scope.kind === "entity" && entityId === row.entity_id,
  );
}

export async function closeDelegation(
  tx: Tx,
  env: Environment,
  row: DelegationRow,
  end: { cause: "days-over" | "grant-over" | "ended"; actorId: string | null; reason: string | null },
): Promise<void> {
  await tx
    .updateTable("delegations")
    .set({
      ...{ ended_at: new Date(env.clock.now()), ended_by: end.actorId },
      ...{ end_cause: end.cause, end_reason: end.reason },
    })
    .where("delegation_id", "=", row.delegation_id)
    .execute();
  await tell(tx, env, row, {
    ...{ type: "DelegationEnded", actorId: end.actorId, comment: end.reason, cause: end.cause },
  });
  await leaveDelegateOut(tx, env, row);
}

/** The event of the ledger and the line of the register of authorities. */
async function tell(
  tx: Tx,
  env: Environment,
  row: DelegationRow,
  what: {
    type: "DelegationGiven" | "DelegationEnded";
    actorId: string | null;
    comment: string | null;
    cause?: string;
  },
): Promise<void> {
  const scope = { scopeKind: row.scope_kind, scope: row.scope_id };
  const sealId = row.scope_kind === "seal" ? row.scope_id : null;
  const facts = {
    ...{ delegation: row.delegation_id, grant: row.grant_id, role: row.role, ...scope },
    ...{ from: row.from_on, to: row.to_on, ...(what.cause ? { cause: what.cause } : {}) },
  };
  const { eventId } = await recordEvent(tx, env, {
    ...{ type: what.type, actorId: what.actorId, personId: row.delegate_id, sealId, facts, comment: what.comment },
  });
  await writeRegisterLine(tx, env, {
    ...{ register: "authority", entityId: row.entity_id, eventId, sealId },
    kind: what.type === "DelegationGiven" ? "delegated" : "delegation-ended",
    unitId: row.scope_kind === "unit" ? row.scope_id : null,
    personIds: [row.delegator_id, row.delegate_id],
    facts: { ...facts, delegate: row.delegate_id, delegator: row.delegator_id },
  });
}
