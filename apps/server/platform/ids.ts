import { randomBytes } from "node:crypto";

export type IdPrefix =
  | "vcl"
  | "vau"
  | "look"
  | "cos"
  | "twn"
  | "bsc"
  | "epr"
  | "org"
  | "ent"
  | "unit"
  | "per"
  | "grant"
  | "seal"
  | "req"
  | "jnt"
  | "doc"
  | "plc"
  | "step"
  | "imp"
  | "key"
  | "stp"
  | "acc"
  | "evt"
  | "img"
  | "chg"
  | "body"
  | "set"
  | "ev"
  | "mat"
  | "task"
  | "fnd"
  | "line"
  | "post"
  | "con"
  | "lock"
  | "hold"
  | "open"
  | "ses"
  | "dlg"
  | "spl"
  | "stc"
  | "kind"
  | "class"
  | "lev"
  | "sep"
  | "view"
  | "exp"
  | "crs"
  | "att"
  | "com"
  | "chk"
  | "unk"
  | "rbk"
  | "rul"
  | "tpl"
  | "tpv"
  | "btst"
  | "ser"
  | "fpo"
  | "shr"
  | "cnt"
  | "imf"
  | "book"
  | "slip"
  | "shift"
  | "stg"
  | "dsr"
  | "ctl"
  | "pair"
  | "ask"
  | "auz"
  | "ord"
  | "rev"
  | "fin"
  | "alm";

/** The last id of this process: when it was made, and how many-th of its millisecond it is. */
let last = { at: Number.NaN, nth: 0 };

/**
 * A new id: the kind's prefix and a UUIDv7 (RFC 9562, 5.7) of the given time in milliseconds, so that ids sort as they were made. Those
 * of one process and one millisecond are counted (6.2, method 1), from a random beginning that leaves room for two thousand.
 */
export function newId<P extends IdPrefix>(prefix: P, at: number): `${P}_${string}` {
  const bytes = randomBytes(16);
  const begun = bytes.readUInt16BE(6) & 0x07ff;
  last = { at, nth: at === last.at ? Math.min(last.nth + 1, 0x0fff) : begun };
  bytes.writeUIntBE(at, 0, 6);
  bytes.writeUInt16BE(0x7000 | last.nth, 6);
  bytes.writeUInt8(((bytes[8] ?? 0) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return `${prefix}_${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
