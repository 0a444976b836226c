export {
  type Certificate,
  encodePem,
  parseCertificate,
  parsePemChain,
  readPemBlocks,
  sameCertificate,
} from "./certificate.ts";
export type { CertificateExtensions, Extension, KeyUsage, PolicyMapping } from "./certificate-extensions.ts";
export {
  type CertificateTrust,
  type PathOptions,
  type PathVerification,
  verifyCertificatePath,
} from "./certificate-path.ts";
export type { PolicyInputs } from "./certificate-policies.ts";
export { makeCertificateRequest, parseCertificateRequest } from "./certificate-request.ts";
export {
  type IssueOptions,
  type Issuer,
  issueDeviceCertificate,
  issueIntermediateCertificate,
  issueRevocationList,
  issueRootCertificate,
  issueSealCertificate,
  issueServerCertificate,
  type RevokedEntry,
  type SubjectName,
} from "./certification-authority.ts";
export {
  type CmsAttribute,
  findSignatureTimeStamp,
  findSigningTime,
  parseSignedData,
  type SignedData,
  type SignerIdentifier,
  type SignerInfo,
} from "./cms.ts";
export {
  assembleSignedData,
  buildSignedData,
  type CmsProfile,
  prepareCmsProfile,
  prepareSealAttributes,
  type SealAttributes,
} from "./cms-builder.ts";
export { type BitString, type DerNode, type DerOptions, readDer } from "./der.ts";
export * from "./der-writer.ts";
export {
  type DistinguishedName,
  describeName,
  findNameValue,
  type NameAttribute,
  sameName,
} from "./distinguished-name.ts";
export type { GeneralName } from "./general-name.ts";
export type { PkiError, PkiFinding, PkiOutcome } from "./outcome.ts";
export { hashPresenceChallenge, type PresenceSubject } from "./presence-challenge.ts";
export { parseRevocationList, type RevocationList } from "./revocation-list.ts";
export { createLocalSealSigner, type SealAlgorithm, type SealSigner, verifyOwnSignature } from "./seal-signer.ts";
export {
  computeDigest,
  type DigestName,
  nameSignatureAlgorithm,
  type SignatureAlgorithm,
  verifyRsaDigest,
} from "./signature-algorithm.ts";
export { loadSigningKey } from "./signing-key.ts";
export { parseTimeStampInfo, type TimeStampInfo, timeStampContent } from "./time-stamp.ts";
export { type SignerVerification, type VerifySignerOptions, verifySignerInfo } from "./verify-signer-info.ts";
