import type { ControllerState } from "./controller.ts";

const day = 24 * 60 * 60_000;
/** How long the certificate of before is still taken beside its successor, in ms: a box that never got the answer asks again. */
export const certificateOverlap: number = 7 * day;

export interface CertificateLife {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** A certificate is renewed once two thirds of its life are over (SealLink 1, clause 3.1): a third is left for what goes wrong. */
export const isRenewalDue = ({ notBefore, notAfter }: CertificateLife, now: number): boolean =>
  now >= notBefore + ((notAfter - notBefore) * 2) / 3;

/** Whether a box may come in with a certificate: not revoked, in its time, and its successor not in its place yet. */
export const isCertificateTaken = (
  certificate: CertificateLife & { readonly revoked: boolean; readonly supersededAt: number | null },
  now: number,
): boolean =>
  !certificate.revoked &&
  now < certificate.notAfter &&
  (certificate.supersededAt === null || now < certificate.supersededAt);

export const RENEWAL_REFUSALS = [
  ...(["not-enrolled", "quarantined", "other-name", "other-key", "no-certificate"] as const),
] satisfies readonly string[];
export type RenewalRefusal = (typeof RENEWAL_REFUSALS)[number];

export interface RenewalAsked {
  readonly state: ControllerState;
  readonly quarantined: boolean;
  /** The request names this box, and is signed with the key that the box was enrolled with. */
  readonly ownName: boolean;
  readonly ownKey: boolean;
  /** The newest certificate it has that is taken. */
  readonly newest: CertificateLife | null;
  readonly now: number;
}

/**
 * What becomes of a box's request for its next certificate (C18): a new one when it is due; before that the newest again, for its answer may
 * have got lost; nothing for a box that was revoked or is not trusted, nor under another name or for another key: a new key is a new enrolment.
 */
export function judgeRenewal(asked: RenewalAsked): "issue" | "again" | RenewalRefusal {
  if (asked.state !== "enrolled") return "not-enrolled";
  if (asked.quarantined) return "quarantined";
  if (!asked.ownName) return "other-name";
  if (!asked.ownKey) return "other-key";
  if (asked.newest === null) return "no-certificate";
  return isRenewalDue(asked.newest, asked.now) ? "issue" : "again";
}
