import type { CryptoPort } from "./crypto.ts";
import { type Reader, readClaims } from "./fields.ts";
import { type JwsCode, type JwsType, type KeyTable, openJws } from "./jws.ts";
import { type Outcome, succeed } from "./outcome.ts";

/** Claims of a verified text with the text's digest and the name of the key that signed it. */
export interface Opened<Claims> {
  readonly claims: Claims;
  readonly hash: string;
  readonly kid: string;
  readonly text: string;
}

/** Verifies a signed text of one kind and reads its claims; what cannot be verified is never read. */
export async function openClaims<Claims>(
  text: string,
  typ: JwsType,
  reader: Reader<Claims>,
  table: KeyTable,
  crypto: CryptoPort,
): Promise<Outcome<Opened<Claims>, JwsCode>> {
  const opened = await openJws(text, [typ], table, crypto);
  if (!opened.ok) return opened;
  const claims = readClaims(reader, opened.value.payload);
  return claims.ok ? succeed({ claims: claims.value, hash: opened.value.hash, kid: opened.value.kid, text }) : claims;
}
