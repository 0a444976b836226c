import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Call } from "../../platform/call.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { verifyPassword } from "./password.ts";
import { openSession } from "./sessions.ts";

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
    en: "Too many tries. Wait fifteen minutes, or ask an administrator to reset the password.",
    zh: "尝试次数过多。请等待十五分钟，或请管理员重置密码。",
  });

/** Digests, so that the table of failures holds neither logins nor addresses. */
const digest = (env: Environment, text: string): Buffer =>
  createHash("sha256").update(env.masterKey.derive("sign-in-failures")).update(text).digest();

/** First key of the advisory locks under which tries at one login are counted. */
const tryLock = 0x4348_5452;

/** A try that was counted; a right one is forgiven. */
export interface SignInTry {
  forgive(): Promise<void>;
}

/**
 * Counts a try at a login before it is looked at, one after the other, so that many at the same moment cannot outrun the
 * limit. Throws the problem `sign-in.locked` when this login has failed too often of late.
 */
export async function claimTry(env: Environment, login: string, address: string): Promise<SignInTry> {
  const [loginDigest, addressDigest] = [digest(env, login.toLowerCase()), digest(env, address)];
  const now = env.clock.now();
  const claimed = await transact(env.db, async (tx) => {
    await sql`select pg_advisory_xact_lock(${tryLock}, ${loginDigest.readInt32BE(0)})`.execute(tx);
    const { all, here } = await tx
      .selectFrom("sign_in_failures")
      .select([
        sql<string>`count(*)`.as("all"),
        sql<string>`count(*) filter (where address_digest = ${addressDigest})`.as("here"),
      ])
      .where("login_digest", "=", loginDigest)
      .where("failed_at", ">", new Date(now - window))
      .executeTakeFirstOrThrow();
    if (Number(here) >= limits.fromAddress || Number(all) >= limits.fromAnywhere) throw locked();
    await tx
      .deleteFrom("sign_in_failures")
      .where("failed_at", "<", new Date(now - 24 * 60 * 60_000))
      .execute();
    return tx
      .insertInto("sign_in_failures")
      .values({ login_digest: loginDigest, address_digest: addressDigest, failed_at: new Date(now) })
      .returning("failure_id")
      .executeTakeFirstOrThrow();
  });
  return {
    forgive: async () => {
      await env.db.deleteFrom("sign_in_failures").where("failure_id", "=", claimed.failure_id).execute();
    },
  };
}

/** Puts a failure in the ledger. */
export async function recordFailure(env: Environment, personId: string | null, method: string): Promise<void> {
  await transact(env.db, async (tx) => {
    await recordEvent(tx, env, { type: "SignInFailed", actorId: null, personId, facts: { method } });
  });
}

/** Opens a session for the person and sets the cookie; the sign-in is in the ledger before the cookie leaves. */
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
    await recordEvent(tx, env, { type: "SignInSucceeded", actorId: personId, facts: { method } });
    return openSession(tx, env, personId, method);
  });
  call.setSession(token, expiresAt);
  return token;
}

/** Password sign-in: the same answer and the same work whether the login exists or not. */
export async function signInByPassword(env: Environment, call: Call, login: string, password: string): Promise<string> {
  const attempt = await claimTry(env, login, call.address);
  const person = await env.db
    .selectFrom("people")
    .select(["person_id", "password_hash", "state"])
    .where(sql`lower(login)`, "=", login.toLowerCase())
    .executeTakeFirst();
  const right = await verifyPassword(person?.password_hash ?? null, password);
  if (!right || person?.state !== "active") {
    await recordFailure(env, person?.person_id ?? null, "password");
    throw signInRefused();
  }
  await attempt.forgive();
  return signIn(env, call, person.person_id, "password");
}
