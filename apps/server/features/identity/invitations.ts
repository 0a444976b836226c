import type { RouteAnswer } from "@chancery/api/client";
import type { Call } from "../../platform/call.ts";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { hashPassword } from "./password.ts";
import { endSessions, hashToken, newToken } from "./sessions.ts";
import { signIn } from "./sign-in.ts";

/** An invitation lives 72 hours and serves once. */
const life = 72 * 60 * 60_000;

const gone = (): ProblemError =>
  new ProblemError(404, "invitation.gone", {
    en: "This invitation was used, ran out or was replaced. Ask an administrator for a new one.",
    zh: "该邀请已使用、已过期或已被替换。请向管理员索取新的邀请。",
  });

/** Makes the one link by which a person chooses a password; links made before for the same person no longer serve. */
export async function issueInvitation(
  tx: Tx,
  env: Environment,
  personId: string,
  options: { reset: boolean },
): Promise<string> {
  const now = env.clock.now();
  const token = newToken();
  await tx.deleteFrom("invitations").where("person_id", "=", personId).where("used_at", "is", null).execute();
  await tx
    .insertInto("invitations")
    .values({
      token_hash: hashToken(token),
      person_id: personId,
      reset: options.reset,
      expires_at: new Date(now + life),
    })
    .execute();
  return `${env.origin}/invitations/${token}`;
}

async function findInvitation(reader: Reader, env: Environment, token: string, lock: boolean) {
  const query = reader
    .selectFrom("invitations as i")
    .innerJoin("people as p", "p.person_id", "i.person_id")
    .leftJoin("entities as e", "e.entity_id", "p.entity_id")
    .select("e.time_zone")
    .select(["i.token_hash", "i.reset", "i.expires_at", "p.person_id", "p.name_en", "p.name_zh", "p.login"])
    .where("i.token_hash", "=", hashToken(token))
    .where("i.used_at", "is", null)
    .where("i.expires_at", ">", new Date(env.clock.now()))
    .where("p.state", "in", ["invited", "active"]);
  const row = await (lock ? query.forUpdate(["i", "p"]) : query).executeTakeFirst();
  if (!row) throw gone();
  return row;
}

/** Whom the invitation is for; throws the problem `invitation.gone`. */
export async function readInvitation(
  env: Environment,
  token: string,
): Promise<RouteAnswer<"GET /v1/invitations/:token">> {
  const row = await findInvitation(env.db, env, token, false);
  const installation = await env.db.selectFrom("installation").select(["name_en", "name_zh"]).executeTakeFirstOrThrow();
  return {
    name: { en: row.name_en, zh: row.name_zh },
    login: row.login,
    organisation: { en: installation.name_en ?? "Chancery", zh: installation.name_zh ?? "Chancery" },
    reset: row.reset,
    expiresAt: row.expires_at.toISOString(),
    timeZone: row.time_zone,
  };
}

/** Takes the invitation: the password is set, the person is active and signed in. Answers the session's token. */
export async function acceptInvitation(env: Environment, call: Call, token: string, password: string): Promise<string> {
  await findInvitation(env.db, env, token, false);
  const passwordHash = await hashPassword(password);
  const personId = await transact(env.db, async (tx) => {
    const row = await findInvitation(tx, env, token, true);
    const now = new Date(env.clock.now());
    await tx.updateTable("invitations").set({ used_at: now }).where("token_hash", "=", row.token_hash).execute();
    await tx
      .updateTable("people")
      .set({
        password_hash: passwordHash,
        state: "active",
        // The day of rest counts from when the new credential exists, not from when the reset was allowed.
        ...(row.reset ? { credential_reset_at: now } : {}),
      })
      .where("person_id", "=", row.person_id)
      .execute();
    await endSessions(tx, { personId: row.person_id });
    await recordEvent(tx, env, {
      type: "InvitationAccepted",
      actorId: row.person_id,
      personId: row.person_id,
      facts: { reset: row.reset, method: "password" },
    });
    return row.person_id;
  });
  return signIn(env, call, personId, "invitation");
}

/** In the sample nobody chooses a password, people are chosen by a click: the invitation is taken as it is. */
export async function acceptInSample(env: Environment, personId: string): Promise<void> {
  await transact(env.db, async (tx) => {
    const installation = await tx.selectFrom("installation").select("state").executeTakeFirstOrThrow();
    if (installation.state !== "preparing-sample") throw gone();
    const now = new Date(env.clock.now());
    const taken = await tx
      .updateTable("invitations")
      .set({ used_at: now })
      .where("person_id", "=", personId)
      .where("used_at", "is", null)
      .executeTakeFirst();
    if (taken.numUpdatedRows !== 1n) throw gone();
    await tx.updateTable("people").set({ state: "active" }).where("person_id", "=", personId).execute();
    await recordEvent(tx, env, {
      type: "InvitationAccepted",
      actorId: personId,
      personId,
      facts: { reset: false, method: "sample" },
    });
  });
}
