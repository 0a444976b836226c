import type { EvidenceSlot, MatterDefinition } from "./matter.ts";

const slot = (name: string, en: string, zh: string, needed: EvidenceSlot["needed"] = "afterwards"): EvidenceSlot => ({
  slot: name,
  name: { en, zh },
  needed,
  accepts: "any",
});
const decision = slot("decision", "The decision it rests on", "依据的决定");
/** Who keeps the accounts, or heads a unit above; which of the heads may, is asked of the tree. */
const superiors = ["system-administrator", "unit-head"] as const;
const approved = [{ role: "signatory", presence: true }] as const;
const atOnce = {
  askedBy: superiors,
  steps: approved,
  evidence: [decision],
  confirmations: [],
  carriedOut: "at-once",
} as const;

/** What every use is held to from then on; no delegate decides on it. */
const ofControls = { ...atOnce, askedBy: ["seal-administrator"], evidence: [], inOffice: true } as const;

/** Decided by a signatory; who it is about never decides it. */
const ofPerson = { ...atOnce, askedBy: ["seal-administrator", "system-administrator"], mayLieBack: true } as const;

/** Matters of units, people and the rule book. */
export const organisationMatters = {
  "close-unit": { name: { en: "Close a unit", zh: "撤销部门" }, ...atOnce },
  "merge-unit": { name: { en: "Merge a unit into another", zh: "合并部门" }, ...atOnce },
  "rename-unit": { name: { en: "Rename a unit", zh: "部门更名" }, ...atOnce },
  "person-leave": { name: { en: "Leave of a person", zh: "人员休假" }, ...ofPerson },
  // Of whoever is on leave, or of who may ask for leave; nobody decides whether somebody is back.
  "leave-end": {
    name: { en: "Early return from leave", zh: "提前销假" },
    ...atOnce,
    askedBy: [],
    steps: [],
    evidence: [],
    mayLieBack: true,
  },
  "person-transfer": { name: { en: "Transfer of a person", zh: "人员调动" }, ...ofPerson },
  "person-departure": { name: { en: "Departure of a person", zh: "人员离职" }, ...ofPerson },
  "term-end": { name: { en: "End of a custodian's term", zh: "保管人任期届满" }, ...ofPerson },
  "representative-change": {
    name: { en: "Change of the legal representative", zh: "法定代表人变更" },
    ...atOnce,
    askedBy: ["seal-administrator", "system-administrator"],
    // Seals stop by it, and whom the company is represented by is what its public register says.
    evidence: [slot("register", "The new entry in the company register", "变更登记材料", "to-carry-out")],
  },
  "change-rules": {
    name: { en: "Change of the rules of use", zh: "修改用印规则" },
    ...ofControls,
  },
  // By name: what a change of the rules never does by itself.
  "apply-rules": {
    name: { en: "Rules in force for running requests", zh: "在办申请适用现行规则" },
    ...ofControls,
  },
  "document-class": {
    name: { en: "Change of a class of documents", zh: "文件类别变更" },
    ...ofControls,
    // What a class makes decides whether a lawyer reads it: he agrees to that once, here.
    steps: [{ role: "legal-reviewer", presence: false, optionalWhenSmall: true }, ...approved],
  },
  "register-template": {
    name: { en: "Registration of a template", zh: "登记文件模板" },
    ...ofControls,
    // What follows it goes without legal review from then on, so that review happens here, once.
    steps: [{ role: "legal-reviewer", presence: false, optionalWhenSmall: true }, ...approved],
  },
  "withdraw-template": {
    name: { en: "Withdrawal of a template", zh: "停用文件模板" },
    ...ofControls,
  },
  "publish-rule-book": {
    name: { en: "Publication of the rule book", zh: "发布印章管理办法" },
    ...ofControls,
    askedBy: ["seal-administrator", "system-administrator"],
    // Its days have a rule of their own (`rule-book-version.ts`).
    mayLieBack: true,
  },
} as const satisfies Record<string, MatterDefinition>;
export type OrganisationMatterKind = keyof typeof organisationMatters;
