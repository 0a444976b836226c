import { Readable } from "node:stream";
import type { StockPart } from "@chancery/domain";
import writeXlsxFile from "write-excel-file/node";
import type { Environment } from "../../platform/environment.ts";
import { askForImport } from "./ask-import.ts";
import { addImportFile, type ImportFile } from "./files.ts";

/** A sheet for tests: its name, its heads and its lines, cells apart by `|`. */
export type TestSheet = readonly [title: string, ...lines: string[]];

export async function workbookOf(sheets: readonly TestSheet[]): Promise<Buffer> {
  return writeXlsxFile(
    sheets.map(([sheet, ...lines]) => ({
      sheet,
      data: lines.map((line) => line.split("|").map((value) => (value === "" ? null : { value, type: String }))),
    })),
  ).toBuffer();
}

export function handInTest(env: Environment, personId: string, name: string, bytes: Uint8Array): Promise<ImportFile> {
  return addImportFile(env, personId, { stream: Readable.from([Buffer.from(bytes)]), fileName: name });
}

export async function handSheetsInTest(env: Environment, personId: string, ...sheets: TestSheet[]): Promise<string> {
  return (await handInTest(env, personId, "stock.xlsx", await workbookOf(sheets))).fileId;
}

/** Sends a part for decision as who handed the files in. */
export function askForImportInTest(
  env: Environment,
  personId: string,
  asked: { entityId: string; part: StockPart; fileIds: readonly string[] },
): ReturnType<typeof askForImport> {
  return askForImport(env, personId, { ...asked, title: "Opening stock", reason: "A test" });
}
