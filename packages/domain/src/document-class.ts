import type { LocalName, SealType } from "./vocabulary.ts";

export const DOCUMENT_CLASS_IDS = [
  "contract",
  "framework-agreement",
  "tender",
  "quotation",
  "guarantee",
  "authorisation-letter",
  "official-letter",
  "employment-certificate",
  "labour-contract",
  "financial-statement",
  "invoice-document",
  "customs-declaration",
  "internal-notice",
  "other",
] as const;
export type DocumentClassId = (typeof DOCUMENT_CLASS_IDS)[number];

export interface DocumentClass {
  readonly name: LocalName;
  /** A class that makes rights or duties goes to legal review. */
  readonly makesRights: boolean;
  /** Whether such documents usually leave the organisation. */
  readonly external: boolean;
  /** The seals that may stand on it, the most fitting first. */
  readonly sealTypes: readonly SealType[];
  readonly electronic: "first" | "possible" | "no";
}

const documentClass = (
  en: string,
  zh: string,
  makesRights: boolean,
  external: boolean,
  sealTypes: readonly SealType[],
  electronic: "first" | "possible" | "no" = "first",
): DocumentClass => ({ name: { en, zh }, makesRights, external, sealTypes, electronic });

/** The starter rule set as data; decision tables take its place later. */
export const documentClasses: Readonly<Record<DocumentClassId, DocumentClass>> = {
  contract: documentClass("Contract", "合同", true, true, ["contract", "official", "legal-representative"]),
  "framework-agreement": documentClass("Framework agreement", "框架协议", true, true, [
    "contract",
    "official",
    "legal-representative",
  ]),
  tender: documentClass("Tender", "投标文件", true, true, ["official", "legal-representative"]),
  quotation: documentClass("Quotation", "报价单", true, true, ["contract", "official", "business"]),
  guarantee: documentClass("Guarantee", "保函", true, true, ["official", "legal-representative"]),
  "authorisation-letter": documentClass("Letter of authorisation", "授权委托书", true, true, [
    "official",
    "legal-representative",
  ]),
  "official-letter": documentClass("Official letter", "公函", false, true, ["official", "branch", "board"]),
  "employment-certificate": documentClass("Employment certificate", "在职证明", false, true, ["personnel", "official"]),
  "labour-contract": documentClass("Labour contract", "劳动合同", true, true, ["personnel", "official"]),
  "financial-statement": documentClass("Financial statement", "财务报表", false, true, ["finance", "official"]),
  "invoice-document": documentClass("Invoice document", "发票资料", false, true, ["invoice", "finance"]),
  "customs-declaration": documentClass("Customs declaration", "报关单", false, true, ["customs"]),
  "internal-notice": documentClass("Internal notice", "内部通知", false, false, [
    "department",
    "official",
    "branch",
    "party-committee",
    "board",
  ]),
  other: documentClass(
    "Other document",
    "其他文件",
    true,
    true,
    ["official", "business", "department", "branch"],
    "possible",
  ),
};
