import type { PublicKey } from "../wire/crypto.ts";
import {
  algorithm,
  base64Url,
  circle,
  failField,
  hash,
  id,
  integer,
  list,
  milliseconds,
  oneOf,
  person,
  type Read,
  type Reader,
  randomText,
  readClaims,
  seconds,
  shape,
  text,
} from "../wire/fields.ts";
import type { JwsType, KeyTable } from "../wire/jws.ts";
import { type Outcome, refuse } from "../wire/outcome.ts";
import { parseJsonObject } from "../wire/strict-json.ts";

/** What a key of the platform is for. Each kind of text belongs to one use, so a stolen key signs nothing else. */
export const keyUses = ["trust", "authority", "ack", "firmware"] as const;
export type KeyUse = (typeof keyUses)[number];

const useOf: Readonly<Partial<Record<JwsType, KeyUse>>> = {
  "seal-trust+jwt": "trust",
  "seal-auz+jwt": "authority",
  "seal-rev+jwt": "authority",
  "seal-ord+jwt": "authority",
  "seal-cmd+jwt": "authority",
  "seal-cos+jwt": "authority",
  "seal-twin+jwt": "authority",
  "seal-ack+jwt": "ack",
  "seal-time+jwt": "ack",
  "seal-fw+jwt": "firmware",
};

const trustFields = shape({
  v: oneOf([1]),
  iss: text(200),
  ver: integer(1),
  iat: seconds,
  keys: list(shape({ kid: id, use: oneOf(keyUses), alg: algorithm, x: base64Url }), 20, 1),
});

/** The claims of a trust list, `seal-trust+jwt`: every key of the platform that a device believes (clause 3.1). */
export type TrustClaims = Read<typeof trustFields>;

export const trustClaims: Reader<TrustClaims> = (value, at) => {
  const claims = trustFields(value, at);
  if (new Set(claims.keys.map(({ kid }) => kid)).size < claims.keys.length) return failField("keys", "share a name");
  if (new Set(claims.keys.map(({ x }) => x)).size < claims.keys.length) return failField("keys", "are one key twice");
  const count = (use: KeyUse): number => claims.keys.filter((key) => key.use === use).length;
  // So that one can be rolled while the other still speaks (clause 3.1).
  if (count("authority") < 2) return failField("keys", "have not two of the authority");
  if (count("trust") < 1 || count("ack") < 1) return failField("keys", "have none for trust or for acks");
  return claims;
};

/** The fixed table that a trust list makes: a kind of text and a key's name lead to a key of the one right use. */
export function tableOfTrust(trust: TrustClaims): KeyTable {
  const keys = new Map<string, PublicKey & { readonly use: KeyUse }>(trust.keys.map((key) => [key.kid, key]));
  return (typ, kid) => {
    const key = keys.get(kid);
    return key !== undefined && key.use === useOf[typ] ? key : undefined;
  };
}

const ackFields = shape(
  {
    v: oneOf([1]),
    aud: id,
    ep: integer(1),
    /** Every record up to this one is stored; `head` is the digest of that record, null before the first. */
    upto: integer(0),
    head: hash,
    t: milliseconds,
  },
  { want: integer(1), pic: list(hash, 200) },
);

/** The claims of a cumulative acknowledgement, `seal-ack+jwt`. Nothing else lets a device free a record. */
export type AckClaims = Read<typeof ackFields>;
export const ackClaims: Reader<AckClaims> = ackFields;

/** The claims of an answer about the time, `seal-time+jwt`: the device's `t1` and nonce, received and sent at. */
export const timeClaims = shape({
  v: oneOf([1]),
  aud: id,
  t1: integer(0),
  t2: milliseconds,
  t3: milliseconds,
  n: randomText,
});
export type TimeClaims = Read<typeof timeClaims>;

/** Settings of a device with the default of each (clause 3.11). Times in seconds unless the name says otherwise. */
export const defaultSettings: Settings = {
  heartbeat: 6 * 3600,
  maxOffline: 72 * 3600,
  longPressMs: 3000,
  volume: 5,
  picQuality: 80,
  vibLevel: 5,
  sleep: 300,
  fence: [],
};

const settingReaders = {
  heartbeat: integer(60, 86_400),
  /** 0: no press without a platform that answers. */
  maxOffline: integer(0, 30 * 86_400),
  longPressMs: integer(500, 10_000),
  volume: integer(0, 10),
  picQuality: integer(10, 100),
  vibLevel: integer(0, 10),
  sleep: integer(0, 86_400),
  fence: list(circle, 20),
} as const;

const twinFields = shape({ v: oneOf([1]), aud: id, ver: integer(1), desired: shape({}, settingReaders) });

/** The claims of wanted settings, `seal-twin+jwt`. Settings only: an authorisation never stands here. */
export type TwinClaims = Read<typeof twinFields>;
export const twinClaims: Reader<TwinClaims> = twinFields;
const settingsFields = shape(settingReaders);
export type Settings = Read<typeof settingsFields>;

const reportFields = shape({ ver: integer(0), reported: settingsFields });

/** What a device says of the settings in force: the version it took them from, 0 for its own defaults. */
export type TwinReport = Read<typeof reportFields>;

export function parseTwinReport(message: string): Outcome<TwinReport, "FORMAT"> {
  if (typeof message !== "string") return refuse("FORMAT", "The message is not a text.");
  const parsed = parseJsonObject(message);
  return parsed.ok ? readClaims(reportFields, parsed.value) : parsed;
}

/** The claims of a firmware manifest, `seal-fw+jwt` (clause 3.13). */
export const firmwareClaims = shape(
  {
    v: oneOf([1]),
    model: text(60),
    ver: text(40),
    rollbackIndex: integer(0),
    sha256: hash,
    size: integer(1, 4 * 1024 ** 3),
    url: text(1000),
  },
  { notes: text(4000, 0) },
);
export type FirmwareClaims = Read<typeof firmwareClaims>;

const enrolmentFields = shape(
  {
    v: oneOf([1]),
    dev: id,
    iss: text(200),
    ep: integer(1, 1_000_000),
    /** Serial number of the last thing that was signed for this device. */
    asn: integer(0),
    trust: text(20_000),
  },
  {
    cert: text(20_000),
    urls: list(text(500), 10),
    /** Who is known to the device from the beginning: the two who carry out its first orders, at least. */
    people: list(person, 20),
  },
);

/** What the platform answers to an enrolment, as the exact text whose digest the journal begins from (clause 3.2). */
export type EnrolmentAnswer = Read<typeof enrolmentFields>;

export function parseEnrolmentAnswer(answer: string): Outcome<EnrolmentAnswer, "FORMAT"> {
  if (typeof answer !== "string") return refuse("FORMAT", "The answer is not a text.");
  const parsed = parseJsonObject(answer);
  return parsed.ok ? readClaims(enrolmentFields, parsed.value) : parsed;
}

const presenceFields = shape(
  { s: oneOf(["online", "offline"]), sid: id },
  { fw: text(40), ep: integer(1), seq: integer(0), bat: integer(0, 100), net: text(20) },
);

/** What a device says of being there; an `offline` with another session than the last `online` means nothing. */
export type Presence = Read<typeof presenceFields>;

export function parsePresence(message: string): Outcome<Presence, "FORMAT"> {
  if (typeof message !== "string") return refuse("FORMAT", "The message is not a text.");
  const parsed = parseJsonObject(message);
  return parsed.ok ? readClaims(presenceFields, parsed.value) : parsed;
}

/** Whether a device is to be shown as there, after one more message about it (clause 3.3, `sid`). */
export function followPresence(before: Presence | undefined, message: Presence): Presence {
  const stale = message.s === "offline" && before !== undefined && before.sid !== message.sid;
  return stale ? before : message;
}
