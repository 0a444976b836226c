import type { Certificate } from "./certificate.ts";
import { sameName } from "./distinguished-name.ts";
import type { PkiFinding } from "./outcome.ts";
import { type RevocationList, serialKey, verifyRevocationList } from "./revocation-list.ts";

type RevocationOptions = {
  readonly at: number;
  readonly crls?: readonly RevocationList[];
  readonly revocation?: "required" | "if-known";
};

/**
 * Revocation of every certificate of a path but its anchor, from the lists given (RFC 5280, 6.3). A list counts when the
 * issuer signed it, with this key or, after a change of keys, another of its certificates on this path; delta lists, lists by distribution point and indirect lists are not used and
 * said so. A revocation counts from its date on, also in a list that is out of date.
 */
export function findRevocation(path: readonly Certificate[], options: RevocationOptions): PkiFinding[] {
  const findings: PkiFinding[] = [];
  const lists = options.crls ?? [];
  const required = options.revocation === "required";
  for (const [index, certificate] of path.slice(0, -1).entries()) {
    const signers = path.slice(index + 1).filter((above) => sameName(above.subject, certificate.issuer));
    const named = lists.filter((list) => sameName(list.issuer, certificate.issuer));
    const signed = named.filter((list) => signers.some((signer) => verifyRevocationList(list, signer)));
    const usable = signed.filter((list) => list.notProcessed.length === 0);
    const revokedAt = usable
      .map((list) => list.revoked.get(serialKey(certificate.serial)))
      .filter((time) => time !== undefined);
    const earliest = Math.min(...revokedAt);
    const current = usable.some((list) => list.nextUpdate !== null && list.nextUpdate >= options.at);
    if (earliest <= options.at)
      findings.push({
        severity: "failure",
        code: "revocation.revoked",
        detail: `Revoked since ${new Date(earliest).toISOString()}.`,
      });
    else if (revokedAt.length > 0)
      findings.push({
        severity: "note",
        code: "revocation.revoked-later",
        detail: `Revoked later: ${new Date(earliest).toISOString()}.`,
      });
    else if (!current) findings.push(describeMissing({ named, signed, usable }, required));
  }
  return findings;
}

type Sieved = Readonly<Record<"named" | "signed" | "usable", readonly RevocationList[]>>;

function describeMissing({ named, signed, usable }: Sieved, required: boolean): PkiFinding {
  const severity = required ? "undecided" : "note";
  if (usable.length > 0)
    return { severity, code: "revocation.list-stale", detail: "The revocation list is out of date." };
  if (signed.length > 0)
    return {
      severity,
      code: "revocation.list-not-supported",
      detail: "Only lists of a kind that is not supported are there.",
    };
  if (named.length > 0)
    return {
      severity,
      code: "revocation.list-signature",
      detail: "A revocation list is not signed by the issuer's key.",
    };
  return { severity, code: "revocation.unknown", detail: "No revocation list of the issuer is there." };
}
