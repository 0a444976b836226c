import {
  circle,
  credential,
  failField,
  flag,
  id,
  integer,
  list,
  oneOf,
  person,
  type Read,
  type Reader,
  randomText,
  seconds,
  shape,
  slotNumber,
  tag,
  text,
} from "../wire/fields.ts";

/** What only two people at the device may do, and only when the platform ordered it (clause 3.11). */
export const orderKinds = [
  "mount",
  "unmount",
  "ink",
  "door",
  "take-out",
  "return",
  "unlock",
  "inspect",
  "reset-epoch",
  "cred-add",
  "cred-del",
] as const;
export type OrderKind = (typeof orderKinds)[number];

/** What is done at once and by nobody at the device. There is no `unlock` and no `open` among them. */
export const commandKinds = ["lock", "cancel", "hb", "locate", "beep", "picture", "logs"] as const;
export type CommandKind = (typeof commandKinds)[number];

/** Longest life of a command in seconds (clause 3.3). */
export const maxCommandLife = 60;

const revocationFields = shape(
  { v: oneOf([1]), aud: id, ep: integer(1), asn: integer(1), iat: seconds, why: text(200) },
  { jti: list(id, 100, 1), floor: integer(1) },
);

/** The claims of a revocation, `seal-rev+jwt`: named authorisations, or all with a serial number up to a floor. */
export type RevocationClaims = Read<typeof revocationFields>;

export const revocationClaims: Reader<RevocationClaims> = (value, at) => {
  const claims = revocationFields(value, at);
  if ((claims.jti === undefined) === (claims.floor === undefined)) return failField("jti", "or floor, not both");
  if (claims.floor !== undefined && claims.floor > claims.asn) return failField("floor", "is above asn");
  return claims;
};

const orderHead = {
  v: oneOf([1]),
  aud: id,
  ep: integer(1),
  jti: id,
  asn: integer(1),
  iat: seconds,
  nbf: seconds,
  exp: seconds,
  /** The two people who carry it out, each known to the device by a credential. */
  by: list(person, 2, 2),
} as const;

const seal = shape({ id, slot: slotNumber, face: integer(1, 1_000_000), tag });

const orderFields = {
  mount: shape({ ...orderHead, kind: oneOf(["mount"]), seal }),
  unmount: shape({ ...orderHead, kind: oneOf(["unmount"]), seal: shape({ id, slot: slotNumber }) }),
  ink: shape({ ...orderHead, kind: oneOf(["ink"]), seal: shape({ id, slot: slotNumber }) }),
  door: shape({ ...orderHead, kind: oneOf(["door"]) }),
  "take-out": shape({ ...orderHead, kind: oneOf(["take-out"]), to: id, until: seconds }, { fence: circle }),
  return: shape({ ...orderHead, kind: oneOf(["return"]) }),
  unlock: shape({ ...orderHead, kind: oneOf(["unlock"]) }),
  inspect: shape({ ...orderHead, kind: oneOf(["inspect"]) }),
  "reset-epoch": shape({ ...orderHead, kind: oneOf(["reset-epoch"]), next: integer(2, 1_000_000) }, { force: flag }),
  "cred-add": shape(
    { ...orderHead, kind: oneOf(["cred-add"]), cred: credential, u: id },
    /** A finger that says: I am being forced. */
    { duress: flag },
  ),
  "cred-del": shape({ ...orderHead, kind: oneOf(["cred-del"]), cred: credential }),
} as const satisfies Record<OrderKind, Reader<unknown>>;

/** The claims of an order, `seal-ord+jwt`. */
export type OrderClaims = { [K in OrderKind]: Read<(typeof orderFields)[K]> }[OrderKind];

export const orderClaims: Reader<OrderClaims> = (value, at) => {
  const { kind } = shape({ kind: oneOf(orderKinds) })(value, at);
  const claims: OrderClaims = orderFields[kind](value, at);
  if (claims.exp <= claims.nbf || claims.exp - claims.iat > 7 * 24 * 3600) return failField("exp", "is out of bounds");
  const [first, second] = claims.by;
  if (first === undefined || second === undefined || first.u === second.u) return failField("by", "is not two people");
  if (first.cred.some((handle) => second.cred.includes(handle))) return failField("by", "shares a credential");
  if (claims.kind === "reset-epoch" && claims.next !== claims.ep + 1) return failField("next", "is not the next epoch");
  return claims;
};

const commandFields = shape(
  {
    v: oneOf([1]),
    aud: id,
    ep: integer(1),
    jti: id,
    /** Strictly rising over the commands for one device. */
    cseq: integer(1),
    iat: seconds,
    exp: seconds,
    cmd: oneOf(commandKinds),
  },
  { nonce: randomText, why: text(200) },
);

/** The claims of a command, `seal-cmd+jwt`. */
export type CommandClaims = Read<typeof commandFields>;

export const commandClaims: Reader<CommandClaims> = (value, at) => {
  const claims = commandFields(value, at);
  if (claims.exp <= claims.iat || claims.exp - claims.iat > maxCommandLife) {
    return failField("exp", "is not within a minute after iat");
  }
  return claims;
};

/**
 * The claims of a co-sign message, `seal-cos+jwt`. `press` lets one press of a remote session happen, bound to its
 * number and to the picture that was taken before it; `refuse` says that this one does not; `sup` is a supervisor's
 * confirmation from elsewhere.
 */
export type CosignClaims = Read<typeof pressCosign> | Read<typeof refusedCosign> | Read<typeof supervisorCosign>;

const cosignHead = {
  v: oneOf([1]),
  aud: id,
  ep: integer(1),
  jti: id,
  iat: seconds,
  exp: seconds,
  /** The person who looked and agreed, or refused. */
  u: id,
} as const;
const pressCosign = shape({ ...cosignHead, k: oneOf(["press"]), n: integer(1), h: text(80) });
const refusedCosign = shape({ ...cosignHead, k: oneOf(["refuse"]), n: integer(1), h: text(80) });
const supervisorCosign = shape({ ...cosignHead, k: oneOf(["sup"]) });

export const cosignClaims: Reader<CosignClaims> = (value, at) => {
  const { k } = shape({ k: oneOf(["press", "refuse", "sup"]) })(value, at);
  const claims =
    k === "press" ? pressCosign(value, at) : k === "refuse" ? refusedCosign(value, at) : supervisorCosign(value, at);
  if (claims.exp <= claims.iat || claims.exp - claims.iat > 600) return failField("exp", "is not within ten minutes");
  return claims;
};
