/** Answers of the server as its contract has them, for tests. */

import type { Verification } from "./check-file.ts";
import type { FindingAnswer } from "./judgement.ts";

const words: Readonly<Record<Verification["answer"], readonly FindingAnswer[]>> = {
  "as-sealed": ["yes", "yes", "yes", "yes", "yes"],
  "as-sealed-changed-allowed": ["attention", "yes", "yes", "yes", "yes"],
  "half-sealed": ["yes", "yes", "attention", "yes", "yes"],
  changed: ["no", "yes", "attention", "attention", "yes"],
  "original-only": ["attention", "attention", "attention", "attention", "yes"],
  "foreign-intact": ["yes", "unknown", "unknown", "unknown", "unknown"],
  "foreign-changed": ["no", "unknown", "unknown", "unknown", "unknown"],
  undecided: ["unknown", "attention", "no", "no", "yes"],
  "not-sealed": ["unknown", "unknown", "unknown", "unknown", "unknown"],
  unreadable: ["unknown", "unknown", "unknown", "unknown", "unknown"],
};
const ids = ["unchanged", "certificate", "authorised", "ledger", "seal-today"] as const;
const both = (text: string) => ({ en: text, zh: text });

export function makeAnswer(answer: Verification["answer"], digest: string): Verification {
  const holds = answer === "as-sealed" || answer === "as-sealed-changed-allowed";
  const ours = holds || answer === "changed" || answer === "original-only";
  return {
    file: { name: "a.pdf", digest, sizeBytes: 10, pages: ours ? 1 : null },
    checkedAt: "2026-11-24T08:00:00.000Z",
    answer,
    headline: both(answer),
    explanation: both(answer),
    findings: ids.map((id, at) => ({
      id,
      question: both(id),
      answer: words[answer][at] ?? "unknown",
      word: both(id),
      reason: both(id),
    })),
    known: ours
      ? {
          requestNumber: "LX-2026-000001",
          otherSide: null,
          sealedAt: "2026-11-24T07:00:00.000Z",
          entity: { name: both("Lanxi"), code: "LX" },
          timeZone: "Asia/Shanghai",
          seals: [],
          sealedDigest: holds ? digest : null,
          sealedDigestHint: "11111111…11111111",
          leaf: 5,
          proofUrl: holds ? `/v1/ledger/leaves/5/proof?file=${encodeURIComponent(digest)}` : null,
        }
      : null,
    verdict: "valid",
    trust: null,
    covers: null,
    level: null,
    code: null,
    seals: [],
  };
}
