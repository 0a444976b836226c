import { randomBytes } from "node:crypto";
import {
  type AccountChange,
  decideAccountConfirmation,
  type GrantScope,
  listPermissions,
  needsSecondPerson,
  type Role,
} from "@chancery/domain";
import { sql } from "kysely";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { ProblemError, problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { issueInvitation } from "../identity/invitations.ts";
import { endSessions } from "../identity/sessions.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { giveGrant, requireMayGrant } from "./grants.ts";

export interface PersonToAsk {
  name: { en: string; zh: string };
  login: string;
  guest: boolean;
  unitId: string | null;
  entityId: string;
  grants: readonly { role: Role; scope: GrantScope; from?: string; to?: string | null }[];
}

const loginTaken = (): ProblemError =>
  new ProblemError(409, "person.login-taken", {
    en: "This login is taken. Choose another one.",
    zh: "该登录名已被使用。请另选一个。",
  });

/** Whether anybody but these could be the second person; before that, the first signatory is invited at once. */
async function someoneConfirms(reader: Reader, except: readonly string[]): Promise<boolean> {
  const rows = await reader
    .selectFrom("grants as g")
    .innerJoin("people as p", "p.person_id", "g.person_id")
    .select(["g.person_id", "g.role"])
    .where("g.state", "=", "given")
    .where("p.state", "in", ["active", "invited"])
    .execute();
  return rows.some(
    (row) => !except.includes(row.person_id) && listPermissions([row.role as Role]).has("person.confirm"),
  );
}

/**
 * Asks for a new person. One with a role waits for a second person, grants and all; one without is invited at once, and
 * so is whoever is to be the first who can confirm. Throws the refusals of the separation matrix.
 */
export async function askForPerson(
  env: Environment,
  actorId: string,
  wanted: PersonToAsk,
): Promise<{ personId: string; accountChangeId: string | null; invitationLink: string | null }> {
  return transact(env.db, async (tx) => {
    const now = env.clock.now();
    const organisation = await tx
      .selectFrom("installation")
      .select("organisation_id")
      .forUpdate()
      .executeTakeFirstOrThrow();
    const taken = await tx
      .selectFrom("people")
      .select("person_id")
      .where(sql`lower(login)`, "=", wanted.login.toLowerCase())
      .executeTakeFirst();
    if (taken) throw loginTaken();
    const entity = await tx
      .selectFrom("entities")
      .select("entity_id")
      .where("entity_id", "=", wanted.entityId)
      .executeTakeFirst();
    if (!entity || !organisation.organisation_id) throw problems.notFound();
    const roles = wanted.grants.map((grant) => grant.role);
    const second = needsSecondPerson("new-person", roles) && (await someoneConfirms(tx, [actorId]));
    const personId = newId("per", now);
    await tx
      .insertInto("people")
      .values({
        person_id: personId,
        organisation_id: organisation.organisation_id,
        entity_id: wanted.entityId,
        unit_id: wanted.unitId,
        name_en: wanted.name.en,
        name_zh: wanted.name.zh,
        login: wanted.login,
        guest: wanted.guest,
        state: second ? "awaiting-confirmation" : "invited",
        ledger_salt: randomBytes(16),
        created_at: new Date(now),
      })
      .execute();
    await recordEvent(tx, env, {
      type: "PersonAsked",
      actorId,
      personId,
      facts: { guest: wanted.guest, roles: roles.join(" ") },
    });
    for (const grant of wanted.grants) {
      const { grantId } = await giveGrant(tx, env, { actorId, personId, ...grant });
      if (second) await tx.updateTable("grants").set({ state: "waiting" }).where("grant_id", "=", grantId).execute();
    }
    if (!second)
      return { personId, accountChangeId: null, invitationLink: await invite(tx, env, actorId, personId, false) };
    const accountChangeId = newId("acc", now);
    await tx
      .insertInto("account_changes")
      .values({
        account_change_id: accountChangeId,
        kind: "new-person",
        person_id: personId,
        asked_by: actorId,
        asked_at: new Date(now),
        state: "waiting",
      })
      .execute();
    return { personId, accountChangeId, invitationLink: null };
  });
}

async function invite(tx: Tx, env: Environment, actorId: string, personId: string, reset: boolean): Promise<string> {
  const link = await issueInvitation(tx, env, personId, { reset });
  await recordEvent(tx, env, { type: "PersonInvited", actorId, personId, facts: { reset } });
  return link;
}

/** Asks for a reset of a person's credentials; it always waits for a second person. */
export async function askForReset(
  env: Environment,
  actorId: string,
  personId: string,
  reason: string,
): Promise<{ accountChangeId: string }> {
  return transact(env.db, async (tx) => {
    const person = await tx
      .selectFrom("people")
      .select("state")
      .where("person_id", "=", personId)
      .forUpdate()
      .executeTakeFirst();
    if (!person || person.state === "departed") throw problems.notFound();
    const now = env.clock.now();
    const accountChangeId = newId("acc", now);
    await tx
      .insertInto("account_changes")
      .values({
        account_change_id: accountChangeId,
        kind: "credential-reset",
        person_id: personId,
        asked_by: actorId,
        asked_at: new Date(now),
        reason,
        state: "waiting",
      })
      .execute();
    await recordEvent(tx, env, { type: "CredentialResetAsked", actorId, personId, facts: {}, comment: reason });
    return { accountChangeId };
  });
}

/** Confirms as the second person: the matrix is asked again about everything that has changed since. */
export async function confirmAccountChange(
  env: Environment,
  actorId: string,
  accountChangeId: string,
): Promise<{ invitationLink: string | null }> {
  return transact(env.db, async (tx) => {
    const change = await lockChange(tx, accountChangeId);
    const decided = decideAccountConfirmation(change, { personId: actorId, mayConfirm: true });
    if (!decided.ok) throw refusedBy(decided.refusals);
    const now = new Date(env.clock.now());
    await tx
      .updateTable("account_changes")
      .set({ state: "confirmed", decided_by: actorId, decided_at: now })
      .where("account_change_id", "=", accountChangeId)
      .execute();
    if (change.kind === "new-person") {
      const waiting = await tx
        .selectFrom("grants")
        .selectAll()
        .where("person_id", "=", change.personId)
        .where("state", "=", "waiting")
        .execute();
      await tx.updateTable("people").set({ state: "invited" }).where("person_id", "=", change.personId).execute();
      for (const grant of waiting) {
        await tx
          .updateTable("grants")
          .set({ state: "ended", end_reason: "given anew at confirmation", ended_at: now })
          .where("grant_id", "=", grant.grant_id)
          .execute();
        await giveGrant(tx, env, {
          actorId: change.askedBy,
          personId: change.personId,
          role: grant.role as Role,
          scope: { kind: grant.scope_kind, id: grant.scope_id },
          from: grant.from_on,
          to: grant.to_on,
        });
      }
      await recordEvent(tx, env, { type: "PersonConfirmed", actorId, personId: change.personId, facts: {} });
      return { invitationLink: await invite(tx, env, actorId, change.personId, false) };
    }
    await tx
      .updateTable("people")
      .set({ password_hash: null, credential_reset_at: now })
      .where("person_id", "=", change.personId)
      .execute();
    await tx.deleteFrom("passkeys").where("person_id", "=", change.personId).execute();
    await endSessions(tx, { personId: change.personId });
    await recordEvent(tx, env, { type: "CredentialResetConfirmed", actorId, personId: change.personId, facts: {} });
    return { invitationLink: await invite(tx, env, actorId, change.personId, true) };
  });
}

export async function declineAccountChange(
  env: Environment,
  actorId: string,
  accountChangeId: string,
  reason: string,
): Promise<void> {
  await transact(env.db, async (tx) => {
    const change = await lockChange(tx, accountChangeId);
    const decided = decideAccountConfirmation(change, { personId: actorId, mayConfirm: true });
    if (!decided.ok) throw refusedBy(decided.refusals);
    const now = new Date(env.clock.now());
    await tx
      .updateTable("account_changes")
      .set({ state: "declined", decided_by: actorId, decided_at: now })
      .where("account_change_id", "=", accountChangeId)
      .execute();
    if (change.kind === "new-person") {
      await tx.updateTable("people").set({ state: "departed" }).where("person_id", "=", change.personId).execute();
      await tx
        .updateTable("grants")
        .set({ state: "ended", end_reason: "declined", ended_at: now })
        .where("person_id", "=", change.personId)
        .where("state", "=", "waiting")
        .execute();
    }
    await recordEvent(tx, env, {
      type: change.kind === "new-person" ? "PersonDeclined" : "CredentialResetDeclined",
      actorId,
      personId: change.personId,
      facts: {},
      comment: reason,
    });
  });
}

async function lockChange(tx: Tx, accountChangeId: string): Promise<AccountChange> {
  const row = await tx
    .selectFrom("account_changes")
    .selectAll()
    .where("account_change_id", "=", accountChangeId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  return { kind: row.kind, personId: row.person_id, askedBy: row.asked_by, state: row.state };
}

/** Ends a grant today; what it leaves without a holder shows on the crew list and stops at the gate. */
export async function endGrant(env: Environment, actorId: string, grantId: string, reason: string): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await tx
      .selectFrom("grants")
      .selectAll()
      .where("grant_id", "=", grantId)
      .forUpdate()
      .executeTakeFirst();
    if (!row || row.state === "ended") throw problems.notFound();
    await requireMayGrant(tx, env, actorId, { kind: row.scope_kind, id: row.scope_id });
    await tx
      .updateTable("grants")
      .set({ state: "ended", ended_at: new Date(env.clock.now()), end_reason: reason })
      .where("grant_id", "=", grantId)
      .execute();
    await recordEvent(tx, env, {
      type: "GrantEnded",
      actorId,
      personId: row.person_id,
      sealId: row.scope_kind === "seal" ? row.scope_id : null,
      facts: { role: row.role, scope: row.scope_kind },
      comment: reason,
    });
  });
}

export interface EntityToAdd {
  name: { en: string; zh: string };
  code: string;
  timeZone: string;
}

/** Adds an entity in a transaction of the caller's. */
export async function addEntity(
  tx: Tx,
  env: Environment,
  actorId: string | null,
  wanted: EntityToAdd,
): Promise<{ entityId: string }> {
  if (!Intl.supportedValuesOf("timeZone").includes(wanted.timeZone) && wanted.timeZone !== "UTC")
    throw problems.inputInvalid([{ path: "timeZone", message: "is no time zone" }]);
  const organisation = await tx
    .selectFrom("installation")
    .select("organisation_id")
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (await tx.selectFrom("entities").select("entity_id").where("code", "=", wanted.code).executeTakeFirst())
    throw new ProblemError(409, "entity.code-taken", {
      en: "Another entity has this code. Choose another one.",
      zh: "该代码已被其他单位使用。请另选一个。",
    });
  const now = env.clock.now();
  const entityId = newId("ent", now);
  await tx
    .insertInto("entities")
    .values({
      entity_id: entityId,
      organisation_id: organisation.organisation_id ?? "",
      name_en: wanted.name.en,
      name_zh: wanted.name.zh,
      code: wanted.code,
      time_zone: wanted.timeZone,
      created_at: new Date(now),
    })
    .execute();
  await recordEvent(tx, env, { type: "EntityAdded", actorId, facts: { entityId, code: wanted.code } });
  return { entityId };
}

export async function addUnit(
  env: Environment,
  actorId: string | null,
  wanted: { entityId: string; parentUnitId: string | null; name: { en: string; zh: string } },
): Promise<{ unitId: string }> {
  return transact(env.db, async (tx) => {
    const entity = await tx
      .selectFrom("entities")
      .select("entity_id")
      .where("entity_id", "=", wanted.entityId)
      .executeTakeFirst();
    const parent =
      wanted.parentUnitId === null
        ? null
        : await tx
            .selectFrom("units")
            .select("entity_id")
            .where("unit_id", "=", wanted.parentUnitId)
            .executeTakeFirst();
    if (!entity || parent === undefined || (parent && parent.entity_id !== wanted.entityId)) throw problems.notFound();
    const now = env.clock.now();
    const unitId = newId("unit", now);
    await tx
      .insertInto("units")
      .values({
        unit_id: unitId,
        entity_id: wanted.entityId,
        parent_unit_id: wanted.parentUnitId,
        name_en: wanted.name.en,
        name_zh: wanted.name.zh,
        created_at: new Date(now),
      })
      .execute();
    await recordEvent(tx, env, { type: "UnitAdded", actorId, facts: { unitId, entityId: wanted.entityId } });
    return { unitId };
  });
}
