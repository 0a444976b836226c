import type { MatterDefinition } from "./matter.ts";

/** Matters of controlled forms, and of the books: both are about what must not be lost or altered (C24). */
export const formMatters = {
  "destroy-forms": {
    name: { en: "Destruction of controlled forms", zh: "空白凭证销毁" },
    askedBy: ["certificate-keeper", "seal-administrator"],
    steps: [{ role: "signatory", presence: true }],
    evidence: [
      { slot: "before", name: { en: "Photo before", zh: "销毁前照片" }, needed: "to-carry-out", accepts: "picture" },
      {
        slot: "after",
        name: { en: "Photo of what is left", zh: "销毁后照片" },
        needed: "to-carry-out",
        accepts: "picture",
      },
    ],
    confirmations: [{ part: "executor", name: { en: "Executors", zh: "销毁人" }, count: 2 }],
    carriedOut: "at-once",
  },
  "blank-sheets": {
    name: { en: "Issue of blank sheets", zh: "领用空白用纸" },
    // A head of unit asks for it: that is his agreement.
    askedBy: ["unit-head"],
    // Nobody gives out alone what an empty page may be sealed by.
    steps: [
      { role: "signatory", presence: true },
      { role: "seal-administrator", presence: true },
    ],
    evidence: [],
    confirmations: [],
    carriedOut: "at-once",
  },
  "correct-line": {
    name: { en: "Correction of a register line", zh: "台账更正" },
    // Who watches over the entity: he reads every line of it.
    askedBy: ["inspector", "seal-administrator"],
    steps: [{ role: "signatory", presence: true }],
    evidence: [{ slot: "ground", name: { en: "What shows it", zh: "更正依据" }, needed: "afterwards", accepts: "any" }],
    confirmations: [],
    carriedOut: "at-once",
  },
} as const satisfies Record<string, MatterDefinition>;
export type FormMatterKind = keyof typeof formMatters;
