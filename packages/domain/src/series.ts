import {
  type DecisiveFacts,
  type DeclaredForUse,
  type DocumentSeen,
  decideFacts,
  type FactDisagreement,
  listDisagreements,
} from "./decisive-facts.ts";
import { type CountedMoney, readRecurring } from "./declared-facts.ts";
import type { ClassBook } from "./document-class.ts";
import { readDocumentText } from "./document-text.ts";
import type { House } from "./entity-in-text.ts";
import { cleanCell } from "./opening-stock-cells.ts";
import { foldHead } from "./opening-stock-sheets.ts";
import { plainName } from "./parties-in-text.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { type FillableField, type WrittenText, writeValue } from "./series-places.ts";
import type { TemplateDifference } from "./template-comparison.ts";
import { type FieldKind, findFieldFault } from "./template-fields.ts";
import { unstated } from "./unstated-amount.ts";
import type { LocalName } from "./vocabulary.ts";

/**
 * A series 批量用印: one request for one template and a list. Each line of the list becomes a document, the template with
 * its fields filled; they are decided together, on one digest over all of them, after whoever decides has opened the
 * documents that were drawn by lot.
 *
 * Limits and routes of the rules are asked with the most that one counterparty's documents come to, and with the impressions
 * of one document: what is owed under many papers with one party is one large deal in pieces (C20). What all of them come
 * to with everybody is shown, and asked about where the rules would have answered it otherwise.
 */
export const mostSeriesDocuments = 1000;
const leastSeriesDocuments = 2;
/** Errors that are told at once: who has more corrects a column, not a line. */
export const mostSeriesFaults = 200;

export interface SeriesColumn {
  /** Which field it fills; or what is said of the document besides. */
  readonly key: number | "name" | "counterparty" | "amount";
  readonly head: LocalName;
  readonly needed: boolean;
}
export interface SeriesLine {
  /** Its place in the series, from 1, and its row of the sheet. */
  readonly nr: number;
  readonly row: number;
  readonly name: string;
  readonly counterparty: string;
  /** In hundredths of the currency's unit. */
  readonly amountMinor: number | null;
  /** Values by field. */
  readonly values: readonly string[];
  readonly written: readonly WrittenText[];
}
export interface SeriesFault {
  /** Null for what is wrong with the list as a whole. */
  readonly row: number | null;
  readonly column: LocalName | null;
  readonly refusal: Refusal;
}

const fixedHeads = {
  name: { en: "File name", zh: "文件名" },
  counterparty: { en: "Counterparty", zh: "相对方" },
  amount: { en: "Amount", zh: "金额" },
} as const;

/** The columns of a list for a template; a field that the signature block leaves open may stay so. */
export function listSeriesColumns(
  fields: readonly { readonly name: string; readonly needed: boolean }[],
): SeriesColumn[] {
  const used = new Set(Object.values(fixedHeads).flatMap(({ en, zh }) => [foldHead(en), foldHead(zh)]));
  const ofFields = fields.map(({ name, needed }, key): SeriesColumn => {
    let head = name;
    for (let copy = 2; used.has(foldHead(head)); copy += 1) head = `${name} ${copy}`;
    used.add(foldHead(head));
    return { key, head: { en: head, zh: head }, needed };
  });
  return [
    ...ofFields,
    { key: "counterparty", head: fixedHeads.counterparty, needed: false },
    { key: "amount", head: fixedHeads.amount, needed: false },
    { key: "name", head: fixedHeads.name, needed: false },
  ];
}

export interface ListOfSeries {
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
  readonly columns: readonly SeriesColumn[];
  readonly fields: readonly FillableField[];
  readonly measure: (text: string) => number | null;
}

/** Reads a list: every line as it will be written, or every error with its line and column. Nothing is read by halves. */
export function readSeriesList({ rows, columns, fields, measure }: ListOfSeries): {
  lines: readonly SeriesLine[];
  faults: readonly SeriesFault[];
} {
  const [heads, ...body] = rows;
  const faults: SeriesFault[] = [];
  const whole = (refusal: Refusal): void => void faults.push({ row: null, column: null, refusal });
  const known = heads?.cells.map((cell) => columns.find(({ head }) => isHead(head, cell)) ?? null) ?? [];
  for (const [at, cell] of (heads?.cells ?? []).entries())
    if (cell.trim() !== "" && known[at] === null) whole(refuse("series.head-unknown", { head: cell.slice(0, 60) }));
  for (const column of columns)
    if (column.needed && !known.includes(column)) whole(refuse("series.head-missing", { head: sayHead(column.head) }));
  for (const column of new Set(known))
    if (column && known.filter((one) => one === column).length > 1)
      whole(refuse("series.head-twice", { head: sayHead(column.head) }));
  if (body.length < leastSeriesDocuments) whole(refuse("series.too-few", { least: leastSeriesDocuments }));
  if (body.length > mostSeriesDocuments) whole(refuse("series.too-many", { most: mostSeriesDocuments }));
  if (faults.length > 0) return { lines: [], faults };
  const lines: SeriesLine[] = [];
  const seen = new Map<string, number>();
  for (const [at, { row, cells }] of body.entries()) {
    if (faults.length >= mostSeriesFaults) break;
    const cellOf = (key: SeriesColumn["key"]): string =>
      cleanCell(cells[known.findIndex((column) => column?.key === key)] ?? "");
    const wrong = (key: SeriesColumn["key"], refusal: Refusal): void =>
      void faults.push({ row, column: columns.find((column) => column.key === key)?.head ?? null, refusal });
    const written = fields.flatMap((field, key) => readCell(field, cellOf(key), columns, key, measure, wrong));
    const amount = cellOf("amount");
    const amountMinor = amount === "" ? null : readAmount(amount);
    if (amount !== "" && amountMinor === null) wrong("amount", refuse("series.amount"));
    const counterparty = cellOf("counterparty");
    if (counterparty.length > 200) wrong("counterparty", refuse("series.cell.too-long"));
    const values = fields.map((_, key) => cellOf(key));
    const same = seen.get(values.join("\n"));
    if (same !== undefined) faults.push({ row, column: null, refusal: refuse("series.same-line", { line: same }) });
    else seen.set(values.join("\n"), row);
    const name = (cellOf("name") || counterparty || values[0] || "").slice(0, 80);
    lines.push({ nr: at + 1, row, name, counterparty, amountMinor, values, written });
  }
  return faults.length > 0 ? { lines: [], faults: faults.slice(0, mostSeriesFaults) } : { lines, faults: [] };
}

const sayHead = ({ en, zh }: LocalName): string => (en === zh ? en : `${en} · ${zh}`);
const isHead = ({ en, zh }: LocalName, cell: string): boolean =>
  foldHead(cell) !== "" && [en, zh].some((head) => foldHead(head) === foldHead(cell));

function readCell(
  { field, slots }: FillableField,
  value: string,
  columns: readonly SeriesColumn[],
  key: number,
  measure: ListOfSeries["measure"],
  wrong: (key: number, refusal: Refusal) => void,
): readonly WrittenText[] {
  if (value === "") {
    if (columns[key]?.needed) wrong(key, refuse("series.cell-missing", {}, "C05"));
    return [];
  }
  const run = { text: value, x: 10, y: 10, width: value.length, height: 4 };
  const page = { index: 0, widthMm: 210, heightMm: 297, runs: [run], imageCoverage: 0 };
  const words = readDocumentText([page]).pages[0]?.words ?? [];
  const fault = findFieldFault(field, words);
  if (fault !== null) {
    wrong(key, refuse(`series.cell.${fault}`, {}, "C03"));
    return [];
  }
  if (slots.length === 3 && writeValue(slots, value, () => 1) === null) {
    wrong(key, refuse("series.cell.not-date", {}, "C03"));
    return [];
  }
  if (measure(value) === null) {
    wrong(key, refuse("series.character"));
    return [];
  }
  const written = writeValue(slots, value, measure);
  if (written === null) wrong(key, refuse("series.cell-too-wide"));
  return written ?? [];
}

/** An amount in figures, with or without marks between thousands. */
function readAmount(text: string): number | null {
  const plain = text.normalize("NFKC").replace(/^[¥$€]\s*/u, "");
  const isPlain = /^(?:\d{1,13}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,2})?$/.test(plain);
  return isPlain ? Math.round(Number(plain.replaceAll(",", "")) * 100) : null;
}

/** What is said of all documents of a series together. */
export interface SeriesSums {
  readonly count: number;
  /**
   * The most that one counterparty's lines come to, in hundredths: many small contracts with one are not one small contract
   * (C20). A line without a counterparty stands for itself. Null where no line states an amount.
   */
  readonly largest: number | null;
  readonly sum: number | null;
  /** The other side, where all lines have the same; else the first with how many more. */
  readonly counterparty: string;
}

export function sumSeries(lines: readonly Pick<SeriesLine, "amountMinor" | "counterparty">[]): SeriesSums {
  const amounts = lines.flatMap(({ amountMinor }) => (amountMinor === null ? [] : [amountMinor]));
  const names = [...new Set(lines.map(({ counterparty }) => counterparty).filter((name) => name !== ""))];
  const [first = ""] = names;
  const byName = new Map<string, number>();
  for (const { amountMinor, counterparty } of lines) {
    const name = plainName(counterparty);
    if (name !== "") byName.set(name, (byName.get(name) ?? 0) + (amountMinor ?? 0));
  }
  return {
    count: lines.length,
    largest: amounts.length === 0 ? null : [...amounts, ...byName.values()].reduce((a, b) => Math.max(a, b), 0),
    sum: amounts.length === 0 ? null : amounts.reduce((all, one) => all + one, 0),
    counterparty: names.length > 1 ? `${first.slice(0, 180)} (+${names.length - 1})` : first,
  };
}

/** How many documents of a series are drawn: few of few, and never as many as nobody would open. */
export const sampleSize = (count: number): number => Math.min(count, Math.max(3, Math.ceil(Math.sqrt(count))));

/** A document of a series as the lot knows it: its place and its bytes, so that another list is another draw. */
export const nameForDraw = (nr: number, digest: string): string => `${String(nr).padStart(5, "0")} ${digest}`;

/** Drawn documents that a person has not opened yet; he approves none of the series before (C03). */
export const listUnopened = (drawn: readonly number[], opened: ReadonlySet<number>): number[] =>
  drawn.filter((nr) => !opened.has(nr));

/** The leaf of the tree over a series: each document's place and digest can be proved against the one that was approved. */
export const seriesLeaf = (nr: number, digest: string): string => `chancery series v1\n${nr}\n${digest}\n`;

export type SeriesDocumentSeen = DocumentSeen & { readonly counterparty: string; readonly amountMinor: number | null };

const declaredOfLine = (
  declared: DeclaredForUse,
  { counterparty, amountMinor }: SeriesDocumentSeen,
): DeclaredForUse => ({
  ...{ ...declared, amountMinor, counterparty: counterparty === "" ? null : counterparty },
});

/**
 * Where application and documents of a series disagree: each document is held against its own line. What is declared of
 * all of them alike is told once, by the first document that says otherwise.
 */
export function listSeriesDisagreements(
  declared: DeclaredForUse,
  documents: readonly SeriesDocumentSeen[],
  classes: ClassBook,
  money?: CountedMoney,
  house?: House,
): FactDisagreement[] {
  const told = new Set<string>();
  return documents.flatMap((document) =>
    listDisagreements(declaredOfLine(declared, document), [document], classes, money, house).filter(
      ({ fact, read }) => {
        const isOfLine =
          fact !== "class" &&
          fact !== "external" &&
          fact !== "entity" &&
          readRecurring(read) === null &&
          read !== unstated;
        if (isOfLine) return true;
        const key = `${fact} ${fact === "class" ? read : ""}`;
        const isNew = !told.has(key);
        told.add(key);
        return isNew;
      },
    ),
  );
}

/** What decides of a series: what was declared of the strictest line, or a document's word where that is stricter. */
export function decideSeriesFacts(
  declared: DeclaredForUse,
  documents: readonly SeriesDocumentSeen[],
  disagreements: readonly FactDisagreement[],
  settled: ReadonlySet<string>,
  classes: ClassBook,
  money?: CountedMoney,
): DecisiveFacts {
  const decided = decideFacts(declared, documents, disagreements, settled, classes, money);
  if (declared.amountMinor === null || decided.currency !== declared.currency) return decided;
  return { ...decided, amountMinor: Math.max(decided.amountMinor ?? 0, declared.amountMinor) };
}

/** Differences of one document that are told; the others are mostly the same again. */
const mostTold = 3;
const mostQuoted = 120;

/** What a made document has against it, as the error of its line; what the template's signature block leaves open has not. */
export function listSeriesFaults(
  { row, counterparty, amountMinor }: Pick<SeriesLine, "row" | "counterparty" | "amountMinor">,
  made: {
    readonly verdict: string;
    readonly differences: readonly Pick<TemplateDifference, "field" | "template" | "document">[];
    readonly unfinished: number;
    readonly disagreements: readonly Pick<FactDisagreement, "fact" | "read">[];
  },
  fields: readonly { readonly name: string; readonly kind: FieldKind }[],
): SeriesFault[] {
  const told = (column: LocalName | null, refusal: Refusal): SeriesFault => ({ row, column, refusal });
  const said = { counterparty: counterparty !== "", amount: amountMinor !== null };
  return [
    ...(made.verdict === "same-but-fields" || made.verdict === "same" || isToRead(made.differences)
      ? []
      : tellDifferences(made.differences, fields).map(({ head, refusal }) => told(head, refusal))),
    ...(made.unfinished === 0 ? [] : [told(null, refuse("series.unfinished", { count: made.unfinished }, "C05"))]),
    ...made.disagreements.flatMap(({ fact, read }) =>
      (fact === "counterparty" || fact === "amount") && readRecurring(read) === null && read !== unstated
        ? [
            told(
              fixedHeads[fact],
              refuse(`series.${said[fact] ? "says-other" : "left-empty"}.${fact}`, { read: read.slice(0, 120) }, "C06"),
            ),
          ]
        : [],
    ),
  ];
}

/** Words of several parts are for the readers of the series, and no fault of a line. */
const isToRead = (differences: readonly Pick<TemplateDifference, "field">[]): boolean =>
  differences.length > 0 && differences.every(({ field }) => field?.fault === "to-read");

/** Which field holds what it does not take, and what it takes; or what else reads otherwise than in the template. */
function tellDifferences(
  differences: readonly Pick<TemplateDifference, "field" | "template" | "document">[],
  fields: readonly { readonly name: string; readonly kind: FieldKind }[],
): { head: LocalName | null; refusal: Refusal }[] {
  if (differences.length === 0) return [{ head: null, refusal: refuse("series.unlike", {}, "C03") }];
  const columns = listSeriesColumns(fields.map(({ name }) => ({ name, needed: true })));
  return differences.slice(0, mostTold).map(({ field, template, document }) => {
    const read = document.text.slice(0, mostQuoted);
    const at = field ? fields.findIndex(({ name }) => name === field.name) : -1;
    const [found] = at < 0 ? [] : [fields[at]];
    if (!found)
      return {
        head: null,
        refusal: refuse("series.differs", { read, asked: template.text.slice(0, mostQuoted) }, "C03"),
      };
    const refusal = refuse(`series.takes.${found.kind}`, { field: found.name, read }, "C03");
    return { head: columns[at]?.head ?? null, refusal };
  });
}

/** Two lines to try a template with: values as short as any, each of the kind that its field takes. */
export function listTrialRows(
  fields: readonly { readonly name: string; readonly kind: FieldKind; readonly needed: boolean }[],
): { readonly row: number; readonly cells: readonly string[] }[] {
  const columns = listSeriesColumns(fields);
  const fillCell = (key: SeriesColumn["key"], nr: number): string => {
    if (typeof key !== "number") return key === "name" ? `Trial ${nr}` : "";
    const party = `${"AB"[nr - 1]} Ltd.`;
    return { text: `No. ${nr}`, words: `No. ${nr}`, amount: `${nr}.00`, date: `2027-03-0${nr}`, party }[
      fields[key]?.kind ?? "text"
    ];
  };
  return [
    { row: 1, cells: columns.map(({ head }) => head.en) },
    ...[1, 2].map((nr) => ({ row: nr + 1, cells: columns.map(({ key }) => fillCell(key, nr)) })),
  ];
}

/** What is said of a line against its document, and not of the template. */
export const isOfLine = ({ code }: Refusal): boolean => /^series\.(?:says-other|left-empty)\./.test(code);
