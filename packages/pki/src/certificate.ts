import { createPublicKey, type KeyObject } from "node:crypto";
import { type CertificateExtensions, type Extension, extensionsOf, readExtensions } from "./certificate-extensions.ts";
import {
  childrenOf,
  type DerNode,
  integerOf,
  isContext,
  isUniversal,
  octetsOf,
  readDer,
  smallIntegerOf,
  timeOf,
} from "./der.ts";
import { type DistinguishedName, nameOf } from "./distinguished-name.ts";
import { attempt, fail, type PkiOutcome, refuse, succeed, unwrap } from "./outcome.ts";

/** An X.509 certificate (RFC 5280, 4.1). Bytes are views of the input; times are milliseconds since 1970. */
export type Certificate = CertificateExtensions & {
  readonly raw: Uint8Array;
  /** The part that is signed, as it stands. */
  readonly tbs: Uint8Array;
  readonly version: 1 | 2 | 3;
  /** Two's complement, big-endian, as it stands. */
  readonly serial: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly spki: Uint8Array;
  /** The public key, or null when this runtime cannot read it. Parsed when first asked for. */
  readonly publicKey: () => KeyObject | null;
  /** The AlgorithmIdentifier of the signature. */
  readonly signatureAlgorithm: DerNode;
  readonly signature: Uint8Array;
  readonly extensions: readonly Extension[];
};

const maxCertificate = 256 * 1024;
const maxChain = 64;

/**
 * Reads one certificate, strictly DER. Codes: `der.*` for the encoding, `certificate.*` for what RFC 5280 forbids
 * (`too-large`, `version-invalid`, `algorithm-mismatch`, `extension-duplicate`, …).
 */
export function parseCertificate(der: Uint8Array): PkiOutcome<Certificate> {
  return attempt(() => {
    if (der.length > maxCertificate) fail("certificate.too-large", "The certificate is larger than 256 KiB.");
    const [tbs, signatureAlgorithm, signature, ...rest] = childrenOf(unwrap(readDer(der)));
    if (tbs === undefined || signatureAlgorithm === undefined || rest.length > 0)
      return fail("certificate.malformed", "A certificate has three parts.");
    return readTbs(der, tbs, signatureAlgorithm, octetsOf(signature));
  });
}

function readTbs(raw: Uint8Array, tbs: DerNode, signatureAlgorithm: DerNode, signature: Uint8Array): Certificate {
  const fields = [...childrenOf(tbs)];
  const versionField = isContext(fields[0], 0) ? fields.shift() : undefined;
  const version = versionField === undefined ? 1 : smallIntegerOf(versionField.children[0]) + 1;
  if (version !== 1 && version !== 2 && version !== 3)
    return fail("certificate.version-invalid", "The version is not 1, 2 or 3.");
  const [serial, innerAlgorithm, issuer, validity, subject, spki, ...optional] = fields;
  if (innerAlgorithm === undefined || Buffer.compare(innerAlgorithm.raw, signatureAlgorithm.raw) !== 0)
    fail(
      "certificate.algorithm-mismatch",
      "The two signature algorithms of the certificate differ (RFC 5280, 4.1.1.2).",
    );
  const [notBefore, notAfter] = childrenOf(validity);
  if (!isUniversal(spki, 16)) return fail("certificate.malformed", "The public key is missing.");
  const extensionField = optional.find((field) => isContext(field, 3));
  if (extensionField !== undefined && version !== 3)
    fail("certificate.version-invalid", "Only a certificate of version 3 has extensions.");
  const extensions = extensionField === undefined ? [] : extensionsOf(extensionField.children[0]);
  return {
    raw,
    tbs: tbs.raw,
    version,
    serial: integerOf(serial),
    issuer: nameOf(issuer),
    subject: nameOf(subject),
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    spki: spki.raw,
    publicKey: lazyPublicKey(spki.raw),
    signatureAlgorithm,
    signature,
    extensions,
    ...readExtensions(extensions),
  };
}

function lazyPublicKey(spki: Uint8Array): () => KeyObject | null {
  let key: KeyObject | null | undefined;
  return () => {
    if (key !== undefined) return key;
    try {
      key = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
    } catch {
      // A curve or algorithm this runtime does not have, or a malformed key.
      key = null;
    }
    return key;
  };
}

/**
 * The certificates of a PEM text, in its order; what stands between the blocks is ignored, other blocks too.
 * Codes: `pem.no-certificate`, `pem.too-many`, and those of `parseCertificate`.
 */
export function parsePemChain(text: string): PkiOutcome<Certificate[]> {
  const certificates: Certificate[] = [];
  for (const der of readPemBlocks(text, ["CERTIFICATE", "X509 CERTIFICATE"])) {
    if (certificates.length === maxChain) return refuse("pem.too-many", "The text holds more than 64 certificates.");
    const certificate = parseCertificate(der);
    if (!certificate.ok) return certificate;
    certificates.push(certificate.value);
  }
  return certificates.length === 0
    ? refuse("pem.no-certificate", "The text holds no certificate in PEM form.")
    : succeed(certificates);
}

/** The bodies of the PEM blocks (RFC 7468) with one of the labels. */
export function readPemBlocks(text: string, labels: readonly string[]): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  let label: string | null = null;
  let body: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const begin = /^-----BEGIN ([A-Z0-9 ]+)-----\s*$/.exec(line);
    if (begin !== null) {
      label = begin[1] ?? null;
      body = [];
    } else if (label !== null && line.startsWith(`-----END ${label}-----`)) {
      if (labels.includes(label)) blocks.push(Buffer.from(body.join(""), "base64"));
      label = null;
    } else if (label !== null) body.push(line);
  }
  return blocks;
}

export function encodePem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

/** Whether two certificates are the same, byte for byte. */
export function sameCertificate(left: Certificate, right: Certificate): boolean {
  return Buffer.compare(left.raw, right.raw) === 0;
}
