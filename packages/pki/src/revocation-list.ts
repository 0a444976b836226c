import type { Certificate } from "./certificate.ts";
import { type Extension, extensionsOf, readExtensions } from "./certificate-extensions.ts";
import { childrenOf, type DerNode, integerOf, isContext, isUniversal, octetsOf, readDer, timeOf } from "./der.ts";
import { type DistinguishedName, nameOf } from "./distinguished-name.ts";
import { attempt, fail, type PkiOutcome, unwrap } from "./outcome.ts";
import { signatureAlgorithmOf, verifySignature } from "./signature-algorithm.ts";

/** A certificate revocation list (RFC 5280, 5). Times are milliseconds since 1970. */
export type RevocationList = {
  readonly raw: Uint8Array;
  readonly tbs: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly thisUpdate: number;
  readonly nextUpdate: number | null;
  /** Revocation time by serial (hexadecimal of its two's complement). */
  readonly revoked: ReadonlyMap<string, number>;
  readonly authorityKeyId: Uint8Array | null;
  readonly signatureAlgorithm: DerNode;
  readonly signature: Uint8Array;
  /** Critical extensions of the list or an entry, and the delta indicator: this package does not use such a list. */
  readonly notProcessed: readonly string[];
};

const maxRevocationList = 64 * 1024 * 1024;
const deltaIndicator = "2.5.29.27";
const issuingDistributionPoint = "2.5.29.28";

/** Reads a CRL, strictly DER. Codes: `der.*`, `crl.malformed`, `crl.too-large`, `certificate.extension-duplicate`. */
export function parseRevocationList(der: Uint8Array): PkiOutcome<RevocationList> {
  return attempt(() => {
    if (der.length > maxRevocationList) fail("crl.too-large", "The revocation list is larger than 64 MiB.");
    const [tbs, signatureAlgorithm, signature, ...rest] = childrenOf(unwrap(readDer(der)));
    if (tbs === undefined || signatureAlgorithm === undefined || rest.length > 0)
      return fail("crl.malformed", "A revocation list has three parts.");
    const fields = [...childrenOf(tbs)];
    if (isUniversal(fields[0], 2)) fields.shift();
    const [innerAlgorithm, issuer, thisUpdate, ...optional] = fields;
    if (innerAlgorithm === undefined || Buffer.compare(innerAlgorithm.raw, signatureAlgorithm.raw) !== 0)
      fail("crl.malformed", "The two signature algorithms of the revocation list differ.");
    const nextUpdate = isUniversal(optional[0], 23) || isUniversal(optional[0], 24) ? timeOf(optional.shift()) : null;
    const entries = isUniversal(optional[0], 16) ? childrenOf(optional.shift()) : [];
    const extensionField = optional.find((field) => isContext(field, 0));
    const extensions = extensionField === undefined ? [] : extensionsOf(extensionField.children[0]);
    const notProcessed = new Set(extensions.filter(isNotProcessed).map((extension) => extension.oid));
    const revoked = new Map<string, number>();
    for (const entry of entries) {
      const [serial, date, entryExtensions] = childrenOf(entry);
      revoked.set(serialKey(integerOf(serial)), timeOf(date));
      if (entryExtensions === undefined) continue;
      for (const extension of extensionsOf(entryExtensions)) if (extension.critical) notProcessed.add(extension.oid);
    }
    return {
      raw: der,
      tbs: tbs.raw,
      issuer: nameOf(issuer),
      thisUpdate: timeOf(thisUpdate),
      nextUpdate,
      revoked,
      authorityKeyId: readExtensions(extensions.filter((extension) => extension.oid === "2.5.29.35")).authorityKeyId,
      signatureAlgorithm,
      signature: octetsOf(signature),
      notProcessed: [...notProcessed],
    };
  });
}

function isNotProcessed(extension: Extension): boolean {
  return extension.critical || extension.oid === deltaIndicator || extension.oid === issuingDistributionPoint;
}

export function serialKey(serial: Uint8Array): string {
  return Buffer.from(serial).toString("hex");
}

/** Whether the list is signed with the key of `issuer`, who may sign lists (RFC 5280, 6.3.3 (f), (g)). */
export function verifyRevocationList(list: RevocationList, issuer: Certificate): boolean {
  const key = issuer.publicKey();
  const algorithm = attempt(() => signatureAlgorithmOf(list.signatureAlgorithm));
  if (key === null || !algorithm.ok) return false;
  if (issuer.keyUsage !== null && !issuer.keyUsage.has("cRLSign")) return false;
  return verifySignature(algorithm.value, key, list.tbs, list.signature);
}
