import { randomBytes } from "node:crypto";

export type IdPrefix =
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
  | "cnt"
  | "imf"
  | "book"
  | "slip"
  | "shift"
  | "stg"
  | "dsr"
  | "ctl"
  | "pair";

/** A new id: the kind's prefix and a UUIDv7 (RFC 9562, 5.7) of the given time, so ids sort as they were made. */
export function newId<P extends IdPrefix>(prefix: P, at: number): `${P}_${string}` {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at, 0, 6);
  bytes.writeUInt8(((bytes[6] ?? 0) & 0x0f) | 0x70, 6);
  bytes.writeUInt8(((bytes[8] ?? 0) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return `${prefix}_${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
