import {
  type DecisionTable,
  type OwnClasses,
  readCell,
  type TableRow,
  tableLimits,
  writeCell,
} from "./decision-table.ts";
import { type FactId, factDefinitions } from "./fact-sheet.ts";
import { findForeignPart } from "./model-shape.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { hitPolicies, type RuleSet, TABLE_IDS, type TableId, tableFacts, tableNames } from "./rule-set.ts";

/** A table as a node of a JSON Decision Model, readable by any engine for such models. */
interface ModelColumn {
  readonly id: string;
  readonly name: string;
  readonly field: string;
}
interface ModelNode {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly position: { readonly x: number; readonly y: number };
  readonly content?: {
    readonly hitPolicy: string;
    readonly inputs: readonly ModelColumn[];
    readonly outputs: readonly ModelColumn[];
    readonly rules: readonly Readonly<Record<string, string>>[];
  };
}
export interface DecisionModel {
  readonly nodes: readonly ModelNode[];
  readonly edges: readonly {
    readonly id: string;
    readonly type: "edge";
    readonly sourceId: string;
    readonly targetId: string;
  }[];
}

const outputColumns: Readonly<Record<TableId, readonly string[]>> = {
  scope: ["answer", "rightSeals", "attachments"],
  route: ["stage", "decider", "title", "people", "mode", "quorum", "hours", "ifNobody"],
  limits: ["impressionsMost", "validDays", "presence", "supervised"],
};
/** Said of each row beside its answer. */
const rowColumns = ["row", "reason", "clause"] as const;

/** The one table as a decision model: what an engine reads from it is what the product itself decides. */
export function writeModel(rules: RuleSet, table: TableId, own: OwnClasses): DecisionModel {
  const { inputs, rows }: DecisionTable<unknown> = rules[table];
  const columns = [...outputColumns[table], ...rowColumns];
  return {
    nodes: [
      { id: "facts", type: "inputNode", name: "facts", position: { x: 0, y: 0 } },
      {
        ...{ id: table, type: "decisionTableNode", name: tableNames[table].en, position: { x: 300, y: 0 } },
        content: {
          hitPolicy: hitPolicies[table],
          inputs: inputs.map((fact) => ({ id: fact, name: factDefinitions[fact].name.en, field: fact })),
          outputs: columns.map((column) => ({ id: `out-${column}`, name: column, field: column })),
          rules: rows.map((row) => writeRow(row, inputs, outputColumns[table], own)),
        },
      },
      { id: "answer", type: "outputNode", name: "answer", position: { x: 600, y: 0 } },
    ],
    edges: [
      { id: "facts-in", type: "edge", sourceId: "facts", targetId: table },
      { id: "answer-out", type: "edge", sourceId: table, targetId: "answer" },
    ],
  };
}

function writeRow(
  row: TableRow<unknown>,
  inputs: readonly FactId[],
  columns: readonly string[],
  own: OwnClasses,
): Record<string, string> {
  const output = row.output as Readonly<Record<string, unknown>>;
  return {
    _id: row.rowId,
    ...Object.fromEntries(inputs.map((fact) => [fact, writeCell(row.cells[fact], own)])),
    ...Object.fromEntries(columns.map((column) => [`out-${column}`, JSON.stringify(output[column] ?? null)])),
    ...{
      "out-row": JSON.stringify(row.rowId),
      "out-reason": JSON.stringify(row.reason),
      "out-clause": JSON.stringify(row.clause),
    },
  };
}

/** The tables read from such models, still to be checked by a schema; or the first place that can not be read. */
export type ModelReading =
  | { readonly ok: true; readonly tables: Readonly<Record<TableId, unknown>> }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Reads models that this product wrote. Cells are read by their own grammar and answers as plain JSON, so that no
 * expression of a foreign model is ever run; whatever else is in the file and would have no effect is refused.
 */
export function readModels(models: Readonly<Record<TableId, unknown>>, own: OwnClasses): ModelReading {
  const tables: Partial<Record<TableId, DecisionTable<unknown>>> = {};
  const unreadable = (place: string): ModelReading => ({ ok: false, refusal: refuse("rules.unreadable", { place }) });
  for (const table of TABLE_IDS) {
    const content = findContent(models[table], table);
    const foreign = findForeignPart(models[table], table, [...outputColumns[table], ...rowColumns]);
    if (foreign) return { ok: false, refusal: foreign };
    if (!content) return unreadable(table);
    const inputs: FactId[] = [];
    for (const input of listOf(content.inputs)) {
      const fact = tableFacts[table].find((one) => one === fieldOf(input, "field"));
      if (!fact) return unreadable(`${table}: ${fieldOf(input, "name") ?? "?"}`);
      inputs.push(fact);
    }
    const count = Array.isArray(content.rules) ? content.rules.length : 0;
    if (count > tableLimits.rows)
      return { ok: false, refusal: refuse("rules.too-many-rows", { table, rows: count, most: tableLimits.rows }) };
    const rows: TableRow<unknown>[] = [];
    for (const [at, rule] of listOf(content.rules).entries()) {
      const row = readRow(rule, inputs, outputColumns[table], own);
      if (typeof row === "string") {
        const said = sayCell(rule, row) ?? sayCell(rule, `out-${row}`) ?? "–";
        return { ok: false, refusal: refuse("rules.unreadable-cell", { table, row: at + 1, cell: row, said }) };
      }
      rows.push(row);
    }
    tables[table] = { inputs, rows };
  }
  const { scope, route, limits } = tables;
  return scope && route && limits ? { ok: true, tables: { scope, route, limits } } : unreadable("tables");
}

const mostRulesRead = 1000;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.slice(0, mostRulesRead) : []);

const hasField = (value: unknown, name: string): boolean =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name) && Reflect.get(value, name) !== null;

function fieldOf(value: unknown, name: string): string | null {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return null;
  const field: unknown = Reflect.get(value, name);
  return typeof field === "string" ? field : null;
}

const longestSaid = 80;
/** What stands in a cell, as far as it is told again. */
const sayCell = (rule: unknown, name: string): string | null =>
  hasField(rule, name)
    ? (fieldOf(rule, name) ?? JSON.stringify(Reflect.get(rule as object, name))).slice(0, longestSaid)
    : null;

function findContent(model: unknown, table: TableId): { inputs: unknown; rules: unknown } | null {
  if (typeof model !== "object" || model === null) return null;
  const node = listOf(Reflect.get(model, "nodes")).find((one) => fieldOf(one, "id") === table);
  const content: unknown = typeof node === "object" && node !== null ? Reflect.get(node, "content") : null;
  if (typeof content !== "object" || content === null) return null;
  return { inputs: Reflect.get(content, "inputs"), rules: Reflect.get(content, "rules") };
}

function readRow(
  rule: unknown,
  inputs: readonly FactId[],
  columns: readonly string[],
  own: OwnClasses,
): TableRow<unknown> | string {
  const cells: Partial<Record<FactId, NonNullable<ReturnType<typeof readCell>>>> = {};
  for (const fact of inputs) {
    // What other editors leave out is no condition; a number or a list where a text has to stand is one that nobody read.
    if (hasField(rule, fact) && fieldOf(rule, fact) === null) return fact;
    const cell = readCell(fact, fieldOf(rule, fact) ?? "", own);
    if (cell === null) return fact;
    if (cell) cells[fact] = cell;
  }
  const output: Record<string, unknown> = {};
  const values: Record<string, unknown> = {};
  for (const column of [...columns, ...rowColumns]) {
    const text = fieldOf(rule, `out-${column}`);
    const value = text === null || text.length > 20_000 ? undefined : parseJson(text);
    if (value === undefined) return column;
    if (columns.includes(column)) output[column] = value;
    else values[column] = value;
  }
  const reason = values.reason as TableRow<unknown>["reason"];
  return { rowId: String(values.row), cells, output, reason, clause: values.clause as TableRow<unknown>["clause"] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
