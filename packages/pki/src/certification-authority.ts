import { createHash, createPublicKey, type KeyObject, sign } from "node:crypto";
import { isIP } from "node:net";
import { type Certificate, parseCertificate } from "./certificate.ts";
import {
  derBitString,
  derBoolean,
  derContext,
  derContextPrimitive,
  derElement,
  derIa5,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derPrintable,
  derSequence,
  derSet,
  derTime,
  derUtf8,
} from "./der-writer.ts";
import { attempt, fail, type PkiOutcome, unwrap } from "./outcome.ts";

/** What a subject is called; written in the order C, O, OU, serialNumber, CN, as UTF8String (RFC 5280, 4.1.2.4). */
export type SubjectName = {
  /** ISO 3166 code of two letters. */
  readonly country?: string;
  readonly organisation?: string;
  readonly unit?: string;
  readonly serialNumber?: string;
  readonly commonName: string;
};

/** What every certificate needs; random bytes and time come from the caller. */
export type IssueOptions = {
  readonly subject: SubjectName;
  /** 16 to 20 random bytes (RFC 5280, 4.1.2.2: at most 20); the top bit is cleared, so that the serial is positive. */
  readonly serial: Uint8Array;
  /** Milliseconds since 1970, whole seconds count. */
  readonly notBefore: number;
  readonly notAfter: number;
};

/** Who issues: the certificate and its private key. */
export type Issuer = { readonly certificate: Certificate; readonly key: KeyObject };

/**
 * A self-signed root. `key` is the private key of the root itself. Codes of all issue functions: `authority.serial-invalid`,
 * `authority.validity-invalid`, `authority.subject-invalid`, `authority.key-unsupported`, `authority.key-mismatch`.
 */
export function issueRootCertificate(options: IssueOptions & { readonly key: KeyObject }): PkiOutcome<Certificate> {
  return attempt(() => {
    const publicKey = createPublicKey(options.key);
    return writeCertificate(options, {
      publicKey,
      signingKey: options.key,
      issuer: null,
      extensions: authorityExtensions(null),
    });
  });
}

/** An issuing authority below `issuer`; `pathLength` 0 (the default) lets it issue no further authority. */
export function issueIntermediateCertificate(
  options: IssueOptions & {
    readonly publicKey: KeyObject;
    readonly issuer: Issuer;
    readonly pathLength?: number;
    readonly crlAddress?: string;
  },
): PkiOutcome<Certificate> {
  return attempt(() => {
    const extensions = [...authorityExtensions(options.pathLength ?? 0), ...crlAddress(options.crlAddress)];
    return writeCertificate(options, {
      publicKey: options.publicKey,
      signingKey: options.issuer.key,
      issuer: options.issuer.certificate,
      extensions,
    });
  });
}

/** A seal's certificate: keyUsage digitalSignature and nonRepudiation, no authority. */
export function issueSealCertificate(
  options: IssueOptions & { readonly publicKey: KeyObject; readonly issuer: Issuer; readonly crlAddress?: string },
): PkiOutcome<Certificate> {
  return attempt(() => {
    const extensions = [
      extension("2.5.29.19", true, derSequence()),
      extension("2.5.29.15", true, derBitString(Uint8Array.of(0xc0), 6)),
      ...crlAddress(options.crlAddress),
    ];
    return writeCertificate(options, {
      publicKey: options.publicKey,
      signingKey: options.issuer.key,
      issuer: options.issuer.certificate,
      extensions,
    });
  });
}

/** Key usage digitalSignature alone, and what the key is for (RFC 5280, 4.2.1.12). */
const ofMachine = (purpose: string): Uint8Array[] => [
  extension("2.5.29.19", true, derSequence()),
  extension("2.5.29.15", true, derBitString(Uint8Array.of(0x80), 7)),
  extension("2.5.29.37", false, derSequence(derOid(purpose))),
];

/** A device's certificate, by which it is let in as a client of TLS. */
export function issueDeviceCertificate(
  options: IssueOptions & { readonly publicKey: KeyObject; readonly issuer: Issuer; readonly crlAddress?: string },
): PkiOutcome<Certificate> {
  return attempt(() =>
    writeCertificate(options, {
      publicKey: options.publicKey,
      signingKey: options.issuer.key,
      issuer: options.issuer.certificate,
      extensions: [...ofMachine("1.3.6.1.5.5.7.3.2"), ...crlAddress(options.crlAddress)],
    }),
  );
}

/** The certificate of a server that devices call by these names and addresses. */
export function issueServerCertificate(
  options: IssueOptions & {
    readonly publicKey: KeyObject;
    readonly issuer: Issuer;
    readonly names: readonly string[];
  },
): PkiOutcome<Certificate> {
  return attempt(() =>
    writeCertificate(options, {
      publicKey: options.publicKey,
      signingKey: options.issuer.key,
      issuer: options.issuer.certificate,
      extensions: [
        ...ofMachine("1.3.6.1.5.5.7.3.1"),
        extension("2.5.29.17", false, derSequence(...options.names.map(alternativeName))),
      ],
    }),
  );
}

/** A DNS name [2], or an address [7] as its octets. */
function alternativeName(name: string): Uint8Array {
  const octets = addressOctets(name);
  if (octets !== null) return derContextPrimitive(7, octets);
  const text = derIa5(name);
  return derContextPrimitive(2, text.subarray(text.length - name.length));
}

function addressOctets(name: string): Uint8Array | null {
  if (isIP(name) === 4) return Uint8Array.from(name.split("."), Number);
  if (isIP(name) !== 6) return null;
  // The address as URL writes it: lower case, the longest run of zeros left out.
  const [head = "", tail] = new URL(`http://[${name}]`).hostname.slice(1, -1).split("::");
  const groups = (text: string | undefined): number[] =>
    text === undefined || text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
  const [first, last] = [groups(head), groups(tail)];
  const all = [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 255]));
}

const reasons = {
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  privilegeWithdrawn: 9,
} as const;

export type RevokedEntry = {
  /** As `Certificate.serial`. */
  readonly serial: Uint8Array;
  readonly revokedAt: number;
  readonly reason?: keyof typeof reasons;
};

/** A full revocation list, version 2 (RFC 5280, 5), DER. `number` grows with each list of the issuer. */
export function issueRevocationList(options: {
  readonly issuer: Issuer;
  readonly number: number;
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  readonly revoked: readonly RevokedEntry[];
}): PkiOutcome<Uint8Array> {
  return attempt(() => {
    const { issuer } = options;
    requireOwnKey(issuer);
    if (!(options.nextUpdate > options.thisUpdate))
      fail("authority.validity-invalid", "The list would end before it begins.");
    const entries = options.revoked.map((entry) => {
      const reason = entry.reason;
      const details =
        reason === undefined
          ? []
          : [derSequence(extension("2.5.29.21", false, derElement(0x0a, Uint8Array.of(reasons[reason]))))];
      return derSequence(derElement(0x02, entry.serial), derTime(entry.revokedAt), ...details);
    });
    const { identifier, digest } = algorithmOf(issuer.key);
    const extensions = derSequence(
      authorityKeyId(issuer.certificate),
      extension("2.5.29.20", false, derInteger(options.number)),
    );
    const tbs = derSequence(
      derInteger(1),
      identifier,
      issuer.certificate.subject.raw,
      derTime(options.thisUpdate),
      derTime(options.nextUpdate),
      ...(entries.length === 0 ? [] : [derSequence(...entries)]),
      derContext(0, extensions),
    );
    return derSequence(tbs, identifier, derBitString(sign(digest, tbs, issuer.key)));
  });
}

type Parts = {
  readonly publicKey: KeyObject;
  readonly signingKey: KeyObject;
  /** Null for a root, which is its own issuer. */
  readonly issuer: Certificate | null;
  readonly extensions: readonly Uint8Array[];
};

function writeCertificate(options: IssueOptions, parts: Parts): Certificate {
  if (!(options.notAfter > options.notBefore))
    fail("authority.validity-invalid", "The certificate would end before it begins.");
  if (parts.issuer !== null) requireOwnKey({ certificate: parts.issuer, key: parts.signingKey });
  const { identifier, digest } = algorithmOf(parts.signingKey);
  const spki = parts.publicKey.export({ type: "spki", format: "der" });
  const subject = writeName(options.subject);
  const subjectKeyId = extension("2.5.29.14", false, derOctetString(keyIdOf(spki)));
  const extensions = [...parts.extensions, subjectKeyId];
  if (parts.issuer !== null) extensions.push(authorityKeyId(parts.issuer));
  const tbs = derSequence(
    derContext(0, derInteger(2)),
    writeSerial(options.serial),
    identifier,
    parts.issuer?.subject.raw ?? subject,
    derSequence(derTime(options.notBefore), derTime(options.notAfter)),
    subject,
    spki,
    derContext(3, derSequence(...extensions)),
  );
  const signature = sign(digest, tbs, parts.signingKey);
  return unwrap(parseCertificate(derSequence(tbs, identifier, derBitString(signature))));
}

function writeSerial(random: Uint8Array): Uint8Array {
  if (random.length < 16 || random.length > 20) fail("authority.serial-invalid", "A serial is 16 to 20 random bytes.");
  const serial = Uint8Array.from(random);
  serial[0] = (serial[0] ?? 0) & 0x7f;
  if (serial.every((byte) => byte === 0)) fail("authority.serial-invalid", "A serial is not zero.");
  return derInteger(serial);
}

/** A name as a certificate or a request holds it. */
export function writeName(name: SubjectName): Uint8Array {
  if (name.commonName === "") fail("authority.subject-invalid", "A subject needs a common name.");
  if (name.country !== undefined && !/^[A-Z]{2}$/.test(name.country))
    fail("authority.subject-invalid", "A country is a code of two capital letters.");
  const relative = (oid: string, value: Uint8Array): Uint8Array => derSet(derSequence(derOid(oid), value));
  const text = (oid: string, value: string | undefined): Uint8Array[] => {
    if (value === undefined || value === "") return [];
    // The upper bounds of RFC 5280, appendix A: 64 characters for each of these.
    if ([...value].length > 64) fail("authority.subject-invalid", "A part of the name is longer than 64 characters.");
    return [relative(oid, derUtf8(value))];
  };
  return derSequence(
    ...(name.country === undefined ? [] : [relative("2.5.4.6", derPrintable(name.country))]),
    ...text("2.5.4.10", name.organisation),
    ...text("2.5.4.11", name.unit),
    ...serialNumber(name.serialNumber, relative),
    ...text("2.5.4.3", name.commonName),
  );
}

function serialNumber(
  value: string | undefined,
  relative: (oid: string, value: Uint8Array) => Uint8Array,
): Uint8Array[] {
  if (value === undefined || value === "") return [];
  // serialNumber is PrintableString by its definition (RFC 5280, appendix A).
  if (!/^[A-Za-z0-9 '()+,./:=?-]{1,64}$/.test(value))
    fail("authority.subject-invalid", "A serial number has other characters.");
  return [relative("2.5.4.5", derPrintable(value))];
}

function extension(oid: string, critical: boolean, value: Uint8Array): Uint8Array {
  return derSequence(derOid(oid), ...(critical ? [derBoolean(true)] : []), derOctetString(value));
}

function authorityExtensions(pathLength: number | null): Uint8Array[] {
  const constraints = derSequence(derBoolean(true), ...(pathLength === null ? [] : [derInteger(pathLength)]));
  // keyCertSign and cRLSign, bits 5 and 6.
  return [
    extension("2.5.29.19", true, constraints),
    extension("2.5.29.15", true, derBitString(Uint8Array.of(0x06), 1)),
  ];
}

function crlAddress(address: string | undefined): Uint8Array[] {
  if (address === undefined) return [];
  const uri = derIa5(address);
  const name = derContextPrimitive(6, uri.subarray(uri.length - address.length));
  return [extension("2.5.29.31", false, derSequence(derSequence(derContext(0, derContext(0, name)))))];
}

function authorityKeyId(issuer: Certificate): Uint8Array {
  const keyId = issuer.subjectKeyId ?? keyIdOf(issuer.spki);
  return extension("2.5.29.35", false, derSequence(derContextPrimitive(0, keyId)));
}

/** The leftmost 160 bits of the SHA-256 of the public key (RFC 7093, 2, method 1, over the whole SPKI: method 4). */
function keyIdOf(spki: Uint8Array): Uint8Array {
  return createHash("sha256").update(spki).digest().subarray(0, 20);
}

function requireOwnKey(issuer: Issuer): void {
  const own = createPublicKey(issuer.key).export({ type: "spki", format: "der" });
  if (Buffer.compare(own, issuer.certificate.spki) !== 0)
    fail("authority.key-mismatch", "The key does not belong to the issuer's certificate.");
  if (issuer.certificate.basicConstraints?.ca !== true)
    fail("authority.key-mismatch", "The issuer is no certification authority.");
}

function algorithmOf(key: KeyObject): { identifier: Uint8Array; digest: "sha256" | "sha384" } {
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (key.asymmetricKeyType === "rsa" && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048)
    return { identifier: derSequence(derOid("1.2.840.113549.1.1.11"), derNull()), digest: "sha256" };
  if (key.asymmetricKeyType === "ec" && curve === "prime256v1")
    return { identifier: derSequence(derOid("1.2.840.10045.4.3.2")), digest: "sha256" };
  if (key.asymmetricKeyType === "ec" && curve === "secp384r1")
    return { identifier: derSequence(derOid("1.2.840.10045.4.3.3")), digest: "sha384" };
  return fail("authority.key-unsupported", "An authority needs RSA from 2048 bits, P-256 or P-384.");
}
