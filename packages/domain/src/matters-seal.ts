import type { EvidenceSlot, MatterDefinition } from "./matter.ts";

const slot = (
  name: string,
  needed: EvidenceSlot["needed"],
  en: string,
  zh: string,
  accepts: EvidenceSlot["accepts"] = "any",
): EvidenceSlot => ({ slot: name, name: { en, zh }, needed, accepts });
const part = (name: string, en: string, zh: string, count = 1) => ({ part: name, name: { en, zh }, count });
/** Who runs the life of seals; in a small organisation, where the signatory does, who keeps its accounts asks too. */
const administrators = ["seal-administrator", "system-administrator"] as const;
/** What changes the life of a seal is approved by a signatory who is present, whoever asked. */
const approved = [{ role: "signatory", presence: true }] as const;

/** Matters of a seal's life (product.md, 'Life of a seal'), from the asking for it to its destruction. */
export const sealMatters = {
  engrave: {
    name: { en: "Engrave or make a seal", zh: "刻制印章" },
    askedBy: administrators,
    steps: approved,
    evidence: [slot("ground", "afterwards", "What it rests on: a decision, a licence", "刻制依据（决定、证照）")],
    confirmations: [],
    carriedOut: "at-once",
  },
  "add-body": {
    name: { en: "Another piece or the electronic body", zh: "增刻实物或增制电子章" },
    askedBy: administrators,
    steps: approved,
    evidence: [slot("ground", "afterwards", "What it rests on", "依据材料")],
    confirmations: [],
    carriedOut: "at-once",
  },
  "enter-piece": {
    name: { en: "Enter a piece that exists already", zh: "登记存量实物印章" },
    askedBy: administrators,
    steps: approved,
    evidence: [
      slot("impression", "to-submit", "Fresh impression of the piece", "实物新印模", "picture"),
      slot("filing", "afterwards", "Its filing, as far as it is found", "备案材料（如有）"),
    ],
    confirmations: [],
    carriedOut: "at-once",
  },
  "receive-piece": {
    name: { en: "Receive an engraved piece", zh: "接收刻制完成的印章" },
    askedBy: administrators,
    steps: [],
    evidence: [
      slot("slip", "to-submit", "The shop's slip", "刻章单位交付单"),
      slot("piece", "afterwards", "Photo of the piece", "实物照片", "picture"),
    ],
    confirmations: [part("receiver", "Receiver", "接收人")],
    carriedOut: "at-once",
  },
  "file-seal": {
    name: { en: "File a seal with the authority", zh: "印章备案" },
    askedBy: administrators,
    steps: [],
    evidence: [slot("filing", "to-submit", "The filing document", "备案回执或证明")],
    confirmations: [],
    carriedOut: "at-once",
  },
  "keep-specimen": {
    name: { en: "Keep the specimen impression", zh: "留存印模" },
    askedBy: administrators,
    steps: [],
    evidence: [slot("specimen", "to-submit", "Scan or photo of the impression", "印模扫描件或照片", "picture")],
    // Everything that is compared later is compared with this: two people saw it being made.
    confirmations: [part("witness", "Who saw the impression being made", "见证人")],
    carriedOut: "at-once",
  },
  issue: {
    name: { en: "Issue a seal for use", zh: "印章启用" },
    askedBy: administrators,
    steps: approved,
    evidence: [slot("notice", "afterwards", "The issue notice as it went out", "启用通知")],
    confirmations: [],
    carriedOut: "at-once",
  },
  stop: {
    name: { en: "Stop a seal", zh: "停用印章" },
    askedBy: administrators,
    steps: approved,
    evidence: [slot("decision", "afterwards", "The decision, if there is one", "停用决定（如有）")],
    confirmations: [],
    carriedOut: "at-once",
  },
  resume: {
    name: { en: "Put a stopped seal back in use", zh: "恢复使用印章" },
    askedBy: administrators,
    steps: approved,
    evidence: [],
    confirmations: [],
    carriedOut: "at-once",
  },
  surrender: {
    name: { en: "Surrender of a stopped seal", zh: "印章上缴" },
    askedBy: ["seal-administrator", "system-administrator", "custodian"],
    steps: [],
    evidence: [
      slot("pieces", "to-carry-out", "Photo of the pieces handed in", "上缴实物照片", "picture"),
      slot("register", "to-carry-out", "Its register of uses, closed", "已封账的用印登记簿"),
    ],
    confirmations: [part("transferor", "Who hands it in", "上缴人"), part("receiver", "Who takes it in", "接收人")],
    carriedOut: "at-once",
  },
  "seal-up": {
    name: { en: "Sealing up of a seal", zh: "印章封存" },
    askedBy: administrators,
    steps: [],
    evidence: [
      slot(
        "sealed",
        "to-carry-out",
        "Photo of the closed bag or box with its tag",
        "封存袋（盒）与封签照片",
        "picture",
      ),
    ],
    confirmations: [part("executor", "Who seals it up", "封存人"), part("witness", "Witness", "见证人")],
    carriedOut: "at-once",
  },
  destroy: {
    name: { en: "Destruction of a seal", zh: "印章销毁" },
    askedBy: administrators,
    steps: approved,
    evidence: [
      slot("before", "to-carry-out", "Photo before", "销毁前照片", "picture"),
      slot("after", "to-carry-out", "Photo of what is left", "销毁后照片", "picture"),
    ],
    confirmations: [part("executor", "Executors", "销毁人", 2), part("witness", "Witness", "见证人")],
    carriedOut: "at-once",
  },
  "give-up-engraving": {
    name: { en: "Give up an engraving", zh: "取消刻制" },
    askedBy: administrators,
    steps: approved,
    evidence: [],
    confirmations: [],
    carriedOut: "at-once",
  },
  "destroy-key": {
    name: { en: "Destruction of a seal's key", zh: "电子印章注销与密钥销毁" },
    askedBy: administrators,
    steps: approved,
    evidence: [slot("record", "afterwards", "The destruction record, signed", "签署的密钥销毁记录")],
    confirmations: [part("executor", "Executors", "销毁人", 2), part("witness", "Witness", "见证人")],
    carriedOut: "at-once",
  },
  "declare-void": {
    name: { en: "Declare a lost seal void", zh: "遗失印章作废" },
    askedBy: administrators,
    steps: approved,
    evidence: [
      slot("report", "to-submit", "The report to the police", "报案回执"),
      slot("notice", "to-carry-out", "The public notice", "遗失公告"),
    ],
    confirmations: [],
    carriedOut: "at-once",
  },
  "find-seal": {
    name: { en: "A lost seal was found", zh: "遗失印章找回" },
    askedBy: ["seal-administrator", "system-administrator", "custodian"],
    steps: approved,
    evidence: [
      slot(
        "impression",
        "to-submit",
        "Fresh impression, compared with the specimen",
        "新印模（与留存印模比对）",
        "picture",
      ),
    ],
    confirmations: [],
    carriedOut: "at-once",
  },
  replace: {
    name: { en: "Replace a seal by a new one", zh: "更换印章" },
    askedBy: administrators,
    steps: approved,
    evidence: [
      slot(
        "ground",
        "afterwards",
        "What it rests on: a worn impression, a change of name",
        "更换依据（磨损印模、更名文件）",
      ),
    ],
    confirmations: [],
    carriedOut: "at-once",
  },
  "renew-certificate": {
    name: { en: "Renew an electronic seal", zh: "电子印章证书更新" },
    askedBy: administrators,
    steps: approved,
    evidence: [],
    confirmations: [],
    carriedOut: "at-once",
  },
  "revoke-certificate": {
    name: { en: "Revoke a certificate", zh: "吊销电子印章证书" },
    askedBy: administrators,
    steps: approved,
    evidence: [slot("ground", "afterwards", "What happened", "吊销依据")],
    confirmations: [],
    carriedOut: "at-once",
  },
} as const satisfies Record<string, MatterDefinition>;
export type SealMatterKind = keyof typeof sealMatters;
