import { type Certificate, findNameValue, parseCertificate, readDer, verifyRsaDigest } from "@chancery/pki";
import type { PdfFile } from "../reader/pdf-file.ts";
import { findNameText, type PdfDictionary } from "../reader/pdf-value.ts";
import { type ByteRangeFinding, checkByteRange } from "./byte-range.ts";
import { type CmsFinding, type DigestOf, undecided, verifyCms } from "./cms-signature.ts";
import type { RangeDigester } from "./sealed-digest.ts";
import { readTextString, type SealPlace } from "./signature-fields.ts";
import type { Reason, SignerName } from "./verification.ts";

const STORED_LIMIT = 500;

/** One seal by itself: its bytes and its signature, not yet what came after it. */
export type SealCheck = {
  readonly place: SealPlace;
  readonly subFilter: string | null;
  readonly isTimestamp: boolean;
  readonly bytes: ByteRangeFinding;
  readonly cms: CmsFinding;
  /** Milliseconds; /M as the signer wrote it. */
  readonly claimedAt: number | null;
};

/** The certificates in the document security store (ISO 32000-2, 12.8.4.3): tokens may leave theirs to it. */
export function listStoredCertificates(file: PdfFile): Certificate[] {
  const list = file.get(file.get(file.catalog(), "DSS"), "Certs");
  const items = list?.kind === "array" ? list.items : [];
  // The same stream many times over would be read as often.
  const streams = new Set(items.slice(0, STORED_LIMIT).map((item) => file.resolve(item)));
  return [...streams].flatMap((stream) => {
    const der = stream?.kind === "stream" ? file.decodeStream(stream, file.lastRevision, 1 << 20) : null;
    return der === null ? [] : parseOne(der);
  });
}

export function checkSeal(
  file: PdfFile,
  place: SealPlace,
  digest: RangeDigester,
  stored: readonly Certificate[],
): SealCheck {
  const revision = place.firstRevision;
  const subFilter = findNameText(file.get(place.signature, "SubFilter", revision));
  const type = findNameText(file.get(place.signature, "Type", revision));
  const isTimestamp = subFilter === "ETSI.RFC3161" || type === "DocTimeStamp";
  const bytes = checkByteRange(file, place.signature, revision);
  const made = file.get(place.signature, "M", revision);
  const claimedAt = made?.kind === "string" ? readDate(readTextString(made.bytes)) : null;
  return {
    place,
    subFilter,
    isTimestamp,
    bytes,
    cms: checkValue(file, place.signature, subFilter, bytes, digest, revision, stored),
    claimedAt,
  };
}

/** By /SubFilter (ISO 32000-2, table 260; the two oldest kinds are those of ISO 32000-1, 12.8.3). */
function checkValue(
  file: PdfFile,
  signature: PdfDictionary,
  subFilter: string | null,
  bytes: ByteRangeFinding,
  digest: RangeDigester,
  revision: number,
  stored: readonly Certificate[],
): CmsFinding {
  const { range, contents } = bytes;
  if (range === null || contents === null) return undecided("broken", "seal.incomplete");
  const digestOf: DigestOf = (name) => digest(name, range);
  switch (subFilter) {
    case "ETSI.CAdES.detached":
    case "adbe.pkcs7.detached":
      return verifyCms(contents, "detached", digestOf, stored);
    case "adbe.pkcs7.sha1":
      return verifyCms(contents, "sha1-content", digestOf, stored);
    case "ETSI.RFC3161":
      return verifyCms(contents, "time-stamp", digestOf, stored);
    case "adbe.x509.rsa_sha1":
      return checkRsaSha1(file, signature, contents, digestOf("sha1"), revision);
    default:
      return undecided("undecidable", "seal.kind-unknown", subFilter ?? "");
  }
}

/** adbe.x509.rsa_sha1: /Contents is an OCTET STRING with the RSA signature, /Cert the certificates. */
function checkRsaSha1(
  file: PdfFile,
  signature: PdfDictionary,
  contents: Uint8Array,
  digest: Uint8Array | null,
  revision: number,
): CmsFinding {
  const value = file.get(signature, "Cert", revision);
  const list = value?.kind === "array" ? value.items.map((item) => file.resolve(item, revision)) : [value];
  const certificates = list.flatMap((item) => (item?.kind === "string" ? parseOne(item.bytes) : []));
  const [leaf] = certificates;
  const outer = readDer(contents, { rules: "ber", trailing: "zeros" });
  const isOctets =
    outer.ok && outer.value.tagClass === "universal" && outer.value.tag === 4 && !outer.value.constructed;
  if (leaf === undefined) return undecided("undecidable", "certificate.missing");
  if (!isOctets || digest === null) return undecided("broken", "cms.malformed");
  const key = leaf.publicKey();
  const found = { certificate: leaf, certificates, digestAlgorithm: "sha1", signatureAlgorithm: "rsa-pkcs1-sha1" };
  if (key === null) return { ...undecided("undecidable", "algorithm.unsupported"), ...found };
  return verifyRsaDigest(key, "sha1", digest, outer.value.content)
    ? { ...undecided("intact", "algorithm.weak", "SHA-1"), ...found }
    : { ...undecided("broken", "signature.wrong"), ...found };
}

function parseOne(der: Uint8Array): Certificate[] {
  const parsed = parseCertificate(der);
  return parsed.ok ? [parsed.value] : [];
}

/** A PDF date (ISO 32000-2, 7.9.4) in milliseconds, or null. */
function readDate(text: string): number | null {
  const match = /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([Z+-])(?:(\d\d)'?(?:(\d\d)'?)?)?)?/.exec(text);
  if (match === null) return null;
  const [
    ,
    year,
    month = "01",
    day = "01",
    hour = "00",
    minute = "00",
    second = "00",
    sign,
    zoneHour = "00",
    zoneMinute = "00",
  ] = match;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const shift = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000;
  return Number.isNaN(at) ? null : sign === "+" ? at - shift : sign === "-" ? at + shift : at;
}

/** The subject's parts that people ask for. */
export function nameSigner({ subject }: Certificate): SignerName {
  const part = (type: string): string | null => findNameValue(subject, type) ?? null;
  return {
    commonName: part("CN"),
    organisation: part("O"),
    organisationalUnit: part("OU"),
    country: part("C"),
    serialNumber: part("serialNumber"),
  };
}

/** The reasons of a seal that broke by itself, the gravest first. */
export function ownReasons(check: SealCheck): Reason[] {
  return [...check.cms.reasons, ...check.bytes.reasons];
}
