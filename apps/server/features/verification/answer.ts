import type { Trust, Verdict } from "@chancery/pdf-seal/verify";

/** The plain answer, first thing people read. */
export type PlainAnswer =
  | "as-sealed"
  | "as-sealed-changed-allowed"
  /** Told in place of the two above, of a joint paper that lacks the seal of the other side. */
  | "half-sealed"
  | "changed"
  | "original-only"
  | "foreign-intact"
  | "foreign-changed"
  | "undecided"
  | "not-sealed"
  | "unreadable";

/** How the file is related to what was sealed here. */
export type Origin =
  /** These very bytes were sealed here. */
  | "exact"
  /** It carries a signature that was made here; `contains` tells whether the sealed bytes stand in front unchanged. */
  | "carries-contained"
  | "carries"
  /** It carries one of our certificates, but no sealing is on record. */
  | "unrecorded"
  /** It is the document from before its sealing. */
  | "original"
  | "foreign";

/**
 * The one answer to what was found. Bytes with the recorded digest are the sealed file, whatever a seal in them says
 * that stood there before. For every other file the seals decide: ours where it carries one of ours, else all.
 */
export function decideAnswer(origin: Origin, verdict: Verdict, trust: Trust | null): PlainAnswer {
  if (origin === "exact") return "as-sealed";
  if (origin === "original") return "original-only";
  const ours = origin === "carries" || origin === "carries-contained";
  switch (verdict) {
    case "error":
      return "unreadable";
    case "no-signature":
      return "not-sealed";
    case "indeterminate":
      return "undecided";
    case "invalid":
    case "modified":
      return ours ? "changed" : "foreign-changed";
    case "valid":
    case "valid-allowed":
      // An intact signature of ours whose sealed bytes are not in front of it, or that nobody recorded, is no sealing of ours.
      if (origin === "carries-contained") return "as-sealed-changed-allowed";
      if (origin === "carries" || origin === "unrecorded") return "undecided";
      return trust === "revoked" ? "undecided" : "foreign-intact";
  }
}
