import type { MatterDefinition } from "./matter.ts";

/** What is agreed to once for many uses is decided by everybody whom one of them would be decided by. */
export const standingMatters = {
  "standing-authorisation": {
    name: { en: "Standing authorisation", zh: "常设授权" },
    askedBy: ["unit-head", "seal-administrator"],
    steps: [
      { role: "unit-head", presence: true, optionalWhenSmall: true },
      { role: "legal-reviewer", presence: true, optionalWhenSmall: true },
      { role: "signatory", presence: true },
    ],
    evidence: [],
    confirmations: [],
    carriedOut: "at-once",
  },
} as const satisfies Record<string, MatterDefinition>;
