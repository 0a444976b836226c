import type { KeyObject } from "node:crypto";
import { readPublicKey, readSignatureAlgorithm, type SignatureAlgorithm } from "./algorithm.ts";
import {
  bitsOf,
  type DerNode,
  isContext,
  isUniversal,
  octetsOf,
  oidOf,
  readDer,
  readDerPrefix,
  smallIntegerOf,
  tags,
  textOf,
  timeOf,
} from "./der.ts";
import { fail, type Outcome, succeed } from "./outcome.ts";

export interface NameAttribute {
  readonly oid: string;
  readonly value: string;
}
/** A distinguished name: its attributes in order, and the raw bytes by which names are compared. */
export interface DistinguishedName {
  readonly attributes: readonly NameAttribute[];
  readonly raw: Uint8Array;
}

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** An X.509 version 3 certificate (RFC 5280, 4.1). */
export interface Certificate {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  /** Big-endian, without leading zero. */
  readonly serial: Uint8Array;
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  /** The issuer's Name and the serial's INTEGER as they stand, for IssuerAndSerialNumber. */
  readonly serialRaw: Uint8Array;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly spki: Uint8Array;
  readonly signatureAlgorithm: SignatureAlgorithm | undefined;
  readonly signature: Uint8Array;
  readonly extensions: readonly Extension[];
  readonly basicConstraints: { readonly ca: boolean; readonly pathLength: number | null } | null;
  /** Bits as RFC 5280, 4.2.1.3 numbers them; null where the extension is absent. */
  readonly keyUsage: ReadonlySet<number> | null;
  readonly extendedKeyUsage: readonly string[] | null;
  readonly subjectKeyId: Uint8Array | null;
  readonly authorityKeyId: Uint8Array | null;
  /** Critical extensions this package does not process: a path with one is refused. */
  readonly unknownCritical: readonly string[];
  publicKey(): KeyObject | undefined;
}

export const keyUsageBits = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, crlSign: 6 } as const;
export const extensionOids = {
  subjectKeyId: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  crlNumber: "2.5.29.20",
  issuingDistributionPoint: "2.5.29.28",
  deltaCrl: "2.5.29.27",
  nameConstraints: "2.5.29.30",
  crlDistributionPoints: "2.5.29.31",
  certificatePolicies: "2.5.29.32",
  policyMappings: "2.5.29.33",
  authorityKeyId: "2.5.29.35",
  policyConstraints: "2.5.29.36",
  extendedKeyUsage: "2.5.29.37",
  inhibitAnyPolicy: "2.5.29.54",
} as const;
/** Policies restrict only those who ask for one; nobody does here, so these may be critical. */
const processed: readonly string[] = [
  extensionOids.subjectKeyId,
  extensionOids.keyUsage,
  extensionOids.subjectAltName,
  extensionOids.basicConstraints,
  extensionOids.authorityKeyId,
  extensionOids.extendedKeyUsage,
  extensionOids.crlDistributionPoints,
  extensionOids.certificatePolicies,
  extensionOids.policyMappings,
];

const malformed = (detail: string): Outcome<never, "certificate.malformed"> => fail("certificate.malformed", detail);

/** Reads a certificate. `ber` lets long lengths through, as some old signers wrote them. */
export function parseCertificate(
  der: Uint8Array,
  options: { ber?: boolean } = {},
): Outcome<Certificate, "certificate.malformed"> {
  const read = readDer(der, options);
  if (!read.ok) return malformed(read.detail);
  return fromNode(read.value);
}

/** Reads the certificate at the start of the bytes, whatever follows. */
export function parseCertificatePrefix(bytes: Uint8Array): Outcome<Certificate, "certificate.malformed"> {
  const read = readDerPrefix(bytes, { ber: true });
  return read.ok ? fromNode(read.value.node) : malformed(read.detail);
}

function fromNode(root: DerNode): Outcome<Certificate, "certificate.malformed"> {
  const [tbs, algorithm, signatureBits] = root.children;
  const signature = bitsOf(signatureBits);
  if (!isUniversal(root, tags.sequence) || root.children.length !== 3 || !isUniversal(tbs, tags.sequence) || !signature)
    return malformed("It is no certificate.");
  const parts = [...tbs.children];
  if (isContext(parts[0], 0)) parts.shift();
  const [serial, inner, issuer, validity, subject, spki, ...rest] = parts;
  if (
    !isUniversal(serial, tags.integer) ||
    serial.content.length === 0 ||
    serial.content.length > 40 ||
    !inner ||
    !algorithm ||
    !issuer ||
    !subject ||
    !isUniversal(spki, tags.sequence)
  )
    return malformed("Its parts are not those of a certificate.");
  if (Buffer.compare(inner.raw, algorithm.raw) !== 0) return malformed("It names two signature algorithms.");
  const notBefore = timeOf(validity?.children[0]);
  const notAfter = timeOf(validity?.children[1]);
  if (notBefore === undefined || notAfter === undefined) return malformed("Its validity is no pair of times.");
  const extensions = readExtensions(rest.find((part) => isContext(part, 3))?.children[0]);
  if (!extensions) return malformed("Its extensions are malformed.");
  const find = (oid: string): DerNode | undefined => {
    const value = extensions.find((extension) => extension.oid === oid)?.value;
    const node = value ? readDer(value, { ber: true }) : undefined;
    return node?.ok ? node.value : undefined;
  };
  const names = { subject: readName(subject), issuer: readName(issuer) };
  if (!names.subject || !names.issuer) return malformed("A name is malformed.");
  const constraints = find(extensionOids.basicConstraints);
  const usage = find(extensionOids.keyUsage);
  const authority = find(extensionOids.authorityKeyId)?.children.find((part) => isContext(part, 0));
  const spkiBytes = spki.raw;
  let key: KeyObject | undefined | null = null;
  return succeed({
    der: root.raw,
    tbs: tbs.raw,
    serial: trim(serial.content),
    serialRaw: serial.raw,
    subject: names.subject,
    issuer: names.issuer,
    notBefore,
    notAfter,
    spki: spkiBytes,
    signatureAlgorithm: readSignatureAlgorithm(algorithm),
    signature,
    extensions,
    basicConstraints: constraints ? readBasicConstraints(constraints) : null,
    keyUsage: usage ? readBits(usage) : null,
    extendedKeyUsage: find(extensionOids.extendedKeyUsage)?.children.map((child) => oidOf(child) ?? "") ?? null,
    subjectKeyId: octetsOf(find(extensionOids.subjectKeyId)) ?? null,
    authorityKeyId: authority?.content ?? null,
    unknownCritical: extensions
      .filter((extension) => extension.critical && !processed.includes(extension.oid))
      .map((extension) => extension.oid),
    publicKey: () => {
      if (key === null) key = readPublicKey(spkiBytes);
      return key;
    },
  });
}

const trim = (bytes: Uint8Array): Uint8Array => (bytes.length > 1 && bytes[0] === 0 ? bytes.subarray(1) : bytes);

export function readExtensions(list: DerNode | undefined): Extension[] | undefined {
  if (list === undefined) return [];
  const extensions: Extension[] = [];
  for (const item of list.children) {
    const oid = oidOf(item.children[0]);
    const value = octetsOf(item.children.at(-1));
    const flag = item.children[1];
    if (!oid || !value || extensions.some((one) => one.oid === oid)) return undefined;
    extensions.push({ oid, critical: isUniversal(flag, tags.boolean) && flag.content[0] !== 0, value });
  }
  return extensions;
}

function readBasicConstraints(node: DerNode): { ca: boolean; pathLength: number | null } {
  const flag = node.children[0];
  const length = node.children.find((child) => isUniversal(child, tags.integer));
  return { ca: isUniversal(flag, tags.boolean) && flag.content[0] !== 0, pathLength: smallIntegerOf(length) ?? null };
}

export function readBits(node: DerNode): ReadonlySet<number> {
  const bits = new Set<number>();
  for (const [at, byte] of node.content.subarray(1).entries())
    for (let bit = 0; bit < 8; bit += 1) if (byte & (0x80 >> bit)) bits.add(at * 8 + bit);
  return bits;
}

export function readName(node: DerNode): DistinguishedName | undefined {
  if (!isUniversal(node, tags.sequence)) return undefined;
  const attributes: NameAttribute[] = [];
  for (const set of node.children) {
    for (const pair of set.children) {
      const oid = oidOf(pair.children[0]);
      if (oid === undefined) return undefined;
      attributes.push({ oid, value: textOf(pair.children[1]) ?? "" });
    }
  }
  return { attributes, raw: node.raw };
}

/** The first value of an attribute: "2.5.4.3" common name, "2.5.4.10" organisation, "2.5.4.11" unit. */
export function findAttribute(name: DistinguishedName, oid: string): string | undefined {
  return name.attributes.find((attribute) => attribute.oid === oid)?.value;
}

/** The name as people read it: `CN=…, OU=…, O=…`. */
export function formatName(name: DistinguishedName): string {
  const labels: Record<string, string> = {
    "2.5.4.3": "CN",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.5": "serialNumber",
    "1.2.840.113549.1.9.1": "E",
  };
  return name.attributes.map(({ oid, value }) => `${labels[oid] ?? oid}=${value}`).join(", ");
}

/** Names are equal when their bytes are, or when they differ only in string type, case and inner spaces (RFC 5280, 7.1). */
export function sameName(a: DistinguishedName, b: DistinguishedName): boolean {
  if (Buffer.compare(a.raw, b.raw) === 0) return true;
  const fold = (text: string): string => text.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
  return (
    a.attributes.length === b.attributes.length &&
    a.attributes.every(
      (one, at) => one.oid === b.attributes[at]?.oid && fold(one.value) === fold(b.attributes[at]?.value ?? ""),
    )
  );
}

/** Certificates of a PEM text, in order; other blocks (keys) are passed over. */
export function parsePemChain(text: string): Outcome<Certificate[], "certificate.malformed"> {
  const chain: Certificate[] = [];
  for (const match of text.matchAll(/-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END/g)) {
    const parsed = parseCertificate(new Uint8Array(Buffer.from(match[1] ?? "", "base64")));
    if (!parsed.ok) return parsed;
    chain.push(parsed.value);
  }
  return chain.length > 0 ? succeed(chain) : malformed("The text holds no certificate.");
}

/** PEM text of DER bytes. */
export function encodePem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
