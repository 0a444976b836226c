import type { RawSheet } from "@chancery/domain";
import { parse } from "csv-parse/sync";
import readXlsxFile from "read-excel-file/universal";
import { measureUnpacked } from "./unpacked-size.ts";

/** Most bytes of a workbook once it is unpacked; a stock of thousands of lines has a tenth of it. */
const mostUnpacked = 40 * 1024 * 1024;
/** Most lines and columns that are read of all sheets of a file. */
export const mostLines = 5000;
const mostColumns = 100;
const mostSheets = 20;

export type ReadWorkbook =
  | { readonly ok: true; readonly sheets: Omit<RawSheet, "file">[] }
  | { readonly ok: false; readonly code: "import.not-a-sheet" | "import.too-many-lines" };

const zipMark = "PK\u0003\u0004";
const notASheet = { ok: false, code: "import.not-a-sheet" } as const;
const tooManyLines = { ok: false, code: "import.too-many-lines" } as const;

/** The cells of an XLSX or CSV file as texts, its every byte its sender's choice; nothing in it is worked out. */
export async function readWorkbook(bytes: Uint8Array, title: string): Promise<ReadWorkbook> {
  const head = Buffer.from(bytes.subarray(0, 4)).toString("latin1");
  return head === zipMark ? readXlsx(bytes) : readCsv(bytes, title);
}

async function readXlsx(bytes: Uint8Array): Promise<ReadWorkbook> {
  if (measureUnpacked(bytes, mostUnpacked) === null) return notASheet;
  try {
    const own = new Uint8Array(bytes);
    const found = await readXlsxFile(own.buffer);
    if (found.length > mostSheets) return notASheet;
    const sheets = found.map(({ sheet, data }) => ({
      title: sheet,
      rows: data.map((cells, at) => ({ row: at + 1, cells: cells.slice(0, mostColumns).map(textOf) })).filter(filled),
    }));
    return within(sheets);
  } catch {
    return notASheet;
  }
}

const filled = ({ cells }: { cells: readonly string[] }): boolean => cells.some((cell) => cell.trim() !== "");

function within(sheets: Omit<RawSheet, "file">[]): ReadWorkbook {
  // A line of heads for each sheet.
  const lines = sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0);
  return lines > mostLines + sheets.length ? tooManyLines : { ok: true, sheets };
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString().slice(0, 10);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function readCsv(bytes: Uint8Array, title: string): ReadWorkbook {
  const text = decode(bytes);
  if (text === null || text.includes("\0")) return notASheet;
  const [first = ""] = text.split("\n", 1);
  const delimiter = [",", ";", "\t"].toSorted((a, b) => first.split(b).length - first.split(a).length)[0] ?? ",";
  try {
    const records: string[][] = parse(text, {
      ...{ delimiter, bom: true, relax_column_count: true, max_record_size: 100_000, to: mostLines + 2 },
    });
    const rows = records.map((cells, at) => ({ row: at + 1, cells: cells.slice(0, mostColumns) })).filter(filled);
    return within([{ title, rows }]);
  } catch {
    return notASheet;
  }
}

/** UTF-8 with or without its mark; what is none is tried as GB 18030, in which Chinese spreadsheets save. */
function decode(bytes: Uint8Array): string | null {
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {}
  }
  return null;
}
