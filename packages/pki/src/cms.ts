import { type Certificate, parseCertificate } from "./certificate.ts";
import {
  childrenOf,
  type DerNode,
  integerOf,
  isContext,
  isUniversal,
  joinOctets,
  octetStringOf,
  oidOf,
  readDer,
  smallIntegerOf,
  timeOf,
} from "./der.ts";
import { type DistinguishedName, nameOf } from "./distinguished-name.ts";
import { attempt, fail, type PkiOutcome, unwrap } from "./outcome.ts";
import { type DigestName, digestOf } from "./signature-algorithm.ts";

export type CmsAttribute = { readonly oid: string; readonly values: readonly DerNode[] };

/** Which certificate a signer names (RFC 5652, 5.3). */
export type SignerIdentifier =
  | { readonly kind: "issuer-serial"; readonly issuer: DistinguishedName; readonly serial: Uint8Array }
  | { readonly kind: "key-id"; readonly keyId: Uint8Array };

export type SignerInfo = {
  readonly identifier: SignerIdentifier;
  readonly digestAlgorithm: DerNode;
  readonly signatureAlgorithm: DerNode;
  readonly signature: Uint8Array;
  /** Null when the signer signed the content itself. */
  readonly signedAttributes: readonly CmsAttribute[] | null;
  /** The `[0]` element of the signed attributes as it stands. */
  readonly signedAttributesNode: DerNode | null;
  readonly unsignedAttributes: readonly CmsAttribute[];
};

/** CMS SignedData (RFC 5652, 5.1). */
export type SignedData = {
  /** Length of the CMS in the bytes given; what follows was allowed by the caller. */
  readonly length: number;
  readonly contentType: string;
  /** The digests the CMS lists for its signers, as far as they are known here. */
  readonly digestAlgorithms: readonly DigestName[];
  /** The content inside, or null when it is detached. */
  readonly content: Uint8Array | null;
  readonly certificates: readonly Certificate[];
  /** Certificates that stand in the CMS but could not be read. */
  readonly unreadableCertificates: number;
  /** DER of the revocation lists inside. */
  readonly crls: readonly Uint8Array[];
  readonly signers: readonly SignerInfo[];
};

const maxSigners = 16;
const maxCertificates = 256;

/**
 * Reads a CMS ContentInfo with SignedData. BER is taken, because signed PDFs hold it; what is hashed later keeps its bytes.
 * `trailing`: "zeros" for the padded /Contents of a PDF. Codes: `der.*`, `cms.not-signed-data`, `cms.malformed`,
 * `cms.no-signer`, `cms.too-many`.
 */
export function parseSignedData(
  bytes: Uint8Array,
  options: { readonly trailing?: "none" | "zeros" } = {},
): PkiOutcome<SignedData> {
  return attempt(() => {
    const root = unwrap(readDer(bytes, { rules: "ber", trailing: options.trailing ?? "none" }));
    const [type, wrapper, ...beside] = childrenOf(root);
    if (oidOf(type) !== "1.2.840.113549.1.7.2" || !isContext(wrapper, 0) || beside.length > 0)
      return fail("cms.not-signed-data", "The CMS holds no SignedData.");
    const [version, listedDigests, encapsulated, ...rest] = childrenOf(wrapper.children[0]);
    if (smallIntegerOf(version) > 5) fail("cms.malformed", "The version of the CMS is not known.");
    const digestAlgorithms = childrenOf(listedDigests, 17).flatMap((node) => {
      const digest = attempt(() => digestOf(node));
      return digest.ok ? [digest.value] : [];
    });
    const [contentType, contentWrapper, ...more] = childrenOf(encapsulated);
    if (more.length > 0 || (contentWrapper !== undefined && !isContext(contentWrapper, 0)))
      fail("cms.malformed", "The content is malformed.");
    const signerSet = rest.at(-1);
    const isFramed = rest.slice(0, -1).every((node) => isContext(node, 0) || isContext(node, 1));
    if (!isFramed) fail("cms.malformed", "Something unknown stands beside the certificates.");
    const signers = childrenOf(signerSet, 17);
    if (signers.length === 0) fail("cms.no-signer", "The CMS has no signer.");
    if (signers.length > maxSigners) fail("cms.too-many", "The CMS has too many signers.");
    const listed = rest.filter((node) => isContext(node, 0)).flatMap((node) => node.children);
    if (listed.length > maxCertificates) fail("cms.too-many", "The CMS has too many certificates.");
    const certificates = listed.flatMap((node) => {
      const parsed = parseCertificate(node.raw);
      return parsed.ok ? [parsed.value] : [];
    });
    return {
      length: root.raw.length,
      contentType: oidOf(contentType),
      digestAlgorithms,
      content: contentWrapper === undefined ? null : contentOf(contentWrapper),
      certificates,
      unreadableCertificates: listed.length - certificates.length,
      crls: rest
        .filter((node) => isContext(node, 1))
        .flatMap((node) => node.children.filter((crl) => isUniversal(crl, 16)).map((crl) => crl.raw)),
      signers: signers.map(readSigner),
    };
  });
}

/** The octets of the content; PKCS #7 allowed other types than OCTET STRING, whose content octets then count (RFC 5652, 5.2.1). */
function contentOf(wrapper: DerNode): Uint8Array {
  const [inner] = wrapper.children;
  if (inner === undefined) return fail("cms.malformed", "The content is empty.");
  return isUniversal(inner, 4) ? joinOctets(inner) : inner.content;
}

function readSigner(node: DerNode): SignerInfo {
  const [version, sid, digestAlgorithm, ...rest] = childrenOf(node);
  if (sid === undefined || !isUniversal(digestAlgorithm, 16)) return fail("cms.malformed", "A signer is incomplete.");
  // RFC 5652, 5.3: version 1 names the certificate by issuer and serial number, 3 by key identifier.
  if (smallIntegerOf(version) !== (isContext(sid, 0) ? 3 : 1)) fail("cms.malformed", "A signer's version is wrong.");
  const signedNode = isContext(rest[0], 0) ? (rest.shift() ?? null) : null;
  const [signatureAlgorithm, signature, unsignedNode, ...more] = rest;
  if (!isUniversal(signatureAlgorithm, 16) || more.length > 0) return fail("cms.malformed", "A signer is incomplete.");
  if (unsignedNode !== undefined && !isContext(unsignedNode, 1)) fail("cms.malformed", "A signer has an unknown part.");
  return {
    identifier: readIdentifier(sid),
    digestAlgorithm,
    signatureAlgorithm,
    signature: octetStringOf(signature),
    signedAttributes: signedNode === null ? null : readAttributes(signedNode),
    signedAttributesNode: signedNode,
    unsignedAttributes: unsignedNode === undefined ? [] : readAttributes(unsignedNode),
  };
}

function readIdentifier(node: DerNode): SignerIdentifier {
  if (isContext(node, 0)) return { kind: "key-id", keyId: joinOctets(node) };
  const [issuer, serial] = childrenOf(node);
  return { kind: "issuer-serial", issuer: nameOf(issuer), serial: integerOf(serial) };
}

function readAttributes(node: DerNode): CmsAttribute[] {
  return node.children.map((attribute) => {
    const [type, values] = childrenOf(attribute);
    return { oid: oidOf(type), values: childrenOf(values, 17) };
  });
}

/** The claimed signing-time attribute in milliseconds since 1970, or undefined. */
export function findSigningTime(signer: SignerInfo): number | undefined {
  const value = signer.signedAttributes?.find((attribute) => attribute.oid === "1.2.840.113549.1.9.5")?.values[0];
  const time = attempt(() => timeOf(value));
  return time.ok ? time.value : undefined;
}

/** The RFC 3161 token over the signature (id-aa-signatureTimeStampToken), as it stands, or undefined. */
export function findSignatureTimeStamp(signer: SignerInfo): Uint8Array | undefined {
  return signer.unsignedAttributes.find((attribute) => attribute.oid === "1.2.840.113549.1.9.16.2.14")?.values[0]?.raw;
}
