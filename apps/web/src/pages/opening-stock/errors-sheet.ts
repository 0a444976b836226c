import type { Language } from "../../i18n/language.ts";
import type { PreviewLine } from "./queries.ts";

/** A cell that a spreadsheet would take for a formula gets an apostrophe: what people wrote is not carried out. */
const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Every error as a line of a sheet: where it stands, what it is and what to do. */
export function writeErrors(lines: readonly PreviewLine[], heads: readonly string[], language: Language): string {
  const rows = lines.flatMap((line) =>
    line.faults.map(({ column, refusal }) => [
      line.file,
      line.sheet,
      String(line.row),
      column?.[language] ?? "",
      line.subject,
      refusal.sentence[language],
      refusal.wayOut?.[language] ?? "",
    ]),
  );
  // The mark at the beginning is how spreadsheets know UTF-8.
  return `\ufeff${[heads, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
