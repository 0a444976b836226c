import { stringify } from "csv-stringify/sync";
import writeXlsxFile, { type SheetData } from "write-excel-file/node";
import { type SheetHead, type SheetRow, type SheetWriter, sheetColumns } from "./sheet.ts";

/**
 * Comma separated, with a mark at its beginning by which spreadsheets know UTF-8. A cell that a spreadsheet would take
 * for a formula (it begins with = + - @, a tab or a line end) gets an apostrophe before it: what people wrote must not
 * be carried out on the reader's machine.
 */
export function createCsvWriter({ language }: SheetHead): SheetWriter {
  const options = { eol: true, record_delimiter: "windows", escape_formulas: true } as const;
  const parts = [Buffer.from(`\ufeff${stringify([sheetColumns.map((column) => column[language])], options)}`)];
  return {
    add: (rows) => {
      parts.push(
        Buffer.from(
          stringify(
            rows.map((row) => sheetColumns.map(({ key }) => row[key])),
            options,
          ),
        ),
      );
    },
    end: async () => Buffer.concat(parts),
  };
}

const widths: Readonly<Partial<Record<keyof SheetRow, number>>> = {
  number: 20,
  at: 17,
  told: 70,
  people: 28,
  leaf: 12,
};

/** A workbook: the lines, every cell a text or a number and none a formula, and a sheet with the ledger's checkpoint. */
export function createXlsxWriter(head: SheetHead): SheetWriter {
  const { language } = head;
  const data: SheetData = [sheetColumns.map((column) => ({ value: column[language], fontWeight: "bold" as const }))];
  return {
    add: (rows) => {
      for (const row of rows)
        data.push(
          sheetColumns.map(({ key }) => {
            const value = row[key];
            if (value === null || value === "") return null;
            return typeof value === "number" ? { value, type: Number } : { value: clean(value), type: String };
          }),
        );
    },
    end: async (checkpoint) => {
      const about = [
        [head.entity, head.register],
        [head.period, head.narrowed],
        [language === "zh" ? "生成时间" : "Made at", head.madeAt],
        [language === "zh" ? "账本规模" : "Size of the ledger", String(checkpoint.size)],
        [language === "zh" ? "账本根" : "Root of the ledger", checkpoint.root],
        [language === "zh" ? "密钥" : "Key", checkpoint.keyName],
        [language === "zh" ? "已签发的检查点" : "Signed checkpoint", checkpoint.note],
      ].map((cells) => cells.map((value) => (value ? { value: clean(value), type: String } : null)));
      return writeXlsxFile([
        {
          ...{ data, sheet: language === "zh" ? "台账" : "Register", stickyRowsCount: 1 },
          columns: sheetColumns.map(({ key }) => ({ width: widths[key] ?? 22 })),
        },
        { data: about, sheet: language === "zh" ? "检查点" : "Checkpoint", columns: [{ width: 24 }, { width: 90 }] },
      ]).toBuffer();
    },
  };
}

/** Characters that XML 1.0 has no place for. */
const clean = (text: string): string =>
  [...text.toWellFormed()]
    .filter((character) => character >= " " || character === "\n" || character === "\t")
    .join("")
    .slice(0, 32_000);
