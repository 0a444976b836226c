import { formatTime, maskedTitle, type Register, registerNames, writeLineOut } from "@chancery/domain";
import type { LineView } from "./show-lines.ts";

export type SheetLanguage = "en" | "zh";
export type SheetFormat = "csv" | "xlsx" | "book";

/** One line as a row of a sheet or a book. */
export interface SheetRow {
  readonly number: string;
  readonly at: string;
  readonly entity: string;
  readonly title: string;
  /** Title and facts in one sentence. */
  readonly told: string;
  readonly seal: string;
  readonly unit: string;
  readonly people: string;
  readonly matter: string;
  readonly request: string;
  readonly corrects: string;
  readonly correctedBy: string;
  readonly leaf: number | null;
}
export type SheetColumn = keyof SheetRow;

/** What stands over all rows. */
export interface SheetHead {
  readonly language: SheetLanguage;
  readonly register: string;
  readonly entity: string;
  readonly period: string;
  /** What else it is narrowed by, in words; empty for the whole register. */
  readonly narrowed: string;
  readonly madeAt: string;
}

/** The newest checkpoint of the ledger, which covers every row. */
export interface SheetCheckpoint {
  readonly size: number;
  readonly root: string;
  readonly keyName: string;
  readonly note: string;
}

/** Takes rows as they are read, and answers the whole file. */
export interface SheetWriter {
  add(rows: readonly SheetRow[]): void;
  end(checkpoint: SheetCheckpoint): Promise<Uint8Array>;
}

export const sheetColumns: readonly { readonly key: SheetColumn; readonly en: string; readonly zh: string }[] = [
  { key: "number", en: "Number", zh: "登记号" },
  { key: "at", en: "Time", zh: "时间" },
  { key: "entity", en: "Entity", zh: "主体" },
  { key: "title", en: "What", zh: "内容" },
  { key: "told", en: "In full", zh: "详情" },
  { key: "seal", en: "Seal", zh: "印章" },
  { key: "unit", en: "Unit", zh: "部门" },
  { key: "people", en: "People", zh: "人员" },
  { key: "matter", en: "Matter", zh: "事项" },
  { key: "request", en: "Request", zh: "用印申请" },
  { key: "corrects", en: "Corrects", zh: "更正的登记号" },
  { key: "correctedBy", en: "Corrected by", zh: "被下列登记号更正" },
  { key: "leaf", en: "Leaf of the ledger", zh: "账本条目" },
];

export function toRow(line: LineView, language: SheetLanguage, timeZone: string): SheetRow {
  const told = writeLineOut({ title: line.title, facts: line.facts });
  return {
    number: line.number,
    at: formatTime(line.at, timeZone),
    entity: line.entity.name[language],
    title: line.title[language],
    told: told[language],
    seal: line.seal ? `${line.seal.number} ${line.seal.name[language]}` : "",
    unit: line.unit?.name[language] ?? "",
    people: line.people.map((one) => one.name[language]).join(language === "zh" ? "、" : ", "),
    matter: line.matter?.number ?? "",
    request: line.request ? `${line.request.number ?? ""} ${line.request.title || maskedTitle[language]}`.trim() : "",
    corrects: line.corrects?.number ?? "",
    correctedBy: line.correctedBy.map((one) => one.number).join(language === "zh" ? "、" : ", "),
    leaf: line.event.leaf,
  };
}

const endings: Readonly<Record<SheetFormat, string>> = { csv: "csv", xlsx: "xlsx", book: "pdf" };

export const nameSheet = (register: Register, format: SheetFormat, language: SheetLanguage, day: string): string =>
  `${registerNames[register][language]} ${day}.${endings[format]}`;
