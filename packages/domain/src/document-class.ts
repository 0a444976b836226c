import { type Refusal, refuse } from "./refusal.ts";
import type { LocalName, SealType } from "./vocabulary.ts";

/** The classes every organisation begins with. */
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
export type StarterClassId = (typeof DOCUMENT_CLASS_IDS)[number];

/**
 * A starter class, or one of the organisation's own. The id of an own class begins with the class that it is based on, which
 * never changes: so whatever knows the starter classes (how texts are read, what a rule says) knows it without asking.
 */
export type DocumentClassId = StarterClassId | `${StarterClassId}--${string}`;
const ownPattern = /^([a-z-]+?)--[0-9a-z]{1,36}$/;

/** The starter class that a class is, or is based on; an id of neither kind stays what it is. */
export function baseOfClass(id: DocumentClassId): StarterClassId;
export function baseOfClass(id: string): string;
export function baseOfClass(id: string): string {
  return ownPattern.exec(id)?.[1] ?? id;
}
export const isOwnClass = (id: string): boolean => ownPattern.test(id);
export const isStarterClass = (id: string): id is StarterClassId => DOCUMENT_CLASS_IDS.some((one) => one === id);
export const isDocumentClassId = (id: string): id is DocumentClassId => isStarterClass(baseOfClass(id));

export const ELECTRONIC_USES = ["first", "possible", "no"] as const;
/** Whether an electronic seal comes first, so that who asks for paper says why (C21), is possible, or is no use. */
export type ElectronicUse = (typeof ELECTRONIC_USES)[number];

/** What the product says of a starter class. */
interface StarterClass {
  readonly name: LocalName;
  /** A class that makes rights or duties goes to legal review. */
  readonly makesRights: boolean;
  /** Whether such documents usually leave the organisation. */
  readonly external: boolean;
  /** The seals that may stand on it, the most fitting first. */
  readonly sealTypes: readonly SealType[];
  readonly electronic: ElectronicUse;
}

const documentClass = (
  en: string,
  zh: string,
  makesRights: boolean,
  external: boolean,
  sealTypes: readonly SealType[],
  electronic: ElectronicUse = "first",
): StarterClass => ({ name: { en, zh }, makesRights, external, sealTypes, electronic });

/** The starter classes; what an organisation says of them is a version of its own (`DocumentClass`). */
export const documentClasses: Readonly<Record<StarterClassId, StarterClass>> = {
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

/** A class as an organisation has it, in one of its versions. */
export interface DocumentClass {
  readonly classId: DocumentClassId;
  readonly version: number;
  readonly name: LocalName;
  readonly makesRights: boolean;
  readonly external: boolean;
  /**
   * Of an own class: the kinds of seals that may stand on it, the most fitting first. Of a starter class that is said by each
   * kind of seal, and these are only the product's order.
   */
  readonly sealKinds: readonly string[];
  readonly electronic: ElectronicUse;
  /** Whether an application for such a document begins as a confidential one; its applicant may say otherwise. */
  readonly confidential: boolean;
  /** Why an electronic seal does not come first. */
  readonly electronicReason: LocalName;
  /** Words in a title by which a document of this class is recognised, besides those of its base. */
  readonly words: readonly string[];
  /** Chosen no more; what was made under it keeps it. */
  readonly retired: boolean;
}

/** What a starter class is until the organisation says otherwise. */
export function starterClass(id: StarterClassId): DocumentClass {
  const { sealTypes, ...rest } = documentClasses[id];
  return {
    ...{ classId: id, version: 1, ...rest, sealKinds: sealTypes },
    ...{ electronicReason: { en: "", zh: "" }, words: [], retired: false, confidential: false },
  };
}

/** Every class there is, the starter classes first, each in the version that counts where the book is asked. */
export type ClassBook = ReadonlyMap<string, DocumentClass>;
export const starterBook: ClassBook = new Map(DOCUMENT_CLASS_IDS.map((id) => [id, starterClass(id)]));

/** A class of the book; what the book does not know is what it is based on, so that nothing is looser for not being known. */
export const classIn = (book: ClassBook, id: DocumentClassId): DocumentClass =>
  book.get(id) ?? book.get(baseOfClass(id)) ?? starterClass(baseOfClass(id));

/** The class as a refusal names it: a starter class under its own word, any other by both of its names. */
export function nameClass(book: ClassBook, id: DocumentClassId): string {
  const { name } = classIn(book, id);
  const product = isStarterClass(id) ? documentClasses[id].name : null;
  if (product?.en === name.en && product.zh === name.zh) return id;
  return [...new Set([name.en, name.zh])].join(" · ");
}

/** Names of the classes that the product does not know by itself, for sentences about rules. */
export const classNames = (book: ClassBook): Readonly<Record<string, LocalName>> =>
  Object.fromEntries([...book.values()].map(({ classId, name }) => [classId, name]));

export const ownClassIds = (book: ClassBook): string[] => [...book.keys()].filter(isOwnClass);

/** A rule can name every class in one cell, and a person can find one in a list. */
export const classLimits = { own: 24, words: 20, word: 40, kinds: 40 } as const;

/**
 * Why a class may not be as it is wanted. It is never looser than what it is based on: what makes rights or duties goes on
 * doing so (C03), for rules of legal review that name the base count on it.
 */
export function listClassRefusals(wanted: DocumentClass, book: ClassBook): Refusal[] {
  const { classId, name, makesRights, electronic, electronicReason, words, sealKinds } = wanted;
  const own = isOwnClass(classId);
  const base = documentClasses[baseOfClass(classId)];
  const others = [...book.values()].filter((one) => one.classId !== classId && !one.retired);
  const isNamed = (text: string): boolean => text.trim() !== "";
  const folded = (text: string): string => text.trim().toLowerCase();
  const twin = others.find((one) => folded(one.name.en) === folded(name.en) || folded(one.name.zh) === folded(name.zh));
  const taken = words.find((word) => others.some((one) => one.words.some((other) => folded(other) === folded(word))));
  const full = own && !book.has(classId) && others.filter((one) => isOwnClass(one.classId)).length >= classLimits.own;
  const needsReason = electronic !== "first" && electronic !== base.electronic;
  return [
    ...(isNamed(name.en) && isNamed(name.zh) ? [] : [refuse("class.name-missing", {})]),
    ...(twin ? [refuse("class.name-taken", { name: [...new Set([twin.name.en, twin.name.zh])].join(" · ") })] : []),
    ...(base.makesRights && !makesRights
      ? [refuse("class.looser", { documentClass: baseOfClass(classId) }, "C03")]
      : []),
    ...(own && sealKinds.length === 0 ? [refuse("class.no-seal", {}, "C07")] : []),
    ...(needsReason && !(isNamed(electronicReason.en) && isNamed(electronicReason.zh))
      ? [refuse("class.paper-why", {}, "C21")]
      : []),
    ...(taken ? [refuse("class.word-taken", { word: taken })] : []),
    ...(full ? [refuse("class.too-many", { most: classLimits.own })] : []),
    ...(wanted.retired && classId === "other" ? [refuse("class.other-stays", {})] : []),
  ];
}
