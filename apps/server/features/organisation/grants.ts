import { decideGrant, type GrantScope, mayManageGrants, type Profile, type Role } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { dayIn, readGrants, readGrantsInForce, readSealsForSeparation } from "./read-grants.ts";

export interface GrantToGive {
  actorId: string;
  personId: string;
  role: Role;
  scope: GrantScope;
  /** YYYY-MM-DD; today in the entity's time zone where left out. */
  from?: string;
  to?: string | null;
}

/**
 * Gives a role after the separation matrix has been asked about everything in force. The installation's row is held, so
 * that of two grants given at once the second one is judged with the first. Throws the refusals of `decideGrant`.
 */
export async function giveGrant(tx: Tx, env: Environment, grant: GrantToGive): Promise<{ grantId: string }> {
  const installation = await tx.selectFrom("installation").select("profile").forUpdate().executeTakeFirstOrThrow();
  const entity = await getEntityOfScope(tx, grant.scope);
  const person = await tx
    .selectFrom("people")
    .select("state")
    .where("person_id", "=", grant.personId)
    .executeTakeFirst();
  if (!person || person.state === "departed" || person.state === "locked") throw problems.notFound();
  const now = env.clock.now();
  const today = dayIn(entity.timeZone, now);
  const wanted = {
    grantId: newId("grant", now),
    personId: grant.personId,
    role: grant.role,
    scope: grant.scope,
    entityId: entity.entityId,
    from: grant.from ?? today,
    to: grant.to ?? null,
  };
  const decision = decideGrant(wanted, {
    profile: installation.profile as Profile,
    actorId: grant.actorId,
    existing: await readGrants(tx),
    seals: await readSealsForSeparation(tx),
    today,
  });
  if (!decision.ok) throw refusedBy(decision.refusals);
  await tx
    .insertInto("grants")
    .values({
      grant_id: wanted.grantId,
      person_id: wanted.personId,
      role: wanted.role,
      scope_kind: wanted.scope.kind,
      scope_id: wanted.scope.id,
      from_on: wanted.from,
      to_on: wanted.to,
      state: "given",
      granted_by: grant.actorId,
      granted_at: new Date(now),
    })
    .execute();
  await recordEvent(tx, env, {
    type: "GrantGiven",
    actorId: grant.actorId,
    personId: grant.personId,
    sealId: grant.scope.kind === "seal" ? grant.scope.id : null,
    facts: {
      grant: wanted.grantId,
      role: wanted.role,
      scopeKind: wanted.scope.kind,
      scope: wanted.scope.id,
      from: wanted.from,
      to: wanted.to,
    },
  });
  return { grantId: wanted.grantId };
}

/** Throws `permission.missing` where the person's own grants do not reach as far as the one he gives, tries or ends. */
export async function requireMayGrant(
  reader: Reader,
  env: Environment,
  actorId: string,
  scope: GrantScope,
): Promise<void> {
  const { entityId } = await getEntityOfScope(reader, scope);
  const held = await readGrantsInForce(reader, env.clock.now(), { personId: actorId });
  if (!mayManageGrants(held, { scope, entityId })) throw problems.notPermitted("grant.manage");
}

/** The entity a scope lies in; throws the problem `subject.not-found`. */
export async function getEntityOfScope(
  reader: Reader,
  scope: GrantScope,
): Promise<{ entityId: string; timeZone: string }> {
  const entityId =
    scope.kind === "entity"
      ? scope.id
      : scope.kind === "unit"
        ? (await reader.selectFrom("units").select("entity_id").where("unit_id", "=", scope.id).executeTakeFirst())
            ?.entity_id
        : (await reader.selectFrom("seals").select("entity_id").where("seal_id", "=", scope.id).executeTakeFirst())
            ?.entity_id;
  const entity = await reader
    .selectFrom("entities")
    .select(["entity_id", "time_zone"])
    .where("entity_id", "=", entityId ?? "")
    .executeTakeFirst();
  if (!entity) throw problems.notFound();
  return { entityId: entity.entity_id, timeZone: entity.time_zone };
}
