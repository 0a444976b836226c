import type { MatterDefinition } from "./matter.ts";

/** What is agreed to once for many uses is decided by everybody whom one of them would be decided by. */
export const standingMatters = {
  "standing-authorisation": {
    name: { en: "Standing authorisation", zh: "常设授权" },
    // A head of unit asks for it: that is his agreement.
    askedBy: ["unit-head"],
    steps: [
      { role: "legal-reviewer", presence: true, optionalWhenSmall: true },
      { role: "signatory", presence: true },
    ],
    evidence: [],
    confirmations: [],
    carriedOut: "at-once",
    inOffice: true,
  },
} as const satisfies Record<string, MatterDefinition>;
