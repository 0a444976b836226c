/** One element of BER as signed PDFs carry it; `raw` and `content` are views of the input. */
export type Asn1 = {
  /** The identifier octet: class, constructed bit and number. */
  readonly tag: number;
  readonly raw: Uint8Array;
  readonly content: Uint8Array;
  readonly children: readonly Asn1[];
  readonly isIndefinite: boolean;
};

const DEPTH_LIMIT = 40;
const NODE_LIMIT = 200_000;

/**
 * Reads the first element (ITU-T X.690, 8); indefinite lengths are taken because CMS in PDFs uses them. Null where the
 * bytes are no such element. What follows it is the caller's to judge.
 */
export function readAsn1(bytes: Uint8Array): Asn1 | null {
  let nodes = 0;
  const read = (start: number, end: number, depth: number): Asn1 | null => {
    if (depth > DEPTH_LIMIT || ++nodes > NODE_LIMIT || start + 2 > end) return null;
    const tag = bytes[start] ?? 0;
    if ((tag & 31) === 31) return null;
    let at = start + 1;
    let length = bytes[at++] ?? 0;
    const isIndefinite = length === 0x80;
    if (length > 0x84) return null;
    if (length > 0x80) {
      const count = length & 0x7f;
      length = 0;
      for (let i = 0; i < count; i++) length = length * 256 + (bytes[at++] ?? 0);
    }
    if (isIndefinite ? (tag & 32) === 0 : at + length > end) return null;
    const children: Asn1[] = [];
    let position = at;
    if ((tag & 32) !== 0) {
      const stop = isIndefinite ? end : at + length;
      for (;;) {
        if (!isIndefinite && position === stop) break;
        if (isIndefinite && bytes[position] === 0 && bytes[position + 1] === 0 && position + 2 <= end) break;
        const child = read(position, stop, depth + 1);
        if (child === null) return null;
        children.push(child);
        position += child.raw.length;
      }
    } else position = at + length;
    const content = bytes.subarray(at, position);
    const close = isIndefinite ? position + 2 : position;
    return { tag, raw: bytes.subarray(start, close), content, children, isIndefinite };
  };
  return read(0, bytes.length, 0);
}

/** An object identifier in dots; empty where the element is none. */
export function oidText(node: Asn1 | undefined): string {
  if (node?.tag !== 6) return "";
  const arcs: number[] = [];
  let value = 0;
  for (const byte of node.content) {
    value = value * 128 + (byte & 127);
    if ((byte & 128) !== 0) continue;
    if (arcs.length === 0) {
      const first = Math.min(2, Math.floor(value / 40));
      arcs.push(first, value - first * 40);
    } else arcs.push(value);
    value = 0;
  }
  return arcs.join(".");
}

/** An OCTET STRING's bytes, constructed ones (BER) joined; null where the element is none. */
export function octets(node: Asn1 | undefined): Uint8Array | null {
  if (node === undefined) return null;
  if (node.tag === 4) return node.content;
  if (node.tag !== 0x24) return null;
  const parts = node.children.map((child) => octets(child));
  return parts.some((part) => part === null)
    ? null
    : Buffer.concat(parts.flatMap((part) => (part === null ? [] : [part])));
}

/** UTCTime or GeneralizedTime in milliseconds since 1970 (RFC 5280, 4.1.2.5; RFC 3161 adds fractions); else null. */
export function timeOf(node: Asn1 | undefined): number | null {
  if (node?.tag !== 23 && node?.tag !== 24) return null;
  const text = Buffer.from(node.content).toString("latin1");
  const match = /^(\d{2,4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:[.,](\d+))?Z$/.exec(text);
  if (match === null) return null;
  const [, year = "", month = "", day = "", hour = "", minute = "", second = "00", fraction = ""] = match;
  const full = node.tag === 24 ? year : `${Number(year) >= 50 ? "19" : "20"}${year}`;
  if (full.length !== 4) return null;
  const at = Date.parse(`${full}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, "0").slice(0, 3)}Z`);
  return Number.isNaN(at) ? null : at;
}
