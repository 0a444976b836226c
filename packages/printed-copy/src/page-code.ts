import { decodeBase32, encodeBase32 } from "./base32.ts";

/** What the code on a printed page says of it. */
export interface PageCode {
  /** A UUID in its usual spelling. */
  readonly requestId: string;
  /** From 1 to 4095. */
  readonly page: number;
  /** From 1 to 65535. */
  readonly copy: number;
  /** The first sixteen hexadecimal digits of the approved document's SHA-256: it names one of the request's documents. */
  readonly digest: string;
}

/**
 * Answers the full HMAC-SHA-256 of a message under a key that serves page codes and nothing else. An Ed25519 signature would
 * prove a code to anybody, but none of its 64 bytes can be left out (RFC 8032, 5.1.7), which doubles the code's area; who
 * asks about a page asks the platform anyhow.
 */
export type PageCodeMac = (message: Uint8Array) => Uint8Array;

export type ReadPageCode =
  | { readonly ok: true; readonly code: PageCode }
  /** No code of ours; one that a later version wrote; one that nobody with the key made. */
  | { readonly ok: false; readonly why: "other-code" | "other-version" | "not-authentic" };

const version = 1;
export const mostPages = 4095;
export const mostCopies = 65_535;
const [bodyLength, digestLength] = [28, 8];
/**
 * Eighty bits of the code are kept: guessing one needs 2^79 questions to the platform on average, which it counts (NIST
 * SP 800-224 asks for 64 where failures are limited). With them the code is 61 letters, the most that a QR code of 29 by 29
 * modules holds at level M.
 */
const macLength = 10;
const codeLetters = 61;
const label = "chancery page code v1\n";
/** What QR codes pack as alphanumeric (ISO/IEC 18004, table 5): any other character doubles the size of the code. */
const alphanumeric = /^[0-9A-Z $%*+\-./:]*$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The text of a page's code. `address` stands before it, so that a telephone opens the page about it; it ends with a slash,
 * is written in capitals, and says nothing to the platform, which reads only what follows.
 */
export function writePageCode(code: PageCode, mac: PageCodeMac, address = ""): string {
  if (!uuid.test(code.requestId)) throw new TypeError("The request's id is no UUID.");
  if (!/^[0-9a-f]{16}$/.test(code.digest)) throw new TypeError("The digest has sixteen hexadecimal digits.");
  if (!isWithin(code.page, mostPages) || !isWithin(code.copy, mostCopies))
    throw new RangeError("Pages and copies count from 1, up to what the code can hold.");
  if (!alphanumeric.test(address) || (address !== "" && !address.endsWith("/")))
    throw new TypeError("The address has capitals and figures alone and ends with a slash.");
  const bytes = new Uint8Array(bodyLength + macLength);
  bytes.set([(version << 4) | (code.page >> 8), code.page & 255, code.copy >> 8, code.copy & 255]);
  bytes.set(fromHex(code.requestId.replaceAll("-", "")), 4);
  bytes.set(fromHex(code.digest), bodyLength - digestLength);
  bytes.set(macOf(bytes.subarray(0, bodyLength), mac), bodyLength);
  return address + encodeBase32(bytes);
}

/** Reads what a camera saw, which is whatever somebody printed. */
export function readPageCode(text: string, mac: PageCodeMac): ReadPageCode {
  const letters = text.slice(text.lastIndexOf("/") + 1);
  const bytes = letters.length === codeLetters ? decodeBase32(letters) : null;
  if (bytes === null || bytes.length !== bodyLength + macLength) return { ok: false, why: "other-code" };
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
  if (first >> 4 !== version) return { ok: false, why: "other-version" };
  const expected = macOf(bytes.subarray(0, bodyLength), mac);
  // All bytes are compared, whichever differs: the time tells nothing of how much was guessed.
  const differing = expected.reduce((sum, byte, at) => sum | (byte ^ (bytes[bodyLength + at] ?? 0)), 0);
  const [page, copy] = [((first & 15) << 8) | second, (third << 8) | fourth];
  if (differing !== 0 || page === 0 || copy === 0) return { ok: false, why: "not-authentic" };
  const id = toHex(bytes.subarray(4, 20));
  return {
    ok: true,
    code: {
      requestId: [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join("-"),
      ...{ page, copy, digest: toHex(bytes.subarray(bodyLength - digestLength, bodyLength)) },
    },
  };
}

function macOf(body: Uint8Array, mac: PageCodeMac): Uint8Array {
  const message = new Uint8Array(label.length + body.length);
  for (let at = 0; at < label.length; at += 1) message[at] = label.charCodeAt(at);
  message.set(body, label.length);
  const full = mac(message);
  if (full.length !== 32) throw new TypeError("The code is kept by HMAC-SHA-256.");
  return full.subarray(0, macLength);
}

const isWithin = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most;
const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
const toHex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
