/** The field's words, once: every list the rules, the API and the pages choose from. */

export interface LocalName {
  readonly en: string;
  readonly zh: string;
}

export const ROLES = [
  "applicant",
  "unit-head",
  "legal-reviewer",
  "signatory",
  "custodian",
  "supervisor",
  "certificate-keeper",
  "seal-administrator",
  "inspector",
  "system-administrator",
] as const;
export type Role = (typeof ROLES)[number];

export const roleNames: Readonly<Record<Role, LocalName>> = {
  applicant: { en: "applicant", zh: "用印申请人" },
  "unit-head": { en: "head of unit", zh: "部门负责人" },
  "legal-reviewer": { en: "legal reviewer", zh: "法务审核人" },
  signatory: { en: "authorised signatory", zh: "授权签批人" },
  custodian: { en: "custodian", zh: "保管人" },
  supervisor: { en: "supervisor", zh: "监印人" },
  "certificate-keeper": { en: "certificate keeper", zh: "证书保管人" },
  "seal-administrator": { en: "seal administrator", zh: "印章管理员" },
  inspector: { en: "inspector", zh: "检查人" },
  "system-administrator": { en: "system administrator", zh: "系统管理员" },
};

export const PROFILES = ["strict", "standard", "small"] as const;
export type Profile = (typeof PROFILES)[number];

export const SEAL_TYPES = [
  "official",
  "contract",
  "finance",
  "invoice",
  "legal-representative",
  "personnel",
  "customs",
  "department",
  "branch",
  "business",
  "party-committee",
  "board",
  "supervisory-board",
  "bank-specimen",
  "cross-page",
  "correction",
  "date-receipt",
  "embossing",
  "personal-name",
] as const;
export type SealType = (typeof SEAL_TYPES)[number];

export interface SealTypeDefaults {
  readonly name: LocalName;
  /** Important seals need two custodians and stamping under supervision. */
  readonly important: boolean;
  /** Whether the seal may stand on documents that leave the organisation. */
  readonly external: boolean;
}

const sealType = (en: string, zh: string, important: boolean, external: boolean): SealTypeDefaults => ({
  name: { en, zh },
  important,
  external,
});

export const sealTypeDefaults: Readonly<Record<SealType, SealTypeDefaults>> = {
  official: sealType("Company seal", "公章", true, true),
  contract: sealType("Contract seal", "合同专用章", true, true),
  finance: sealType("Finance seal", "财务专用章", true, true),
  invoice: sealType("Invoice seal", "发票专用章", false, true),
  "legal-representative": sealType("Legal representative's name seal", "法定代表人名章", true, true),
  personnel: sealType("Personnel seal", "人事专用章", false, true),
  customs: sealType("Customs seal", "报关专用章", false, true),
  department: sealType("Department seal", "部门章", false, false),
  branch: sealType("Branch or project seal", "分支机构章、项目部章", false, true),
  business: sealType("Business seal", "业务专用章", false, true),
  "party-committee": sealType("Party committee seal", "党委章", false, false),
  board: sealType("Board seal", "董事会章", false, true),
  "supervisory-board": sealType("Supervisory board seal", "监事会章", false, false),
  "bank-specimen": sealType("Bank specimen set", "银行预留印鉴", false, true),
  "cross-page": sealType("Cross-page seal", "骑缝章", false, true),
  correction: sealType("Correction seal", "校对章", false, true),
  "date-receipt": sealType("Date, void or receipt seal", "日期章、作废章、收发章", false, false),
  embossing: sealType("Embossing seal", "钢印", false, true),
  "personal-name": sealType("Personal name seal", "个人名章", false, false),
};

/** The states of a request (product.md, 'A seal use request'). */
export const SEAL_USE_REQUEST_STATES = [
  "draft",
  "in-review",
  "returned",
  "rejected",
  "withdrawn",
  "authorised",
  "opened",
  "closed",
  "registered",
  "cancelled",
  "expired",
  "frozen",
] as const;
export type SealUseRequestState = (typeof SEAL_USE_REQUEST_STATES)[number];

/** How a seal is used: by the key of its electronic body, or by a piece of it, pressed on paper by its custodian. */
export const USE_MODES = ["electronic", "by-hand"] as const;
export type UseMode = (typeof USE_MODES)[number];
export const useModeNames: Readonly<Record<UseMode, LocalName>> = {
  electronic: { en: "electronic", zh: "电子用印" },
  "by-hand": { en: "stamped by hand", zh: "手工盖章" },
};

/**
 * Electronic: reserved, sealed, settled or released. By hand: reserved, pressed with a photo, settled, spoiled where the paper
 * is cancelled and kept, unknown where nobody can tell, or released.
 */
export const IMPRESSION_STATES = [
  "reserved",
  "sealed",
  "pressed",
  "unknown",
  "settled",
  "spoiled",
  "released",
] as const;
export type ImpressionState = (typeof IMPRESSION_STATES)[number];
