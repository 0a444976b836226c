import { randomBytes } from "node:crypto";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { addEntity } from "../organisation/people-service.ts";
import { dayIn } from "../organisation/read-grants.ts";

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
  await env.db
    .updateTable("installation")
    .set({
      organisation_id: organisationId,
      profile: wanted.profile,
      name_en: wanted.name.en,
      name_zh: wanted.name.zh,
      state: "preparing-sample",
    })
    .execute();
  const { entityId } = await addEntity(env, null, wanted.entity);
  return transact(env.db, async (tx) => {
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
    await tx.updateTable("installation").set({ state, setup_code_hash: null }).execute();
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
