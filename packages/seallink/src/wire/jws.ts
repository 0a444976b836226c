import { decodeBase64Url, decodeUtf8, encodeBase64Url, encodeUtf8 } from "./bytes.ts";
import { type CryptoPort, digest, type PublicKey, type Signer } from "./crypto.ts";
import { type Outcome, refuse, succeed } from "./outcome.ts";
import { type JsonObject, maxTextLength, parseJsonObject } from "./strict-json.ts";

/** Every kind of signed text. A key signs only the kinds of its use, so one can never be taken for another. */
export const jwsTypes = [
  "seal-auz+jwt",
  "seal-rev+jwt",
  "seal-ord+jwt",
  "seal-cmd+jwt",
  "seal-cos+jwt",
  "seal-twin+jwt",
  "seal-trust+jwt",
  "seal-ack+jwt",
  "seal-time+jwt",
  "seal-fw+jwt",
  "seal-rec+jwt",
] as const;
export type JwsType = (typeof jwsTypes)[number];

/** The fixed table: the key for a kind of text and a key's name, or undefined. Its algorithm is compared, never chosen. */
export type KeyTable = (typ: JwsType, kid: string) => PublicKey | undefined;

export type JwsCode = "FORMAT" | "ALG_TYP" | "UNKNOWN_KID" | "BAD_SIG";

/** A text whose signature verified: its payload as an object that no parser of claims has seen yet. */
export interface OpenedJws {
  readonly typ: JwsType;
  readonly kid: string;
  readonly payload: JsonObject;
  /** Digest of the complete text, which is what a chain and a report name it by. */
  readonly hash: string;
}

const signatureSize = 64;
const curveOrder = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** Signs a payload as JWS compact (RFC 7515). The bytes that are sent are the bytes that are signed (clause 3.4). */
export async function signJws(typ: JwsType, payload: object, signer: Signer): Promise<string> {
  const header = encodeBase64Url(encodeUtf8(JSON.stringify({ alg: signer.alg, typ, kid: signer.kid })));
  const input = `${header}.${encodeBase64Url(encodeUtf8(JSON.stringify(payload)))}`;
  const signature = await signer.sign(encodeUtf8(input));
  const text = `${input}.${encodeBase64Url(signer.alg === "ES256" ? lowerS(signature) : signature)}`;
  if (text.length > maxTextLength) throw new RangeError(`A signed text has at most ${maxTextLength} characters.`);
  return text;
}

/**
 * Reads a signed text and verifies it. In this order: size and form (FORMAT), kind and algorithm (ALG_TYP), key
 * (UNKNOWN_KID), algorithm of the key (ALG_TYP), signature (BAD_SIG). Nothing of the payload is looked at before.
 */
export async function openJws(
  text: string,
  expected: readonly JwsType[],
  table: KeyTable,
  crypto: CryptoPort,
): Promise<Outcome<OpenedJws, JwsCode>> {
  const form = readForm(text);
  if (!form.ok) return form;
  const { header, payload, input, signature } = form.value;
  const typ = expected.find((each) => each === header.typ);
  if (typ === undefined) return refuse("ALG_TYP", "The text is of another kind than is expected here.");
  const { alg, kid } = header;
  // `none`, HS* and RS* end here, whatever keys there are.
  if (alg !== "EdDSA" && alg !== "ES256") return refuse("ALG_TYP", "The algorithm is not one of ours.");
  if ("crit" in header || "b64" in header) return refuse("ALG_TYP", "The header asks for an extension.");
  if (typeof kid !== "string") return refuse("FORMAT", "The header names no key.");
  const key = table(typ, kid);
  if (key === undefined) return refuse("UNKNOWN_KID", "The key is unknown for this kind of text.");
  if (key.alg !== alg) return refuse("ALG_TYP", "The algorithm is not the key's.");
  if (signature.length !== signatureSize) return refuse("BAD_SIG", "The signature is not 64 bytes.");
  // With s and n-s both accepted, anybody on the way could make a second record out of one.
  if (alg === "ES256" && !isLowerS(signature)) return refuse("BAD_SIG", "The signature is not in its one form.");
  if (!(await crypto.verify(key, encodeUtf8(input), signature))) {
    return refuse("BAD_SIG", "The signature does not belong to this text.");
  }
  return succeed({ typ, kid, payload, hash: await digest(crypto, text) });
}

/** What a text claims to be, unverified: to name it in a report, or to find the device whose key would verify it. */
export function peekJws(text: string): Outcome<{ header: JsonObject; payload: JsonObject }, "FORMAT"> {
  const form = readForm(text);
  return form.ok ? succeed({ header: form.value.header, payload: form.value.payload }) : form;
}

interface Form {
  readonly header: JsonObject;
  readonly payload: JsonObject;
  readonly input: string;
  readonly signature: Uint8Array;
}

function readForm(text: string): Outcome<Form, "FORMAT"> {
  if (typeof text !== "string" || text.length > maxTextLength) {
    return refuse("FORMAT", `A signed text has at most ${maxTextLength} characters.`);
  }
  const [first, second, third, ...rest] = text.split(".");
  if (first === undefined || second === undefined || third === undefined || rest.length > 0) {
    return refuse("FORMAT", "A signed text has three parts.");
  }
  const header = readPart(first);
  if (!header.ok) return header;
  const payload = readPart(second);
  if (!payload.ok) return payload;
  const signature = decodeBase64Url(third);
  if (signature === undefined) return refuse("FORMAT", "The signature is not base64url.");
  return succeed({ header: header.value, payload: payload.value, input: `${first}.${second}`, signature });
}

function readPart(part: string): Outcome<JsonObject, "FORMAT"> {
  const bytes = decodeBase64Url(part);
  const text = bytes && decodeUtf8(bytes);
  if (text === undefined) return refuse("FORMAT", "A part is not the base64url of a UTF-8 text.");
  return parseJsonObject(text);
}

function readS(signature: Uint8Array): bigint {
  let value = 0n;
  for (const byte of signature.subarray(32)) value = (value << 8n) | BigInt(byte);
  return value;
}

function isLowerS(signature: Uint8Array): boolean {
  return readS(signature) <= curveOrder / 2n;
}

/** The one accepted form of an ECDSA signature: of the two values of s the lower one. */
function lowerS(signature: Uint8Array): Uint8Array {
  if (signature.length !== signatureSize || isLowerS(signature)) return signature;
  const lowered = new Uint8Array(signature);
  let rest = curveOrder - readS(signature);
  for (let at = signatureSize - 1; at >= 32; at -= 1) {
    lowered[at] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return lowered;
}
