import { cellsOfRegion, withCell } from "./cells.ts";
import type {
  Cell,
  Cells,
  FactId,
  Fault,
  LimitOutput,
  RouteOutput,
  RuleRow,
  RuleSet,
  ScopeOutput,
  TableId,
} from "./queries.ts";

/** The signatory decides in a stage of his own, after every other. */
export const LAST_STAGE = 9;

type EditRows = <Row extends RuleRow>(rows: readonly Row[]) => Row[];

function editRows(rules: RuleSet, table: TableId, edit: EditRows): RuleSet {
  switch (table) {
    case "scope":
      return { ...rules, scope: { ...rules.scope, rows: edit(rules.scope.rows) } };
    case "route":
      return { ...rules, route: { ...rules.route, rows: edit(rules.route.rows) } };
    case "limits":
      return { ...rules, limits: { ...rules.limits, rows: edit(rules.limits.rows) } };
  }
}

/** The row moved to another place; beyond the ends it stays where it is. */
export function moveRow(rules: RuleSet, table: TableId, rowId: string, to: number): RuleSet {
  const { rows } = rules[table];
  const from = rows.findIndex((row) => row.rowId === rowId);
  if (from < 0 || to < 0 || to >= rows.length || to === from) return rules;
  return editRows(rules, table, (before) => {
    const after = [...before];
    after.splice(to, 0, ...after.splice(from, 1));
    return after;
  });
}

export const dropRow = (rules: RuleSet, table: TableId, rowId: string): RuleSet =>
  editRows(rules, table, (rows) => rows.filter((row) => row.rowId !== rowId));

/** The same row once more, under the first one. */
export const copyRow = (rules: RuleSet, table: TableId, rowId: string, newId: string): RuleSet =>
  editRows(rules, table, (rows) =>
    rows.flatMap((row) => (row.rowId === rowId ? [row, { ...row, rowId: newId }] : [row])),
  );

export const changeRow = (
  rules: RuleSet,
  table: TableId,
  rowId: string,
  part: Partial<Pick<RuleRow, "cells" | "reason" | "clause">>,
): RuleSet => editRows(rules, table, (rows) => rows.map((row) => (row.rowId === rowId ? { ...row, ...part } : row)));

export function changeCell(
  rules: RuleSet,
  table: TableId,
  { rowId, cells }: RuleRow,
  fact: FactId,
  cell: Cell | undefined,
): RuleSet {
  return changeRow(rules, table, rowId, { cells: withCell(cells, fact, cell) });
}

const withOutput = <Output, Row extends { rowId: string; output: Output }>(
  rows: readonly Row[],
  rowId: string,
  output: Output,
): Row[] => rows.map((row) => (row.rowId === rowId ? { ...row, output } : row));

export const changeScope = (rules: RuleSet, rowId: string, output: ScopeOutput): RuleSet => ({
  ...rules,
  scope: { ...rules.scope, rows: withOutput(rules.scope.rows, rowId, output) },
});
export const changeStep = (rules: RuleSet, rowId: string, output: RouteOutput): RuleSet => ({
  ...rules,
  route: { ...rules.route, rows: withOutput(rules.route.rows, rowId, output) },
});
export const changeLimits = (rules: RuleSet, rowId: string, output: LimitOutput): RuleSet => ({
  ...rules,
  limits: { ...rules.limits, rows: withOutput(rules.limits.rows, rowId, output) },
});

/** Another answer takes with it what only the one before had: seals to use instead, papers to attach. */
export function withAnswer(output: ScopeOutput, answer: ScopeOutput["answer"]): ScopeOutput {
  return {
    answer,
    rightSeals: answer === "refuse" ? output.rightSeals : [],
    attachments: answer === "ask" ? output.attachments : [],
  };
}

/** Another decider; the last stage is the signatory's alone, and only named people have a title. */
export function withDecider(output: RouteOutput, decider: RouteOutput["decider"]): RouteOutput {
  const wasLast = output.stage === LAST_STAGE;
  return {
    ...output,
    decider,
    stage: decider === "signatory" ? LAST_STAGE : wasLast ? 1 : output.stage,
    ...(decider === "named" ? {} : { people: [], title: { en: "", zh: "" } }),
  };
}

const noText = { en: "", zh: "" };
/** What a new row answers until somebody says otherwise: the strict answer, which asks for a choice. */
const newOutputs: { readonly [T in TableId]: RuleSet[T]["rows"][number]["output"] } = {
  scope: { answer: "refuse", rightSeals: [], attachments: [] },
  route: {
    ...{ stage: 1, decider: "unit-head", title: noText, people: [], mode: "any", quorum: 2, hours: 48 },
    ifNobody: "refuse",
  },
  limits: { impressionsMost: 100, validDays: null, presence: false, supervised: false },
};

/**
 * A new row. Above the last one where that answers everything that is left, for under it no row would ever be reached; and it
 * begins with that one's answer, so that untouched it changes nothing. Without such a row what is left is refused as it is.
 */
export function addRow(rules: RuleSet, table: TableId, rowId: string, cells: Cells = {}): RuleSet {
  const place = <Row extends RuleRow>(rows: readonly Row[], row: Row): Row[] => {
    const last = rows.at(-1);
    const rest = last !== undefined && table !== "route" && Object.keys(last.cells).length === 0;
    return rest ? [...rows.slice(0, -1), { ...row, output: last.output }, last] : [...rows, row];
  };
  const row = { rowId, cells, reason: noText, clause: noText };
  switch (table) {
    case "scope":
      return {
        ...rules,
        scope: { ...rules.scope, rows: place(rules.scope.rows, { ...row, output: newOutputs.scope }) },
      };
    case "route":
      return {
        ...rules,
        route: { ...rules.route, rows: place(rules.route.rows, { ...row, output: newOutputs.route }) },
      };
    case "limits":
      return {
        ...rules,
        limits: { ...rules.limits, rows: place(rules.limits.rows, { ...row, output: newOutputs.limits }) },
      };
  }
}

/** A row that answers where none does, its conditions filled in from where that is. */
export const fillGap = (rules: RuleSet, fault: Fault, rowId: string): RuleSet =>
  addRow(rules, fault.table, rowId, cellsOfRegion(fault.region ?? {}));

/** Whether a row asks this column: then it can not be taken away. */
export const isAsked = (rules: RuleSet, table: TableId, fact: FactId): boolean =>
  rules[table].rows.some((row) => row.cells[fact] !== undefined);

/** A column shown or hidden, in the order that columns have; one that a row asks stays. */
export function toggleColumn(rules: RuleSet, table: TableId, fact: FactId, order: readonly FactId[]): RuleSet {
  const { inputs } = rules[table];
  if (inputs.includes(fact) && isAsked(rules, table, fact)) return rules;
  const wanted = inputs.includes(fact) ? inputs.filter((one) => one !== fact) : [...inputs, fact];
  const inOrder = order.filter((one) => wanted.includes(one));
  switch (table) {
    case "scope":
      return { ...rules, scope: { ...rules.scope, inputs: inOrder } };
    case "route":
      return { ...rules, route: { ...rules.route, inputs: inOrder } };
    case "limits":
      return { ...rules, limits: { ...rules.limits, inputs: inOrder } };
  }
}
