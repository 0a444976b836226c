import type { ContainerKind } from "./custody-place.ts";
import { cleanCell, type LockWanted, readCell } from "./opening-stock-cells.ts";
import {
  type OpeningState,
  partOfSheet,
  type RecognisedSheet,
  recogniseSheet,
  type SealShape,
  type SheetKind,
  type StockPart,
  sheetColumns,
} from "./opening-stock-sheets.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { SealKindRules } from "./seal-kind.ts";
import type { Grant, SealForSeparation } from "./separation-matrix.ts";
import type { LocalName, Profile, Role, SealType } from "./vocabulary.ts";

/**
 * The opening stock: what an organisation has when it begins, read from its own sheets. Nothing is made of a sheet as long
 * as one of its lines has an error: each line is judged with all the others, whatever order they stand in.
 */

/** A sheet as it was found in a file: texts alone, and where each line stood. */
export interface RawSheet {
  readonly file: string;
  readonly title: string;
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
}

export interface StockLine {
  readonly file: string;
  readonly sheet: string;
  /** As people count them: the first line of a sheet is 1. */
  readonly row: number;
  readonly kind: SheetKind;
  /** What stands under each column that was found, as code, day or number. */
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly StockFault[];
}

export interface StockFault {
  /** The column's id; null where it is the line as a whole. */
  readonly column: string | null;
  readonly refusal: Refusal;
}

/** A thing that is there already, by its id, or one that a line of the sheets makes. */
export type StockRef = { readonly known: string } | { readonly line: string };

export type StockItem =
  | {
      readonly kind: "unit";
      readonly key: string;
      readonly code: string;
      readonly name: LocalName;
      readonly parent: StockRef | null;
    }
  | {
      readonly kind: "person";
      readonly key: string;
      readonly login: string;
      readonly name: LocalName;
      readonly unit: StockRef | null;
    }
  | {
      readonly kind: "grant";
      readonly person: StockRef;
      readonly role: Role;
      readonly scope: { readonly kind: "entity" } | { readonly kind: "unit" | "seal"; readonly of: StockRef };
      readonly from: string;
      readonly to: string | null;
      readonly purpose: string | null;
    }
  | {
      readonly kind: "container";
      readonly key: string;
      readonly of: ContainerKind;
      readonly name: LocalName;
      readonly address: string;
      readonly insideMonitoring: boolean;
      readonly camera: string;
      readonly goodForImportant: boolean;
      readonly locks: readonly (Omit<LockWanted, "holder"> & { readonly holder: StockRef | null })[];
    }
  | {
      readonly kind: "seal";
      readonly key: string;
      readonly number: string;
      readonly name: LocalName;
      readonly type: SealType;
      readonly unit: StockRef | null;
      readonly material: string;
      readonly shape: SealShape;
      readonly widthMm: number;
      readonly heightMm: number;
      readonly engravedOn: string | null;
      readonly filing: string;
      readonly custodians: readonly StockRef[];
      readonly container: StockRef | null;
      readonly state: OpeningState;
      /** For each piece the picture of its specimen; null where there is none. */
      readonly specimens: readonly (string | null)[];
      readonly remark: string;
    };

export interface StockVerdict {
  readonly file: string;
  readonly sheet: string;
  readonly row: number;
  readonly kind: SheetKind;
  /** What the line is about, in its own words. */
  readonly subject: string;
  readonly verdict: "make" | "there" | "refused";
  readonly faults: readonly StockFault[];
  /** What it makes; empty where it makes nothing. */
  readonly items: readonly StockItem[];
  /** Whether it rests on a line that is not carried out yet. */
  readonly waits: boolean;
}

/** What is there already, and who asks: everything a line is judged by. */
export interface StockFacts {
  readonly entity: { readonly entityId: string; readonly code: string; readonly name: LocalName };
  /** The day of the entity, YYYY-MM-DD. */
  readonly today: string;
  readonly profile: Profile;
  readonly actorId: string;
  readonly units: readonly {
    readonly unitId: string;
    readonly code: string | null;
    readonly name: LocalName;
    readonly closed: boolean;
  }[];
  /** Of the whole organisation: a sign-in name is given once. */
  readonly people: readonly {
    readonly personId: string;
    readonly login: string;
    readonly name: LocalName;
    readonly departed: boolean;
  }[];
  /** Grants given and not ended, of everybody. */
  readonly grants: readonly Grant[];
  readonly seals: readonly (SealForSeparation & { readonly number: string })[];
  readonly important: Readonly<Record<SealType, boolean>>;
  /** What the kind of each type asks of where its seals lie. */
  readonly kindRules: Readonly<Record<SealType, Pick<SealKindRules, "leastContainer" | "dualControl">>>;
  readonly containers: readonly {
    readonly containerId: string;
    readonly name: LocalName;
    readonly kind: ContainerKind;
    readonly goodForImportant: boolean;
    readonly insideMonitoring: boolean;
    readonly lockHolders: readonly (string | null)[];
  }[];
  /** Pictures that came with the sheets, with how large the ink is. */
  readonly pictures: readonly {
    readonly pictureId: string;
    readonly name: string;
    readonly inkWidthPx: number;
    readonly inkHeightPx: number;
  }[];
}

export interface ReadSheets {
  readonly lines: readonly StockLine[];
  /** What is wrong with a sheet as a whole. */
  readonly sheets: readonly {
    readonly file: string;
    readonly title: string;
    readonly kind: SheetKind | null;
    readonly lines: number;
    readonly unknownHeads: readonly string[];
    readonly refusal: Refusal | null;
  }[];
}

const blank = (cells: readonly string[]): boolean => cells.every((cell) => cleanCell(cell) === "");

/** Reads sheets by their heads, which stand in the first line with more than one word; an empty sheet is passed over. */
export function readSheets(raw: readonly RawSheet[]): ReadSheets {
  const lines: StockLine[] = [];
  const sheets = raw.flatMap((sheet): ReadSheets["sheets"][number][] => {
    const place = { file: sheet.file, title: sheet.title };
    if (sheet.rows.every((row) => blank(row.cells))) return [];
    const found = findBody(sheet);
    if (found === null)
      return [
        {
          ...place,
          kind: null,
          lines: 0,
          unknownHeads: [],
          refusal: refuse("import.sheet-unknown", { sheet: sheet.title }),
        },
      ];
    const { recognised, body } = found;
    lines.push(...body.map((row) => readLine(sheet, row, recognised)));
    return [
      { ...place, kind: recognised.kind, lines: body.length, unknownHeads: recognised.unknownHeads, refusal: null },
    ];
  });
  return { lines, sheets };
}

/** The lines below the heads; null where no line holds heads that are known. */
function findBody(sheet: Omit<RawSheet, "file">): { recognised: RecognisedSheet; body: RawSheet["rows"] } | null {
  const rows = sheet.rows.filter((row) => !blank(row.cells));
  // A title may stand above the heads.
  for (const [at, row] of rows.slice(0, 5).entries()) {
    const recognised = recogniseSheet(sheet.title, row.cells.map(cleanCell));
    if (recognised === null) continue;
    // Whoever left the template's own example in its place did not mean it.
    return { recognised, body: rows.slice(at + 1).filter((one) => !isExample(one.cells, recognised)) };
  }
  return null;
}

/** How many lines of a sheet say something of the stock: neither its heads nor what is left of the template. */
export const countStockLines = (sheet: Omit<RawSheet, "file">): number => findBody(sheet)?.body.length ?? 0;

function isExample(cells: readonly string[], { columns }: RecognisedSheet): boolean {
  return (["en", "zh"] as const).some((language) =>
    columns.every((column, at) => column === null || cleanCell(cells[at] ?? "") === column.example[language].trim()),
  );
}

function readLine(sheet: RawSheet, row: RawSheet["rows"][number], { kind, columns }: RecognisedSheet): StockLine {
  const values: Record<string, string> = {};
  const faults: StockFault[] = [];
  const given = new Map(columns.flatMap((column, at) => (column ? [[column.id, row.cells[at] ?? ""] as const] : [])));
  for (const column of sheetColumns[kind]) {
    const answer = readCell(column, given.get(column.id) ?? "");
    if (answer.ok) values[column.id] = answer.value;
    else faults.push({ column: column.id, refusal: answer.refusal });
  }
  return { file: sheet.file, sheet: sheet.title, row: row.row, kind, values, faults };
}

export interface StockCounts {
  readonly make: number;
  readonly there: number;
  readonly refused: number;
}

export const countVerdicts = (verdicts: readonly StockVerdict[]): StockCounts => ({
  make: verdicts.filter((one) => one.verdict === "make").length,
  there: verdicts.filter((one) => one.verdict === "there").length,
  refused: verdicts.filter((one) => one.verdict === "refused").length,
});

export const verdictsOfPart = (verdicts: readonly StockVerdict[], part: StockPart): StockVerdict[] =>
  verdicts.filter((one) => partOfSheet(one.kind) === part);

/** Why a part of the sheets cannot be sent for decision, or carried out, as it stands. */
export function listStockRefusals(verdicts: readonly StockVerdict[], part: StockPart): Refusal[] {
  const own = verdictsOfPart(verdicts, part);
  const { make, refused } = countVerdicts(own);
  const waiting = own.filter((one) => one.waits).length;
  const rule = part === "opening-stock" ? "C23" : null;
  return [
    ...(refused > 0 ? [refuse("import.lines-refused", { count: refused }, rule)] : []),
    ...(make === 0 && refused === 0 ? [refuse("import.nothing-to-make", {}, rule)] : []),
    ...(waiting > 0 ? [refuse("import.people-first", { count: waiting }, rule)] : []),
  ];
}

/** What of the sheets is carried out: of lines without an error alone. */
export const planOf = (verdicts: readonly StockVerdict[], part: StockPart): StockItem[] =>
  verdictsOfPart(verdicts, part).flatMap((one) => (one.verdict === "make" ? one.items : []));

/** How many of what a part makes, as the matter names them. */
export function countItems(items: readonly StockItem[]): Record<string, number> {
  const count = (kind: StockItem["kind"]): number => items.filter((item) => item.kind === kind).length;
  const pieces = items.reduce((sum, item) => sum + (item.kind === "seal" ? item.specimens.length : 0), 0);
  return {
    units: count("unit"),
    people: count("person"),
    roles: count("grant"),
    containers: count("container"),
    seals: count("seal"),
    pieces,
  };
}
