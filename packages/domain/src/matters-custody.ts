import type { EvidenceSlot, MatterDefinition } from "./matter.ts";

const photo = (
  slot: string,
  needed: EvidenceSlot["needed"],
  en: string,
  zh: string,
  accepts: EvidenceSlot["accepts"] = "picture",
): EvidenceSlot => ({ slot, name: { en, zh }, needed, accepts });
const part = (name: string, en: string, zh: string) => ({ part: name, name: { en, zh }, count: 1 });

/** Matters of custody: who answers for a seal, and what leaves its place, for how long. */
export const custodyMatters = {
  handover: {
    name: { en: "Handover of custody", zh: "印章保管交接" },
    askedBy: ["custodian", "seal-administrator"],
    steps: [{ role: "signatory", presence: true }],
    // Wanted of each piece when the receiver confirms; a key makes no impression on paper.
    evidence: [
      {
        ...photo("impression", "afterwards", "Fresh impression of each piece", "每枚实物印章的新印模"),
        neededBy: "receiver",
      },
      photo("pieces", "afterwards", "Photo of the pieces", "实物照片"),
    ],
    confirmations: [
      part("transferor", "Transferor", "移交人"),
      part("receiver", "Receiver", "接收人"),
      part("witness", "Witness", "见证人"),
    ],
    carriedOut: "at-once",
  },
  "short-handover": {
    name: { en: "Short handover", zh: "短期移交" },
    askedBy: ["custodian"],
    steps: [],
    evidence: [photo("tag", "afterwards", "Photo of the closed bag or box with its tag", "封存袋（盒）与封签照片")],
    confirmations: [part("transferor", "Transferor", "移交人"), part("deputy", "Deputy", "代管人")],
    carriedOut: "at-once",
  },
  "short-return": {
    name: { en: "Return of a short handover", zh: "短期移交归还" },
    askedBy: ["custodian"],
    steps: [],
    evidence: [photo("tag", "afterwards", "Photo of the tag as it was found", "归还时封签照片")],
    confirmations: [part("deputy", "Deputy", "代管人"), part("transferor", "Custodian who comes back", "原保管人")],
    carriedOut: "at-once",
  },
  "take-out": {
    name: { en: "Take-out of a seal", zh: "印章外借" },
    askedBy: [],
    steps: [{ role: "signatory", presence: true }],
    evidence: [photo("issue", "to-carry-out", "Photo at issue", "领用时照片")],
    confirmations: [part("keeper", "Keeper who travels", "随行保管人"), part("companion", "Second person", "同行人")],
    carriedOut: "at-once",
    carriedOutBy: ["custodian"],
  },
  "take-out-extension": {
    name: { en: "Extension of a take-out", zh: "外借延期" },
    askedBy: [],
    steps: [{ role: "signatory", presence: true }],
    evidence: [],
    confirmations: [],
    carriedOut: "at-once",
  },
  "take-out-paper": {
    name: { en: "Paper found on the spot", zh: "现场文件确认" },
    askedBy: [],
    steps: [{ role: "signatory", presence: true }],
    evidence: [photo("paper", "to-submit", "Photo of every page, before the press", "用印前逐页照片", "any")],
    confirmations: [],
    carriedOut: "at-once",
  },
  "take-out-return": {
    name: { en: "Return of a take-out", zh: "外借归还" },
    askedBy: [],
    steps: [],
    evidence: [
      photo("return", "to-carry-out", "Photo at return", "归还时照片"),
      photo("stamped", "afterwards", "Photos of the stamped papers", "已用印文件照片"),
    ],
    confirmations: [part("keeper", "Keeper who brings it back", "随行保管人"), part("checker", "Who checks", "查验人")],
    carriedOut: "at-once",
    carriedOutBy: ["custodian"],
  },
} as const satisfies Record<string, MatterDefinition>;
