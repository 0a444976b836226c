import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { TableRow } from "./decision-table.ts";
import { type Atom, checkTable, type Region, type TableFault } from "./decision-table-check.ts";
import { evaluateTable } from "./evaluate-rules.ts";
import type { FactId, FactSheet } from "./fact-sheet.ts";
import { makeRows, makeSheet, testClasses } from "./test-rules.ts";

const facts: FactId[] = ["documentClass", "external", "amount", "important"];
const same = (a: string, b: string): boolean => a === b;
const check = (rows: readonly TableRow<string>[], hit: "first" | "collect" = "first"): TableFault[] =>
  checkTable({ inputs: facts, rows }, hit, { gaps: true, mayPrecede: same, own: testClasses });
const row = (rowId: string, cells: TableRow<string>["cells"], output: string): TableRow<string> => ({
  ...{ rowId, cells, output, reason: { en: "", zh: "" }, clause: { en: "", zh: "" } },
});

const lies = (atom: Atom, value: unknown): boolean => {
  switch (atom.kind) {
    case "value":
    case "switch":
      return atom.value === value;
    case "range":
      return typeof value === "number" && value >= atom.from && (atom.below === null || value < atom.below);
    case "unstated":
      return value === null;
  }
};
const inside = (region: Region, sheet: FactSheet): boolean =>
  Object.entries(region).every(([fact, atoms]) => atoms.some((atom) => lies(atom, sheet[fact as FactId])));

test("a gap is told exactly where no row answers, and nowhere else", () => {
  fc.assert(
    fc.property(
      makeRows(facts, ["a", "b"], 6),
      fc.array(makeSheet, { minLength: 40, maxLength: 40 }),
      (rows, sheets) => {
        const gaps = check(rows).flatMap((fault) => (fault.kind === "gap" ? [fault.region] : []));
        if (gaps.length >= 50) return;
        for (const sheet of sheets) {
          const answered = evaluateTable({ inputs: facts, rows }, "first", sheet).length > 0;
          assert.equal(
            !answered,
            gaps.some((region) => inside(region, sheet)),
            JSON.stringify({ rows, sheet }),
          );
        }
      },
    ),
    { numRuns: 200 },
  );
});

test("a row is unreachable only where no sheet whatever reaches it", () => {
  fc.assert(
    fc.property(
      makeRows(facts, ["a", "b"], 6),
      fc.array(makeSheet, { minLength: 60, maxLength: 60 }),
      (rows, sheets) => {
        const unreachable = check(rows).flatMap((fault) => (fault.kind === "unreachable" ? [fault.rowId] : []));
        for (const sheet of sheets)
          for (const fired of evaluateTable({ inputs: facts, rows }, "first", sheet))
            assert.ok(!unreachable.includes(fired.rowId), fired.rowId);
      },
    ),
    { numRuns: 200 },
  );
});

test("what two rows answer differently is told, an exception above the rule is not", () => {
  const large = row("large", { amount: { from: 100, below: null } }, "board");
  const contracts = row("contracts", { documentClass: { in: ["contract"] } }, "legal");
  const rest = row("rest", {}, "head");
  assert.deepEqual(check([large, rest]), []);
  const told = check([large, contracts, rest]);
  assert.deepEqual(
    told.map((fault) => (fault.kind === "overlap" ? fault.rowIds.join(" over ") : fault.kind)),
    ["large over contracts"],
  );
  assert.deepEqual(
    check([rest, large]).map((fault) => fault.kind === "unreachable" && fault.rowId),
    ["large"],
  );
  assert.deepEqual(check([large, contracts, rest], "collect"), []);
});

test("amounts that were not stated are a case of their own", () => {
  const [gap, ...others] = check([row("all", { amount: { from: 0, below: null } }, "a")]);
  assert.deepEqual(others, []);
  assert.deepEqual(gap, { kind: "gap", region: { amount: [{ kind: "unstated" }] } });
});

test("a table that can not be looked through says so instead of saying that it is whole", () => {
  const rows = Array.from({ length: 300 }, (_, at) =>
    row(
      `r${at}`,
      {
        documentClass: {
          in: [
            ["contract", "tender", "other", "quotation"][at % 4] ?? "",
            ["guarantee", "invoice-document"][at % 2] ?? "",
          ],
        },
        amount: { from: at * 7, below: at * 7 + 5000 },
        ...(at % 3 === 0 ? { external: { is: at % 2 === 0 } } : {}),
        ...(at % 5 === 0 ? { important: { is: at % 2 === 1 } } : {}),
      },
      String(at),
    ),
  );
  const faults = check(rows);
  assert.ok(faults.length > 0);
});
