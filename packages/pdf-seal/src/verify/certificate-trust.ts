import {
  type Certificate,
  parseCertificate,
  parseRevocationList,
  type RevocationList,
  verifyCertificatePath,
} from "@chancery/pki";
import type { Trust, VerifyOptions } from "./verification.ts";

/** What the caller gave to judge paths by; what cannot be parsed is left out. */
export type TrustMaterial = {
  readonly roots: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly crls: readonly RevocationList[];
};

export function readTrustMaterial(options: VerifyOptions): TrustMaterial {
  const crls = (options.crls ?? []).flatMap((der) => {
    const list = parseRevocationList(der);
    return list.ok ? [list.value] : [];
  });
  return { roots: parseAll(options.roots ?? []), intermediates: parseAll(options.intermediates ?? []), crls };
}

function parseAll(list: readonly Uint8Array[]): Certificate[] {
  return list.flatMap((der) => {
    const certificate = parseCertificate(der);
    return certificate.ok ? [certificate.value] : [];
  });
}

const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
/** Uses beside which a certificate needs another one to seal with: TLS servers, time-stamps, OCSP answers. */
const OTHER_USES = new Set(["1.3.6.1.5.5.7.3.1", TIME_STAMPING, "1.3.6.1.5.5.7.3.9"]);

/** Paths judged for one file: each may cost some hundred checks of signatures. */
const JUDGED_LIMIT = 250;

/** What a certificate was used for, and when. */
type Use = { readonly at: number; readonly isTimestamp: boolean };

/** Answers with the path of a certificate over what the file and the caller bring. */
export type TrustDecider = (leaf: Certificate, carried: readonly Certificate[], use: Use) => Trust;

/** Judges a certificate that is trusted once. Without roots, and beyond the limit, trust is unknown. */
export function createTrustDecider(material: TrustMaterial): TrustDecider {
  const trusted = new Set<string>();
  let left = JUDGED_LIMIT;
  return (leaf, carried, use) => {
    if (material.roots.length === 0) return "unknown";
    // Only this answer is kept: any other may turn out better for a seal that carries more certificates.
    const key = `${use.at} ${use.isTimestamp} ${Buffer.from(leaf.raw).toString("latin1")}`;
    if (trusted.has(key)) return "trusted";
    if (--left < 0) return "unknown";
    const trust = decideTrust(leaf, carried, material, use);
    if (trust === "trusted") trusted.add(key);
    return trust;
  };
}

/**
 * The path from a certificate to the roots at a time (RFC 5280, 6), for what the certificate was used for. Whoever holds
 * some certificate below the roots must not be able to make time-stamps with it.
 */
function decideTrust(leaf: Certificate, carried: readonly Certificate[], material: TrustMaterial, use: Use): Trust {
  const { trust } = verifyCertificatePath(leaf, {
    roots: material.roots,
    intermediates: [...carried, ...material.intermediates],
    crls: material.crls,
    at: use.at,
    keyUsage: ["digitalSignature", "nonRepudiation"],
  });
  const fits = use.isTimestamp ? mayStampTime(leaf) : maySeal(leaf);
  return fits || trust === "unknown" ? trust : "not-trusted";
}

/** RFC 3161, 2.3: the one extended key usage, and critical. */
function mayStampTime({ extendedKeyUsage, extensions }: Certificate): boolean {
  const isCritical = extensions.some(({ oid, critical }) => oid === "2.5.29.37" && critical);
  return isCritical && extendedKeyUsage?.length === 1 && extendedKeyUsage[0] === TIME_STAMPING;
}

function maySeal({ extendedKeyUsage }: Certificate): boolean {
  return extendedKeyUsage === null || extendedKeyUsage.some((use) => !OTHER_USES.has(use));
}
