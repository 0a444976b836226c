import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Call } from "../../platform/call.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { verifyPassword } from "./password.ts";
import { endSessions, openSession } from "./sessions.ts";

const window = 15 * 60_000;
/** Failures in a quarter of an hour after which a login waits: from one address, and from all together. */
const limits = { fromAddress: 6, fromAnywhere: 30 };

export const signInRefused = (): ProblemError =>
  new ProblemError(401, "sign-in.refused", {
    en: "Login and password do not belong together. Check both and try again.",
    zh: "登录名与密码不符。请核对后重试。",
  });
const locked = (): ProblemError =>
  new ProblemError(429, "sign-in.locked", {
    en: "Too many tries. Try again in a minute; if it is refused again, wait fifteen minutes, or ask an administrator to reset the password.",
    zh: "尝试次数过多。请一分钟后再试；如仍被拒绝，请等待十五分钟，或请管理员重置密码。",
  });

/** Digests, so that the table of failures holds neither logins nor addresses. */
const digest = (env: Environment, text: string): Buffer =>
  createHash("sha256").update(env.masterKey.derive("sign-in-failures")).update(text).digest();

export interface Try {
  login: string;
  address: string;
  personId: string | null;
  /** What was tried, for the ledger. */
  method: string;
}

/**
 * Looks at a secret somebody may be guessing, as one counted try: it is counted before `check` looks, so that many tries
 * at the same moment cannot slip past the limit together. A right one is taken off the count again; a wrong one stays
 * and is in the ledger. Throws the problem `sign-in.locked` when this login has failed too often of late.
 */
export async function trySecret(env: Environment, one: Try, check: () => Promise<boolean>): Promise<boolean> {
  const now = new Date(env.clock.now());
  const [login, address] = [digest(env, one.login.toLowerCase()), digest(env, one.address)];
  const { attempt_id: attempt } = await env.db
    .insertInto("sign_in_failures")
    .values({ login_digest: login, address_digest: address, failed_at: now })
    .returning("attempt_id")
    .executeTakeFirstOrThrow();
  const forget = () => env.db.deleteFrom("sign_in_failures").where("attempt_id", "=", attempt).execute();
  const { all, here } = await env.db
    .selectFrom("sign_in_failures")
    .select([
      sql<string>`count(*)`.as("all"),
      sql<string>`count(*) filter (where address_digest = ${address})`.as("here"),
    ])
    .where("login_digest", "=", login)
    .where("failed_at", ">", new Date(now.getTime() - window))
    .executeTakeFirstOrThrow();
  // This try is among those counted.
  if (Number(here) > limits.fromAddress || Number(all) > limits.fromAnywhere) {
    await forget();
    throw locked();
  }
  if (await check()) {
    await forget();
    return true;
  }
  await env.db
    .deleteFrom("sign_in_failures")
    .where("failed_at", "<", new Date(now.getTime() - 24 * 60 * 60_000))
    .execute();
  await recordRefusedSignIn(env, one.personId, one.method);
  return false;
}

/** Puts a refused sign-in, or proof of presence, in the ledger; `personId` null where nobody was named. */
export async function recordRefusedSignIn(env: Environment, personId: string | null, method: string): Promise<void> {
  await transact(env.db, (tx) =>
    recordEvent(tx, env, { type: "SignInFailed", actorId: null, personId, facts: { method } }),
  );
}

/**
 * Opens a session for the person and sets the cookie; the sign-in is in the ledger before the cookie leaves. The session
 * this browser had before ends: a token is never carried over from one person, or from before, to after.
 */
export async function signIn(
  env: Environment,
  call: Call,
  personId: string,
  method: "password" | "passkey" | "sample" | "invitation",
): Promise<string> {
  const { token, expiresAt } = await transact(env.db, async (tx) => {
    await tx
      .updateTable("people")
      .set({ last_sign_in_at: new Date(env.clock.now()) })
      .where("person_id", "=", personId)
      .execute();
    if (call.signedIn) await endSessions(tx, { sessionHash: call.signedIn.sessionHash });
    await recordEvent(tx, env, { type: "SignInSucceeded", actorId: personId, facts: { method } });
    return openSession(tx, env, personId, method);
  });
  call.setSession(token, expiresAt);
  return token;
}

/** Password sign-in: the same answer and the same work whether the login exists or not. */
export async function signInByPassword(env: Environment, call: Call, login: string, password: string): Promise<string> {
  const person = await env.db
    .selectFrom("people")
    .select(["person_id", "password_hash", "state"])
    .where(sql`lower(login)`, "=", login.toLowerCase())
    .executeTakeFirst();
  const tried = { login, address: call.address, personId: person?.person_id ?? null, method: "password" };
  const right = await trySecret(env, tried, async () => {
    const same = await verifyPassword(person?.password_hash ?? null, password);
    return same && person?.state === "active";
  });
  if (!right || !person) throw signInRefused();
  return signIn(env, call, person.person_id, "password");
}
