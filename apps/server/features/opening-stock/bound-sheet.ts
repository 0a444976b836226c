/** Farthest row and column in which a cell may stand; a stock of thousands of lines is far within. */
const lastRow = 20_000;
const lastColumn = 200;

/** A tag as every parser reads it: its attributes in quotes, and neither `<` nor `>` in them. */
const tag = /<(\/?)(?:[\w.-]+:)?([\w.-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*)\s*(\/?)>/y;
/** No spreadsheet writes longer ones; trying one of millions of attributes would use up the stack. */
const longestTag = 50_000;
const prologue = /^\ufeff?\s*<\?xml[^<>]*\?>/;
const addressed = /\s(?:[\w.-]+:)?r\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Only what names this element can be read as the cells of a sheet. */
export const holdsCells = (xml: string): boolean => xml.includes("sheetData");

export interface BoundSheet {
  readonly xml: string;
  /** The rows times the columns that are filled when it is read. */
  readonly area: number;
}

/**
 * The XML of a sheet whose every cell stands within bounds, so that who reads it fills no gap up to a column or row that
 * its sender made up; null where one does not, or where it is not plain enough to be sure. A cell with a formula becomes
 * the text `=`: the value kept beside a formula is nobody's word, and no more than in CSV is it taken.
 */
export function boundSheet(xml: string): BoundSheet | null {
  let at = prologue.exec(xml)?.[0].length ?? 0;
  const kept: string[] = [];
  let keptTo = 0;
  const far = { row: 0, column: 0 };
  let cell: { readonly from: number; readonly address: string; hasFormula: boolean } | null = null;
  for (;;) {
    const next = xml.indexOf("<", at);
    if (next < 0) break;
    if (xml.indexOf(">", next) - next > longestTag) return null;
    tag.lastIndex = next;
    const found = tag.exec(xml);
    if (!found) return null;
    at = tag.lastIndex;
    const [, closes, name, attributes = "", isEmpty] = found;
    if (name === "row" && !closes)
      for (const address of listAddresses(attributes)) {
        if (!isRow(address)) return null;
        far.row = Math.max(far.row, Number(address));
      }
    if (name === "c" && !closes) {
      const [address, more] = listAddresses(attributes);
      // One cell in another, or one that stands nowhere, is made by no spreadsheet.
      if (address === undefined || more !== undefined || cell) return null;
      const place = placeOf(address);
      if (!place) return null;
      far.row = Math.max(far.row, place.row);
      far.column = Math.max(far.column, place.column);
      if (!isEmpty) cell = { from: next, address, hasFormula: false };
    } else if (name === "f" && cell) cell.hasFormula = true;
    else if (name === "c" && closes) {
      if (cell?.hasFormula) {
        const prefix = /^<((?:[\w.-]+:)?)/.exec(xml.slice(cell.from, cell.from + 100))?.[1] ?? "";
        kept.push(xml.slice(keptTo, cell.from));
        kept.push(`<${prefix}c r="${cell.address}" t="str"><${prefix}v>=</${prefix}v></${prefix}c>`);
        keptTo = at;
      }
      cell = null;
    }
  }
  return { xml: kept.join("") + xml.slice(keptTo), area: far.row * far.column };
}

const listAddresses = (attributes: string): string[] =>
  [...attributes.matchAll(addressed)].map(([, one, other]) => one ?? other ?? "");

const isRow = (text: string): boolean => /^[1-9]\d{0,6}$/.test(text) && Number(text) <= lastRow;

function placeOf(address: string): { row: number; column: number } | null {
  const [, letters = "", row = ""] = /^([A-Z]{1,3})(\d+)$/.exec(address) ?? [];
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return column >= 1 && column <= lastColumn && isRow(row) ? { row: Number(row), column } : null;
}
