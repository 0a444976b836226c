import {
  failField,
  flag,
  hash,
  id,
  integer,
  list,
  oneOf,
  orNull,
  person,
  point,
  type Read,
  type Reader,
  radius,
  randomText,
  seconds,
  shape,
  slotNumber,
  tag,
  text,
} from "../wire/fields.ts";

/**
 * How presses follow from one authorisation (clause 3.5): `single` proves presence before each, `batch` once for a
 * session, `remote` waits for a co-sign message before each, from one of `sup.of` whose credential is `app`, `console` only in the docking station, `emergency`
 * without a document but with a second person at the box, a picture of each page before its press and an alarm.
 */
export const useModes = ["single", "batch", "remote", "console", "emergency"] as const;
export type UseMode = (typeof useModes)[number];

/** Longest life of an authorisation in seconds (clause 3.5). */
export const maxTokenLife: number = 7 * 24 * 3600;

/** An emergency authorisation is no key for a day: longest life in seconds, and most impressions. */
export const emergencyLimits = { life: 4 * 3600, impressions: 20 } as const;

const fields = shape(
  {
    v: oneOf([1]),
    iss: text(200),
    /** The device it is for, and that device's journal epoch. */
    aud: id,
    ep: integer(1, 1_000_000),
    /** The request it was approved in. */
    sub: id,
    jti: id,
    /** Authorisation serial number of the device: strictly rising over everything the authority signs for it. */
    asn: integer(1),
    iat: seconds,
    nbf: seconds,
    exp: seconds,
    seal: shape({ id, slot: slotNumber, face: integer(1, 1_000_000) }, { tag }),
    use: shape({ max: integer(1, 100_000), mode: oneOf(useModes) }, { sess: integer(10, 86_400) }),
    doc: list(
      shape({ h: hash, t: text(200) }, { pages: integer(1, 100_000), copies: integer(1, 100_000), code: text(20) }),
      50,
    ),
    op: list(person, 20, 1),
  },
  {
    sup: shape({ n: integer(0, 5), of: list(person, 20), within: integer(5, 600) }),
    /** Pictures per impression: how many after and before it, of the face; whether a missing one stops the next press. */
    pic: shape({ after: integer(0, 5) }, { before: integer(0, 5), face: integer(0, 5), block: flag }),
    imp: shape({ min: integer(0) }),
    loc: shape({ c: point, r: radius, do: oneOf(["refuse", "alarm"]) }),
    off: shape({ ok: flag, age: integer(0, maxTokenLife) }),
    risk: oneOf(["normal", "high"]),
    cn: orNull(randomText),
    /** The authorisation that this one adds impressions to, by an approval of its own. */
    adds: id,
  },
);

/** The claims of a stamp authorisation, `seal-auz+jwt`. */
export type AuthorisationClaims = Read<typeof fields>;

/** Reads the claims and asks of them what no platform could rightly sign. */
export const authorisationClaims: Reader<AuthorisationClaims> = (value, at) => {
  const claims = fields(value, at);
  if (claims.nbf < claims.iat - 60 || claims.exp <= claims.nbf) return failField("exp", "is not after nbf and iat");
  if (claims.exp - claims.iat > maxTokenLife) return failField("exp", "is more than seven days after iat");
  if (claims.adds === claims.jti) return failField("adds", "names the authorisation itself");
  const { sup } = claims;
  if (sup !== undefined && new Set(sup.of.map(({ u }) => u)).size < sup.n) {
    return failField("sup.of", "names fewer people than have to be present");
  }
  if (claims.use.mode === "emergency") {
    checkEmergency(claims);
  } else if (claims.doc.length === 0) {
    return failField("doc", "is empty");
  }
  if (claims.use.mode === "remote" && !(sup?.of ?? []).some(({ cred }) => cred.includes("app"))) {
    return failField("sup.of", "names nobody who could agree to a press from elsewhere");
  }
  if (claims.risk === "high" && typeof claims.cn !== "string") return failField("cn", "is missing at high risk");
  return claims;
};

/** What an emergency never does without, whoever signed for it; fails with the field that is not so. */
function checkEmergency({ doc, sup, pic, use, exp, iat, adds }: AuthorisationClaims): void {
  if (doc.length > 0) failField("doc", "is given in an emergency, which has no document");
  if (sup === undefined || sup.n < 1) failField("sup", "asks for nobody else in an emergency");
  if (sup?.of.some(({ cred }) => cred.includes("app"))) failField("sup.of", "names somebody elsewhere in an emergency");
  // What lies under the seal is the document.
  if ((pic?.before ?? 0) < 1 || (pic?.after ?? 0) < 1 || pic?.block !== true)
    failField("pic", "does without pictures in an emergency");
  if (use.max > emergencyLimits.impressions) failField("use.max", "is more than an emergency covers");
  if (exp - iat > emergencyLimits.life) failField("exp", "is later than an emergency lasts");
  if (adds !== undefined) failField("adds", "adds to something in an emergency");
}

/**
 * What the screen shows beside the title, so that the person chooses the right one: the short code of the document; in an
 * emergency, which has none, the last six signs of the request's name.
 */
export const codeShown = ({ doc, sub }: Pick<AuthorisationClaims, "doc" | "sub">): string =>
  doc.length > 0 ? (doc[0]?.code ?? sub) : sub.slice(-6).toUpperCase();

/** Whether somebody, or somebody's credential, stands on both sides of the two-person rule. */
export function namesOneTwice(claims: Pick<AuthorisationClaims, "op" | "sup">): boolean {
  const people = new Set(claims.op.map(({ u }) => u));
  const handles = new Set(claims.op.flatMap(({ cred }) => cred).filter((handle) => handle.includes(":")));
  return (claims.sup?.of ?? []).some(({ u, cred }) => people.has(u) || cred.some((handle) => handles.has(handle)));
}
