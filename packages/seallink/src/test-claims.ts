import type { AuthorisationClaims } from "./index.ts";

/** 1 December 2026, noon, in milliseconds: the tests' now, wherever and whenever they run. */
export const noon: number = Date.UTC(2026, 11, 1, 12);
export const noonSeconds: number = noon / 1000;

export const someHash: string = `sha256:${"5a".repeat(32)}`;

/** The claims of an ordinary authorisation: three impressions by one person, who is watched by nobody. */
export function authorisationOf(change: Partial<AuthorisationClaims> = {}): AuthorisationClaims {
  return {
    v: 1,
    iss: "urn:seal:acme",
    aud: "dev_01K9Q2",
    ep: 1,
    sub: "app_2026_001873",
    jti: "auz_01K9Z7",
    asn: 418,
    iat: noonSeconds,
    nbf: noonSeconds,
    exp: noonSeconds + 7200,
    seal: { id: "seal_0012", slot: 0, tag: "E28011606000", face: 2 },
    use: { max: 3, mode: "single", sess: 300 },
    doc: [{ h: someHash, pages: 12, copies: 3, t: "采购合同 2026-0187", code: "K7-42" }],
    op: [{ u: "usr_88", cred: ["fp:17"] }],
    off: { ok: true, age: 14_400 },
    risk: "normal",
    ...change,
  };
}
