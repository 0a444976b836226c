import { DOCUMENT_CLASS_IDS, documentClasses } from "./document-class.ts";
import { type LocalName, SEAL_TYPES, sealTypeDefaults } from "./vocabulary.ts";

/** What the other side of a document is. `none`: it stays inside; `unknown`: nobody said, so that a rule can be strict. */
export const COUNTERPARTY_KINDS = [
  "none",
  "unknown",
  "company",
  "state-owned",
  "authority",
  "bank",
  "individual",
  "affiliate",
] as const;
export type CounterpartyKind = (typeof COUNTERPARTY_KINDS)[number];

export const counterpartyKindNames: Readonly<Record<CounterpartyKind, LocalName>> = {
  none: { en: "nobody outside", zh: "无外部相对方" },
  unknown: { en: "not stated", zh: "未说明" },
  company: { en: "a company", zh: "一般企业" },
  "state-owned": { en: "a state-owned company", zh: "国有企业" },
  authority: { en: "an authority or court", zh: "政府机关、法院" },
  bank: { en: "a bank", zh: "银行" },
  individual: { en: "a person", zh: "自然人" },
  affiliate: { en: "a company of the same group", zh: "集团内企业" },
};

/** How the document stands to the registered templates. */
export const TEMPLATE_VERDICTS = ["none", "same", "changed"] as const;
export type TemplateVerdict = (typeof TEMPLATE_VERDICTS)[number];
const templateVerdictNames: Readonly<Record<TemplateVerdict, LocalName>> = {
  none: { en: "no template", zh: "无模板" },
  same: { en: "a template, only its fields filled in", zh: "与模板一致（仅填写字段）" },
  changed: { en: "a template that was changed", zh: "对模板有改动" },
};

/** An amount in a currency the rules give no rate for counts as more than any limit: what is not known is judged strictly. */
export const AMOUNT_BEYOND_LIMITS = 1e15;

/** Everything a table may ask of one seal on one request; each value is stated, never left out. */
export interface FactSheet {
  readonly sealType: string;
  /** Whether the seal is important. */
  readonly important: boolean;
  readonly documentClass: string;
  /** Whether documents of its class make rights or duties. */
  readonly makesRights: boolean;
  readonly external: boolean;
  readonly counterpartyKind: CounterpartyKind;
  /** In the currency of the rules; null where the application states none. */
  readonly amount: number | null;
  readonly template: TemplateVerdict;
  /** Impressions the request asks for in all. */
  readonly impressions: number;
}
export type FactId = keyof FactSheet;

interface FactDefinition {
  readonly name: LocalName;
  readonly kind: "choice" | "switch" | "number";
  /** For a choice: every value there is, with its name. */
  readonly values: Readonly<Record<string, LocalName>>;
  /** Whether there may be no value at all. */
  readonly optional: boolean;
}

const namesOf = <T extends string>(
  ids: readonly T[],
  of: Readonly<Record<T, { readonly name: LocalName }>>,
): Record<string, LocalName> => Object.fromEntries(ids.map((id) => [id, of[id].name]));
const choice = (en: string, zh: string, values: Readonly<Record<string, LocalName>>): FactDefinition => ({
  ...{ name: { en, zh }, kind: "choice", values, optional: false },
});
const plain = (en: string, zh: string, kind: "switch" | "number", optional = false): FactDefinition => ({
  ...{ name: { en, zh }, kind, values: {}, optional },
});

/** The columns a table may have, with their names and what can stand in them. */
export const factDefinitions: Readonly<Record<FactId, FactDefinition>> = {
  sealType: choice("Seal", "印章类型", namesOf(SEAL_TYPES, sealTypeDefaults)),
  important: plain("Important seal", "重要印章", "switch"),
  documentClass: choice("Class of document", "文件类别", namesOf(DOCUMENT_CLASS_IDS, documentClasses)),
  makesRights: plain("Makes rights or duties", "产生权利义务", "switch"),
  external: plain("Leaves the organisation", "对外", "switch"),
  counterpartyKind: choice("Counterparty is", "相对方性质", counterpartyKindNames),
  amount: plain("Amount", "金额", "number", true),
  template: choice("Template", "模板比对", templateVerdictNames),
  impressions: plain("Impressions", "用印枚数", "number"),
};
export const FACT_IDS = Object.keys(factDefinitions) as readonly FactId[];

/** An amount as the rules count it: in their own currency, by the rates they name. Null where none was stated. */
export function countAmount(
  amount: number | null,
  currency: string,
  rules: { readonly currency: string; readonly rates: Readonly<Record<string, number>> },
): number | null {
  if (amount === null) return null;
  if (currency === rules.currency) return amount;
  const rate = Object.hasOwn(rules.rates, currency) ? rules.rates[currency] : undefined;
  return rate === undefined ? AMOUNT_BEYOND_LIMITS : Math.min(amount * rate, AMOUNT_BEYOND_LIMITS);
}
