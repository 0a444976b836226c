import type { PdfFile } from "../reader/pdf-file.ts";
import type { PadesLevel } from "./verification.ts";

/** What the level of one seal depends on. */
type LevelFacts = {
  readonly subFilter: string | null;
  readonly hasSigningCertificate: boolean;
  /** A time-stamp over the signature, or a document time-stamp in a later revision, that holds. */
  readonly hasTimestamp: boolean;
  readonly hasSecurityStore: boolean;
  /** A document time-stamp that holds and covers the security store. */
  readonly hasArchiveTimestamp: boolean;
};

/**
 * The level by structure (ETSI EN 319 142-1, 6.3): which parts are there and intact. Whether the revocation data in
 * the security store suffice for the path is not looked at.
 */
export function namePadesLevel(facts: LevelFacts): PadesLevel {
  if (facts.subFilter !== "ETSI.CAdES.detached" || !facts.hasSigningCertificate) return "legacy";
  if (!facts.hasTimestamp) return "B-B";
  if (!facts.hasSecurityStore) return "B-T";
  return facts.hasArchiveTimestamp ? "B-LTA" : "B-LT";
}

/** The first revision whose security store (ISO 32000-2, 12.8.4.3) has certificates and revocation data; null for none. */
export function findSecurityStoreRevision(file: PdfFile): number | null {
  const isFilled = (revision: number): boolean => {
    const store = file.get(file.catalog(revision), "DSS", revision);
    const count = (key: string): number => {
      const list = file.get(store, key, revision);
      return list?.kind === "array" ? list.items.length : 0;
    };
    return count("Certs") > 0 && count("CRLs") + count("OCSPs") > 0;
  };
  if (!isFilled(file.lastRevision)) return null;
  let revision = file.lastRevision;
  while (revision > 0 && isFilled(revision - 1)) revision--;
  return revision;
}
