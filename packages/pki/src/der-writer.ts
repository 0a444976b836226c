import type { DerNode } from "./der.ts";

/** One element from its identifier octet and the parts of its content (X.690, 10.1: definite minimal length). */
export function derElement(identifier: number, ...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const header = [identifier];
  if (length < 0x80) header.push(length);
  else {
    const octets: number[] = [];
    for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
    header.push(0x80 | octets.length, ...octets);
  }
  const element = new Uint8Array(header.length + length);
  element.set(header);
  let position = header.length;
  for (const part of parts) {
    element.set(part, position);
    position += part.length;
  }
  return element;
}

export function derSequence(...parts: readonly Uint8Array[]): Uint8Array {
  return derElement(0x30, ...parts);
}

/** A SET OF, its elements in the order X.690, 11.6 asks for. */
export function derSet(...parts: readonly Uint8Array[]): Uint8Array {
  return derElement(0x31, ...sortSetElements(parts));
}

export function sortSetElements(parts: readonly Uint8Array[]): Uint8Array[] {
  return [...parts].sort(Buffer.compare);
}

/** `[number] EXPLICIT` or a constructed IMPLICIT one. */
export function derContext(number: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return derElement(0xa0 | number, ...parts);
}

/** `[number] IMPLICIT` of a primitive type. */
export function derContextPrimitive(number: number, content: Uint8Array): Uint8Array {
  return derElement(0x80 | number, content);
}

const oidCache = new Map<string, Uint8Array>();

/** An OBJECT IDENTIFIER from its dotted form; a malformed one is a bug of the caller and throws. */
export function derOid(dotted: string): Uint8Array {
  const cached = oidCache.get(dotted);
  if (cached !== undefined) return cached;
  const [top, second, ...rest] = dotted.split(".").map(BigInt);
  if (top === undefined || second === undefined || top > 2n || (top < 2n && second > 39n))
    throw new RangeError(`Not an object identifier: ${dotted}`);
  const content = [top * 40n + second, ...rest].flatMap((arc) => {
    const octets = [Number(arc & 0x7fn)];
    for (let high = arc >> 7n; high > 0n; high >>= 7n) octets.unshift(Number(high & 0x7fn) | 0x80);
    return octets;
  });
  const encoded = derElement(0x06, Uint8Array.from(content));
  if (oidCache.size < 500) oidCache.set(dotted, encoded);
  return encoded;
}

/** An INTEGER from a number that is not negative, or from unsigned big-endian bytes. */
export function derInteger(value: number | Uint8Array): Uint8Array {
  let bytes: Uint8Array;
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError("Not a whole number from 0 to 2^53 - 1.");
    const octets: number[] = [value % 256];
    for (let rest = Math.floor(value / 256); rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
    bytes = Uint8Array.from(octets);
  } else {
    let start = 0;
    while (start < value.length - 1 && value[start] === 0) start += 1;
    bytes = value.length === 0 ? Uint8Array.of(0) : value.subarray(start);
  }
  return (bytes[0] ?? 0) > 0x7f ? derElement(0x02, Uint8Array.of(0), bytes) : derElement(0x02, bytes);
}

export function derOctetString(bytes: Uint8Array): Uint8Array {
  return derElement(0x04, bytes);
}

export function derBitString(bytes: Uint8Array, unusedBits = 0): Uint8Array {
  return derElement(0x03, Uint8Array.of(unusedBits), bytes);
}

export function derBoolean(value: boolean): Uint8Array {
  return derElement(0x01, Uint8Array.of(value ? 0xff : 0));
}

export function derNull(): Uint8Array {
  return derElement(0x05);
}

export function derUtf8(text: string): Uint8Array {
  return derElement(0x0c, Buffer.from(text, "utf8"));
}

export function derPrintable(text: string): Uint8Array {
  return derElement(0x13, Buffer.from(text, "latin1"));
}

export function derIa5(text: string): Uint8Array {
  return derElement(0x16, Buffer.from(text, "latin1"));
}

/** UTCTime to 2049, GeneralizedTime from 2050 (RFC 5280, 4.1.2.5), whole seconds; `at` in milliseconds since 1970. */
export function derTime(at: number): Uint8Array {
  const digits = new Date(Math.floor(at / 1000) * 1000).toISOString().replace(/[-:T]|\.\d+/g, "");
  const year = Number(digits.slice(0, 4));
  return year >= 1950 && year < 2050
    ? derElement(0x17, Buffer.from(digits.slice(2), "latin1"))
    : derElement(0x18, Buffer.from(digits, "latin1"));
}

const setIdentifier = 0x31;

/**
 * The DER form of an element that may stand in BER: definite lengths, joined strings; `asSet` writes it as a SET OF with
 * its elements sorted, as the signed attributes are hashed (RFC 5652, 5.4).
 */
export function encodeAsDer(node: DerNode, asSet = false): Uint8Array {
  const parts = node.children.map((child) => encodeAsDer(child));
  if (asSet) return derElement(setIdentifier, ...sortSetElements(parts));
  const first = node.raw[0] ?? 0;
  if (!node.constructed) return Uint8Array.from(first % 32 === 31 ? node.raw : derElement(first, node.content));
  if (node.tagClass === "universal" && node.tag === 4) {
    const pieces = parts.map((part) => part.subarray(part.length - contentLength(part)));
    return derOctetString(Buffer.concat(pieces));
  }
  if (node.tagClass === "universal" && node.tag === 17) return derElement(setIdentifier, ...sortSetElements(parts));
  return derElement(first, ...parts);
}

function contentLength(element: Uint8Array): number {
  const first = element[1] ?? 0;
  return first < 0x80 ? element.length - 2 : element.length - 2 - (first & 0x7f);
}
