import type { RawSheet } from "@chancery/domain";
import { parse } from "csv-parse/sync";
import readXlsxFile from "read-excel-file/universal";
import { type ArchivePart, packPlain, unpackWithin } from "../../platform/unpack-archive.ts";
import { boundSheet, holdsCells } from "./bound-sheet.ts";

/** Most bytes of a workbook once it is unpacked; a stock of thousands of lines has a tenth of it. */
const mostUnpacked = 40 * 1024 * 1024;
/** Most lines and columns that are read of all sheets of a file. */
export const mostLines = 5000;
const mostColumns = 100;
const mostSheets = 20;
/** Most cells of all sheets, the empty ones between them too. */
const mostCells = 2_000_000;

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
  const parts = unpackWithin(bytes, mostUnpacked)?.filter(({ name }) => /\.xml(?:\.rels)?$/.test(name));
  if (!parts) return notASheet;
  const bound = boundParts(parts);
  if (!bound) return notASheet;
  try {
    const found = await readXlsxFile(new Uint8Array(packPlain(bound)).buffer);
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

/** The parts as they may be read: the library fills every gap up to a cell, which ends the process at a far column. */
function boundParts(parts: readonly ArchivePart[]): ArchivePart[] | null {
  const bound: ArchivePart[] = [];
  let area = 0;
  for (const part of parts) {
    const text = new TextDecoder().decode(part.content);
    // A workbook may name one part as many sheets, each of which would be read.
    if ((text.match(/<(?:[^\s<>/]+:)?sheet[\s/>]/g) ?? []).length > mostSheets) return null;
    const sheet = holdsCells(text) ? boundSheet(text) : { xml: text, area: 0 };
    if (!sheet) return null;
    area += sheet.area;
    if (area > mostCells) return null;
    bound.push(sheet.xml === text ? part : { name: part.name, content: Buffer.from(sheet.xml) });
  }
  return bound;
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
