import {
  decideGrant,
  type Grant,
  type GrantScope,
  mayManageGrants,
  type Profile,
  type Role,
  refuse,
} from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { listFormsKeptRefusals } from "../forms/series.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { openPosition } from "../positions/open-position.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { listKindRefusals } from "../seals/kind-holders.ts";
import { listHolesOf } from "../separation/prove.ts";
import { dayIn, readGrants, readGrantsInForce, readSealsForSeparation } from "./read-grants.ts";
import { writeGrantLine } from "./write-grant-line.ts";

export interface GrantToGive {
  actorId: string;
  personId: string;
  role: Role;
  scope: GrantScope;
  /** YYYY-MM-DD; today in the entity's time zone where left out. */
  from?: string;
  to?: string | null;
  /** What could go wrong; kept where the grant joins roles that only the profile lets meet. */
  risk?: string | null;
  /** Asked for together with other roles, which may join with it only after it was written. */
  amongOthers?: true;
}

/** A grant with its id and days, after the matrix has been asked about it. */
interface JudgedGrant extends Grant {
  grantedBy: string;
  loosened: readonly Role[];
  risk: string | null;
}

/**
 * Asks the separation matrix about everything in force, and about what else was asked for the same person; and the
 * proof, whether anybody could then act alone. The installation's row is held, so that of two grants given at once the
 * second one is judged with the first. Throws the refusals of both.
 */
export async function judge(tx: Tx, env: Environment, grant: GrantToGive & { grantId?: string }): Promise<JudgedGrant> {
  const installation = await tx.selectFrom("installation").select("profile").forUpdate().executeTakeFirstOrThrow();
  const entity = await getEntityOfScope(tx, grant.scope);
  if (grant.scope.kind === "unit") {
    const unit = await tx
      .selectFrom("units")
      .select("closed_at")
      .where("unit_id", "=", grant.scope.id)
      .forShare()
      .executeTakeFirst();
    // Nobody is given a role in a unit that has ended.
    if (!unit || unit.closed_at !== null) throw problems.notFound();
  }
  const person = await tx
    .selectFrom("people")
    .select(["state", "guest"])
    .where("person_id", "=", grant.personId)
    .executeTakeFirst();
  if (!person || person.state === "departed" || person.state === "locked") throw problems.notFound();
  const now = env.clock.now();
  const today = dayIn(entity.timeZone, now);
  const wanted: Grant = {
    grantId: grant.grantId ?? newId("grant", now),
    personId: grant.personId,
    role: grant.role,
    scope: grant.scope,
    entityId: entity.entityId,
    from: grant.from ?? today,
    to: grant.to ?? null,
    guest: person.guest,
  };
  if (grant.role === "custodian" && grant.scope.kind === "seal") {
    const seals = await tx
      .selectFrom("seals")
      .select(["type", "kind_id", "entity_id", "unit_id"])
      .where("seal_id", "=", grant.scope.id)
      .execute();
    const unfit = await listKindRefusals(tx, grant.personId, seals);
    if (unfit.length > 0) throw refusedBy(unfit);
  }
  const asked = await readGrants(tx, { personId: grant.personId, waiting: true });
  const others = (await readGrants(tx, { named: true })).filter((held) => held.personId !== grant.personId);
  const existing = [...others, ...asked.filter((held) => held.grantId !== wanted.grantId)];
  const decision = decideGrant(wanted, {
    profile: installation.profile as Profile,
    actorId: grant.actorId,
    existing,
    seals: await readSealsForSeparation(tx),
    today,
    risk: grant.risk ?? null,
  });
  const holes = await listHolesOf(tx, now, wanted, existing);
  const kept =
    wanted.role === "custodian" && wanted.scope.kind === "seal"
      ? await listFormsKeptRefusals(tx, { personId: wanted.personId, sealId: wanted.scope.id })
      : [];
  const refusals = [...(decision.ok ? [] : decision.refusals), ...kept, ...holes];
  if (!decision.ok || refusals.length > 0) throw refusedBy(refusals);
  const loosened = decision.events[0]?.loosened ?? [];
  const keepsRisk = loosened.length > 0 || grant.amongOthers === true;
  return { ...wanted, grantedBy: grant.actorId, loosened, risk: keepsRisk ? (grant.risk ?? null) : null };
}

async function store(
  tx: Tx,
  env: Environment,
  grant: JudgedGrant,
  state: "given" | "waiting",
  accountChangeId: string | null,
): Promise<void> {
  await tx
    .insertInto("grants")
    .values({
      grant_id: grant.grantId,
      person_id: grant.personId,
      role: grant.role,
      scope_kind: grant.scope.kind,
      scope_id: grant.scope.id,
      from_on: grant.from,
      to_on: grant.to,
      state,
      granted_by: grant.grantedBy,
      granted_at: new Date(env.clock.now()),
      account_change_id: accountChangeId,
      risk: grant.risk,
    })
    .execute();
}

async function record(tx: Tx, env: Environment, type: "GrantAsked" | "GrantGiven", grant: JudgedGrant): Promise<void> {
  const { eventId } = await recordEvent(tx, env, {
    type,
    actorId: grant.grantedBy,
    personId: grant.personId,
    sealId: grant.scope.kind === "seal" ? grant.scope.id : null,
    facts: {
      grant: grant.grantId,
      role: grant.role,
      scopeKind: grant.scope.kind,
      scope: grant.scope.id,
      from: grant.from,
      to: grant.to,
      ...(grant.loosened.length > 0 ? { loosened: grant.loosened.join(" ") } : {}),
    },
    comment: grant.risk,
  });
  if (type === "GrantAsked") return;
  await writeGrantLine(tx, env, "given", eventId, grant);
  const { grantId, personId, role, entityId, scope, from, to } = grant;
  const position = { grantId, role, entityId, scopeKind: scope.kind, scopeId: scope.id, from, to };
  await openPosition(tx, env, personId, position);
  if (grant.loosened.length === 0) return;
  await writeRegisterLine(tx, env, {
    ...{ register: "exceptions", kind: "pair-loosened", entityId: grant.entityId, eventId },
    sealId: grant.scope.kind === "seal" ? grant.scope.id : null,
    unitId: grant.scope.kind === "unit" ? grant.scope.id : null,
    personIds: [grant.personId, grant.grantedBy],
    facts: {
      ...{ holder: grant.personId, role: grant.role, otherRoles: grant.loosened.join(" "), to: grant.to },
      ...{ scopeKind: grant.scope.kind, reason: grant.risk, by: grant.grantedBy },
    },
    words: [grant.risk ?? ""],
  });
}

/**
 * Gives a role that nobody else has to confirm. Throws the refusals of `decideGrant`, and one where it joins roles that
 * only the profile lets meet: a second person consents to that.
 */
export async function giveGrant(tx: Tx, env: Environment, grant: GrantToGive): Promise<{ grantId: string }> {
  const judged = await judge(tx, env, grant);
  const [heldRole] = judged.loosened;
  if (heldRole) throw refusedBy([refuse("grant.loosened-without-second", { role: grant.role, heldRole }, "C11")]);
  await store(tx, env, judged, "given", null);
  await record(tx, env, "GrantGiven", judged);
  return { grantId: judged.grantId };
}

/** Keeps a role that takes force when a second person confirms the account change. Throws the refusals of `decideGrant`. */
export async function askForGrant(
  tx: Tx,
  env: Environment,
  grant: GrantToGive,
  accountChangeId: string,
): Promise<{ grantId: string }> {
  const judged = await judge(tx, env, grant);
  await store(tx, env, judged, "waiting", accountChangeId);
  await record(tx, env, "GrantAsked", judged);
  return { grantId: judged.grantId };
}

/** Gives what was asked for with an account change, after the matrix was asked again about all that changed since. */
export async function giveAskedGrants(tx: Tx, env: Environment, accountChangeId: string): Promise<void> {
  const waiting = await tx
    .selectFrom("grants")
    .selectAll()
    .where("account_change_id", "=", accountChangeId)
    .where("state", "=", "waiting")
    .orderBy("granted_at")
    .orderBy("grant_id")
    .execute();
  for (const row of waiting) {
    const judged = await judge(tx, env, {
      grantId: row.grant_id,
      actorId: row.granted_by ?? "",
      personId: row.person_id,
      role: row.role as Role,
      scope: { kind: row.scope_kind, id: row.scope_id },
      from: row.from_on,
      to: row.to_on,
      risk: row.risk,
    });
    await tx
      .updateTable("grants")
      .set({ state: "given", granted_at: new Date(env.clock.now()) })
      .where("grant_id", "=", row.grant_id)
      .execute();
    await record(tx, env, "GrantGiven", judged);
  }
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
