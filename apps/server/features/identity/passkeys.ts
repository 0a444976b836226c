import { createHash } from "node:crypto";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { ProblemError } from "../../platform/problems.ts";
import { recordRefusedSignIn } from "./sign-in.ts";

/** Loaded by the first passkey: it brings a library of certificates that would be a seventh of every start. */
const webAuthn = () => import("@simplewebauthn/server");

const challengeLife = 5 * 60_000;
const relyingParty = (env: Environment): { id: string; name: string } => ({
  id: new URL(env.origin).hostname,
  name: "Chancery",
});

const refused = (): ProblemError =>
  new ProblemError(401, "passkey.refused", {
    en: "This passkey was not accepted. Try again, or use the password.",
    zh: "该通行密钥未被接受。请重试，或使用密码。",
  });
const challengeGone = (): ProblemError =>
  new ProblemError(409, "passkey.challenge-expired", {
    en: "This took too long. Begin again.",
    zh: "等待时间过长。请重新开始。",
  });

/** How the ledger names a passkey: by the SHA-256 of its public key (COSE_Key), so that it tells whose it is for good. */
export function digestOfKey(publicKey: Uint8Array): string {
  return `sha256:${createHash("sha256").update(publicKey).digest("hex")}`;
}

type Purpose = "sign-in" | "register";

async function keepChallenge(
  env: Environment,
  purpose: Purpose,
  personId: string | null,
  challenge: string,
): Promise<string> {
  const now = env.clock.now();
  const challengeId = newId("chg", now);
  await env.db
    .insertInto("challenges")
    .values({
      challenge_id: challengeId,
      purpose,
      person_id: personId,
      challenge,
      expires_at: new Date(now + challengeLife),
    })
    .execute();
  await env.db
    .deleteFrom("challenges")
    .where("expires_at", "<", new Date(now - 60 * 60_000))
    .execute();
  return challengeId;
}

async function takeChallenge(
  env: Environment,
  purpose: Purpose,
  personId: string | null,
  challengeId: string,
): Promise<string> {
  const now = new Date(env.clock.now());
  const query = env.db
    .updateTable("challenges")
    .set({ used_at: now })
    .where("challenge_id", "=", challengeId)
    .where("purpose", "=", purpose)
    .where("used_at", "is", null)
    .where("expires_at", ">", now);
  const row = await (personId === null ? query.where("person_id", "is", null) : query.where("person_id", "=", personId))
    .returning("challenge")
    .executeTakeFirst();
  if (!row) throw challengeGone();
  return row.challenge;
}

/** Options to add a passkey: a discoverable credential with user verification (WebAuthn Level 3, 5.4). */
export async function beginRegistration(
  env: Environment,
  person: { personId: string; login: string; name: string },
): Promise<{ challengeId: string; options: Record<string, unknown> }> {
  const existing = await env.db
    .selectFrom("passkeys")
    .select(["credential_id"])
    .where("person_id", "=", person.personId)
    .execute();
  const { generateRegistrationOptions } = await webAuthn();
  const options = await generateRegistrationOptions({
    rpName: relyingParty(env).name,
    rpID: relyingParty(env).id,
    userName: person.login,
    userDisplayName: person.name,
    userID: new Uint8Array(Buffer.from(person.personId)),
    attestationType: "none",
    excludeCredentials: existing.map((row) => ({ id: row.credential_id })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  return {
    challengeId: await keepChallenge(env, "register", person.personId, options.challenge),
    options: { ...options },
  };
}

/** Checks a registration and gives what is to be stored. */
export async function finishRegistration(
  env: Environment,
  personId: string,
  challengeId: string,
  response: Record<string, unknown>,
): Promise<{ credentialId: string; publicKey: Buffer; counter: number; transports: string[] }> {
  const expectedChallenge = await takeChallenge(env, "register", personId, challengeId);
  const { verifyRegistrationResponse } = await webAuthn();
  const checked = await verifyRegistrationResponse({
    response: response as unknown as RegistrationResponseJSON,
    expectedChallenge,
    expectedOrigin: env.origin,
    expectedRPID: relyingParty(env).id,
    requireUserVerification: true,
  }).catch(() => null);
  if (!checked?.verified) throw refused();
  const { credential } = checked.registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: credential.transports ?? [],
  };
}

/** Options to sign in without naming anybody: the passkey says who it is. */
export async function beginSignIn(
  env: Environment,
): Promise<{ challengeId: string; options: Record<string, unknown> }> {
  const { generateAuthenticationOptions } = await webAuthn();
  const options = await generateAuthenticationOptions({ rpID: relyingParty(env).id, userVerification: "required" });
  return { challengeId: await keepChallenge(env, "sign-in", null, options.challenge), options: { ...options } };
}

/** The person whose passkey answered the challenge; throws `passkey.refused`. */
export async function finishSignIn(
  env: Environment,
  challengeId: string,
  response: Record<string, unknown>,
): Promise<string> {
  const challenge = await takeChallenge(env, "sign-in", null, challengeId);
  const found = await findAssertion(env, response, challenge, null);
  if (!found) {
    await recordRefusedSignIn(env, null, "passkey");
    throw refused();
  }
  return found.personId;
}

/** Options for a step-up with one of the person's own passkeys over a challenge of ours; null when he has none. */
export async function assertionOptions(
  env: Environment,
  personId: string,
  challenge: Buffer,
): Promise<Record<string, unknown> | null> {
  const own = await env.db.selectFrom("passkeys").select(["credential_id"]).where("person_id", "=", personId).execute();
  if (own.length === 0) return null;
  const { generateAuthenticationOptions } = await webAuthn();
  return {
    ...(await generateAuthenticationOptions({
      rpID: relyingParty(env).id,
      userVerification: "required",
      challenge: new Uint8Array(challenge),
      allowCredentials: own.map((row) => ({ id: row.credential_id })),
    })),
  };
}

/**
 * Checks an assertion against the stored key and moves its counter on; `personId` null means: whoever it is. Answers
 * null where it does not hold.
 */
export async function findAssertion(
  env: Environment,
  response: Record<string, unknown>,
  challenge: string,
  personId: string | null,
): Promise<{ personId: string; passkeyId: string; publicKey: Buffer } | null> {
  const credentialId = typeof response.id === "string" ? response.id : "";
  const row = await env.db
    .selectFrom("passkeys as k")
    .innerJoin("people as p", "p.person_id", "k.person_id")
    .selectAll("k")
    .where("k.credential_id", "=", credentialId)
    .where("p.state", "=", "active")
    .executeTakeFirst();
  if (!row || (personId !== null && row.person_id !== personId)) return null;
  const { verifyAuthenticationResponse } = await webAuthn();
  const checked = await verifyAuthenticationResponse({
    response: response as unknown as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: env.origin,
    expectedRPID: relyingParty(env).id,
    requireUserVerification: true,
    credential: { id: row.credential_id, publicKey: new Uint8Array(row.public_key), counter: Number(row.counter) },
  }).catch(() => null);
  if (!checked?.verified) return null;
  await env.db
    .updateTable("passkeys")
    .set({ counter: checked.authenticationInfo.newCounter, last_used_at: new Date(env.clock.now()) })
    .where("passkey_id", "=", row.passkey_id)
    .execute();
  return { personId: row.person_id, passkeyId: row.passkey_id, publicKey: row.public_key };
}
