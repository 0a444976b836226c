import { authorisationClaims } from "../claims/authorisation.ts";
import { revocationClaims } from "../claims/orders.ts";
import type { ReasonCode } from "../texts/reasons.ts";
import { digest } from "../wire/crypto.ts";
import { peekJws } from "../wire/jws.ts";
import { openClaims } from "../wire/open-claims.ts";
import { type Answer, type Core, deny, done } from "./core.ts";
import { forgetOld, seeSerial } from "./memory.ts";
import { sealText } from "./pages.ts";
import { checkAge, checkToken } from "./token-check.ts";

/** Reasons that a token which is tried again and again has: somebody plays with dead ones. */
const dead: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  "ALG_TYP",
  "BAD_SIG",
  "EXPIRED",
  "REVOKED",
  "REVOKED_FLOOR",
  "SPENT",
  "UNKNOWN_KID",
  "WRONG_DEVICE",
  "WRONG_EPOCH",
]);

export function nameOfToken(jti: string): string {
  return `token/${jti}`;
}

/** An authorisation arrives (clause 3.5): accepted or rejected, either with a record. */
export async function takeToken(core: Core, text: string, carried: boolean): Promise<Answer> {
  const opened = await openClaims(text, "seal-auz+jwt", authorisationClaims, core.table, core.crypto);
  if (!opened.ok) return reject(core, text, opened.code);
  const { claims, hash } = opened.value;
  const known = core.memory.tokens[claims.jti];
  // Carriers deliver twice; nothing has happened.
  if (known?.live === true && known.hash === hash && claims.ep === core.memory.ep) return done;
  const ours = claims.aud === core.memory.dev && claims.ep === core.memory.ep;
  const time = core.time();
  const code = checkToken({
    claims,
    hash,
    memory: core.memory,
    time,
    counters: await core.ports.drive.counters(),
    reading: await core.ports.sensors.read(),
    state: core.refusal("accept"),
    nonces: core.passing.nonces,
    carried,
  });
  if (code !== undefined) return reject(core, text, code, claims.jti);
  if (ours) {
    core.heardPlatform(claims.iat * 1000);
    core.journal.memory = seeSerial(core.memory, claims.asn);
  }
  const age = checkAge(claims, core.memory, core.time(), core.setting("maxOffline"));
  if (age !== undefined) return reject(core, text, age, claims.jti);
  core.journal.memory = forgetOld(core.memory, core.time().t);
  if (typeof claims.cn === "string") core.passing.nonces.delete(claims.cn);
  // The text first: a record of an authorisation that is not there could never be used and never be closed.
  await core.ports.storage.write(nameOfToken(claims.jti), sealText(text));
  core.tokens.set(claims.jti, claims);
  const { jti, asn, exp, use } = claims;
  // The alarm first: a power cut in between leaves one that can be used and was never told.
  if (use.mode === "emergency") await core.raise("alarm.emergency", { jti });
  await core.append({ ty: "auth.accept", jti, asn, tok: hash, exp, max: use.max });
  return done;
}

async function reject(core: Core, text: string, reason: ReasonCode, jti?: string): Promise<Answer> {
  if (!core.enrolled) return deny("NOT_ENROLLED");
  const { write, more } = core.mayWrite("auth.reject", 20);
  if (write) {
    const tok = await digest(core.crypto, text);
    const name = jti ?? claimedName(text);
    await core.append({
      ty: "auth.reject",
      reason,
      tok,
      ...(name === undefined ? {} : { jti: name }),
      ...(more === undefined ? {} : { more }),
    });
  }
  if (dead.has(reason)) await countDead(core);
  return deny(reason);
}

/** The name that an unverified text gives itself: it helps to find where a forgery came from, and proves nothing. */
function claimedName(text: string): string | undefined {
  const peeked = peekJws(text);
  const jti = peeked.ok ? peeked.value.payload.jti : undefined;
  return typeof jti === "string" && /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/.test(jti) ? jti : undefined;
}

async function countDead(core: Core): Promise<void> {
  const up = core.ports.clock.uptime();
  core.passing.deadTokens = [...core.passing.deadTokens.filter((each) => up - each < 600_000), up];
  if (core.passing.deadTokens.length < 5) return;
  core.passing.deadTokens = [];
  if (core.mayWrite("alarm.replay", 1).write) await core.raise("alarm.replay");
}

/** A revocation arrives (clause 3.10): named authorisations end, known or not, or all up to a serial number. */
export async function takeRevocation(core: Core, text: string): Promise<Answer> {
  const opened = await openClaims(text, "seal-rev+jwt", revocationClaims, core.table, core.crypto);
  if (!opened.ok) return deny(opened.code);
  const { claims } = opened.value;
  if (claims.aud !== core.memory.dev) return deny("WRONG_DEVICE");
  if (claims.ep !== core.memory.ep) return deny("WRONG_EPOCH");
  core.heardPlatform(claims.iat * 1000);
  core.journal.memory = seeSerial(core.memory, claims.asn);
  if (claims.floor !== undefined) {
    if (claims.floor > core.memory.floor) await core.append({ ty: "cfg.apply", what: "floor", ver: claims.floor });
  }
  const floored = Object.entries(core.memory.tokens).filter(([, { live, asn }]) => live && asn <= core.memory.floor);
  for (const jti of claims.jti ?? floored.map(([each]) => each)) {
    if (Object.hasOwn(core.memory.revoked, jti)) continue;
    await closeToken(core, jti, "revoked", claims.iat + 37 * 24 * 3600);
  }
  return done;
}

/** Ends an authorisation with a record and forgets its text. */
export async function closeToken(
  core: Core,
  jti: string,
  why: "used" | "expired" | "revoked" | "cancelled",
  until?: number,
): Promise<void> {
  await core.append({ ty: "auth.close", jti, why, ...(until === undefined ? {} : { until }) });
  core.tokens.delete(jti);
  await core.ports.storage.remove(nameOfToken(jti));
  if (core.passing.session?.claims.jti !== jti) return;
  const code = { used: "COUNT_USED_UP", expired: "EXPIRED", revoked: "REVOKED", cancelled: "NO_AUTH" } as const;
  core.endSession(code[why]);
}
