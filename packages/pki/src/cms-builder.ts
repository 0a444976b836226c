import { type Certificate, parseCertificate } from "./certificate.ts";
import {
  derContext,
  derElement,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derSet,
} from "./der-writer.ts";
import { type PkiOutcome, refuse, succeed } from "./outcome.ts";
import { digestForSeal, type SealAlgorithm, type SealSigner, verifyOwnSignature } from "./seal-signer.ts";

/** What of a CMS depends on the certificates alone, made once for each signer. */
export type CmsProfile = {
  readonly algorithm: SealAlgorithm;
  readonly certificate: Certificate;
  /** The longest CMS this profile makes, in bytes: the size of a placeholder. */
  readonly maximumLength: number;
  /** The signed attributes as a SET, with 32 zero bytes where the digest of the content goes. */
  readonly attributes: Uint8Array;
  readonly digestOffset: number;
  /** version, digestAlgorithms, encapContentInfo, certificates. */
  readonly head: Uint8Array;
  /** version, sid, digestAlgorithm of the SignerInfo. */
  readonly signerHead: Uint8Array;
  readonly signatureAlgorithm: Uint8Array;
};

/** The signed attributes of one seal: what the signer signs, and its SHA-256. Deterministic. */
export type SealAttributes = { readonly tbs: Uint8Array; readonly digest: Uint8Array };

const sha256 = "2.16.840.1.101.3.4.2.1";
const idData = "1.2.840.113549.1.7.1";

/**
 * Prepares a signer's CMS (RFC 5652) for PAdES baseline B-B (ETSI EN 319 142-1, 6.3): attributes content-type,
 * message-digest and signing-certificate-v2 (RFC 5035), in DER order, no signing-time (the PDF's /M says it).
 * Codes: `signer.chain-empty` and those of `parseCertificate`.
 */
export function prepareCmsProfile(signer: Pick<SealSigner, "chain" | "algorithm">): PkiOutcome<CmsProfile> {
  const [first] = signer.chain;
  if (first === undefined) return refuse("signer.chain-empty", "The signer has no certificate.");
  const parsed = parseCertificate(first);
  if (!parsed.ok) return parsed;
  const certificate = parsed.value;
  const serial = derElement(0x02, certificate.serial);
  const digestAlgorithm = derSequence(derOid(sha256));
  const attribute = (oid: string, value: Uint8Array): Uint8Array => derSequence(derOid(oid), derSet(value));
  const messageDigest = attribute("1.2.840.113549.1.9.4", derOctetString(new Uint8Array(32)));
  // ESSCertIDv2 with the default digest, SHA-256, which DER leaves out (RFC 5035, 4).
  const issuerSerial = derSequence(derSequence(derContext(4, certificate.issuer.raw)), serial);
  const certificateId = derSequence(derOctetString(digestForSeal(certificate.raw)), issuerSerial);
  const attributes = derSet(
    attribute("1.2.840.113549.1.9.3", derOid(idData)),
    messageDigest,
    attribute("1.2.840.113549.1.9.16.2.47", derSequence(derSequence(certificateId))),
  );
  const digestOffset = Buffer.from(attributes).indexOf(messageDigest) + messageDigest.length - 32;
  const head = Buffer.concat([
    derInteger(1),
    derSet(digestAlgorithm),
    derSequence(derOid(idData)),
    derContext(0, ...signer.chain),
  ]);
  const signerHead = Buffer.concat([derInteger(1), derSequence(certificate.issuer.raw, serial), digestAlgorithm]);
  const ecdsa = signer.algorithm === "ecdsa-p256-sha256";
  const signatureAlgorithm = ecdsa
    ? derSequence(derOid("1.2.840.10045.4.3.2"))
    : derSequence(derOid("1.2.840.113549.1.1.1"), derNull());
  const modulus = certificate.publicKey()?.asymmetricKeyDetails?.modulusLength ?? 4096;
  const parts = {
    algorithm: signer.algorithm,
    certificate,
    attributes,
    digestOffset,
    head,
    signerHead,
    signatureAlgorithm,
  };
  const longest = new Uint8Array(ecdsa ? 72 : Math.ceil(modulus / 8));
  return succeed({ ...parts, maximumLength: encodeSignedData(parts, attributes, longest).length });
}

/** The signed attributes for content whose SHA-256 is `contentDigest`. */
export function prepareSealAttributes(profile: CmsProfile, contentDigest: Uint8Array): SealAttributes {
  if (contentDigest.length !== 32) throw new RangeError("The digest of the content is not 32 bytes long.");
  const tbs = Uint8Array.from(profile.attributes);
  tbs.set(contentDigest, profile.digestOffset);
  return { tbs, digest: digestForSeal(tbs) };
}

/**
 * Puts attributes and signature together, after the signature has been checked with the certificate. Deterministic, so
 * that a stored signature gives equal bytes again. Code: `signer.signature-invalid`.
 */
export function assembleSignedData(
  profile: CmsProfile,
  attributes: SealAttributes,
  signature: Uint8Array,
): PkiOutcome<Uint8Array> {
  const verdict = verifyOwnSignature(profile, attributes.tbs, signature);
  return verdict.ok ? succeed(encodeSignedData(profile, attributes.tbs, signature)) : verdict;
}

type Encodable = Pick<CmsProfile, "head" | "signerHead" | "signatureAlgorithm">;

function encodeSignedData(profile: Encodable, attributes: Uint8Array, signature: Uint8Array): Uint8Array {
  const implicit = Uint8Array.from(attributes);
  implicit[0] = 0xa0;
  const signerInfo = derSequence(profile.signerHead, implicit, profile.signatureAlgorithm, derOctetString(signature));
  const signedData = derSequence(profile.head, derElement(0x31, signerInfo));
  return derSequence(derOid("1.2.840.113549.1.7.2"), derContext(0, signedData));
}

/**
 * A detached CMS over content with the given SHA-256, in one step. Codes as the steps; a signer that throws is broken
 * infrastructure and its error passes.
 */
export async function buildSignedData(options: {
  readonly signer: SealSigner;
  readonly contentDigest: Uint8Array;
  readonly profile?: CmsProfile;
}): Promise<PkiOutcome<Uint8Array>> {
  const prepared = options.profile === undefined ? prepareCmsProfile(options.signer) : succeed(options.profile);
  if (!prepared.ok) return prepared;
  const attributes = prepareSealAttributes(prepared.value, options.contentDigest);
  const signature = await options.signer.signAttributes(attributes.tbs, attributes.digest);
  return assembleSignedData(prepared.value, attributes, signature);
}
