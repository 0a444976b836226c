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

/** The path from a certificate to the roots at a time, over what the file and the caller bring (RFC 5280, 6). */
export function decideTrust(
  leaf: Certificate,
  carried: readonly Certificate[],
  material: TrustMaterial,
  at: number,
): Trust {
  if (material.roots.length === 0) return "unknown";
  const intermediates = [...carried, ...material.intermediates];
  return verifyCertificatePath(leaf, { roots: material.roots, intermediates, crls: material.crls, at }).trust;
}
