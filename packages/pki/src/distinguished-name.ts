import { childrenOf, type DerNode, oidOf } from "./der.ts";

export type NameAttribute = { readonly type: string; readonly value: string };

/** A distinguished name (RFC 5280, 4.1.2.4), its relative names in the order of the certificate. */
export type DistinguishedName = {
  readonly raw: Uint8Array;
  readonly relativeNames: readonly (readonly NameAttribute[])[];
  /** Equal for names that RFC 5280, 7.1 holds equal: case, white space and string type do not count. */
  readonly comparable: readonly string[];
};

const shortNames: Readonly<Record<string, string>> = {
  "2.5.4.3": "CN",
  "2.5.4.4": "SN",
  "2.5.4.5": "serialNumber",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.9": "street",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "2.5.4.12": "title",
  "2.5.4.42": "GN",
  "2.5.4.97": "organizationIdentifier",
  "0.9.2342.19200300.100.1.25": "DC",
  "0.9.2342.19200300.100.1.1": "UID",
  "1.2.840.113549.1.9.1": "emailAddress",
};

/** Reads a Name; throws only what `attempt` turns into a value. */
export function nameOf(node: DerNode | undefined): DistinguishedName {
  const relativeNames = childrenOf(node).map((set) =>
    childrenOf(set, 17).map((pair) => {
      const [type, value] = childrenOf(pair);
      return { type: oidOf(type), value: value === undefined ? "" : decodeText(value) };
    }),
  );
  const comparable = relativeNames.map((relative) =>
    relative
      .map(({ type, value }) => `${type}=${value.normalize("NFKC").toLowerCase().trim().replace(/\s+/g, " ")}`)
      .sort()
      .join("+"),
  );
  return { raw: node?.raw ?? new Uint8Array(), relativeNames, comparable };
}

/** The text of a DirectoryString or similar; a type without characters is shown as hexadecimal. */
export function decodeText(node: DerNode): string {
  const bytes = Buffer.from(node.content);
  if (node.tagClass !== "universal" || node.constructed) return `#${bytes.toString("hex")}`;
  switch (node.tag) {
    case 12:
      return bytes.toString("utf8");
    case 30:
      return bytes.length % 2 === 0 ? Buffer.from(bytes).swap16().toString("utf16le") : `#${bytes.toString("hex")}`;
    case 18:
    case 19:
    case 20:
    case 22:
    case 26:
      return bytes.toString("latin1");
    default:
      return `#${bytes.toString("hex")}`;
  }
}

export function sameName(left: DistinguishedName, right: DistinguishedName): boolean {
  return nameKey(left) === nameKey(right);
}

/** A string that is equal exactly for equal names, to look names up by. */
export function nameKey(name: DistinguishedName): string {
  return name.comparable.join("\u0000");
}

/** The first value of an attribute type, by short name (`CN`, `O`, `OU`) or dotted identifier. */
export function findNameValue(name: DistinguishedName, type: string): string | undefined {
  return name.relativeNames.flat().find((attribute) => attribute.type === type || shortNames[attribute.type] === type)
    ?.value;
}

/** One line for people, in the order of the certificate: `C=CN, O=…, CN=…`. Not a canonical form (never compare it). */
export function describeName(name: DistinguishedName): string {
  return name.relativeNames
    .map((relative) => relative.map(({ type, value }) => `${shortNames[type] ?? type}=${value}`).join("+"))
    .join(", ");
}
