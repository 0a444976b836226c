/**
 * Strict readers for the text forms that C2SP formats share. Each value has exactly one accepted spelling, so two
 * different files never mean the same thing and nobody can hide data in an encoding's slack.
 * A reader answers undefined where the text is not that one spelling.
 */

const decimalPattern = /^(?:0|[1-9][0-9]{0,15})$/;
const utf8Encoder = new TextEncoder();

/** Bytes as standard base64 with padding (RFC 4648, section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Standard base64 with padding; no line breaks, no missing padding, no stray bits in the last character. */
export function parseBase64(text: string): Uint8Array | undefined {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return undefined;
  }
  // atob forgives white space, missing padding and bits that padding throws away (RFC 4648, section 3.5 asks to refuse
  // those); re-encoding shows whether it had to.
  if (btoa(binary) !== text) return undefined;
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** A non-negative decimal number up to 2^53 - 1 without sign or leading zeroes. */
export function parseDecimal(text: string): number | undefined {
  if (!decimalPattern.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

export function encodeUtf8(text: string): Uint8Array {
  return utf8Encoder.encode(text);
}

/** Text of valid UTF-8 bytes (a byte order mark stays part of it), or the text itself if it has no lone surrogates. */
export function parseUtf8(input: string | Uint8Array): string | undefined {
  if (typeof input === "string") return input.isWellFormed() ? input : undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(input);
  } catch {
    return undefined;
  }
}

/** Whether text has an ASCII control character other than newline, which no signed note may contain. */
export function hasControlCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x20 && unit !== 0x0a) return true;
  }
  return false;
}
