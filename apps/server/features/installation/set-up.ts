import { randomBytes } from "node:crypto";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { ProblemError } from "../../platform/problems.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { addEntity } from "../organisation/people-service.ts";
import { dayIn } from "../organisation/read-grants.ts";

export const notEmpty = (): ProblemError =>
  new ProblemError(409, "installation.not-empty", {
    en: "This installation is set up already. Sign in.",
    zh: "本系统已完成设置。请登录。",
  });

export interface SetUp {
  profile: "strict" | "standard" | "small";
  name: { en: string; zh: string };
  entity: { name: { en: string; zh: string }; code: string; timeZone: string };
  administrator: { name: { en: string; zh: string }; login: string };
}

/** Makes the organisation, its first entity and its first administrator, who holds the accounts and nothing else. */
export async function setUp(
  env: Environment,
  wanted: SetUp,
  passwordHash: string | null,
  state: "live" | "preparing-sample",
): Promise<string> {
  const now = env.clock.now();
  const organisationId = newId("org", now);
  return transact(env.db, async (tx) => {
    // Of two at once, with the same code, the second one finds the installation taken; a refusal leaves it as it was.
    const claimed = await tx
      .updateTable("installation")
      .set({
        organisation_id: organisationId,
        profile: wanted.profile,
        name_en: wanted.name.en,
        name_zh: wanted.name.zh,
        state,
        setup_code_hash: null,
      })
      .where("state", "=", state === "live" ? "empty" : "preparing-sample")
      .where("organisation_id", "is", null)
      .executeTakeFirst();
    if (claimed.numUpdatedRows !== 1n) throw notEmpty();
    const { entityId } = await addEntity(tx, env, null, wanted.entity);
    const personId = newId("per", now);
    const at = new Date(now);
    await tx
      .insertInto("people")
      .values({
        person_id: personId,
        organisation_id: organisationId,
        entity_id: entityId,
        unit_id: null,
        name_en: wanted.administrator.name.en,
        name_zh: wanted.administrator.name.zh,
        login: wanted.administrator.login,
        state: "active",
        ledger_salt: randomBytes(16),
        password_hash: passwordHash,
        created_at: at,
      })
      .execute();
    await tx
      .insertInto("grants")
      .values({
        grant_id: newId("grant", now),
        person_id: personId,
        role: "system-administrator",
        scope_kind: "entity",
        scope_id: entityId,
        from_on: dayIn(wanted.entity.timeZone, now),
        to_on: null,
        state: "given",
        granted_by: null,
        granted_at: at,
      })
      .execute();
    await recordEvent(tx, env, {
      type: "OrganisationSetUp",
      actorId: personId,
      facts: { organisationId, entityId, profile: wanted.profile },
    });
    await recordEvent(tx, env, {
      type: "GrantGiven",
      actorId: null,
      personId,
      facts: { role: "system-administrator", scope: "entity" },
    });
    return personId;
  });
}
