import { type AuthorisationClaims, namesOneTwice } from "../claims/authorisation.ts";
import type { ReasonCode } from "../texts/reasons.ts";
import type { Memory } from "./memory.ts";
import type { SensorReading } from "./ports.ts";
import type { TrustedTime } from "./trusted-time.ts";

/** How long the platform's last signed word counts as being online, in milliseconds. */
export const onlineAge = 600_000;

/** Live authorisations at a time, and remembered ones altogether (clause 3.5). */
export const maxLive = 64;
const maxRemembered = 4000;

export interface TokenCheck {
  readonly claims: AuthorisationClaims;
  readonly hash: string;
  readonly memory: Memory;
  readonly time: TrustedTime;
  readonly counters: readonly number[];
  readonly reading: SensorReading;
  /** Why the state of the device takes no authorisation now, if it does not. */
  readonly state: ReasonCode | undefined;
  /** Questions of this device that were not answered yet. */
  readonly nonces: ReadonlySet<string>;
  /** Brought by a phone, which may have left something out. */
  readonly carried: boolean;
}

/** The first reason against an authorisation whose signature is right, in the order of clause 3.5. */
export function checkToken(check: TokenCheck): ReasonCode | undefined {
  const { claims, memory } = check;
  if (claims.aud !== memory.dev) return "WRONG_DEVICE";
  if (claims.ep !== memory.ep) return "WRONG_EPOCH";
  if (check.state !== undefined) return check.state;
  if (claims.asn <= memory.floor) return "REVOKED_FLOOR";
  if (Object.hasOwn(memory.revoked, claims.jti)) return "REVOKED";
  if (check.carried && claims.risk === "high" && claims.asn > memory.asn.upto + 1) return "CARRIER_GAP";
  return checkWindow(claims, check.time) ?? checkFreshness(check) ?? checkSeal(check) ?? checkCount(check);
}

/** Time window with a minute before its beginning and none after its end. */
export function checkWindow(
  { nbf, exp }: { readonly nbf: number; readonly exp: number },
  { t }: TrustedTime,
): ReasonCode | undefined {
  if (t < (nbf - 60) * 1000) return "NOT_YET";
  return t >= exp * 1000 ? "EXPIRED" : undefined;
}

/** Whether the platform was heard lately enough: always asked at the press again (attack 23). */
export function checkAge(
  claims: AuthorisationClaims,
  memory: Memory,
  time: TrustedTime,
  maxOffline: number,
): ReasonCode | undefined {
  const age = time.t - memory.signedAt;
  const offline = claims.off?.ok === true && maxOffline > 0;
  const allowed = offline ? Math.min(claims.off?.age ?? 0, maxOffline) * 1000 : onlineAge;
  return age > Math.max(allowed, 0) ? "OFFLINE_TOO_OLD" : undefined;
}

function checkFreshness(check: TokenCheck): ReasonCode | undefined {
  const { claims, time } = check;
  const asked = typeof claims.cn === "string" && check.nonces.has(claims.cn);
  // With no clock and no answer nobody knows how old this is; only a fresh question proves it.
  if ((claims.risk === "high" || time.tq === "none" || typeof claims.cn === "string") && !asked) return "NONCE";
  return undefined;
}

function checkSeal({ claims, memory, reading, counters }: TokenCheck): ReasonCode | undefined {
  const slot = memory.slots[String(claims.seal.slot)];
  if (slot === undefined || slot.seal !== claims.seal.id || slot.face !== claims.seal.face) return "WRONG_SEAL";
  const read = reading.tags[claims.seal.slot];
  if (slot.locked || read !== slot.tag || (claims.seal.tag !== undefined && claims.seal.tag !== slot.tag)) {
    return "WRONG_TAG";
  }
  return (counters[claims.seal.slot] ?? 0) < (claims.imp?.min ?? 0) ? "COUNTER_BEHIND" : undefined;
}

function checkCount({ claims, hash, memory }: TokenCheck): ReasonCode | undefined {
  if (namesOneTwice(claims)) return "SAME_PERSON";
  const known = memory.tokens[claims.jti];
  // One name is used once: a used, a closed and another one of the same name count nothing.
  if (known !== undefined && (!known.live || known.used >= known.max || known.hash !== hash)) return "SPENT";
  const live = Object.values(memory.tokens).filter((token) => token.live).length;
  const remembered = Object.keys(memory.tokens).length;
  return known === undefined && (live >= maxLive || remembered >= maxRemembered) ? "TOO_MANY" : undefined;
}
