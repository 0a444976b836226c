import { SHEET_KINDS, type SheetColumn, type SheetKind, sheetColumns, sheetKindNames } from "@chancery/domain";
import { stringify } from "csv-stringify/sync";
import writeXlsxFile, { type SheetData } from "write-excel-file/node";
import type { RawAnswer } from "../../platform/call.ts";

export interface TemplateWanted {
  readonly kind: SheetKind | "workbook";
  readonly language: "en" | "zh";
  readonly format: "xlsx" | "csv";
}

/** A download, whatever it is: the name says it. */
const contentType = "application/octet-stream";
const headsOf = (kind: SheetKind, language: "en" | "zh"): string[] =>
  sheetColumns[kind].map(({ name }) => name[language]);
const exampleOf = (kind: SheetKind, language: "en" | "zh"): string[] =>
  sheetColumns[kind].map(({ example }) => example[language]);

/** An empty sheet with its heads, a line to write over, and the words that may stand in it. */
export async function makeTemplate({ kind, language, format }: TemplateWanted): Promise<RawAnswer> {
  const kinds = kind === "workbook" ? SHEET_KINDS : [kind];
  const name = kind === "workbook" ? { en: "Opening stock", zh: "期初存量" }[language] : sheetKindNames[kind][language];
  const [first] = kinds;
  if (format === "csv" && kind !== "workbook" && first) {
    const rows = [headsOf(first, language), exampleOf(first, language)];
    return { contentType, fileName: `${name}.csv`, body: Buffer.from(`\ufeff${stringify(rows)}`) };
  }
  const sheets = kinds.map((one) => ({
    sheet: sheetKindNames[one][language],
    data: [
      headsOf(one, language).map((value) => ({ value, type: String, fontWeight: "bold" as const })),
      exampleOf(one, language).map((value) => (value === "" ? null : { value, type: String })),
    ] satisfies SheetData,
    columns: sheetColumns[one].map(() => ({ width: 24 })),
    stickyRowsCount: 1,
  }));
  const about = { sheet: { en: "About the columns", zh: "填写说明" }[language], data: explain(kinds, language) };
  const columns = [{ width: 22 }, { width: 30 }, { width: 12 }, { width: 100 }];
  const body = await writeXlsxFile([...sheets, { ...about, columns }]).toBuffer();
  return { contentType, fileName: `${name}.xlsx`, body };
}

function explain(kinds: readonly SheetKind[], language: "en" | "zh"): SheetData {
  const text = (value: string) => ({ value, type: String });
  const [must, may] = language === "zh" ? ["必填", "可选"] : ["needed", "optional"];
  return kinds.flatMap((kind) =>
    sheetColumns[kind].map((column) => [
      text(sheetKindNames[kind][language]),
      text(column.name[language]),
      text(column.needed ? must : may),
      text(tellForm(column, language)),
    ]),
  );
}

function tellForm({ form, words }: SheetColumn, language: "en" | "zh"): string {
  if (words) {
    const all = Object.values(words).map((word) => word[language]);
    return language === "zh" ? `可用的词：${all.join("；")}` : `One of: ${all.join("; ")}`;
  }
  const said = {
    text: { en: "Text", zh: "文字" },
    day: { en: "A day, as 2024-03-01", zh: "日期，如 2024-03-01" },
    count: { en: "A whole number from 1 to 9", zh: "1 至 9 的整数" },
    mm: { en: "Millimetres", zh: "毫米数" },
    "yes-no": { en: "yes or no", zh: "是或否" },
    word: { en: "", zh: "" },
    words: { en: "", zh: "" },
  } as const;
  return said[form][language];
}
