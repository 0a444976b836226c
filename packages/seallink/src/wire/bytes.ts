/** Readers and writers of bytes as text. Each value has exactly one accepted spelling, so nothing hides in slack. */

const encoder = new TextEncoder();

export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Text of valid UTF-8 bytes, undefined otherwise; a byte order mark stays part of it and so is no JSON. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Bytes as base64url without padding (RFC 7515, section 2). */
export function encodeBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const base64UrlPattern = /^[A-Za-z0-9_-]*$/;

/** Bytes of base64url without padding and without stray bits in the last character; undefined for other spellings. */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  if (!base64UrlPattern.test(text) || text.length % 4 === 1) return undefined;
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  // The last character may carry bits that atob throws away: two spellings of one signature would be two records.
  const last = text.slice(text.length - (text.length % 4));
  return last === "" || encodeBase64Url(bytes.subarray(bytes.length - (last.length - 1))) === last ? bytes : undefined;
}

export function encodeHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** CRC-32 (ISO-HDLC) as eight hexadecimal digits: tells a torn write from a whole one, and protects against nobody. */
export function crc32(text: string): string {
  // Nearly every text is ASCII, whose units are its bytes.
  const bytes = isAscii(text) ? undefined : encodeUtf8(text);
  const length = bytes?.length ?? text.length;
  let crc = 0xffffffff;
  for (let at = 0; at < length; at += 1) {
    const byte = bytes === undefined ? text.charCodeAt(at) : (bytes[at] ?? 0);
    crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0);
  }
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}
