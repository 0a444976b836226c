import { randomBytes } from "node:crypto";
import { needsSecondPerson } from "@chancery/domain";
import { sql } from "kysely";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { ProblemError, problems } from "../../platform/problems.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { invite, openAccountChange, secondPersonIsThere } from "./account-changes.ts";
import { endGrants } from "./end-grants.ts";
import { askForGrant, type GrantToGive, giveGrant, requireMayGrant } from "./grants.ts";
import { holdTree } from "./unit-impact.ts";

export interface PersonToAsk {
  name: { en: string; zh: string };
  login: string;
  guest: boolean;
  unitId: string | null;
  entityId: string;
  grants: readonly Pick<GrantToGive, "role" | "scope" | "from" | "to" | "risk">[];
}

const loginTaken = (): ProblemError =>
  new ProblemError(409, "person.login-taken", {
    en: "This login is taken. Choose another one.",
    zh: "该登录名已被使用。请另选一个。",
  });

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
    if (wanted.unitId !== null) await requireOpenUnit(tx, wanted.unitId, wanted.entityId);
    const roles = wanted.grants.map((grant) => grant.role);
    const second =
      needsSecondPerson({ kind: "new-person", roles }) && (await secondPersonIsThere(tx, [actorId], roles));
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
        asked_by: actorId,
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
    if (!second) {
      for (const grant of wanted.grants) await giveGrant(tx, env, { actorId, personId, ...grant });
      return { personId, accountChangeId: null, invitationLink: await invite(tx, env, actorId, personId, false) };
    }
    const accountChangeId = await openAccountChange(tx, env, { kind: "new-person", personId, actorId, reason: null });
    for (const grant of wanted.grants)
      await askForGrant(tx, env, { actorId, personId, ...grant, amongOthers: true }, accountChangeId);
    return { personId, accountChangeId, invitationLink: null };
  });
}

/** Nobody joins a unit that has ended, or one of another entity; who joins while it ends waits for the answer. */
async function requireOpenUnit(tx: Tx, unitId: string, entityId: string): Promise<void> {
  const unit = await tx
    .selectFrom("units")
    .select("closed_at")
    .where("unit_id", "=", unitId)
    .where("entity_id", "=", entityId)
    .forShare()
    .executeTakeFirst();
  if (!unit) throw problems.inputInvalid([{ path: "unitId", message: "is unknown", zh: "不存在" }]);
  if (unit.closed_at !== null) throw problems.inputInvalid([{ path: "unitId", message: "has ended", zh: "已撤销" }]);
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
    if (row?.state !== "given") throw problems.notFound();
    const scope = { kind: row.scope_kind, id: row.scope_id };
    await requireMayGrant(tx, env, actorId, scope);
    await endGrants(tx, env, [grantId], { actorId, reason });
  });
}

export interface EntityToAdd {
  name: { en: string; zh: string };
  code: string;
  timeZone: string;
}

/** Adds an entity in a transaction of the caller's; the installation's row is held, so a code is given once. */
export async function addEntity(
  tx: Tx,
  env: Environment,
  actorId: string | null,
  wanted: EntityToAdd,
): Promise<{ entityId: string }> {
  if (!Intl.supportedValuesOf("timeZone").includes(wanted.timeZone) && wanted.timeZone !== "UTC")
    throw problems.inputInvalid([{ path: "timeZone", message: "is no time zone", zh: "不是有效时区" }]);
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
    await holdTree(tx, wanted.entityId);
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
            .where("closed_at", "is", null)
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
