import type { RouteAnswer } from "@chancery/api/client";
import type { Call } from "../../platform/call.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { ProblemError, problems } from "../../platform/problems.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { beginRegistration, digestOfKey, finishRegistration } from "./passkeys.ts";
import { hashPassword, verifyPassword } from "./password.ts";
import { endSessions } from "./sessions.ts";
import { trySecret } from "./sign-in.ts";

/** How long after signing in a person without a password may add a passkey. */
const freshSession = 10 * 60_000;

const passwordRefused = (): ProblemError =>
  new ProblemError(401, "password.refused", {
    en: "This is not your current password. Nothing was changed.",
    zh: "当前密码不正确。没有进行任何更改。",
  });
const freshSignInNeeded = (): ProblemError =>
  new ProblemError(401, "passkey.fresh-sign-in-needed", {
    en: "You signed in too long ago to add a passkey. Sign out, sign in again and add it then.",
    zh: "距上次登录时间过长，不能添加通行密钥。请退出并重新登录后再添加。",
  });
const lastCredential = (): ProblemError =>
  new ProblemError(409, "passkey.last-credential", {
    en: "This passkey is your only way to sign in. Add another one, or choose a password first.",
    zh: "该通行密钥是您唯一的登录方式。请先添加另一个，或设置密码。",
  });

interface OwnAccount {
  login: string;
  nameEn: string;
  passwordHash: string | null;
}

async function readAccount(env: Environment, personId: string): Promise<OwnAccount> {
  const row = await env.db
    .selectFrom("people")
    .select(["login", "name_en", "password_hash"])
    .where("person_id", "=", personId)
    .executeTakeFirstOrThrow();
  return { login: row.login, nameEn: row.name_en, passwordHash: row.password_hash };
}

/** A wrong password counts towards the lockout like one at sign-in, or a stolen session could guess it. */
async function requirePassword(env: Environment, call: Call, account: OwnAccount, password: string): Promise<void> {
  const { personId } = call.person();
  const tried = { login: account.login, address: call.address, personId, method: "password again" };
  if (!(await trySecret(env, tried, () => verifyPassword(account.passwordHash, password)))) throw passwordRefused();
}

/** Changes one's own password and ends every other session of one's own. */
export async function changePassword(env: Environment, call: Call, current: string, next: string): Promise<void> {
  const { personId, sessionHash } = call.person();
  await requirePassword(env, call, await readAccount(env, personId), current);
  const passwordHash = await hashPassword(next);
  await transact(env.db, async (tx) => {
    await tx.updateTable("people").set({ password_hash: passwordHash }).where("person_id", "=", personId).execute();
    await endSessions(tx, { personId, except: sessionHash });
    await recordEvent(tx, env, { type: "PasswordChanged", actorId: personId, facts: {} });
  });
}

export async function listPasskeys(env: Environment, personId: string): Promise<RouteAnswer<"GET /v1/passkeys">> {
  const rows = await env.db
    .selectFrom("passkeys")
    .select(["passkey_id", "label", "created_at", "last_used_at"])
    .where("person_id", "=", personId)
    .orderBy("created_at")
    .execute();
  return {
    items: rows.map((row) => ({
      passkeyId: row.passkey_id,
      label: row.label,
      createdAt: row.created_at.toISOString(),
      lastUsedAt: row.last_used_at?.toISOString() ?? null,
    })),
  };
}

/** Begins to add a passkey: with the password again, or in a session just opened where the person has none. */
export async function beginPasskey(
  env: Environment,
  call: Call,
  password: string | undefined,
): Promise<{ challengeId: string; options: Record<string, unknown> }> {
  const { personId, sessionHash } = call.person();
  const account = await readAccount(env, personId);
  if (account.passwordHash !== null) await requirePassword(env, call, account, password ?? "");
  else {
    const session = await env.db
      .selectFrom("sessions")
      .select("created_at")
      .where("token_hash", "=", sessionHash)
      .executeTakeFirst();
    if (!session || env.clock.now() - session.created_at.getTime() > freshSession) throw freshSignInNeeded();
  }
  return beginRegistration(env, { personId, login: account.login, name: account.nameEn });
}

export async function addPasskey(
  env: Environment,
  personId: string,
  answer: { challengeId: string; label: string; response: Record<string, unknown> },
): Promise<{ passkeyId: string }> {
  const credential = await finishRegistration(env, personId, answer.challengeId, answer.response);
  const now = env.clock.now();
  const passkeyId = newId("key", now);
  await transact(env.db, async (tx) => {
    await tx
      .insertInto("passkeys")
      .values({
        passkey_id: passkeyId,
        person_id: personId,
        credential_id: credential.credentialId,
        public_key: credential.publicKey,
        counter: credential.counter,
        transports: credential.transports,
        label: answer.label,
        created_at: new Date(now),
      })
      .execute();
    await recordEvent(tx, env, {
      type: "PasskeyAdded",
      actorId: personId,
      facts: { passkeyId, key: digestOfKey(credential.publicKey) },
    });
  });
  return { passkeyId };
}

/** Removes one's own passkey, unless nothing would be left to sign in with. */
export async function removePasskey(env: Environment, personId: string, passkeyId: string): Promise<void> {
  await transact(env.db, async (tx) => {
    const person = await tx
      .selectFrom("people")
      .select("password_hash")
      .where("person_id", "=", personId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const own = await tx.selectFrom("passkeys").select("passkey_id").where("person_id", "=", personId).execute();
    if (!own.some((row) => row.passkey_id === passkeyId)) throw problems.notFound();
    if (own.length === 1 && person.password_hash === null) throw lastCredential();
    await tx.deleteFrom("passkeys").where("passkey_id", "=", passkeyId).execute();
    await recordEvent(tx, env, { type: "PasskeyRemoved", actorId: personId, facts: { passkeyId } });
  });
}
