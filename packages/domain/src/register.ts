import type { LocalName } from "./vocabulary.ts";

/** The registers 台账 of product.md that people read; each line is a fact of the ledger, none can be edited. */
export const REGISTERS = [
  "seal",
  "custody",
  "take-out",
  "life",
  "loss",
  "training",
  "authority",
  "controlled-forms",
  "inspection",
  "exceptions",
  "use",
  "copies",
] as const;
export type Register = (typeof REGISTERS)[number];

export const registerNames: Readonly<Record<Register, LocalName>> = {
  seal: { en: "Register of seals", zh: "印章台账" },
  custody: { en: "Register of custody and handovers", zh: "保管交接台账" },
  "take-out": { en: "Register of take-outs", zh: "外借台账" },
  life: { en: "Register of engraving, stop, surrender and destruction", zh: "刻制停用收缴销毁台账" },
  loss: { en: "Register of losses", zh: "遗失台账" },
  training: { en: "Register of training and commitments", zh: "培训承诺台账" },
  authority: { en: "Register of authorities", zh: "授权台账" },
  "controlled-forms": { en: "Register of controlled forms", zh: "空白凭证台账" },
  inspection: { en: "Register of checks and stock-takes", zh: "检查盘点台账" },
  exceptions: { en: "Register of exceptions", zh: "例外台账" },
  use: { en: "Register of uses", zh: "用印台账" },
  copies: { en: "Register of stamped copies", zh: "用印件去向台账" },
};

/** `LX-K-2026-000042`: entity, register's letter, year, number without gaps. */
export function formatLineNumber(entityCode: string, register: Register, year: number, running: number): string {
  return `${entityCode}-${registerLetters[register]}-${year}-${String(running).padStart(6, "0")}`;
}

const registerLetters: Readonly<Record<Register, string>> = {
  seal: "S",
  custody: "K",
  "take-out": "T",
  life: "L",
  loss: "V",
  training: "F",
  authority: "A",
  "controlled-forms": "B",
  inspection: "I",
  exceptions: "E",
  use: "U",
  copies: "C",
};

/**
 * The pairs and threes of neighbouring characters of a text, by which a register is searched: in Chinese two characters
 * are a word already. Folded to compatibility form and lower case; none reaches over white space or marks.
 */
export const listGrams = (text: string): string[] => [...new Set(cutWords(text).flatMap((word) => cut(word, [2, 3])))];

const cutWords = (text: string): string[][] =>
  foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => [...word]);

const cut = (word: readonly string[], sizes: readonly number[]): string[] =>
  sizes.flatMap((size) =>
    Array.from({ length: Math.max(0, word.length - size + 1) }, (_, at) => word.slice(at, at + size).join("")),
  );

/** Compatibility form and lower case: how a search and what it looks in are compared. */
export const foldText = (text: string): string => text.normalize("NFKC").toLowerCase();

export interface RegisterSearch {
  /** Each must stand in the line, as it is. */
  readonly parts: readonly string[];
  /** What `listGrams` has of every line in which the parts may stand: threes where there are any, for few lines share them. */
  readonly grams: readonly string[];
}

/** A search as typed, cut at white space; null where no part has two characters beside each other. */
export function cutSearch(typed: string): RegisterSearch | null {
  const parts = foldText(typed)
    .split(/\s+/u)
    .filter((part) => part !== "");
  const grams = new Set(cutWords(typed).flatMap((word) => cut(word, [word.length > 2 ? 3 : 2])));
  return grams.size === 0 ? null : { parts, grams: [...grams] };
}
