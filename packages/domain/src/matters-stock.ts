import type { MatterDefinition } from "./matter.ts";

const decided = {
  askedBy: ["seal-administrator", "system-administrator"],
  steps: [{ role: "signatory", presence: true }],
  confirmations: [],
  carriedOut: "at-once",
  // Both give offices: who stands in for another gives none.
  inOffice: true,
} as const;

/** What an organisation brings with it when it begins: hundreds of things, asked for and decided on as one. */
export const stockMatters = {
  // Accounts are keys too: a new person with a role comes by two, also where there are five hundred (C11).
  "batch-import": {
    name: { en: "Import of units, people and containers", zh: "批量导入部门、人员与容器" },
    ...decided,
    evidence: [
      { slot: "ground", name: { en: "What it rests on", zh: "导入依据" }, needed: "afterwards", accepts: "any" },
    ],
  },
  // Decided as a new seal is (C23).
  "opening-stock": {
    name: { en: "Opening stock of seals", zh: "期初印章存量登记" },
    ...decided,
    evidence: [
      {
        slot: "ground",
        name: { en: "The seal register it was taken from", zh: "所依据的原印章台账" },
        needed: "afterwards",
        accepts: "any",
      },
    ],
  },
} as const satisfies Record<string, MatterDefinition>;
export type StockMatterKind = keyof typeof stockMatters;
