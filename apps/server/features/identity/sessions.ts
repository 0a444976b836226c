import { createHash, randomBytes } from "node:crypto";
import type { SignedIn } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readPermissions } from "./permissions.ts";

const minute = 60_000;
/** A session ends after eight hours without a call, and after seven days in any case. */
const idleLimit = 8 * 60 * minute;
const wholeLimit = 7 * 24 * 60 * minute;

/** Opaque tokens are kept only as their SHA-256: who reads the database cannot sign in with what he finds. */
export const hashToken = (token: string): Buffer => createHash("sha256").update(token).digest();
export const newToken = (): string => randomBytes(32).toString("base64url");

/** Opens a session; the token is for the cookie and is seen once. */
export async function openSession(
  tx: Reader,
  env: Environment,
  personId: string,
  method: string,
): Promise<{ token: string; expiresAt: number }> {
  const token = newToken();
  const now = env.clock.now();
  const expiresAt = now + wholeLimit;
  await tx
    .insertInto("sessions")
    .values({
      token_hash: hashToken(token),
      person_id: personId,
      csrf_token: newToken(),
      method,
      created_at: new Date(now),
      seen_at: new Date(now),
      expires_at: new Date(expiresAt),
    })
    .execute();
  return { token, expiresAt };
}

/** Who the token belongs to, with what he may do now; null when it is unknown, idle too long, ended, or the person may not sign in. */
export async function findSession(env: Environment, token: string): Promise<SignedIn | null> {
  const now = env.clock.now();
  const row = await env.db
    .selectFrom("sessions as s")
    .innerJoin("people as p", "p.person_id", "s.person_id")
    .select(["s.token_hash", "s.person_id", "s.csrf_token", "s.seen_at"])
    .where("s.token_hash", "=", hashToken(token))
    .where("s.expires_at", ">", new Date(now))
    .where("s.seen_at", ">", new Date(now - idleLimit))
    .where("p.state", "=", "active")
    .executeTakeFirst();
  if (!row) return null;
  if (now - row.seen_at.getTime() > minute) {
    await env.db
      .updateTable("sessions")
      .set({ seen_at: new Date(now) })
      .where("token_hash", "=", row.token_hash)
      .execute();
  }
  return {
    personId: row.person_id,
    sessionHash: row.token_hash,
    csrfToken: row.csrf_token,
    permissions: await readPermissions(env.db, row.person_id, now),
  };
}

/** Ends one session, or all of a person's (after a reset or a change of password). */
export async function endSessions(
  tx: Reader,
  which: { sessionHash: Buffer } | { personId: string; except?: Buffer },
): Promise<void> {
  if ("sessionHash" in which) {
    await tx.deleteFrom("sessions").where("token_hash", "=", which.sessionHash).execute();
    return;
  }
  const query = tx.deleteFrom("sessions").where("person_id", "=", which.personId);
  await (which.except ? query.where("token_hash", "<>", which.except) : query).execute();
}
