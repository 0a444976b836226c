import { alarmCodes } from "../texts/alarms.ts";
import { reasonCodes } from "../texts/reasons.ts";
import {
  algorithm,
  base64Url,
  circle,
  credential,
  decimal,
  fix,
  flag,
  hash,
  id,
  integer,
  list,
  milliseconds,
  oneOf,
  type Read,
  type Reader,
  randomText,
  seconds,
  shape,
  slotNumber,
  tag,
  text,
} from "../wire/fields.ts";

const picture = shape(
  { h: hash, k: oneOf(["after", "before", "face", "room"]), sz: integer(0, 50_000_000) },
  /** Said by the camera: nothing can be seen on it. */
  { dark: flag },
);
export type RecordPicture = Read<typeof picture>;
const pictures = list(picture, 20);
const reason = oneOf(reasonCodes);
const stroke = { jti: id, n: integer(1), slot: slotNumber, op: credential, sup: list(credential, 5) } as const;
const nothing = shape({});
/** How many like this one were not written down, because there were too many in an hour. */
const more = integer(1);

/** What each kind of record says besides the frame that all have (clause 3.6). */
const bodies = {
  /** First of an epoch: why it began, and the digest of what it began from. */
  genesis: shape({ why: oneOf(["enrol", "reset"]) }, { was: shape({ ep: integer(1), seq: integer(0), h: hash }) }),
  boot: shape({ fw: text(40), fwh: hash }, { open: shape({ jti: id, n: integer(1), slot: slotNumber }) }),
  "auth.accept": shape({ jti: id, asn: integer(1), tok: hash, exp: seconds, max: integer(1) }),
  "auth.reject": shape({ reason, tok: hash }, { jti: id, more }),
  "auth.close": shape({ jti: id, why: oneOf(["used", "expired", "revoked", "cancelled"]) }, { until: seconds }),
  "op.verify": shape({ op: credential, role: oneOf(["op", "sup", "order"]) }, { jti: id, ord: id, d: oneOf([1]) }),
  "stamp.begin": shape(stroke, { pic: pictures, cos: hash, loc: fix }),
  "stamp.end": shape(
    { ...stroke, out: oneOf(["done", "aborted", "unknown"]), ms: integer(0), pic: pictures },
    {
      loc: fix,
      sen: shape({}, { dist: decimal(0, 10_000), force: decimal(0, 100_000), lim: text(20), hits: integer(0, 100) }),
    },
  ),
  /** The paper before a press that somebody elsewhere has to agree to: the picture he is to look at (mode `remote`). */
  "remote.ask": shape({ jti: id, n: integer(1), slot: slotNumber, op: credential, pic: list(picture, 1, 1) }),
  "stamp.refuse": shape({ reason }, { jti: id, op: credential, more }),
  "seal.mount": shape({ slot: slotNumber, seal: id, tag, face: integer(1), ord: id, pic: pictures }),
  "seal.unmount": shape({ slot: slotNumber, seal: id, ord: id }),
  "ink.begin": shape({ slot: slotNumber, ord: id }),
  "ink.end": shape({ slot: slotNumber, ord: id }),
  "door.open": shape({}, { ord: id }),
  "door.close": shape({}, { ord: id }),
  "lock.set": shape({ why: oneOf(["command", "offline", "battery", "overdue", "rollback", "tag"]) }),
  "lock.clear": shape({ was: oneOf(["lock", "tamper"]), ord: id }),
  "custody.take": shape({ ord: id, to: id, until: seconds }, { fence: circle }),
  "custody.return": shape({ ord: id }),
  "cred.add": shape({ cred: credential, u: id, ord: id }, { d: oneOf([1]) }),
  "cred.del": shape({ cred: credential, ord: id }),
  "clock.set": shape({ from: milliseconds, to: milliseconds }),
  "cfg.apply": shape({ what: oneOf(["twin", "trust", "floor"]), ver: integer(0) }),
  "fw.begin": shape({ ver: text(40), h: hash, rb: integer(0) }),
  "fw.end": shape({ ver: text(40), h: hash, res: oneOf(["ok", "previous", "failed"]) }),
  "key.new": shape({ kid: id, alg: algorithm, x: base64Url }),
  "pic.lost": shape({ h: hash }, { jti: id }),
  /** A picture of an impression that could not be taken at once. */
  "pic.add": shape({ jti: id, n: integer(1), pic: list(picture, 5, 1) }),
  hb: shape({}, { nonce: randomText }),
} as const;

const alarmBody = shape({}, { level: integer(0, 100), slot: slotNumber, det: text(200), jti: id, more });

export type RecordBodies = { readonly [K in keyof typeof bodies]: Read<(typeof bodies)[K]> } & {
  readonly [K in (typeof alarmCodes)[number]]: Read<typeof alarmBody>;
};
export type RecordType = keyof RecordBodies;
/** A record's kind with what that kind says. */
export type RecordBody = { [K in RecordType]: { readonly ty: K } & RecordBodies[K] }[RecordType];

const frameFields = shape({
  v: oneOf([1]),
  dev: id,
  ep: integer(1),
  /** One more than the record before, without gaps inside an epoch. */
  seq: integer(1),
  /** Digest of the complete text of the record before; of what the epoch began from at the first. */
  prev: hash,
  boot: integer(1),
  /** Milliseconds since the device started. */
  up: integer(0),
  /** The device's time and how it knows it: signed by the platform since the start, satellites, own clock, not. */
  t: milliseconds,
  tq: oneOf(["srv", "gnss", "rtc", "none"]),
  /** Impressions of each slot over its whole life, as the drive counts them. */
  imp: list(integer(0), 16, 1),
  /** Fresh randomness: without it a restored memory repeats records that nobody can tell from harmless doubles. */
  rnd: randomText,
  /** Highest record for which a signed acknowledgement was seen. */
  ack: integer(0),
});
export type RecordFrame = Read<typeof frameFields>;

/** One record of a device's journal, `seal-rec+jwt`. */
export type JournalRecord = RecordFrame & RecordBody;

const readerOf: ReadonlyMap<string, Reader<unknown>> = new Map<string, Reader<unknown>>([
  ...Object.entries(bodies),
  ...alarmCodes.map((code): [string, Reader<unknown>] => [code, alarmBody]),
]);

/** Every kind of record, alarms included. */
export const recordTypes: readonly string[] = [...readerOf.keys()];

export const journalRecord: Reader<JournalRecord> = (value, at) => {
  const frame = frameFields(value, at);
  const { ty } = shape({ ty: oneOf(recordTypes) })(value, at);
  const body = (readerOf.get(ty) ?? nothing)(value, at) as object;
  return { ...frame, ...body, ty } as JournalRecord;
};
