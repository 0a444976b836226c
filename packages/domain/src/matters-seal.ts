import type { MatterDefinition } from "./matter.ts";

/** Matters of a seal's life (product.md, 'Life of a seal'). */
export const sealMatters = {
  stop: {
    name: { en: "Stop a seal", zh: "停用印章" },
    askedBy: ["seal-administrator"],
    steps: [{ role: "signatory", presence: true }],
    evidence: [
      {
        slot: "decision",
        name: { en: "The decision, if there is one", zh: "停用决定（如有）" },
        needed: "afterwards",
        accepts: "any",
      },
    ],
    confirmations: [],
    carriedOut: "at-once",
  },
} as const satisfies Record<string, MatterDefinition>;
