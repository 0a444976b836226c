import { constants, createPublicKey, publicDecrypt, type X509Certificate } from "node:crypto";
import type { PdfFile } from "../reader/pdf-file.ts";
import { findNameText, type PdfDictionary } from "../reader/pdf-value.ts";
import { octets, oidText, readAsn1 } from "./asn1-reader.ts";
import { type ByteRangeFinding, checkByteRange } from "./byte-range.ts";
import { type CmsFinding, parseX509, verifyCms } from "./cms-signature.ts";
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
export function listStoredCertificates(file: PdfFile): X509Certificate[] {
  const list = file.get(file.get(file.catalog(), "DSS"), "Certs");
  return (list?.kind === "array" ? list.items.slice(0, STORED_LIMIT) : []).flatMap((item) => {
    const stream = file.resolve(item);
    const der = stream?.kind === "stream" ? file.decodeStream(stream, file.lastRevision, 1 << 20) : null;
    const certificate = der === null ? null : parseX509(der);
    return certificate === null ? [] : [certificate];
  });
}

export function checkSeal(
  file: PdfFile,
  place: SealPlace,
  digest: RangeDigester,
  stored: readonly X509Certificate[],
): SealCheck {
  const revision = place.firstRevision;
  const subFilter = findNameText(file.get(place.signature, "SubFilter", revision));
  const type = findNameText(file.get(place.signature, "Type", revision));
  const isTimestamp = subFilter === "ETSI.RFC3161" || type === "DocTimeStamp";
  const bytes = checkByteRange(file, place.signature);
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

function undecided(outcome: CmsFinding["outcome"], code: string, detail = ""): CmsFinding {
  return {
    outcome,
    reasons: [{ code, detail }],
    certificate: null,
    certificates: [],
    digestAlgorithm: null,
    signatureAlgorithm: null,
    signingTime: null,
    hasSigningCertificate: false,
    timestamp: null,
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
  stored: readonly X509Certificate[],
): CmsFinding {
  const { range, contents } = bytes;
  if (range === null || contents === null) return undecided("broken", "seal.incomplete");
  const digestOf = (name: string): Uint8Array | null => digest(name, range);
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
  const certificates: X509Certificate[] = list.flatMap((item) => {
    const certificate = item?.kind === "string" ? parseX509(item.bytes) : null;
    return certificate === null ? [] : [certificate];
  });
  const [leaf] = certificates;
  const outer = readAsn1(contents);
  const sealed = octets(outer ?? undefined);
  if (leaf === undefined) return undecided("undecidable", "certificate.missing");
  if (sealed === null || outer === null || digest === null) return undecided("broken", "cms.malformed");
  const found = {
    ...undecided("broken", "digest.mismatch"),
    certificate: leaf,
    certificates,
    digestAlgorithm: "sha1",
    signatureAlgorithm: "rsa-sha1",
  };
  try {
    const info = readAsn1(
      publicDecrypt(
        {
          key: createPublicKey(leaf.publicKey.export({ type: "spki", format: "pem" })),
          padding: constants.RSA_PKCS1_PADDING,
        },
        sealed,
      ),
    );
    const named = octets(info?.children[1]);
    const isSame =
      oidText(info?.children[0]?.children[0]) === "1.3.14.3.2.26" &&
      named !== null &&
      Buffer.compare(named, digest) === 0;
    return isSame ? { ...found, outcome: "intact", reasons: [{ code: "algorithm.weak", detail: "SHA-1" }] } : found;
  } catch {
    return { ...found, reasons: [{ code: "signature.wrong", detail: "" }] };
  }
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
export function nameSigner(certificate: X509Certificate): SignerName {
  const parts = new Map<string, string>();
  const body = readAsn1(certificate.raw)?.children[0];
  const fields = body?.children[0]?.tag === 0xa0 ? body.children.slice(1) : (body?.children ?? []);
  for (const set of fields[4]?.children ?? []) {
    for (const pair of set.children) {
      const value = pair.children[1];
      if (value === undefined) continue;
      const bytes = Buffer.from(value.content);
      const text =
        value.tag === 30
          ? Buffer.from(bytes.subarray(0, bytes.length & ~1))
              .swap16()
              .toString("utf16le")
          : bytes.toString(value.tag === 12 ? "utf8" : "latin1");
      parts.set(oidText(pair.children[0]), text);
    }
  }
  const part = (oid: string): string | null => parts.get(oid) ?? null;
  return {
    commonName: part("2.5.4.3"),
    organisation: part("2.5.4.10"),
    organisationalUnit: part("2.5.4.11"),
    country: part("2.5.4.6"),
    serialNumber: part("2.5.4.5"),
  };
}

/** The reasons of a seal that broke by itself, the gravest first. */
export function ownReasons(check: SealCheck): Reason[] {
  return [...check.cms.reasons, ...check.bytes.reasons];
}
