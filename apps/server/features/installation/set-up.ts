import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Profile, StarterSetId } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { ProblemError } from "../../platform/problems.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { addEntity, type EntityToAdd } from "../organisation/people-service.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { writeGrantLine } from "../organisation/write-grant-line.ts";
import { confirmFirstPosition } from "../positions/confirm.ts";

export interface SetUp {
  profile: Profile;
  /** The rules of use to begin with; left out: those of the profile. */
  starterSet?: StarterSetId;
  name: { en: string; zh: string };
  entity: EntityToAdd;
  administrator: { name: { en: string; zh: string }; login: string };
}

/** By what right: the code printed on the console sets up for real, the sample goes on with what it has claimed. */
export type SetUpRight = { kind: "code"; setupCode: string; passwordHash: string } | { kind: "sample" };

export const notEmpty = (): ProblemError =>
  new ProblemError(409, "installation.not-empty", {
    en: "This installation is set up already. Sign in.",
    zh: "本系统已完成设置。请登录。",
  });
const codeWrong = (): ProblemError =>
  new ProblemError(403, "setup.code-wrong", {
    en: "This is not the code printed on the console at the last start.",
    zh: "代码与最近一次启动时控制台显示的不符。",
  });

export const digestOfCode = (code: string): Buffer => createHash("sha256").update(code.trim()).digest();

/**
 * Makes the organisation, its first entity and its first administrator, who holds the accounts and nothing else: all of
 * it in one transaction that holds the installation's row, so that it is done once or not at all.
 */
export async function setUp(env: Environment, wanted: SetUp, right: SetUpRight): Promise<string> {
  return transact(env.db, async (tx) => {
    const installation = await tx
      .selectFrom("installation")
      .select(["state", "setup_code_hash"])
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (installation.state !== (right.kind === "sample" ? "preparing-sample" : "empty")) throw notEmpty();
    if (right.kind === "code") {
      const known = installation.setup_code_hash;
      if (!known || !timingSafeEqual(known, digestOfCode(right.setupCode))) throw codeWrong();
    }
    const now = env.clock.now();
    const at = new Date(now);
    const organisationId = newId("org", now);
    await tx
      .updateTable("installation")
      .set({
        organisation_id: organisationId,
        profile: wanted.profile,
        // Named once, so that nothing but a decision changes the rules from now on.
        starter_set: wanted.starterSet ?? (wanted.profile === "small" ? "small-company" : "group"),
        name_en: wanted.name.en,
        name_zh: wanted.name.zh,
        state: right.kind === "sample" ? "preparing-sample" : "live",
        setup_code_hash: null,
      })
      .execute();
    const { entityId } = await addEntity(tx, env, null, wanted.entity);
    const personId = newId("per", now);
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
        password_hash: right.kind === "code" ? right.passwordHash : null,
        created_at: at,
      })
      .execute();
    // Nobody is there who could grant it: the one grant that no matrix and no second person is asked about.
    const grant = {
      grant_id: newId("grant", now),
      role: "system-administrator",
      scope_kind: "entity" as const,
      scope_id: entityId,
      from_on: dayIn(wanted.entity.timeZone, now),
      to_on: null,
    };
    await tx
      .insertInto("grants")
      .values({ ...grant, person_id: personId, state: "given", granted_by: null, granted_at: at })
      .execute();
    await recordEvent(tx, env, {
      type: "OrganisationSetUp",
      actorId: personId,
      facts: { organisationId, entityId, profile: wanted.profile, rules: wanted.starterSet ?? null },
    });
    const { eventId } = await recordEvent(tx, env, {
      type: "GrantGiven",
      actorId: null,
      personId,
      facts: {
        grant: grant.grant_id,
        role: grant.role,
        scopeKind: grant.scope_kind,
        scope: grant.scope_id,
        from: grant.from_on,
        to: grant.to_on,
      },
    });
    const position = { grantId: grant.grant_id, role: "system-administrator", entityId } as const;
    await confirmFirstPosition(tx, env, personId, {
      ...{ ...position, scopeKind: "entity", scopeId: entityId, from: grant.from_on, to: grant.to_on },
    });
    await writeGrantLine(tx, env, "given", eventId, {
      ...{ grantId: grant.grant_id, entityId, personId, role: grant.role, scope: { kind: "entity", id: entityId } },
      ...{ from: grant.from_on, to: grant.to_on, grantedBy: null },
    });
    return personId;
  });
}
