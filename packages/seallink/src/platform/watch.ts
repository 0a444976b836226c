import type { JournalRecord } from "../claims/record.ts";
import type { Speed } from "../texts/alarms.ts";
import type { FindingCode } from "../texts/findings.ts";
import { type CryptoPort, digest, webCrypto } from "../wire/crypto.ts";
import { type Outcome, refuse, succeed } from "../wire/outcome.ts";

const hour = 3_600_000;

/** A picture that a record named, and when that record came. */
export interface NamedPicture {
  readonly hash: string;
  readonly namedAt: number;
}

/** Pictures that have not arrived a day after they were named; after three days new requests stop (clause 3.8). */
export function findMissingPictures(
  named: readonly NamedPicture[],
  arrived: ReadonlySet<string>,
  now: number,
): readonly { readonly code: FindingCode; readonly hash: string; readonly stopsRequests: boolean }[] {
  return named
    .filter(({ hash, namedAt }) => !arrived.has(hash) && now - namedAt >= 24 * hour)
    .map(({ hash, namedAt }) => ({ code: "PIC_MISSING", hash, stopsRequests: now - namedAt >= 72 * hour }));
}

/** Whether bytes that arrived are the picture that a record named (attack 22). */
export async function checkPicture(
  hash: string,
  bytes: Uint8Array,
  crypto: CryptoPort = webCrypto,
): Promise<Outcome<string, "PIC_HASH_MISMATCH">> {
  const own = await digest(crypto, bytes);
  return own === hash ? succeed(hash) : refuse("PIC_HASH_MISMATCH", `The picture is ${own}, not ${hash}.`);
}

/** Whether a device has been silent for longer than it may be, both in milliseconds (attack 23). */
export function findSilence(lastHeard: number, longest: number, now: number): FindingCode | undefined {
  return now - lastHeard > longest ? "OFFLINE_TOO_LONG" : undefined;
}

/** How fast the last of these refusals is told: three within ten minutes at once (clause 3.12). */
export function speedOfRefusals(times: readonly number[]): Speed {
  const last = Math.max(...times);
  return times.filter((time) => last - time <= 600_000).length >= 3 ? "at-once" : "same-day";
}

/** Authorisations that were signed although no approved request stands behind them: compared every night (attack 30). */
export function findUnapproved(
  signed: readonly { readonly jti: string; readonly sub: string }[],
  approved: ReadonlySet<string>,
): readonly { readonly code: FindingCode; readonly jti: string }[] {
  return signed
    .filter(({ sub }) => !approved.has(sub))
    .map(({ jti }) => ({ code: "AUTHORISATION_WITHOUT_REQUEST", jti }));
}

/** Whom a device knows by which handle, after the records of its journal. */
export function listCredentials(records: Iterable<JournalRecord>): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const record of records) {
    if (record.ty === "cred.add") known.set(record.cred, record.u);
    if (record.ty === "cred.del") known.delete(record.cred);
  }
  return known;
}

/** Handles of people who have left and whom a device still knows (attack 35). */
export function findLeavers(
  known: ReadonlyMap<string, string>,
  gone: ReadonlySet<string>,
): readonly { readonly code: FindingCode; readonly cred: string; readonly u: string }[] {
  return [...known].filter(([, u]) => gone.has(u)).map(([cred, u]) => ({ code: "CREDENTIAL_OF_LEAVER", cred, u }));
}
