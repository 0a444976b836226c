/** What `verifyPdf` answers: integrity (`verdict`) and the certificate's path (`trust`) apart from each other. */

/**
 * valid: intact, and nothing follows. valid-allowed: intact, later changes exist, all allowed. modified: intact, but a
 * disallowed or suspicious later change, or bytes that no seal covers. indeterminate: cannot be decided. invalid: the
 * bytes or the signature are not what was sealed. no-signature, error: nothing to verify, or not readable as a PDF.
 */
export type Verdict = "valid" | "valid-allowed" | "modified" | "indeterminate" | "invalid" | "no-signature" | "error";

export type Trust = "trusted" | "unknown" | "expired" | "revoked" | "not-trusted";

/** Structural level of ETSI EN 319 142-1; legacy for the older kinds of ISO 32000-1 (adbe.*). */
export type PadesLevel = "B-B" | "B-T" | "B-LT" | "B-LTA" | "legacy";

/** `code` is stable (`subject.reason`); `detail` is for people and may be empty; `page` counts from 1. */
export type Reason = { readonly code: string; readonly detail: string; readonly page?: number };

export type SignerName = {
  readonly commonName: string | null;
  readonly organisation: string | null;
  readonly organisationalUnit: string | null;
  readonly country: string | null;
  readonly serialNumber: string | null;
};

/** One signature field's seal, or a document time-stamp. */
export type SealFinding = {
  /** Fully qualified (ISO 32000-2, 12.7.4.2). */
  readonly fieldName: string;
  readonly signer: SignerName | null;
  /** DER. */
  readonly certificate: Uint8Array | null;
  readonly verdict: Verdict;
  readonly trust: Trust | null;
  /** What speaks against the seal first; then what was allowed after it (`change.*`). */
  readonly reasons: readonly Reason[];
  /** ISO time: the time-stamp where one holds, else the CMS signing time, else /M; a claim of the signer but for the first. */
  readonly signedAt: string | null;
  readonly byteRange: readonly number[] | null;
  readonly coversWholeFile: boolean;
  /** The file's revision that was sealed, from 0; null where none corresponds. */
  readonly revision: number | null;
  /** Where the seal is visible: page from 1, rectangle in default user space units. */
  readonly page: number | null;
  readonly rect: readonly number[] | null;
  readonly digestAlgorithm: string | null;
  readonly signatureAlgorithm: string | null;
  readonly subFilter: string | null;
  readonly isTimestamp: boolean;
};

export type PdfVerification = {
  readonly verdict: Verdict;
  readonly trust: Trust | null;
  /** Whether some seal covers every byte of the file but its own value; null where there is no seal. */
  readonly covers: boolean | null;
  readonly level: PadesLevel | null;
  /** The first reason that decided a verdict other than valid. */
  readonly code: string | null;
  readonly seals: readonly SealFinding[];
  /** With `approvedSize`: what was changed since besides seals and what they may bring; nothing: only that was added. */
  readonly sinceApproved?: readonly Reason[];
};

export type VerifyOptions = {
  /** DER certificates that end a path. None: every path is unknown. */
  readonly roots?: readonly Uint8Array[];
  readonly intermediates?: readonly Uint8Array[];
  readonly crls?: readonly Uint8Array[];
  /** Milliseconds since 1970; default: the seal's trusted time-stamp, else now. */
  readonly at?: number;
  /** How many bytes of the file are the document that was approved: what was added since is judged as after a seal. */
  readonly approvedSize?: number;
};

const SEVERITY: readonly Verdict[] = [
  "valid",
  "valid-allowed",
  "no-signature",
  "indeterminate",
  "modified",
  "invalid",
  "error",
];

/** The graver of two verdicts. */
export function graverVerdict(a: Verdict, b: Verdict): Verdict {
  return SEVERITY.indexOf(a) >= SEVERITY.indexOf(b) ? a : b;
}
