import type { X509Certificate } from "node:crypto";
import { oidText, readAsn1 } from "./asn1-reader.ts";
import type { Trust } from "./verification.ts";

const DEPTH_LIMIT = 10;
const SIGNATURE_LIMIT = 200;

/** Revoked serial numbers (upper-case hexadecimal without leading zeros) of one issuer's list. */
export type RevocationList = {
  readonly issuer: Uint8Array;
  readonly serials: ReadonlySet<string>;
  readonly raw: Uint8Array;
};

/** Reads a certificate list (RFC 5280, 5.1); null where it is none. */
export function readRevocationList(der: Uint8Array): RevocationList | null {
  const body = readAsn1(der)?.children[0];
  const fields = body?.children[0]?.tag === 2 ? body.children.slice(1) : (body?.children ?? []);
  const issuer = fields[1];
  if (issuer === undefined || oidText(fields[0]?.children[0]) === "") return null;
  const revoked = fields.find((field, i) => i > 2 && field.tag === 0x30)?.children ?? [];
  const serials = revoked.map((entry) =>
    serialText(Buffer.from(entry.children[0]?.content ?? new Uint8Array()).toString("hex")),
  );
  return { issuer: issuer.raw, serials: new Set(serials), raw: der };
}

function serialText(hex: string): string {
  return hex.toUpperCase().replace(/^0+/, "");
}

/**
 * The path of a certificate to the given roots (RFC 5280, 6, in part: names, signatures, validity at `at`, basic
 * constraints, lists given). Name constraints and policies are not processed, so a root should be trusted as a whole.
 */
export function decideTrust(
  leaf: X509Certificate,
  material: {
    readonly roots: readonly X509Certificate[];
    readonly candidates: readonly X509Certificate[];
    readonly lists: readonly RevocationList[];
    readonly at: number;
  },
): Trust {
  if (material.roots.length === 0) return "unknown";
  let signatures = 0;
  let best: Trust = "unknown";
  const isRoot = (certificate: X509Certificate): boolean =>
    material.roots.some((root) => Buffer.compare(root.raw, certificate.raw) === 0);
  const judge = (path: readonly X509Certificate[]): Trust => {
    const isRevoked = path.some((certificate) => {
      const issuer = issuerOf(certificate);
      const serial = serialText(certificate.serialNumber);
      return material.lists.some((list) => Buffer.compare(list.issuer, issuer) === 0 && list.serials.has(serial));
    });
    if (isRevoked) return "revoked";
    const isValid = path.every(
      (item) => Date.parse(item.validFrom) <= material.at && material.at <= Date.parse(item.validTo),
    );
    return isValid ? "trusted" : "expired";
  };
  const climb = (path: readonly X509Certificate[]): void => {
    const last = path.at(-1);
    if (last === undefined || best === "trusted" || path.length > DEPTH_LIMIT) return;
    if (isRoot(last)) {
      const found = judge(path);
      if (best !== "revoked") best = found;
      return;
    }
    for (const issuer of [...material.roots, ...material.candidates]) {
      if (path.includes(issuer) || !issuer.ca || !last.checkIssued(issuer) || ++signatures > SIGNATURE_LIMIT) continue;
      if (isSignedBy(last, issuer)) climb([...path, issuer]);
    }
  };
  climb([leaf]);
  return best;
}

function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

function issuerOf(certificate: X509Certificate): Uint8Array {
  const body = readAsn1(certificate.raw)?.children[0];
  const fields = body?.children[0]?.tag === 0xa0 ? body.children.slice(1) : (body?.children ?? []);
  return fields[2]?.raw ?? new Uint8Array();
}
