import type { DeclaredFact, DeclaredFacts } from "@chancery/domain";
import { ofSeveralParts, pickValue, type StandardText, standardTexts } from "./entry-texts.ts";
import { plainStyle, type WritingStyle, type WrittenLine, writePdf } from "./entry-writer.ts";

/** What an application can say wrongly. */
export type Misdeclared = Exclude<DeclaredFact, "unread" | "shown" | "language">;

/** A document with what is true of it. */
export interface LabelledDocument {
  readonly name: string;
  readonly group: "blank" | "part-blank" | "filled" | "changed" | "no template" | "real";
  readonly bytes: () => Promise<Uint8Array>;
  readonly unfinished: boolean;
  /** Whether it differs from its template beyond the fields; null where it was made from none. */
  readonly changed: boolean | null;
  readonly declared: DeclaredFacts;
  readonly misdeclared: readonly Misdeclared[];
}
export interface LabelledTemplate {
  readonly templateId: string;
  readonly bytes: () => Promise<Uint8Array>;
}

/** Two ways in which each standard document is written: as anybody would, and as a reader of files likes it least. */
const styles: Readonly<Record<string, readonly [WritingStyle, WritingStyle]>> = {
  "zh-purchase": [plainStyle, { ...plainStyle, size: 9, runs: "shuffled", columns: 2, numbered: true, margin: 50 }],
  "zh-lease": [
    { ...plainStyle, head: "成都锦里物业 · 合同范本", numbered: true },
    { ...plainStyle, runs: "characters", spacing: 0.6, size: 12 },
  ],
  "zh-authorisation": [plainStyle, { ...plainStyle, rotated: true, runs: "words", size: 13 }],
  "zh-guarantee": [
    { ...plainStyle, size: 12 },
    { ...plainStyle, watermark: "GUARANTEE", runs: "shuffled", margin: 90 },
  ],
  "en-purchase": [
    { ...plainStyle, font: "Times-Roman", head: "Farhill Gauges Ltd · Standard terms 7", numbered: true, size: 14 },
    { ...plainStyle, font: "Courier", runs: "shuffled", size: 10, margin: 54 },
  ],
  "en-service": [
    { ...plainStyle, font: "Helvetica" },
    { ...plainStyle, font: "Helvetica", runs: "characters", columns: 2, size: 8.5, margin: 48 },
  ],
  "en-authority": [
    { ...plainStyle, font: "Times-Roman", size: 12 },
    { ...plainStyle, font: "song", runs: "words", spacing: 0.8 },
  ],
  "en-guarantee": [
    { ...plainStyle, font: "Helvetica", numbered: true },
    { ...plainStyle, font: "Times-Roman", rotated: true, runs: "characters", size: 13 },
  ],
};
const styleOf = (standard: StandardText, way: number): WritingStyle =>
  (styles[standard.id] ?? [plainStyle, plainStyle])[way === 0 ? 0 : 1];

export type Fill = (kind: string, place: number) => string;
export const blanks: readonly string[] = ["______________", "【　　　　】"];
/** The standard fonts of PDF have no Chinese brackets. */
const latinBlank = "[              ]";
export const field = /\[\[(\w+)\]\]/gu;

function compose(standard: StandardText, fill: Fill): WrittenLine[] {
  let place = 0;
  const filled = standard.lines.map((line) => line.replace(field, (_, kind: string) => fill(kind, place++)));
  return [{ text: standard.title, title: true }, ...[...filled, "", ...standard.signature].map((text) => ({ text }))];
}
export const open =
  (standard: StandardText, way: number): Fill =>
  () =>
    way === 1 && standard.language === "en" ? latinBlank : (blanks[way] ?? "");
export const values =
  (standard: StandardText, seed: number): Fill =>
  (kind) =>
    pickValue(standard.language, kind, seed);

export const labelledTemplates: readonly LabelledTemplate[] = standardTexts.flatMap((standard) =>
  [0, 1].map((way) => ({
    templateId: `${standard.id}-${way}`,
    bytes: () => writePdf(compose(standard, open(standard, way)), styleOf(standard, way)),
  })),
);

export const byId = (id: string): StandardText => standardTexts.find((one) => one.id === id) as StandardText;

/** What an honest applicant declares of a filled standard document. */
function declare(standard: StandardText, seed: number): DeclaredFacts {
  const has = (kind: string): boolean => standard.lines.some((line) => line.includes(`[[${kind}]]`));
  const text = standard.lines.join("\n");
  return {
    ...{ documentClass: standard.documentClass, external: true },
    counterparty: pickValue(standard.language, "party", seed),
    amountMinor: has("amount")
      ? Math.round(Number(pickValue(standard.language, "amount", seed).replaceAll(",", "")) * 100) * (standard.due ?? 1)
      : null,
    currency: /USD/u.test(text) ? "USD" : /EUR/u.test(text) ? "EUR" : "CNY",
  };
}
/** What is said wrongly of a standard document; whose it is stands in its fields. */
type Lie = Exclude<Misdeclared, "entity" | "paper">;
const misdeclarations: Readonly<Record<Lie, (facts: DeclaredFacts) => Partial<DeclaredFacts>>> = {
  class: () => ({ documentClass: "official-letter" }),
  external: () => ({ external: false }),
  counterparty: () => ({ counterparty: "Harmless Trading Limited" }),
  amount: ({ amountMinor }) => ({ amountMinor: amountMinor === null ? 100 : Math.round(amountMinor / 10) }),
};

interface Made {
  readonly id: string;
  readonly way: number;
  readonly seed?: number;
  readonly lie?: readonly Lie[];
  readonly edit?: (lines: WrittenLine[], style: WritingStyle) => WrittenLine[];
  readonly fill?: Fill;
  readonly style?: Partial<WritingStyle>;
}

const isToRead = (lines: readonly WrittenLine[]): boolean =>
  lines.some(({ text, over }) =>
    ofSeveralParts.some((value) => text.includes(value) || over?.some((one) => one.text === value)),
  );

export function make(group: LabelledDocument["group"], name: string, made: Made): LabelledDocument {
  const standard = byId(made.id);
  const seed = made.seed ?? 0;
  const style = { ...styleOf(standard, made.way), ...made.style };
  const lines = compose(standard, made.fill ?? values(standard, seed));
  const written = made.edit?.(lines, style) ?? lines;
  let declared = declare(standard, seed);
  for (const lie of made.lie ?? []) declared = { ...declared, ...misdeclarations[lie](declared) };
  return {
    ...{ name: `${made.id}-${made.way}: ${name}`, group, declared, misdeclared: made.lie ?? [] },
    bytes: () => writePdf(written, style),
    unfinished: group === "blank" || group === "part-blank",
    // What is more than a name has to be found too, as a changed clause has: somebody reads it.
    changed: group === "changed" ? true : group === "filled" ? isToRead(written) : null,
  };
}
