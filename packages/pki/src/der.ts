import { attempt, fail, type PkiOutcome } from "./outcome.ts";

/** One element of ASN.1 data as it stands in the input; `raw` and `content` are views, never copies. */
export type DerNode = {
  readonly tagClass: "universal" | "application" | "context" | "private";
  readonly constructed: boolean;
  readonly tag: number;
  /** Header, content and, for an indefinite length, the end-of-contents octets. */
  readonly raw: Uint8Array;
  readonly content: Uint8Array;
  /** Empty for a primitive element. */
  readonly children: readonly DerNode[];
};

export type DerOptions = {
  /** "der" (X.690, 10) by default; "ber" takes indefinite and non-minimal lengths, as CMS in signed PDFs needs. */
  readonly rules?: "der" | "ber";
  /** Bytes after the element: refused by default; "zeros" takes zero bytes only (PDF /Contents); "any" takes all. */
  readonly trailing?: "none" | "zeros" | "any";
};

const maxDepth = 48;
const maxNodes = 2_000_000;
const classes = ["universal", "application", "context", "private"] as const;
const noChildren: readonly DerNode[] = [];
/** Universal types that are always constructed in DER (SEQUENCE, SET, EXTERNAL). */
const alwaysConstructed = new Set([8, 16, 17]);

type Reader = { readonly bytes: Uint8Array; readonly ber: boolean; nodes: number };

/**
 * Reads one ASN.1 element (X.690). Strict: definite minimal lengths, minimal tags and integers, canonical booleans, no
 * trailing bytes, bounded depth and node count. The order inside a SET OF is not checked: certificates in use break it.
 * Codes: der.truncated, der.length-invalid, der.tag-invalid, der.value-invalid, der.trailing-bytes, der.too-complex.
 */
export function readDer(bytes: Uint8Array, options: DerOptions = {}): PkiOutcome<DerNode> {
  return attempt(() => {
    const reader: Reader = { bytes, ber: options.rules === "ber", nodes: 0 };
    const node = readElement(reader, 0, bytes.length, 0);
    const trailing = options.trailing ?? "none";
    const end = node.raw.length;
    if (trailing === "none" && end !== bytes.length) fail("der.trailing-bytes", "Bytes follow the element.");
    if (trailing === "zeros" && bytes.subarray(end).some((byte) => byte !== 0))
      fail("der.trailing-bytes", "Bytes other than zero follow the element.");
    return node;
  });
}

function readElement(reader: Reader, start: number, limit: number, depth: number): DerNode {
  if (depth > maxDepth) fail("der.too-complex", "The structure is nested too deeply.");
  reader.nodes += 1;
  if (reader.nodes > maxNodes) fail("der.too-complex", "The structure has too many elements.");
  const first = byteAt(reader, start, limit);
  const constructed = (first & 0x20) !== 0;
  const tagClass = classes[first >> 6] ?? "universal";
  let position = start + 1;
  let tag = first & 0x1f;
  if (tag === 0x1f) {
    tag = 0;
    for (let octets = 0; ; octets += 1) {
      const byte = byteAt(reader, position, limit);
      position += 1;
      if (octets === 0 && byte === 0x80) fail("der.tag-invalid", "A tag number is padded.");
      if (octets === 4) fail("der.tag-invalid", "A tag number is too large.");
      tag = tag * 128 + (byte & 0x7f);
      if ((byte & 0x80) === 0) break;
    }
    if (tag < 0x1f) fail("der.tag-invalid", "A small tag number is written in the long form.");
  }
  const firstLength = byteAt(reader, position, limit);
  position += 1;
  if (firstLength === 0x80)
    return readIndefinite(reader, { start, position, limit, depth, tagClass, constructed, tag });
  let length = firstLength;
  if (firstLength > 0x80) {
    const octets = firstLength & 0x7f;
    if (octets > 6 && !reader.ber) fail("der.length-invalid", "A length is too long.");
    length = 0;
    for (let index = 0; index < octets; index += 1) {
      const byte = byteAt(reader, position, limit);
      position += 1;
      if (index === 0 && byte === 0 && !reader.ber) fail("der.length-invalid", "A length is padded.");
      length = length * 256 + byte;
      if (length > reader.bytes.length) fail("der.truncated", "An element is longer than the data.");
    }
    if (length < 0x80 && !reader.ber) fail("der.length-invalid", "A short length is written in the long form.");
  }
  const end = position + length;
  if (end > limit) fail("der.truncated", "An element is longer than what holds it.");
  const content = reader.bytes.subarray(position, end);
  const children = constructed ? readChildren(reader, position, end, depth) : noChildren;
  if (tagClass === "universal") checkUniversal(reader, tag, constructed, content);
  return { tagClass, constructed, tag, raw: reader.bytes.subarray(start, end), content, children };
}

function readChildren(reader: Reader, from: number, end: number, depth: number): DerNode[] {
  const children: DerNode[] = [];
  for (let position = from; position < end; ) {
    const child = readElement(reader, position, end, depth + 1);
    children.push(child);
    position += child.raw.length;
  }
  return children;
}

type Open = Pick<DerNode, "tagClass" | "constructed" | "tag"> & {
  readonly start: number;
  readonly position: number;
  readonly limit: number;
  readonly depth: number;
};

function readIndefinite(reader: Reader, open: Open): DerNode {
  if (!reader.ber || !open.constructed) fail("der.length-invalid", "An indefinite length is not allowed here.");
  const children: DerNode[] = [];
  let position = open.position;
  for (;;) {
    if (byteAt(reader, position, open.limit) === 0 && byteAt(reader, position + 1, open.limit) === 0) break;
    const child = readElement(reader, position, open.limit, open.depth + 1);
    children.push(child);
    position += child.raw.length;
  }
  const { tagClass, constructed, tag } = open;
  const content = reader.bytes.subarray(open.position, position);
  return { tagClass, constructed, tag, raw: reader.bytes.subarray(open.start, position + 2), content, children };
}

function checkUniversal(reader: Reader, tag: number, constructed: boolean, content: Uint8Array): void {
  if (tag === 0) fail("der.tag-invalid", "An end-of-contents mark stands where an element should.");
  if (alwaysConstructed.has(tag) !== constructed && !(reader.ber && constructed))
    fail("der.tag-invalid", "An element is primitive or constructed against its type.");
  if (reader.ber) return;
  if (tag === 1 && !(content.length === 1 && (content[0] === 0 || content[0] === 0xff)))
    fail("der.value-invalid", "A BOOLEAN is not canonical.");
  if (tag === 2 || tag === 10) {
    if (content.length === 0) fail("der.value-invalid", "An INTEGER is empty.");
    const sign = (content[1] ?? 0) >> 7;
    if (content.length > 1 && ((content[0] === 0 && sign === 0) || (content[0] === 0xff && sign === 1)))
      fail("der.value-invalid", "An INTEGER is padded.");
  }
  if (tag === 5 && content.length !== 0) fail("der.value-invalid", "A NULL has content.");
}

function byteAt(reader: Reader, position: number, limit: number): number {
  const byte = position < limit ? reader.bytes[position] : undefined;
  return byte ?? fail("der.truncated", "The data end inside an element.");
}

export function isUniversal(node: DerNode | undefined, tag: number): node is DerNode & { tagClass: "universal" } {
  return node !== undefined && node.tagClass === "universal" && node.tag === tag;
}

export function isContext(node: DerNode | undefined, tag: number): node is DerNode & { tagClass: "context" } {
  return node !== undefined && node.tagClass === "context" && node.tag === tag;
}

/** The children of a SEQUENCE (16) or SET (17); anything else is a refusal `der.type-unexpected`. */
export function childrenOf(node: DerNode | undefined, tag: 16 | 17 = 16): readonly DerNode[] {
  if (!isUniversal(node, tag)) return fail("der.type-unexpected", "A SEQUENCE or SET was expected.");
  return node.children;
}

/** An OBJECT IDENTIFIER in dotted form (X.690, 8.19). */
export function oidOf(node: DerNode | undefined): string {
  if (!isUniversal(node, 6)) return fail("der.type-unexpected", "An OBJECT IDENTIFIER was expected.");
  return decodeOid(node.content);
}

export function decodeOid(content: Uint8Array): string {
  if (content.length === 0 || content.length > 64) fail("der.value-invalid", "An OBJECT IDENTIFIER has a bad length.");
  const arcs: bigint[] = [];
  let arc = 0n;
  let open = false;
  for (const byte of content) {
    if (!open && byte === 0x80) fail("der.value-invalid", "An OBJECT IDENTIFIER is padded.");
    arc = arc * 128n + BigInt(byte & 0x7f);
    open = (byte & 0x80) !== 0;
    if (open) continue;
    if (arcs.length === 0) {
      const top = arc < 40n ? 0n : arc < 80n ? 1n : 2n;
      arcs.push(top, arc - top * 40n);
    } else arcs.push(arc);
    arc = 0n;
  }
  if (open) fail("der.value-invalid", "An OBJECT IDENTIFIER is cut off.");
  return arcs.join(".");
}

/** The content of an INTEGER: two's complement, big-endian. */
export function integerOf(node: DerNode | undefined): Uint8Array {
  if (!isUniversal(node, 2) || node.content.length === 0)
    return fail("der.type-unexpected", "An INTEGER was expected.");
  return node.content;
}

/** A small INTEGER that is not negative. */
export function smallIntegerOf(node: DerNode | undefined): number {
  return smallInteger(integerOf(node));
}

export function smallInteger(content: Uint8Array): number {
  if (content.length === 0 || content.length > 5 || (content[0] ?? 0) > 0x7f)
    fail("der.value-invalid", "An INTEGER is out of range.");
  return content.reduce((value, byte) => value * 256 + byte, 0);
}

export function booleanOf(node: DerNode | undefined): boolean {
  if (!isUniversal(node, 1) || node.content.length !== 1) return fail("der.type-unexpected", "A BOOLEAN was expected.");
  return node.content[0] !== 0;
}

/** An OCTET STRING; the pieces of a constructed one (BER) are joined. */
export function octetStringOf(node: DerNode | undefined): Uint8Array {
  if (node === undefined) return fail("der.type-unexpected", "An OCTET STRING was expected.");
  if (!isUniversal(node, 4)) return fail("der.type-unexpected", "An OCTET STRING was expected.");
  return joinOctets(node);
}

/** The octets of a primitive element, or of the pieces of a constructed string. */
export function joinOctets(node: DerNode): Uint8Array {
  if (!node.constructed) return node.content;
  const pieces: Uint8Array[] = [];
  collectOctets(node, pieces);
  return Buffer.concat(pieces);
}

function collectOctets(node: DerNode, pieces: Uint8Array[]): void {
  for (const child of node.children) {
    if (!isUniversal(child, 4)) fail("der.type-unexpected", "A piece of a string is no OCTET STRING.");
    if (child.constructed) collectOctets(child, pieces);
    else pieces.push(child.content);
  }
}

export type BitString = { readonly unusedBits: number; readonly bytes: Uint8Array };

export function bitStringOf(node: DerNode | undefined): BitString {
  if (!isUniversal(node, 3) || node.constructed) return fail("der.type-unexpected", "A BIT STRING was expected.");
  return decodeBitString(node.content);
}

/** The octets of a BIT STRING that is made of whole ones, as signatures are (RFC 5280, 4.1.1.3). */
export function octetsOf(node: DerNode | undefined): Uint8Array {
  const { unusedBits, bytes } = bitStringOf(node);
  return unusedBits === 0 ? bytes : fail("der.value-invalid", "A BIT STRING is not made of whole octets.");
}

export function decodeBitString(content: Uint8Array): BitString {
  const unusedBits = content[0] ?? fail("der.value-invalid", "A BIT STRING is empty.");
  if (unusedBits > 7 || (unusedBits > 0 && content.length === 1))
    fail("der.value-invalid", "A BIT STRING has a bad count of unused bits.");
  return { unusedBits, bytes: content.subarray(1) };
}

/** UTCTime or GeneralizedTime as RFC 5280, 4.1.2.5 writes them, in milliseconds since 1970. */
export function timeOf(node: DerNode | undefined): number {
  if (node === undefined) return fail("der.type-unexpected", "A time was expected.");
  const text = Buffer.from(node.content).toString("latin1");
  const match = isUniversal(node, 23)
    ? /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text)
    : isUniversal(node, 24)
      ? /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.\d{1,9})?Z$/.exec(text)
      : fail("der.type-unexpected", "A time was expected.");
  if (match === null) return fail("der.value-invalid", "A time is not written as it must be.");
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const fullYear = node.tag === 24 ? year : year >= 50 ? 1900 + year : 2000 + year;
  const time = new Date(0);
  time.setUTCFullYear(fullYear, month - 1, day);
  time.setUTCHours(hour, minute, second, 0);
  if (
    month < 1 ||
    time.getUTCMonth() !== month - 1 ||
    time.getUTCDate() !== day ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  )
    fail("der.value-invalid", "A time does not exist.");
  return time.getTime();
}
