import { isWhite } from "./byte-classes.ts";

/** The value of a hexadecimal digit, or -1. */
export function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** ISO 32000-2, 7.3.4.2: escapes, octal codes, line continuation, and every line end read as LF. */
export function decodeEscapes(inner: Uint8Array): Uint8Array {
  const out = new Uint8Array(inner.length);
  let length = 0;
  for (let i = 0; i < inner.length; i++) {
    const byte = inner[i] ?? 0;
    if (byte === 13) {
      if (inner[i + 1] === 10) i++;
      out[length++] = 10;
      continue;
    }
    if (byte !== 0x5c) {
      out[length++] = byte;
      continue;
    }
    const next = inner[++i];
    if (next === undefined) break;
    if (next >= 48 && next <= 55) {
      let code = next - 48;
      for (let n = 0; n < 2; n++) {
        const digit = inner[i + 1];
        if (digit === undefined || digit < 48 || digit > 55) break;
        code = code * 8 + digit - 48;
        i++;
      }
      out[length++] = code & 255;
    } else if (next === 13) {
      if (inner[i + 1] === 10) i++;
    } else if (next !== 10) {
      const plain = "nrtbf".indexOf(String.fromCharCode(next));
      out[length++] = plain < 0 ? next : ([10, 13, 9, 8, 12][plain] ?? next);
    }
  }
  return out.subarray(0, length);
}

/** ISO 32000-2, 7.3.4.3: white space does not count, a missing last digit is 0. Null where other bytes stand between. */
export function decodeHexDigits(source: Uint8Array, start: number, end: number): Uint8Array | null {
  const bytes = new Uint8Array((end - start + 1) >> 1);
  let length = 0;
  let high = -1;
  for (let i = start; i < end; i++) {
    const digit = hexDigit(source[i]);
    if (digit < 0) {
      if (isWhite(source[i])) continue;
      return null;
    }
    if (high < 0) high = digit;
    else {
      bytes[length++] = high * 16 + digit;
      high = -1;
    }
  }
  if (high >= 0) bytes[length++] = high * 16;
  return bytes.subarray(0, length);
}
